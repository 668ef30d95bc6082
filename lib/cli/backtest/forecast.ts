import { smallViewsNoise, start, update } from "../../model/filter";
import { KINDS, type Kind, type KindName, kindOf, seasonOf } from "../../model/kinds";
import { monthOf } from "../../model/month";
import {
  type HistoryRow,
  logRateOf,
  type Projection,
  projectStream,
  realFactors,
  reconstruct,
  withRealTraffic,
} from "../../model/projection";
import type { BacktestPeriod, Series } from "./series";

/** What the model expected of one period, given its traffic. Logs of money in major units per 1,000 views. */
export type Forecast = {
  readonly period: BacktestPeriod;
  /** What came; null when the period cannot be judged (no money, none or too few views). */
  readonly actual: number | null;
  /** null when the model has no rate: a lumpy stream, or nothing known yet. */
  readonly expected: { readonly mu: number; readonly sd: number; readonly df: number } | null;
  /** The amount projected before the views were known, in minor units; of months only. */
  readonly shownMinor: bigint | null;
};

/** How much of a month's walk the level makes in a week: a judgement, no weekly series was at hand. */
const MONTHS_A_WEEK = 12 / 52;

/** How a series moves: single videos are noisier than months, and their level walks more slowly. */
export function kindOfSeries({ key, unit }: Pick<Series, "key" | "unit">): KindName {
  return kindOf(key.stream, unit === "video" ? "video" : "month");
}

/** One step ahead through a series: each period is projected, then learned. */
export function forecastsOf(series: Series): Forecast[] {
  if (series.unit === "month") return throughMonths(series);
  return throughPeriods(series, series.unit === "week" ? MONTHS_A_WEEK : null);
}

/** Months go through the very code that makes projections. */
function throughMonths({ key, prior, periods }: Series): Forecast[] {
  const rows = periods.map((period): HistoryRow => ({ ...period, month: monthOf(period.label) }));
  const byMonth = new Map<string, BacktestPeriod>(periods.map((period) => [period.label, period]));
  return reconstruct({ key, rows, prior }).flatMap((projection) => {
    const period = byMonth.get(projection.target);
    return period ? [forecastOf(projection, period, projection.medianMinor)] : [];
  });
}

/**
 * The same filter through periods that need not be months. `step` is the length of one in months, by which the
 * level walks; null for videos, which have none: from one to the next it walks as its kind says. Deals have no
 * rate here either; other money is taken as regular, for what is lumpy is told by months.
 */
export function throughPeriods({ key, prior, unit, periods }: Series, step: number | null): Forecast[] {
  const name = kindOfSeries({ key, unit });
  const kind: Kind = KINDS[name];
  // Only the frame of a projection: no month plays a part in it before the first payout.
  const frame = projectStream({ key, rows: [], prior }, monthOf("2000-01"));
  const m0 = prior ? Math.log(prior.rate * (kind.perView ? prior.typicalPaidShare : 1)) : 0;
  const state = prior ? start(m0, kind, prior.tau) : null;
  let known: Projection = { ...frame, state, basis: state && name !== "deal" ? "own" : "none" };
  let last: number | null = null;

  return periods.map((period) => {
    const season = period.month === null ? 0 : seasonOf(period.month);
    const gap = step === null || last === null || period.at === null ? 0 : (period.at - last) * step - 1;
    const referenceRegions = known.inputs.referenceRegions ?? period.regions;
    const inputs = { ...known.inputs, kind: name, gap, referenceRegions };
    const projection = { ...known, season, inputs };
    // What a period does not tell stays as it was.
    const { x, mix, paidViews } = realFactors(projection, period);
    known = { ...projection, x, mix };

    const y = logRateOf(projection, period);
    if (y !== null) {
      const noise = kind.perView && paidViews !== null ? smallViewsNoise(paidViews) : 1;
      const before = known.state ?? start(y - kind.beta.mean * x - kind.kappa.mean * season, kind);
      const learned = update(before, kind, y, { x, season, gap, noise }).state;
      known = { ...known, state: learned, basis: name === "deal" ? "none" : "own" };
      last = period.at;
    }
    return forecastOf(projection, period, null);
  });
}

function forecastOf(projection: Projection, period: BacktestPeriod, shownMinor: bigint | null): Forecast {
  const y = logRateOf(projection, period);
  const real = withRealTraffic(projection, period);
  const mix = Math.log(realFactors(projection, period).mix);
  return {
    period,
    actual: y === null ? null : y + mix,
    expected: real && { mu: real.mu + mix, sd: real.sd, df: real.df },
    shownMinor,
  };
}
