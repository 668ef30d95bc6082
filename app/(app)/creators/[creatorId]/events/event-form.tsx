"use client";

import { useActionState } from "react";
import { FreshId } from "@/app/fresh-id";
import { errorOf, Form, typedOf } from "@/components/ui/form";
import { DayField, TextField } from "@/components/ui/input";
import { type Option, SelectField } from "@/components/ui/select";
import { SubmitButton } from "@/components/ui/submit-button";
import { IDLE } from "@/lib/model/action-state";
import { SavedToast } from "../saved";
import { recordEvent, undoEvent } from "./actions";

type EventFormProps = {
  creatorId: string;
  initialId: string;
  today: string;
  choices: Readonly<Record<"kinds" | "streams" | "platforms" | "effects", readonly Option[]>>;
};

export function EventForm({ creatorId, initialId, today, choices }: EventFormProps) {
  const [state, send] = useActionState(recordEvent, IDLE);
  const field = (name: string, otherwise = "") => ({
    name,
    error: errorOf(state, name),
    defaultValue: typedOf(state, name, otherwise),
  });
  return (
    <>
      <Form action={send} state={state}>
        <FreshId initial={initialId} state={state} />
        <input type="hidden" name="creatorId" value={creatorId} />
        <div className="grid gap-4 sm:grid-cols-2 lg:grid-cols-3">
          <TextField
            {...field("label")}
            label="What happened"
            placeholder="Rewards need a minute of video"
            maxLength={100}
            autoComplete="off"
            required
          />
          <DayField {...field("day", today)} label="From" hint="It may lie ahead, once it is announced." />
          <SelectField {...field("kind", "rule_change")} label="Kind" options={choices.kinds} />
          <SelectField {...field("stream")} label="Stream" options={choices.streams} empty="All streams" />
          <SelectField
            {...field("platform")}
            label="Platform"
            options={choices.platforms}
            empty="All platforms"
          />
          <SelectField
            {...field("effect", "none")}
            label="In projections"
            options={choices.effects}
            hint="Less certain: as much as a year may have changed. Begun anew: the past counts as one month."
          />
        </div>
        <div>
          <SubmitButton pendingLabel="Saving…">Save event</SubmitButton>
        </div>
      </Form>
      <SavedToast state={state} creatorId={creatorId} undo={undoEvent} />
    </>
  );
}
