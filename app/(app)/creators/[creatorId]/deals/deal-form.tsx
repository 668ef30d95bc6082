"use client";

import { useActionState } from "react";
import { FreshId } from "@/app/fresh-id";
import { errorOf, Form, typedOf } from "@/components/ui/form";
import { DayField, TextField } from "@/components/ui/input";
import { MoneyField } from "@/components/ui/money-input";
import { type Option, SelectField } from "@/components/ui/select";
import { SubmitButton } from "@/components/ui/submit-button";
import { IDLE } from "@/lib/model/action-state";
import { SavedToast } from "../saved";
import { recordDeal, undoDeal } from "./actions";

/** Everything as text, as the inputs hold it. */
export type DealDefaults = {
  brand: string;
  fee: string;
  currency: string;
  channelId: string;
  expectedOn: string;
  state: string;
  note: string;
};

export type DealChoices = {
  currencies: readonly { code: string }[];
  channels: readonly Option[];
  states: readonly Option[];
};

type DealFormProps = {
  creatorId: string;
  initialId: string;
  defaults: DealDefaults;
  choices: DealChoices;
  /** the entry this form changes; the form then keeps its values after saving */
  replaces?: string;
  autoFocus?: boolean;
};

/** One form for a new deal, its next state and its correction. */
export function DealForm({
  creatorId,
  initialId,
  defaults,
  choices,
  replaces,
  autoFocus = false,
}: DealFormProps) {
  const [state, send] = useActionState(recordDeal, IDLE);
  const field = (name: keyof DealDefaults) => ({
    name,
    id: `deal-${name}`,
    error: errorOf(state, name),
    defaultValue: typedOf(state, name, defaults[name]),
  });
  return (
    <>
      {/* A change begins anew from the entry that is there after it. */}
      <Form key={replaces} action={send} state={state} keep={replaces !== undefined}>
        <FreshId initial={initialId} state={state} />
        <input type="hidden" name="creatorId" value={creatorId} />
        {replaces && <input type="hidden" name="replaces" value={replaces} />}
        <div className="grid gap-4 sm:grid-cols-2 lg:grid-cols-3">
          <TextField
            {...field("brand")}
            label="Brand"
            maxLength={200}
            autoComplete="off"
            autoFocus={autoFocus}
            required
          />
          <MoneyField
            {...field("fee")}
            label="Fee"
            currencies={choices.currencies}
            defaultCurrency={typedOf(state, "currency", defaults.currency)}
            currencyError={errorOf(state, "currency")}
            required
          />
          <SelectField {...field("state")} label="State" options={choices.states} />
          <DayField
            {...field("expectedOn")}
            label="Expected"
            hint="The day it counts as earned; its month is the one that is booked."
          />
          <SelectField
            {...field("channelId")}
            label="Channel"
            options={choices.channels}
            empty="No channel"
          />
          <TextField {...field("note")} label="Note" optional maxLength={2000} autoComplete="off" />
        </div>
        <div>
          <SubmitButton pendingLabel="Saving…">{replaces ? "Save change" : "Save deal"}</SubmitButton>
        </div>
      </Form>
      <SavedToast state={state} creatorId={creatorId} undo={undoDeal} />
    </>
  );
}
