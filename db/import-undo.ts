/** The undoing of an import, a part of imports.ts: inside its transaction, for a viewer who may write. */
import { randomUUID } from "node:crypto";
import { and, asc, eq, isNull, type SQL, sql } from "drizzle-orm";
import type { Viewer } from "../lib/model/access";
import type { Day } from "../lib/model/month";
import type { Stream } from "../lib/model/words";
import { insertAll } from "./bulk";
import { conn } from "./client";
import { deriveTraffic, giveWay, isCurrentTraffic } from "./derive";
import { payouts, readings, traffic, videos } from "./schema";
import { scope } from "./scope";
import { type ChainEntry, type TakenBack, takeBack } from "./take-back";

/** What was changed after the import and is therefore left as it is. */
export type LeftEntry =
  | { what: "payout"; stream: Stream; from: Day; to: Day }
  | { what: "traffic"; from: Day; to: Day }
  | { what: "video"; title: string };

export const isCurrentPayout: SQL = sql`${payouts.kind} <> 'void' and not exists (
  select from payouts l where l.creator_id = ${payouts.creatorId} and l.replaces = ${payouts.id})`;

/** Something that counts refers to the video. */
export const isInUse: SQL = sql`(
  exists (select from traffic t where t.creator_id = ${videos.creatorId} and t.channel_id = ${videos.channelId}
    and t.video_id = ${videos.id} and not t.is_void
    and not exists (select from traffic l where l.creator_id = t.creator_id and l.replaces = t.id))
  or exists (select from payout_lines n join payouts p on p.creator_id = n.creator_id and p.id = n.payout_id
    where n.creator_id = ${videos.creatorId} and n.video_id = ${videos.id} and p.kind <> 'void'
    and not exists (select from payouts l where l.creator_id = p.creator_id and l.replaces = p.id))
  or exists (select from readings r where r.creator_id = ${videos.creatorId} and r.channel_id = ${videos.channelId}
    and r.video_id = ${videos.id} and not r.is_void
    and not exists (select from readings l where l.creator_id = r.creator_id and l.replaces = r.id)))`;

/**
 * The trigger on traffic looks up each new row's neighbours one by one, which is quick by index: what suits it
 * is what `planForMany` (imports.ts) has turned off.
 */
export async function insertTraffic(rows: readonly (typeof traffic.$inferInsert)[]): Promise<void> {
  await conn().execute(sql`set local enable_nestloop = on`);
  await insertAll(traffic, rows);
  await conn().execute(sql`set local enable_nestloop = off`);
}

/** The database sets the chain. */
export function insertPayouts(rows: readonly Omit<typeof payouts.$inferInsert, "chainId">[]): Promise<void> {
  return insertAll(
    payouts,
    rows.map((row) => ({ ...row, chainId: row.id })),
  );
}

type PayoutEntry = ChainEntry & typeof payouts.$inferSelect;
type TrafficEntry = ChainEntry & typeof traffic.$inferSelect;

/** Payouts of an import: void, or what they replaced again; those corrected or paid since then stay. */
export async function undoPayouts(
  creatorId: string,
  importId: string,
  undone: ReadonlySet<string>,
): Promise<LeftEntry[]> {
  const { taken, left } = takeBack(await readPayoutChains(creatorId, importId), importId, undone);
  const blocked = await findPaidAgain(creatorId, importId, taken);
  const back = taken.filter(({ head }) => !blocked.has(head.id));
  const rows = back.map(({ head, before }) => {
    const {
      isVoid: _isVoid,
      isBuiltUpon: _isBuiltUpon,
      ...body
    } = before ?? {
      ...head,
      kind: "void" as const,
      minor: 0n,
      about: null,
      note: "",
      sourceKey: null,
      importId: null,
    };
    return { ...body, id: randomUUID(), replaces: head.id };
  });
  await insertPayouts(rows);
  const restored = back.flatMap(({ before }, index) =>
    before ? [{ old: before.id, new: rows[index]?.id }] : [],
  );
  await conn().execute(sql`
    insert into payout_lines (creator_id, payout_id, video_id, minor)
    select l.creator_id, r.new, l.video_id, l.minor
    from json_to_recordset(${JSON.stringify(restored)}::json) as r(old uuid, new uuid)
    join payout_lines l on l.creator_id = ${creatorId} and l.payout_id = r.old`);
  const kept = keptOf(left, taken, blocked);
  return kept.map(({ stream, fromDay, toDay }) => ({
    what: "payout",
    stream,
    from: fromDay as Day,
    to: toDay as Day,
  }));
}

/** Whole chains, oldest entry first. */
async function readPayoutChains(creatorId: string, importId: string): Promise<PayoutEntry[]> {
  const chains = sql`select p.chain_id from payouts p where p.creator_id = ${creatorId} and p.import_id = ${importId}`;
  const rows = await conn()
    .select()
    .from(payouts)
    .where(and(eq(payouts.creatorId, creatorId), sql`${payouts.chainId} in (${chains})`))
    .orderBy(asc(payouts.recordedAt), asc(payouts.id));
  const later = await conn().execute<{ chain_id: string; at: Date }>(sql`
    select a.about as chain_id, max(a.recorded_at) as at from payouts a
    where a.creator_id = ${creatorId} and a.about in (${chains}) and a.kind <> 'void'
      and not exists (select from payouts l where l.creator_id = a.creator_id and l.replaces = a.id)
    group by a.about
    union all
    select o.chain_id, max(r.recorded_at) from allocations o
    join receipts r on r.creator_id = o.creator_id and r.id = o.receipt_id
    where o.creator_id = ${creatorId} and o.chain_id in (${chains}) and not r.is_void
      and not exists (select from receipts l where l.creator_id = r.creator_id and l.replaces = r.id)
    group by o.chain_id`);
  return rows.map((row) => ({
    ...row,
    isVoid: row.kind === "void",
    isBuiltUpon: later.some(({ chain_id, at }) => chain_id === row.chainId && new Date(at) > row.recordedAt),
  }));
}

/**
 * The heads whose earlier entry must not come back, because entries that count now speak of the same stream
 * and days and were recorded since: nothing counts twice.
 */
async function findPaidAgain(
  creatorId: string,
  importId: string,
  taken: readonly TakenBack<PayoutEntry>[],
): Promise<Set<string>> {
  const voided = taken.flatMap(({ head, before }) =>
    head.isVoid && before
      ? [{ head: head.id, stream: before.stream, first: before.fromDay, last: before.toDay }]
      : [],
  );
  if (voided.length === 0) return new Set();
  const rows = await conn().execute<{ head: string }>(sql`
    select distinct n.head
    from json_to_recordset(${JSON.stringify(voided)}::json) as n(head uuid, stream text, first date, last date)
    join imports i on i.creator_id = ${creatorId} and i.id = ${importId}
    join ${payouts} on ${payouts.creatorId} = i.creator_id and ${payouts.channelId} = i.channel_id
      and ${payouts.stream} = n.stream and ${payouts.fromDay} <= n.last and ${payouts.toDay} >= n.first
      and ${payouts.about} is null and ${payouts.recordedAt} >= i.recorded_at and ${isCurrentPayout}
    where not ${payouts.id} = any (${uuids(taken.map(({ head }) => head.id))})`);
  return new Set(rows.map(({ head }) => head));
}

/** What stays as it is, by period. */
function keptOf<Entry extends ChainEntry & { fromDay: string }>(
  left: readonly Entry[],
  taken: readonly TakenBack<Entry>[],
  blocked: ReadonlySet<string>,
): Entry[] {
  const notRestored = taken.flatMap(({ head, before }) => (before && blocked.has(head.id) ? [before] : []));
  return [...left, ...notRestored].sort((a, b) =>
    a.fromDay < b.fromDay ? -1 : a.fromDay > b.fromDay ? 1 : 0,
  );
}

export async function undoTraffic(
  creatorId: string,
  importId: string,
  undone: ReadonlySet<string>,
): Promise<LeftEntry[]> {
  const { taken, left } = takeBack(await readTrafficChains(creatorId, importId), importId, undone);
  const blocked = await findSeenAgain(creatorId, taken);
  const back = taken.filter(({ head }) => !blocked.has(head.id));
  const rows = back.map(({ head, before }) => {
    const { isBuiltUpon: _isBuiltUpon, ...body } = before ?? {
      ...head,
      isVoid: true,
      sourceKey: null,
      importId: null,
    };
    // A video may have moved to another format meanwhile; its entries moved with it.
    const format = body.videoId ? head.format : body.format;
    return { ...body, format, id: randomUUID(), replaces: head.id };
  });
  await giveWay(creatorId, rows);
  await insertTraffic(rows);
  for (const subject of await listReadSubjects(creatorId, rows)) await deriveTraffic(creatorId, subject);
  const kept = keptOf(left, taken, blocked);
  return kept.map(({ fromDay, toDay }) => ({ what: "traffic", from: fromDay as Day, to: toDay as Day }));
}

async function readTrafficChains(creatorId: string, importId: string): Promise<TrafficEntry[]> {
  const rows = await conn()
    .select()
    .from(traffic)
    .where(
      and(
        eq(traffic.creatorId, creatorId),
        sql`${traffic.id} in (
          with recursive older as (
            select t.id, t.replaces from traffic t where t.creator_id = ${creatorId} and t.import_id = ${importId}
            union select t.id, t.replaces from older o join traffic t on t.creator_id = ${creatorId} and t.id = o.replaces
          ), newer as (
            select t.id from traffic t where t.creator_id = ${creatorId} and t.import_id = ${importId}
            union select t.id from newer n join traffic t on t.creator_id = ${creatorId} and t.replaces = n.id
          )
          select id from older union select id from newer)`,
      ),
    )
    .orderBy(asc(traffic.recordedAt), asc(traffic.id));
  return rows.map((row) => ({ ...row, isBuiltUpon: false }));
}

/** As `findPaidAgain`: entries of the same channel or video, format and days that stay. */
async function findSeenAgain(
  creatorId: string,
  taken: readonly TakenBack<TrafficEntry>[],
): Promise<Set<string>> {
  const voided = taken.flatMap(({ head, before }) =>
    head.isVoid && before
      ? [
          {
            head: head.id,
            channel: before.channelId,
            video: before.videoId,
            format: head.format,
            first: before.fromDay,
            last: before.toDay,
          },
        ]
      : [],
  );
  if (voided.length === 0) return new Set();
  const rows = await conn().execute<{ head: string }>(sql`
    select distinct n.head
    from json_to_recordset(${JSON.stringify(voided)}::json)
      as n(head uuid, channel uuid, video uuid, format text, first date, last date)
    join ${traffic} on ${traffic.creatorId} = ${creatorId} and ${traffic.channelId} = n.channel
      and ${traffic.videoId} is not distinct from n.video and ${traffic.format} = n.format
      and ${traffic.fromDay} <= n.last and ${traffic.toDay} >= n.first
      and ${traffic.origin} <> 'reading' and ${isCurrentTraffic}
    where not ${traffic.id} = any (${uuids(taken.map(({ head }) => head.id))})`);
  return new Set(rows.map(({ head }) => head));
}

/** The channels and videos of these rows that have readings, whose differences may count again. */
async function listReadSubjects(
  creatorId: string,
  rows: readonly { channelId: string; videoId: string | null }[],
): Promise<{ channelId: string; videoId: string | null }[]> {
  const channelIds = [...new Set(rows.map(({ channelId }) => channelId))];
  const touched = new Set(rows.map(({ channelId, videoId }) => `${channelId}/${videoId}`));
  const read = await conn()
    .selectDistinct({ channelId: readings.channelId, videoId: readings.videoId })
    .from(readings)
    .where(and(eq(readings.creatorId, creatorId), sql`${readings.channelId} = any (${uuids(channelIds)})`));
  return read.filter(({ channelId, videoId }) => touched.has(`${channelId}/${videoId}`));
}

/** Hides the import's videos that nobody changed and nothing refers to; answers the others. */
export async function hideVideos(viewer: Viewer, creatorId: string, importId: string): Promise<LeftEntry[]> {
  const made = and(
    scope(viewer, videos.creatorId, "write"),
    eq(videos.creatorId, creatorId),
    eq(videos.importId, importId),
    isNull(videos.removedAt),
  );
  await conn()
    .update(videos)
    .set({ removedAt: sql`now()`, version: sql`${videos.version} + 1` })
    .where(and(made, eq(videos.version, 1), sql`not ${isInUse}`));
  const left = await conn()
    .select({ title: videos.title })
    .from(videos)
    .where(made)
    .orderBy(asc(videos.title), asc(videos.id));
  return left.map(({ title }) => ({ what: "video", title }));
}

function uuids(ids: readonly string[]): SQL {
  return sql`array(select json_array_elements_text(${JSON.stringify(ids)}::json)::uuid)`;
}
