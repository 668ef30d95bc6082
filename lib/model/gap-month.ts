import { type Actual, explainStreams, type Gap } from "./gap";
import type { Currency } from "./money";
import type { HistoryRow, Projection } from "./projection";

/** A month's streams against their projections: which can be compared at all, and each one's part of the gap. */

export type ComparedStream = {
  readonly id: string;
  readonly projection: Projection;
  readonly actual: Actual;
  /** what the projection is converted at */
  readonly pinnedRate: string;
  readonly gap: Gap;
};

export type MonthInput = {
  readonly reporting: Currency;
  /** Units of the reporting currency per 1 unit in the month; null: none is known. */
  readonly rateFor: (currency: Currency) => string | null;
  /** The month's projections by the stream's id, each with the rate it pinned; null: the month's own. */
  readonly streams: ReadonlyMap<string, { readonly projection: Projection; readonly rate: string | null }>;
  readonly rows: (id: string) => HistoryRow | undefined;
};

/** Missing is not zero: a projected stream that was not entered waits, and is in neither side. */
export function compareMonth({ reporting, rateFor, streams, rows }: MonthInput): {
  compared: ComparedStream[];
  waiting: { id: string; projection: Projection }[];
} {
  const compared: Omit<ComparedStream, "gap">[] = [];
  const waiting: { id: string; projection: Projection }[] = [];
  const conversions: ({ to: Currency; pinnedRate: string; actualRate: string } | undefined)[] = [];
  for (const [id, { projection, rate }] of streams) {
    const { currency } = projection.key;
    const row = rows(id);
    const actualRate = currency === reporting ? "1" : rateFor(currency);
    if (projection.medianMinor === null || actualRate === null) continue;
    // A deal that was not made is a zero; a payout that was not entered is not known.
    const minor = row?.minor ?? (projection.basis === "lumpy" ? 0n : null);
    if (minor === null) {
      // Nobody waits for money that is projected to be none: a programme that lets the creator in later.
      if (projection.medianMinor !== 0n) waiting.push({ id, projection });
      continue;
    }
    const pinnedRate = currency === reporting ? "1" : (rate ?? actualRate);
    compared.push({ id, projection, actual: { ...(row ?? { views: null }), minor }, pinnedRate });
    conversions.push(currency === reporting ? undefined : { to: reporting, pinnedRate, actualRate });
  }
  const gaps = explainStreams(
    compared.map(({ projection, actual }, index) => {
      const conversion = conversions[index];
      return { projection, actual, ...(conversion && { conversion }) };
    }),
  );
  return { compared: compared.map((stream, index) => ({ ...stream, gap: gaps[index]! })), waiting };
}
