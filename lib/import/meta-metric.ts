import type { Platform } from "../model/words";
import { cellOf, findColumns, twiceProblems, wordsFor } from "./columns";
import { parseDay } from "./dates";
import { columnOrder } from "./day-column";
import { NO_FIGURES, type Problem, type Sink } from "./draft";
import { type FileFormat, type Reading, type ReadOptions, raggedProblem } from "./format";
import { parseMetaCount } from "./meta-words";
import { allRows, cleanText, normalise, shown, type Table } from "./parse";
import { repeatProblem } from "./repeats";

const WORDS = wordsFor({
  date: ["Date", "Datum", "Data", "Fecha"],
  primary: ["Primary"],
});

/** What the title says when the figures are views, beside the name of the platform. */
const VIEWS = new Set(
  [
    "Views",
    "Video views",
    "Plays",
    "Aufrufe",
    "Visualizaciones",
    "Visualizzazioni",
    "Visualizações",
    "Vues",
    "Visningar",
  ].map(normalise),
);

/** Meta Business Suite, one chart of Insights: a title, then a figure per day. The title alone tells which. */
export const META_METRIC: FileFormat = {
  id: "meta-metric",
  label: "Meta Business Suite: one metric by day",
  detect(table) {
    const { at } = findColumns(table, WORDS, new Set());
    return at.has("date") && at.has("primary") && table.header.length <= 3;
  },
  read: readMetric,
};

function readMetric(table: Table, options: ReadOptions, out: Sink): Reading {
  const title = cleanText(table.title ?? "");
  if (!isViews(title)) {
    const what =
      title === ""
        ? "This is a metric of Meta Business Suite without its title line, so it cannot be told which"
        : `This is the metric "${shown(title)}" of Meta Business Suite, which holds neither views nor money`;
    return {
      kind: "not_useful",
      message: `${what}; open Insights there, choose Views, and export that chart.`,
    };
  }

  const columns = findColumns(table, WORDS, new Set());
  const fatal = twiceProblems(columns);
  const rows = allRows(table);
  const column = table.header[columns.at.get("date") ?? 0] ?? "";
  const when = columnOrder(
    column,
    rows.map((row) => cellOf(row, columns, "date")),
    options,
  );
  fatal.push(...when.problems);
  if (rows.length === 0) fatal.push({ message: "The chart holds no day. Export a longer period." });
  if (fatal.length > 0) return { kind: "refused", problems: fatal };
  if (when.needs.length > 0) return { kind: "read", needs: when.needs, problems: [], notices: [] };

  const problems: Problem[] = [];
  const lineOfDay = new Map<string, number>();
  for (const row of rows) {
    const ragged = raggedProblem(table, row);
    const day = parseDay(cleanText(cellOf(row, columns, "date")), when.order);
    const views = parseMetaCount(cellOf(row, columns, "primary"));
    const earlier = day.ok ? lineOfDay.get(day.value) : undefined;
    if (ragged) problems.push(ragged);
    else if (!day.ok) problems.push({ line: row.line, column, message: day.error });
    else if (!views.ok)
      problems.push({
        line: row.line,
        column: table.header[columns.at.get("primary") ?? 0],
        message: views.error,
      });
    else if (earlier) problems.push(repeatProblem(day.value, row, earlier, column));
    if (ragged || !day.ok || !views.ok || earlier || views.value === null) continue;
    lineOfDay.set(day.value, row.line);
    out.traffic({
      sourceKey: `meta:views:${day.value}:${options.channelKey}`,
      platform: platformIn(title),
      format: null,
      videoExternalId: null,
      from: day.value,
      to: day.value,
      ...NO_FIGURES,
      views: views.value,
      line: row.line,
    });
  }
  return { kind: "read", needs: [], problems, notices: [] };
}

function isViews(title: string): boolean {
  return VIEWS.has(normalise(title.replace(/facebook|instagram/i, "").replace(/[()]/g, " ")));
}

/** The file names its platform at most in the title. */
function platformIn(title: string): Platform {
  if (/instagram/i.test(title)) return "instagram";
  return /facebook/i.test(title) ? "facebook" : "other";
}
