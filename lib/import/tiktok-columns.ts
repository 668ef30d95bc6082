import type { Result } from "../model/result";
import type { Problem } from "./draft";
import { parseCount } from "./numbers";
import { cleanText, columnsOf, normalise, type Row, type Table } from "./parse";

/** Where the columns of a table stand, by what they mean. */
export type Columns<Name extends string> = {
  at: ReadonlyMap<Name, number>;
  /** Why the table cannot be read: two columns that mean the same. */
  twice: Problem[];
};

/** Nothing to clean: words of ASCII with one space between them. Most cells of a million rows are such. */
const PLAIN = /^(?:[!-~]+(?: [!-~]+)*)?$/;

/** Finds columns by their normalised header alone, never by position; `words` are the headers of each meaning. */
export function columnsNamed<Name extends string>(
  table: Table,
  words: Readonly<Record<Name, readonly string[]>>,
): Columns<Name> {
  const at = new Map<Name, number>();
  const twice: Problem[] = [];
  const present = columnsOf(table);
  for (const name of Object.keys(words) as Name[]) {
    const found = words[name].flatMap((word) => present.get(normalise(word)) ?? []);
    const [index] = found;
    if (index === undefined) continue;
    at.set(name, index);
    const column = table.header[index] ?? "";
    if (found.length > 1)
      twice.push({
        column,
        message: `The column "${column}" occurs ${found.length} times, so its figures cannot be told apart; remove the others.`,
      });
  }
  return { at, twice };
}

/** A cell without invisible characters, trimmed; "" where the table has no such column. */
export function cellOf<Name extends string>(row: Row, columns: Columns<Name>, name: Name): string {
  const index = columns.at.get(name);
  const cell = index === undefined ? "" : (row.cells[index] ?? "");
  return PLAIN.test(cell) ? cell : cleanText(cell);
}

/** The header of a column as the file has it, for messages. */
export function headerOf<Name extends string>(
  table: Table,
  { at }: Columns<Name>,
  name: Name,
): string | undefined {
  const index = at.get(name);
  return index === undefined ? undefined : table.header[index];
}

/** A whole number, 0 or more; null when unknown or when it cannot be read, which is then one of `problems`. */
export function countOf<Name extends string>(
  table: Table,
  row: Row,
  columns: Columns<Name>,
  name: Name,
  problems: Problem[],
): number | null {
  return readCell(table, row, columns, name, problems, parseCount);
}

/** As countOf, but a net count may be below zero. */
export function signedCountOf<Name extends string>(
  table: Table,
  row: Row,
  columns: Columns<Name>,
  name: Name,
  problems: Problem[],
): number | null {
  return readCell(table, row, columns, name, problems, (text) => parseCount(text, { signed: true }));
}

/** What `parse` makes of a cell; null when unknown or when it cannot be read, which is then one of `problems`. */
export function readCell<Name extends string, T>(
  table: Table,
  row: Row,
  columns: Columns<Name>,
  name: Name,
  problems: Problem[],
  parse: (text: string) => Result<T | null>,
): T | null {
  const value = parse(cellOf(row, columns, name));
  if (value.ok) return value.value;
  problems.push({ line: row.line, column: headerOf(table, columns, name), message: value.error });
  return null;
}
