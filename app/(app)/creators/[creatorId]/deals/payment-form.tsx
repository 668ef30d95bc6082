"use client";

import { useActionState } from "react";
import { FreshId } from "@/app/fresh-id";
import { errorOf, Form, typedOf } from "@/components/ui/form";
import { DayField, TextField } from "@/components/ui/input";
import { SubmitButton } from "@/components/ui/submit-button";
import { IDLE } from "@/lib/model/action-state";
import { SavedToast } from "../saved";
import { payDeal, undoDealPayment } from "./actions";

type PaymentFormProps = {
  creatorId: string;
  entryId: string;
  initialId: string;
  /** whether anything can be paid; what the last payment came to is said either way */
  isOpen: boolean;
  /** what is open, as it would be typed */
  amount: string;
  currency: string;
  receivedOn: string;
};

/** What arrived for a deal: one click makes its payout and its receipt. */
export function PaymentForm({
  creatorId,
  entryId,
  initialId,
  isOpen,
  amount,
  currency,
  receivedOn,
}: PaymentFormProps) {
  const [state, send] = useActionState(payDeal, IDLE);
  const field = (name: string, value: string) => ({
    name,
    id: `payment-${name}`,
    error: errorOf(state, name),
    defaultValue: typedOf(state, name, value),
  });
  return (
    <>
      {isOpen && (
        <Form key={entryId + amount} action={send} state={state}>
          <FreshId initial={initialId} state={state} />
          <input type="hidden" name="creatorId" value={creatorId} />
          <input type="hidden" name="entryId" value={entryId} />
          <input type="hidden" name="currency" value={currency} />
          <div className="grid gap-4 sm:grid-cols-3">
            <TextField
              {...field("amount", amount)}
              label={`Arrived, ${currency}`}
              inputMode="decimal"
              autoComplete="off"
              required
            />
            <TextField
              {...field("fee", "")}
              label={`Kept by the bank, ${currency}`}
              optional
              inputMode="decimal"
              autoComplete="off"
              placeholder="0.00"
            />
            <DayField {...field("receivedOn", receivedOn)} label="Arrived on" />
          </div>
          <div>
            <SubmitButton pendingLabel="Recording…">Record payment</SubmitButton>
          </div>
        </Form>
      )}
      <SavedToast state={state} creatorId={creatorId} undo={undoDealPayment} />
    </>
  );
}
