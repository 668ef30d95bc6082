import { type Currency, type Decimal, isCurrency, roundToMinor } from "../model/money";
import { firstDay, lastDay, monthOf } from "../model/month";
import type { Result } from "../model/result";
import { FORMATS, type Format, type Platform, STREAMS, type Stream } from "../model/words";
import { parseDay, parseMonth } from "./dates";
import type { Figures, Period, Problem } from "./draft";
import { type ReadOptions, raggedProblem } from "./format";
import { type RowVideo, videoIn } from "./generic-video";
import { indexOf, type Mapping, platformOf, type Source, streamOf } from "./mapping";
import { isPlausibleAmount, isUnknown, parseAmount, parseCount, parseHours } from "./numbers";
import { cleanText, normalise, type Row, shown, type Table } from "./parse";

/** One row of somebody's own table, understood. */
export type Entry = Period & {
  /** What it is called when it must be told from others: its month or day, or its reference. */
  name: string;
  /** Its part of a source key. */
  key: string;
  platform: Platform;
  format: Format | null;
  video: RowVideo | null;
  figures: Figures;
  amounts: Amount[];
  note: string;
  line: number;
};
export type Amount = { stream: Stream; currency: Currency; minor: bigint };

/** What the rows of a table are read with. */
export type RowReader = {
  table: Table;
  mapping: Mapping;
  options: ReadOptions;
  at: ReadonlyMap<string, number>;
  /** Learns each figure of a row that counts. */
  onFigure: (column: string, figure: Decimal) => void;
  problems: Problem[];
  parse: Parsers;
};
/** Of what repeats from row to row. */
type Parsers = ReturnType<typeof parsersFor>;
type Cells = { reader: RowReader; row: Row; figures: [string, Decimal][] };

const MAX_REMEMBERED = 2_000;

export function rowReader(
  table: Table,
  mapping: Mapping,
  options: ReadOptions,
  problems: Problem[],
  onFigure: RowReader["onFigure"],
): RowReader {
  const at = new Map(columnsNamedBy(mapping).map((column) => [column, indexOf(table, column)]));
  return { table, mapping, options, at, onFigure, problems, parse: parsersFor(mapping) };
}

function parsersFor({ dayOrder }: Mapping) {
  const order = dayOrder ?? undefined;
  return {
    day: remembered((text) => parseDay(cleanText(text), order)),
    month: remembered((text) => parseMonth(cleanText(text), order)),
    platform: remembered(readPlatform),
    format: remembered(readFormat),
    stream: remembered(readStream),
    currency: remembered(readCurrency),
  };
}

/** The same function, which keeps its first answers: a million rows have few days, streams and currencies. */
function remembered<T>(parse: (text: string) => T): (text: string) => T {
  const answers = new Map<string, T>();
  return (text) => {
    const known = answers.get(text);
    if (known !== undefined) return known;
    const answer = parse(text);
    if (answers.size < MAX_REMEMBERED) answers.set(text, answer);
    return answer;
  };
}

/** Columns of counts by their roles, in a mapping and in a draft alike. */
export const COUNT_ROLES = [
  "views",
  "qualifiedViews",
  "engagedViews",
  "likes",
  "comments",
  "shares",
] as const satisfies readonly (keyof Figures & keyof Mapping)[];

const TOTALS = new Set(
  "total,totals,grand total,sum,summe,gesamt,insgesamt,totale,totaal,suma,итого,合計,합계,tổng".split(","),
);
const MAX_NOTE = 500;
const MAX_REFERENCE = 200;

export function columnsNamedBy(mapping: Mapping): string[] {
  const { when, video, reference, note, watchHours, amounts, platform, format } = mapping;
  const sources: (Source | null | undefined)[] = [platform, format];
  const columns = [
    when?.column,
    video,
    reference,
    note,
    watchHours,
    ...COUNT_ROLES.map((role) => mapping[role]),
  ];
  if (amounts?.shape === "wide") columns.push(...amounts.columns.map(({ column }) => column));
  if (amounts?.shape === "long") {
    columns.push(amounts.amount);
    sources.push(amounts.stream, amounts.currency);
  }
  for (const source of sources) if (source && "column" in source) columns.push(source.column);
  return columns.filter((column) => column !== undefined);
}

/** A row that sums the others, told by its first word; it is compared, never imported. */
export function isTotalRow({ cells }: Row, { at, mapping: { when } }: RowReader): boolean {
  const named = when ? (cells[at.get(when.column) ?? -1] ?? "") : "";
  const word = isUnknown(named) ? (cells.find((cell) => cell.trim() !== "") ?? "") : named;
  // Most rows begin with a date.
  return !/^\s*\d/.test(word) && word.length < 40 && TOTALS.has(normalise(word).replace(/:$/, ""));
}

/** One row as an entry; null when it is refused, the reasons being in `problems`. */
export function readRow(reader: RowReader, row: Row): Entry | null {
  const { table, mapping, problems, onFigure, parse } = reader;
  const ragged = raggedProblem(table, row);
  if (ragged) {
    problems.push(ragged);
    return null;
  }
  const before = problems.length;
  const cells: Cells = { reader, row, figures: [] };
  const period = readPeriod(cells);
  const named = readSource(cells, mapping.platform, parse.platform);
  const video = mapping.video ? readVideo(cells, mapping.video, named) : null;
  const platform = named ?? video?.platform ?? "other";
  const format = readSource(cells, mapping.format, parse.format) ?? video?.format ?? null;
  const figures = readFigures(cells);
  const amounts = readAmounts(cells);
  const reference = mapping.reference ? readReference(cells, mapping.reference) : null;
  if (!period || problems.length > before) return null;
  for (const [column, figure] of cells.figures) onFigure(column, figure);
  const { name, from, to } = period;
  return {
    from,
    to,
    name: reference ?? name,
    key: reference === null ? keyOf(name, platform, format, video) : referenceKey(mapping, reference),
    platform,
    format,
    video,
    figures,
    amounts,
    note: mapping.note ? cleanText(textIn(cells, mapping.note)).slice(0, MAX_NOTE) : "",
    line: row.line,
  };
}

/**
 * With the column's name, so that rows brought again under another column are asked about and not added: digits and
 * slashes would end what the database takes for the kind of key.
 */
function referenceKey({ reference: column = "" }: Mapping, reference: string): string {
  return `ref ${normalise(column).replace(/[\d/]/g, "")}/${reference}`;
}

/** Platform, format and video belong to the key only where a table tells them apart. */
function keyOf(name: string, platform: Platform, format: Format | null, video: RowVideo | null): string {
  const parts = [name, platform === "other" ? null : platform, format, video?.externalId ?? null];
  return [...(video ? ["video"] : []), ...parts.filter((part) => part !== null)].join("/");
}

function readPeriod(cells: Cells): (Period & { name: string }) | null {
  const { mapping, options, parse } = cells.reader;
  const { when } = mapping;
  if (!when) {
    const { period } = options;
    return period ? { ...period, name: nameOf(period) } : null;
  }
  if (when.grain === "day") {
    const day = readCell(cells, when.column, parse.day);
    return day && { name: day, from: day, to: day };
  }
  const month = readCell(cells, when.column, parse.month);
  return month && { name: month, from: firstDay(month), to: lastDay(month) };
}

/** A month or a day that was said goes by the name that a column would have given it. */
function nameOf({ from, to }: Period): string {
  const month = monthOf(from);
  if (from === firstDay(month) && to === lastDay(month)) return month;
  return from === to ? from : `${from}..${to}`;
}

/** A row without a video is about the channel as a whole. */
function readVideo(cells: Cells, column: string, platform: Platform | null): RowVideo | null {
  return readCell(cells, column, (text): Result<RowVideo | null> => {
    if (isUnknown(text)) return { ok: true, value: null };
    const video = videoIn(text, platform);
    if (video.ok && platform && platform !== "other" && video.value.platform !== platform)
      return { ok: false, error: `The link leads to another platform than the row names; mend one of them.` };
    return video;
  });
}

function readReference(cells: Cells, column: string): string | null {
  return readCell(cells, column, (text) => {
    const reference = cleanText(text);
    if (reference === "")
      return { ok: false, error: "The row has no reference, by which it would be known again; fill it in." };
    return reference.length <= MAX_REFERENCE
      ? { ok: true, value: reference }
      : { ok: false, error: `"${shown(text)}" is too long for a reference; choose another column.` };
  });
}

function readFigures(cells: Cells): Figures {
  const { mapping } = cells.reader;
  const mark = mapping.decimal ?? undefined;
  const count = (column: string | undefined) =>
    column === undefined
      ? null
      : noted(
          cells,
          column,
          readCell(cells, column, (text) => parseCount(text, mark ? { mark } : {})),
        );
  const { watchHours } = mapping;
  return {
    views: count(mapping.views),
    qualifiedViews: count(mapping.qualifiedViews),
    engagedViews: count(mapping.engagedViews),
    adImpressions: null,
    watchSeconds: watchHours ? readCell(cells, watchHours, (text) => parseHours(text, mark)) : null,
    likes: count(mapping.likes),
    comments: count(mapping.comments),
    shares: count(mapping.shares),
  };
}

function noted(cells: Cells, column: string, count: number | null): number | null {
  if (count !== null) cells.figures.push([column, { units: BigInt(count), scale: 0 }]);
  return count;
}

function readAmounts(cells: Cells): Amount[] {
  const { mapping, options, parse } = cells.reader;
  const { amounts } = mapping;
  const chosen = options.currency ?? "";
  if (!amounts) return [];
  if (amounts.shape === "wide")
    return amounts.columns.flatMap(({ column, stream, currency }) => {
      const amount = readAmount(cells, column, parse.currency(currency ?? chosen));
      return amount ? [{ ...amount, stream }] : [];
    });
  // A row without an amount needs no stream or currency either.
  if (isUnknown(textIn(cells, amounts.amount))) return [];
  const stream = readSource(cells, amounts.stream, parse.stream);
  const currency = readSource(cells, amounts.currency ?? { fixed: chosen }, parse.currency);
  if (!stream || !currency) return [];
  const amount = readAmount(cells, amounts.amount, { ok: true, value: currency });
  return amount ? [{ ...amount, stream }] : [];
}

function readAmount(
  cells: Cells,
  column: string,
  currency: Result<Currency>,
): { minor: bigint; currency: Currency } | null {
  return readCell(cells, column, (text) => {
    if (!currency.ok) return currency;
    const amount = parseAmount(text, cells.reader.mapping.decimal ?? undefined);
    if (!amount.ok || amount.value === null) return amount.ok ? { ok: true, value: null } : amount;
    const minor = roundToMinor(amount.value, currency.value);
    if (!isPlausibleAmount(minor))
      return { ok: false, error: `"${shown(text)}" is too large to be true; check it for extra digits.` };
    cells.figures.push([column, amount.value]);
    return { ok: true, value: { minor, currency: currency.value } };
  });
}

function textIn({ row, reader }: Cells, column: string): string {
  return row.cells[reader.at.get(column) ?? -1] ?? "";
}

function readCell<T>(cells: Cells, column: string, parse: (text: string) => Result<T | null>): T | null {
  const result = parse(textIn(cells, column));
  if (result.ok) return result.value;
  cells.reader.problems.push({ line: cells.row.line, column, message: result.error });
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
  cells.reader.problems.push({ line: cells.row.line, message: result.error });
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
