import { type Currency, decimalOf } from "../model/money";
import { rangeText } from "../model/statement";
import { type CsvCell, writeCsv } from "./csv";
import {
  cellsOf,
  isMoney,
  isNotYet,
  isRate,
  type Statement,
  type StatementCell,
  type StatementColumn,
  type StatementRow,
  type StatementSection,
} from "./statement";

/**
 * A statement as CSV: its tables one after another, every line as long as the longest, as RFC 4180 asks. The first field
 * names the table and the second what the line is: columns, row or total. Amounts are decimals with a point; where a
 * column has several currencies the next one says which.
 */
export function statementCsv(statement: Statement): string {
  const { creator, range, madeOn, caution, summary, sections, making } = statement;
  const lines: CsvCell[][] = [
    ["Statement", "row", "Creator", creator.name],
    ["Statement", "row", "Months", rangeText(range as never)],
    ["Statement", "row", "Made on", madeOn],
    ...(caution ? [["Statement", "row", "Note", caution]] : []),
    ["Summary", "columns", "Figure", "Value", "Currency", "Note"],
    ...summary.map(({ label, cell, note }) => [
      ...["Summary", "row", label, written(cell), currencyOf(cell)],
      note || null,
    ]),
    ...sections.flatMap(linesOf),
    ["How the figures are made", "columns", "Sentence"],
    ...making.map((sentence) => ["How the figures are made", "row", sentence]),
  ];
  const width = Math.max(...lines.map(({ length }) => length));
  return writeCsv(lines.map((line) => [...line, ...Array<CsvCell>(width - line.length).fill(null)]));
}

function linesOf(section: StatementSection): CsvCell[][] {
  const { title, note, empty, rows, totals } = section;
  const columns = section.columns.map((column) => columnOf(column, [...rows, ...totals]));
  const line = (kind: string) => (row: StatementRow) => [
    ...[title, kind],
    ...cellsOf(section, row).flatMap((cell, index) =>
      columns[index]!.length === 1 ? [written(cell)] : [written(cell), currencyOf(cell)],
    ),
  ];
  if (rows.length === 0) return [[title, "note", empty]];
  return [
    ...(note ? [[title, "note", note]] : []),
    [title, "columns", ...columns.flat()],
    ...rows.map(line("row")),
    ...totals.map(line("total")),
  ];
}

/** One header; or two, where a column of amounts has several currencies. */
function columnOf({ key, header, kind }: StatementColumn, rows: readonly StatementRow[]): string[] {
  if (kind !== "money" && kind !== "rate") return [header];
  const currencies = new Set(rows.map((row) => currencyOf(row[key] ?? null)).filter((each) => each !== null));
  if (currencies.size > 1) return [header, `${header}: currency`];
  const [only] = currencies;
  return [only && !header.endsWith(only) ? `${header} (${only})` : header];
}

function written(cell: StatementCell): CsvCell {
  if (isMoney(cell)) return decimalOf(BigInt(cell.minor), cell.currency as Currency);
  if (isRate(cell)) return cell.per1000;
  return isNotYet(cell) ? "not yet" : cell;
}

function currencyOf(cell: StatementCell): string | null {
  return isMoney(cell) || isRate(cell) ? cell.currency : null;
}
