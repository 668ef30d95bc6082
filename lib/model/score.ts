import { reach } from "./filter";
import { KINDS } from "./kinds";
import { type Currency, exponentOf } from "./money";
import type { Month } from "./month";
import { type HistoryRow, logRateOf, type Projection, withRealTraffic } from "./projection";
import type { Range } from "./rate-money";
import { BANDS, type Band } from "./student-t";

/** One judged month: of a stream its rate, of the total its money. Errors are logs of actual over expected. */
export type ScoredMonth = {
  readonly month: Month;
  readonly reconstructed: boolean;
  /** The model's error at the traffic the month had. */
  readonly error: number;
  /** Its error as shown, before the traffic was known. */
  readonly errorShown: number;
  /** Error of "the rate of the last paid month"; null when there was none. */
  readonly errorLast: number | null;
  /** Error of "money over views of the last three paid months"; null when there was none. */
  readonly errorTrailing: number | null;
  /** Beside the published rate the model begins with; null when nobody published one. */
  readonly flat: Beside | null;
  /** Beside the rate of public calculators; null when they offer none. */
  readonly calculator: Beside | null;
  /** Whether it lay in the band as shown, before the traffic was known. */
  readonly insideShown: Readonly<Record<Band, boolean>>;
  /** Whether it lay in the band at the traffic the month had. */
  readonly inside: Readonly<Record<Band, boolean>>;
  /** Actual and projected money in major units of its currency; null without a projected amount. */
  readonly money: { readonly actual: number; readonly projected: number } | null;
};

/** A month's money in major units: what came, what a flat rate makes of its traffic, and what the model makes of it. */
export type Beside = { readonly actual: number; readonly said: number; readonly model: number };

/** A flat rate and the model, judged on the same months and the same money. */
export type Comparison = {
  readonly months: number;
  /** Sums in major units. */
  readonly actual: number;
  readonly said: number;
  /** Mean absolute log errors of the flat rate and of the model. */
  readonly error: number;
  readonly modelError: number;
  /** The model's error relative to the flat rate's: -0.22 is 22 % better; null when the flat rate was never off. */
  readonly skill: number | null;
};

export type Score = {
  readonly months: number;
  /** Months inside each band: as shown, and at the real traffic. */
  readonly hitsShown: Readonly<Record<Band, number>>;
  readonly hits: Readonly<Record<Band, number>>;
  /** Mean absolute log error at the traffic the months had. */
  readonly error: number;
  /** The same as shown, before the traffic was known. */
  readonly errorShown: number;
  /** Error relative to the naive rule over the months where both exist: -0.22 is 22 % better, 0.05 is worse. */
  readonly skillAgainstLast: number | null;
  readonly skillAgainstTrailing: number | null;
  readonly flat: Comparison | null;
  readonly calculator: Comparison | null;
  /** Mean log error; below 0 the model promised too much. */
  readonly bias: number;
  /** Sum of absolute money errors over the sum of actual money; null without projected amounts. */
  readonly wmape: number | null;
};

/** How many months back the naive rules look for those that were paid. */
export const NAIVE_LOOKS_BACK = 24;

/**
 * Judges a stream's projections against what came. `rows` is the whole history, `projections` those of horizon 1
 * (kept ones, or reconstruct's). Months without a positive payout and its traffic, and lumpy streams, are not
 * judged by rate. The naive rules may use everything before the month. `calculatorRate` is what public calculators
 * say, per 1,000 views in the stream's currency.
 */
export function scoreMonths(
  rows: readonly HistoryRow[],
  projections: readonly Projection[],
  calculatorRate: number | null = null,
): ScoredMonth[] {
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
    const errorShown = y + Math.log(real.mix / projection.mix) - shown.mu;
    scored.push({
      month: projection.target,
      reconstructed: projection.reconstructed,
      error: y - real.mu,
      errorShown,
      errorLast: naive(before.slice(-1)),
      errorTrailing: naive(before.slice(-3)),
      ...besideFlatRates(projection, row, calculatorRate),
      insideShown: insideBands(Math.abs(errorShown), shown),
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

/** A month's money in all, of which some or all streams were projected. Amounts are of one currency. */
export type TotalMonth = {
  readonly month: Month;
  readonly reconstructed: boolean;
  readonly actualMinor: bigint;
  /** As shown before the month. */
  readonly projectedMinor: bigint;
  readonly bands: Readonly<Record<Band, Range>>;
  /** What the same rates make of the traffic that came. */
  readonly withRealTrafficMinor: bigint;
  /** All views; null when unknown. */
  readonly views: number | null;
  /** Of each stream that has one, in this currency. */
  readonly flat: readonly Beside[];
  readonly calculator: readonly Beside[];
};

/**
 * Judges a month's total. The naive rules are the eRPM of the last month and of the last three, of those `before`
 * with money and views, at this month's views; so the model's error is the one at this month's traffic too.
 * null when either side is not above zero: there is no log of it.
 */
export function scoreTotal(
  total: TotalMonth,
  before: readonly { readonly month: Month; readonly minor: bigint | null; readonly views: number | null }[],
  currency: Currency,
): ScoredMonth | null {
  const { month, reconstructed, bands, views } = total;
  const [actual, projected, real] = [total.actualMinor, total.projectedMinor, total.withRealTrafficMinor].map(
    Number,
  ) as [number, number, number];
  if (!(actual > 0 && projected > 0 && real > 0)) return null;
  const past = before
    .filter((each) => each.month < month && (each.minor ?? 0n) > 0n && (each.views ?? 0) > 0)
    .sort((a, b) => (a.month < b.month ? -1 : 1));
  const naive = (months: typeof past) => {
    if (months.length === 0 || !views) return null;
    const minor = months.reduce((sum, each) => sum + Number(each.minor), 0);
    return Math.log(actual / views / (minor / months.reduce((sum, each) => sum + each.views!, 0)));
  };
  const insideAt = (money: number) => {
    const [b50, b80, b95] = BANDS.map(
      (band) => Number(bands[band].lo) <= money && money <= Number(bands[band].hi),
    ) as [boolean, boolean, boolean];
    return { 50: b50, 80: b80, 95: b95 };
  };
  const scale = 10 ** exponentOf(currency);
  return {
    month,
    reconstructed,
    error: Math.log(actual / real),
    errorShown: Math.log(actual / projected),
    errorLast: naive(past.slice(-1)),
    errorTrailing: naive(past.slice(-3)),
    flat: summed(total.flat),
    calculator: summed(total.calculator),
    insideShown: insideAt(actual),
    // The band is as wide in logs at the traffic that came as at the one expected.
    inside: insideAt((actual * projected) / real),
    money: { actual: actual / scale, projected: projected / scale },
  };
}

/** A stream's month beside flat rates, in major units of its currency; null where there is no such rate or view. */
export function besideFlatRates(
  projection: Projection,
  row: HistoryRow,
  calculatorRate: number | null,
): { flat: Beside | null; calculator: Beside | null } {
  const { prior, paidShare, kind } = projection.inputs;
  const real = withRealTraffic(projection, row);
  if (real === null || row.minor === null || row.minor <= 0n || !KINDS[kind].perView)
    return { flat: null, calculator: null };
  const { paidViews } = real;
  const actual = majorOf(row.minor, projection);
  const beside = (rate: number | null, count: number | null): Beside | null =>
    rate === null || count === null || count <= 0 || paidViews === null
      ? null
      : { actual, said: (rate * count) / 1000, model: (real.mix * Math.exp(real.mu) * paidViews) / 1000 };
  // Of a creator whose paid views are not known, a published rate per paid view is taken per plain view.
  const published = prior?.published
    ? (prior.pooled?.tableRate ?? prior.rate) * (paidShare === null ? prior.typicalPaidShare : 1)
    : null;
  return { flat: beside(published, paidViews), calculator: beside(calculatorRate, row.views) };
}

/** A mean absolute log error as a share: "typically off by 0.18", as often up as down. */
export function typicalShare(error: number): number {
  return Math.expm1(error);
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
    errorShown: meanOf(months.map(({ errorShown }) => Math.abs(errorShown))),
    skillAgainstLast: skill(months, "errorLast"),
    skillAgainstTrailing: skill(months, "errorTrailing"),
    flat: comparisonOf(months.flatMap(({ flat }) => flat ?? [])),
    calculator: comparisonOf(months.flatMap(({ calculator }) => calculator ?? [])),
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

function comparisonOf(months: readonly Beside[]): Comparison | null {
  if (months.length === 0) return null;
  const error = meanOf(months.map(({ actual, said }) => Math.abs(Math.log(actual / said))));
  const modelError = meanOf(months.map(({ actual, model }) => Math.abs(Math.log(actual / model))));
  return {
    months: months.length,
    actual: months.reduce((sum, { actual }) => sum + actual, 0),
    said: months.reduce((sum, { said }) => sum + said, 0),
    error,
    modelError,
    skill: error === 0 ? null : modelError / error - 1,
  };
}

/** null when there is nothing to add. */
function summed(parts: readonly Beside[]): Beside | null {
  if (parts.length === 0) return null;
  const sum = (pick: (part: Beside) => number) => parts.reduce((total, part) => total + pick(part), 0);
  return {
    actual: sum(({ actual }) => actual),
    said: sum(({ said }) => said),
    model: sum(({ model }) => model),
  };
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
