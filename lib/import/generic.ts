import { type Currency, isCurrency, roundToMinor } from "../model/money";
import { firstDay, lastDay } from "../model/month";
import type { Result } from "../model/result";
import { FORMATS, type Format, type Platform, STREAMS, type Stream } from "../model/words";
import { dayOrderOf, parseDay, parseMonth } from "./dates";
import {
  type Need,
  NO_FIGURES,
  type PayoutDraft,
  type Period,
  type Problem,
  type Sink,
  type TrafficDraft,
  type Twins,
} from "./draft";
import { type FileFormat, type Reading, type ReadOptions, raggedProblem } from "./format";
import { cellsOf, guessMapping, indexOf, type Mapping, platformOf, type Source, streamOf } from "./mapping";
import { isPlausibleAmount, isUnknown, parseAmount, parseCount, parseHours } from "./numbers";
import { allRows, cleanText, normalise, type Row, shown, type Table } from "./parse";

/** Somebody's own table: a row per month (or day), its columns named by a mapping. */
export const GENERIC: FileFormat = {
  id: "generic",
  label: "Your own table",
  detect: () => true,
  read: readGeneric,
};

/** One row and where the mapping's columns stand in it. */
type Cells = { table: Table; row: Row; at: ReadonlyMap<string, number>; problems: Problem[] };
type Amount = { stream: Stream; currency: Currency; minor: bigint };
type Entry = Period & {
  period: string;
  platform: Platform;
  format: Format | null;
  traffic: { views: number | null; watchSeconds: number | null };
  amounts: Amount[];
  line: number;
};

function readGeneric(table: Table, options: ReadOptions, out: Sink): Reading {
  const guess = options.mapping ?? guessMapping(table);
  const mapping: Mapping = {
    ...guess,
    decimal: options.decimal ?? guess.decimal,
    dayOrder: options.dayOrder ?? guess.dayOrder,
  };
  const missing = missingColumns(table, mapping);
  if (missing.length > 0) return { kind: "refused", problems: missing };
  if (table.rowCount === 0)
    return { kind: "refused", problems: [{ message: "The table has a header but no rows." }] };

  const needs = needsOf(table, mapping, options);
  const problems: Problem[] = [];
  if (needs.length > 0) return { kind: "read", needs, problems, notices: [], mapping };

  const at = new Map(columnsNamedBy(mapping).map((column) => [column, indexOf(table, column)]));
  const entries = allRows(table).flatMap(
    (row) => readRow({ table, row, at, problems }, mapping, options) ?? [],
  );
  const traffic = settleTwins(
    trafficDrafts(mapping.amounts?.shape === "long" ? withoutRepeatedTraffic(entries) : entries, options),
    options,
    needs,
    "views",
    addTraffic,
  );
  const payouts = settleTwins(payoutDrafts(entries, mapping, options), options, needs, "money", addPayouts);
  for (const draft of traffic) out.traffic(draft);
  for (const draft of payouts) out.payout(draft);
  return { kind: "read", needs, problems, notices: [], mapping };
}

/** Columns that the mapping names but the table lacks, or has twice. */
function missingColumns(table: Table, mapping: Mapping): Problem[] {
  return columnsNamedBy(mapping).flatMap((column) => {
    const count = table.header.filter((name) => normalise(name) === normalise(column)).length;
    if (count === 1) return [];
    const message =
      count === 0
        ? `There is no column "${column}"; choose one of ${table.header
            .slice(0, 20)
            .map((name) => `"${shown(name)}"`)
            .join(", ")}.`
        : `The column "${column}" occurs ${count} times; rename or remove the others.`;
    return [{ column, message }];
  });
}

function columnsNamedBy({ when, views, watchHours, amounts, platform, format }: Mapping): string[] {
  const sources: (Source | null | undefined)[] = [platform, format];
  const columns = [when?.column, views, watchHours];
  if (amounts?.shape === "wide") columns.push(...amounts.columns.map(({ column }) => column));
  if (amounts?.shape === "long") {
    columns.push(amounts.amount);
    sources.push(amounts.stream, amounts.currency);
  }
  for (const source of sources) if (source && "column" in source) columns.push(source.column);
  return columns.filter((column) => column !== undefined);
}

function needsOf(table: Table, mapping: Mapping, options: ReadOptions): Need[] {
  const needs: Need[] = [];
  const { when, amounts } = mapping;
  if (!when || (!amounts && !mapping.views && !mapping.watchHours))
    needs.push({
      what: "mapping",
      message: "Say which column holds the month, and which hold views or money.",
    });
  const order = when ? dayOrderOf(cellsOf(table, when.column)) : "either";
  if (when && order === "ask" && !mapping.dayOrder) {
    const message = `All dates in "${when.column}" can be read two ways. Say whether the day or the month comes first.`;
    needs.push({ what: "dayOrder", column: when.column, options: ["dmy", "mdy"], message });
  }
  const [column] =
    amounts?.shape === "long"
      ? [amounts.amount]
      : (amounts?.columns.map((each) => each.column) ?? [mapping.watchHours ?? ""]);
  if (mapping.decimal === null) {
    const message = `Amounts such as those in "${column}" can be read two ways. Say whether a point or a comma comes before the decimals.`;
    needs.push({ what: "decimal", column: column ?? "", options: [".", ","], message });
  }
  const lacksCurrency =
    amounts?.shape === "long"
      ? amounts.currency === null
      : amounts?.columns.some((each) => each.currency === null);
  if (lacksCurrency && !options.currency)
    needs.push({
      what: "currency",
      message: "The table does not say which currency its money is in. Choose it.",
    });
  return needs;
}

/** One row as an entry; null when it is refused, the reasons being in `problems`. */
function readRow(cells: Cells, mapping: Mapping, options: ReadOptions): Entry | null {
  const { table, row, problems } = cells;
  const ragged = raggedProblem(table, row);
  if (ragged) problems.push(ragged);
  if (ragged || !mapping.when) return null;
  const before = problems.length;
  const mark = mapping.decimal ?? undefined;
  const period = readPeriod(cells, mapping.when, mapping);
  const platform = readSource(cells, mapping.platform, readPlatform) ?? "other";
  const format = readSource(cells, mapping.format, readFormat) ?? null;
  const views = mapping.views ? readCell(cells, mapping.views, (text) => parseCount(text, { mark })) : null;
  const watchSeconds = mapping.watchHours
    ? readCell(cells, mapping.watchHours, (text) => parseHours(text, mark))
    : null;
  const amounts = readAmounts(cells, mapping, options);
  if (!period || problems.length > before) return null;
  return { ...period, platform, format, traffic: { views, watchSeconds }, amounts, line: row.line };
}

function readPeriod(cells: Cells, when: NonNullable<Mapping["when"]>, { dayOrder }: Mapping) {
  const order = dayOrder ?? undefined;
  if (when.grain === "day") {
    const day = readCell(cells, when.column, (text) => parseDay(cleanText(text), order));
    return day && { period: day, from: day, to: day };
  }
  const month = readCell(cells, when.column, (text) => parseMonth(cleanText(text), order));
  return month && { period: month, from: firstDay(month), to: lastDay(month) };
}

function readAmounts(cells: Cells, { amounts, decimal }: Mapping, options: ReadOptions): Amount[] {
  const mark = decimal ?? undefined;
  if (!amounts) return [];
  if (amounts.shape === "wide")
    return amounts.columns.flatMap(({ column, stream, currency }) => {
      const code = currency ?? options.currency ?? "";
      return amountOf(cells, column, stream, readCurrency(code), mark);
    });
  const amount = readCell(cells, amounts.amount, (text) => parseAmount(text, mark));
  // A row without an amount needs no stream or currency either.
  if (amount === null) return [];
  const stream = readSource(cells, amounts.stream, readStream);
  const currency = readSource(cells, amounts.currency ?? { fixed: options.currency ?? "" }, readCurrency);
  return stream && currency
    ? amountOf(cells, amounts.amount, stream, { ok: true, value: currency }, mark)
    : [];
}

function amountOf(
  cells: Cells,
  column: string,
  stream: Stream,
  currency: Result<Currency>,
  mark: "." | "," | undefined,
): Amount[] {
  const minor = readCell(cells, column, (text) => {
    if (!currency.ok) return currency;
    const amount = parseAmount(text, mark);
    if (!amount.ok || amount.value === null) return amount.ok ? { ok: true, value: null } : amount;
    const rounded = roundToMinor(amount.value, currency.value);
    return isPlausibleAmount(rounded)
      ? { ok: true, value: rounded }
      : { ok: false, error: `"${shown(text)}" is too large to be true; check it for extra digits.` };
  });
  return minor !== null && currency.ok ? [{ stream, currency: currency.value, minor }] : [];
}

function readCell<T>(
  { row, at, problems }: Cells,
  column: string,
  parse: (text: string) => Result<T | null>,
): T | null {
  const result = parse(row.cells[at.get(column) ?? -1] ?? "");
  if (result.ok) return result.value;
  problems.push({ line: row.line, column, message: result.error });
  return null;
}

function readSource<T>(
  cells: Cells,
  source: Source | undefined,
  parse: (text: string) => Result<T | null>,
): T | null {
  if (!source) return null;
  if ("column" in source) return readCell(cells, source.column, parse);
  const result = parse(source.fixed);
  if (result.ok) return result.value;
  cells.problems.push({ line: cells.row.line, message: result.error });
  return null;
}

function readPlatform(text: string): Result<Platform | null> {
  const platform = platformOf(text);
  return isUnknown(text) || platform
    ? { ok: true, value: platform }
    : {
        ok: false,
        error: `"${shown(text)}" is not a platform; use tiktok, youtube, instagram, facebook or other.`,
      };
}

function readFormat(text: string): Result<Format | null> {
  const word = normalise(text);
  const format = FORMATS.find((known) => known === word || `${known}s` === word) ?? null;
  return isUnknown(word) || word === "all" || format
    ? { ok: true, value: format }
    : { ok: false, error: `"${shown(text)}" is not a format; use short, long, live or leave it blank.` };
}

function readStream(text: string): Result<Stream> {
  const stream = streamOf(text);
  return stream
    ? { ok: true, value: stream }
    : { ok: false, error: `"${shown(text)}" is not a known stream; use one of ${STREAMS.join(", ")}.` };
}

function readCurrency(text: string): Result<Currency> {
  const code = text.trim().toUpperCase();
  return isCurrency(code)
    ? { ok: true, value: code }
    : { ok: false, error: `"${shown(text)}" is not a known currency; use a code such as USD.` };
}

/** A long table repeats a month's views beside each stream; they are the same views. */
function withoutRepeatedTraffic(entries: Entry[]): Entry[] {
  const seen = new Set<string>();
  return entries.filter(({ period, platform, format, traffic: { views, watchSeconds } }) => {
    const traffic = [period, platform, format, views, watchSeconds].join(" ");
    return !seen.has(traffic) && seen.add(traffic);
  });
}

function trafficDrafts(entries: Entry[], { channelKey }: ReadOptions): TrafficDraft[] {
  return entries.flatMap(({ period, platform, format, from, to, traffic, line }) => {
    if (traffic.views === null && traffic.watchSeconds === null) return [];
    const sourceKey = `generic:${keyOf(period, platform, format)}:${channelKey}`;
    return [
      { sourceKey, platform, format, videoExternalId: null, from, to, ...NO_FIGURES, ...traffic, line },
    ];
  });
}

function payoutDrafts(entries: Entry[], { state }: Mapping, { channelKey }: ReadOptions): PayoutDraft[] {
  return entries.flatMap(({ period, platform, format, from, to, amounts, line }) =>
    amounts.map(({ stream, currency, minor }) => {
      const sourceKey = `generic:${keyOf(period, platform, format)}:${stream}:${currency}:${channelKey}`;
      const told = { estimatedMinor: null, settledDay: null, note: "", lines: [] };
      return { sourceKey, platform, format, stream, from, to, minor, currency, state, ...told, line };
    }),
  );
}

/** Platform and format belong to the key only where a table tells them apart. */
function keyOf(period: string, platform: Platform, format: Format | null): string {
  return [period, platform === "other" ? null : platform, format].filter((part) => part !== null).join("/");
}

/**
 * Rows that speak of the same month and stream: all are kept under keys of their own while it is asked
 * whether they add up or one of them holds.
 */
function settleTwins<T extends Period & { sourceKey: string; line: number }>(
  drafts: T[],
  { twins }: ReadOptions,
  needs: Need[],
  what: string,
  add: (a: T, b: T) => T,
): T[] {
  const groups = new Map<string, T[]>();
  for (const draft of drafts) {
    const group = groups.get(draft.sourceKey);
    if (group) group.push(draft);
    else groups.set(draft.sourceKey, [draft]);
  }
  const open: Twins[] = [];
  const settled = [...groups.values()].flatMap((group) => {
    const [first, last] = [group[0], group.at(-1)];
    if (!first || !last || group.length === 1) return group;
    if (twins === "sum") return [group.reduce(add)];
    if (twins) return [twins === "first" ? first : last];
    const when = first.from === first.to ? first.from : first.from.slice(0, 7);
    open.push({ when, lines: group.map(({ line }) => line) });
    return group.map((draft, index) =>
      index === 0 ? draft : { ...draft, sourceKey: `${draft.sourceKey}#${index + 1}` },
    );
  });
  if (open.length > 0)
    needs.push({
      what: "twins",
      options: ["sum", "first", "last"],
      groups: open,
      message: twinsMessage(open, what),
    });
  return settled;
}

function twinsMessage(open: Twins[], what: string): string {
  const shown = open.slice(0, 3).map(({ when, lines }) => {
    const times = lines.length === 2 ? "twice" : `${lines.length} times`;
    return `${when} appears ${times} for the same ${what} (lines ${lines.join(", ")})`;
  });
  const more = open.length > shown.length ? `, and ${open.length - shown.length} more do` : "";
  return `${shown.join("; ")}${more}. Say whether such rows add up, or the first or the last one holds.`;
}

function addPayouts(a: PayoutDraft, b: PayoutDraft): PayoutDraft {
  return { ...a, minor: a.minor + b.minor };
}

/** A figure that only one of the rows knows stays unknown in the sum. */
function addTraffic(a: TrafficDraft, b: TrafficDraft): TrafficDraft {
  const plus = (x: number | null, y: number | null) => (x === null || y === null ? null : x + y);
  return { ...a, views: plus(a.views, b.views), watchSeconds: plus(a.watchSeconds, b.watchSeconds) };
}
