/** A deal as its invoice. */
import { dayName, money } from "./format";
import { type Extra, feeParts, type Promised } from "./model/deal";
import type { Letterhead } from "./model/letterhead";
import type { Currency } from "./model/money";
import { addDays, type Day } from "./model/month";
import { RIGHT } from "./model/sponsorship-rates";
import type { Invoice } from "./report/invoice";

export type InvoicedDeal = {
  readonly brand: string;
  readonly feeMinor: bigint;
  readonly currency: Currency;
  readonly extras: readonly Extra[];
  readonly deliverables: readonly Promised[];
  readonly invoiceNumber: string;
  readonly invoicedOn: Day | null;
  readonly termsDays: number | null;
  readonly billTo: string;
};

/** The lines add up to the total to the minor unit. Amounts carry the currency's code, which no reader can mistake. */
export function invoiceOf(
  deal: InvoicedDeal,
  head: Letterhead,
  creatorName: string,
  locale: string,
): Invoice {
  const { currency, invoicedOn, termsDays } = deal;
  const { contentMinor, extras } = feeParts(deal.feeMinor, deal.extras);
  const shown = (minor: bigint) => money(minor, currency, locale);
  const content = deal.deliverables.map(({ what }) => what).join(", ") || "Content for the collaboration";
  const due = invoicedOn && termsDays !== null ? addDays(invoicedOn, termsDays) : null;
  return {
    number: deal.invoiceNumber,
    from: head.from || creatorName,
    to: deal.billTo || deal.brand,
    facts: [
      ["Date", invoicedOn ? dayName(invoicedOn, locale) : "not invoiced yet"],
      ...(termsDays === null
        ? []
        : [["Terms", termsDays === 0 ? "on receipt" : `net ${termsDays} days`] as const]),
      ...(due ? [["Due", dayName(due, locale)] as const] : []),
      ["Currency", currency],
    ],
    lines: [
      { what: content, detail: "", amount: shown(contentMinor) },
      ...extras.map(({ what, days, minor }) => ({
        what: RIGHT[what].label,
        detail: days === null ? "" : `${days} days`,
        amount: shown(minor),
      })),
    ],
    total: `${currency} ${shown(deal.feeMinor)}`,
    payTo: head.payTo,
    notes: "",
  };
}
