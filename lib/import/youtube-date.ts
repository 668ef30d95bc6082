import type { Platform } from "../model/words";
import { minorOf } from "./amounts";
import { parseDay } from "./dates";
import { columnOrder } from "./day-column";
import { ESTIMATE, NO_FIGURES, type Problem, type Sink } from "./draft";
import type { FileFormat, Reading, ReadOptions } from "./format";
import { allRows, cleanText, type Table } from "./parse";
import { repeatProblem } from "./repeats";
import {
  decimalMarkIn,
  type Figures,
  mergeProblems,
  netNotices,
  readFigures,
  reconcile,
  revenueNeeds,
} from "./youtube-rows";
import {
  beginsWithTotal,
  isWrittenByYoutube,
  partsOf,
  type YoutubeColumn,
  youtubeColumnsOf,
} from "./youtube-words";

/** Words that any platform may use: days of these alone, without YouTube's total, are of any channel. */
const ANYONES: ReadonlySet<YoutubeColumn> = new Set(["date", "views", "likes", "shares"]);

/** YouTube Studio, tab "Date", and the totals file of any tab: one row per day of the whole channel. */
export const YOUTUBE_DATE: FileFormat = {
  id: "youtube-date",
  family: "youtube",
  label: "YouTube Studio: table of days",
  detect(table) {
    const { at } = youtubeColumnsOf(table);
    if (!at.has("date") || at.has("id") || at.has("dimension") || at.has("geography") || at.has("channel"))
      return false;
    if (at.has("revenue")) return true;
    return (at.has("views") || at.has("watchHours")) && (hasTotal(table) || isTotals(table));
  },
  read: readDays,
  hasTotal,
};

function hasTotal(table: Table): boolean {
  return beginsWithTotal(table, youtubeColumnsOf(table).at.get("date") ?? 0);
}

/** Only a date and figures of YouTube. */
function isTotals(table: Table): boolean {
  return isWrittenByYoutube(table) && table.header.length === youtubeColumnsOf(table).at.size;
}

function readDays(table: Table, options: ReadOptions, out: Sink): Reading {
  const columns = youtubeColumnsOf(table);
  const key = columns.at.get("date") ?? 0;
  const column = table.header[key] ?? "";
  const { totals, data } = partsOf(allRows(table), key);
  const fatal = mergeProblems(columns, totals);
  const when = columnOrder(
    column,
    data.map((row) => row.cells[key] ?? ""),
    options,
  );
  fatal.push(...when.problems);
  if (data.length === 0) fatal.push({ message: "The table holds no day. Export a longer period." });
  if (fatal.length > 0) return { kind: "refused", problems: fatal };

  const currency = columns.currency ?? options.currency;
  const needs = revenueNeeds(columns, options);
  if (when.needs.length > 0)
    return { kind: "read", needs: [...needs, ...when.needs], problems: [], notices: [] };

  const isAnyones = totals.length === 0 && [...columns.at.keys()].every((name) => ANYONES.has(name));
  const platform: Platform = isAnyones ? "other" : "youtube";
  const problems: Problem[] = [];
  const mark = decimalMarkIn(table, columns, options);
  const lineOfDay = new Map<string, number>();
  const read: Figures[] = [];
  for (const row of data) {
    const figures = readFigures(table, row, columns, mark, problems);
    const day = parseDay(cleanText(row.cells[key] ?? ""), when.order);
    const earlier = day.ok ? lineOfDay.get(day.value) : undefined;
    if (!day.ok) problems.push({ line: row.line, column, message: day.error });
    else if (earlier) problems.push(repeatProblem(day.value, row, earlier, column));
    if (!figures || !day.ok || earlier) continue;

    lineOfDay.set(day.value, row.line);
    read.push(figures);
    const { revenue, ...traffic } = figures;
    const common = {
      sourceKey: `yt:date:${day.value}:${options.channelKey}`,
      platform,
      format: null,
      from: day.value,
      to: day.value,
      line: row.line,
    };
    if (Object.values(traffic).some((figure) => figure !== null))
      out.traffic({ ...common, videoExternalId: null, ...NO_FIGURES, ...traffic });
    if (!revenue || !currency) continue;
    // Each day by itself, so that a day has the same amount in every export that holds it.
    const minor = minorOf([revenue], currency);
    if (minor.ok)
      out.payout({ ...common, stream: "ads", minor: minor.value, currency, ...ESTIMATE, lines: [] });
    else
      problems.push({
        line: row.line,
        column: table.header[columns.at.get("revenue") ?? 0],
        message: minor.error,
      });
  }
  const notices = [...reconcile(table, totals[0], read, columns, mark), ...netNotices(table, data, columns)];
  return { kind: "read", needs, problems, notices };
}
