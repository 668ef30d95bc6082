import { minorWithParts } from "./amounts";
import { cellOf, readCell } from "./columns";
import { type DayOrder, dayOrderOf, parseDay } from "./dates";
import { ESTIMATE, type Need, NO_FIGURES, type Period, type Problem, type Sink } from "./draft";
import type { FileFormat, Reading, ReadOptions } from "./format";
import { dayOrderNeed, periodNeed } from "./needs";
import { isUnknown, parseSeconds } from "./numbers";
import { allRows, cleanText, type Row, type Table } from "./parse";
import { isTwin, repeatProblem, twinNotice } from "./repeats";
import {
  decimalMarkIn,
  type Figures,
  mergeProblems,
  netNotices,
  readFigures,
  reconcile,
  revenueNeeds,
} from "./youtube-rows";
import { partsOf, type YoutubeColumns, youtubeColumnsOf } from "./youtube-words";

type VideoRow = { externalId: string; row: Row; figures: Figures };

/** YouTube Studio, tab "Content": one row per video over the period of the export. */
export const YOUTUBE_CONTENT: FileFormat = {
  id: "youtube-content",
  family: "youtube",
  label: "YouTube Studio: table of videos",
  detect(table) {
    const { at } = youtubeColumnsOf(table);
    const hasFigures = at.has("views") || at.has("revenue") || at.has("watchHours");
    const isOfYoutube = at.has("title") || at.has("publishedAt") || at.has("watchHours");
    return at.has("id") && !at.has("date") && hasFigures && isOfYoutube;
  },
  read: readContent,
};

function readContent(table: Table, options: ReadOptions, out: Sink): Reading {
  const columns = youtubeColumnsOf(table);
  const { totals, data } = partsOf(allRows(table), columns.at.get("id") ?? 0);
  const fatal = mergeProblems(columns, totals);
  if (fatal.length > 0) return { kind: "refused", problems: fatal };
  if (data.length === 0)
    return { kind: "refused", problems: [{ message: "The table holds no video. Export a longer period." }] };

  const problems: Problem[] = [];
  const notices: Problem[] = [];
  const mark = decimalMarkIn(table, columns, options);
  const videos = uniqueVideos(table, data, columns, problems, notices).flatMap(({ externalId, row }) => {
    const figures = readFigures(table, row, columns, mark, problems);
    return figures ? [{ externalId, row, figures }] : [];
  });
  const figures = videos.map((video) => video.figures);
  notices.push(...reconcile(table, totals[0], figures, columns, mark), ...netNotices(table, data, columns));

  const { order, needs } = publishOrder(table, data, columns, options);
  for (const video of videos) out.video(videoDraft(table, video, columns, order, notices));
  const currency = columns.currency ?? options.currency;
  needs.push(...revenueNeeds(columns, options));
  if (!options.period) {
    needs.push(periodNeed("YouTube Studio"));
    return { kind: "read", needs, problems, notices };
  }
  for (const video of videos) addTraffic(out, video, options.period, options);
  if (!columns.at.has("revenue"))
    notices.push({
      message:
        "The table has no column of estimated revenue, so only views are imported. Add that metric in Advanced mode to import money.",
    });
  else if (currency) addPayout(out, videos, { ...options, period: options.period, currency }, problems);
  return { kind: "read", needs, problems, notices };
}

/** Rows with a usable id; a repeated id is refused, unless the rows are twins to the letter. */
function uniqueVideos(
  table: Table,
  data: Row[],
  columns: YoutubeColumns,
  problems: Problem[],
  notices: Problem[],
) {
  const index = columns.at.get("id") ?? 0;
  const column = table.header[index];
  const first = new Map<string, Row>();
  for (const row of data) {
    // A leading space guards ids that begin with "-" from being read as formulas.
    const id = cleanText(row.cells[index] ?? "");
    const earlier = first.get(id);
    if (id === "" || /\s/.test(id) || id.length > 100)
      problems.push({
        line: row.line,
        column,
        message: `"${id.slice(0, 40)}" is not a video id; mend the row or leave it out.`,
      });
    else if (!earlier) first.set(id, row);
    else if (isTwin(row, earlier)) notices.push(twinNotice(row, earlier.line));
    else problems.push(repeatProblem(`Video ${id}`, row, earlier.line, column));
  }
  return [...first].map(([externalId, row]) => ({ externalId, row }));
}

function publishOrder(
  table: Table,
  data: Row[],
  columns: YoutubeColumns,
  options: ReadOptions,
): { order?: DayOrder; needs: Need[] } {
  const index = columns.at.get("publishedAt");
  if (index === undefined) return { needs: [] };
  const found = dayOrderOf(data.map((row) => row.cells[index] ?? ""));
  if (found === "dmy" || found === "mdy") return { order: found, needs: [] };
  if (found !== "ask" || options.dayOrder) return { order: options.dayOrder, needs: [] };
  return { needs: [dayOrderNeed(table.header[index] ?? "")] };
}

function videoDraft(
  table: Table,
  { externalId, row }: VideoRow,
  columns: YoutubeColumns,
  order: DayOrder | undefined,
  notices: Problem[],
) {
  const title = cleanText(cellOf(row, columns, "title"));
  const published = cellOf(row, columns, "publishedAt");
  const day = isUnknown(published) ? null : parseDay(cleanText(published), order);
  if (day && !day.ok)
    notices.push({
      line: row.line,
      column: table.header[columns.at.get("publishedAt") ?? 0],
      message: `${day.error} The video is kept without its date.`,
    });
  return {
    sourceKey: `yt:video:${externalId}`,
    platform: "youtube" as const,
    externalId,
    url: `https://www.youtube.com/watch?v=${externalId}`,
    title: title === "" ? null : title,
    publishedDay: day?.ok ? day.value : null,
    // A duration that cannot be read is no reason to refuse the row: nothing is computed from it.
    durationSeconds: readCell(table, row, columns, "duration", parseSeconds, []),
    format: null,
    line: row.line,
  };
}

function addTraffic(out: Sink, video: VideoRow, period: Period, { channelKey }: ReadOptions): void {
  const { revenue: _, ...figures } = video.figures;
  if (Object.values(figures).every((figure) => figure === null)) return;
  out.traffic({
    sourceKey: `yt:content:${period.from}..${period.to}:${channelKey}:${video.externalId}`,
    platform: "youtube",
    format: null,
    videoExternalId: video.externalId,
    ...period,
    ...NO_FIGURES,
    ...figures,
    line: video.row.line,
  });
}

/** One payout for the whole period: the exact sum of the videos' revenue, rounded once, with lines that add up to it. */
function addPayout(
  out: Sink,
  videos: VideoRow[],
  { period, currency, channelKey }: ReadOptions & Required<Pick<ReadOptions, "period" | "currency">>,
  problems: Problem[],
): void {
  const paid = videos.flatMap(({ externalId, figures }) =>
    figures.revenue ? [{ externalId, revenue: figures.revenue }] : [],
  );
  const [first] = videos;
  if (paid.length === 0 || !first) return;
  const amount = minorWithParts(
    paid.map(({ revenue }) => revenue),
    currency,
  );
  if (!amount.ok) {
    problems.push({ message: amount.error });
    return;
  }
  const { minor, parts } = amount.value;
  out.payout({
    sourceKey: `yt:content:${period.from}..${period.to}:${channelKey}`,
    platform: "youtube",
    format: null,
    stream: "ads",
    ...period,
    minor,
    currency,
    ...ESTIMATE,
    lines: paid.map(({ externalId }, index) => ({ videoExternalId: externalId, minor: parts[index] ?? 0n })),
    line: first.row.line,
  });
}
