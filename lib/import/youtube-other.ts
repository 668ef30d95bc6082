import type { FileFormat } from "./format";
import { firstRows, normalise, type Table } from "./parse";
import { partsOf, youtubeColumnsOf } from "./youtube-words";

/** Exports of YouTube Studio that tell neither videos nor money: charts, totals of views, breakdowns. */
export const YOUTUBE_OTHER: FileFormat = {
  id: "youtube-other",
  family: "youtube",
  label: "YouTube Studio: another export",
  detect: (table) => describe(table) !== null,
  read(table) {
    const what = describe(table) ?? "another export of YouTube Studio";
    const message = `This is ${what}; take the tab Content or Date in Advanced mode with the metric Estimated revenue, and bring the zip of that export (its table file holds what is needed).`;
    return { kind: "not_useful", message };
  },
};

function describe(table: Table): string | null {
  const { at } = youtubeColumnsOf(table);
  const isMeasured = at.has("views") || at.has("watchHours") || at.has("revenue");
  if (!isMeasured) return null;
  const dimension = table.header[at.get("dimension") ?? 0] ?? "";
  if (at.has("date") && at.has("id") && isWrittenByYoutube(table))
    return "the chart file of a YouTube Studio export, which holds only the plotted videos";
  if (at.has("date") && at.has("dimension"))
    return `the chart file of YouTube Studio's export by ${dimension}, which tells neither videos nor money`;
  if (at.has("date"))
    return isTotals(table) ? "the totals file of a YouTube Studio export, which holds no money" : null;
  const isBreakdown =
    partsOf(firstRows(table), 0).totals.length > 0 && (at.has("watchHours") || at.has("averageDuration"));
  if (at.has("id") || !(at.has("dimension") || isBreakdown)) return null;
  return `YouTube Studio's table by ${dimension}, which tells no videos`;
}

/** Only a date and figures of YouTube. */
function isTotals(table: Table): boolean {
  return isWrittenByYoutube(table) && table.header.length === youtubeColumnsOf(table).at.size;
}

/** Under YouTube's own capitalised words; somebody's own table may have a date, a video and views too. */
function isWrittenByYoutube(table: Table): boolean {
  return table.header.every((name) => name !== normalise(name) || !/[a-z]/.test(name));
}
