/**
 * Dated "so far" numbers of a channel or a video. They are no traffic themselves: the difference of two
 * neighbours is (db/derive.ts), and it follows every reading that is added or taken back.
 */
import { and, asc, count, desc, eq, gt, isNotNull, isNull, lt, type SQL, sql } from "drizzle-orm";
import { AppError, notFound } from "../lib/errors";
import type { Viewer } from "../lib/model/access";
import type { FollowerCell } from "../lib/model/gates";
import { addDays, type Day, isDay } from "../lib/model/month";
import { MAX_COUNT } from "../lib/model/rpm";
import { note as audit } from "./audit";
import { insertNew } from "./bulk";
import { conn, read, transaction } from "./client";
import { deriveTraffic, isCurrentReading, lockChannels, type Subject, subjectOf } from "./derive";
import { bodyHash, sameBody } from "./once";
import { channels, readings, videos } from "./schema";
import { demand, scope } from "./scope";

export interface NewReading {
  /** made by the browser before the first submit */
  id: string;
  channelId: string;
  /** null = the channel itself */
  videoId: string | null;
  /** the day at whose end it was so, in the creator's zone */
  day: string;
  views?: number | null;
  likes?: number | null;
  comments?: number | null;
  shares?: number | null;
  /** of a channel only */
  followers?: number | null;
  importId?: string | null;
}

export interface Reading {
  id: string;
  channelId: string;
  channelName: string;
  videoId: string | null;
  videoTitle: string | null;
  day: Day;
  views: number | null;
  likes: number | null;
  comments: number | null;
  shares: number | null;
  followers: number | null;
  replaces: string | null;
  recordedBy: string;
  recordedAt: Date;
}

const COUNTS = ["views", "likes", "comments", "shares", "followers"] as const;
type Counts = Record<(typeof COUNTS)[number], number | null>;

/**
 * Records a reading and brings the traffic that follows from it up to date. A second reading of the same
 * subject and day replaces the first; a number it does not give stays as it was.
 * Errors: invalid by field, and when views would fall from one reading to a later one; conflict when the id is
 * there with other values; not_found for a channel or video of somebody else.
 */
export function record(viewer: Viewer, creatorId: string, input: NewReading): Promise<{ id: string }> {
  return transaction(viewer, async () => {
    await demand(viewer, creatorId, "write");
    check(input);
    await lockChannels(creatorId, [input.channelId]);
    if (await isThere(viewer, creatorId, input.id, hashOf(input))) return { id: input.id };
    await checkVideo(viewer, creatorId, input);
    const subject = { channelId: input.channelId, videoId: input.videoId };
    const [old] = await select().where(
      and(ofSubject(viewer, creatorId, subject), eq(readings.day, input.day), isCurrentReading),
    );
    const counts = Object.fromEntries(
      COUNTS.map((name) => [name, input[name] ?? old?.[name] ?? null]),
    ) as Counts;
    await refuseFall(viewer, creatorId, input, counts.views);
    await insertRow(viewer, creatorId, {
      id: input.id,
      ...subject,
      day: input.day,
      ...counts,
      importId: input.importId ?? null,
      replaces: old?.id ?? null,
      isVoid: false,
      bodyHash: hashOf(input),
    });
    await deriveTraffic(creatorId, subjectOf(subject));
    if (old) await audit(creatorId, "reading.corrected", input.id, { replaces: old.id });
    return { id: input.id };
  });
}

/** Takes a reading back; its neighbours now stand next to each other. The history keeps it. */
export function remove(
  viewer: Viewer,
  creatorId: string,
  input: { id: string; replaces: string },
): Promise<void> {
  return transaction(viewer, async () => {
    await demand(viewer, creatorId, "write");
    const [old] = await select().where(
      and(
        scope(viewer, readings.creatorId),
        eq(readings.creatorId, creatorId),
        eq(readings.id, input.replaces),
      ),
    );
    if (!old) throw notFound("reading");
    await lockChannels(creatorId, [old.channelId]);
    const hash = bodyHash({ removes: old.id });
    if (await isThere(viewer, creatorId, input.id, hash)) return;
    const { channelId, videoId, day, views, likes, comments, shares, followers } = old;
    await insertRow(viewer, creatorId, {
      id: input.id,
      ...{ channelId, videoId, day, views, likes, comments, shares, followers },
      importId: null,
      replaces: old.id,
      isVoid: true,
      bodyHash: hash,
    });
    await deriveTraffic(creatorId, subjectOf(old));
    await audit(creatorId, "reading.removed", old.id, {});
  });
}

/** The readings that count, newest day first, a page at a time. `videoId` null = the channel's own only. */
export function list(
  viewer: Viewer,
  creatorId: string,
  options: {
    filter?: { channelId?: string; videoId?: string | null };
    page?: number;
    size?: number;
  } = {},
): Promise<{ rows: Reading[]; total: number }> {
  const { filter = {}, page = 1, size = 50 } = options;
  return transaction(viewer, async () => {
    const where = and(
      scope(viewer, readings.creatorId),
      eq(readings.creatorId, creatorId),
      isCurrentReading,
      filter.channelId ? eq(readings.channelId, filter.channelId) : undefined,
      filter.videoId === null ? isNull(readings.videoId) : undefined,
      filter.videoId ? eq(readings.videoId, filter.videoId) : undefined,
    );
    const [rows, [counted]] = await Promise.all([
      select()
        .where(where)
        .orderBy(desc(readings.day), desc(readings.id))
        .limit(size)
        .offset((page - 1) * size),
      conn().select({ total: count() }).from(readings).where(where),
    ]);
    return { rows: rows.map((row) => ({ ...row, day: row.day as Day })), total: counted?.total ?? 0 };
  });
}

/**
 * The latest number of followers of each channel in the 62 days up to `through`: what was known before the
 * instant `recordedBefore`, or what is known now. Rows of FollowerCell.
 */
export function followersOf(viewer: Viewer, creatorId: string, through: Day, recordedBefore?: SQL): SQL {
  const known = (name: string) =>
    recordedBefore ? sql`and ${sql.identifier(name)}.recorded_at < ${recordedBefore}` : sql``;
  return sql`
    select distinct on (r.channel_id) c.platform, r.day, r.followers::float8 as followers
    from readings r join channels c on c.creator_id = r.creator_id and c.id = r.channel_id
    where ${scope(viewer, sql`r.creator_id`)} and r.creator_id = ${creatorId}
      and r.video_id is null and r.followers is not null and not r.is_void
      and r.day between ${addDays(through, -62)}::date and ${through}::date ${known("r")}
      and not exists (
        select from readings l where l.creator_id = r.creator_id and l.replaces = r.id ${known("l")})
    order by r.channel_id, r.day desc, r.id`;
}

/** See `followersOf`; as known now. Throws not_found to a stranger. */
export function latestFollowers(viewer: Viewer, creatorId: string, through: Day): Promise<FollowerCell[]> {
  return read(viewer, async () => {
    const [row] = await conn().execute<{ cells: FollowerCell[] }>(sql`
      select (select coalesce(json_agg(f), '[]') from (${followersOf(viewer, creatorId, through)}) f) as cells
      from creators o where ${scope(viewer, sql`o.id`)} and o.id = ${creatorId}`);
    if (!row) throw notFound("creator");
    return row.cells;
  });
}

// ---------------------------------------------------------------- reading

function select() {
  return conn()
    .select({
      id: readings.id,
      channelId: readings.channelId,
      channelName: channels.name,
      videoId: readings.videoId,
      videoTitle: videos.title,
      day: readings.day,
      views: readings.views,
      likes: readings.likes,
      comments: readings.comments,
      shares: readings.shares,
      followers: readings.followers,
      replaces: readings.replaces,
      recordedBy: readings.recordedBy,
      recordedAt: readings.recordedAt,
    })
    .from(readings)
    .innerJoin(channels, and(eq(channels.creatorId, readings.creatorId), eq(channels.id, readings.channelId)))
    .leftJoin(videos, and(eq(videos.creatorId, readings.creatorId), eq(videos.id, readings.videoId)))
    .$dynamic();
}

function ofSubject(viewer: Viewer, creatorId: string, { channelId, videoId }: Subject): SQL | undefined {
  return and(
    scope(viewer, readings.creatorId),
    eq(readings.creatorId, creatorId),
    eq(readings.channelId, channelId),
    videoId === null ? isNull(readings.videoId) : eq(readings.videoId, videoId),
  );
}

// ---------------------------------------------------------------- writing

function check(input: NewReading): void {
  const fields: Record<string, string> = {};
  if (!isDay(input.day)) fields.day = "Write the day as 2026-01-31.";
  for (const name of COUNTS) {
    const value = input[name] ?? null;
    if (value !== null && (!Number.isSafeInteger(value) || value < 0))
      fields[name] = "Write a whole number from 0, or nothing when it is unknown.";
    else if (value !== null && value > MAX_COUNT)
      fields[name] = "That is more than a trillion: check for extra digits.";
  }
  if (input.videoId !== null && (input.followers ?? null) !== null)
    fields.followers = "Followers belong to a channel, not to a video.";
  if (COUNTS.every((name) => (input[name] ?? null) === null)) fields.views = "Write at least one number.";
  if (Object.keys(fields).length > 0)
    throw new AppError("invalid", "Please look at the marked fields.", fields);
}

async function checkVideo(viewer: Viewer, creatorId: string, { channelId, videoId }: Subject): Promise<void> {
  if (videoId === null) return;
  const [video] = await conn()
    .select({ channelId: videos.channelId })
    .from(videos)
    .where(and(scope(viewer, videos.creatorId), eq(videos.creatorId, creatorId), eq(videos.id, videoId)));
  if (video?.channelId !== channelId) throw notFound("video");
}

/** Views only grow; likes, comments, shares and followers can be taken back. */
async function refuseFall(
  viewer: Viewer,
  creatorId: string,
  reading: NewReading,
  views: number | null,
): Promise<void> {
  if (views === null) return;
  const { day } = reading;
  const known = and(ofSubject(viewer, creatorId, reading), isCurrentReading, isNotNull(readings.views));
  const [[before], [after]] = await Promise.all([
    select()
      .where(and(known, lt(readings.day, day)))
      .orderBy(desc(readings.day))
      .limit(1),
    select()
      .where(and(known, gt(readings.day, day)))
      .orderBy(asc(readings.day))
      .limit(1),
  ]);
  const told = (count: number | null) => (count ?? 0).toLocaleString("en-US");
  const remedy = "Views so far cannot fall: check both numbers, and correct the one that is wrong.";
  if (before && (before.views ?? 0) > views) {
    throw new AppError(
      "invalid",
      `On ${before.day} there were ${told(before.views)} views already, more than the ${told(views)} of ${day}. ${remedy}`,
      { views: `At least ${told(before.views)}, the number of ${before.day}.` },
    );
  }
  if (after && (after.views ?? 0) < views) {
    throw new AppError(
      "invalid",
      `On ${after.day} there were only ${told(after.views)} views, fewer than the ${told(views)} of ${day}. ${remedy}`,
      { views: `At most ${told(after.views)}, the number of ${after.day}.` },
    );
  }
}

function hashOf(input: NewReading): Buffer {
  const { channelId, videoId, day, views, likes, comments, shares, followers, importId } = input;
  return bodyHash({ channelId, videoId, day, views, likes, comments, shares, followers, importId });
}

/** Whether the id is there with this body; another body is refused. */
async function isThere(viewer: Viewer, creatorId: string, id: string, hash: Buffer): Promise<boolean> {
  const [there] = await conn()
    .select({ bodyHash: readings.bodyHash })
    .from(readings)
    .where(and(scope(viewer, readings.creatorId), eq(readings.creatorId, creatorId), eq(readings.id, id)));
  if (there) sameBody(there.bodyHash, hash);
  return there !== undefined;
}

interface Row extends Subject, Counts {
  id: string;
  day: string;
  importId: string | null;
  replaces: string | null;
  isVoid: boolean;
  bodyHash: Buffer;
}

async function insertRow(viewer: Viewer, creatorId: string, row: Row): Promise<void> {
  const isNew = await insertNew(readings, [{ creatorId, ...row, recordedBy: row.id }]);
  if (isNew.has(row.id)) return;
  const [current] = await select().where(
    and(
      scope(viewer, readings.creatorId),
      eq(readings.creatorId, creatorId),
      eq(readings.replaces, row.replaces ?? row.id),
    ),
  );
  throw new AppError(
    "conflict",
    "This reading was corrected by somebody else in the meantime. Look at the newest one, then correct that.",
    {},
    current,
  );
}
