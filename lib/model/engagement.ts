import { KINDS, type Kind, seasonOf } from "./kinds";
import { type Month, monthsBetween } from "./month";
import { type HistoryRow, logRateOf, type Projection, realFactors } from "./projection";
import { halfWidth } from "./student-t";

/** Likes, comments and shares of a month; one that is unknown makes the rate unknown. */
export type Reactions = {
  readonly views: number | null;
  readonly likes: number | null;
  readonly comments: number | null;
  readonly shares: number | null;
};

/** How a creator's own rate went with her own engagement. */
export type EngagementEffect = {
  /** Pairs of neighbouring months that know both. */
  readonly pairs: number;
  /** null when there are fewer than MIN_PAIRS, or engagement never changed. */
  readonly slope: {
    /** Log rate per log engagement: 0.1 means that 10 % more engagement went with about 1 % more rate. */
    readonly value: number;
    readonly lo95: number;
    readonly hi95: number;
  } | null;
};

export const MIN_PAIRS = 6;

/** (likes + comments + shares) / views; null when any of them is unknown, or there are no views. */
export function engagementByViews({ views, likes, comments, shares }: Reactions): number | null {
  if (!views || likes === null || comments === null || shares === null) return null;
  return (likes + comments + shares) / views;
}

/**
 * A plain least-squares line, with an intercept, of the change of log rate from one month to the next on the
 * change of log engagement by views. The rate is what is left when the audience's regions, watch time and season
 * are taken out with the stream's own coefficients; changes, because a rate that walks would fake a relation
 * with anything that walks. A correlation, not a cause.
 */
export function engagementEffect(
  projection: Projection,
  rows: readonly HistoryRow[],
  engagement: ReadonlyMap<Month, number>,
): EngagementEffect {
  const [, beta = 0, kappa = 0] = projection.basis === "own" ? (projection.state?.m ?? []) : [];
  const { perView }: Kind = KINDS[projection.inputs.kind];
  const months = [...rows]
    .sort((a, b) => (a.month < b.month ? -1 : 1))
    .flatMap((row) => {
      const rate = perView ? logRateOf(projection, row) : null;
      const engaged = engagement.get(row.month) ?? 0;
      if (rate === null || engaged <= 0) return [];
      const left = rate - beta * realFactors(projection, row).x - kappa * seasonOf(row.month);
      return [{ month: row.month, left, engaged: Math.log(engaged) }];
    });
  const changes = months.flatMap((each, index) => {
    const before = months[index - 1];
    return before && monthsBetween(before.month, each.month) === 1
      ? [{ x: each.engaged - before.engaged, y: each.left - before.left }]
      : [];
  });
  return { pairs: changes.length, slope: slopeOf(changes) };
}

function slopeOf(points: readonly { x: number; y: number }[]): EngagementEffect["slope"] {
  const n = points.length;
  if (n < MIN_PAIRS) return null;
  const meanX = points.reduce((sum, { x }) => sum + x, 0) / n;
  const meanY = points.reduce((sum, { y }) => sum + y, 0) / n;
  const xx = points.reduce((sum, { x }) => sum + (x - meanX) ** 2, 0);
  if (xx < 1e-12) return null;
  const value = points.reduce((sum, { x, y }) => sum + (x - meanX) * (y - meanY), 0) / xx;
  const rest = points.reduce((sum, { x, y }) => sum + (y - meanY - value * (x - meanX)) ** 2, 0);
  const half = halfWidth(95, n - 2) * Math.sqrt(rest / (n - 2) / xx);
  return { value, lo95: value - half, hi95: value + half };
}
