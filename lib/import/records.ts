import type { Delimiter } from "./decode";
import { MAX_LINE_CHARACTERS } from "./limits";
import type { Row } from "./parse";
import { refuseFile } from "./source";

/** A row as it stands in the file; `isOpen` when it is the last and no newline follows. */
export type Written = Row & { isOpen?: true };

const QUOTE = 34;
const NEWLINE = 10;

/**
 * The records of a delimited text (RFC 4180), each with its physical line; a blank line is a record of one blank
 * cell. Quotes are strict: a stray one moves every cell after it, which must not pass as data. Throws FileFault
 * on one, on a quote that never closes, a NUL or an endless line. Holds one block and at most one record.
 */
export function* recordsOf(
  blocks: Iterable<string>,
  delimiter: Delimiter,
  firstLine: number,
): Generator<Written, void> {
  let rest = "";
  let line = firstLine;
  for (const block of blocks) {
    const text = rest + block;
    if (block.includes("\0")) refuseNul(text, line);
    const { rows, end, nextLine } = wholeRecords(text, delimiter, line);
    yield* rows;
    line = nextLine;
    rest = text.slice(end);
    if (rest.length > MAX_LINE_CHARACTERS) refuseEndless(rest, line);
  }
  if (rest === "") return;
  const last = wholeRecords(`${rest}\n`, delimiter, line);
  if (last.rows.length === 0) refuseOpenQuote(line);
  for (const row of last.rows) yield { ...row, isOpen: true };
}

/** The records that end within the text, and where the first one that does not begins. */
function wholeRecords(text: string, delimiter: Delimiter, firstLine: number) {
  const rows: Row[] = [];
  let [at, line] = [0, firstLine];
  let quote = text.indexOf('"');
  for (let end = text.indexOf("\n"); end >= 0; end = text.indexOf("\n", at)) {
    if (quote >= 0 && quote < at) quote = text.indexOf('"', at);
    if (quote < 0 || quote > end) {
      if (end - at > MAX_LINE_CHARACTERS) refuseEndless(text.slice(at, end), line);
      rows.push({ line, cells: text.slice(at, end).split(delimiter) });
      at = end + 1;
      line++;
      continue;
    }
    const record = quotedRecord(text, at, delimiter.charCodeAt(0), line);
    if (!record) break;
    rows.push({ line, cells: record.cells });
    at = record.end + 1;
    line += record.lines;
  }
  return { rows, end: at, nextLine: line };
}

/** The record that begins at `at` and has a quote somewhere; null when it does not end within the text. */
function quotedRecord(text: string, start: number, delimiter: number, line: number) {
  const cells: string[] = [];
  let lines = 1;
  for (let at = start; ; at++) {
    if (text.charCodeAt(at) === QUOTE) {
      const quoted = quotedCell(text, at + 1);
      if (!quoted) return null;
      cells.push(quoted.cell);
      lines += quoted.newlines;
      at = quoted.end;
    } else {
      const from = at;
      let code = text.charCodeAt(at);
      for (; code !== delimiter && code !== NEWLINE; code = text.charCodeAt(++at)) {
        if (code === QUOTE) refuseStrayQuote(line);
        if (at >= text.length) return null;
      }
      cells.push(text.slice(from, at));
    }
    const code = text.charCodeAt(at);
    if (code === NEWLINE) return { cells, end: at, lines };
    if (code !== delimiter) refuseStrayQuote(line);
  }
}

/** The cell whose content begins at `start`; a doubled quote stands for one. */
function quotedCell(text: string, start: number) {
  let [cell, from] = ["", start];
  for (;;) {
    const close = text.indexOf('"', from);
    // After the text's last character another quote may follow.
    if (close < 0 || close + 1 >= text.length) return null;
    cell += text.slice(from, close);
    if (text.charCodeAt(close + 1) !== QUOTE)
      return { cell, end: close + 1, newlines: cell.includes("\n") ? cell.split("\n").length - 1 : 0 };
    cell += '"';
    from = close + 2;
  }
}

function refuseNul(text: string, firstLine: number): never {
  const line = firstLine + text.slice(0, text.indexOf("\0")).split("\n").length - 1;
  return refuseFile(
    `Line ${line} holds a NUL byte, so this is no text file. Save it as CSV (UTF-8) and bring that.`,
    line,
  );
}

/** So many characters without the end of a record: a line without end, or a quote that never closes. */
function refuseEndless(record: string, line: number): never {
  const newline = record.indexOf("\n");
  if (newline >= 0 && newline <= MAX_LINE_CHARACTERS) refuseOpenQuote(line);
  return refuseFile(
    `Line ${line} is longer than ${MAX_LINE_CHARACTERS.toLocaleString("en")} characters; this is no table. Export the file again.`,
    line,
  );
}

function refuseOpenQuote(line: number): never {
  return refuseFile(
    `A quote mark opens on or after line ${line} and never closes, so the end of the file may be missing. Download or save it again.`,
    line,
  );
}

function refuseStrayQuote(line: number): never {
  return refuseFile(
    `Line ${line} has a quote mark in the middle of a cell, so its columns cannot be told apart. Save the file again as CSV.`,
    line,
  );
}
