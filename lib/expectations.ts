import type { Expectation } from "./chart-data";
import { reconstructLive, type StreamLedger } from "./model/histories";
import type { Currency } from "./model/money";
import { addMonths, type Month } from "./model/month";
import type { HistoryRow, Projection } from "./model/projection";
import type { Range } from "./model/rate-money";
import type { Band } from "./model/student-t";
import { totalOf } from "./model/total";

/**
 * What was expected of a month: its projections as they were frozen before it began; without them, replayed from
 * history and called reconstructed. Pure.
 */

/** A month's frozen projections: the total, and each stream's by its id (lib/model/histories streamId). */
export type KeptMonth = {
  readonly isLate: boolean;
  /** null where not all streams are shared: a total is then summed anew from those that are */
  readonly total: {
    readonly medianMinor: bigint;
    readonly bands: Readonly<Record<Band, Range>>;
    readonly currency: Currency;
    readonly viewsProjected: number | null;
  } | null;
  readonly streams: ReadonlyMap<string, { readonly projection: Projection; readonly rate: string | null }>;
};

export type TotalExpectation = {
  readonly minor: bigint;
  readonly bands: Readonly<Record<Band, Range>>;
  readonly views: number | null;
  readonly origin: Expectation<bigint>["origin"];
};

/** A stream with its months, and what would have been projected for them. */
export type Replayed = {
  readonly stream: StreamLedger;
  readonly rows: ReadonlyMap<Month, HistoryRow>;
  readonly replay: ReadonlyMap<Month, Projection>;
};

/** What expectations are made from. */
export type ExpectationInput = {
  readonly reporting: Currency;
  /** Units of the reporting currency per 1 unit in a month; null: none is known. */
  readonly rateFor: (currency: Currency, month: Month) => string | null;
  readonly kept: ReadonlyMap<Month, KeptMonth>;
};

export type Expected = {
  readonly origin: Expectation<bigint>["origin"];
  /** Each stream's projection with the rate it is worth in the reporting currency. */
  readonly streams: ReadonlyMap<string, { readonly projection: Projection; readonly rate: string | null }>;
  readonly total: TotalExpectation | null;
};

/** Replays the stream's months from `from` on; none without it. */
export function withReplay(stream: StreamLedger, from: Month | null): Replayed {
  return {
    stream,
    rows: new Map(stream.history.rows.map((row) => [row.month, row])),
    replay: from === null ? new Map() : reconstructLive(stream.history, from),
  };
}

/** The month's frozen projections, or, when there are none, its reconstructed ones. */
export function expectationsOf(
  input: ExpectationInput,
  streams: ReadonlyMap<string, Replayed>,
  views: ReadonlyMap<Month, number | null>,
  month: Month,
): Expected {
  const kept = input.kept.get(month);
  if (kept) {
    const origin = kept.isLate ? "late" : "kept";
    const total = kept.total?.currency === input.reporting ? kept.total : null;
    return {
      origin,
      streams: total
        ? kept.streams
        : new Map(
            [...kept.streams].map(([id, { projection }]) => [
              id,
              { projection, rate: pinnedRate(input, projection.key.currency, month) },
            ]),
          ),
      // A total frozen in another reporting currency is summed anew from the frozen streams.
      total: total
        ? {
            minor: total.medianMinor,
            bands: total.bands,
            views: total.viewsProjected,
            origin,
          }
        : totalFrom(
            input,
            [...kept.streams.values()].map(({ projection }) => projection),
            month,
            kept.total ? kept.total.viewsProjected : lastViews(views, month),
            origin,
          ),
    };
  }
  const found = new Map<string, { projection: Projection; rate: string | null }>();
  for (const [id, { replay }] of streams) {
    const projection = replay.get(month);
    if (projection) found.set(id, { projection, rate: pinnedRate(input, projection.key.currency, month) });
  }
  const projections = [...found.values()].map(({ projection }) => projection);
  const origin = "reconstructed";
  return {
    origin,
    streams: found,
    total: totalFrom(input, projections, month, lastViews(views, month), origin),
  };
}

function totalFrom(
  input: ExpectationInput,
  projections: readonly Projection[],
  month: Month,
  views: number | null,
  origin: Expectation<bigint>["origin"],
): Expected["total"] {
  const rates: Record<string, string> = {};
  for (const { key } of projections) {
    const rate = pinnedRate(input, key.currency, month);
    if (rate !== null) rates[key.currency] = rate;
  }
  const total = totalOf(projections, input.reporting, rates);
  return (
    total && {
      minor: total.medianMinor,
      bands: total.bands,
      views,
      origin,
    }
  );
}

/** What a projection made at the start of `month` would have pinned: the rate at the end of the month before. */
function pinnedRate(
  { reporting, rateFor }: ExpectationInput,
  currency: Currency,
  month: Month,
): string | null {
  return currency === reporting ? "1" : (rateFor(currency, addMonths(month, -1)) ?? rateFor(currency, month));
}

/** For views nothing beats "as in the last month that is known". */
function lastViews(views: ReadonlyMap<Month, number | null>, before: Month): number | null {
  let found: number | null = null;
  for (const [month, count] of views) {
    if (month >= before) break;
    found = count ?? found;
  }
  return found;
}
