import { type FilterState, predict, start, update } from "./filter";
import { KINDS } from "./kinds";
import { type Currency, divideHalfEven, exponentOf } from "./money";
import { addMonths, type Month, monthsBetween, monthsFrom } from "./month";
import { BANDS, type Band, quantile } from "./student-t";

/** One known month of a stream whose money comes in lumps. */
export type LumpyMonth = { readonly month: Month; readonly minor: bigint; readonly bookedMinor: bigint };

export type LumpyProjection = {
  readonly projectedMinor: bigint;
  readonly bands: Record<Band, { lo: bigint; hi: bigint }>;
  /** Of one month's unbooked money, minor units squared. */
  readonly variance: number;
  /** Chance that a month pays anything. */
  readonly chance: number;
  readonly size: FilterState | null;
};

const DISCOUNT = 0.93;
const WINDOW = 12;

/**
 * Deals booked for the month, or without one the plain mean of the last 12 months' unbooked money (nothing was
 * measured to be better), and a two-part range: the chance of any money times a log-normal size. null when
 * nothing was ever earned or booked. With `blankIsZero` a month without an entry, from the first one on, counts
 * as zero: deals are logged when they happen, not when they do not.
 */
export function projectLumpy(
  months: readonly LumpyMonth[],
  asOf: Month,
  booked: readonly bigint[],
  blankIsZero: boolean,
  currency: Currency,
): LumpyProjection | null {
  const known = unbookedByMonth(months, asOf, blankIsZero);
  const bookedMinor = booked.reduce((a, b) => a + b, 0n);
  if (booked.length === 0 && !months.some(({ minor }) => minor > 0n)) return null;

  const from = addMonths(asOf, -WINDOW);
  const recent = known.filter(({ month }) => month >= from).map(({ minor }) => minor);
  const sum = recent.reduce((a, b) => a + b, 0n);
  const mean = recent.length === 0 ? 0n : divideHalfEven(sum, BigInt(recent.length));
  const projectedMinor = booked.length > 0 ? bookedMinor : mean;

  const chance = chanceOf(known, asOf);
  const size = sizeOf(known, currency);
  const at = { x: 0, season: 0 };
  const prediction = size ? predict(size, KINDS.deal, at) : null;
  const quantileOf = (q: number): bigint => {
    const within = (q - (1 - chance)) / chance;
    if (!prediction || within <= 0) return 0n;
    const log = prediction.mu + prediction.sd * quantile(within, prediction.df);
    return BigInt(Math.round(Math.min(9.2e18, Math.exp(log) * 10 ** exponentOf(currency))));
  };
  const range = (band: Band) => {
    const tail = (1 - band / 100) / 2;
    const [lo, hi] = [bookedMinor + quantileOf(tail), bookedMinor + quantileOf(1 - tail)];
    // A mean can lie outside a range of quantiles; the range shown always holds the figure shown.
    return { lo: lo < projectedMinor ? lo : projectedMinor, hi: hi > projectedMinor ? hi : projectedMinor };
  };
  const [b50, b80, b95] = BANDS.map(range) as [{ lo: bigint; hi: bigint }, ...{ lo: bigint; hi: bigint }[]];
  return {
    projectedMinor,
    bands: { 50: b50, 80: b80!, 95: b95! },
    variance: varianceOf(recent.map(Number)),
    chance,
    size,
  };
}

function unbookedByMonth(
  months: readonly LumpyMonth[],
  asOf: Month,
  blankIsZero: boolean,
): { month: Month; minor: bigint }[] {
  const unbooked = months.map(({ month, minor, bookedMinor }) => ({
    month,
    minor: minor > bookedMinor ? minor - bookedMinor : 0n,
  }));
  if (!blankIsZero || unbooked.length === 0) return unbooked;
  const byMonth = new Map(unbooked.map(({ month, minor }) => [month, minor]));
  return monthsFrom(unbooked[0]!.month, addMonths(asOf, -1)).map((month) => ({
    month,
    minor: byMonth.get(month) ?? 0n,
  }));
}

/** (0.5 + discounted payout months) / (1 + discounted months). */
function chanceOf(known: readonly { month: Month; minor: bigint }[], asOf: Month): number {
  let paid = 0.5;
  let all = 1;
  for (const { month, minor } of known) {
    const weight = DISCOUNT ** (monthsBetween(month, asOf) - 1);
    all += weight;
    if (minor > 0n) paid += weight;
  }
  return paid / all;
}

/** The log size of a payout month, learned from all of them; the first one is the start. */
function sizeOf(known: readonly { minor: bigint }[], currency: Currency): FilterState | null {
  let state: FilterState | null = null;
  for (const { minor } of known) {
    if (minor <= 0n) continue;
    const y = Math.log(Number(minor) / 10 ** exponentOf(currency));
    state = update(state ?? start(y, KINDS.deal), KINDS.deal, y, { x: 0, season: 0 }).state;
  }
  return state;
}

/** Sample variance; of a single month its square, since one month says nothing about spread. */
function varianceOf(values: readonly number[]): number {
  if (values.length < 2) return (values[0] ?? 0) ** 2;
  const mean = values.reduce((a, b) => a + b, 0) / values.length;
  return values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1);
}
