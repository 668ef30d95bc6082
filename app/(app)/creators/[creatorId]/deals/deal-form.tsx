"use client";

import { type FormEvent, useActionState, useState } from "react";
import { FreshId } from "@/app/fresh-id";
import { errorOf, Form, typedOf } from "@/components/ui/form";
import { DayField, TextField } from "@/components/ui/input";
import { MoneyField } from "@/components/ui/money-input";
import { type Option, SelectField } from "@/components/ui/select";
import { SubmitButton } from "@/components/ui/submit-button";
import { IDLE } from "@/lib/model/action-state";
import { RIGHTS, type Right } from "@/lib/model/sponsorship-rates";
import { SavedToast } from "../saved";
import { recordDeal, undoDeal } from "./actions";
import { DealTermsFields, type TermsDefaults } from "./deal-terms-fields";
import { type PriceData, PriceSuggestion } from "./price-suggestion";

/** Everything as text, as the inputs hold it. */
export type DealDefaults = {
  brand: string;
  fee: string;
  currency: string;
  channelId: string;
  expectedOn: string;
  state: string;
  /** null: not shared with the viewer, so not asked for */
  note: string | null;
  terms: TermsDefaults;
};

export type DealChoices = {
  currencies: readonly { code: string }[];
  channels: readonly Option[];
  states: readonly Option[];
  videos: readonly Option[];
  rights: readonly { name: Right; label: string }[];
  /** the next free one */
  invoiceNumber: string;
  price: PriceData;
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
  const [priced, setPriced] = useState(() => pricedOf(defaults));
  const field = (name: keyof Omit<DealDefaults, "terms">) => ({
    name,
    id: `deal-${name}`,
    error: errorOf(state, name),
    defaultValue: typedOf(state, name, defaults[name] ?? ""),
  });
  return (
    <>
      {/* A change begins anew from the entry that is there after it. */}
      <Form
        key={replaces}
        action={send}
        state={state}
        keep={replaces !== undefined}
        onChange={(event: FormEvent<HTMLFormElement>) => setPriced(pricedIn(event.currentTarget))}
      >
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
          {defaults.note !== null && (
            <TextField {...field("note")} label="Note" optional maxLength={2000} autoComplete="off" />
          )}
        </div>
        <PriceSuggestion data={choices.price} {...priced} onTake={takeFee} />
        <DealTermsFields state={state} defaults={defaults.terms} choices={choices} />
        <div>
          <SubmitButton pendingLabel="Saving…">{replaces ? "Save change" : "Save deal"}</SubmitButton>
        </div>
      </Form>
      <SavedToast state={state} creatorId={creatorId} undo={undoDeal} />
    </>
  );
}

type Priced = { channelId: string; rights: readonly Right[] };

function pricedOf({ channelId, terms }: DealDefaults): Priced {
  return { channelId, rights: RIGHTS.filter((right) => terms.extras[right].amount !== "") };
}

/** What the price depends on, as the form holds it now. */
function pricedIn(form: HTMLFormElement): Priced {
  const text = (name: string) => String(new FormData(form).get(name) ?? "").trim();
  return { channelId: text("channelId"), rights: RIGHTS.filter((right) => text(`extra-${right}`) !== "") };
}

/** Inputs keep their own values, so a taken price is written into them. */
function takeFee(amount: string, currency: string): void {
  const fee = document.querySelector<HTMLInputElement>("#deal-fee");
  const select = document.querySelector<HTMLSelectElement>("#deal-fee-currency");
  if (!fee || !select) return;
  fee.value = amount;
  select.value = currency;
  fee.focus();
}
