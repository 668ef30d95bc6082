import type { Delimiter, Encoding } from "./decode";
import { MAX_HELD_ROWS } from "./limits";
import type { Mojibake } from "./mojibake";
import { refuseFile } from "./source";

/** `line` is the physical line of the file on which the record starts (in a workbook the row of its sheet). */
export type Row = { line: number; cells: string[] };

export type Table = {
  /** A line of one cell that stands alone above the header, such as a metric's name; else null. */
  title: string | null;
  /** As shown to people: trimmed, without invisible characters. */
  header: string[];
  headerLine: number;
  /** In the order of the file, without blank lines. May be walked several times, each time from its start. */
  rows: Iterable<Row>;
  rowCount: number;
  /** null in a workbook */
  delimiter: Delimiter | null;
  encoding: Encoding;
  /** The first place of the file where letters are broken, put right or not. */
  mojibake?: Mojibake;
};

/** Soft hyphens, joiners and byte-order marks, which exports put inside words; written as an alternation because they combine. */
const INVISIBLE = /\u00AD|\u200B|\u200C|\u200D|\uFEFF/g;
const MAX_SHOWN = 40;
/** What a format may look at to recognise a table; more rows than any platform's own export is cut at. */
const FIRST_ROWS = 1_000;

/** Most cells are clean as they are. */
const CLEAN = /^(?:[!-~]+(?: [!-~]+)*)?$/;

/** Without invisible characters, composed, trimmed, spaces collapsed. */
export function cleanText(text: string): string {
  if (CLEAN.test(text)) return text;
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

/**
 * All rows at once, for formats whose exports are small by nature. Throws FileFault when there are too many to be
 * held; detect looks at firstRows.
 */
export function allRows(table: Table): Row[] {
  if (table.rowCount > MAX_HELD_ROWS)
    refuseFile(
      `The table has ${table.rowCount.toLocaleString("en")} rows; at most ${MAX_HELD_ROWS.toLocaleString("en")} of this kind are read at once. Export a shorter period.`,
    );
  return Array.isArray(table.rows) ? table.rows : [...table.rows];
}

/** The first rows, enough to tell what a table is. */
export function firstRows(table: Table, count: number = FIRST_ROWS): Row[] {
  const first: Row[] = [];
  for (const row of table.rows) {
    if (first.length === count) break;
    first.push(row);
  }
  return first;
}

/** One cell of words about the 500-row cap with nothing beside it, in any language: "Showing top 500 results". */
export function isFootnote(row: Row): boolean {
  const [first = "", ...others] = row.cells;
  const hasWords = /[^!-~]/.test(first.trim());
  return hasWords && /500/.test(first) && others.every((cell) => cell.trim() === "");
}
