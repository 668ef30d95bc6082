import { parseDay, parseMonth } from "../../import/dates";
import { raggedProblem } from "../../import/format";
import { cellsIn, streamOf } from "../../import/mapping";
import {
  type DecimalMark,
  decimalMarkOf,
  isUnknown,
  parseAmount,
  parseCount,
  parseHours,
} from "../../import/numbers";
import { allRows, normalise, type Row, shown, type Table } from "../../import/parse";
import { type RegionShares, regionOfCountry } from "../../model/benchmarks";
import { type Currency, currencyOf, isCurrency, roundToMinor } from "../../model/money";
import { type Month, monthOf } from "../../model/month";
import type { Result } from "../../model/result";
import { isWeek } from "../../model/week";
import { FORMATS, type Format, REGIONS, type Region, type Stream } from "../../model/words";
import {
  type Amount,
  dayPlace,
  type FileRow,
  type FileRows,
  monthPlace,
  ownStreamOf,
  type Place,
  type ReadSettings,
  refuse,
  type Unit,
  weekPlace,
} from "./rows";

/** The columns of a plain table, by header as the file writes it. */
type Columns = {
  readonly period: string;
  readonly views: string;
  readonly watchHours: string | null;
  readonly currency: string | null;
  readonly format: string | null;
  readonly amounts: readonly { readonly column: string; readonly stream: Stream | null }[];
  readonly regions: readonly { readonly column: string; readonly region: Region }[];
};

const USD = currencyOf("USD");
/** Shares that were rounded may add up to a little more than the whole. */
const WHOLE = 1.02;

/**
 * Reads a table whose first line names a period, views and money in the words of docs/model.md; null when it does
 * not. Throws Unreadable at the first cell that cannot be read.
 */
export function readPlain(table: Table, settings: ReadSettings): FileRows | null {
  const columns = columnsIn(table);
  if (columns === null) return null;
  const unit = settings.unit ?? "month";
  const platform = settings.platform ?? (columns.watchHours === null ? "other" : "youtube");
  if (table.rowCount === 0) refuse({ message: "The table has a header but no rows." });
  const cell = cellReader(table);
  const mark = markOf(table, columns);
  const regions = regionReader(table, columns);
  const lineOf = new Map<string, number>();

  const rows = allRows(table).map((row): FileRow => {
    const ragged = raggedProblem(table, row);
    if (ragged) refuse(ragged);
    const place = cell(row, columns.period, (text) => placeOf(text, unit));
    const format = columns.format === null ? "all" : cell(row, columns.format, formatOf);
    const amounts = columns.amounts.map(({ column, stream }) => {
      const amount = cell(row, column, (text) => parseAmount(text, mark));
      return { name: normalise(column), stream: stream ?? ownStreamOf(platform), amount };
    });
    const isPaid = amounts.some(({ amount }) => amount !== null);
    const currency =
      columns.currency === null ? USD : cell(row, columns.currency, (text) => currencyIn(text, isPaid));
    refuseTwice(lineOf, row, columns.period, place, unit, [format, currency ?? ""]);
    const seconds = columns.watchHours;
    return {
      ...place,
      line: row.line,
      platform,
      format,
      views: cell(row, columns.views, (text) => parseCount(text, { mark })),
      watchSeconds: seconds === null ? null : cell(row, seconds, (text) => parseHours(text, mark)),
      regions: regions(row),
      amounts: amounts.flatMap(({ amount, ...rest }): Amount[] => {
        if (currency === null) return [];
        return [{ ...rest, currency, minor: amount === null ? null : roundToMinor(amount, currency) }];
      }),
    };
  });
  return { unit, kind: "Plain table", rows, notes: notesOn(table, columns) };
}

/**
 * null when a column that every plain table has is missing, or when streams stand below each other: that is for the
 * importer. Throws Unreadable when a column is there twice.
 */
function columnsIn(table: Table): Columns | null {
  const find = (...names: string[]) => {
    const found = names.flatMap((name) => table.header.filter((header) => normalise(header) === name));
    return found[0] ?? null;
  };
  const [period, views] = [find("period", "month"), find("views", "pageviews")];
  const amounts = table.header.flatMap((column) => {
    const name = normalise(column);
    if (name === "revenue" || name === "amount") return [{ column, stream: null }];
    const parts = /^(?!rpm)(.+)_usd$/.exec(name);
    return parts ? [{ column, stream: streamOf(parts[1]!) }] : [];
  });
  if (period === null || views === null || amounts.length === 0 || find("stream", "platform")) return null;
  const columns: Columns = {
    period,
    views,
    amounts,
    watchHours: find("watch_hours"),
    currency: find("currency"),
    format: find("format"),
    regions: table.header.flatMap((column) => {
      const region = regionNamed(column);
      return region === null ? [] : [{ column, region }];
    }),
  };
  const names = namesOf(columns);
  for (const name of names)
    if (table.header.filter((header) => normalise(header) === normalise(name)).length > 1)
      refuse({
        line: table.headerLine,
        column: name,
        message: "The column occurs more than once; rename or remove the others.",
      });
  return columns;
}

function namesOf({ period, views, watchHours, currency, format, amounts, regions }: Columns): string[] {
  const several = [...amounts, ...regions].map(({ column }) => column);
  return [period, views, watchHours, currency, format, ...several].filter((name) => name !== null);
}

/** A country only in capitals, as ISO 3166 writes them: "id" and "no" are words of tables. */
function regionNamed(header: string): Region | null {
  const word = REGIONS.find((region) => region === normalise(header));
  if (word) return word;
  const region = /^[A-Z]{2}$/.test(header) ? regionOfCountry(header) : "unknown";
  return region === "unknown" ? null : region;
}

/** Reads a cell or refuses the file, naming line and column. */
function cellReader(table: Table) {
  const at = new Map(table.header.map((column, index) => [column, index]));
  return <T>(row: Row, column: string, parse: (text: string) => Result<T>): T => {
    const parsed = parse(row.cells[at.get(column)!] ?? "");
    return parsed.ok ? parsed.value : refuse({ line: row.line, column, message: parsed.error });
  };
}

function placeOf(text: string, unit: Unit): Result<Place> {
  const bare = text.trim();
  if (bare === "") return { ok: false, error: "The period is empty; say which one the row is of." };
  const day = parseDay(bare);
  if (unit === "video") {
    const month: Month | null = day.ok ? monthOf(day.value) : null;
    return { ok: true, value: { label: bare, at: null, month, day: null } };
  }
  if (day.ok) return { ok: true, value: dayPlace(day.value, unit) };
  if (unit === "week")
    return isWeek(bare)
      ? { ok: true, value: weekPlace(bare, null) }
      : { ok: false, error: `"${shown(bare)}" is no week; write it as 2026-W03, or its days as YYYY-MM-DD.` };
  const month = parseMonth(bare);
  if (month.ok) return { ok: true, value: monthPlace(month.value, null) };
  return isWeek(bare) ? { ok: false, error: `"${bare}" is a week; add --unit week.` } : month;
}

/** A period once in each format and currency; days add up, and two videos may share a day. */
function refuseTwice(
  lineOf: Map<string, number>,
  row: Row,
  column: string,
  { label, day }: Place,
  unit: Unit,
  apart: readonly string[],
): void {
  if (unit === "video" && parseDay(label).ok) return;
  const whole = [label, ...apart].join(" ");
  const key = [day ?? label, ...apart].join(" ");
  const earlier = lineOf.get(key) ?? (day === null ? lineOf.get(`part of ${whole}`) : lineOf.get(whole));
  if (earlier !== undefined)
    refuse({
      line: row.line,
      column,
      message: `${shown(day ?? label)} is also on line ${earlier}; keep one of them, or sum them.`,
    });
  lineOf.set(key, row.line);
  if (day !== null) lineOf.set(`part of ${whole}`, row.line);
}

function formatOf(text: string): Result<Format | "all"> {
  const word = normalise(text);
  const format = FORMATS.find((known) => known === word);
  if (format) return { ok: true, value: format };
  return word === "" || word === "all"
    ? { ok: true, value: "all" }
    : { ok: false, error: `"${shown(text)}" is not a format; write short, long, live or all.` };
}

/** A row without money needs no currency. */
function currencyIn(text: string, isPaid: boolean): Result<Currency | null> {
  if (!isPaid && isUnknown(text)) return { ok: true, value: null };
  const code = text.trim().toUpperCase();
  return isCurrency(code)
    ? { ok: true, value: code }
    : { ok: false, error: `"${shown(text)}" is not a known currency; use an ISO 4217 code such as USD.` };
}

/** A comma before decimals where the cells say so, or where semicolons leave it free for that. */
function markOf(table: Table, columns: Columns): DecimalMark {
  const names = [...columns.amounts.map(({ column }) => column), columns.watchHours];
  const cells = names.flatMap((name) => (name === null ? [] : [...cellsIn(table, [name])]));
  const mark = decimalMarkOf(cells);
  if (mark !== null) return mark === "," ? "," : ".";
  return table.delimiter === ";" && !cells.some((cell) => cell.includes(".")) ? "," : ".";
}

/** Shares of the audience by region, 0..1. The file writes them as parts of 1 or as percent, in all rows alike. */
function regionReader(table: Table, { regions }: Columns): (row: Row) => RegionShares | null {
  const cell = cellReader(table);
  const sharesIn = (row: Row) =>
    regions.flatMap(({ column, region }) => {
      const share = cell(row, column, shareOf);
      return share === null ? [] : [{ column, region, share }];
    });
  const sumOf = (told: ReturnType<typeof sharesIn>) => told.reduce((sum, { share }) => sum + share, 0);
  const largest = Math.max(0, ...allRows(table).map((row) => sumOf(sharesIn(row))));
  const whole = largest > WHOLE ? 100 : 1;
  return (row) => {
    const told = sharesIn(row);
    const sum = sumOf(told);
    const isOther = whole === 100 && sum > 0 && sum <= 2;
    if (sum > WHOLE * whole || isOther)
      refuse({
        line: row.line,
        column: told[0]!.column,
        message: `The shares of this row add up to ${Number(sum.toFixed(2))}${isOther ? `, of another to ${Number(largest.toFixed(2))}` : ""}; write parts of 1 in every row, or percent in every row.`,
      });
    const shares: Partial<Record<Region, number>> = {};
    for (const { region, share } of told) shares[region] = (shares[region] ?? 0) + share / whole;
    return told.length === 0 ? null : shares;
  };
}

function shareOf(text: string): Result<number | null> {
  const bare = text.trim().replace(/\s*%$/, "").replace(",", ".");
  if (isUnknown(bare)) return { ok: true, value: null };
  return /^\d+(\.\d+)?$/.test(bare)
    ? { ok: true, value: Number(bare) }
    : { ok: false, error: `"${shown(text)}" is not a share; write 0.25 or 25 for a quarter.` };
}

function notesOn(table: Table, columns: Columns): string[] {
  const names = namesOf(columns);
  const left = table.header.filter((column) => column !== "" && !names.includes(column));
  return [
    ...(left.length > 0 ? [`Columns left out: ${left.map(shown).join(", ")}.`] : []),
    ...(columns.currency === null ? ["No column tells the currency: amounts are taken as US dollars."] : []),
  ];
}
