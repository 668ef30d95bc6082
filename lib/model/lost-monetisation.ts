/**
 * Money that stayed away while the views came: a video lost its ads, an account its programme. And videos whose
 * money stands out among their neighbours. Both look at logs around a median, so that one odd period moves nothing.
 */
import { medianOf } from "./sponsorship";

/** A period (or a video) of one stream, in one currency; `count` is of the stream's own denominator. */
export type Paid = { readonly minor: bigint; readonly count: number };

export type LostMonetisation = {
  /** money per 1,000 against its usual value: 0.25 is a quarter of it */
  readonly rateRatio: number;
  /** views against their usual number */
  readonly countRatio: number;
  /** what the views would have brought at the usual rate, less what they brought; whole minor units */
  readonly missingMinor: number;
};

export const MIN_PERIODS = 4;
export const MIN_VIDEOS = 8;
/** As many robust deviations below the usual count as no longer usual. */
const WIDTH = 3;
/** No band is narrower than this, in logs: steady months would else make an alarm of every ripple. */
const LEAST_RATE_BAND = Math.log(1.6);
const LEAST_COUNT_BAND = Math.log(2);

/**
 * The alarm for the period `now` against the ones before it; null while views are below their own band too (then
 * the views are the news), while money is within its band, or with fewer than MIN_PERIODS to compare with.
 */
export function lostMonetisation(before: readonly Paid[], now: Paid): LostMonetisation | null {
  const known = before.filter(isUsable);
  if (known.length < MIN_PERIODS || now.count <= 0 || now.minor < 0n) return null;
  const counts = bandOf(
    known.map(({ count }) => Math.log(count)),
    LEAST_COUNT_BAND,
  );
  const rates = bandOf(known.map(logRate), LEAST_RATE_BAND);
  if (Math.log(now.count) < counts.middle - counts.half) return null;
  const rate = now.minor > 0n ? logRate(now) : Number.NEGATIVE_INFINITY;
  if (rate >= rates.middle - rates.half) return null;
  return {
    rateRatio: Math.exp(rate - rates.middle),
    countRatio: now.count / Math.exp(counts.middle),
    missingMinor: Math.round(Math.exp(rates.middle) * now.count - Number(now.minor)),
  };
}

export type Outlier<Item> = { readonly item: Item; readonly ratio: number };

/**
 * Items whose money per 1,000 lies beyond the band of all of them, strongest first; `ratio` is against the median.
 * Empty with fewer than MIN_VIDEOS that had money and views.
 */
export function outliers<Item extends Paid>(items: readonly Item[]): Outlier<Item>[] {
  const usable = items.filter(isUsable);
  if (usable.length < MIN_VIDEOS) return [];
  const { middle, half } = bandOf(usable.map(logRate), LEAST_RATE_BAND);
  return usable
    .map((item) => ({ item, off: logRate(item) - middle }))
    .filter(({ off }) => Math.abs(off) > half)
    .sort((a, b) => Math.abs(b.off) - Math.abs(a.off))
    .map(({ item, off }) => ({ item, ratio: Math.exp(off) }));
}

function isUsable({ minor, count }: Paid): boolean {
  return minor > 0n && count > 0;
}

function logRate({ minor, count }: Paid): number {
  return Math.log(Number(minor) / count);
}

/** 1.4826 makes the median deviation of a bell curve its standard deviation. */
function bandOf(values: readonly number[], least: number): { middle: number; half: number } {
  const middle = medianOf(values) ?? 0;
  const spread = 1.4826 * (medianOf(values.map((value) => Math.abs(value - middle))) ?? 0);
  return { middle, half: Math.max(least, WIDTH * spread) };
}
