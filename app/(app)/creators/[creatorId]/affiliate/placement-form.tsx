"use client";

import { useActionState } from "react";
import { FreshId } from "@/app/fresh-id";
import { errorOf, Form, typedOf } from "@/components/ui/form";
import { DayField, TextField } from "@/components/ui/input";
import { type Option, SelectField } from "@/components/ui/select";
import { SubmitButton } from "@/components/ui/submit-button";
import { IDLE } from "@/lib/model/action-state";
import { SavedToast } from "../saved";
import { recordPlacement, undoPlacement } from "./actions";

/** Everything as text, as the inputs hold it. */
export type PlacementDefaults = {
  merchant: string;
  label: string;
  videoId: string;
  channelId: string;
  rate: string;
  fromDay: string;
  toDay: string;
  dealId: string;
  /** null: not shared with the viewer, so not asked for */
  note: string | null;
};

export type PlacementChoices = {
  videos: readonly Option[];
  channels: readonly Option[];
  deals: readonly Option[];
};

type PlacementFormProps = {
  creatorId: string;
  initialId: string;
  defaults: PlacementDefaults;
  choices: PlacementChoices;
  /** the entry this form corrects; the form then keeps its values after saving */
  replaces?: string;
};

/** One form for a new placement and its correction. */
export function PlacementForm({ creatorId, initialId, defaults, choices, replaces }: PlacementFormProps) {
  const [state, send] = useActionState(recordPlacement, IDLE);
  const field = (name: keyof PlacementDefaults) => ({
    name,
    id: `placement-${name}`,
    error: errorOf(state, name),
    defaultValue: typedOf(state, name, defaults[name] ?? ""),
  });
  return (
    <>
      {/* A correction begins anew from the entry that is there after it. */}
      <Form key={replaces} action={send} state={state} keep={replaces !== undefined}>
        <FreshId initial={initialId} state={state} />
        <input type="hidden" name="creatorId" value={creatorId} />
        {replaces && <input type="hidden" name="replaces" value={replaces} />}
        <div className="grid gap-4 sm:grid-cols-2 lg:grid-cols-3">
          <TextField {...field("merchant")} label="Merchant" maxLength={200} autoComplete="off" required />
          <TextField
            {...field("label")}
            label="What and where"
            optional
            maxLength={200}
            autoComplete="off"
            placeholder="Cast-iron pan, first link"
          />
          <TextField
            {...field("rate")}
            label="Offered rate, %"
            optional
            inputMode="decimal"
            autoComplete="off"
            placeholder="10"
          />
          <SelectField
            {...field("videoId")}
            label="Video"
            options={choices.videos}
            empty="No single video"
            hint="Earnings are set against its views of the same days."
          />
          <SelectField
            {...field("channelId")}
            label="Channel"
            options={choices.channels}
            empty="No channel"
            hint="Only for one that is in no single video."
          />
          {choices.deals.length > 0 && (
            <SelectField {...field("dealId")} label="Part of a deal" options={choices.deals} empty="None" />
          )}
          <DayField {...field("fromDay")} label="From" />
          <DayField {...field("toDay")} label="To" optional hint="Empty while it runs." />
          {defaults.note !== null && (
            <TextField {...field("note")} label="Note" optional maxLength={2000} autoComplete="off" />
          )}
        </div>
        <div>
          <SubmitButton pendingLabel="Saving…">
            {replaces ? "Save correction" : "Save placement"}
          </SubmitButton>
        </div>
      </Form>
      <SavedToast state={state} creatorId={creatorId} undo={undoPlacement} />
    </>
  );
}
