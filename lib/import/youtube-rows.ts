import type { Decimal } from "../model/money";
import type { Result } from "../model/result";
import { cellOf, decimalMarkOfColumns, readCell, twiceProblems } from "./columns";
import type { Need, Problem } from "./draft";
import { type ReadOptions, raggedProblem } from "./format";
import { currencyNeed } from "./needs";
import { type DecimalMark, parseAmount, parseCount, parseHours, sumDecimals } from "./numbers";
import type { Row, Table } from "./parse";
import { countAsDecimal, differenceNotice } from "./reconcile";
import type { YoutubeColumn, YoutubeColumns } from "./youtube-words";

/** The figures of one row; null is unknown. */
export type Figures = {
  views: number | null;
  engagedViews: number | null;
  watchSeconds: number | null;
  likes: number | null;
  comments: number | null;
  shares: number | null;
  revenue: Decimal | null;
};

/** What the total row is compared with. */
const RECONCILED = [
  "views",
  "engagedViews",
  "watchHours",
  "revenue",
] as const satisfies readonly YoutubeColumn[];

/** Why a table cannot be read at all: a column twice, or two exports in one. */
export function mergeProblems(columns: YoutubeColumns, totals: Row[]): Problem[] {
  const problems = twiceProblems(columns);
  if (totals.length > 1)
    problems.push({
      line: totals[1]?.line,
      message: `Lines ${totals.map((row) => row.line).join(" and ")} are both totals: two exports are pasted into one. Bring them one by one.`,
    });
  return problems;
}

/** Asks for the currency when the table has revenue but names none that is known. */
export function revenueNeeds(columns: YoutubeColumns, options: ReadOptions): Need[] {
  const isKnown = columns.currency ?? options.currency;
  return columns.at.has("revenue") && !isKnown ? [currencyNeed()] : [];
}

/** The decimal mark of revenue and watch time. */
export function decimalMarkIn(table: Table, columns: YoutubeColumns, options: ReadOptions): DecimalMark {
  return decimalMarkOfColumns(table, columns, ["revenue", "watchHours"], options);
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
    return readCell(table, row, columns, column, parse, problems);
  }
  /** Likes and the like are net of those taken back. */
  function net(column: YoutubeColumn): number | null {
    const count = read(column, (text) => parseCount(text, { mark, signed: true }));
    return count === null || count < 0 ? null : count;
  }
  const figures: Figures = {
    views: read("views", (text) => parseCount(text, { mark })),
    engagedViews: read("engagedViews", (text) => parseCount(text, { mark })),
    watchSeconds: read("watchHours", (text) => parseHours(text, mark)),
    likes: net("likes"),
    comments: net("comments"),
    shares: net("shares"),
    revenue: read("revenue", (text) => parseAmount(text, mark)),
  };
  return problems.length === before ? figures : null;
}

/** Says how many counts are left out because more likes (comments, shares) were taken back than given. */
export function netNotices(table: Table, rows: readonly Row[], columns: YoutubeColumns): Problem[] {
  return (["likes", "comments", "shares"] as const).flatMap((column) => {
    const below = rows.filter((row) => /^\s*[-−]\s*\d/.test(cellOf(row, columns, column)));
    const [first] = below;
    if (!first) return [];
    const name = table.header[columns.at.get(column) ?? 0];
    const message = `${below.length === 1 ? "One count is" : `${below.length} counts are`} below zero, since more were taken back than given; kept as unknown.`;
    return [{ line: first.line, column: name, message }];
  });
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
  why: string = CAPPED,
): Problem[] {
  if (!total) return [];
  const stated = readFigures(table, total, columns, mark, []);
  if (!stated)
    return [
      { line: total.line, message: "The total row cannot be read, so the sum of the rows is not checked." },
    ];
  return RECONCILED.flatMap((column) => {
    const index = columns.at.get(column);
    const said = figureOf(stated, column);
    if (index === undefined || said === null) return [];
    const summed = sumDecimals(rows.flatMap((row) => figureOf(row, column) ?? []));
    // Views are printed whole; watch time is compared in seconds.
    const rounded = column === "views" || column === "engagedViews" ? 0 : rows.length;
    const place = { line: total.line, column: table.header[index] };
    return differenceNotice(said, summed, rounded, place, why) ?? [];
  });
}

const CAPPED =
  "Only the rows are imported: YouTube exports at most 500 and leaves out deleted videos, so narrow the export with a filter if much is missing.";

function figureOf(figures: Figures, column: (typeof RECONCILED)[number]): Decimal | null {
  if (column === "revenue") return figures.revenue;
  const count = column === "watchHours" ? figures.watchSeconds : figures[column];
  return count === null ? null : countAsDecimal(count);
}
