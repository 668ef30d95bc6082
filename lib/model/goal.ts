import type { Month } from "./month";
import { random } from "./random";

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
  const open = expected.map(openMonth);
  const chance = (shared: number) => (missing === 0n ? 1 : chanceOf(Number(missing), open, shared));
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

/** A month to come: the median of the whole of it, the spread of its logarithm, and what of it has come. */
export type OpenMonth = { readonly median: number; readonly spread: number; readonly soFar: number };

type Expected = Extract<GoalMonth, { kind: "expected" }>;

function restMinor({ medianMinor, soFarMinor }: Expected): bigint {
  return medianMinor > soFarMinor ? medianMinor - soFarMinor : 0n;
}

function openMonth({ medianMinor, high80Minor, soFarMinor }: Expected): OpenMonth {
  const median = Number(medianMinor);
  const spread = median > 0 ? Math.log(Math.max(1, Number(high80Minor) / median)) / UPPER_80 : 0;
  return { median, spread, soFar: Number(soFarMinor) };
}

/**
 * P(what the months still bring >= missing), for months whose whole is log-normal and whose logarithms are
 * correlated by `shared`; a month brings what its whole has above what came of it. Exact for one month, and for
 * months that are one and the same draw (`shared` 1). Else the mean over fixed draws of what all but the widest
 * month bring, of the chance that this one brings the rest: the same question always has the same answer, and
 * more missing is never likelier.
 */
export function chanceOf(missing: number, months: readonly OpenMonth[], shared: number): number {
  const open = months.filter(({ median }) => median > 0);
  const certain = open.filter(({ spread }) => spread === 0).reduce((sum, each) => sum + brings(each, 0), 0);
  const rest = missing - certain;
  if (rest <= 0) return 1;
  const [widest, ...others] = open
    .filter(({ spread }) => spread > 0)
    .sort((a, b) => b.median * b.spread - a.median * a.spread);
  if (!widest) return 0;
  if (others.length === 0 || shared === 1) return chanceTogether(rest, [widest, ...others]);
  const { normal } = random(SEED);
  let sum = 0;
  for (let draw = 0; draw < DRAWS; draw++) {
    const common = Math.sqrt(shared) * normal();
    const own = others.map(() => Math.sqrt(1 - shared) * normal());
    // A draw and its mirror image: what lies far out on one side is balanced on the other.
    for (const side of [1, -1]) {
      const brought = others.reduce((all, each, i) => all + brings(each, side * (common + own[i]!)), 0);
      sum += chanceOfOne(widest, rest - brought, side * common, Math.sqrt(1 - shared));
    }
  }
  return sum / (2 * DRAWS);
}

const DRAWS = 1_024;
const SEED = 20_261_126;

/** What a month whose logarithm lies `z` spreads from its median brings beside what came. */
function brings({ median, spread, soFar }: OpenMonth, z: number): number {
  return Math.max(0, median * Math.exp(spread * z) - soFar);
}

/** P(the month brings at least `rest`) when `common` of its z is known and the rest of it has the scale `own`. */
function chanceOfOne(month: OpenMonth, rest: number, common: number, own: number): number {
  if (rest <= 0) return 1;
  const needed = Math.log((month.soFar + rest) / month.median) / month.spread;
  return above((needed - common) / own);
}

/** The draw z at which all months together reach it, by bisection. */
function chanceTogether(rest: number, drawn: readonly OpenMonth[]): number {
  let [low, high] = [-12, 12];
  for (let step = 0; step < 60; step++) {
    const z = (low + high) / 2;
    if (drawn.reduce((sum, each) => sum + brings(each, z), 0) < rest) low = z;
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
