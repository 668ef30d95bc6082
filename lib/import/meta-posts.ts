import type { Decimal } from "../model/money";
import type { Day } from "../model/month";
import type { Format, Platform } from "../model/words";
import { cellOf, decimalMarkOfColumns, readCell, twiceProblems } from "./columns";
import { type DayOrder, dayOrderOf, parseDay } from "./dates";
import type { Need, Problem, ReadingDraft, Sink } from "./draft";
import { type FileFormat, type Reading, type ReadOptions, raggedProblem } from "./format";
import { addEarnings } from "./meta-earnings";
import { isVideoType, type MetaColumn, type MetaColumns, metaColumnsOf, parseMetaCount } from "./meta-words";
import { asOfNeed, currencyNeed, periodNeed } from "./needs";
import { type DecimalMark, isUnknown, parseAmount, parseSeconds } from "./numbers";
import { allRows, cleanText, type Row, shown, type Table } from "./parse";
import { isTwin, repeatProblem, twinNotice } from "./repeats";
import { parseVideoLink } from "./video-link";

export type MetaPost = {
  row: Row;
  /** Null where the post is no video: an image, a carousel, a story, a text. */
  video: { platform: Platform; externalId: string; format: Format | null; url: string } | null;
  counts: Pick<ReadingDraft, "views" | "likes" | "comments" | "shares">;
  earnings: Decimal | null;
  stars: Decimal | null;
};

const MAX_TITLE = 100;

/** Meta Business Suite, Content: one row per post of Instagram or Facebook, with its counts so far. */
export const META_POSTS: FileFormat = {
  id: "meta-posts",
  label: "Meta Business Suite: posts",
  detect(table) {
    const { at } = metaColumnsOf(table);
    const isPost = at.has("permalink") && (at.has("postId") || at.has("type"));
    return isPost || (at.has("assetId") && (isOfPage(at) || at.has("publishedAt")));
  },
  read: readPosts,
};

function isOfPage(at: MetaColumns["at"]): boolean {
  return at.has("page") || at.has("pageId");
}

function readPosts(table: Table, options: ReadOptions, out: Sink): Reading {
  const columns = metaColumnsOf(table);
  const fatal = twiceProblems(columns);
  const rows = allRows(table);
  if (rows.length === 0) fatal.push({ message: "The table holds no post. Export a longer period." });
  if (fatal.length > 0) return { kind: "refused", problems: fatal };

  const problems: Problem[] = [];
  const notices: Problem[] = [];
  const mark = decimalMarkOfColumns(table, columns, ["earnings", "stars"], options);
  const posts = uniquePosts(table, rows, columns, mark, problems, notices);
  const others = posts.filter(({ video }) => video === null).length;
  if (others > 0)
    notices.push({
      message: `${others} ${others === 1 ? "post is no video" : "posts are no videos"} (images, carousels, stories, texts), and ${others === 1 ? "is" : "are"} left out.`,
    });

  const needs: Need[] = [];
  const videos = posts.flatMap((post) => (post.video ? [{ ...post, video: post.video }] : []));
  const published = dayOrderOf(rows.map((row) => cellOf(row, columns, "publishedAt")));
  // Meta writes MM/DD/YYYY in every language seen.
  const order = options.dayOrder ?? (published === "dmy" ? "dmy" : "mdy");
  for (const { row, video } of videos) addVideo(out, table, row, columns, video, order, notices);
  if (videos.length > 0 && !options.asOf) needs.push(asOfNeed());
  for (const post of videos) if (options.asOf) addReading(out, post, options.asOf, options.channelKey);

  const isPaid = posts.some(({ earnings, stars }) => earnings !== null || stars !== null);
  if (isPaid) {
    const currency = columns.currency ?? options.currency;
    if (!currency) needs.push(currencyNeed());
    if (!options.period) needs.push(periodNeed("Meta Business Suite"));
    if (currency && options.period)
      addEarnings(out, posts, { ...options, currency, period: options.period }, problems);
  }
  if (videos.length === 0 && !isPaid && problems.length > 0) return { kind: "refused", problems };
  if (videos.length === 0 && !isPaid)
    return {
      kind: "not_useful",
      message:
        "This export of Meta Business Suite holds no reel and no video; choose a period with videos under Content, and export that.",
    };
  return { kind: "read", needs, problems, notices };
}

/** Posts that can be read; a repeated one counts once, and is refused where its figures differ. */
function uniquePosts(
  table: Table,
  rows: Row[],
  columns: MetaColumns,
  mark: DecimalMark,
  problems: Problem[],
  notices: Problem[],
): MetaPost[] {
  const first = new Map<string, Row>();
  return rows.flatMap((row) => {
    const post = readPost(table, row, columns, mark, problems);
    if (!post) return [];
    const id = post.video?.externalId ?? cleanText(cellOf(row, columns, "postId"));
    const earlier = id === "" ? undefined : first.get(id);
    if (!earlier) {
      first.set(id, row);
      return [post];
    }
    if (isTwin(row, earlier)) notices.push(twinNotice(row, earlier.line));
    else problems.push(repeatProblem("This post", row, earlier.line));
    return [];
  });
}

function readPost(
  table: Table,
  row: Row,
  columns: MetaColumns,
  mark: DecimalMark,
  problems: Problem[],
): MetaPost | null {
  const ragged = raggedProblem(table, row);
  if (ragged) {
    problems.push(ragged);
    return null;
  }
  const before = problems.length;
  const { at } = columns;
  const date = cellOf(row, columns, "date");
  if (parseDay(date, "mdy").ok)
    problems.push({
      line: row.line,
      column: table.header[at.get("date") ?? 0],
      message: `"${shown(date)}" is one day of this post; export with the breakdown Lifetime instead.`,
    });
  const video = videoOf(table, row, columns, problems);
  const count = (name: MetaColumn) => readCell(table, row, columns, name, parseMetaCount, problems);
  const [likes, reactions] = [count("likes"), count("reactions")];
  const counts = {
    views: count("views"),
    likes: likes ?? reactions,
    comments: count("comments"),
    shares: count("shares"),
  };
  const earnings = readCell(table, row, columns, "earnings", (text) => parseAmount(text, mark), problems);
  const stars = readCell(table, row, columns, "stars", (text) => parseAmount(text, mark), problems);
  return problems.length === before ? { row, video, counts, earnings, stars } : null;
}

/** Which video a post is, by its permalink, so that it meets the same video logged by link; else by its id. */
function videoOf(table: Table, row: Row, columns: MetaColumns, problems: Problem[]): MetaPost["video"] {
  const permalink = cleanText(cellOf(row, columns, "permalink"));
  const type = cellOf(row, columns, "type");
  const link = permalink === "" ? null : parseVideoLink(permalink);
  const isTyped = columns.at.has("type") && !isUnknown(type);
  const isVideo = isTyped ? isVideoType(type) : columns.at.has("assetId") || (link?.ok && link.value.format);
  if (!isVideo) return null;
  const written = /reel/i.test(type) ? "short" : /live/i.test(type) ? "live" : null;
  if (link?.ok) {
    const { platform, externalId, format } = link.value;
    return { platform, externalId, format: written ?? format, url: permalink };
  }
  const id = cleanText(cellOf(row, columns, "assetId")) || cleanText(cellOf(row, columns, "postId"));
  if (isOfPage(columns.at) && /^\d{5,25}$/.test(id)) {
    const url = permalink === "" ? `https://www.facebook.com/watch/?v=${id}` : permalink;
    return { platform: "facebook", externalId: id, format: written, url };
  }
  problems.push({
    line: row.line,
    column: table.header[columns.at.get("permalink") ?? 0],
    message: `"${shown(permalink)}" names no post, so this row cannot be told from others. Mend the link or leave the row out.`,
  });
  return null;
}

function addVideo(
  out: Sink,
  table: Table,
  row: Row,
  columns: MetaColumns,
  { platform, externalId, format, url }: NonNullable<MetaPost["video"]>,
  order: DayOrder,
  notices: Problem[],
): void {
  const published = cleanText(cellOf(row, columns, "publishedAt"));
  const day = isUnknown(published) ? null : parseDay(published, order);
  if (day && !day.ok)
    notices.push({
      line: row.line,
      column: table.header[columns.at.get("publishedAt") ?? 0],
      message: `${day.error} The video is kept without its date.`,
    });
  out.video({
    sourceKey: `meta:video:${platform}:${externalId}`,
    platform,
    externalId,
    url,
    title: titleOf(row, columns),
    publishedDay: day?.ok ? day.value : null,
    durationSeconds: readCell(table, row, columns, "duration", parseSeconds, []),
    format,
    line: row.line,
  });
}

/** The title, else the caption's first line; cut where it is long. */
function titleOf(row: Row, columns: MetaColumns): string | null {
  const [caption = ""] = cellOf(row, columns, "description").trim().split("\n");
  const title = cleanText(cellOf(row, columns, "title")) || cleanText(caption);
  const letters = [...title];
  if (letters.length === 0) return null;
  return letters.length > MAX_TITLE ? `${letters.slice(0, MAX_TITLE - 1).join("")}…` : title;
}

function addReading(
  out: Sink,
  { row, video: { platform, externalId }, counts }: MetaPost & { video: NonNullable<MetaPost["video"]> },
  day: Day,
  channelKey: string,
): void {
  if (Object.values(counts).every((count) => count === null)) return;
  out.reading({
    sourceKey: `meta:reading:${platform}:${externalId}:${day}:${channelKey}`,
    platform,
    videoExternalId: externalId,
    day,
    ...counts,
    followers: null,
    line: row.line,
  });
}
