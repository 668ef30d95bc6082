import type { Month } from "./month";

/**
 * How likely a goal is: the months that are over count as they are, those to come as the projection sees them.
 * Money is in minor units of the goal's currency.
 */

/** What one month of a goal is, or may become. */
export type GoalMonth =
  /** Over. `minor` is null when nothing was logged. */
  | { readonly kind: "actual"; readonly month: Month; readonly minor: bigint | null }
  /** To come, or still running: half of all such months lie above `medianMinor`, nine in ten below `high80Minor`. */
  | {
      readonly kind: "expected";
      readonly month: Month;
      readonly medianMinor: bigint;
      readonly high80Minor: bigint;
      /** Earned already, in the running month: it is the least that the month will be. */
      readonly soFarMinor: bigint;
    }
  /** To come, with nothing to project from. */
  | { readonly kind: "unknown"; readonly month: Month };

export type GoalOutlook = {
  readonly goalMinor: bigint;
  /** In months that are over, and so far in the running one. */
  readonly earnedMinor: bigint;
  /** Above 0 while the goal is not reached. */
  readonly missingMinor: bigint;
  readonly monthsLeft: number;
  /** What each month left must bring, rounded up; null when there is none. */
  readonly neededEachMinor: bigint | null;
  /** What the projections come to with what is earned. */
  readonly expectedMinor: bigint | null;
  /** 0..1; null when a month to come has no projection, and the goal is not reached without it. */
  readonly probability: number | null;
  /** The same when months miss each for itself, and when all of them miss together. */
  readonly range: readonly [apart: number, together: number] | null;
  /** Months that are over and of which nothing was logged: they count as nothing. */
  readonly unlogged: readonly Month[];
};

/**
 * How much of what one month misses its projection by, the others miss by too: half. A rate that was judged too
 * high stays so (that half is shared); a good or bad month's traffic is its own. Nobody measured it: `range` shows
 * what the two extremes would say.
 */
export const SHARED_MISS = 0.5;

/** One standard normal deviation of the upper end of an 80 % band. */
const UPPER_80 = 1.2816;

/** Throws RangeError on a goal of 0 or less. */
export function goalOutlook(goalMinor: bigint, months: readonly GoalMonth[]): GoalOutlook {
  if (goalMinor <= 0n) throw new RangeError("A goal is greater than 0.");
  let earned = 0n;
  for (const each of months)
    earned += each.kind === "actual" ? (each.minor ?? 0n) : each.kind === "expected" ? each.soFarMinor : 0n;
  const left = months.filter(({ kind }) => kind !== "actual");
  const expected = months.flatMap((each) => (each.kind === "expected" ? [each] : []));
  const isKnown = expected.length === left.length;
  const missing = goalMinor > earned ? goalMinor - earned : 0n;
  const count = BigInt(left.length);
  // The rest of the running month is what is still open; its part that came is counted above.
  const rests = expected.map(restOf);
  const chance = (shared: number) => (missing === 0n ? 1 : chanceOf(Number(missing), rests, shared));
  return {
    goalMinor,
    earnedMinor: earned,
    missingMinor: missing,
    monthsLeft: left.length,
    neededEachMinor: count === 0n ? null : (missing + count - 1n) / count,
    expectedMinor: isKnown ? expected.reduce((sum, each) => sum + restMinor(each), earned) : null,
    probability: isKnown || missing === 0n ? chance(SHARED_MISS) : null,
    range: isKnown || missing === 0n ? [chance(0), chance(1)] : null,
    unlogged: months.flatMap((each) => (each.kind === "actual" && each.minor === null ? [each.month] : [])),
  };
}

/** A log-normal sum: its median, and the spread of its logarithm. */
export type Lognormal = { readonly median: number; readonly spread: number };

type Expected = Extract<GoalMonth, { kind: "expected" }>;

function restMinor({ medianMinor, soFarMinor }: Expected): bigint {
  return medianMinor > soFarMinor ? medianMinor - soFarMinor : 0n;
}

/** What a month may bring beside what it has; as uncertain in money as the whole month. */
function restOf(month: Expected): Lognormal {
  const median = Number(month.medianMinor);
  const spread = median > 0 ? Math.log(Math.max(1, Number(month.high80Minor) / median)) / UPPER_80 : 0;
  const rest = Number(restMinor(month));
  return rest > 0
    ? { median: rest, spread: Math.min(3, (spread * median) / rest) }
    : { median: 0, spread: 0 };
}

/**
 * P(sum >= missing) for log-normal months whose logarithms are correlated by `shared`: the sum is taken as
 * log-normal with the same mean and variance (Fenton and Wilkinson). With `shared` 1 the months are one and the
 * same draw, and the answer is exact: the sum rises with it.
 */
export function chanceOf(missing: number, months: readonly Lognormal[], shared: number): number {
  const open = months.filter(({ median }) => median > 0);
  const certain = open.filter(({ spread }) => spread === 0).reduce((sum, { median }) => sum + median, 0);
  const rest = missing - certain;
  const drawn = open.filter(({ spread }) => spread > 0);
  if (rest <= 0) return 1;
  if (drawn.length === 0) return 0;
  if (shared === 1) return chanceTogether(rest, drawn);
  const means = drawn.map(({ median, spread }) => median * Math.exp(spread ** 2 / 2));
  const mean = means.reduce((a, b) => a + b, 0);
  let variance = 0;
  drawn.forEach((a, i) => {
    drawn.forEach((b, j) => {
      variance += means[i]! * means[j]! * Math.expm1((i === j ? 1 : shared) * a.spread * b.spread);
    });
  });
  const logVariance = Math.log1p(variance / mean ** 2);
  const logMedian = Math.log(mean) - logVariance / 2;
  return above((Math.log(rest) - logMedian) / Math.sqrt(logVariance));
}

/** The draw z at which all months together reach it, by bisection. */
function chanceTogether(rest: number, drawn: readonly Lognormal[]): number {
  let [low, high] = [-12, 12];
  for (let step = 0; step < 60; step++) {
    const z = (low + high) / 2;
    const sum = drawn.reduce((all, { median, spread }) => all + median * Math.exp(spread * z), 0);
    if (sum < rest) low = z;
    else high = z;
  }
  return above((low + high) / 2);
}

/** P(Z > z) of the standard normal, to 1.5e-7 (Abramowitz and Stegun 7.1.26). */
function above(z: number): number {
  const x = Math.abs(z) / Math.SQRT2;
  const t = 1 / (1 + 0.3275911 * x);
  const series =
    t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))));
  const tail = (series * Math.exp(-x * x)) / 2;
  return z >= 0 ? tail : 1 - tail;
}
