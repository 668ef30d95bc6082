import { randomUUID } from "node:crypto";
import type { Creator } from "@/db/creators";
import type { OpenPayout, Receipt } from "@/db/receipts";
import { currencyChoices } from "../options";
import { payablesOf } from "./receipt-choices";
import { ReceiptForm } from "./receipt-form";

type NewReceiptProps = {
  creator: Creator;
  open: readonly OpenPayout[];
  last: Receipt | undefined;
  locale: string;
  autoFocus?: boolean;
};

/** A receipt of today, in the currency of the last one. */
export function NewReceipt({ creator, open, last, locale, autoFocus = false }: NewReceiptProps) {
  const currency = last?.currency ?? creator.currency;
  return (
    <ReceiptForm
      creatorId={creator.id}
      initialId={randomUUID()}
      today={creator.today}
      defaults={{ amount: "", currency, fee: "", rate: "", receivedOn: creator.today, note: "" }}
      currencies={currencyChoices(currency, creator.currency)}
      payables={payablesOf(open, null, currency, locale)}
      autoFocus={autoFocus}
    />
  );
}
