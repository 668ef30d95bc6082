import type { Prior, RegionShares } from "./benchmarks";
import { type Prediction, reach } from "./filter";
import { type Currency, exponentOf } from "./money";
import { mixUsd } from "./prior";
import { BANDS, type Band } from "./student-t";

/** From a forecast of the log rate to money: the step that projections and what-if scenarios share. */

export type Range = { readonly lo: bigint; readonly hi: bigint };

const MAX_LOG_WATCH = 4;
const MAX_VARIANCE = 1.5;
const MAX_MINOR = 9.2e18;

/**
 * Whole minor units of a float in major units. The one place where the model's floats become money: half to
 * even, as everywhere else, so that thousands of projections have no drift; held to what the database stores.
 */
export function minorOf(major: number, currency: Currency): bigint {
  const scaled = Math.min(MAX_MINOR, Math.max(-MAX_MINOR, major * 10 ** exponentOf(currency)));
  const floor = Math.floor(scaled);
  const rest = scaled - floor;
  return BigInt(rest > 0.5 || (rest === 0.5 && floor % 2 !== 0) ? floor + 1 : floor);
}

/** The rate as money of `count` of its denominator (1000 for money by the month); null when that is unknown. */
export function moneyOf(
  prediction: Prediction,
  mix: number,
  count: number | null,
  currency: Currency,
): { median: bigint; mean: bigint; bands: Record<Band, Range>; variance: number } | null {
  if (count === null) return null;
  const { mu, sd, df } = prediction;
  const base = mix * (count / 1000);
  const [b50, b80, b95] = BANDS.map((band) => {
    const half = reach(prediction, band);
    return {
      lo: minorOf(base * Math.exp(mu - half), currency),
      hi: minorOf(base * Math.exp(mu + half), currency),
    };
  }) as [Range, Range, Range];
  const median = base * Math.exp(mu);
  const logVariance = Math.min(MAX_VARIANCE, (sd * sd * df) / (df - 2));
  return {
    median: minorOf(median, currency),
    mean: minorOf(median * Math.exp(Math.min((sd * sd) / 2, 0.5)), currency),
    bands: { 50: b50, 80: b80, 95: b95 },
    variance: (median * 10 ** exponentOf(currency)) ** 2 * Math.expm1(logVariance),
  };
}

/** log(watch seconds per view / the benchmark's); 0 when either is unknown. */
export function logWatch(secondsPerView: number | null, prior: Prior | null): number {
  const seconds = secondsPerView ?? prior?.usualWatchSeconds ?? null;
  if (seconds === null || !prior?.referenceWatchSeconds) return 0;
  return Math.min(MAX_LOG_WATCH, Math.max(-MAX_LOG_WATCH, Math.log(seconds / prior.referenceWatchSeconds)));
}

/** What an audience is worth against the one the level was learned with; 1 when either is unknown. */
export function mixOf(
  prior: Prior | null,
  regions: RegionShares | null,
  reference: RegionShares | null,
): number {
  if (!prior || !regions || !reference) return 1;
  return mixUsd(prior.regionUsd, regions) / mixUsd(prior.regionUsd, reference);
}
