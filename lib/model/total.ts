import { type Currency, convert, exponentOf } from "./money";
import type { Projection, StreamKey } from "./projection";
import type { Range } from "./rate-money";
import { BANDS, type Band, NORMAL } from "./student-t";

/** Units of the reporting currency per 1 unit of each other currency, as decimal text. */
export type Rates = Readonly<Record<string, string>>;

export type Total = {
  readonly currency: Currency;
  readonly medianMinor: bigint;
  readonly bands: Readonly<Record<Band, Range>>;
  /** Streams without an exchange rate: shown apart, never guessed. */
  readonly unconverted: readonly StreamKey[];
  /** Streams with nothing to project from. */
  readonly without: readonly StreamKey[];
};

/**
 * Sum of the streams' medians, each converted once; its band is that of a log-normal with the summed variance.
 * null when no stream has an amount. Throws RangeError on a rate that is not a positive decimal.
 */
export function totalOf(
  projections: readonly Projection[],
  reporting: Currency,
  rates: Rates = {},
): Total | null {
  const unconverted: StreamKey[] = [];
  const without: StreamKey[] = [];
  let medianMinor: bigint | null = null;
  let variance = 0;
  for (const projection of projections) {
    const { key } = projection;
    const rate = key.currency === reporting ? "1" : rates[key.currency];
    if (projection.medianMinor === null) without.push(key);
    else if (rate === undefined) unconverted.push(key);
    else {
      medianMinor = (medianMinor ?? 0n) + convert(projection.medianMinor, key.currency, reporting, rate);
      const factor = Number(rate) * 10 ** (exponentOf(reporting) - exponentOf(key.currency));
      variance += (projection.variance ?? 0) * factor * factor;
    }
  }
  if (medianMinor === null) return null;
  const total = Number(medianMinor);
  const spread = total > 0 ? Math.sqrt(Math.log1p(variance / (total * total))) : 0;
  const at = (z: number): bigint => BigInt(Math.round(Math.min(9.2e18, total * Math.exp(z * spread))));
  const [b50, b80, b95] = BANDS.map((band) => ({ lo: at(-NORMAL[band]), hi: at(NORMAL[band]) })) as [
    Range,
    Range,
    Range,
  ];
  return {
    currency: reporting,
    medianMinor,
    bands: { 50: b50, 80: b80, 95: b95 },
    unconverted,
    without,
  };
}
