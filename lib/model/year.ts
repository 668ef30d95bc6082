/** What a year earned, for the accountant: whole minor units, each currency apart, converted once per month's cell. */
import { type Currency, convert } from "./money";
import type { Month } from "./month";
import { STREAMS, type Stream } from "./words";

/** What the entries of one earned month, stream and currency come to; what is taken off is negative. */
export type MonthLadder = {
  readonly month: Month;
  readonly stream: Stream;
  readonly currency: Currency;
  /** earnings, by state */
  readonly finalMinor: bigint;
  readonly estimatedMinor: bigint;
  readonly refundMinor: bigint;
  readonly clawbackMinor: bigint;
  readonly adjustmentMinor: bigint;
  readonly withheldMinor: bigint;
  readonly feeMinor: bigint;
  /** of the earnings whose gross is known: their amount, and the steps that lead to it */
  readonly made: {
    readonly minor: bigint;
    readonly gross: bigint;
    readonly platform: bigint;
    readonly adjustment: bigint;
    readonly refunded: bigint;
    /** pieces that viewers bought; null: no such payout */
    readonly units: bigint | null;
  } | null;
};

/** Money that arrived in a month, by the stream and currency of the payouts it paid. */
export type MonthReceived = {
  readonly month: Month;
  readonly stream: Stream;
  readonly currency: Currency;
  readonly minor: bigint;
};

export type RateUsed = {
  readonly currency: Currency;
  readonly month: Month;
  readonly day: string;
  readonly rate: string;
  readonly source: string;
};

type Sums = Pick<
  MonthLadder,
  | "finalMinor"
  | "estimatedMinor"
  | "refundMinor"
  | "clawbackMinor"
  | "adjustmentMinor"
  | "withheldMinor"
  | "feeMinor"
> & {
  readonly netMinor: bigint;
  readonly receivedMinor: bigint;
  /** the net in the reporting currency; null: a month of it has no rate */
  readonly reportedMinor: bigint | null;
};

export type YearMonth = Sums & {
  readonly month: Month;
  readonly stream: Stream;
  readonly currency: Currency;
  /** the rate that the net was converted at; null: none needed, or none known */
  readonly rate: RateUsed | null;
};
export type YearStream = Sums & { readonly stream: Stream; readonly currency: Currency };

export type Year = {
  readonly months: readonly YearMonth[];
  readonly streams: readonly YearStream[];
  /** all streams of a currency, in the order of the streams above */
  readonly currencies: readonly (Sums & { readonly currency: Currency })[];
  readonly rates: readonly RateUsed[];
};

export function netOf(ladder: Omit<MonthLadder, "made">): bigint {
  const { finalMinor, estimatedMinor, refundMinor, clawbackMinor } = ladder;
  const { adjustmentMinor, withheldMinor, feeMinor } = ladder;
  return (
    finalMinor + estimatedMinor + refundMinor + clawbackMinor + adjustmentMinor + withheldMinor + feeMinor
  );
}

const NOTHING = {
  ...{ finalMinor: 0n, estimatedMinor: 0n, refundMinor: 0n, clawbackMinor: 0n, adjustmentMinor: 0n },
  ...{ withheldMinor: 0n, feeMinor: 0n },
};

/**
 * Earned months and receipts side by side. `rateFor` gives units of `reporting` for one unit of a currency in an
 * earned month; a cell is converted once, and sums are sums of converted cells, as everywhere.
 */
export function yearOf(
  ladders: readonly MonthLadder[],
  received: readonly MonthReceived[],
  reporting: Currency,
  rateFor: (currency: Currency, month: Month) => RateUsed | null,
): Year {
  const keys = new Map<string, YearMonth>();
  const idOf = ({ month, stream, currency }: Omit<MonthReceived, "minor">) =>
    `${month} ${stream} ${currency}`;
  const paid = new Map(received.map((cell) => [idOf(cell), cell.minor]));
  for (const { made: _made, ...ladder } of ladders) {
    const { month, currency } = ladder;
    const netMinor = netOf(ladder);
    const rate = currency === reporting ? null : rateFor(currency, month);
    const reportedMinor =
      currency === reporting ? netMinor : rate && convert(netMinor, currency, reporting, rate.rate);
    const receivedMinor = paid.get(idOf(ladder)) ?? 0n;
    keys.set(idOf(ladder), { ...ladder, netMinor, receivedMinor, reportedMinor, rate });
  }
  for (const cell of received) {
    if (keys.has(idOf(cell))) continue;
    const { minor: receivedMinor, ...key } = cell;
    keys.set(idOf(cell), { ...key, ...NOTHING, netMinor: 0n, reportedMinor: 0n, receivedMinor, rate: null });
  }
  const months = [...keys.values()].sort((a, b) => (orderOf(a) < orderOf(b) ? -1 : 1));
  const used = new Map(
    months.flatMap(({ rate }) => (rate ? [[`${rate.currency} ${rate.month}`, rate]] : [])),
  );
  return {
    months,
    streams: grouped(months, ({ stream, currency }) => `${STREAMS.indexOf(stream)} ${currency}`),
    currencies: grouped(months, ({ currency }) => currency),
    rates: [...used.values()],
  };
}

function orderOf({ month, stream, currency }: YearMonth): string {
  return `${month} ${STREAMS.indexOf(stream)} ${currency}`;
}

/** Sums of the months with one key, in the order of the keys. */
function grouped(months: readonly YearMonth[], keyOf: (month: YearMonth) => string): YearStream[] {
  const groups = new Map<string, YearStream>();
  for (const month of months) {
    const key = keyOf(month);
    const { month: _month, rate: _rate, ...cell } = month;
    const group = groups.get(key);
    groups.set(key, group ? added(group, cell) : cell);
  }
  return [...groups].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, group]) => group);
}

function added(a: YearStream, b: YearStream): YearStream {
  return {
    ...a,
    finalMinor: a.finalMinor + b.finalMinor,
    estimatedMinor: a.estimatedMinor + b.estimatedMinor,
    refundMinor: a.refundMinor + b.refundMinor,
    clawbackMinor: a.clawbackMinor + b.clawbackMinor,
    adjustmentMinor: a.adjustmentMinor + b.adjustmentMinor,
    withheldMinor: a.withheldMinor + b.withheldMinor,
    feeMinor: a.feeMinor + b.feeMinor,
    netMinor: a.netMinor + b.netMinor,
    receivedMinor: a.receivedMinor + b.receivedMinor,
    reportedMinor:
      a.reportedMinor === null || b.reportedMinor === null ? null : a.reportedMinor + b.reportedMinor,
  };
}
