"use client";

import { useActionState } from "react";
import { FreshId } from "@/app/fresh-id";
import { errorOf, Form, typedOf } from "@/components/ui/form";
import { DayField, TextField } from "@/components/ui/input";
import { type Option, SelectField } from "@/components/ui/select";
import { SubmitButton } from "@/components/ui/submit-button";
import { IDLE } from "@/lib/model/action-state";
import { undoRule } from "./rule-actions";
import { type LedgerAction, SavedToast } from "./saved";

export type RuleField = {
  name: string;
  label: string;
  hint?: string;
  options?: readonly Option[];
  defaultValue?: string;
  optional?: boolean;
};

type RuleFormProps = {
  /** Records a rule of one kind. */
  action: LedgerAction;
  creatorId: string;
  initialId: string;
  today: string;
  fields: readonly RuleField[];
  submitLabel: string;
  /** Sets the forms of one page apart. */
  name: string;
};

/** A dated rule: its own fields, the day from which it stands, and where it is written. */
export function RuleForm({ action, creatorId, initialId, today, fields, submitLabel, name }: RuleFormProps) {
  const [state, send] = useActionState(action, IDLE);
  const of = (input: string, otherwise = "") => ({
    name: input,
    id: `${name}-${input}`,
    error: errorOf(state, input),
    defaultValue: typedOf(state, input, otherwise),
  });
  return (
    <>
      <Form action={send} state={state}>
        <FreshId initial={initialId} state={state} />
        <input type="hidden" name="creatorId" value={creatorId} />
        <div className="grid items-start gap-4 sm:grid-cols-2 lg:grid-cols-4">
          {fields.map(({ name: input, defaultValue, options, ...look }) =>
            options ? (
              <SelectField key={input} {...of(input, defaultValue)} {...look} options={options} />
            ) : (
              <TextField key={input} {...of(input, defaultValue)} {...look} autoComplete="off" />
            ),
          )}
          <DayField
            {...of("fromDay", today)}
            label="From"
            hint="Nothing before this day changes. A rule of the same day is corrected."
          />
          <TextField {...of("source")} label="Source" optional maxLength={200} hint="Where it is written." />
        </div>
        <div>
          <SubmitButton pendingLabel="Saving…">{submitLabel}</SubmitButton>
        </div>
      </Form>
      <SavedToast state={state} creatorId={creatorId} undo={undoRule} />
    </>
  );
}
