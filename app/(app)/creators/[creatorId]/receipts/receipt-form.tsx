"use client";

import { useActionState, useRef } from "react";
import { FreshId } from "@/app/fresh-id";
import { Button } from "@/components/ui/button";
import { errorOf, Form, typedOf } from "@/components/ui/form";
import { DayField, TextField } from "@/components/ui/input";
import { MoneyField } from "@/components/ui/money-input";
import { SubmitButton } from "@/components/ui/submit-button";
import { IDLE } from "@/lib/model/action-state";
import { type Currency, decimalOf } from "@/lib/model/money";
import { SavedToast } from "../saved";
import { recordReceipt, undoReceipt } from "./actions";
import { fillOldestFirst, type Open } from "./fill";

/** A payout that is open, or that this receipt pays already. */
export type Payable = Open & {
  title: string;
  /** formatted */
  open: string;
  /** what this receipt pays of it, as text */
  paid: string;
};

export type ReceiptDefaults = {
  amount: string;
  currency: string;
  fee: string;
  rate: string;
  receivedOn: string;
  /** null: not shared with the viewer, so not asked for */
  note: string | null;
};

type ReceiptFormProps = {
  creatorId: string;
  initialId: string;
  today: string;
  defaults: ReceiptDefaults;
  currencies: readonly { code: string }[];
  payables: readonly Payable[];
  replaces?: string;
  autoFocus?: boolean;
};

/** Money that arrived, and which payouts it pays. */
export function ReceiptForm({
  creatorId,
  initialId,
  today,
  defaults,
  currencies,
  payables,
  replaces,
  autoFocus = false,
}: ReceiptFormProps) {
  const [state, send] = useActionState(recordReceipt, IDLE);
  const box = useRef<HTMLDivElement>(null);
  /** Once a person touched the parts, they stay as they are. */
  const isByHand = useRef(replaces !== undefined);
  const field = (name: keyof ReceiptDefaults) => ({
    name,
    error: errorOf(state, name),
    defaultValue: typedOf(state, name, defaults[name] ?? ""),
  });

  function fill() {
    const form = box.current?.querySelector("form");
    if (!form) return;
    const text = (name: string) => String(new FormData(form).get(name) ?? "").trim();
    const filled = fillOldestFirst(payables, {
      amount: text("amount"),
      fee: text("fee"),
      currency: text("currency"),
      rate: text("rate"),
    });
    payables.forEach(({ chainId, currency }, index) => {
      const part = filled.get(chainId);
      setValue(form, `pay-${index}-amount`, part === undefined ? "" : decimalOf(part, currency as Currency));
    });
  }

  function clear() {
    const form = box.current?.querySelector("form");
    if (form) for (const index of payables.keys()) setValue(form, `pay-${index}-amount`, "");
  }

  return (
    <div ref={box}>
      {/* A correction begins anew from the entry that is there after it. */}
      <Form
        key={replaces}
        action={send}
        state={state}
        keep={replaces !== undefined}
        onInput={({ target }) => {
          const name =
            target instanceof HTMLInputElement || target instanceof HTMLSelectElement ? target.name : "";
          if (name.startsWith("pay-")) isByHand.current = true;
          else if (!isByHand.current && FILLS.has(name)) fill();
        }}
      >
        <FreshId initial={initialId} state={state} />
        <input type="hidden" name="creatorId" value={creatorId} />
        {replaces && <input type="hidden" name="replaces" value={replaces} />}
        <div className="grid gap-4 sm:grid-cols-2 lg:grid-cols-4">
          <MoneyField
            {...field("amount")}
            label="Arrived"
            hint="What the account was credited with."
            currencies={currencies}
            defaultCurrency={typedOf(state, "currency", defaults.currency)}
            currencyError={errorOf(state, "currency")}
            autoFocus={autoFocus}
            required
          />
          <DayField {...field("receivedOn")} label="On" max={today} />
          <TextField
            {...field("fee")}
            label="Fee kept on the way"
            optional
            inputMode="decimal"
            autoComplete="off"
            placeholder="0.00"
            hint="In the currency that arrived."
          />
          <TextField
            {...field("rate")}
            label="The bank's rate"
            optional
            inputMode="decimal"
            autoComplete="off"
            placeholder="0.9231"
            hint="Only when it pays payouts of another currency: how much arrived for 1 unit of theirs."
          />
          {defaults.note !== null && (
            <TextField
              {...field("note")}
              label="Note"
              optional
              maxLength={2000}
              className="sm:col-span-2 lg:col-span-4"
            />
          )}
        </div>
        {payables.length > 0 && (
          <fieldset>
            <legend className="text-sm font-medium">Which payouts it pays</legend>
            <div className="mt-1 mb-3 flex flex-wrap items-center gap-x-3 gap-y-2">
              <p className="text-sm text-muted">Filled in oldest first; change it as the platform says.</p>
              <Button
                size="sm"
                onClick={() => {
                  isByHand.current = false;
                  fill();
                }}
              >
                Oldest first
              </Button>
              <Button
                size="sm"
                onClick={() => {
                  isByHand.current = true;
                  clear();
                }}
              >
                None
              </Button>
            </div>
            <ul className="grid max-h-96 max-w-2xl gap-2 overflow-y-auto p-1">
              {payables.map(({ chainId, currency, title, open, paid }, index) => {
                const name = `pay-${index}-amount`;
                return (
                  <li key={chainId}>
                    <input type="hidden" name={`pay-${index}-chainId`} value={chainId} />
                    <input type="hidden" name={`pay-${index}-currency`} value={currency} />
                    <div className="grid grid-cols-[minmax(0,1fr)_9rem] items-start gap-3">
                      <p className="pt-1.5 text-sm">
                        {title}
                        <span className="block text-muted">{open} open</span>
                      </p>
                      <TextField
                        name={name}
                        label={`Pays of ${title}, in ${currency}`}
                        hideLabel
                        inputMode="decimal"
                        autoComplete="off"
                        placeholder="0.00"
                        error={errorOf(state, name)}
                        defaultValue={typedOf(state, name, paid)}
                      />
                    </div>
                  </li>
                );
              })}
            </ul>
          </fieldset>
        )}
        <div>
          <SubmitButton pendingLabel="Saving…">{replaces ? "Save correction" : "Save receipt"}</SubmitButton>
        </div>
      </Form>
      <SavedToast state={state} creatorId={creatorId} undo={undoReceipt} />
    </div>
  );
}

const FILLS = new Set(["amount", "currency", "fee", "rate"]);

function setValue(form: HTMLFormElement, name: string, value: string): void {
  const input = form.elements.namedItem(name);
  if (input instanceof HTMLInputElement) input.value = value;
}
