import { CsvError, parse } from "csv-parse/sync";
import type { Result } from "../model/result";
import { cutMessage, type Decoded, type Delimiter, type Encoding } from "./decode";
import type { Problem } from "./draft";
import { MAX_COLUMNS, MAX_ROWS } from "./limits";

/** `line` is the physical line of the file on which the record starts, the header's being 1 at least. */
export type Row = { line: number; cells: string[] };
export type Table = {
  /** A line of one cell that stands alone above the header, such as a metric's name; else null. */
  title: string | null;
  /** As shown to people: trimmed, without invisible characters. */
  header: string[];
  headerLine: number;
  rows: Row[];
  delimiter: Delimiter;
  encoding: Encoding;
};

/** Soft hyphens, joiners and byte-order marks, which exports put inside words; written as an alternation because they combine. */
const INVISIBLE = /\u00AD|\u200B|\u200C|\u200D|\uFEFF/g;

const MAX_SHOWN = 40;
/** A header that is longer is a sentence in the wrong place; names are compared and shown up to here. */
const MAX_HEADER = 200;

/** Without invisible characters, composed, trimmed, spaces collapsed. */
export function cleanText(text: string): string {
  return text.replace(INVISIBLE, "").normalize("NFC").replace(/\s+/g, " ").trim();
}

/** The form under which headers and words are compared. */
export function normalise(text: string): string {
  return cleanText(text).toLowerCase();
}

/** A cell as it is quoted in a message: trimmed, and cut where it is long. */
export function shown(text: string): string {
  const trimmed = text.trim();
  return trimmed.length > MAX_SHOWN ? `${trimmed.slice(0, MAX_SHOWN)}…` : trimmed;
}

/** Positions of the columns by normalised header name; a name may occur twice. */
export function columnsOf(table: Table): Map<string, number[]> {
  const columns = new Map<string, number[]>();
  table.header.forEach((name, index) => {
    const key = normalise(name);
    columns.set(key, [...(columns.get(key) ?? []), index]);
  });
  return columns;
}

/** All rows at once, for formats whose exports are small by nature. */
export function allRows(table: Table): Row[] {
  return table.rows;
}

/** A decoded file as a table. Blank lines are left out; every other record keeps its physical line. */
export function parseTable(decoded: Decoded): Result<Table, Problem> {
  const records = parseRecords(decoded.text, decoded.delimiter, decoded.firstLine);
  if (!records.ok) return records;
  const unwrapped = unwrap(records.value, decoded.delimiter);
  const { delimiter } = unwrapped;
  const [head, ...rows] = unwrapped.rows;
  if (!head) return refuse("The file is empty. Export it again.");
  if (head.cells.length > MAX_COLUMNS) return refuse(tooWideMessage(head), head.line);
  const cut = cutLine(head, rows, decoded.text);
  if (cut) return refuse(cutMessage(), cut);
  const header = head.cells.map((cell) => cleanText(cell).slice(0, MAX_HEADER));
  return {
    ok: true,
    value: { title: null, header, headerLine: head.line, rows, delimiter, encoding: decoded.encoding },
  };
}

function parseRecords(text: string, delimiter: Delimiter, firstLine: number): Result<Row[], Problem> {
  const rows: Row[] = [];
  let line = firstLine;
  try {
    parse(text, {
      delimiter,
      record_delimiter: "\n",
      relax_column_count: true,
      // Strict quotes: a stray one moves every cell after it, which must not pass as data.
      on_record: (cells: string[], context: { lines: number }) => {
        const row = { line, cells };
        line = firstLine + context.lines;
        if (cells.length === 1 && cells[0]?.trim() === "") return null;
        if (cells.length > MAX_COLUMNS) throw new TooLarge(tooWideMessage(row), row.line);
        if (rows.length > MAX_ROWS) throw new TooLarge(tooLongMessage(), row.line);
        rows.push(row);
        return null;
      },
    });
  } catch (error) {
    if (error instanceof TooLarge) return refuse(error.message, error.line);
    if (error instanceof CsvError) return refuse(quoteMessage(error.code, line), line);
    throw error;
  }
  return { ok: true, value: rows };
}

/** Some spreadsheets turn each line into one quoted cell; such a table is opened once more. */
function unwrap(rows: Row[], outer: Delimiter): { rows: Row[]; delimiter: Delimiter } {
  const whole = { rows, delimiter: outer };
  const head = rows[0]?.cells[0] ?? "";
  const isWrapped = rows.every(({ cells }) => cells.length === 1 && !cells[0]?.includes("\n"));
  if (!isWrapped || !/[,;\t]/.test(head)) return whole;
  const delimiter: Delimiter = head.includes("\t") ? "\t" : head.includes(";") ? ";" : ",";
  const inner = parseRecords(rows.map((row) => row.cells[0]).join("\n"), delimiter, 1);
  // When the cells do not parse one by one, the rows would shift against their lines: keep the file as it is.
  if (!inner.ok || inner.value.length !== rows.length) return whole;
  return {
    delimiter,
    rows: inner.value.map(({ cells }, index) => ({ cells, line: rows[index]?.line ?? 0 })),
  };
}

/** The line of a last row that stops short and has no newline after it. A footnote of one cell with words is whole. */
function cutLine(head: Row, rows: Row[], text: string): number | null {
  const last = rows.at(-1);
  if (!last || text.endsWith("\n") || last.cells.length >= head.cells.length) return null;
  return isFootnote(last) ? null : last.line;
}

/** One cell of words about the 500-row cap with nothing beside it, in any language: "Showing top 500 results". */
export function isFootnote(row: Row): boolean {
  const [first = "", ...others] = row.cells;
  const hasWords = /[^!-~]/.test(first.trim());
  return hasWords && /500/.test(first) && others.every((cell) => cell.trim() === "");
}

function quoteMessage(code: string, line: number): string {
  if (code === "CSV_QUOTE_NOT_CLOSED")
    return `A quote mark opens on or after line ${line} and never closes, so the end of the file may be missing. Download or save it again.`;
  return `Line ${line} has a quote mark in the middle of a cell, so its columns cannot be told apart. Save the file again as CSV.`;
}

function tooWideMessage(row: Row): string {
  return `Line ${row.line} has ${row.cells.length} columns; at most ${MAX_COLUMNS} are read. Leave out columns that are not needed.`;
}

function tooLongMessage(): string {
  return `The file has more than ${MAX_ROWS.toLocaleString("en")} rows. Export a shorter period.`;
}

/** Thrown only to leave the parser early. */
class TooLarge extends Error {
  constructor(
    message: string,
    readonly line: number,
  ) {
    super(message);
  }
}

function refuse(message: string, line?: number): { ok: false; error: Problem } {
  return { ok: false, error: line === undefined ? { message } : { line, message } };
}
