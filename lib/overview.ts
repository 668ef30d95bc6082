import {
  type Expectation,
  type FigureTable,
  type GapBridgeData,
  type GapStream,
  gapBridge,
  gapTable,
  moneyScale,
  type ProjectedMonth,
  type ProjectionChartData,
  projectionChart,
  type Reading,
  rpmScale,
  type StreamBarsData,
  type StreamMonth,
  streamBars,
} from "./chart-data";
import {
  type ExpectationInput,
  type Expected,
  expectationsOf,
  type Replayed,
  type TotalExpectation,
  withReplay,
} from "./expectations";
import { monthName } from "./format";
import { CAUSE_LABEL, explainChange, type Gap, type PastMonth, sumGaps } from "./model/gap";
import {
  concerns,
  type DayCell,
  type EventCell,
  historiesOf,
  type Ledger,
  type MoneyCell,
  minorOfCell,
  viewsByMonth,
} from "./model/histories";
import { KINDS, kindOf } from "./model/kinds";
import { type Currency, convert } from "./model/money";
import { addMonths, type Day, type Month, monthOf, monthsFrom } from "./model/month";
import { type HistoryRow, type Projection, rateOf, withRealTraffic } from "./model/projection";
import { type Denominator, eRpm, rpm } from "./model/rpm";
import { NAIVE_LOOKS_BACK, type Score, scoreApart, scoreMonths } from "./model/score";
import type { Platform, Stream } from "./model/words";
import { labelOf, monthGapOf } from "./month-gap";
import { type Heading, headingOf } from "./running-month";

/**
 * The overview, from the ledger's totals to what the page shows. Pure.
 */

export type OverviewInput = ExpectationInput & {
  readonly today: Day;
  readonly locale: string;
  readonly ledger: Ledger;
  /** Payouts of single days in the running month: shown, and never learned from. */
  readonly running?: readonly DayCell[];
  /** The months that `windowOf` answered for the same choice. */
  readonly window: Window;
  /** streamId of the stream whose rate is drawn; null chooses the one that earned most. */
  readonly rateStream: string | null;
  readonly measure: Measure;
  /** What the month is explained against; its projection when absent. */
  readonly against?: Against;
  /** What all streams together are called, where they are not all. */
  readonly together?: string | undefined;
};

/** What a month is explained against. */
export type Against = "projection" | "month";

/** What the first chart counts: money per 1,000 views of everything, or money. */
export type Measure = "erpm" | "money";
export const RANGES = [12, 24, 60, "all"] as const;
export type RangeChoice = (typeof RANGES)[number];

/** Which months are shown, and which one in detail. */
export type Window = {
  readonly from: Month;
  readonly to: Month;
  readonly month: Month;
  readonly first: Month;
  readonly current: Month;
};

/** Money of one month in the reporting currency, each stream and currency converted once. */
export type Earned = {
  /** null: nothing was entered, or nothing that can be converted. */
  readonly minor: bigint | null;
  readonly finalMinor: bigint;
  readonly estimatedMinor: bigint;
  readonly isEstimated: boolean;
  readonly byStream: Readonly<Partial<Record<Stream, bigint>>>;
  /** Amounts without an exchange rate: in their own currency, never guessed. */
  readonly apart: readonly { readonly currency: Currency; readonly minor: bigint }[];
};

export type RateStream = { readonly id: string; readonly label: string };

export type Overview = {
  readonly month: Month;
  readonly current: Month;
  readonly isRunning: boolean;
  readonly earned: Earned;
  readonly views: number | null;
  /** Exact decimal text per 1,000 views; null without views. */
  readonly eRpm: string | null;
  readonly projected: (TotalExpectation & { readonly bookedMinor: bigint | null }) | null;
  /** The running month's, when it is among the months shown and has payouts by the day. */
  readonly heading: Heading | null;
  /** The month that is still running, when another one is shown. */
  readonly soFar: { readonly month: Month; readonly earned: Earned } | null;
  readonly total: ProjectionChartData;
  readonly streams: StreamBarsData;
  readonly rate: {
    readonly chosen: RateStream;
    readonly all: readonly RateStream[];
    readonly denominator: Denominator;
    readonly chart: ProjectionChartData;
    /** Under three own payouts: the rate rests on little. */
    readonly isTentative: boolean;
    readonly kept: Score | null;
    readonly reconstructed: Score | null;
  } | null;
  /** What stands behind the month's projection, by stream. */
  readonly expected: readonly {
    readonly id: string;
    readonly platform: Platform | null;
    readonly projection: Projection;
    readonly rate: string | null;
  }[];
  readonly gap: {
    readonly bridge: GapBridgeData;
    /** The same causes stream by stream; every column sums to the bridge's step. */
    readonly byStream: FigureTable;
    readonly origin: Expectation<bigint>["origin"];
    /** What the frozen rates make of the traffic that really came. */
    readonly withRealTrafficMinor: bigint;
    /** Projected streams of which nothing was entered yet: not in the gap, for missing is not zero. */
    readonly waiting: readonly {
      readonly label: string;
      readonly minor: bigint;
      readonly currency: Currency;
    }[];
  } | null;
  /** What changed since the month before, when that was asked for: here the ad season is a cause too. */
  readonly change: {
    readonly since: Month;
    readonly bridge: GapBridgeData;
    readonly byStream: FigureTable;
    /** Streams of which one of the two months is not logged: in neither end, for missing is not zero. */
    readonly left: readonly string[];
  } | null;
};

/**
 * The months to show: by default 12, up to this one; the month in detail is by default the last one that is
 * over and has money. null when nothing is known at all.
 */
export function windowOf(
  ledger: Pick<Ledger, "money" | "traffic">,
  today: Day,
  choice: { readonly month: Month | null; readonly months: RangeChoice },
): Window | null {
  const current = monthOf(today);
  const paid = ledger.money.map(({ month }) => month);
  const known = [...paid, ...ledger.traffic.map(({ month }) => month)].filter((month) => month <= current);
  const first = least(known);
  if (first === null) return null;
  const month =
    choice.month !== null && choice.month >= first && choice.month <= current
      ? choice.month
      : (greatest(paid.filter((each) => each < current)) ?? greatest(known) ?? current);
  if (choice.months === "all") return { from: first, to: current, month, first, current };
  const back = 1 - choice.months;
  const to = month < addMonths(current, back) ? month : current;
  const from = addMonths(to, back);
  return { from: from < first ? first : from, to, month, first, current };
}

export function overviewOf(input: OverviewInput): Overview {
  const { ledger, reporting, locale, window } = input;
  const { month, current } = window;
  const scene = sceneOf(input);
  const { months, earned } = scene;
  const shown = earned.get(month) ?? scene.nothing;
  const expected = scene.expected.get(month);
  const total = expected?.total
    ? { ...expected.total, bookedMinor: bookedIn(input, expected.streams) }
    : null;
  const views = scene.views.get(month) ?? null;

  return {
    month,
    current,
    isRunning: month === current,
    earned: shown,
    views,
    eRpm: shown.minor === null ? null : eRpm(shown.minor, views, reporting),
    projected: total,
    soFar:
      month === current
        ? null
        : {
            month: current,
            earned: earnedOf(
              ledger.money.filter((cell) => cell.month === current),
              reporting,
              input.rateFor,
            ),
          },
    heading: runningIn(scene),
    total: totalChart(scene),
    streams: streamBars(
      months.map(
        (each): StreamMonth => ({
          month: each,
          earned: readingOf(scene, each, ({ byStream }) => byStream),
        }),
      ),
      reporting,
      locale,
    ),
    rate: rateChart(scene),
    expected: [...(scene.expected.get(month)?.streams ?? [])].map(([id, { projection, rate }]) => ({
      id,
      platform: scene.streams.get(id)?.stream.platform ?? null,
      projection,
      rate,
    })),
    gap: month < current ? gapIn(scene, month) : null,
    change: input.against === "month" && month < current ? changeIn(scene, month) : null,
  };
}

/** What all parts of the page look at. */
type Scene = {
  readonly input: OverviewInput;
  readonly months: readonly Month[];
  readonly streams: ReadonlyMap<string, Replayed>;
  readonly views: ReadonlyMap<Month, number | null>;
  readonly expected: ReadonlyMap<Month, Expected>;
  readonly earned: ReadonlyMap<Month, Earned>;
  readonly nothing: Earned;
};

function sceneOf(input: OverviewInput): Scene {
  const { ledger, reporting, rateFor, window } = input;
  const months = monthsFrom(window.from, window.to);
  const streams = new Map(
    historiesOf(ledger, { until: window.current }).map((stream) => [
      stream.id,
      withReplay(stream, window.from),
    ]),
  );
  const views = viewsByMonth(ledger.traffic);
  const cells = new Map<Month, MoneyCell[]>(months.map((month) => [month, []]));
  for (const cell of ledger.money) cells.get(cell.month)?.push(cell);
  return {
    input,
    months,
    streams,
    views,
    expected: new Map(months.map((month) => [month, expectationsOf(input, streams, views, month)])),
    earned: new Map(months.map((month) => [month, earnedOf(cells.get(month) ?? [], reporting, rateFor)])),
    nothing: earnedOf([], reporting, rateFor),
  };
}

// ---------------------------------------------------------------- money

/** Each stream and currency is converted once; what is final and what estimated add up to that. */
export function earnedOf(
  cells: readonly MoneyCell[],
  reporting: Currency,
  rateFor: OverviewInput["rateFor"],
): Earned {
  const sums = new Map<
    string,
    { stream: Stream; currency: Currency; final: bigint; all: bigint; month: Month }
  >();
  let isEstimated = false;
  for (const cell of cells) {
    const id = `${cell.stream} ${cell.currency}`;
    const sum = sums.get(id) ?? { ...cell, final: 0n, all: 0n };
    sum.final += cell.finalMinor ?? 0n;
    sum.all += minorOfCell(cell) ?? 0n;
    sums.set(id, sum);
    if (cell.estimatedMinor !== null) isEstimated = true;
  }
  const byStream: Partial<Record<Stream, bigint>> = {};
  const apart = new Map<Currency, bigint>();
  let [minor, finalMinor] = [null as bigint | null, 0n];
  for (const { stream, currency, final, all, month } of sums.values()) {
    const rate = currency === reporting ? "1" : rateFor(currency, month);
    if (rate === null) {
      apart.set(currency, (apart.get(currency) ?? 0n) + all);
      continue;
    }
    const converted = convert(all, currency, reporting, rate);
    minor = (minor ?? 0n) + converted;
    finalMinor += all === final ? converted : convert(final, currency, reporting, rate);
    byStream[stream] = (byStream[stream] ?? 0n) + converted;
  }
  return {
    minor,
    finalMinor,
    estimatedMinor: (minor ?? 0n) - finalMinor,
    isEstimated,
    byStream,
    apart: [...apart].map(([currency, amount]) => ({ currency, minor: amount })),
  };
}

function readingOf<Value>(
  { input, earned, nothing }: Scene,
  month: Month,
  pick: (earned: Earned & { minor: bigint }) => Value | null,
): Reading<Value> {
  const { current } = input.window;
  const { minor, ...rest } = earned.get(month) ?? nothing;
  const value = minor === null ? null : pick({ ...rest, minor });
  if (value === null) return { kind: month >= current ? "not_yet" : "missing" };
  return {
    kind: "value",
    value,
    sure: month >= current ? "so_far" : rest.isEstimated ? "estimated" : "final",
  };
}

/** What deals had booked in the streams of one month, in the reporting currency; null when none had. */
function bookedIn({ reporting }: OverviewInput, streams: Expected["streams"]): bigint | null {
  let sum: bigint | null = null;
  for (const { projection, rate } of streams.values()) {
    const { bookedMinor, key } = projection;
    if (bookedMinor === undefined || rate === null) continue;
    sum = (sum ?? 0n) + convert(bookedMinor, key.currency, reporting, rate);
  }
  return sum;
}

function runningIn({ input, streams, expected: expectations }: Scene): Heading | null {
  const { running: days = [], window } = input;
  const expected = expectations.get(window.current);
  return days.length > 0 && expected ? headingOf({ ...input, days, streams, expected }) : null;
}

// ---------------------------------------------------------------- charts

/** What happened in a month, as the charts mark it. */
function happened(events: readonly EventCell[], month: Month): Pick<ProjectedMonth<unknown>, "events"> {
  const labels = events.filter(({ day }) => monthOf(day) === month).map(({ label }) => label);
  return labels.length > 0 ? { events: labels } : {};
}

function totalChart(scene: Scene): ProjectionChartData {
  const { reporting, locale, measure, window, ledger } = scene.input;
  const build = <Value>(toValue: (minor: bigint, count: number | null) => Value | null) =>
    scene.months.map((month): ProjectedMonth<Value> => {
      const total = scene.expected.get(month)?.total ?? null;
      const count = scene.views.get(month) ?? null;
      const real = month < window.current ? withRealTrafficIn(scene, month) : null;
      const [value, low80, high80] = total
        ? [total.minor, total.bands[80].lo, total.bands[80].hi].map((minor) => toValue(minor, total.views))
        : [];
      return {
        month,
        ...happened(ledger.events, month),
        actual: readingOf(scene, month, ({ minor }) => toValue(minor, count)),
        projection:
          total && value != null && low80 != null && high80 != null
            ? {
                value,
                low80,
                high80,
                origin: total.origin,
                withRealTraffic: real === null ? null : toValue(real, count),
              }
            : null,
      };
    });
  if (measure === "money")
    return projectionChart(
      build((minor) => minor),
      moneyScale(reporting, locale),
    );
  return projectionChart(
    build<string | number>((minor, count) => eRpm(minor, count, reporting)),
    rpmScale(reporting, "views", locale),
  );
}

/** What the month's frozen rates make of the traffic that really came; a stream without a rate stays as projected. */
function withRealTrafficIn({ input, streams, expected }: Scene, month: Month): bigint | null {
  let sum: bigint | null = null;
  for (const [id, { projection, rate }] of expected.get(month)?.streams ?? []) {
    const row = streams.get(id)?.rows.get(month);
    const real = row && withRealTraffic(projection, row);
    const minor = real?.medianMinor ?? projection.medianMinor;
    if (minor === null || rate === null) continue;
    sum = (sum ?? 0n) + convert(minor, projection.key.currency, input.reporting, rate);
  }
  return sum;
}

/** The rate of one stream in its own currency, per 1,000 of what its platform pays on. */
function rateChart(scene: Scene): Overview["rate"] {
  const { input, months, streams, expected } = scene;
  const { locale, window, rateStream } = input;
  const rated = [...streams.values()]
    .filter(({ stream }) => KINDS[kindOf(stream.history.key.stream)].perView)
    .map((replayed) => ({ replayed, weight: earnedBy(scene, replayed) }))
    .filter(({ weight }) => weight !== null)
    .sort((a, b) => Number(b.weight) - Number(a.weight))
    .map(({ replayed }) => replayed);
  const chosen = rated.find(({ stream }) => stream.id === rateStream) ?? rated[0];
  if (!chosen) return null;

  const { id, history } = chosen.stream;
  const { currency, stream } = history.key;
  const { platform } = chosen.stream;
  const events = input.ledger.events.filter((event) => concerns(event, { stream, platform }));
  const projections = months.map((month) => expected.get(month)?.streams.get(id)?.projection ?? null);
  const latest = projections.findLast((projection) => projection !== null) ?? null;
  const denominator = latest?.denominator ?? "views";
  const chart = projectionChart(
    months.map((month, index): ProjectedMonth<string | number> => {
      const row = chosen.rows.get(month);
      const projection = projections[index] ?? null;
      // Until the paid views were known, rates stood on plain views: another denominator is another number.
      const rate = projection?.denominator === denominator ? rateOf(projection) : null;
      const real =
        row && projection && month < window.current && row.views !== null
          ? withRealTraffic(projection, row)
          : null;
      return {
        month,
        ...happened(events, month),
        actual: rateReading(row, month, window.current, denominator, currency),
        projection: rate && {
          value: rate.median,
          low80: rate.bands[80].lo,
          high80: rate.bands[80].hi,
          origin: expected.get(month)!.origin,
          withRealTraffic: real && real.mix * Math.exp(real.mu),
        },
      };
    }),
    rpmScale(currency, denominator, locale),
  );
  return {
    chosen: { id, label: labelOf(chosen.stream) },
    all: rated.map(({ stream }) => ({ id: stream.id, label: labelOf(stream) })),
    denominator,
    chart,
    isTentative: latest?.why.tentative ?? true,
    ...scoresOf(history.rows, projections, window),
  };
}

/** What a stream earned in the window, in the reporting currency; null when nothing. */
function earnedBy({ input, months }: Scene, { stream, rows }: Replayed): bigint | null {
  const { currency } = stream.history.key;
  let sum: bigint | null = null;
  for (const month of months) {
    const minor = rows.get(month)?.minor ?? null;
    if (minor === null) continue;
    const rate = currency === input.reporting ? "1" : input.rateFor(currency, month);
    sum = (sum ?? 0n) + (rate === null ? 0n : convert(minor, currency, input.reporting, rate));
  }
  return sum;
}

function rateReading(
  row: HistoryRow | undefined,
  month: Month,
  current: Month,
  denominator: Denominator,
  currency: Currency,
): Reading<string | number> {
  const count = denominator === "views" ? row?.views : row?.paidViews;
  const value = row?.minor == null ? null : rpm(row.minor, count, currency);
  if (value === null) return { kind: month >= current ? "not_yet" : "missing" };
  const settled = row?.state === "estimated" ? "estimated" : "final";
  return { kind: "value", value, sure: month >= current ? "so_far" : settled };
}

/** How well the months of the window were projected; the naive rule sees what it needs from before. */
function scoresOf(
  rows: readonly HistoryRow[],
  projections: readonly (Projection | null)[],
  { from, current }: Window,
): { kept: Score | null; reconstructed: Score | null } {
  const since = addMonths(from, -NAIVE_LOOKS_BACK);
  const recent = rows.filter(({ month }) => month >= since && month < current);
  const judged = projections.filter((each): each is Projection => each !== null && each.target < current);
  return scoreApart(scoreMonths(recent, judged));
}

// ---------------------------------------------------------------- the gap

const ALL_STREAMS = "All streams";

function gapIn(scene: Scene, month: Month): Overview["gap"] {
  const { input, streams, expected } = scene;
  const { reporting, locale, together: all = ALL_STREAMS } = input;
  const earned = scene.earned.get(month) ?? scene.nothing;
  const expectation = expected.get(month);
  if (!expectation || expectation.streams.size === 0 || earned.minor === null) return null;

  const gap = monthGapOf(input, streams, expectation, { month, earnedMinor: earned.minor });
  if (gap === null) return null;
  const { whole: bridge, together, byStream, origin, withRealTrafficMinor, waiting } = gap;
  const causes = bridge.parts.map(({ cause, minor }) => ({ key: cause, label: CAUSE_LABEL[cause], minor }));
  const rows = byStream.map(({ gap: own, ...named }) => ({ ...named, ...rowOf(own) }));
  const rest = restOf(together, bridge);
  return {
    ...{ origin, withRealTrafficMinor, waiting },
    bridge: gapBridge(
      { projected: bridge.projectedMinor, actual: bridge.actualMinor, causes },
      reporting,
      locale,
    ),
    byStream: gapTable(
      [
        ...rows,
        ...(rest ? [{ key: "rest", label: "Not projected, and cents of conversion", ...rest }] : []),
        { key: "all", label: all, ...rowOf(bridge) },
      ],
      causes,
      reporting,
      locale,
    ),
  };
}

function changeIn(scene: Scene, month: Month): Overview["change"] {
  const { reporting, locale, rateFor, together: all = ALL_STREAMS } = scene.input;
  const since = addMonths(month, -1);
  const gaps: Gap[] = [];
  const named: { key: string; label: string }[] = [];
  const left: string[] = [];
  for (const [id, { stream, rows }] of scene.streams) {
    const { currency, stream: kind } = stream.history.key;
    const [earlier, later] = [since, month].map((each) => amountIn(rows.get(each), kind, each));
    if (!earlier && !later) continue;
    const [before, after] = [since, month].map((each) =>
      currency === reporting ? "1" : rateFor(currency, each),
    );
    if (!earlier || !later || !before || !after) {
      left.push(labelOf(stream));
      continue;
    }
    const projection = scene.expected.get(month)?.streams.get(id)?.projection ?? null;
    const conversion =
      currency === reporting ? undefined : { to: reporting, pinnedRate: before, actualRate: after };
    gaps.push(explainChange(projection, currency, earlier, later, conversion));
    named.push({ key: id, label: labelOf(stream) });
  }
  if (gaps.length === 0) return null;
  const total = sumGaps(gaps, reporting);
  const causes = total.parts.map(({ cause, minor }) => ({ key: cause, label: CAUSE_LABEL[cause], minor }));
  const [from, to] = [since, month].map((each) => monthName(each, locale)) as [string, string];
  const ends = { from, to, asMuchAs: `as much as in ${from}`, than: `of ${from}` };
  const rows = gaps.map((gap, index) => ({ ...named[index]!, ...rowOf(gap) }));
  return {
    since,
    left,
    bridge: gapBridge(
      { projected: total.projectedMinor, actual: total.actualMinor, causes },
      reporting,
      locale,
      ends,
    ),
    byStream: gapTable(
      [...rows, { key: "all", label: all, ...rowOf(total) }],
      causes,
      reporting,
      locale,
      ends,
    ),
  };
}

/** A deal that was not made is a zero; a payout that was not entered is not known. */
function amountIn(row: HistoryRow | undefined, stream: Stream, month: Month): PastMonth | null {
  const minor = row?.minor ?? (stream === "sponsorship" ? 0n : null);
  return minor === null ? null : { ...(row ?? { views: null }), month, minor };
}

function rowOf({ projectedMinor, actualMinor, parts }: Gap): Omit<GapStream, "key" | "label"> {
  const causes = new Map(parts.map(({ cause, minor }) => [cause as string, minor]));
  return { projected: projectedMinor, actual: actualMinor, causes };
}

/** What closing the gap added to the streams' sum; null when that was nothing. */
function restOf(together: Gap, bridge: Gap): Omit<GapStream, "key" | "label"> | null {
  const [sums, { causes, actual }] = [rowOf(together).causes, rowOf(bridge)];
  const added = new Map(
    [...causes]
      .map(([cause, minor]) => [cause, minor - (sums.get(cause) ?? 0n)] as const)
      .filter(([, minor]) => minor !== 0n),
  );
  return added.size === 0 ? null : { projected: 0n, actual: actual - together.actualMinor, causes: added };
}

function least(months: readonly Month[]): Month | null {
  return months.reduce<Month | null>((best, month) => (best === null || month < best ? month : best), null);
}

function greatest(months: readonly Month[]): Month | null {
  return months.reduce<Month | null>((best, month) => (best === null || month > best ? month : best), null);
}
