import { exponentOf, roundToMinor } from "../model/money";
import { type DayOrder, dayOrderOf, parseDay } from "./dates";
import { type Need, NO_FIGURES, type Period, type Problem, type Sink, type TrafficDraft } from "./draft";
import type { FileFormat, Reading, ReadOptions } from "./format";
import { isPlausibleAmount, isUnknown, roundTogether, sumDecimals } from "./numbers";
import { allRows, cleanText, type Row, type Table } from "./parse";
import {
  currencyNeed,
  decimalMarkIn,
  type Figures,
  mergeProblems,
  readFigures,
  reconcile,
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
  notices.push(
    ...reconcile(
      table,
      totals[0],
      videos.map((video) => video.figures),
      columns,
      mark,
    ),
  );

  const { order, needs } = publishOrder(table, data, columns, options);
  for (const video of videos) out.video(videoDraft(table, video, columns, order, notices));
  const currency = columns.currency ?? options.currency ?? null;
  needs.push(...currencyNeed(columns, currency));
  if (!options.period) {
    needs.push({
      what: "period",
      message:
        "The table does not say which days it covers. Give its first and last day, as chosen in YouTube Studio.",
    });
    return { kind: "read", needs, problems, notices };
  }
  for (const draft of trafficDrafts(videos, options.period, options)) out.traffic(draft);
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
    else if (earlier.cells.join("\0") === row.cells.join("\0"))
      notices.push({
        line: row.line,
        column,
        message: `This row repeats line ${earlier.line} and counts once.`,
      });
    else
      problems.push({
        line: row.line,
        column,
        message: `Video ${id} is also on line ${earlier.line} with other figures; only line ${earlier.line} is read. Remove one of them.`,
      });
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
  const column = table.header[index] ?? "";
  const message = `All dates in "${column}" can be read two ways. Say whether the day or the month comes first.`;
  return { needs: [{ what: "dayOrder", column, options: ["dmy", "mdy"], message }] };
}

function videoDraft(
  table: Table,
  { externalId, row }: VideoRow,
  columns: YoutubeColumns,
  order: DayOrder | undefined,
  notices: Problem[],
) {
  const [titleAt, publishedAt] = [columns.at.get("title"), columns.at.get("publishedAt")];
  const title = titleAt === undefined ? "" : cleanText(row.cells[titleAt] ?? "");
  const published = publishedAt === undefined ? "" : (row.cells[publishedAt] ?? "");
  const day = isUnknown(published) ? null : parseDay(cleanText(published), order);
  if (publishedAt !== undefined && day && !day.ok)
    notices.push({
      line: row.line,
      column: table.header[publishedAt],
      message: `${day.error} The video is kept without its date.`,
    });
  return {
    sourceKey: `yt:video:${externalId}`,
    platform: "youtube" as const,
    externalId,
    url: `https://www.youtube.com/watch?v=${externalId}`,
    title: title === "" ? null : title,
    publishedDay: day?.ok ? day.value : null,
    durationSeconds: null,
    format: null,
    line: row.line,
  };
}

function trafficDrafts(videos: VideoRow[], period: Period, { channelKey }: ReadOptions): TrafficDraft[] {
  return videos.flatMap(({ externalId, row, figures: { views, engagedViews, watchSeconds } }) => {
    if (views === null && engagedViews === null && watchSeconds === null) return [];
    const sourceKey = `yt:content:${period.from}..${period.to}:${channelKey}:${externalId}`;
    return [
      {
        sourceKey,
        platform: "youtube",
        format: null,
        videoExternalId: externalId,
        ...period,
        ...NO_FIGURES,
        views,
        engagedViews,
        watchSeconds,
        line: row.line,
      },
    ];
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
  const revenues = paid.map(({ revenue }) => revenue);
  const minor = roundToMinor(sumDecimals(revenues), currency);
  const shares = roundTogether(revenues, minor, exponentOf(currency));
  if (![minor, ...shares].every(isPlausibleAmount)) {
    problems.push({ message: "The revenue is too large to be true; check the column for extra digits." });
    return;
  }
  out.payout({
    sourceKey: `yt:content:${period.from}..${period.to}:${channelKey}`,
    platform: "youtube",
    format: null,
    stream: "ads",
    ...period,
    minor,
    currency,
    state: "estimated",
    estimatedMinor: null,
    settledDay: null,
    note: "",
    lines: paid.map(({ externalId }, index) => ({ videoExternalId: externalId, minor: shares[index] ?? 0n })),
    line: first.row.line,
  });
}
