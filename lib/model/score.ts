import { reach } from "./filter";
import { KINDS } from "./kinds";
import { exponentOf } from "./money";
import type { Month } from "./month";
import { type HistoryRow, logRateOf, type Projection, withRealTraffic } from "./projection";
import { BANDS, type Band } from "./student-t";

/** One judged month of one stream. Errors are logs of actual over expected rate, given the real traffic. */
export type ScoredMonth = {
  readonly month: Month;
  readonly reconstructed: boolean;
  /** The model's error at the traffic the month had. */
  readonly error: number;
  /** Error of "the rate of the last paid month"; null when there was none. */
  readonly errorLast: number | null;
  /** Error of "money over views of the last three paid months"; null when there was none. */
  readonly errorTrailing: number | null;
  /** Whether the rate lay in the band as shown, before the traffic was known. */
  readonly insideShown: Readonly<Record<Band, boolean>>;
  /** Whether the rate lay in the band at the traffic the month had. */
  readonly inside: Readonly<Record<Band, boolean>>;
  /** Actual and projected money in major units of the stream's currency; null without a projected amount. */
  readonly money: { readonly actual: number; readonly projected: number } | null;
};

export type Score = {
  readonly months: number;
  /** Months inside each band: as shown, and at the real traffic. */
  readonly hitsShown: Readonly<Record<Band, number>>;
  readonly hits: Readonly<Record<Band, number>>;
  /** Mean absolute error of the log rate. */
  readonly error: number;
  /** Error relative to the naive rule over the months where both exist: -0.22 is 22 % better, 0.05 is worse. */
  readonly skillAgainstLast: number | null;
  readonly skillAgainstTrailing: number | null;
  /** Mean log error; below 0 the model promised too much. */
  readonly bias: number;
  /** Sum of absolute money errors over the sum of actual money; null without projected amounts. */
  readonly wmape: number | null;
};

/**
 * Judges a stream's projections against what came. `rows` is the whole history, `projections` those of horizon 1
 * (kept ones, or reconstruct's). Months without a positive payout and its traffic, and lumpy streams, are not
 * judged by rate. The naive rules may use everything before the month.
 */
export function scoreMonths(rows: readonly HistoryRow[], projections: readonly Projection[]): ScoredMonth[] {
  const ordered = [...rows].sort((a, b) => (a.month < b.month ? -1 : 1));
  const scored: ScoredMonth[] = [];
  for (const projection of projections) {
    const row = ordered.find(({ month }) => month === projection.target);
    const shown = shownOf(projection);
    if (!row || !shown) continue;
    const y = logRateOf(projection, row);
    const real = withRealTraffic(projection, row);
    if (y === null || real === null) continue;
    const before = ordered.filter(
      (past) => past.month < projection.target && countOf(projection, past) !== null,
    );
    const naive = (past: readonly HistoryRow[]) =>
      past.length === 0 ? null : logOf(row, projection) - pooledLog(past, projection);
    scored.push({
      month: projection.target,
      reconstructed: projection.reconstructed,
      error: y - real.mu,
      errorLast: naive(before.slice(-1)),
      errorTrailing: naive(before.slice(-3)),
      insideShown: insideBands(Math.abs(y + Math.log(real.mix / projection.mix) - shown.mu), shown),
      inside: insideBands(Math.abs(y - real.mu), real),
      money:
        projection.medianMinor === null
          ? null
          : {
              actual: majorOf(row.minor!, projection),
              projected: majorOf(projection.medianMinor, projection),
            },
    });
  }
  return scored;
}

/** One score over judged months; null when there are none. Throws RangeError when kept and reconstructed mix. */
export function scoreOf(months: readonly ScoredMonth[]): Score | null {
  if (months.length === 0) return null;
  if (new Set(months.map(({ reconstructed }) => reconstructed)).size > 1)
    throw new RangeError("Kept and reconstructed projections are scored apart.");
  const hitsOf = (which: "inside" | "insideShown") => {
    const count = (band: Band) => months.filter((month) => month[which][band]).length;
    return { 50: count(50), 80: count(80), 95: count(95) };
  };
  const money = months.flatMap((month) => month.money ?? []);
  const paid = money.reduce((sum, { actual }) => sum + actual, 0);
  return {
    months: months.length,
    hitsShown: hitsOf("insideShown"),
    hits: hitsOf("inside"),
    error: meanOf(months.map(({ error }) => Math.abs(error))),
    skillAgainstLast: skill(months, "errorLast"),
    skillAgainstTrailing: skill(months, "errorTrailing"),
    bias: meanOf(months.map(({ error }) => error)),
    wmape:
      paid > 0
        ? money.reduce((sum, { actual, projected }) => sum + Math.abs(actual - projected), 0) / paid
        : null,
  };
}

/** Scores of what was kept and of what was reconstructed, never mixed. */
export function scoreApart(months: readonly ScoredMonth[]): {
  kept: Score | null;
  reconstructed: Score | null;
} {
  return {
    kept: scoreOf(months.filter(({ reconstructed }) => !reconstructed)),
    reconstructed: scoreOf(months.filter(({ reconstructed }) => reconstructed)),
  };
}

function shownOf({ mu, sd, df }: Projection): { mu: number; sd: number; df: number } | null {
  return mu === null || sd === null || df === null ? null : { mu, sd, df };
}

function skill(months: readonly ScoredMonth[], naive: "errorLast" | "errorTrailing"): number | null {
  const both = months.filter((month) => month[naive] !== null);
  const naiveError = meanOf(both.map((month) => Math.abs(month[naive]!)));
  if (both.length === 0 || naiveError === 0) return null;
  return meanOf(both.map(({ error }) => Math.abs(error))) / naiveError - 1;
}

function insideBands(
  distance: number,
  prediction: { mu: number; sd: number; df: number },
): Record<Band, boolean> {
  const inside = (band: Band) => distance <= reach(prediction, band);
  const [b50, b80, b95] = BANDS.map(inside) as [boolean, boolean, boolean];
  return { 50: b50, 80: b80, 95: b95 };
}

/** What the naive rules divide by; null when the month cannot serve them. */
function countOf(projection: Projection, row: HistoryRow): number | null {
  if (row.minor === null || row.minor <= 0n) return null;
  if (!KINDS[projection.inputs.kind].perView) return 1;
  const { paidShare } = projection.inputs;
  const count =
    paidShare === null ? row.views : (row.paidViews ?? (row.views === null ? null : row.views * paidShare));
  return count !== null && count > 0 ? count : null;
}

function pooledLog(rows: readonly HistoryRow[], projection: Projection): number {
  const money = rows.reduce((sum, row) => sum + majorOf(row.minor!, projection), 0);
  const count = rows.reduce((sum, row) => sum + countOf(projection, row)!, 0);
  return Math.log(money / count);
}

function logOf(row: HistoryRow, projection: Projection): number {
  return pooledLog([row], projection);
}

function majorOf(minor: bigint, projection: Projection): number {
  return Number(minor) / 10 ** exponentOf(projection.key.currency);
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}
