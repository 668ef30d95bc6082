/**
 * Traffic out of readings: the difference of two neighbouring readings of one subject counts for the days after
 * the earlier one, up to the later one. What somebody stated about a period wins over what is derived for it.
 * Inside a transaction of a viewer who may write.
 */
import { randomUUID } from "node:crypto";
import { and, asc, eq, inArray, isNotNull, isNull, type SQL, sql } from "drizzle-orm";
import { addDays, dayOf } from "../lib/model/month";
import type { Format } from "../lib/model/words";
import { insertAll } from "./bulk";
import { conn } from "./client";
import { bodyHash } from "./once";
import { channels, readings, traffic, videos } from "./schema";

export interface Subject {
  channelId: string;
  videoId: string | null;
}

/** Newest of its chain, and not taken back. */
export const isCurrentTraffic: SQL = sql`not ${traffic.isVoid} and not exists (
  select from traffic l where l.creator_id = ${traffic.creatorId} and l.replaces = ${traffic.id})`;

export const isCurrentReading: SQL = sql`not ${readings.isVoid} and not exists (
  select from readings l where l.creator_id = ${readings.creatorId} and l.replaces = ${readings.id})`;

/** Writers of one channel's traffic wait in line, before they look at what is there. */
export async function lockChannels(creatorId: string, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await conn()
    .select({ id: channels.id })
    .from(channels)
    .where(and(eq(channels.creatorId, creatorId), inArray(channels.id, [...new Set(ids)])))
    .orderBy(asc(channels.id))
    .for("no key update");
}

export interface Stated extends Subject {
  id?: string;
  format: Format | "all";
  fromDay: string;
  toDay: string;
  replaces?: string | null;
  isVoid?: boolean;
}

/**
 * Joins that find what touches the stated periods of the same subject and format; the stated one is `n`. Once
 * for videos and once for channels, because "the same or both null" uses no index.
 */
export function joinTouching(stated: readonly Stated[]): { periods: SQL; on: SQL }[] {
  const entries = stated.filter((entry) => !entry.isVoid);
  const parts = [
    { of: entries.filter(({ videoId }) => videoId !== null), subject: sql`${traffic.videoId} = n.video` },
    { of: entries.filter(({ videoId }) => videoId === null), subject: isNull(traffic.videoId) },
  ];
  return parts
    .filter((part) => part.of.length > 0)
    .map((part) => ({
      periods: sql`json_to_recordset(${JSON.stringify(part.of.map(periodOf))}::json)
        as n(id uuid, channel uuid, video uuid, format text, first date, last date)`,
      on: sql`${traffic.channelId} = n.channel and ${part.subject} and ${traffic.format} = n.format
        and ${traffic.fromDay} <= n.last and ${traffic.toDay} >= n.first and ${traffic.id} is distinct from n.id`,
    }));
}

function periodOf({ id, channelId, videoId, format, fromDay, toDay }: Stated) {
  return { id, channel: channelId, video: videoId, format, first: fromDay, last: toDay };
}

/** Takes back the derived entries that overlap what is about to be stated, but not one that is replaced by it. */
export async function giveWay(creatorId: string, stated: readonly Stated[]): Promise<void> {
  const replaced = new Set(stated.map((entry) => entry.replaces));
  for (const { periods, on } of joinTouching(stated)) {
    const derived = await conn()
      .selectDistinct(COLUMNS)
      .from(traffic)
      .innerJoin(periods, on)
      .where(and(eq(traffic.creatorId, creatorId), eq(traffic.origin, "reading"), isCurrentTraffic));
    await insertAll(
      traffic,
      derived.filter((row) => !replaced.has(row.id)).map((row) => newRow(creatorId, row, row.id, true)),
    );
  }
}

/** Brings the derived entries of one subject in line with its readings. */
export async function deriveTraffic(creatorId: string, subject: Subject): Promise<void> {
  const { channelId, videoId } = subject;
  const known = await conn()
    .select({
      day: readings.day,
      views: readings.views,
      likes: readings.likes,
      comments: readings.comments,
      shares: readings.shares,
    })
    .from(readings)
    .where(
      and(
        eq(readings.creatorId, creatorId),
        eq(readings.channelId, channelId),
        videoId === null ? isNull(readings.videoId) : eq(readings.videoId, videoId),
        isNotNull(readings.views),
        isCurrentReading,
      ),
    )
    .orderBy(asc(readings.day));
  const there = await conn()
    .select({ ...COLUMNS, origin: traffic.origin })
    .from(traffic)
    .where(
      and(
        eq(traffic.creatorId, creatorId),
        eq(traffic.channelId, channelId),
        videoId === null ? isNull(traffic.videoId) : eq(traffic.videoId, videoId),
        isCurrentTraffic,
      ),
    );
  const format = videoId === null ? "all" : await formatOf(creatorId, videoId);
  const stated = there.filter((row) => row.origin !== "reading" && row.format === format);
  const wanted = known.slice(1).flatMap((late, index) => {
    const early = known[index];
    if (!early) return [];
    const row: Derived = {
      channelId,
      videoId,
      format,
      fromDay: addDays(dayOf(early.day), 1),
      toDay: late.day,
      views: difference(early.views, late.views),
      likes: difference(early.likes, late.likes),
      comments: difference(early.comments, late.comments),
      shares: difference(early.shares, late.shares),
    };
    return stated.some((other) => overlap(other, row)) ? [] : [row];
  });

  const derived = there.filter((row) => row.origin === "reading");
  const kept = new Set(derived.filter((row) => wanted.some((want) => isSame(row, want))));
  const fresh = wanted.filter((want) => !derived.some((row) => isSame(row, want)));
  const taken = new Set<Derived>();
  const rows = derived
    .filter((row) => !kept.has(row))
    .map((old) => {
      const heir = fresh.find((want) => !taken.has(want) && overlap(old, want));
      if (heir) taken.add(heir);
      return newRow(creatorId, heir ?? old, old.id, !heir);
    });
  await insertAll(traffic, [
    ...rows,
    ...fresh.filter((want) => !taken.has(want)).map((want) => newRow(creatorId, want, null, false)),
  ]);
}

const COLUMNS = {
  id: traffic.id,
  channelId: traffic.channelId,
  videoId: traffic.videoId,
  format: traffic.format,
  fromDay: traffic.fromDay,
  toDay: traffic.toDay,
  views: traffic.views,
  likes: traffic.likes,
  comments: traffic.comments,
  shares: traffic.shares,
};

interface Derived extends Subject {
  format: Format | "all";
  fromDay: string;
  toDay: string;
  views: number | null;
  likes: number | null;
  comments: number | null;
  shares: number | null;
}

function newRow(creatorId: string, row: Derived, replaces: string | null, isVoid: boolean) {
  const { channelId, videoId, format, fromDay, toDay, views, likes, comments, shares } = row;
  const body = {
    channelId,
    videoId,
    format,
    fromDay,
    toDay,
    views,
    likes,
    comments,
    shares,
    replaces,
    isVoid,
  };
  const id = randomUUID();
  return {
    creatorId,
    id,
    ...body,
    origin: "reading" as const,
    recordedBy: id,
    bodyHash: bodyHash(body),
  };
}

async function formatOf(creatorId: string, videoId: string): Promise<Format> {
  const [video] = await conn()
    .select({ format: videos.format })
    .from(videos)
    .where(and(eq(videos.creatorId, creatorId), eq(videos.id, videoId)));
  if (!video) throw new Error("A reading of a video that is not there.");
  return video.format;
}

function difference(early: number | null, late: number | null): number | null {
  return early === null || late === null ? null : late - early;
}

function overlap(a: { fromDay: string; toDay: string }, b: { fromDay: string; toDay: string }): boolean {
  return a.fromDay <= b.toDay && b.fromDay <= a.toDay;
}

function isSame(a: Derived, b: Derived): boolean {
  return (
    a.format === b.format &&
    a.fromDay === b.fromDay &&
    a.toDay === b.toDay &&
    a.views === b.views &&
    a.likes === b.likes &&
    a.comments === b.comments &&
    a.shares === b.shares
  );
}
