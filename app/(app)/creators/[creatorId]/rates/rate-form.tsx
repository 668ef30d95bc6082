"use client";

import { useActionState } from "react";
import { FreshId } from "@/app/fresh-id";
import { errorOf, Form, typedOf } from "@/components/ui/form";
import { DayField, TextField } from "@/components/ui/input";
import { type Option, SelectField } from "@/components/ui/select";
import { SubmitButton } from "@/components/ui/submit-button";
import { ToastOn } from "@/components/ui/toast";
import { IDLE } from "@/lib/model/action-state";
import { recordRate } from "./actions";

type RateFormProps = {
  creatorId: string;
  initialId: string;
  today: string;
  defaults: { base: string; quote: string; source: string };
  currencies: readonly Option[];
};

export function RateForm({ creatorId, initialId, today, defaults, currencies }: RateFormProps) {
  const [state, send] = useActionState(recordRate, IDLE);
  const field = (name: string, otherwise = "") => ({
    name,
    error: errorOf(state, name),
    defaultValue: typedOf(state, name, otherwise),
  });
  const done = state.status === "done" ? state : null;
  return (
    <Form action={send} state={state}>
      <FreshId initial={initialId} state={state} />
      <input type="hidden" name="creatorId" value={creatorId} />
      <div className="grid gap-4 sm:grid-cols-2 lg:grid-cols-5">
        <SelectField {...field("base", defaults.base)} label="1 unit of" options={currencies} />
        <TextField
          {...field("rate")}
          label="Is worth"
          inputMode="decimal"
          autoComplete="off"
          placeholder="1.0853"
        />
        <SelectField {...field("quote", defaults.quote)} label="Of" options={currencies} />
        <DayField {...field("day", today)} label="On" max={today} />
        <TextField {...field("source", defaults.source)} label="Source" maxLength={200} />
      </div>
      <div>
        <SubmitButton pendingLabel="Saving…">Save rate</SubmitButton>
      </div>
      <ToastOn of={done} message={done?.message ?? ""} />
    </Form>
  );
}
