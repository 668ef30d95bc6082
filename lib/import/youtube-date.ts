import { roundToMinor } from "../model/money";
import { dayOrderOf, parseDay } from "./dates";
import { type Need, NO_FIGURES, type Problem, type Sink } from "./draft";
import type { FileFormat, Reading, ReadOptions } from "./format";
import { isPlausibleAmount } from "./numbers";
import { allRows, cleanText, firstRows, type Table } from "./parse";
import {
  currencyNeed,
  decimalMarkIn,
  type Figures,
  mergeProblems,
  readFigures,
  reconcile,
} from "./youtube-rows";
import { partsOf, youtubeColumnsOf } from "./youtube-words";

/** YouTube Studio, tab "Date" (and "Totals" with revenue): one row per day of the whole channel. */
export const YOUTUBE_DATE: FileFormat = {
  id: "youtube-date",
  family: "youtube",
  label: "YouTube Studio: table of days",
  detect(table) {
    const { at } = youtubeColumnsOf(table);
    const key = at.get("date");
    if (key === undefined || at.has("id") || at.has("dimension")) return false;
    return at.has("revenue") || (hasTotal(table) && (at.has("views") || at.has("watchHours")));
  },
  read: readDays,
  hasTotal,
};

function hasTotal(table: Table): boolean {
  return partsOf(firstRows(table), youtubeColumnsOf(table).at.get("date") ?? 0).totals.length > 0;
}

function readDays(table: Table, options: ReadOptions, out: Sink): Reading {
  const columns = youtubeColumnsOf(table);
  const key = columns.at.get("date") ?? 0;
  const column = table.header[key] ?? "";
  const { totals, data } = partsOf(allRows(table), key);
  const fatal = mergeProblems(columns, totals);
  const found = dayOrderOf(data.map((row) => row.cells[key] ?? ""));
  if (found === "mixed")
    fatal.push({
      column,
      message: `"${column}" holds dates with the day first and others with the month first; a spreadsheet changed them. Export the file again.`,
    });
  if (data.length === 0) fatal.push({ message: "The table holds no day. Export a longer period." });
  if (fatal.length > 0) return { kind: "refused", problems: fatal };

  const currency = columns.currency ?? options.currency ?? null;
  const needs: Need[] = currencyNeed(columns, currency);
  const order = found === "dmy" || found === "mdy" ? found : options.dayOrder;
  if (found === "ask" && !order) {
    const message = `All dates in "${column}" can be read two ways. Say whether the day or the month comes first.`;
    needs.push({ what: "dayOrder", column, options: ["dmy", "mdy"], message });
    return { kind: "read", needs, problems: [], notices: [] };
  }

  const problems: Problem[] = [];
  const mark = decimalMarkIn(table, columns, options);
  const lineOfDay = new Map<string, number>();
  const read: Figures[] = [];
  for (const row of data) {
    const figures = readFigures(table, row, columns, mark, problems);
    const day = parseDay(cleanText(row.cells[key] ?? ""), order);
    const earlier = day.ok ? lineOfDay.get(day.value) : undefined;
    if (!day.ok) problems.push({ line: row.line, column, message: day.error });
    else if (earlier)
      problems.push({
        line: row.line,
        column,
        message: `${day.value} is also on line ${earlier}; only line ${earlier} is read. Remove one of them.`,
      });
    if (!figures || !day.ok || earlier) continue;

    lineOfDay.set(day.value, row.line);
    read.push(figures);
    const { revenue, ...traffic } = figures;
    const common = {
      sourceKey: `yt:date:${day.value}:${options.channelKey}`,
      platform: "youtube" as const,
      format: null,
      from: day.value,
      to: day.value,
      line: row.line,
    };
    if (Object.values(traffic).some((figure) => figure !== null))
      out.traffic({ ...common, videoExternalId: null, ...NO_FIGURES, ...traffic });
    if (!revenue || !currency) continue;
    // Each day by itself, so that a day has the same amount in every export that holds it.
    const minor = roundToMinor(revenue, currency);
    if (isPlausibleAmount(minor))
      out.payout({
        ...common,
        stream: "ads",
        minor,
        currency,
        state: "estimated",
        estimatedMinor: null,
        settledDay: null,
        note: "",
        lines: [],
      });
    else
      problems.push({
        line: row.line,
        column: table.header[columns.at.get("revenue") ?? 0],
        message: "The amount is too large to be true; check it for extra digits.",
      });
  }
  const notices = reconcile(table, totals[0], read, columns, mark);
  return { kind: "read", needs, problems, notices };
}
