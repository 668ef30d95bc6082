import type { Expectation } from "./chart-data";
import type { ExpectationInput, Expected, Replayed } from "./expectations";
import { closeGap, type Gap, sumGaps } from "./model/gap";
import { compareMonth } from "./model/gap-month";
import type { StreamLedger } from "./model/histories";
import { type Currency, convert } from "./model/money";
import type { Month } from "./model/month";
import { type Projection, withRealTraffic } from "./model/projection";
import { STREAM_LABEL, streamName } from "./model/words";

/** Why a month that is over brought something else than was projected. Pure. */
export type MonthGap = {
  readonly origin: Expectation<bigint>["origin"];
  /** from what was projected to all that was earned, in the reporting currency */
  readonly whole: Gap;
  /** of the streams that were projected and earned, before it was closed to the whole */
  readonly together: Gap;
  readonly byStream: readonly { readonly key: string; readonly label: string; readonly gap: Gap }[];
  /** What the frozen rates make of the traffic that really came. */
  readonly withRealTrafficMinor: bigint;
  /** Projected streams of which nothing was entered yet: not in the gap, for missing is not zero. */
  readonly waiting: readonly {
    readonly label: string;
    readonly minor: bigint;
    readonly currency: Currency;
  }[];
};

/** null when nothing that was projected was earned too: there is nothing to explain, and no "projected 0". */
export function monthGapOf(
  { reporting, rateFor }: Pick<ExpectationInput, "reporting" | "rateFor">,
  streams: ReadonlyMap<string, Replayed>,
  expectation: Expected,
  { month, earnedMinor }: { month: Month; earnedMinor: bigint },
): MonthGap | null {
  const { compared, waiting } = compareMonth({
    reporting,
    rateFor: (currency) => rateFor(currency, month),
    streams: expectation.streams,
    rows: (id) => streams.get(id)?.rows.get(month),
  });
  if (compared.length === 0) return null;
  let withReal = 0n;
  for (const { projection, actual, pinnedRate } of compared) {
    const real = withRealTraffic(projection, actual)?.medianMinor ?? projection.medianMinor ?? 0n;
    withReal += convert(real, projection.key.currency, reporting, pinnedRate);
  }
  const gaps = compared.map(({ gap }) => gap);
  const together = sumGaps(gaps, reporting);
  const without = earnedWithout({ reporting, rateFor }, streams, expectation, month);
  return {
    origin: expectation.origin,
    whole: closeGap(together, earnedMinor, without),
    together,
    byStream: compared.map(({ id, projection, gap }) => ({
      ...{ key: id, label: labelIn(streams.get(id), projection) },
      gap,
    })),
    withRealTrafficMinor: withReal,
    waiting: waiting.map(({ id, projection }) => ({
      label: labelIn(streams.get(id), projection),
      minor: projection.medianMinor ?? 0n,
      currency: projection.key.currency,
    })),
  };
}

export function labelOf({ platform, history }: StreamLedger): string {
  return streamName({ ...history.key, platform });
}

function labelIn(replayed: Replayed | undefined, { key }: Projection): string {
  return replayed ? labelOf(replayed.stream) : STREAM_LABEL[key.stream];
}

/** Money of streams that nothing was projected for. */
function earnedWithout(
  { reporting, rateFor }: Pick<ExpectationInput, "reporting" | "rateFor">,
  streams: ReadonlyMap<string, Replayed>,
  expectation: Expected,
  month: Month,
): bigint {
  let sum = 0n;
  for (const [id, { stream, rows }] of streams) {
    const minor = rows.get(month)?.minor ?? null;
    const { currency } = stream.history.key;
    const rate = currency === reporting ? "1" : rateFor(currency, month);
    const isProjected = (expectation.streams.get(id)?.projection.medianMinor ?? null) !== null;
    if (minor !== null && rate !== null && !isProjected) sum += convert(minor, currency, reporting, rate);
  }
  return sum;
}
