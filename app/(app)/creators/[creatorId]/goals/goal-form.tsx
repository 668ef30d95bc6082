"use client";

import { useActionState } from "react";
import { FreshId } from "@/app/fresh-id";
import { errorOf, Form, typedOf } from "@/components/ui/form";
import { TextField } from "@/components/ui/input";
import { MoneyField } from "@/components/ui/money-input";
import { MonthField } from "@/components/ui/month-input";
import { type Option, SelectField } from "@/components/ui/select";
import { SubmitButton } from "@/components/ui/submit-button";
import { IDLE } from "@/lib/model/action-state";
import { SavedToast } from "../saved";
import { recordGoal, undoGoal } from "./actions";

/** Everything as text, as the inputs hold it. */
export type GoalDefaults = Record<"fromMonth" | "toMonth" | "stream" | "amount" | "currency", string> & {
  /** null: not shared with the viewer, so not asked for */
  note: string | null;
};

type GoalFormProps = {
  creatorId: string;
  initialId: string;
  defaults: GoalDefaults;
  currencies: readonly { code: string }[];
  streams: readonly Option[];
  /** the goal this form changes; the form then keeps its values after saving */
  replaces?: string;
};

export function GoalForm({ creatorId, initialId, defaults, currencies, streams, replaces }: GoalFormProps) {
  const [state, send] = useActionState(recordGoal, IDLE);
  const field = (name: keyof GoalDefaults) => ({
    name,
    id: `goal-${name}`,
    error: errorOf(state, name),
    defaultValue: typedOf(state, name, defaults[name] ?? ""),
  });
  return (
    <>
      <Form key={replaces} action={send} state={state} keep={replaces !== undefined}>
        <FreshId initial={initialId} state={state} />
        <input type="hidden" name="creatorId" value={creatorId} />
        {replaces && <input type="hidden" name="replaces" value={replaces} />}
        <div className="grid gap-4 sm:grid-cols-2 lg:grid-cols-3">
          <MoneyField
            {...field("amount")}
            label="To earn"
            currencies={currencies}
            defaultCurrency={typedOf(state, "currency", defaults.currency)}
            currencyError={errorOf(state, "currency")}
            required
          />
          <MonthField {...field("fromMonth")} label="First month" required />
          <MonthField
            {...field("toMonth")}
            label="Last month"
            hint="The first one again for a goal of one month."
            required
          />
          <SelectField {...field("stream")} label="Stream" options={streams} empty="All streams" />
          {defaults.note !== null && (
            <TextField {...field("note")} label="Note" optional maxLength={2000} autoComplete="off" />
          )}
        </div>
        <div>
          <SubmitButton pendingLabel="Saving…">{replaces ? "Save change" : "Save goal"}</SubmitButton>
        </div>
      </Form>
      <SavedToast state={state} creatorId={creatorId} undo={undoGoal} />
    </>
  );
}
