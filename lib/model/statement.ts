/** What a statement is made from: what was booked in a range of months. Whole minor units, each currency apart. */
import type { Currency } from "./money";
import { type Day, isMonth, type Month, monthNumber, monthsBetween } from "./month";
import type { EntryKind, Format, PayoutState, Platform, Stream } from "./words";

/** What the entries of one kind come to in one earned and booked month; what is taken off is negative. */
export type BookedCell = {
  readonly month: Month;
  readonly bookedMonth: Month;
  /** null: earned by the creator as a whole */
  readonly channel: { readonly id: string; readonly name: string; readonly platform: Platform } | null;
  readonly format: Format | "all";
  readonly stream: Stream;
  readonly currency: Currency;
  readonly kind: EntryKind;
  readonly state: PayoutState;
  readonly minor: bigint;
};

/** What came to be known of a closed month after it was closed. */
export type LateChange = {
  /** the closed one */
  readonly month: Month;
  readonly stream: Stream;
  readonly channelName: string | null;
  /** an entry of that kind; a correction of one; one that was taken back */
  readonly what: EntryKind | "correction";
  readonly entries: number;
  /** of a single entry; else "" */
  readonly note: string;
  readonly currency: Currency;
  readonly minor: bigint;
};

export type BookedVideo = {
  readonly id: string;
  readonly title: string;
  readonly publishedOn: Day | null;
  readonly channelName: string;
  readonly platform: Platform;
  readonly currency: Currency;
  readonly minor: bigint;
};

/** Money that arrived on a day, and what it paid, in the payouts' currencies. */
export type ReceivedMoney = {
  readonly day: Day;
  readonly minor: bigint;
  readonly currency: Currency;
  readonly feeMinor: bigint;
  /** the bank's own: units of `currency` for 1 unit of the payouts' */
  readonly rate: string | null;
  readonly note: string;
  readonly paid: readonly {
    readonly stream: Stream;
    readonly fromDay: Day;
    readonly toDay: Day;
    readonly currency: Currency;
    readonly minor: bigint;
  }[];
};

/** How much of what the range earned had arrived by its end. */
export type ReceivedPart = { readonly stream: Stream; readonly currency: Currency; readonly minor: bigint };

/** A payout that is not covered. */
export type OpenPart = {
  readonly stream: Stream;
  readonly channelName: string | null;
  readonly fromDay: Day;
  readonly toDay: Day;
  readonly currency: Currency;
  readonly state: PayoutState;
  readonly dueMinor: bigint;
  readonly paidMinor: bigint;
};

export type StatementFacts = {
  readonly creator: { readonly id: string; readonly name: string; readonly currency: Currency };
  readonly range: { readonly from: Month; readonly to: Month };
  /** in the creator's zone */
  readonly today: Day;
  readonly cells: readonly BookedCell[];
  readonly late: readonly LateChange[];
  /** most first */
  readonly videos: readonly BookedVideo[];
  readonly received: readonly ReceivedMoney[];
  readonly parts: readonly ReceivedPart[];
  readonly open: readonly OpenPart[];
};

type Range = { readonly from: Month; readonly to: Month };

/** The longest range that one statement is of. */
export const MOST_MONTHS = 60;

/** A range as it stands in addresses and commands: "2026-03", "2026-Q1", "2026", "2026-01..2026-05". */
export function rangeText({ from, to }: Range): string {
  if (from === to) return from;
  const year = from.slice(0, 4);
  if (year === to.slice(0, 4)) {
    if (monthNumber(from) === 1 && monthNumber(to) === 12) return year;
    if (monthNumber(from) % 3 === 1 && monthsBetween(from, to) === 2)
      return `${year}-Q${Math.ceil(monthNumber(to) / 3)}`;
  }
  return `${from}..${to}`;
}

/** What `rangeText` wrote; null for what is no range, ends before it begins, or is longer than MOST_MONTHS. */
export function readRange(text: string): Range | null {
  if (isMonth(text)) return { from: text, to: text };
  const [first = "", last = "", more] = ends(text).split("..");
  if (more !== undefined || !isMonth(first) || !isMonth(last)) return null;
  return first <= last && monthsBetween(first, last) < MOST_MONTHS ? { from: first, to: last } : null;
}

function ends(text: string): string {
  if (/^\d{4}$/.test(text)) return `${text}-01..${text}-12`;
  const quarter = /^(\d{4})-Q([1-4])$/.exec(text);
  if (!quarter) return text;
  const last = 3 * Number(quarter[2]);
  const name = (month: number) => `${quarter[1]}-${String(month).padStart(2, "0")}`;
  return `${name(last - 2)}..${name(last)}`;
}

/** A statement's files, each made of the same statement. */
export const STATEMENT_FORMATS = ["pdf", "xlsx", "csv", "json"] as const;
export type StatementFormat = (typeof STATEMENT_FORMATS)[number];
