/** A text, a number, whole minor units or ids, a yes or no, a Date (its UTC day), or nothing. */
export type CsvCell = string | number | bigint | boolean | Date | null | undefined;

/** Spreadsheets run a cell that begins with one of these (or its full-width twin) as a formula, even inside quotes. */
const FORMULA = /^[=+\-@＝＋－＠\t\r\n\0]/;
/** What a spreadsheet may read as a number, so that amounts given as decimal text stay numbers. */
const NUMBER = /^-?\d+(\.\d+)?$/;

/**
 * A table as CSV (RFC 4180): comma, CRLF after every row, quotes doubled. Numbers are written with a point and
 * without grouping; texts that a spreadsheet would run as a formula get a leading apostrophe, decimal texts
 * such as "-12.34" do not. Nothing is written as an empty cell, which is not zero. Throws RangeError on a
 * number that is not finite and on a Date that is none.
 */
export function writeCsv(rows: readonly (readonly CsvCell[])[]): string {
  return rows.map((row) => `${lineOf(row)}\r\n`).join("");
}

/** A text as a spreadsheet shows it without running it: unchanged, or with a leading apostrophe. */
export function guardText(text: string): string {
  return FORMULA.test(text) && !NUMBER.test(text) ? `'${text}` : text;
}

function lineOf(row: readonly CsvCell[]): string {
  const cells = row.map((cell) => quoted(textOf(cell)));
  // A single empty cell would be a blank line, which readers leave out.
  return cells.length === 1 && cells[0] === "" ? '""' : cells.join(",");
}

function textOf(cell: CsvCell): string {
  if (cell === null || cell === undefined) return "";
  if (typeof cell === "string") return guardText(cell);
  if (cell instanceof Date) return cell.toISOString().slice(0, 10);
  if (typeof cell === "number") return numberText(cell);
  return String(cell);
}

function numberText(value: number): string {
  if (!Number.isFinite(value)) throw new RangeError(`${value} cannot stand in a report.`);
  const text = Object.is(value, -0) ? "0" : String(value);
  // Very large and very small numbers come as 1e+21; a report writes digits.
  return text.includes("e")
    ? value.toLocaleString("en", { useGrouping: false, maximumFractionDigits: 20 })
    : text;
}

function quoted(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
