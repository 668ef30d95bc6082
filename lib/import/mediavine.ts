import type { Decimal } from "../model/money";
import { minorOf } from "./amounts";
import { cellOf, decimalMarkOfColumns, findColumns, readCell, twiceProblems, wordsFor } from "./columns";
import { ESTIMATE, type Need, NO_FIGURES, type Problem, type Sink } from "./draft";
import { type FileFormat, type Reading, type ReadOptions, raggedProblem } from "./format";
import { currencyNeed, periodNeed } from "./needs";
import { parseAmount, parseCount } from "./numbers";
import { allRows, cleanText, type Row, type Table } from "./parse";
import { isTwin, repeatProblem, twinNotice } from "./repeats";

const WORDS = {
  slug: ["slug"],
  views: ["views"],
  revenue: ["revenue"],
  rpm: ["rpm"],
  cpm: ["cpm"],
  viewability: ["viewability"],
  fillRate: ["fillRate"],
  impressions: ["impressionsPerPageview"],
} as const;
type Column = keyof typeof WORDS;

const NAMES = wordsFor<Column>(WORDS);
const MONEY: ReadonlySet<Column> = new Set(["revenue", "rpm", "cpm"]);

/** Mediavine, Pages: one row per page of a site over a period that the file does not name. */
export const MEDIAVINE: FileFormat = {
  id: "mediavine",
  label: "Mediavine: revenue by page",
  detect(table) {
    const { at } = findColumns(table, NAMES, MONEY);
    const isOfMediavine = at.has("viewability") || at.has("fillRate") || at.has("impressions");
    return at.has("slug") && at.has("revenue") && isOfMediavine;
  },
  read: readPages,
};

function readPages(table: Table, options: ReadOptions, out: Sink): Reading {
  const columns = findColumns(table, NAMES, MONEY);
  const rows = allRows(table);
  const fatal = twiceProblems(columns);
  const [first] = rows;
  if (!first) fatal.push({ message: "The table holds no page. Export a longer period." });
  if (!first || fatal.length > 0) return { kind: "refused", problems: fatal };

  const problems: Problem[] = [];
  const notices: Problem[] = [];
  const mark = decimalMarkOfColumns(table, columns, ["revenue"], options);
  const revenues: Decimal[] = [];
  let views: number | null = columns.at.has("views") ? 0 : null;
  const rowOf = new Map<string, Row>();
  for (const row of rows) {
    const ragged = raggedProblem(table, row);
    if (ragged) problems.push(ragged);
    if (ragged) continue;
    const before = problems.length;
    const revenue = readCell(table, row, columns, "revenue", (text) => parseAmount(text, mark), problems);
    const viewed = readCell(table, row, columns, "views", (text) => parseCount(text, { mark }), problems);
    const slug = cleanText(cellOf(row, columns, "slug"));
    const earlier = rowOf.get(slug);
    const column = table.header[columns.at.get("slug") ?? 0];
    if (earlier && isTwin(row, earlier)) notices.push(twinNotice(row, earlier.line));
    else if (earlier) problems.push(repeatProblem(`The page ${slug}`, row, earlier.line, column));
    if (earlier || problems.length > before) continue;
    rowOf.set(slug, row);
    if (revenue) revenues.push(revenue);
    // A page whose views are unknown leaves their sum unknown.
    views = views === null || viewed === null ? null : views + viewed;
  }

  const needs: Need[] = [];
  const { period } = options;
  const currency = columns.currency ?? options.currency;
  if (!period) needs.push(periodNeed("Mediavine's dashboard"));
  if (!currency) needs.push(currencyNeed());
  if (!period || !currency) return { kind: "read", needs, problems, notices };
  const common = {
    sourceKey: `mediavine:${period.from}..${period.to}:${options.channelKey}`,
    platform: "other" as const,
    format: null,
    ...period,
    line: first.line,
  };
  if (views !== null && rowOf.size > 0)
    out.traffic({ ...common, videoExternalId: null, ...NO_FIGURES, views });
  if (revenues.length === 0) return { kind: "read", needs, problems, notices };
  const minor = minorOf(revenues, currency);
  if (minor.ok)
    out.payout({ ...common, stream: "ads", minor: minor.value, currency, ...ESTIMATE, lines: [] });
  else problems.push({ column: table.header[columns.at.get("revenue") ?? 0], message: minor.error });
  return { kind: "read", needs, problems, notices };
}
