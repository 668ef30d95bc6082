/**
 * The rules anybody could follow instead of a model, as the yardstick it is judged by: what a period's 1,000
 * views should pay, from nothing but the paid periods before it and the traffic the period had.
 * Rates are minor units per 1,000 views; null where a rule has nothing to say.
 */

/** A period before, paid and watched: `minor` and `views` are above zero. */
export type PaidPeriod = {
  /** Its place on the calendar, counted in periods; null where periods have none (videos). */
  readonly at: number | null;
  readonly views: number;
  /** null when unknown. */
  readonly watchSeconds: number | null;
  readonly minor: bigint;
};

/** The period that is asked about: its traffic is known, its money is not. */
export type AskedPeriod = Omit<PaidPeriod, "minor">;

/** The paid period before. */
export function lastRate(past: readonly PaidPeriod[]): number | null {
  return trailingRate(past, 1);
}

/** Money over views of the last `count` paid periods, or of as many as there are. */
export function trailingRate(past: readonly PaidPeriod[], count: number): number | null {
  const rows = past.slice(-count);
  return rows.length === 0 ? null : (1000 * sum(rows, minorOf)) / sum(rows, ({ views }) => views);
}

/** The plain mean of all rates so far. */
export function meanRate(past: readonly PaidPeriod[]): number | null {
  return past.length === 0 ? null : sum(past, rateOf) / past.length;
}

/** The median of the logs of all rates so far; of an even number the middle of the two in logs. */
export function medianRate(past: readonly PaidPeriod[]): number | null {
  if (past.length === 0) return null;
  const logs = past.map((row) => Math.log(rateOf(row))).sort((a, b) => a - b);
  const half = logs.length >> 1;
  return Math.exp(logs.length % 2 === 1 ? logs[half]! : (logs[half - 1]! + logs[half]!) / 2);
}

/**
 * Money per watch hour of the last `count` paid periods whose watch time is known, times the hours of the period
 * that is asked about.
 */
export function watchHourRate(past: readonly PaidPeriod[], now: AskedPeriod, count: number): number | null {
  const rows = past.filter((row) => (row.watchSeconds ?? 0) > 0).slice(-count);
  if (rows.length === 0 || !now.watchSeconds || now.views <= 0) return null;
  const perSecond = sum(rows, minorOf) / sum(rows, (row) => row.watchSeconds!);
  return (1000 * perSecond * now.watchSeconds) / now.views;
}

/** The rate of the period `back` periods earlier: the same month or week a year ago. */
export function seasonalRate(past: readonly PaidPeriod[], now: AskedPeriod, back: number): number | null {
  const { at } = now;
  const then = at === null ? undefined : past.find((row) => row.at === at - back);
  return then ? rateOf(then) : null;
}

/** Every rule, in the order in which they are shown. */
export const NAIVE_RULES = [
  "last",
  "trailing3",
  "trailing6",
  "trailing12",
  "mean",
  "median",
  "fixed",
  "lastPerHour",
  "trailing3PerHour",
  "trailing6PerHour",
  "seasonal",
] as const;
export type NaiveRule = (typeof NAIVE_RULES)[number];
export const NAIVE_LABEL: Readonly<Record<NaiveRule, string>> = {
  last: "last",
  trailing3: "trailing 3",
  trailing6: "trailing 6",
  trailing12: "trailing 12",
  mean: "mean of all",
  median: "median of all",
  fixed: "always $3",
  lastPerHour: "last per watch hour",
  trailing3PerHour: "trailing 3 per watch hour",
  trailing6PerHour: "trailing 6 per watch hour",
  seasonal: "a year back",
};

/** What online calculators take for everybody, in US dollars per 1,000 views. */
export const FIXED_USD = 3;

/** What a period of these rows needs beside them: `fixed` in minor units per 1,000 views, `year` in periods. */
export type NaiveSetting = { readonly fixed: number | null; readonly year: number | null };

/** Every rule's rate for the period `now`, from the paid periods `past`, the oldest first. */
export function naiveRates(
  past: readonly PaidPeriod[],
  now: AskedPeriod,
  { fixed, year }: NaiveSetting,
): Record<NaiveRule, number | null> {
  return {
    last: lastRate(past),
    trailing3: trailingRate(past, 3),
    trailing6: trailingRate(past, 6),
    trailing12: trailingRate(past, 12),
    mean: meanRate(past),
    median: medianRate(past),
    fixed,
    lastPerHour: watchHourRate(past, now, 1),
    trailing3PerHour: watchHourRate(past, now, 3),
    trailing6PerHour: watchHourRate(past, now, 6),
    seasonal: year === null ? null : seasonalRate(past, now, year),
  };
}

/**
 * How far a rule's own errors reached: the smallest of them that at least `share` (0..1] of them do not exceed.
 * null when there are none. Errors are sizes, 0 or more.
 */
export function ownReach(errors: readonly number[], share: number): number | null {
  const ordered = [...errors].sort((a, b) => a - b);
  return ordered[Math.ceil(share * ordered.length) - 1] ?? null;
}

/**
 * The interval score of a central band that should hold `level` percent: its width, and for a miss the distance
 * times 2 / (1 - level). Lower is better, and only an honest band is best (Gneiting & Raftery 2007).
 */
export function intervalScore(value: number, lo: number, hi: number, level: number): number {
  const penalty = 200 / (100 - level);
  return hi - lo + penalty * (Math.max(0, lo - value) + Math.max(0, value - hi));
}

function rateOf(row: PaidPeriod): number {
  return (1000 * minorOf(row)) / row.views;
}

function minorOf({ minor }: PaidPeriod): number {
  return Number(minor);
}

function sum(rows: readonly PaidPeriod[], of: (row: PaidPeriod) => number): number {
  return rows.reduce((total, row) => total + of(row), 0);
}
