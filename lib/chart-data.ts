import {
  compactMoney,
  count,
  MISSING,
  money,
  monthName,
  percent,
  rpm,
  signedMoney,
  signedPercent,
} from "./format";
import { type Currency, decimalOf, exponentOf } from "./model/money";
import type { Month } from "./model/month";
import { DENOMINATOR_LABEL, type Denominator } from "./model/rpm";
import { STREAM_LABEL, STREAMS, type Stream } from "./model/words";

/**
 * From the model's results to finished chart data: where each mark stands, and every text beside it. Pure.
 * Floats only place pixels; each text is formatted from the exact value. Missing, zero and not-yet stay three
 * different things: no mark and "no data", a mark at 0, no mark and "not yet".
 */

/** What is known of one month. "so_far": the month is still running. */
export type Reading<Value> =
  | { readonly kind: "value"; readonly value: Value; readonly sure: "final" | "estimated" | "so_far" }
  | { readonly kind: "missing" }
  | { readonly kind: "not_yet" };

/** What was expected of one month, and how it came to be known. */
export type Expectation<Value> = {
  readonly value: Value;
  readonly low80: Value;
  readonly high80: Value;
  /** kept: frozen before the month; late: same inputs, made late; reconstructed: replayed from history. */
  readonly origin: "kept" | "late" | "reconstructed";
  /** What the same model says with the month's real traffic. */
  readonly withRealTraffic?: Value | null;
};

export type ProjectedMonth<Value> = {
  readonly month: Month;
  readonly actual: Reading<Value>;
  /** null: there is no projection for the month. */
  readonly projection: Expectation<Value> | null;
  /** What happened in the month ("Joined the rewards programme"), marked in the chart. */
  readonly events?: readonly string[];
};

/** How values of one kind are placed and written. Made by moneyScale or rpmScale. */
export type Scale<Value> = {
  readonly locale: string;
  /** What the axis counts: "US$" amounts, or "per 1,000 views". */
  readonly unit: string;
  /** The smallest step between ticks that labels can tell apart. */
  readonly leastStep: number;
  readonly place: (value: Value) => number;
  readonly show: (value: Value) => string;
  /** actual − projected, signed. */
  readonly gap: (actual: Value, projected: Value) => string;
  readonly tick: (at: number, step: number) => string;
};

export type Tick = { readonly at: number; readonly label: string };
export type Axis = { readonly min: number; readonly max: number; readonly ticks: readonly Tick[] };
export type FigureTable = {
  readonly columns: readonly string[];
  readonly rows: readonly { readonly key: string; readonly cells: readonly string[] }[];
};
type Marks = readonly (number | null)[];

export type ProjectionChartData = {
  readonly kind: "projection";
  readonly unit: string;
  readonly labels: readonly string[];
  readonly axis: Axis;
  readonly actual: Marks;
  /** Per month: "solid" is final, "hollow" may still change; null where nothing is drawn. */
  readonly points: readonly ("solid" | "hollow" | null)[];
  /** True where the month is still running, so that no line leads to it. */
  readonly running: readonly boolean[];
  readonly projected: Marks;
  readonly low80: Marks;
  readonly high80: Marks;
  readonly realTraffic: Marks;
  readonly markers: readonly { readonly index: number; readonly label: string }[];
  readonly tooltips: readonly { readonly title: string; readonly lines: readonly string[] }[];
  readonly summary: string;
  readonly table: FigureTable;
};

export type StreamMonth = {
  readonly month: Month;
  /** Minor units by stream; a stream that is not named earned nothing that month. */
  readonly earned: Reading<Readonly<Partial<Record<Stream, bigint>>>>;
};

export type StreamBarsData = {
  readonly kind: "streams";
  readonly unit: string;
  readonly labels: readonly string[];
  readonly axis: Axis;
  /** Width of a bar as a share of its month's place. */
  readonly barShare: number;
  readonly series: readonly { readonly stream: Stream; readonly label: string; readonly marks: Marks }[];
  /** Why a month has no bar; null where it has one. */
  readonly empty: readonly ("missing" | "zero" | "not_yet" | null)[];
  readonly tooltips: readonly { readonly title: string; readonly lines: readonly string[] }[];
  readonly summary: string;
  readonly table: FigureTable;
};

export type GapCause = {
  readonly key: string;
  readonly label: string;
  readonly minor: bigint;
  readonly note?: string;
};

export type GapRow = {
  readonly key: string;
  readonly label: string;
  readonly note: string | null;
  readonly amount: string;
  readonly kind: "total" | "more" | "less" | "same";
  /** Where the bar begins and ends, in percent of the width, start <= end. */
  readonly start: number;
  readonly end: number;
  /** Where the running sum stands after this row. */
  readonly runsTo: number;
};

export type GapBridgeData = {
  readonly rows: readonly GapRow[];
  readonly zeroAt: number;
  readonly summary: string;
};

/** Amounts of one currency, in minor units. */
export function moneyScale(currency: Currency, locale: string): Scale<bigint> {
  const units = 10 ** exponentOf(currency);
  return {
    locale,
    unit: currency,
    leastStep: 1 / units,
    place: (minor) => Number(decimalOf(minor, currency)),
    show: (minor) => money(minor, currency, locale),
    gap: (actual, projected) => {
      const share = projected === 0n ? null : Number(actual - projected) / Math.abs(Number(projected));
      const amount = signedMoney(actual - projected, currency, locale);
      return share === null ? amount : `${amount} (${signedPercent(share, locale)})`;
    },
    tick: (at) => compactMoney(BigInt(Math.round(at * units)), currency, locale),
  };
}

/** Money per 1,000 of `per`: exact decimal text (lib/model/rpm) or the model's number, in whole units. */
export function rpmScale(currency: Currency, per: Denominator, locale: string): Scale<string | number> {
  return {
    locale,
    unit: `${currency} per 1,000 ${DENOMINATOR_LABEL[per]}`,
    leastStep: 0.001,
    place: Number,
    show: (value) => rpm(value, currency, locale),
    gap: (actual, projected) =>
      Number(projected) === 0 ? MISSING : signedPercent(Number(actual) / Number(projected) - 1, locale),
    tick: (at, step) => rpm(at.toFixed(decimalsOf(step)), currency, locale),
  };
}

/** Actual against projected by month, in calendar order; months that are absent from the list are not drawn. */
export function projectionChart<Value>(
  months: readonly ProjectedMonth<Value>[],
  scale: Scale<Value>,
): ProjectionChartData {
  const { locale, place, show } = scale;
  const actual = months.map(({ actual: reading }) =>
    reading.kind === "value" ? place(reading.value) : null,
  );
  const expected = (pick: (expectation: Expectation<Value>) => Value | null | undefined) =>
    months.map(({ projection }) => {
      const value = projection && pick(projection);
      return value === null || value === undefined ? null : place(value);
    });
  const projected = expected((projection) => projection.value);
  const high80 = expected((projection) => projection.high80);
  const realTraffic = expected((projection) => projection.withRealTraffic);
  const low80 = expected((projection) => projection.low80);
  const isMarked = months.some(({ events = [] }) => events.length > 0);

  return {
    kind: "projection",
    unit: scale.unit,
    labels: months.map(({ month }) => monthName(month, locale, "short")),
    axis: axisFor([...actual, ...projected, ...realTraffic, ...low80], high80, scale),
    actual,
    points: months.map(({ actual: reading }) =>
      reading.kind === "value" ? (reading.sure === "final" ? "solid" : "hollow") : null,
    ),
    running: months.map(({ actual: reading }) => reading.kind === "value" && reading.sure === "so_far"),
    projected,
    low80,
    high80,
    realTraffic,
    markers: months.flatMap(({ events = [] }, index) => events.map((label) => ({ index, label }))),
    tooltips: months.map(({ month, actual: reading, projection, events = [] }) => ({
      title: monthName(month, locale),
      lines: [
        `Actual ${written(reading, show)}`,
        ...(projection
          ? [
              `Projected ${show(projection.value)}${ORIGIN_NOTE[projection.origin]}`,
              `${percent(0.8, locale)} band ${show(projection.low80)} to ${show(projection.high80)}`,
            ]
          : ["No projection"]),
        ...(projection?.withRealTraffic === null || projection?.withRealTraffic === undefined
          ? []
          : [`With the real traffic ${show(projection.withRealTraffic)}`]),
        ...(projection && isClosed(reading) ? [`Gap ${scale.gap(reading.value, projection.value)}`] : []),
        ...events,
      ],
    })),
    summary: projectionSummary(months, scale),
    table: {
      columns: [
        "Month",
        "Actual",
        "Projected",
        `${percent(0.8, locale)} band`,
        "Gap",
        ...(isMarked ? ["Events"] : []),
      ],
      rows: months.map(({ month, actual: reading, projection, events = [] }) => ({
        key: month,
        cells: [
          monthName(month, locale, "short"),
          written(reading, show),
          projection ? `${show(projection.value)}${ORIGIN_NOTE[projection.origin]}` : MISSING,
          projection ? `${show(projection.low80)} to ${show(projection.high80)}` : MISSING,
          projection && isClosed(reading) ? scale.gap(reading.value, projection.value) : MISSING,
          ...(isMarked ? [events.join("; ") || MISSING] : []),
        ],
      })),
    },
  };
}

/** Earnings by stream and month, stacked in the order of STREAMS; only streams that earned are listed. */
export function streamBars(
  months: readonly StreamMonth[],
  currency: Currency,
  locale: string,
): StreamBarsData {
  const scale = moneyScale(currency, locale);
  const present = STREAMS.filter((stream) => months.some(({ earned }) => amountOf(earned, stream)));
  const totals = months.map(({ earned }) =>
    earned.kind === "value" ? sum(present.map((stream) => earned.value[stream] ?? 0n)) : null,
  );
  // A refund larger than the month's earnings stands below the axis, beside what was earned above it.
  const stack = (sign: 1 | -1) =>
    months.map(({ earned }) => {
      const parts = present.map((stream) => amountOf(earned, stream) ?? 0n);
      return scale.place(sum(parts.filter((part) => (sign === 1 ? part > 0n : part < 0n))));
    });

  return {
    kind: "streams",
    unit: currency,
    labels: months.map(({ month }) => monthName(month, locale, "short")),
    axis: axisFor([...stack(1), ...stack(-1)], [], scale),
    barShare: 0.7 * Math.min(1, months.length / 6),
    series: present.map((stream) => ({
      stream,
      label: STREAM_LABEL[stream],
      marks: months.map(({ earned }) =>
        earned.kind === "value" ? scale.place(earned.value[stream] ?? 0n) : null,
      ),
    })),
    empty: months.map(({ earned }) => {
      if (earned.kind !== "value") return earned.kind;
      return present.some((stream) => earned.value[stream]) ? null : "zero";
    }),
    tooltips: months.map(({ month, earned }, index) => ({
      title: monthName(month, locale),
      lines:
        earned.kind === "value"
          ? [
              `Total ${written(earned, () => scale.show(totals[index] ?? 0n))}`,
              ...present
                .filter((stream) => earned.value[stream])
                .map((stream) => `${STREAM_LABEL[stream]} ${scale.show(earned.value[stream] ?? 0n)}`),
            ]
          : [written(earned, () => "")],
    })),
    summary: streamSummary(months, present, currency, locale),
    table: {
      columns: ["Month", ...present.map((stream) => STREAM_LABEL[stream]), "Total"],
      rows: months.map(({ month, earned }, index) => ({
        key: month,
        cells: [
          monthName(month, locale, "short"),
          ...present.map((stream) =>
            earned.kind === "value" ? scale.show(earned.value[stream] ?? 0n) : MISSING,
          ),
          written(earned, () => scale.show(totals[index] ?? 0n)),
        ],
      })),
    },
  };
}

/** What stands at either end of a bridge, and how a sentence says it. */
export type BridgeEnds = {
  readonly from: string;
  readonly to: string;
  /** "… was earned, exactly as projected" */
  readonly asMuchAs: string;
  /** "… less than the $10.00 projected" */
  readonly than: string;
};
const PROJECTION_ENDS: BridgeEnds = {
  from: "Projected",
  to: "Actual",
  asMuchAs: "as projected",
  than: "projected",
};

/** One stream's row of the gap's table; `causes` by key, absent where a cause plays no part. */
export type GapStream = {
  readonly key: string;
  readonly label: string;
  readonly projected: bigint;
  readonly actual: bigint;
  readonly causes: ReadonlyMap<string, bigint>;
};

/** The bridge's causes stream by stream; each column sums to the bridge's step, to the cent. */
export function gapTable(
  streams: readonly GapStream[],
  causes: readonly GapCause[],
  currency: Currency,
  locale: string,
  { from, to }: Pick<BridgeEnds, "from" | "to"> = PROJECTION_ENDS,
): FigureTable {
  return {
    columns: ["Stream", from, to, ...causes.map(({ label }) => label)],
    rows: streams.map(({ key, label, projected, actual, causes: own }) => ({
      key,
      cells: [
        label,
        money(projected, currency, locale),
        money(actual, currency, locale),
        ...causes.map((cause) => {
          const minor = own.get(cause.key);
          return minor === undefined ? MISSING : signedMoney(minor, currency, locale);
        }),
      ],
    })),
  };
}

/**
 * From projected to actual through the causes, as bars that begin where the one before ended. There is no bar
 * for an unexplained rest: throws RangeError unless the causes sum to actual − projected exactly.
 */
export function gapBridge(
  gap: { readonly projected: bigint; readonly actual: bigint; readonly causes: readonly GapCause[] },
  currency: Currency,
  locale: string,
  ends: BridgeEnds = PROJECTION_ENDS,
): GapBridgeData {
  const { projected, actual, causes } = gap;
  const explained = sum(causes.map((cause) => cause.minor));
  if (explained !== actual - projected) {
    throw new RangeError(
      `The causes sum to ${decimalOf(explained, currency)}, but the gap is ${decimalOf(actual - projected, currency)}.`,
    );
  }
  const runs = [projected];
  for (const cause of causes) runs.push((runs.at(-1) ?? 0n) + cause.minor);
  const reach = [0n, actual, ...runs].map((minor) => Number(decimalOf(minor, currency)));
  const low = Math.min(...reach);
  const width = Math.max(...reach) - low || 1;
  const at = (minor: bigint) =>
    Math.round(((Number(decimalOf(minor, currency)) - low) / width) * 10_000) / 100;
  const bar = (from: bigint, to: bigint) => ({
    start: Math.min(at(from), at(to)),
    end: Math.max(at(from), at(to)),
    runsTo: at(to),
  });

  return {
    rows: [
      {
        key: "projected",
        label: ends.from,
        note: null,
        amount: money(projected, currency, locale),
        kind: "total",
        ...bar(0n, projected),
      },
      ...causes.map(
        (cause, index): GapRow => ({
          key: cause.key,
          label: cause.label,
          note: cause.note ?? null,
          amount: signedMoney(cause.minor, currency, locale),
          kind: cause.minor > 0n ? "more" : cause.minor < 0n ? "less" : "same",
          ...bar(runs[index] ?? 0n, runs[index + 1] ?? 0n),
        }),
      ),
      {
        key: "actual",
        label: ends.to,
        note: null,
        amount: money(actual, currency, locale),
        kind: "total",
        ...bar(0n, actual),
      },
    ],
    zeroAt: at(0n),
    summary: gapSummary(gap, currency, locale, ends),
  };
}

const ORIGIN_NOTE: Readonly<Record<Expectation<unknown>["origin"], string>> = {
  kept: "",
  late: " (made late)",
  reconstructed: " (reconstructed)",
};

function written<Value>(reading: Reading<Value>, show: (value: Value) => string): string {
  if (reading.kind === "missing") return "no data";
  if (reading.kind === "not_yet") return "not yet";
  const note = reading.sure === "estimated" ? " (estimated)" : reading.sure === "so_far" ? " (so far)" : "";
  return show(reading.value) + note;
}

/** A month that is over and has a figure: only that can be judged against its projection. */
function isClosed<Value>(reading: Reading<Value>): reading is Extract<Reading<Value>, { kind: "value" }> {
  return reading.kind === "value" && reading.sure !== "so_far";
}

function projectionSummary<Value>(months: readonly ProjectedMonth<Value>[], scale: Scale<Value>): string {
  const { locale, place, show } = scale;
  const judged = months.flatMap(({ month, actual, projection }) =>
    projection && isClosed(actual) ? [{ month, actual: actual.value, projection }] : [],
  );
  const latest = judged.at(-1);
  if (!latest) {
    if (months.every(({ actual }) => actual.kind !== "value")) return "No figures in these months yet.";
    return "No month with both a figure and a projection yet.";
  }
  const hits = (origins: readonly string[]) => {
    const group = judged.filter(({ projection }) => origins.includes(projection.origin));
    const inside = group.filter(
      ({ actual, projection }) =>
        place(actual) >= place(projection.low80) && place(actual) <= place(projection.high80),
    );
    return group.length === 0 ? null : `${count(inside.length, locale)} of ${count(group.length, locale)}`;
  };
  const kept = hits(["kept", "late"]);
  const reconstructed = hits(["reconstructed"]);
  const inside = [
    kept && `${kept} ${judged.length === 1 ? "month" : "months"}`,
    reconstructed && `${reconstructed} reconstructed`,
  ].filter(Boolean);
  return (
    `Inside the ${percent(0.8, locale)} band: ${inside.join(", ")}. ` +
    `Latest, ${monthName(latest.month, locale)}: ${show(latest.actual)} against ` +
    `${show(latest.projection.value)} projected, ${scale.gap(latest.actual, latest.projection.value)}.`
  );
}

function streamSummary(
  months: readonly StreamMonth[],
  present: readonly Stream[],
  currency: Currency,
  locale: string,
): string {
  const byStream = present.map((stream) => ({
    stream,
    minor: sum(months.map(({ earned }) => amountOf(earned, stream) ?? 0n)),
  }));
  const total = sum(byStream.map(({ minor }) => minor));
  const known = months.filter(({ earned }) => earned.kind === "value").length;
  if (known === 0) return "Nothing logged in these months yet.";
  const span = `in ${count(known, locale)} ${known === 1 ? "month" : "months"}`;
  const largest = byStream.reduce<{ stream: Stream; minor: bigint } | null>(
    (best, each) => (best === null || each.minor > best.minor ? each : best),
    null,
  );
  const sentence = `${money(total, currency, locale)} ${span}`;
  if (!largest || total <= 0n || largest.minor <= 0n) return `${sentence}.`;
  const share = percent(Number((largest.minor * 10_000n) / total) / 10_000, locale);
  return `${sentence}; the largest part, ${share}, from ${STREAM_LABEL[largest.stream].toLowerCase()}.`;
}

function gapSummary(
  { projected, actual, causes }: { projected: bigint; actual: bigint; causes: readonly GapCause[] },
  currency: Currency,
  locale: string,
  { asMuchAs, than }: BridgeEnds,
): string {
  const difference = actual - projected;
  const shown = money(actual, currency, locale);
  const expected = money(projected, currency, locale);
  const outcome =
    difference === 0n
      ? `${shown} was earned, exactly ${asMuchAs}.`
      : `${shown} was earned, ${money(difference < 0n ? -difference : difference, currency, locale)} ` +
        `${difference > 0n ? "more" : "less"} than the ${expected} ${than}.`;
  const largest = [...causes].sort((a, b) => (magnitude(a.minor) < magnitude(b.minor) ? 1 : -1))[0];
  if (!largest || largest.minor === 0n) return outcome;
  return `${outcome} Largest cause: ${largest.label.toLowerCase()}, ${signedMoney(largest.minor, currency, locale)}.`;
}

/**
 * A value axis with at most 7 round ticks that holds zero and all `lines`. A band may be many times wider than
 * the lines (a first projection from a benchmark); it then runs out at the top instead of flattening them.
 */
export function axisFor(
  lines: Marks,
  band: Marks,
  { leastStep, tick }: Pick<Scale<never>, "leastStep" | "tick">,
): Axis {
  const known = lines.filter((mark) => mark !== null);
  const top = Math.max(0, ...known);
  const bandTop = Math.max(0, ...band.filter((mark) => mark !== null));
  const high = Math.max(top, top > 0 ? Math.min(bandTop, 2 * top) : bandTop);
  const low = Math.min(0, ...known);
  if (high === low) return { min: 0, max: 1, ticks: [{ at: 0, label: tick(0, 1) }] };
  const step = Math.max(leastStep, roundStep((high - low) / 4));
  const first = Math.floor(low / step + 1e-12);
  const last = Math.ceil(high / step - 1e-12);
  // Multiples of the step, not a running sum: 0.1 + 0.1 + 0.1 would not be 0.3.
  const ticks = Array.from({ length: last - first + 1 }, (_, index) => {
    const at = Number(((first + index) * step).toPrecision(12));
    return { at, label: tick(at, step) };
  });
  return { min: first * step, max: last * step, ticks };
}

/** The next of 1, 2, 2.5, 5, 10 × a power of ten. */
function roundStep(rough: number): number {
  const power = 10 ** Math.floor(Math.log10(rough));
  const factor = [1, 2, 2.5, 5, 10].find((each) => each * power >= rough * (1 - 1e-9)) ?? 10;
  return factor * power;
}

/** Decimals that tell multiples of the step apart. */
function decimalsOf(step: number): number {
  if (step >= 1 && Number.isInteger(step)) return 0;
  return Math.min(6, Math.max(2, Math.ceil(-Math.log10(step)) + 1));
}

function amountOf(earned: StreamMonth["earned"], stream: Stream): bigint | undefined {
  return earned.kind === "value" ? earned.value[stream] : undefined;
}

function sum(parts: readonly bigint[]): bigint {
  return parts.reduce((total, part) => total + part, 0n);
}

function magnitude(minor: bigint): bigint {
  return minor < 0n ? -minor : minor;
}
