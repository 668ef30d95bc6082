"use client";

import { useActionState } from "react";
import { FreshId } from "@/app/fresh-id";
import { errorOf, Form, typedOf } from "@/components/ui/form";
import { CountField, DayField, TextField } from "@/components/ui/input";
import { type Option, SelectField } from "@/components/ui/select";
import { SubmitButton } from "@/components/ui/submit-button";
import { IDLE } from "@/lib/model/action-state";
import { SavedToast } from "../saved";
import { recordLive, undoLive } from "./actions";

/** Everything as text, as the inputs hold it. */
export type LiveDefaults = Readonly<
  Record<"channelId" | "videoId" | "day" | "seconds" | "units" | "viewers", string>
> & {
  /** null: not shared with the viewer, so not asked for */
  readonly note: string | null;
};

type LiveFormProps = {
  creatorId: string;
  initialId: string;
  today: string;
  defaults: LiveDefaults;
  channels: readonly Option[];
  videos: readonly Option[];
  /** the session this form corrects; the form then keeps its values after saving */
  replaces?: string;
};

export function LiveForm({
  creatorId,
  initialId,
  today,
  defaults,
  channels,
  videos,
  replaces,
}: LiveFormProps) {
  const [state, send] = useActionState(recordLive, IDLE);
  const field = (name: keyof LiveDefaults) => ({
    name,
    error: errorOf(state, name),
    defaultValue: typedOf(state, name, defaults[name] ?? ""),
  });
  return (
    <>
      <Form key={replaces} action={send} state={state} keep={replaces !== undefined}>
        <FreshId initial={initialId} state={state} />
        <input type="hidden" name="creatorId" value={creatorId} />
        {replaces && <input type="hidden" name="replaces" value={replaces} />}
        <div className="grid items-start gap-4 sm:grid-cols-2 lg:grid-cols-4">
          <SelectField {...field("channelId")} label="Channel" options={channels} empty="Choose…" />
          <DayField {...field("day")} label="Day" max={today} hint="The day it began." />
          <TextField
            {...field("seconds")}
            label="Hours"
            inputMode="decimal"
            autoComplete="off"
            placeholder="2.5"
            hint="Or as 2:30:00."
          />
          <CountField
            {...field("units")}
            label="Diamonds"
            optional
            hint="What viewers gave, in the platform’s unit."
          />
          <CountField {...field("viewers")} label="Viewers" optional />
          <SelectField {...field("videoId")} label="Recording" options={videos} empty="None" optional />
          {defaults.note !== null && (
            <TextField {...field("note")} label="Note" optional maxLength={2000} className="sm:col-span-2" />
          )}
        </div>
        <div>
          <SubmitButton pendingLabel="Saving…">{replaces ? "Save correction" : "Save session"}</SubmitButton>
        </div>
      </Form>
      <SavedToast state={state} creatorId={creatorId} undo={undoLive} />
    </>
  );
}
