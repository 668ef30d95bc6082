"use client";

import { useActionState } from "react";
import { FreshId } from "@/app/fresh-id";
import { errorOf, Form, typedOf } from "@/components/ui/form";
import { CountField, DayField, TextField } from "@/components/ui/input";
import { MoneyField } from "@/components/ui/money-input";
import { MonthField } from "@/components/ui/month-input";
import { type Option, SelectField } from "@/components/ui/select";
import { SubmitButton } from "@/components/ui/submit-button";
import { IDLE } from "@/lib/model/action-state";
import { SavedToast } from "../saved";
import { recordCommission, undoCommission } from "./actions";

type CommissionFormProps = {
  creatorId: string;
  placementId: string;
  initialId: string;
  defaults: { currency: string; month: string; rate: string };
  currencies: readonly { code: string }[];
  states: readonly Option[];
};

/** What the merchant reports for a period. */
export function CommissionForm({
  creatorId,
  placementId,
  initialId,
  defaults,
  currencies,
  states,
}: CommissionFormProps) {
  const [state, send] = useActionState(recordCommission, IDLE);
  const field = (name: string, value = "") => ({
    name,
    id: `commission-${name}`,
    error: errorOf(state, name),
    defaultValue: typedOf(state, name, value),
  });
  return (
    <>
      <Form action={send} state={state}>
        <FreshId initial={initialId} state={state} />
        <input type="hidden" name="creatorId" value={creatorId} />
        <input type="hidden" name="placementId" value={placementId} />
        <div className="grid gap-4 sm:grid-cols-2 lg:grid-cols-4">
          <MoneyField
            {...field("amount")}
            label="Commission"
            currencies={currencies}
            defaultCurrency={typedOf(state, "currency", defaults.currency)}
            currencyError={errorOf(state, "currency")}
            required
          />
          <MonthField {...field("month", defaults.month)} label="Month" />
          <DayField
            {...field("fromDay")}
            label="From day"
            optional
            hint="With both days, the month does not count."
          />
          <DayField {...field("toDay")} label="To day" optional />
          <CountField {...field("clicks")} label="Clicks" optional />
          <CountField {...field("orders")} label="Orders" optional />
          <TextField
            {...field("value")}
            label="Order value"
            optional
            inputMode="decimal"
            autoComplete="off"
            hint="What the commission is counted on."
          />
          <TextField
            {...field("refunded")}
            label="Of it refunded"
            optional
            inputMode="decimal"
            autoComplete="off"
            hint="Already taken off the commission."
          />
          <TextField
            {...field("rate", defaults.rate)}
            label="Rate, %"
            optional
            inputMode="decimal"
            autoComplete="off"
          />
          <SelectField {...field("state", "final")} label="State" options={states} />
          <TextField {...field("note")} label="Note" optional maxLength={2000} autoComplete="off" />
        </div>
        <div>
          <SubmitButton pendingLabel="Saving…">Save commission</SubmitButton>
        </div>
      </Form>
      <SavedToast state={state} creatorId={creatorId} undo={undoCommission} />
    </>
  );
}
