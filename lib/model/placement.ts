/** What a placement earned: the affiliate payouts that name it, in the offer's own terms. */
import { type Currency, decimalText, divideHalfEven } from "./money";
import { addDays, type Day } from "./month";
import { rpm } from "./rpm";
import type { EntryKind } from "./words";

/** One ledger entry of a placement: a commission, or what was taken back of one. Money in `currency`. */
export interface Commission {
  readonly kind: EntryKind;
  readonly minor: bigint;
  readonly currency: Currency;
  readonly fromDay: Day;
  readonly toDay: Day;
  /** null: nobody said; of an entry about another always null */
  readonly clicks: number | null;
  readonly orders: number | null;
  readonly valueMinor: bigint | null;
  readonly refundedMinor: bigint | null;
}

/** What a placement earned in one currency; a sum with an unknown part is unknown. */
export interface Earned {
  readonly currency: Currency;
  /** commissions less refunds, clawbacks and corrections; tax and fees are not the offer's */
  readonly minor: bigint;
  readonly takenBackMinor: bigint;
  readonly clicks: number | null;
  readonly orders: number | null;
  readonly valueMinor: bigint | null;
  readonly refundedMinor: bigint | null;
}

const OF_THE_OFFER: readonly EntryKind[] = ["earning", "refund", "clawback", "adjustment"];

/** One row a currency, the largest first. */
export function earnedOf(commissions: readonly Commission[]): Earned[] {
  const currencies = [...new Set(commissions.map(({ currency }) => currency))];
  return currencies
    .map((currency) => {
      const ours = commissions.filter(
        (each) => each.currency === currency && OF_THE_OFFER.includes(each.kind),
      );
      const earnings = ours.filter(({ kind }) => kind === "earning");
      const minor = ours.reduce((sum, each) => sum + each.minor, 0n);
      return {
        currency,
        minor,
        takenBackMinor: earnings.reduce((sum, each) => sum + each.minor, 0n) - minor,
        clicks: sumOf(earnings, ({ clicks }) => clicks, add),
        orders: sumOf(earnings, ({ orders }) => orders, add),
        valueMinor: sumOf(earnings, ({ valueMinor }) => valueMinor, addMinor),
        refundedMinor: sumOf(earnings, ({ refundedMinor }) => refundedMinor, addMinor),
      };
    })
    .sort((a, b) => (a.minor < b.minor ? 1 : a.minor > b.minor ? -1 : 0));
}

const add = (a: number, b: number) => a + b;
const addMinor = (a: bigint, b: bigint) => a + b;

function sumOf<T>(
  rows: readonly Commission[],
  pick: (row: Commission) => T | null,
  plus: (a: T, b: T) => T,
): T | null {
  let sum: T | null = null;
  for (const row of rows) {
    const value = pick(row);
    if (value === null) return null;
    sum = sum === null ? value : plus(sum, value);
  }
  return sum;
}

/** Commission / (order value - refunded orders) in percent with 2 decimals, as it really came out; null without orders. */
export function paidRate({ minor, valueMinor, refundedMinor }: Earned): string | null {
  if (valueMinor === null) return null;
  const base = valueMinor - (refundedMinor ?? 0n);
  if (base <= 0n) return null;
  return decimalText(divideHalfEven(minor * 10_000n, base), 2);
}

/** Earnings per 1,000 views of the same days. */
export function perThousandViews({ minor, currency }: Earned, views: number | null): string | null {
  return rpm(minor, views, currency);
}

export interface Span {
  readonly fromDay: Day;
  readonly toDay: Day;
}

/** The same days without any of them twice, in calendar order. */
export function mergedSpans(spans: readonly Span[]): Span[] {
  const merged: Span[] = [];
  for (const span of [...spans].sort((a, b) => a.fromDay.localeCompare(b.fromDay))) {
    const last = merged.at(-1);
    if (last && span.fromDay <= addDays(last.toDay, 1)) {
      if (span.toDay > last.toDay) merged[merged.length - 1] = { ...last, toDay: span.toDay };
    } else merged.push({ fromDay: span.fromDay, toDay: span.toDay });
  }
  return merged;
}
