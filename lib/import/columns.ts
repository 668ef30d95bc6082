import { type Currency, isCurrency } from "../model/money";
import type { Result } from "../model/result";
import type { Problem } from "./draft";
import type { ReadOptions } from "./format";
import { type DecimalMark, decimalMarkOf } from "./numbers";
import { allRows, columnsOf, normalise, type Row, type Table } from "./parse";

/** The known columns of a platform's export that a table has. */
export type Columns<Name extends string> = {
  /** Position of each; where two headers mean the same, of the last. */
  at: ReadonlyMap<Name, number>;
  /** Headers of columns that occur twice under one meaning. */
  twice: string[];
  /** From the brackets of a money header; null when none names one. */
  currency: Currency | null;
};

/** Column names by the normalised words that name them. */
export type Words<Name extends string> = ReadonlyMap<string, Name>;

export function wordsFor<Name extends string>(words: Readonly<Record<Name, readonly string[]>>): Words<Name> {
  const names = Object.keys(words) as Name[];
  return new Map(names.flatMap((name) => words[name].map((word) => [normalise(word), name] as const)));
}

/** Matches by header name alone. Only headers of `money` may carry a currency: "Estimated revenue (USD)". */
export function findColumns<Name extends string>(
  table: Table,
  words: Words<Name>,
  money: ReadonlySet<Name>,
): Columns<Name> {
  const at = new Map<Name, number>();
  const twice: string[] = [];
  let currency: Currency | null = null;
  for (const [header, indexes] of columnsOf(table)) {
    const [, bare = "", code = ""] = /^(.*?)\s*(?:[(（]([a-z]{3})[)）])?$/.exec(header) ?? [];
    const named = words.get(bare);
    const amount = named && money.has(named) ? named : undefined;
    const name = amount ?? words.get(header);
    const [index] = indexes;
    if (!name || index === undefined) continue;
    if (at.has(name) || indexes.length > 1) twice.push(table.header[index] ?? header);
    at.set(name, index);
    const upper = code.toUpperCase();
    if (amount && isCurrency(upper)) currency = upper;
  }
  return { at, twice, currency };
}

/** Why figures cannot be told apart: a column that occurs twice. */
export function twiceProblems({ twice }: Pick<Columns<string>, "twice">): Problem[] {
  return twice.map((column) => ({
    column,
    message: `The column "${column}" occurs twice, so its figures cannot be told apart; remove one of them.`,
  }));
}

/** The text of a cell; blank where the table has no such column. */
export function cellOf<Name extends string>(row: Row, { at }: Columns<Name>, name: Name): string {
  return row.cells[at.get(name) ?? -1] ?? "";
}

/** Reads one cell; null when there is no such column, when it is unknown, or when it is refused (see `problems`). */
export function readCell<Name extends string, T>(
  table: Table,
  row: Row,
  { at }: Columns<Name>,
  name: Name,
  parse: (text: string) => Result<T | null>,
  problems: Problem[],
): T | null {
  const index = at.get(name);
  if (index === undefined) return null;
  const result = parse(row.cells[index] ?? "");
  if (result.ok) return result.value;
  problems.push({ line: row.line, column: table.header[index], message: result.error });
  return null;
}

/**
 * The decimal mark of amounts. Platforms write a point everywhere; a spreadsheet set to a comma rewrites it, and
 * then separates the columns by semicolons.
 */
export function decimalMarkOfColumns<Name extends string>(
  table: Table,
  columns: Columns<Name>,
  names: readonly Name[],
  options: ReadOptions,
): DecimalMark {
  if (options.decimal) return options.decimal;
  const cells = allRows(table).flatMap((row) => names.map((name) => cellOf(row, columns, name)));
  const mark = decimalMarkOf(cells);
  if (mark === "." || mark === ",") return mark;
  const isRewritten =
    table.delimiter === ";" &&
    cells.some((cell) => cell.includes(",")) &&
    !cells.some((cell) => cell.includes("."));
  return isRewritten ? "," : ".";
}
