import { type Currency, convert, exponentOf } from "./money";
import type { Month } from "./month";
import { type Projection, projectStream, type StreamHistory, type StreamKey } from "./projection";
import type { Range } from "./rate-money";
import { rpm } from "./rpm";
import { BANDS, type Band, NORMAL } from "./student-t";

/** Units of the reporting currency per 1 unit of each other currency, as decimal text. */
export type Rates = Readonly<Record<string, string>>;

export type Total = {
  readonly currency: Currency;
  readonly medianMinor: bigint;
  readonly bands: Readonly<Record<Band, Range>>;
  /** Views behind the total, each channel and format once; null when any of them is unknown. */
  readonly views: number | null;
  /** Projected eRPM as decimal text; null without views. */
  readonly rpm: string | null;
  /** Streams without an exchange rate: shown apart, never guessed. */
  readonly unconverted: readonly StreamKey[];
  /** Streams with nothing to project from. */
  readonly without: readonly StreamKey[];
};

/** All streams of a creator for one month, and their total in the reporting currency. */
export function projectCreator(
  histories: readonly StreamHistory[],
  target: Month,
  horizon: number,
  reporting: Currency,
  rates: Rates = {},
): { streams: Projection[]; total: Total | null } {
  const streams = histories.map((history) => projectStream(history, target, horizon));
  return { streams, total: totalOf(streams, reporting, rates) };
}

/**
 * Sum of the streams' medians, each converted once; its band is that of a log-normal with the summed variance.
 * null when no stream has an amount. Throws RangeError on a rate that is not a positive decimal.
 */
export function totalOf(
  projections: readonly Projection[],
  reporting: Currency,
  rates: Rates = {},
): Total | null {
  const summed: Projection[] = [];
  const unconverted: StreamKey[] = [];
  const without: StreamKey[] = [];
  let medianMinor = 0n;
  let variance = 0;
  for (const projection of projections) {
    const { key } = projection;
    const rate = key.currency === reporting ? "1" : rates[key.currency];
    if (projection.medianMinor === null) without.push(key);
    else if (rate === undefined) unconverted.push(key);
    else {
      medianMinor += convert(projection.medianMinor, key.currency, reporting, rate);
      const factor = Number(rate) * 10 ** (exponentOf(reporting) - exponentOf(key.currency));
      variance += (projection.variance ?? 0) * factor * factor;
      summed.push(projection);
    }
  }
  if (summed.length === 0) return null;
  const total = Number(medianMinor);
  const spread = total > 0 ? Math.sqrt(Math.log1p(variance / (total * total))) : 0;
  const at = (z: number): bigint => BigInt(Math.round(Math.min(9.2e18, total * Math.exp(z * spread))));
  const [b50, b80, b95] = BANDS.map((band) => ({ lo: at(-NORMAL[band]), hi: at(NORMAL[band]) })) as [
    Range,
    Range,
    Range,
  ];
  const views = viewsOf(summed);
  return {
    currency: reporting,
    medianMinor,
    bands: { 50: b50, 80: b80, 95: b95 },
    views,
    rpm: rpm(medianMinor, views === null ? null : Math.round(views), reporting),
    unconverted,
    without,
  };
}

/** Streams share the traffic of their channel and format; "all" counts only where no format stands alone. */
function viewsOf(projections: readonly Projection[]): number | null {
  const places = new Map<string, Map<string, number | null>>();
  for (const { key, inputs } of projections) {
    const place = `${key.channelId ?? ""} ${key.platform}`;
    const formats = places.get(place) ?? new Map<string, number | null>();
    formats.set(key.format, inputs.views ?? formats.get(key.format) ?? null);
    places.set(place, formats);
  }
  let views = 0;
  for (const formats of places.values()) {
    const alone = [...formats].filter(([format, count]) => format !== "all" && count !== null);
    const counted = alone.length > 0 ? alone : [...formats];
    for (const [, count] of counted) {
      if (count === null) return null;
      views += count;
    }
  }
  return views;
}
