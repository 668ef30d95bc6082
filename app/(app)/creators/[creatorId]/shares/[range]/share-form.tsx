"use client";

import { useActionState } from "react";
import { FreshId } from "@/app/fresh-id";
import { CheckboxField } from "@/components/ui/checkbox";
import { errorOf, Form, typedOf } from "@/components/ui/form";
import { TextField } from "@/components/ui/input";
import { SelectField } from "@/components/ui/select";
import { SubmitButton } from "@/components/ui/submit-button";
import { ToastOn } from "@/components/ui/toast";
import { IDLE } from "@/lib/model/action-state";
import { createShare } from "./actions";
import { DAYS, USUAL_DAYS } from "./days";

type ShareFormProps = {
  creatorId: string;
  range: string;
  initialId: string;
  parts: readonly { part: string; label: string }[];
};

export function ShareForm({ creatorId, range, initialId, parts }: ShareFormProps) {
  const [state, send] = useActionState(createShare, IDLE);
  const done = state.status === "done" ? state : null;
  const isChosen = (part: string) =>
    state.status === "invalid" ? state.values[`part-${part}`] === "on" : true;
  return (
    <Form action={send} state={state}>
      <FreshId initial={initialId} state={state} />
      <input type="hidden" name="creatorId" value={creatorId} />
      <input type="hidden" name="range" value={range} />
      <fieldset className="grid gap-x-4 sm:grid-cols-2 lg:grid-cols-3">
        <legend className="mb-1 text-sm font-medium">What it shows</legend>
        {parts.map(({ part, label }) => (
          <CheckboxField
            key={part}
            name={`part-${part}`}
            label={label}
            defaultChecked={isChosen(part)}
            error={errorOf(state, `part-${part}`)}
          />
        ))}
      </fieldset>
      <div className="grid items-start gap-4 sm:grid-cols-2 lg:grid-cols-3">
        <TextField
          name="label"
          label="For"
          optional
          placeholder="My accountant"
          maxLength={60}
          autoComplete="off"
          error={errorOf(state, "label")}
          defaultValue={typedOf(state, "label", "")}
        />
        <SelectField
          name="days"
          label="Works for"
          options={DAYS}
          error={errorOf(state, "days")}
          defaultValue={typedOf(state, "days", USUAL_DAYS)}
        />
        <TextField
          name="password"
          type="password"
          label="Passphrase"
          optional
          hint="At least 8 characters. Send it another way than the address."
          autoComplete="new-password"
          error={errorOf(state, "password")}
        />
      </div>
      <div>
        <SubmitButton pendingLabel="Making…">Make an address</SubmitButton>
      </div>
      <ToastOn of={done} message={done?.message ?? ""} />
    </Form>
  );
}
