import { addDays, type Day } from "../model/month";
import { parseDay, parseDayOfYear } from "./dates";
import type { Problem, ReadingDraft, Sink } from "./draft";
import { type FileFormat, type Reading, type ReadOptions, raggedProblem } from "./format";
import { isUnknown } from "./numbers";
import { allRows, type Row, shown, type Table } from "./parse";
import { type Columns, cellOf, columnsNamed, countOf, headerOf } from "./tiktok-columns";
import { dayOfExport, latestOn } from "./tiktok-days";
import { type TiktokVideo, tiktokVideoOf, videoDraft } from "./tiktok-video";

/** Content.csv of TikTok Studio, its wider list, and the videos of a business account (also in Italian). */
const WORDS = {
  /** The day of the export. */
  time: ["Time"],
  title: ["Video title", "Descrizione video", "Titolo video"],
  link: ["Video link", "Link video", "Link del video"],
  posted: ["Post time", "Data di pubblicazione del video"],
  views: ["Total views", "Video views", "Visualizzazioni video"],
  likes: ["Total likes", "Likes", "Mi piace"],
  comments: ["Total comments", "Comments", "Commenti"],
  shares: ["Total shares", "Shares", "Condivisioni"],
} as const;
type Column = keyof typeof WORDS;

type Video = TiktokVideo & { row: Row };

const EMPTY = "This table of TikTok has no videos; export a period in which there are some.";

/** Views, likes, comments and shares of each video as they stood on the day of the export. */
export const TIKTOK_VIDEOS: FileFormat = {
  id: "tiktok-videos",
  label: "TikTok: videos",
  detect(table) {
    const { at } = videoColumnsOf(table);
    return at.has("link") && at.has("posted") && at.has("views");
  },
  read: readVideos,
};

/** The header of the links is not known in each language, so they are also found by what they are. */
function videoColumnsOf(table: Table): Columns<Column> {
  const columns = columnsNamed(table, WORDS);
  if (columns.at.has("link")) return columns;
  for (const row of table.rows) {
    const index = row.cells.findIndex((cell) => tiktokVideoOf(cell).ok);
    return index < 0 ? columns : { ...columns, at: new Map([...columns.at, ["link", index]]) };
  }
  return columns;
}

function readVideos(table: Table, options: ReadOptions, out: Sink): Reading {
  const columns = videoColumnsOf(table);
  if (columns.twice.length > 0) return { kind: "refused", problems: columns.twice };
  const problems: Problem[] = [];
  const notices: Problem[] = [];
  const videos = uniqueVideos(table, columns, problems, notices);
  if (videos.length === 0 && problems.length === 0) return { kind: "not_useful", message: EMPTY };
  const newest = videos.reduce<Day | null>(
    (latest, { publishedDay }) => (latest !== null && latest > publishedDay ? latest : publishedDay),
    null,
  );
  let isAsked = false;
  for (const video of videos) {
    const before = problems.length;
    const counts = countsOf(table, video.row, columns, problems);
    const day = readingDay(cellOf(video.row, columns, "time"), newest, options);
    if (day && day < addDays(video.publishedDay, -1))
      problems.push({
        line: video.row.line,
        message: `This video was posted on ${video.publishedDay}, after the ${day} on which the file is said to have been exported. Give the right day of the export.`,
      });
    if (problems.length > before) continue;
    notices.push(...postedNotice(table, video, columns));
    out.video(videoDraft(video, cellOf(video.row, columns, "title"), video.row.line));
    if (Object.values(counts).every((count) => count === null)) continue;
    if (day) out.reading(readingDraft(video, day, counts, options));
    else isAsked = true;
  }
  const message =
    "The counts are those of the day on which the file was exported, which it does not tell. Say which day that was.";
  return { kind: "read", needs: isAsked ? [{ what: "asOf", message }] : [], problems, notices };
}

/** Rows whose link names a video; a video that comes twice counts once, and is refused where the rows differ. */
function uniqueVideos(
  table: Table,
  columns: Columns<Column>,
  problems: Problem[],
  notices: Problem[],
): Video[] {
  const column = headerOf(table, columns, "link");
  const first = new Map<string, Video>();
  for (const row of allRows(table)) {
    const ragged = raggedProblem(table, row);
    const link = tiktokVideoOf(cellOf(row, columns, "link"));
    const earlier = link.ok ? first.get(link.value.externalId)?.row : undefined;
    if (ragged) problems.push(ragged);
    else if (!link.ok) problems.push({ line: row.line, column, message: link.error });
    else if (!earlier) first.set(link.value.externalId, { ...link.value, row });
    else if (earlier.cells.join("\0") === row.cells.join("\0"))
      notices.push({ line: row.line, message: `This row repeats line ${earlier.line} and counts once.` });
    else
      problems.push({
        line: row.line,
        column,
        message: `This video is also on line ${earlier.line} with other figures; only line ${earlier.line} is read. Remove one of them.`,
      });
  }
  return [...first.values()];
}

function countsOf(table: Table, row: Row, columns: Columns<Column>, problems: Problem[]) {
  const count = (name: Column) => countOf(table, row, columns, name, problems);
  return {
    views: count("views"),
    likes: count("likes"),
    comments: count("comments"),
    shares: count("shares"),
  };
}

/**
 * The day a row's counts are of: that of `Time`, or where there is none the day given. A day without a year is the
 * only one from the newest video on (its id knows the year) up to today; null when several are, or none.
 */
function readingDay(time: string, newest: Day | null, options: ReadOptions): Day | null {
  const asOf = dayOfExport(options);
  if (isUnknown(time)) return asOf;
  const full = parseDay(time);
  if (full.ok) return full.value;
  const label = parseDayOfYear(time);
  if (!label) return asOf;
  const latest = latestOn(label, asOf ?? options.today);
  if (asOf) return latest;
  // A video posted in the evening may bear the next day in UTC.
  const earliest = addDays(newest ?? latest, -1);
  const isOnly = latest >= earliest && latestOn(label, addDays(latest, -1)) < earliest;
  return isOnly ? latest : null;
}

/** The id says to the second when a video was posted; the printed day, in a zone of its own, only checks it. */
function postedNotice(table: Table, { row, publishedDay }: Video, columns: Columns<Column>): Problem[] {
  const posted = cellOf(row, columns, "posted");
  const label = parseDayOfYear(posted);
  const full = parseDay(posted);
  const around = [-1, 0, 1].map((days) => addDays(publishedDay, days));
  const agrees = label
    ? around.some((day) => day.slice(5) === label)
    : !full.ok || around.includes(full.value);
  if (agrees) return [];
  const message = `The file says "${shown(posted)}", the id of the video says ${publishedDay}; the id is believed.`;
  return [{ line: row.line, column: headerOf(table, columns, "posted"), message }];
}

function readingDraft(
  { externalId, row }: Video,
  day: Day,
  counts: Pick<ReadingDraft, "views" | "likes" | "comments" | "shares">,
  { channelKey }: ReadOptions,
): ReadingDraft {
  return {
    sourceKey: `tt:reading:${externalId}:${day}:${channelKey}`,
    platform: "tiktok",
    videoExternalId: externalId,
    day,
    ...counts,
    followers: null,
    line: row.line,
  };
}
