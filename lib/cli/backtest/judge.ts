import { reach } from "../../model/filter";
import { KINDS } from "../../model/kinds";
import { exponentOf } from "../../model/money";
import {
  FIXED_USD,
  intervalScore,
  NAIVE_RULES,
  type NaiveRule,
  naiveRates,
  ownReach,
  type PaidPeriod,
} from "../../model/naive";
import { BANDS, type Band } from "../../model/student-t";
import { type Forecast, forecastsOf, kindOfSeries } from "./forecast";
import type { Unit } from "./rows";
import type { BacktestPeriod, Series } from "./series";

/** One judged period. Rates are major units per 1,000 views (of streams without views: per period). */
export type JudgedPeriod = {
  readonly period: string;
  readonly actual: number;
  readonly expected: number;
  readonly lo80: number;
  readonly hi80: number;
  readonly inside: Readonly<Record<Band, boolean>>;
  readonly naive: Readonly<Record<NaiveRule, number | null>>;
  /** Thousands of views, to turn a rate into money. */
  readonly thousands: number;
  /** The amount projected before the views were known, in major units; of months only. */
  readonly shown: number | null;
};

/** A rule against the model, over the periods in which the rule has something to say. */
export type RuleScore = {
  readonly rule: NaiveRule;
  readonly periods: number;
  /** Mean absolute error of the log rate. */
  readonly error: number;
  readonly modelError: number;
  /** Model over rule: below 1 the model is better. null when the rule made no error at all. */
  readonly ratio: number | null;
  /** Sum of absolute money errors over all money, at the views that came. */
  readonly wmape: number;
};

export type Judged = {
  readonly series: Series;
  /** Periods with money and views that were not judged: the first, and those without a rate of the model. */
  readonly unjudged: number;
  readonly periods: readonly JudgedPeriod[];
  /** null when no period could be judged. */
  readonly model: {
    readonly error: number;
    /** Mean log error; below 0 the model promised too much. */
    readonly bias: number;
    readonly wmape: number;
    /** The same with views projected as the last month's: what a projection shows; of months only. */
    readonly wmapeShown: number | null;
    /** Shares 0..1 of periods inside each band. */
    readonly coverage: Readonly<Record<Band, number>>;
  } | null;
  readonly rules: readonly RuleScore[];
  /**
   * Mean 80 % interval score in logs, of the model and of `last` with a band as wide as its own past errors; null
   * before there are enough of those.
   */
  readonly interval: {
    readonly periods: number;
    readonly model: number;
    readonly last: number;
    /** null when the rule's band needed no width at all. */
    readonly ratio: number | null;
  } | null;
  /** The rules with a smaller error than the model's, the best first. */
  readonly better: readonly NaiveRule[];
};

/** With fewer errors of its own, the 80 % quantile is the largest of them and the band no fair one. */
const MIN_OWN_ERRORS = 5;
/** Periods in a year, for the rule that looks one back. */
const YEAR: Readonly<Record<Unit, number | null>> = { month: 12, week: 52, video: null };

/** Judges the model and every naive rule on a series, one step ahead, from the second paid period on. */
export function judge(series: Series): Judged {
  const past: PaidPeriod[] = [];
  const periods: JudgedPeriod[] = [];
  let paid = 0;
  for (const forecast of forecastsOf(series)) {
    const now = asPaid(series, forecast.period);
    if (!now) continue;
    paid += 1;
    const judged = past.length === 0 ? null : judgedPeriod(series, forecast, past, now);
    if (judged) periods.push(judged);
    past.push(now);
  }
  const rules = NAIVE_RULES.flatMap((rule) => ruleScore(periods, rule) ?? []);
  const better = rules
    .filter(({ error, modelError }) => error < modelError)
    .sort((a, b) => a.error / a.modelError - b.error / b.modelError);
  return {
    series,
    unjudged: paid - periods.length,
    periods,
    model: periods.length === 0 ? null : modelScore(periods),
    rules,
    interval: intervalOf(periods),
    better: better.map(({ rule }) => rule),
  };
}

function judgedPeriod(
  series: Series,
  { period, actual, expected, shownMinor }: Forecast,
  past: readonly PaidPeriod[],
  now: PaidPeriod,
): JudgedPeriod | null {
  if (actual === null || expected === null) return null;
  const one = 10 ** exponentOf(series.key.currency);
  const isPerView = KINDS[kindOfSeries(series)].perView;
  const fixed = isPerView && series.perUsd !== null ? FIXED_USD * series.perUsd * one : null;
  const rates = naiveRates(past, now, { fixed, year: YEAR[series.unit] });
  const distance = Math.abs(actual - expected.mu);
  const inside = BANDS.map((band) => [band, distance <= reach(expected, band)] as const);
  const half = reach(expected, 80);
  return {
    period: period.label,
    actual: Math.exp(actual),
    expected: Math.exp(expected.mu),
    lo80: Math.exp(expected.mu - half),
    hi80: Math.exp(expected.mu + half),
    inside: Object.fromEntries(inside) as Record<Band, boolean>,
    naive: Object.fromEntries(
      NAIVE_RULES.map((rule) => {
        const rate = rates[rule];
        return [rule, rate === null ? null : rate / one];
      }),
    ) as Record<NaiveRule, number | null>,
    thousands: now.views / 1000,
    shown: shownMinor === null ? null : Number(shownMinor) / one,
  };
}

/** The period as the rules want it; null when nothing was paid or seen. Money without views counts per period. */
function asPaid(series: Series, { at, views, watchSeconds, minor }: BacktestPeriod): PaidPeriod | null {
  if (minor === null || minor <= 0n) return null;
  if (!KINDS[kindOfSeries(series)].perView) return { at, views: 1000, watchSeconds: null, minor };
  return views === null || views <= 0 ? null : { at, views, watchSeconds, minor };
}

function modelScore(periods: readonly JudgedPeriod[]): NonNullable<Judged["model"]> {
  const errors = periods.map(({ actual, expected }) => Math.log(actual / expected));
  const share = (band: Band) => periods.filter(({ inside }) => inside[band]).length / periods.length;
  const shown = periods.filter((period) => period.shown !== null);
  return {
    error: meanOf(errors.map(Math.abs)),
    bias: meanOf(errors),
    wmape: wmape(periods, ({ expected, thousands }) => expected * thousands),
    wmapeShown: shown.length === 0 ? null : wmape(shown, (period) => period.shown!),
    coverage: { 50: share(50), 80: share(80), 95: share(95) },
  };
}

function ruleScore(periods: readonly JudgedPeriod[], rule: NaiveRule): RuleScore | null {
  const told = periods.filter((period) => period.naive[rule] !== null);
  if (told.length === 0) return null;
  const error = meanOf(told.map((period) => Math.abs(Math.log(period.actual / period.naive[rule]!))));
  const modelError = meanOf(told.map(({ actual, expected }) => Math.abs(Math.log(actual / expected))));
  return {
    rule,
    periods: told.length,
    error,
    modelError,
    ratio: error === 0 ? null : modelError / error,
    wmape: wmape(told, (period) => period.naive[rule]! * period.thousands),
  };
}

function intervalOf(periods: readonly JudgedPeriod[]): Judged["interval"] {
  const errors: number[] = [];
  const scores = periods.flatMap(({ actual, lo80, hi80, naive }) => {
    const y = Math.log(actual);
    const last = Math.log(naive.last!);
    const own = errors.length < MIN_OWN_ERRORS ? null : ownReach(errors, 0.8);
    errors.push(Math.abs(y - last));
    if (own === null) return [];
    return [
      {
        model: intervalScore(y, Math.log(lo80), Math.log(hi80), 80),
        last: intervalScore(y, last - own, last + own, 80),
      },
    ];
  });
  if (scores.length === 0) return null;
  const model = meanOf(scores.map((score) => score.model));
  const last = meanOf(scores.map((score) => score.last));
  return { periods: scores.length, model, last, ratio: last === 0 ? null : model / last };
}

/** Sum of absolute money errors over all money. */
function wmape(periods: readonly JudgedPeriod[], expected: (period: JudgedPeriod) => number): number {
  const money = periods.reduce((sum, { actual, thousands }) => sum + actual * thousands, 0);
  const off = periods.reduce(
    (sum, period) => sum + Math.abs(period.actual * period.thousands - expected(period)),
    0,
  );
  return off / money;
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
