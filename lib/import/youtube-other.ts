import type { FileFormat } from "./format";
import type { Table } from "./parse";
import { beginsWithTotal, isWrittenByYoutube, youtubeColumnsOf } from "./youtube-words";

/** Exports of YouTube Studio that tell neither days, videos, countries nor channels: charts and other breakdowns. */
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
  const by = at.get("geography") ?? at.get("dimension") ?? at.get("channelTitle") ?? at.get("channel");
  const dimension = table.header[by ?? 0] ?? "";
  if (at.has("date") && at.has("id") && isWrittenByYoutube(table))
    return "the chart file of a YouTube Studio export, which holds only the plotted videos";
  if (at.has("date") && by !== undefined)
    return `the chart file of YouTube Studio's export by ${dimension}, which tells neither videos nor money`;
  const isBreakdown = beginsWithTotal(table, 0) && (at.has("watchHours") || at.has("averageDuration"));
  if (at.has("date") || at.has("id") || !(at.has("dimension") || isBreakdown)) return null;
  return `YouTube Studio's table by ${dimension}, which tells no videos`;
}
