/** Views over a period, and what goes with them. Entries are never changed; see `replaces`, `remove` and `undo`. */
import { and, asc, count, desc, eq, gte, inArray, lte, type SQL, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { AppError, notFound } from "../lib/errors";
import type { Viewer } from "../lib/model/access";
import { type Day, daysBetween, isDay, type Month } from "../lib/model/month";
import { MAX_COUNT } from "../lib/model/rpm";
import { FORMAT_LABEL, type Format, type Platform } from "../lib/model/words";
import { note as audit } from "./audit";
import { insertNew } from "./bulk";
import { conn, transaction } from "./client";
import {
  deriveTraffic,
  giveWay,
  isCurrentTraffic,
  joinTouching,
  lockChannels,
  statedOf,
  subjectOf,
} from "./derive";
import { bodyHash, sameBody } from "./once";
import { channels, traffic, trafficMonths, videos } from "./schema";
import { demand, scope } from "./scope";

export type TrafficOrigin = "typed" | "import" | "reading";

/** The denominators platforms pay on, and reactions. Null = unknown, which is not zero. */
export interface TrafficCounts {
  views: number | null;
  qualifiedViews: number | null;
  engagedViews: number | null;
  adImpressions: number | null;
  watchSeconds: number | null;
  likes: number | null;
  comments: number | null;
  shares: number | null;
}

/** What is stated about a period, both days included, in the creator's zone. */
export interface TrafficBody extends TrafficCounts {
  channelId: string;
  /** null = the whole channel, or one format of it */
  videoId: string | null;
  /** a video's traffic always takes the video's format */
  format: Format | "all";
  fromDay: string;
  toDay: string;
  /** how many of those who began saw the end, parts per million: what rewards are raised by, and nothing sums */
  finishPpm?: number | null;
  /** `reading` is for db/readings.ts alone */
  origin: "typed" | "import";
  /** where an import found it */
  sourceKey?: string | null;
  importId?: string | null;
}

export interface NewTraffic extends TrafficBody {
  /** made by the browser before the first submit */
  id: string;
  /** the entry this one corrects; it must be the newest of its chain */
  replaces?: string | null;
}

export interface Traffic extends TrafficCounts {
  id: string;
  channelId: string;
  channelName: string;
  platform: Platform;
  videoId: string | null;
  videoTitle: string | null;
  format: Format | "all";
  fromDay: Day;
  toDay: Day;
  finishPpm: number | null;
  origin: TrafficOrigin;
  sourceKey: string | null;
  importId: string | null;
  replaces: string | null;
  /** a row that takes the one before it back */
  isVoid: boolean;
  recordedBy: string;
  recordedAt: Date;
}

/** A channel's traffic of a month, nothing twice; `all` is the whole, a named format a part of it. */
export interface TrafficMonth extends TrafficCounts {
  channelId: string;
  channelName: string;
  platform: Platform;
  month: Month;
  format: Format | "all";
  /** days of the month that have traffic at all */
  days: number;
}

export interface TrafficFilter {
  channelId?: string;
  videoId?: string;
  /** entries that touch it */
  month?: string;
  origin?: TrafficOrigin;
}

const COUNTS = [
  "views",
  "qualifiedViews",
  "engagedViews",
  "adImpressions",
  "watchSeconds",
  "likes",
  "comments",
  "shares",
] as const satisfies readonly (keyof TrafficCounts)[];

/** Twenty years: longer than any platform has kept numbers. */
const MAX_DAYS = 7_305;

/** Records traffic and answers its id; see `recordAll`. */
export async function record(viewer: Viewer, creatorId: string, entry: NewTraffic): Promise<{ id: string }> {
  await recordAll(viewer, creatorId, [entry]);
  return { id: entry.id };
}

/**
 * Records entries in one transaction. An id that is there already with the same body is left as it is. What
 * was only derived from readings gives way to what is stated.
 * Errors: invalid by field; conflict when an id has another body, when the period overlaps what is there for
 * the same channel or video and format, or when `replaces` was replaced by somebody else meanwhile (the error
 * carries the entry that is there now); not_found for a channel, video or entry of somebody else.
 */
export function recordAll(viewer: Viewer, creatorId: string, entries: readonly NewTraffic[]): Promise<void> {
  return transaction(viewer, async () => {
    await demand(viewer, creatorId, "write");
    for (const entry of entries) check(entry);
    await lockChannels(
      creatorId,
      entries.map((entry) => entry.channelId),
    );
    const fresh = await withoutRepeats(viewer, creatorId, entries);
    const rows = await withFormats(viewer, creatorId, fresh);
    await giveWay(creatorId, statedOf(rows));
    await insertRows(viewer, creatorId, rows);
    for (const entry of fresh) {
      if (!entry.replaces) continue;
      // A correction may leave days to what readings say.
      await deriveTraffic(creatorId, subjectOf(entry));
      await audit(creatorId, "traffic.corrected", entry.id, { replaces: entry.replaces });
    }
  });
}

/** Takes an entry back: nothing of it counts any more; the history keeps it. */
export function remove(
  viewer: Viewer,
  creatorId: string,
  input: { id: string; replaces: string },
): Promise<void> {
  return transaction(viewer, async () => {
    await demand(viewer, creatorId, "write");
    const old = await getEntry(viewer, creatorId, input.replaces);
    refuseDerived(old);
    await lockChannels(creatorId, [old.channelId]);
    const row = { ...rowOf(old), id: input.id, isVoid: true, replaces: old.id, importId: null };
    const isNew = await insertRows(viewer, creatorId, [row]);
    await deriveTraffic(creatorId, subjectOf(old));
    if (isNew) await audit(creatorId, "traffic.removed", old.id, {});
  });
}

/** Undoes the newest change of a chain: a first entry is taken back, a correction gives way to what it corrected. */
export function undo(
  viewer: Viewer,
  creatorId: string,
  input: { id: string; entryId: string },
): Promise<void> {
  return transaction(viewer, async () => {
    await demand(viewer, creatorId, "write");
    const newest = await getEntry(viewer, creatorId, input.entryId);
    refuseDerived(newest);
    await lockChannels(creatorId, [newest.channelId]);
    const before = newest.replaces ? await getEntry(viewer, creatorId, newest.replaces) : null;
    const row =
      before && !before.isVoid && before.origin !== "reading"
        ? rowOf(before)
        : { ...rowOf(newest), isVoid: true };
    const fresh = { ...row, id: input.id, replaces: newest.id, importId: null };
    const [there] = await withoutRepeats(viewer, creatorId, [fresh]);
    if (!there) return;
    await giveWay(creatorId, statedOf([fresh]));
    await insertRows(viewer, creatorId, [fresh]);
    await deriveTraffic(creatorId, subjectOf(newest));
    await audit(creatorId, "traffic.undone", newest.id, {});
  });
}

/** The entries that count, latest period first, a page at a time. */
export function list(
  viewer: Viewer,
  creatorId: string,
  options: { filter?: TrafficFilter; descending?: boolean; page?: number; size?: number } = {},
): Promise<{ rows: Traffic[]; total: number }> {
  const { filter = {}, descending = true, page = 1, size = 50 } = options;
  return transaction(viewer, async () => {
    const where = and(ofCreator(viewer, creatorId), isCurrentTraffic, ...conditionsOf(filter));
    const direction = descending ? desc : asc;
    const [rows, [counted]] = await Promise.all([
      select()
        .where(where)
        .orderBy(direction(traffic.toDay), direction(traffic.fromDay), direction(traffic.id))
        .limit(size)
        .offset((page - 1) * size),
      conn().select({ total: count() }).from(traffic).where(where),
    ]);
    return { rows: rows.map(toTraffic), total: counted?.total ?? 0 };
  });
}

/** One entry, whether it counts or not. Throws not_found. */
export function get(viewer: Viewer, creatorId: string, id: string): Promise<Traffic> {
  return transaction(viewer, () => getEntry(viewer, creatorId, id));
}

/** Everything ever said about one entry, oldest first; `id` may be any of its chain. Throws not_found. */
export function history(viewer: Viewer, creatorId: string, id: string): Promise<Traffic[]> {
  return transaction(viewer, async () => {
    const rows = await select()
      .where(
        and(
          ofCreator(viewer, creatorId),
          sql`${traffic.id} in (
            with recursive older as (
              select t.id, t.replaces from traffic t where t.creator_id = ${creatorId} and t.id = ${id}
              union select t.id, t.replaces from traffic t join older o on t.creator_id = ${creatorId} and t.id = o.replaces
            ), newer as (
              select t.id, t.replaces from traffic t where t.creator_id = ${creatorId} and t.id = ${id}
              union select t.id, t.replaces from traffic t join newer n on t.creator_id = ${creatorId} and t.replaces = n.id
            )
            select id from older union select id from newer)`,
        ),
      )
      .orderBy(asc(traffic.recordedAt), asc(traffic.id));
    if (rows.length === 0) throw notFound("traffic entry");
    return rows.map(toTraffic);
  });
}

/** The kept months from `from` to `to` ('YYYY-MM', both included), by month, channel and format. */
export function byMonth(
  viewer: Viewer,
  creatorId: string,
  from: string,
  to: string,
): Promise<TrafficMonth[]> {
  return transaction(viewer, async () => {
    const rows = await conn()
      .select({
        channelId: trafficMonths.channelId,
        channelName: channels.name,
        platform: channels.platform,
        month: trafficMonths.month,
        format: trafficMonths.format,
        days: trafficMonths.days,
        views: trafficMonths.views,
        qualifiedViews: trafficMonths.qualifiedViews,
        engagedViews: trafficMonths.engagedViews,
        adImpressions: trafficMonths.adImpressions,
        watchSeconds: trafficMonths.watchSeconds,
        likes: trafficMonths.likes,
        comments: trafficMonths.comments,
        shares: trafficMonths.shares,
      })
      .from(trafficMonths)
      .innerJoin(
        channels,
        and(eq(channels.creatorId, trafficMonths.creatorId), eq(channels.id, trafficMonths.channelId)),
      )
      .where(
        and(
          scope(viewer, trafficMonths.creatorId),
          eq(trafficMonths.creatorId, creatorId),
          gte(trafficMonths.month, from),
          lte(trafficMonths.month, to),
        ),
      )
      .orderBy(trafficMonths.month, channels.name, trafficMonths.channelId, trafficMonths.format);
    return rows.map((row) => ({ ...row, month: row.month as Month }));
  });
}

// ---------------------------------------------------------------- reading

function select() {
  return conn()
    .select({
      id: traffic.id,
      channelId: traffic.channelId,
      channelName: channels.name,
      platform: channels.platform,
      videoId: traffic.videoId,
      videoTitle: videos.title,
      format: traffic.format,
      fromDay: traffic.fromDay,
      toDay: traffic.toDay,
      views: traffic.views,
      qualifiedViews: traffic.qualifiedViews,
      engagedViews: traffic.engagedViews,
      adImpressions: traffic.adImpressions,
      watchSeconds: traffic.watchSeconds,
      likes: traffic.likes,
      comments: traffic.comments,
      shares: traffic.shares,
      finishPpm: traffic.finishPpm,
      origin: traffic.origin,
      sourceKey: traffic.sourceKey,
      importId: traffic.importId,
      replaces: traffic.replaces,
      isVoid: traffic.isVoid,
      recordedBy: traffic.recordedBy,
      recordedAt: traffic.recordedAt,
    })
    .from(traffic)
    .innerJoin(channels, and(eq(channels.creatorId, traffic.creatorId), eq(channels.id, traffic.channelId)))
    .leftJoin(videos, and(eq(videos.creatorId, traffic.creatorId), eq(videos.id, traffic.videoId)))
    .$dynamic();
}

function toTraffic(row: Awaited<ReturnType<typeof select>>[number]): Traffic {
  return { ...row, fromDay: row.fromDay as Day, toDay: row.toDay as Day };
}

function ofCreator(viewer: Viewer, creatorId: string): SQL | undefined {
  return and(scope(viewer, traffic.creatorId), eq(traffic.creatorId, creatorId));
}

function conditionsOf({ channelId, videoId, month, origin }: TrafficFilter): (SQL | undefined)[] {
  return [
    channelId ? eq(traffic.channelId, channelId) : undefined,
    videoId ? eq(traffic.videoId, videoId) : undefined,
    month
      ? sql`${traffic.fromDay} < (to_date(${month}, 'YYYY-MM') + interval '1 month')::date and ${traffic.toDay} >= to_date(${month}, 'YYYY-MM')`
      : undefined,
    origin ? eq(traffic.origin, origin) : undefined,
  ];
}

async function getEntry(viewer: Viewer, creatorId: string, id: string): Promise<Traffic> {
  const [row] = await select().where(and(ofCreator(viewer, creatorId), eq(traffic.id, id)));
  if (!row) throw notFound("traffic entry");
  return toTraffic(row);
}

// ---------------------------------------------------------------- writing

type Row = Omit<NewTraffic, "origin"> & { origin: TrafficOrigin; isVoid?: boolean };

function rowOf(entry: Traffic): Omit<Row, "id"> {
  const { channelId, videoId, format, fromDay, toDay, origin, sourceKey, finishPpm } = entry;
  const { views, qualifiedViews, engagedViews, adImpressions, watchSeconds, likes, comments, shares } = entry;
  const counts = {
    views,
    qualifiedViews,
    engagedViews,
    adImpressions,
    watchSeconds,
    likes,
    comments,
    shares,
  };
  return { channelId, videoId, format, fromDay, toDay, origin, sourceKey, finishPpm, ...counts };
}

function check(entry: NewTraffic): void {
  const { fromDay, toDay } = entry;
  const fields: Record<string, string> = {};
  if (!isDay(fromDay)) fields.fromDay = "Write the day as 2026-01-31.";
  if (!isDay(toDay)) fields.toDay = "Write the day as 2026-01-31.";
  if (isDay(fromDay) && isDay(toDay)) {
    if (toDay < fromDay)
      fields.toDay = `Choose a day from ${fromDay} on: a period cannot end before it begins.`;
    else if (daysBetween(fromDay, toDay) >= MAX_DAYS) fields.toDay = "Choose a period of at most 20 years.";
  }
  for (const name of COUNTS) {
    const value = entry[name];
    if (value !== null && (!Number.isSafeInteger(value) || value < 0))
      fields[name] = "Write a whole number from 0, or nothing when it is unknown.";
    else if (value !== null && value > MAX_COUNT && name !== "watchSeconds")
      fields[name] = "That is more than a trillion: check for extra digits.";
  }
  const { finishPpm = null } = entry;
  if (finishPpm !== null && (!Number.isInteger(finishPpm) || finishPpm < 0 || finishPpm > 1_000_000))
    fields.finishPpm = "Write a percentage between 0 and 100, or nothing when it is unknown.";
  if (COUNTS.every((name) => entry[name] === null)) fields.views = "Write at least one number.";
  if (Object.keys(fields).length > 0)
    throw new AppError("invalid", "Please look at the marked fields.", fields);
}

function refuseDerived(entry: Traffic): void {
  if (entry.origin !== "reading") return;
  throw new AppError(
    "invalid",
    `These views are the difference of two readings (${entry.fromDay} – ${entry.toDay}). Remove or correct one of the readings instead.`,
  );
}

/** What is new of these; a repeat with another body is refused. */
async function withoutRepeats<Entry extends Row>(
  viewer: Viewer,
  creatorId: string,
  entries: readonly Entry[],
): Promise<Entry[]> {
  const ids = entries.map((entry) => entry.id);
  const there = await conn()
    .select({ id: traffic.id, bodyHash: traffic.bodyHash })
    .from(traffic)
    .where(
      and(
        ofCreator(viewer, creatorId),
        sql`${traffic.id} = any (array(select json_array_elements_text(${JSON.stringify(ids)}::json)::uuid))`,
      ),
    );
  const hashes = new Map(there.map((row) => [row.id, row.bodyHash]));
  return entries.filter((entry) => {
    const stored = hashes.get(entry.id);
    if (stored) sameBody(stored, hashOf(entry));
    return !stored;
  });
}

/** A video's traffic takes the video's format; its hash stays that of what was sent. */
async function withFormats(
  viewer: Viewer,
  creatorId: string,
  entries: readonly NewTraffic[],
): Promise<(NewTraffic & { hash: Buffer })[]> {
  const ids = [...new Set(entries.flatMap((entry) => entry.videoId ?? []))];
  const found =
    ids.length === 0
      ? []
      : await conn()
          .select({ id: videos.id, channelId: videos.channelId, format: videos.format })
          .from(videos)
          .where(
            and(scope(viewer, videos.creatorId), eq(videos.creatorId, creatorId), inArray(videos.id, ids)),
          );
  const byId = new Map(found.map((video) => [video.id, video]));
  return entries.map((entry) => {
    const hash = hashOf(entry);
    if (entry.videoId === null) return { ...entry, hash };
    const video = byId.get(entry.videoId);
    if (video?.channelId !== entry.channelId) throw notFound("video");
    return { ...entry, format: video.format, hash };
  });
}

/** What was recorded before finish rates could be told has a hash without one. */
function hashOf({ id: _id, finishPpm, ...body }: Row): Buffer {
  return bodyHash({ ...body, ...(finishPpm == null ? {} : { finishPpm }) });
}

/** Answers whether all rows are new. Errors: conflict, see `recordAll`. */
async function insertRows(
  viewer: Viewer,
  creatorId: string,
  rows: readonly (Row & { hash?: Buffer })[],
): Promise<boolean> {
  if (rows.length === 0) return false;
  await refuseReplaced(viewer, creatorId, rows);
  await refuseOverlap(viewer, creatorId, rows);
  const isNew = await insertNew(
    traffic,
    rows.map((row) => ({
      creatorId,
      id: row.id,
      channelId: row.channelId,
      videoId: row.videoId,
      format: row.format,
      fromDay: row.fromDay,
      toDay: row.toDay,
      views: row.views,
      qualifiedViews: row.qualifiedViews,
      engagedViews: row.engagedViews,
      adImpressions: row.adImpressions,
      watchSeconds: row.watchSeconds,
      likes: row.likes,
      comments: row.comments,
      shares: row.shares,
      finishPpm: row.finishPpm ?? null,
      origin: row.origin,
      sourceKey: row.sourceKey ?? null,
      importId: row.importId ?? null,
      replaces: row.replaces ?? null,
      isVoid: row.isVoid ?? false,
      recordedBy: row.id,
      bodyHash: row.hash ?? hashOf(row),
    })),
  );
  await withoutRepeats(
    viewer,
    creatorId,
    rows.filter((row) => !isNew.has(row.id)),
  );
  return isNew.size === rows.length;
}

async function refuseReplaced(viewer: Viewer, creatorId: string, rows: readonly Row[]): Promise<void> {
  const replaced = rows.flatMap((row) => row.replaces ?? []);
  if (replaced.length === 0) return;
  const own = new Set(rows.map((row) => row.id));
  const later = await select().where(and(ofCreator(viewer, creatorId), inArray(traffic.replaces, replaced)));
  const current = later.find((row) => !own.has(row.id));
  if (!current) return;
  throw new AppError(
    "conflict",
    "This traffic was corrected by somebody else in the meantime. Look at the newest entry, then correct that one.",
    {},
    toTraffic(current),
  );
}

/** Says which entry is in the way; the trigger on the table refuses what would slip past. */
async function refuseOverlap(viewer: Viewer, creatorId: string, rows: readonly Row[]): Promise<void> {
  const replaced = new Set(rows.map((row) => row.replaces));
  for (const on of joinTouching()) {
    const touching = await conn().execute<{ id: string }>(sql`
      select t.id from (${statedOf(rows)}) n join traffic t on ${on}
      where ${scope(viewer, alias(traffic, "t").creatorId)} and t.creator_id = ${creatorId} and not t.is_void
        and not exists (select from traffic l where l.creator_id = t.creator_id and l.replaces = t.id)
      order by t.from_day, t.id limit ${replaced.size + 1}`);
    const there = touching.find((row) => !replaced.has(row.id));
    if (there) throw overlapError(await getEntry(viewer, creatorId, there.id));
  }
}

function overlapError(there: Traffic): AppError {
  const whose = there.videoTitle ? `the video “${there.videoTitle}”` : `the channel “${there.channelName}”`;
  return new AppError(
    "conflict",
    `There are views from ${there.fromDay} to ${there.toDay} already for ${whose} (${FORMAT_LABEL[there.format]}). Correct that entry, or choose a period that does not touch it.`,
    { fromDay: "Part of this period has views already." },
    there,
  );
}
