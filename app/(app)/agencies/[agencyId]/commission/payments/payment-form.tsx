"use client";

import { useActionState } from "react";
import { FreshId } from "@/app/fresh-id";
import { errorOf, Form, typedOf } from "@/components/ui/form";
import { DayField, TextField } from "@/components/ui/input";
import { MoneyField } from "@/components/ui/money-input";
import { RadioGroup } from "@/components/ui/radio-group";
import { type Option, SelectField } from "@/components/ui/select";
import { SubmitButton } from "@/components/ui/submit-button";
import { ToastOn } from "@/components/ui/toast";
import { IDLE } from "@/lib/model/action-state";
import { recordCommissionPayment } from "../actions";

type PaymentFormProps = {
  agencyId: string;
  initialId: string;
  payers: readonly Option[];
  currency: string;
  currencies: readonly { code: string }[];
  today: string;
};

/** Commission that reached the agency. */
export function PaymentForm({ agencyId, initialId, payers, currency, currencies, today }: PaymentFormProps) {
  const [state, send] = useActionState(recordCommissionPayment, IDLE);
  const field = (name: string, value = "") => ({
    name,
    id: `commission-payment-${name}`,
    error: errorOf(state, name),
    defaultValue: typedOf(state, name, value),
  });
  const done = state.status === "done" ? state : null;
  return (
    <>
      <Form action={send} state={state}>
        <FreshId initial={initialId} state={state} />
        <input type="hidden" name="agencyId" value={agencyId} />
        <div className="grid gap-4 sm:grid-cols-2 lg:grid-cols-3">
          <SelectField
            {...field("creatorId", payers.length === 1 ? payers[0]?.value : "")}
            label="From"
            options={payers}
            empty="Choose a creator"
            required
          />
          <MoneyField
            {...field("amount")}
            label="Amount"
            currencies={currencies}
            defaultCurrency={typedOf(state, "currency", currency)}
            currencyError={errorOf(state, "currency")}
            required
          />
          <DayField {...field("paidOn", today)} label="Paid on" required />
          <RadioGroup
            {...field("how", "paid")}
            label="How"
            options={[
              { value: "paid", label: "Paid to us" },
              { value: "withheld", label: "Kept at source" },
            ]}
          />
          <TextField {...field("note")} label="Note" optional maxLength={2000} autoComplete="off" />
        </div>
        <div>
          <SubmitButton pendingLabel="Saving…">Save payment</SubmitButton>
        </div>
      </Form>
      <ToastOn of={done} message={done?.message ?? ""} />
    </>
  );
}
