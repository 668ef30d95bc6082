"use client";

import { useActionState, useState } from "react";
import { FreshId } from "@/app/fresh-id";
import { errorOf, Form, typedOf } from "@/components/ui/form";
import { CountField, DayField, TextField } from "@/components/ui/input";
import { MonthField } from "@/components/ui/month-input";
import { RadioGroup } from "@/components/ui/radio-group";
import { type Option, SelectField } from "@/components/ui/select";
import { SubmitButton } from "@/components/ui/submit-button";
import { type ActionState, IDLE } from "@/lib/model/action-state";
import { type Saved, SavedToast } from "../saved";
import { recordTraffic, undoTraffic } from "./actions";

export type TrafficDefaults = Readonly<
  Record<
    | "channelId"
    | "videoId"
    | "format"
    | "span"
    | "month"
    | "day"
    | "fromDay"
    | "toDay"
    | "views"
    | "qualifiedViews"
    | "engagedViews"
    | "adImpressions"
    | "watchSeconds"
    | "finishPpm"
    | "likes"
    | "comments"
    | "shares",
    string
  >
>;

export type TrafficChoices = {
  channels: readonly Option[];
  videos: readonly Option[];
  formats: readonly Option[];
};

type TrafficFormProps = {
  creatorId: string;
  initialId: string;
  defaults: TrafficDefaults;
  choices: TrafficChoices;
  replaces?: string;
  autoFocus?: boolean;
};

const SPANS = [
  { value: "month", label: "Month" },
  { value: "day", label: "Day" },
  { value: "days", label: "Period" },
];

/** Views of a month, a day or a period; what is left empty is unknown, which is not zero. */
export function TrafficForm({
  creatorId,
  initialId,
  defaults,
  choices,
  replaces,
  autoFocus = false,
}: TrafficFormProps) {
  const [state, send] = useActionState(recordTraffic, IDLE);
  const field = (name: keyof TrafficDefaults) => ({
    name,
    error: errorOf(state, name),
    defaultValue: typedOf(state, name, defaults[name]),
  });
  return (
    <>
      {/* A correction begins anew from the entry that is there after it. */}
      <Form key={replaces} action={send} state={state} keep={replaces !== undefined} className="group">
        <FreshId initial={initialId} state={state} />
        <input type="hidden" name="creatorId" value={creatorId} />
        {replaces && <input type="hidden" name="replaces" value={replaces} />}
        <div className="grid gap-4 sm:grid-cols-2 lg:grid-cols-4">
          <CountField {...field("views")} label="Views" autoFocus={autoFocus} />
          <SelectField {...field("channelId")} label="Channel" options={choices.channels} />
          <RadioGroup {...field("span")} label="Of a" options={SPANS} />
          {/* Which days are asked follows the choice above by style alone, so it works before any script. */}
          <MonthField
            {...field("month")}
            label="Month"
            className="hidden group-has-[[value=month]:checked]:block"
          />
          <DayField {...field("day")} label="Day" className="hidden group-has-[[value=day]:checked]:block" />
          <DayField
            {...field("fromDay")}
            label="From day"
            className="hidden group-has-[[value=days]:checked]:block"
          />
          <DayField
            {...field("toDay")}
            label="To day"
            className="hidden group-has-[[value=days]:checked]:block"
          />
        </div>
        <More state={state} choices={choices} defaults={defaults} field={field} />
        <div>
          <SubmitButton pendingLabel="Saving…">{replaces ? "Save correction" : "Save views"}</SubmitButton>
        </div>
      </Form>
      <SavedToast state={state} creatorId={creatorId} undo={undoTraffic} />
    </>
  );
}

const EXTRA = [
  "videoId",
  "qualifiedViews",
  "engagedViews",
  "adImpressions",
  "watchSeconds",
  "finishPpm",
  "likes",
] as const;

function More({
  state,
  choices,
  defaults,
  field,
}: {
  state: ActionState<Saved>;
  choices: TrafficChoices;
  defaults: TrafficDefaults;
  field: (name: keyof TrafficDefaults) => {
    name: string;
    error: string | undefined;
    defaultValue: string | undefined;
  };
}) {
  const [isOpen, setOpen] = useState(
    EXTRA.some((name) => defaults[name] !== "") || state.status === "invalid",
  );
  return (
    <details open={isOpen} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary className="link w-fit text-sm">
        More: what the platform pays on, watch time, reactions, one video or format
      </summary>
      <div className="mt-4 grid gap-4 sm:grid-cols-2 lg:grid-cols-4">
        <CountField
          {...field("qualifiedViews")}
          label="Qualified views"
          optional
          hint="What TikTok's rewards pay on."
        />
        <CountField
          {...field("engagedViews")}
          label="Engaged views"
          optional
          hint="What YouTube Shorts pay on."
        />
        <CountField {...field("adImpressions")} label="Ad impressions" optional />
        <TextField
          {...field("watchSeconds")}
          label="Watch time in hours"
          optional
          inputMode="decimal"
          autoComplete="off"
        />
        <TextField
          {...field("finishPpm")}
          label="Finish rate (%)"
          optional
          inputMode="decimal"
          autoComplete="off"
          hint="Of those who began, who saw the end."
        />
        <CountField {...field("likes")} label="Likes" optional />
        <CountField {...field("comments")} label="Comments" optional />
        <CountField {...field("shares")} label="Shares" optional />
        <SelectField
          {...field("format")}
          label="Format"
          options={choices.formats}
          hint="A video's own format counts for it."
        />
        <SelectField
          {...field("videoId")}
          label="One video"
          optional
          options={choices.videos}
          empty="The whole channel"
          className="sm:col-span-2"
        />
      </div>
    </details>
  );
}
