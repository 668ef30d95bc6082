import { type Currency, type Decimal, decimalText } from "../model/money";
import type { Result } from "../model/result";
import type { Need, Problem } from "./draft";
import { type ReadOptions, raggedProblem } from "./format";
import { type DecimalMark, decimalMarkOf, parseAmount, parseCount, parseHours, sumDecimals } from "./numbers";
import { allRows, type Row, type Table } from "./parse";
import type { YoutubeColumn, YoutubeColumns } from "./youtube-words";

/** The figures of one row; null is unknown. */
export type Figures = {
  views: number | null;
  engagedViews: number | null;
  watchSeconds: number | null;
  revenue: Decimal | null;
};

const FIGURES = [
  "views",
  "engagedViews",
  "watchHours",
  "revenue",
] as const satisfies readonly YoutubeColumn[];

/** Why a table cannot be read at all: a column twice, or two exports in one. */
export function mergeProblems(columns: YoutubeColumns, totals: Row[]): Problem[] {
  const problems: Problem[] = columns.twice.map((column) => ({
    column,
    message: `The column "${column}" occurs twice, so its figures cannot be told apart; remove one of them.`,
  }));
  if (totals.length > 1)
    problems.push({
      line: totals[1]?.line,
      message: `Lines ${totals.map((row) => row.line).join(" and ")} are both totals: two exports are pasted into one. Bring them one by one.`,
    });
  return problems;
}

/** Asks for the currency when the table has revenue but names none that is known. */
export function currencyNeed(columns: YoutubeColumns, currency: Currency | null): Need[] {
  if (!columns.at.has("revenue") || currency) return [];
  return [
    { what: "currency", message: "The revenue column names no known currency. Say which currency it is in." },
  ];
}

/**
 * The decimal mark of the figures. YouTube writes a point everywhere; a spreadsheet set to a comma rewrites it,
 * and then separates the columns by semicolons.
 */
export function decimalMarkIn(table: Table, columns: YoutubeColumns, options: ReadOptions): DecimalMark {
  if (options.decimal) return options.decimal;
  const indexes = [columns.at.get("revenue"), columns.at.get("watchHours")];
  const cells = allRows(table).flatMap((row) =>
    indexes.map((index) => (index === undefined ? "" : (row.cells[index] ?? ""))),
  );
  const mark = decimalMarkOf(cells);
  if (mark === "." || mark === ",") return mark;
  const isRewritten =
    table.delimiter === ";" &&
    cells.some((cell) => cell.includes(",")) &&
    !cells.some((cell) => cell.includes("."));
  return isRewritten ? "," : ".";
}

/** The figures of a row, or null when one cannot be read; the reasons go to `problems`. */
export function readFigures(
  table: Table,
  row: Row,
  columns: YoutubeColumns,
  mark: DecimalMark,
  problems: Problem[],
): Figures | null {
  const ragged = raggedProblem(table, row);
  if (ragged) {
    problems.push(ragged);
    return null;
  }
  const before = problems.length;
  function read<T>(column: YoutubeColumn, parse: (text: string) => Result<T | null>): T | null {
    const index = columns.at.get(column);
    if (index === undefined) return null;
    const result = parse(row.cells[index] ?? "");
    if (result.ok) return result.value;
    problems.push({ line: row.line, column: table.header[index], message: result.error });
    return null;
  }
  const figures: Figures = {
    views: read("views", (text) => parseCount(text, { mark })),
    engagedViews: read("engagedViews", (text) => parseCount(text, { mark })),
    watchSeconds: read("watchHours", (text) => parseHours(text, mark)),
    revenue: read("revenue", (text) => parseAmount(text, mark)),
  };
  return problems.length === before ? figures : null;
}

/**
 * YouTube's total against the sum of the rows, for each figure that differs by more than rounding. The total
 * is never imported.
 */
export function reconcile(
  table: Table,
  total: Row | undefined,
  rows: readonly Figures[],
  columns: YoutubeColumns,
  mark: DecimalMark,
): Problem[] {
  if (!total) return [];
  const stated = readFigures(table, total, columns, mark, []);
  if (!stated)
    return [
      { line: total.line, message: "The total row cannot be read, so the sum of the rows is not checked." },
    ];
  return FIGURES.flatMap((column) => {
    const index = columns.at.get(column);
    const said = figureOf(stated, column);
    if (index === undefined || said === null) return [];
    const summed = sumDecimals(rows.flatMap((row) => figureOf(row, column) ?? []));
    if (isWithinRounding(said, summed, column === "views" || column === "engagedViews" ? 0 : rows.length))
      return [];
    return [{ line: total.line, column: table.header[index], message: differenceMessage(said, summed) }];
  });
}

function figureOf(figures: Figures, column: (typeof FIGURES)[number]): Decimal | null {
  if (column === "revenue") return figures.revenue;
  const count = column === "watchHours" ? figures.watchSeconds : figures[column];
  return count === null ? null : { units: BigInt(count), scale: 0 };
}

/** Each of `rows` printed figures may be off by half of its last digit; watch time is compared in seconds. */
function isWithinRounding(said: Decimal, summed: Decimal, rows: number): boolean {
  const { units } = sumDecimals([said, { units: -summed.units, scale: summed.scale }]);
  return 2n * (units < 0n ? -units : units) <= BigInt(rows);
}

function differenceMessage(said: Decimal, summed: Decimal): string {
  const [a, b] = [decimalText(said.units, said.scale), decimalText(summed.units, summed.scale)];
  return `The file's own total says ${a}; its rows add up to ${b}. Only the rows are imported: YouTube exports at most 500 and leaves out deleted videos, so narrow the export with a filter if much is missing.`;
}
