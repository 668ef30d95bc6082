/** LIVE sessions: how long, and what viewers gave in the platform's own unit. The money is a payout's. */
import { and, count, desc, eq, type SQL, sql } from "drizzle-orm";
import { AppError, notFound } from "../lib/errors";
import type { Viewer } from "../lib/model/access";
import { type Day, isDay, type Month } from "../lib/model/month";
import { MAX_COUNT } from "../lib/model/rpm";
import type { Platform } from "../lib/model/words";
import { note as audit } from "./audit";
import { appendTo, isCurrentIn, removeFrom, undoIn } from "./chain";
import { conn, transaction } from "./client";
import { channels, lives, videos } from "./schema";
import { demand, scope, sharedNote } from "./scope";

export interface LiveBody {
  channelId: string;
  /** its recording; null: none */
  videoId: string | null;
  /** in the creator's zone, the day it began */
  day: string;
  seconds: number;
  /** diamonds, stars: what viewers gave in the platform's own unit; null: unknown */
  units: number | null;
  viewers: number | null;
  /** null: not shared with the viewer; a correction of his leaves it as it is */
  note: string | null;
}

export interface NewLive extends LiveBody {
  /** made by the browser before the first submit */
  id: string;
  /** the entry this one corrects; it must be the newest of its chain */
  replaces?: string | null;
}

export interface Live extends LiveBody {
  id: string;
  day: Day;
  channelName: string;
  platform: Platform;
  videoTitle: string | null;
  replaces: string | null;
  isVoid: boolean;
  recordedBy: string;
  recordedAt: Date;
}

export interface LiveMonth {
  month: Month;
  sessions: number;
  seconds: bigint;
  /** of the sessions whose units are known; null: of none */
  units: bigint | null;
  /** sessions whose units are not known */
  unknown: number;
}

/** A day has no more; a session that ran past midnight belongs to the day it began. */
const MAX_SECONDS = 7 * 86_400;

/**
 * Records a session, or corrects one.
 * Errors: invalid by field; conflict when the id has another body, or when `replaces` was replaced by somebody
 * else meanwhile (the error carries the session that is there now); not_found for what is somebody else's.
 */
export function record(viewer: Viewer, creatorId: string, input: NewLive): Promise<{ id: string }> {
  return transaction(viewer, async () => {
    await demand(viewer, creatorId, "write");
    check(input);
    if (input.replaces) await getLive(viewer, creatorId, input.replaces);
    const isNew = await insertLive(viewer, creatorId, input);
    if (isNew && input.replaces)
      await audit(creatorId, "live.corrected", input.id, { replaces: input.replaces });
    return { id: input.id };
  });
}

/** Takes a session back; the history keeps it. */
export function remove(
  viewer: Viewer,
  creatorId: string,
  input: { id: string; replaces: string },
): Promise<void> {
  return removeFrom(CHAIN, viewer, creatorId, input);
}

/** Undoes the newest change of a chain: a first entry is taken back, a later one gives way to what it replaced. */
export function undo(
  viewer: Viewer,
  creatorId: string,
  input: { id: string; entryId: string },
): Promise<void> {
  return undoIn(CHAIN, viewer, creatorId, input);
}

/** The sessions that count, newest day first, a page at a time. */
export function list(
  viewer: Viewer,
  creatorId: string,
  { page = 1, size = 50 }: { page?: number; size?: number } = {},
): Promise<{ rows: Live[]; total: number }> {
  return transaction(viewer, async () => {
    const where = and(ofCreator(viewer, creatorId), isCurrentIn(lives));
    const [rows, [counted]] = await Promise.all([
      select(viewer)
        .where(where)
        .orderBy(desc(lives.day), desc(lives.recordedAt), desc(lives.id))
        .limit(size)
        .offset((page - 1) * size),
      conn().select({ total: count() }).from(lives).where(where),
    ]);
    return { rows: rows.map(liveOf), total: counted?.total ?? 0 };
  });
}

/** What a chain says now, whether it counts or not; `id` may be any of its entries. Throws not_found. */
export function newest(viewer: Viewer, creatorId: string, id: string): Promise<Live> {
  return transaction(viewer, async () => {
    const [row] = await select(viewer).where(
      and(
        ofCreator(viewer, creatorId),
        sql`${lives.id} in (
          with recursive newer as (
            select e.id from lives e where e.creator_id = ${creatorId} and e.id = ${id}
            union select e.id from lives e join newer n on e.creator_id = ${creatorId} and e.replaces = n.id
          )
          select id from newer)`,
        sql`not exists (select from lives l where l.creator_id = ${lives.creatorId} and l.replaces = ${lives.id})`,
      ),
    );
    if (!row) throw notFound("session");
    return liveOf(row);
  });
}

/** Hours and units of the sessions that count, by the month of their day, newest first. */
export function byMonth(viewer: Viewer, creatorId: string): Promise<LiveMonth[]> {
  return transaction(viewer, async () => {
    const rows = await conn()
      .select({
        month: sql<Month>`to_char(${lives.day}, 'YYYY-MM')`,
        sessions: count(),
        seconds: sql<bigint>`sum(${lives.seconds})::text`.mapWith(BigInt),
        units: sql<bigint | null>`sum(${lives.units})::text`,
        unknown: sql<number>`count(*) filter (where ${lives.units} is null)::int`,
      })
      .from(lives)
      .where(and(ofCreator(viewer, creatorId), isCurrentIn(lives)))
      .groupBy(sql`1`)
      .orderBy(sql`1 desc`);
    return rows.map((row) => ({ ...row, units: row.units === null ? null : BigInt(row.units) }));
  });
}

// ---------------------------------------------------------------- reading

function ofCreator(viewer: Viewer, creatorId: string): SQL | undefined {
  return and(scope(viewer, lives.creatorId, "amounts"), eq(lives.creatorId, creatorId));
}

function select(viewer: Viewer) {
  return conn()
    .select({
      id: lives.id,
      channelId: lives.channelId,
      channelName: channels.name,
      platform: channels.platform,
      videoId: lives.videoId,
      videoTitle: videos.title,
      day: lives.day,
      seconds: lives.seconds,
      units: lives.units,
      viewers: lives.viewers,
      note: sharedNote(viewer, lives),
      replaces: lives.replaces,
      isVoid: lives.isVoid,
      recordedBy: lives.recordedBy,
      recordedAt: lives.recordedAt,
    })
    .from(lives)
    .innerJoin(channels, and(eq(channels.creatorId, lives.creatorId), eq(channels.id, lives.channelId)))
    .leftJoin(videos, and(eq(videos.creatorId, lives.creatorId), eq(videos.id, lives.videoId)))
    .$dynamic();
}

function liveOf<Row extends { day: string }>(row: Row): Row & { day: Day } {
  return { ...row, day: row.day as Day };
}

async function getLive(viewer: Viewer, creatorId: string, id: string): Promise<Live> {
  const [row] = await select(viewer).where(and(ofCreator(viewer, creatorId), eq(lives.id, id)));
  if (!row) throw notFound("session");
  return liveOf(row);
}

// ---------------------------------------------------------------- writing

type Row = NewLive & { isVoid?: boolean };

function bodyOf({ channelId, videoId, day, seconds, units, viewers, note }: LiveBody): LiveBody {
  return { channelId, videoId, day, seconds, units, viewers, note };
}

function check({ day, seconds, units, viewers }: NewLive): void {
  const fields: Record<string, string> = {};
  if (!isDay(day)) fields.day = "Write the day as 2026-01-31.";
  if (!Number.isSafeInteger(seconds) || seconds <= 0 || seconds > MAX_SECONDS)
    fields.seconds = "Write how long it lasted, as 2:30 for two and a half hours; a week at most.";
  for (const [name, value] of Object.entries({ units, viewers })) {
    if (value !== null && (!Number.isSafeInteger(value) || value < 0 || value > MAX_COUNT))
      fields[name] = "Write a whole number from 0, or nothing when it is unknown.";
  }
  if (Object.keys(fields).length > 0)
    throw new AppError("invalid", "Please look at the marked fields.", fields);
}

/** Answers whether the entry is new. */
function insertLive(viewer: Viewer, creatorId: string, row: Row): Promise<boolean> {
  const { id, replaces, isVoid } = row;
  return appendTo(
    lives,
    viewer,
    creatorId,
    { id, replaces, isVoid, ...bodyOf(row) },
    { noun: "session", find: async (where) => (await select(viewer).where(where)).map(liveOf) },
  );
}

const CHAIN = { noun: "live", get: getLive, insert: insertLive, bodyOf } as const;
