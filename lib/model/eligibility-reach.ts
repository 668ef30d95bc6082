import { addDays, type Day, daysBetween } from "./month";
import { quantile } from "./student-t";

/** A number as it was at the end of a day. */
export type Point = { readonly day: Day; readonly value: number };

/** When a threshold will be met, from the creator's own numbers alone. */
export type Reach =
  /** Met by the newest number, and by all since `day`. */
  | { readonly status: "reached"; readonly day: Day }
  | { readonly status: "too_few"; readonly known: number }
  /** Not likely within two years; `early` when it is possible all the same. */
  | { readonly status: "not_within"; readonly early: Day | null }
  | {
      readonly status: "projected";
      /** As likely before as after. */
      readonly likely: Day;
      /** Nine in ten say later than `early`; nine in ten say earlier than `late` (null: beyond two years). */
      readonly early: Day;
      readonly late: Day | null;
      readonly shape: Shape;
    };

/** Growth by a number, or by a share, a day. */
export type Shape = "linear" | "log";

const MIN_POINTS = 4;
const MIN_SPAN_DAYS = 21;
/** Growth of longer ago says little about today's. */
const LOOKS_BACK_DAYS = 365;
const HORIZON_DAYS = 730;
/** The median of absolute deviations, times this, is a normal spread. */
const MAD_TO_SD = 1.4826;
/** The band between `early` and `late` holds 80 %. */
const UPPER = 0.9;

/**
 * Draws the median slope through the points (Theil and Sen: one odd reading moves nothing), by number and by share,
 * and follows the line that lies closer to them, with the bands of a new observation around both.
 * `overlap` is how many neighbours share days (3 for a 90-day sum taken monthly): that many points are worth one.
 * Points in any order, of one day the last one counts. Nothing after `today` plays a part.
 */
export function reachOf(points: readonly Point[], needed: number, today: Day, overlap = 1): Reach {
  const known = inOrder(points).filter(({ day }) => day <= today);
  const met = reachedOn(known, needed);
  if (met) return { status: "reached", day: met };
  const newest = known.at(-1);
  const recent = newest ? known.filter(({ day }) => daysBetween(day, newest.day) <= LOOKS_BACK_DAYS) : [];
  const first = recent[0];
  if (!newest || !first || recent.length < MIN_POINTS || daysBetween(first.day, newest.day) < MIN_SPAN_DAYS)
    return { status: "too_few", known: recent.length };

  const crossing = ({ shape }: Trend, line: (t: number) => number): Day | null => {
    const target = shape === "log" ? Math.log(needed) : needed;
    for (let t = 1; t <= HORIZON_DAYS; t++) if (line(t) >= target) return addDays(today, t);
    return null;
  };
  // Nobody can know yet whether growth goes on by number or by share: the band holds both.
  const trends = trendsOf(recent, today, overlap);
  const nearest = trends[0];
  const early = earliest(trends.map((each) => crossing(each, (t) => each.at(t) + each.margin(t))));
  const likely = crossing(nearest, nearest.at);
  if (likely === null || early === null) return { status: "not_within", early };
  const lates = trends.map((each) => crossing(each, (t) => each.at(t) - each.margin(t)));
  const late = lates.includes(null) ? null : (lates.sort().at(-1) ?? null);
  return { status: "projected", likely, early, late, shape: nearest.shape };
}

function earliest(days: readonly (Day | null)[]): Day | null {
  return days.reduce((best, day) => (best === null || (day !== null && day < best) ? day : best), null);
}

/** The first day since which every number met the threshold; null when the newest does not. */
function reachedOn(points: readonly Point[], needed: number): Day | null {
  let since: Day | null = null;
  for (const { day, value } of points) {
    if (value < needed) since = null;
    else since ??= day;
  }
  return since;
}

type Trend = {
  readonly shape: Shape;
  /** `t` in days from today; in logarithms for growth by a share. */
  readonly at: (t: number) => number;
  readonly margin: (t: number) => number;
};

/** Growth by number and, where every value has a logarithm, by share; the one that lies closer to the points first. */
function trendsOf(points: readonly Point[], today: Day, overlap: number): readonly [Trend, ...Trend[]] {
  const ts = points.map(({ day }) => daysBetween(today, day));
  const values = points.map(({ value }) => value);
  const line = lineOf(ts, values);
  const linear = trendFrom("linear", ts, line, overlap);
  if (!values.every((value) => value > 0)) return [linear];
  const curve = lineOf(ts, values.map(Math.log));
  const log = trendFrom("log", ts, curve, overlap);
  const error = (at: (t: number) => number) => median(ts.map((t, i) => Math.abs(values[i]! - at(t))));
  return error((t) => Math.exp(curve.at(t))) < error(line.at) ? [log, linear] : [linear, log];
}

type Line = { readonly at: (t: number) => number; readonly spread: number };

function trendFrom(shape: Shape, ts: readonly number[], { at, spread }: Line, overlap: number): Trend {
  const worth = Math.max(3, Math.floor(ts.length / overlap));
  const mean = ts.reduce((a, b) => a + b, 0) / ts.length;
  const width = (ts.reduce((a, t) => a + (t - mean) ** 2, 0) * worth) / ts.length;
  const quantile90 = quantile(UPPER, worth - 2);
  const margin = (t: number) => quantile90 * spread * Math.sqrt(1 + 1 / worth + (t - mean) ** 2 / width);
  return { shape, at, margin };
}

function lineOf(ts: readonly number[], values: readonly number[]): Line {
  const slopes: number[] = [];
  for (let i = 0; i < ts.length; i++)
    for (let j = i + 1; j < ts.length; j++) slopes.push((values[j]! - values[i]!) / (ts[j]! - ts[i]!));
  const slope = median(slopes);
  const level = median(values.map((value, i) => value - slope * ts[i]!));
  const at = (t: number) => level + slope * t;
  // A line leans towards the few points it is drawn through.
  const lean = ts.length / (ts.length - 2);
  return { at, spread: lean * MAD_TO_SD * median(ts.map((t, i) => Math.abs(values[i]! - at(t)))) };
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

function inOrder(points: readonly Point[]): Point[] {
  const byDay = new Map(points.map((point) => [point.day, point]));
  return [...byDay.values()].sort((a, b) => (a.day < b.day ? -1 : 1));
}
