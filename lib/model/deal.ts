/**
 * A brand deal's own arithmetic: what its fee is made of, when it is due, where it stands once the money is looked
 * at, and what is to be done next. No clock: `today` is an argument, a day in the creator's zone.
 */
import type { Currency } from "./money";
import { addDays, type Day, daysBetween } from "./month";
import { rpm } from "./rpm";
import type { Right } from "./sponsorship-rates";
import type { DealState } from "./words";

/** What of the fee is for a right, in the deal's currency; `days` is how long it is granted, null where nobody said. */
export interface Extra {
  readonly what: Right;
  readonly minor: bigint;
  readonly days: number | null;
}

/** One thing that was promised; delivered on the day it says, by the video it names. */
export interface Promised {
  readonly id: string;
  readonly what: string;
  readonly dueOn: Day | null;
  readonly deliveredOn: Day | null;
  readonly videoId: string | null;
}

export const TERMS_DAYS = [0, 15, 30, 45, 60, 90] as const;
export const USUAL_TERMS_DAYS = 30;
export const MAX_TERMS_DAYS = 730;

export interface FeeParts {
  /** the content itself: the fee less its extras */
  readonly contentMinor: bigint;
  readonly extras: readonly Extra[];
}

/** The parts add up to the fee to the minor unit. Throws RangeError when the extras are more than the fee. */
export function feeParts(feeMinor: bigint, extras: readonly Extra[]): FeeParts {
  const contentMinor = feeMinor - extras.reduce((sum, { minor }) => sum + minor, 0n);
  if (contentMinor < 0n) throw new RangeError("The extras are more than the whole fee.");
  return { contentMinor, extras };
}

/** What decides when a deal is due. */
export interface Dated {
  readonly state: DealState;
  readonly expectedOn: Day;
  readonly invoicedOn: Day | null;
  readonly termsDays: number | null;
}

/** The day the money is due: of an invoice its day and terms, else the day it is expected; null before an invoice. */
export function dueDayOf({ state, expectedOn, invoicedOn, termsDays }: Dated): Day | null {
  if (invoicedOn && termsDays !== null) return addDays(invoicedOn, termsDays);
  return state === "invoiced" ? expectedOn : null;
}

/** A payout that names the deal; money in the payout's currency. */
export interface DealPayout {
  readonly minor: bigint;
  readonly currency: string;
  /** the payout with what was taken off it; null: not told, so nothing of it counts as arrived */
  readonly dueMinor: bigint | null;
  readonly paidMinor: bigint | null;
}

/** How far a deal is paid, as its payouts and their receipts say. */
export interface DealMoney {
  readonly payouts: number;
  /** logged of the fee, in the deal's currency */
  readonly loggedMinor: bigint;
  /** of the fee, what no receipt covers; from 0, in the deal's currency */
  readonly openMinor: bigint;
  /** nothing is open: every payout has arrived, and together they are the fee (or are in another currency) */
  readonly isCovered: boolean;
}

/** Tax withheld and fees of the bank count as settled, since they never arrive. */
export function dealMoney(
  { feeMinor, currency }: { readonly feeMinor: bigint; readonly currency: string },
  payouts: readonly DealPayout[],
): DealMoney {
  let loggedMinor = 0n;
  let settledMinor = 0n;
  let isForeign = false;
  let hasArrived = true;
  for (const { minor, currency: paidIn, dueMinor, paidMinor } of payouts) {
    const open = dueMinor === null || paidMinor === null ? minor : dueMinor - paidMinor;
    const missing = open > 0n ? open : 0n;
    if (missing > 0n) hasArrived = false;
    if (paidIn !== currency) isForeign = true;
    else {
      loggedMinor += minor;
      settledMinor += minor - missing;
    }
  }
  const isCovered = payouts.length > 0 && hasArrived && (isForeign || loggedMinor >= feeMinor);
  const openMinor = isCovered || settledMinor >= feeMinor ? 0n : feeMinor - settledMinor;
  return { payouts: payouts.length, loggedMinor, openMinor, isCovered };
}

/** Where a deal stands: as it was written, but paid once its money has arrived, and late once it is due and has not. */
export const STANDINGS = [
  "late",
  "pitched",
  "agreed",
  "delivered",
  "invoiced",
  "paid",
  "lost",
] as const satisfies readonly (DealState | "late")[];
export type Standing = (typeof STANDINGS)[number];
export const STANDING_LABEL: Readonly<Record<Standing, string>> = {
  late: "Late",
  pitched: "Pitched",
  agreed: "Agreed",
  delivered: "Delivered",
  invoiced: "Invoiced",
  paid: "Paid",
  lost: "Lost",
};

export function standingOf(deal: Dated, money: Pick<DealMoney, "isCovered">, today: Day): Standing {
  if (deal.state === "lost" || deal.state === "paid") return deal.state;
  if (money.isCovered) return "paid";
  return daysLate(deal, today) > 0 ? "late" : deal.state;
}

/** Days past the due day; 0 when it is not due yet. Only an invoice can be late. */
export function daysLate(deal: Dated, today: Day): number {
  const due = deal.state === "invoiced" ? dueDayOf(deal) : null;
  return due && due < today ? daysBetween(due, today) : 0;
}

/** The state that one step leads to; null at the end. */
export const NEXT_STATE: Readonly<Record<DealState, Exclude<DealState, "pitched" | "lost"> | null>> = {
  pitched: "agreed",
  agreed: "delivered",
  delivered: "invoiced",
  invoiced: "paid",
  paid: null,
  lost: null,
};

export interface NextStep {
  readonly what: "agree" | "deliver" | "close" | "invoice" | "wait" | "remind" | "receive" | "book";
  /** what is to be delivered */
  readonly item: string | null;
  readonly on: Day | null;
}

/** The next thing to do about a deal, and its day where one is known; null when there is nothing left. */
export function nextStepOf(
  deal: Dated & { readonly deliverables: readonly Promised[] },
  money: DealMoney,
  today: Day,
): NextStep | null {
  const step = (what: NextStep["what"], on: Day | null, item: string | null = null) => ({ what, item, on });
  const standing = standingOf(deal, money, today);
  switch (standing) {
    case "lost":
      return null;
    case "paid":
      if (deal.state !== "paid") return step("book", null);
      return money.payouts === 0 || !money.isCovered ? step("receive", null) : null;
    case "pitched":
      return step("agree", deal.expectedOn);
    case "agreed": {
      const next = firstOpen(deal.deliverables);
      return next ? step("deliver", next.dueOn, next.what) : step("close", deal.expectedOn);
    }
    case "delivered":
      return step("invoice", today);
    case "invoiced":
      return step("wait", dueDayOf(deal));
    case "late":
      return step("remind", dueDayOf(deal));
  }
}

function firstOpen(deliverables: readonly Promised[]): Promised | null {
  const open = deliverables.filter(({ deliveredOn }) => deliveredOn === null);
  return open.sort((a, b) => (a.dueOn ?? "9999").localeCompare(b.dueOn ?? "9999"))[0] ?? null;
}

/** What a deal paid for 1,000 views: fee / views x 1,000, exact decimal text; null where views are not known. */
export interface DealRate {
  readonly agreed: string | null;
  readonly toDate: string | null;
  readonly after30Days: string | null;
}

export function dealRate(
  deal: { readonly feeMinor: bigint; readonly currency: Currency; readonly promisedViews: number | null },
  drawn: { readonly toDate: number | null; readonly after30Days: number | null },
): DealRate {
  const per1000 = (views: number | null) => rpm(deal.feeMinor, views, deal.currency);
  return {
    agreed: per1000(deal.promisedViews),
    toDate: per1000(drawn.toDate),
    after30Days: per1000(drawn.after30Days),
  };
}
