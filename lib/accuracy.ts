import { type ErrorBarsData, errorBars } from "./error-bars";
import {
  type ExpectationInput,
  type Expected,
  expectationsOf,
  type Replayed,
  withReplay,
} from "./expectations";
import { calculatorRateFor } from "./model/calculator";
import { historiesOf, type Ledger, type MoneyCell, streamId, viewsByMonth } from "./model/histories";
import { type Currency, convert, exponentOf } from "./model/money";
import { addMonths, type Day, type Month, monthOf, monthsFrom } from "./model/month";
import { type HistoryRow, type Projection, withRealTraffic } from "./model/projection";
import { cellsAt, firstJudged, lastChanged, lastJudged, type MoneySteps } from "./model/restated";
import {
  type Beside,
  besideFlatRates,
  NAIVE_LOOKS_BACK,
  type Score,
  type ScoredMonth,
  scoreApart,
  scoreMonths,
  scoreTotal,
} from "./model/score";
import { totalOf } from "./model/total";
import { streamName } from "./model/words";
import { earnedOf } from "./overview";

/**
 * How well a creator's months were projected, as first judged and as it stands today. Pure. Both are judged at the
 * traffic and the exchange rates known today, so what differs between them are corrected amounts.
 */

export const ACCURACY_RANGES = [12, 24, "all"] as const;
export type AccuracyRange = (typeof ACCURACY_RANGES)[number];

/** The months that are judged. */
export type JudgedMonths = { readonly from: Month; readonly to: Month; readonly first: Month };

export type AccuracyInput = ExpectationInput & {
  readonly locale: string;
  readonly ledger: Ledger;
  /** Of all months up to the last judged one. */
  readonly steps: readonly MoneySteps[];
  readonly window: JudgedMonths;
  /** What all streams together are called, where they are not all. */
  readonly together?: string | undefined;
  /** Whose errors are drawn: a streamId; null or one that is not judged: the total. */
  readonly subject: string | null;
};

/** The score as the month was first judged, and with the amounts of today; null when there is none. */
export type ScorePair = { readonly first: Score | null; readonly restated: Score | null };

/** The total or one stream; what was frozen before the month and what was reconstructed are never mixed. */
export type JudgedSubject = {
  readonly id: string;
  readonly label: string;
  readonly currency: Currency;
  readonly kept: ScorePair;
  readonly reconstructed: ScorePair;
};

export type Accuracy = {
  /** The total first, then the streams, the largest earner first. */
  readonly subjects: readonly JudgedSubject[];
  /** Streams that were projected but come in lumps: no rate of theirs is judged. */
  readonly lumpy: readonly string[];
  readonly chosen: { readonly id: string; readonly label: string };
  readonly chart: ErrorBarsData;
};

export const TOTAL = "total";

/** The last months that can be judged; null when there is none yet. */
export function judgedMonths(
  ledger: Pick<Ledger, "money">,
  today: Day,
  range: AccuracyRange,
): JudgedMonths | null {
  const to = lastJudged(monthOf(today));
  const first = ledger.money.reduce<Month>(
    (least, { month }) => (month < least ? month : least),
    addMonths(to, 1),
  );
  if (first > to) return null;
  const from = range === "all" ? first : addMonths(to, 1 - range);
  return { from: from < first ? first : from, to, first };
}

export function accuracyOf(asked: AccuracyInput): Accuracy {
  const input: Input = { ...asked, views: viewsByMonth(asked.ledger.traffic) };
  const { window, reporting, locale, ledger } = input;
  const months = monthsFrom(window.from, window.to);
  const now = sceneOf(input, ledger.money, window.from, window.to);
  const restated = months.map((month) => judge(input, now, month));
  const first = firstScores(input, restated);

  const streams = new Map<string, { label: string; currency: Currency; earned: number }>();
  const lumpy = new Map<string, string>();
  for (const judged of [...first, ...restated]) {
    for (const [id, { projection, label, worth }] of judged.streams) {
      const scored = judged.scores.get(id);
      const known = streams.get(id) ?? { label, currency: projection.key.currency, earned: 0 };
      if (scored) streams.set(id, { ...known, earned: known.earned + worth });
      else if (projection.basis === "lumpy") lumpy.set(id, label);
    }
  }
  const pairOf = (id: string) => {
    const of = (all: readonly Judged[]) => scoreApart(all.flatMap(({ scores }) => scores.get(id) ?? []));
    const [before, after] = [of(first), of(restated)];
    return {
      kept: { first: before.kept, restated: after.kept },
      reconstructed: { first: before.reconstructed, restated: after.reconstructed },
    };
  };
  const subjects: JudgedSubject[] = [
    {
      id: TOTAL,
      label: `${asked.together ?? "All streams"} in total`,
      currency: reporting,
      ...pairOf(TOTAL),
    },
    ...[...streams]
      .sort(([, a], [, b]) => b.earned - a.earned)
      .map(([id, { label, currency }]) => ({ id, label, currency, ...pairOf(id) })),
  ];
  const chosen = subjects.find(({ id }) => id === input.subject) ?? subjects[0]!;
  return {
    subjects,
    lumpy: [...lumpy].filter(([id]) => !streams.has(id)).map(([, label]) => label),
    chosen: { id: chosen.id, label: chosen.label },
    chart: errorBars(
      months.map((month, index) => ({ month, scored: restated[index]?.scores.get(chosen.id) ?? null })),
      locale,
    ),
  };
}

// ---------------------------------------------------------------- one month

/** A ledger as it stood, as far as it bears on the months judged. */
type Scene = {
  readonly streams: ReadonlyMap<string, Replayed>;
  readonly cells: ReadonlyMap<Month, readonly MoneyCell[]>;
  /** What was asked for already: neighbouring months look back on the same ones. */
  readonly earned: Map<Month, bigint | null>;
};

/** All views by month, the same for every scene. */
type Input = AccuracyInput & { readonly views: ReadonlyMap<Month, number | null> };

type Judged = {
  /** By streamId, and under TOTAL; only what could be judged. */
  readonly scores: ReadonlyMap<string, ScoredMonth>;
  /** What was expected of each stream, and what it earned in the reporting currency. */
  readonly streams: ReadonlyMap<string, { projection: Projection; label: string; worth: number }>;
};

/** The money up to `to`; months from `from` on are replayed, unless all of them have frozen projections. */
function sceneOf(
  { ledger, kept }: AccuracyInput,
  money: readonly MoneyCell[],
  from: Month,
  to: Month,
): Scene {
  const upTo = <Cell extends { month: Month }>(cells: readonly Cell[]) =>
    cells.filter(({ month }) => month <= to);
  const past = upTo(money);
  const isReplayed = monthsFrom(from, to).some((month) => !kept.has(month));
  const streams = historiesOf({ ...ledger, money: past, traffic: upTo(ledger.traffic) }, { until: to });
  const cells = new Map<Month, MoneyCell[]>();
  for (const cell of past) {
    const there = cells.get(cell.month);
    if (there) there.push(cell);
    else cells.set(cell.month, [cell]);
  }
  return {
    streams: new Map(streams.map((stream) => [stream.id, withReplay(stream, isReplayed ? from : null)])),
    cells,
    earned: new Map(),
  };
}

function judge(input: Input, scene: Scene, month: Month): Judged {
  const { views } = input;
  const scores = new Map<string, ScoredMonth>();
  const streams = new Map<string, { projection: Projection; label: string; worth: number }>();
  const expected = expectationsOf(input, scene.streams, views, month);
  for (const [id, { projection }] of expected.streams) {
    const replayed = scene.streams.get(id);
    const [scored] = scoreMonths(recentRows(replayed, month), [projection], calculatorOf(input, projection));
    if (scored) scores.set(id, scored);
    const minor = replayed?.rows.get(month)?.minor ?? null;
    const platform = replayed?.stream.platform ?? projection.key.platform;
    const label = streamName({ ...projection.key, platform: platform === "other" ? null : platform });
    streams.set(id, { projection, label, worth: worthOf(input, projection.key.currency, month, minor) });
  }
  const total = judgeTotal(input, scene, expected, month);
  if (total) scores.set(TOTAL, total);
  return { scores, streams };
}

/**
 * Like with like: a stream of which nothing was entered is left out of what was projected, for missing is not zero;
 * a deal that was not made is a zero.
 */
function judgeTotal(input: Input, scene: Scene, expected: Expected, month: Month): ScoredMonth | null {
  const { reporting, views } = input;
  const compared: Projection[] = [];
  const rates: Record<string, string> = {};
  const [flat, calculator]: [Beside[], Beside[]] = [[], []];
  let [isWhole, withRealTrafficMinor] = [true, 0n];
  for (const [id, { projection, rate }] of expected.streams) {
    const { currency } = projection.key;
    if (projection.medianMinor === null || rate === null) continue;
    const row = scene.streams.get(id)?.rows.get(month);
    if (row?.minor == null && projection.basis !== "lumpy") {
      isWhole = false;
      continue;
    }
    compared.push(projection);
    rates[currency] = rate;
    const real = (row && withRealTraffic(projection, row)?.medianMinor) ?? projection.medianMinor;
    withRealTrafficMinor += convert(real, currency, reporting, rate);
    if (!row) continue;
    const besides = besideFlatRates(projection, row, calculatorOf(input, projection));
    const now = currency === reporting ? "1" : input.rateFor(currency, month);
    if (besides.flat && now !== null) flat.push(converted(besides.flat, Number(now)));
    if (besides.calculator && now !== null) calculator.push(converted(besides.calculator, Number(now)));
  }
  const shown = isWhole ? expected.total : null;
  const summed = shown ? null : totalOf(compared, reporting, rates);
  const projectedMinor = shown?.minor ?? summed?.medianMinor;
  const bands = shown?.bands ?? summed?.bands;
  const earned = earnedIn(input, scene, month);
  if (projectedMinor === undefined || bands === undefined || earned === null) return null;
  return scoreTotal(
    {
      month,
      reconstructed: expected.origin === "reconstructed",
      actualMinor: earned,
      projectedMinor,
      bands,
      withRealTrafficMinor,
      views: views.get(month) ?? null,
      flat,
      calculator,
    },
    monthsFrom(addMonths(month, -NAIVE_LOOKS_BACK), addMonths(month, -1))
      .filter((each) => scene.cells.has(each))
      .map((each) => ({
        month: each,
        minor: earnedIn(input, scene, each),
        views: views.get(each) ?? null,
      })),
    reporting,
  );
}

function recentRows(replayed: Replayed | undefined, month: Month): HistoryRow[] {
  const since = addMonths(month, -NAIVE_LOOKS_BACK);
  return [...(replayed?.rows.values() ?? [])].filter((row) => row.month >= since && row.month <= month);
}

function earnedIn(
  { reporting, rateFor }: AccuracyInput,
  { cells, earned }: Scene,
  month: Month,
): bigint | null {
  const known = earned.get(month);
  if (known !== undefined) return known;
  const { minor } = earnedOf(cells.get(month) ?? [], reporting, rateFor);
  earned.set(month, minor);
  return minor;
}

/** What public calculators say of a stream, per 1,000 views in its currency. */
function calculatorOf({ ledger }: AccuracyInput, { key }: Projection): number | null {
  const perUsd = key.currency === "USD" ? 1 : Number(ledger.perUsd[key.currency] ?? 0);
  const found = calculatorRateFor(key);
  return found && perUsd > 0 ? found.usd * perUsd : null;
}

function converted({ actual, said, model }: Beside, rate: number): Beside {
  return { actual: actual * rate, said: said * rate, model: model * rate };
}

/** For the order of the streams: in major units of the reporting currency, 0 when it cannot be said. */
function worthOf(
  { reporting, rateFor }: AccuracyInput,
  currency: Currency,
  month: Month,
  minor: bigint | null,
): number {
  const rate = currency === reporting ? "1" : rateFor(currency, month);
  if (minor === null || rate === null) return 0;
  return Number(convert(minor, currency, reporting, rate)) / 10 ** exponentOf(reporting);
}

// ---------------------------------------------------------------- as first made

/**
 * Each month from the ledger as it stood when the month was first judged: its own amount, those the naive rules
 * look back on, and those a reconstructed projection learns from. Where nothing of that has changed since, the
 * score of today is the first one.
 */
function firstScores(input: Input, restated: readonly Judged[]): Judged[] {
  const { steps, window } = input;
  const ordered = [...steps].sort((a, b) => (a.month < b.month ? -1 : a.month > b.month ? 1 : 0));
  let [known, changed] = [0, Number.NEGATIVE_INFINITY];
  return monthsFrom(window.from, window.to).map((month, index) => {
    while (known < ordered.length && ordered[known]!.month <= month)
      changed = Math.max(changed, lastChanged([ordered[known++]!]) ?? changed);
    const past = ordered.slice(0, known);
    const own = past.filter((cell) => cell.month === month);
    const today = restated[index]!;
    const scenes = new Map<number, Judged>();
    const judgedAt = (at: number): Judged => {
      if (changed <= at) return today;
      const judged = scenes.get(at) ?? judge(input, sceneOf(input, cellsAt(past, at), month, month), month);
      scenes.set(at, judged);
      return judged;
    };
    const scores = new Map<string, ScoredMonth>();
    const streams = new Map(today.streams);
    const keep = (id: string, cells: readonly MoneySteps[]) => {
      const at = firstJudged(cells);
      if (at === null) return;
      const judged = judgedAt(at);
      const [scored, stream] = [judged.scores.get(id), judged.streams.get(id)];
      if (scored) scores.set(id, scored);
      if (stream && !streams.has(id)) streams.set(id, { ...stream, worth: 0 });
    };
    keep(TOTAL, own);
    for (const [id, cells] of byStream(own)) keep(id, cells);
    return { scores, streams };
  });
}

function byStream(cells: readonly MoneySteps[]): Map<string, MoneySteps[]> {
  const streams = new Map<string, MoneySteps[]>();
  for (const cell of cells) {
    const id = streamId(cell);
    streams.set(id, [...(streams.get(id) ?? []), cell]);
  }
  return streams;
}
