/**
 * The undoing of an import, a part of imports.ts: inside its transaction, for a viewer who may write. In each chain
 * whose newest entry is the import's, what counted before counts again; where nothing did, the chain ends. What
 * imports undone earlier had left under this one is skipped, so that undoing two imports in any order ends where
 * neither was made.
 */
import { and, asc, eq, isNull, type SQL, sql } from "drizzle-orm";
import type { Viewer } from "../lib/model/access";
import type { Day, Month } from "../lib/model/month";
import type { Stream } from "../lib/model/words";
import { conn } from "./client";
import { deriveTraffic, giveWay } from "./derive";
import { byIndex } from "./import-write";
import { rowHash } from "./once";
import { videos } from "./schema";
import { scope } from "./scope";

/** What was changed after the import and is therefore left as it is. */
export type LeftEntry =
  | { what: "payout"; stream: Stream; from: Day; to: Day }
  | { what: "traffic"; from: Day; to: Day }
  | { what: "reading"; day: Day }
  | { what: "audience"; month: Month }
  | { what: "video"; title: string };

/** Something that counts refers to the video, or a person placed something in it. */
export const isInUse: SQL = sql`(
  exists (select from traffic t where t.creator_id = ${videos.creatorId} and t.channel_id = ${videos.channelId}
    and t.video_id = ${videos.id} and not t.is_void
    and not exists (select from traffic l where l.creator_id = t.creator_id and l.replaces = t.id))
  or exists (select from payout_lines n join payouts p on p.creator_id = n.creator_id and p.id = n.payout_id
    where n.creator_id = ${videos.creatorId} and n.video_id = ${videos.id} and p.kind <> 'void'
    and not exists (select from payouts l where l.creator_id = p.creator_id and l.replaces = p.id))
  or exists (select from readings r where r.creator_id = ${videos.creatorId} and r.channel_id = ${videos.channelId}
    and r.video_id = ${videos.id} and not r.is_void
    and not exists (select from readings l where l.creator_id = r.creator_id and l.replaces = r.id))
  or exists (select from placements m where m.creator_id = ${videos.creatorId} and m.video_id = ${videos.id} and not m.is_void
    and not exists (select from placements l where l.creator_id = m.creator_id and l.replaces = m.id))
  or exists (select from lives m where m.creator_id = ${videos.creatorId} and m.video_id = ${videos.id} and not m.is_void
    and not exists (select from lives l where l.creator_id = m.creator_id and l.replaces = m.id)))`;

type ChainTable = "payouts" | "traffic" | "readings";
const IS_VOID: Record<ChainTable, (name: string) => SQL> = {
  payouts: (name) => sql.raw(`${name}.kind = 'void'`),
  traffic: (name) => sql.raw(`${name}.is_void`),
  readings: (name) => sql.raw(`${name}.is_void`),
};

/**
 * Creates `back_<table>`: the newest entry (`head`) of every chain the import has a part in, `is_taken` where that is
 * the import's own, and `before`, which counted before the import (null: nothing did). Those taken back by somebody
 * already are left out.
 */
async function findChains(table: ChainTable, creatorId: string, importId: string): Promise<void> {
  const of = sql.raw(table);
  const isVoid = IS_VOID[table];
  await conn().execute(sql`
    create temp table ${sql.raw(`back_${table}`)} on commit drop as
    with recursive gone as (
      select i.id from imports i where i.creator_id = ${creatorId} and (i.undone_at is not null or i.id = ${importId})
    ), newer as (
      select p.id from ${of} p where p.creator_id = ${creatorId} and p.import_id = ${importId}
      union select l.id from newer w join ${of} l on l.creator_id = ${creatorId} and l.replaces = w.id
    ), heads as (
      select h.id, h.import_id is not distinct from ${importId}::uuid as is_taken, ${isVoid("h")} as is_void
      from newer w join ${of} h on h.creator_id = ${creatorId} and h.id = w.id
      where not exists (select from ${of} l where l.creator_id = ${creatorId} and l.replaces = h.id)
    ), older as (
      select h.id as head, p.id, p.replaces, p.import_id in (select id from gone) as is_gone
      from heads h join ${of} p on p.creator_id = ${creatorId} and p.id = h.id where h.is_taken
      union all
      select o.head, p.id, p.replaces, p.import_id in (select id from gone)
      from older o join ${of} p on p.creator_id = ${creatorId} and p.id = o.replaces where o.is_gone
    )
    select h.id as head, h.is_taken, h.is_void, b.id as before
    from heads h left join older o on o.head = h.id and o.is_gone is not true
    left join ${of} b on b.creator_id = ${creatorId} and b.id = o.id and not ${isVoid("b")}
    where not (h.is_void and (not h.is_taken or b.id is null))`);
  await conn().execute(sql`analyze ${sql.raw(`back_${table}`)}`);
}

/** Payouts of an import: void, or what they replaced again; those corrected or paid since then stay. */
export async function undoPayouts(creatorId: string, importId: string): Promise<LeftEntry[]> {
  await findChains("payouts", creatorId, importId);
  // A person built on it after the import: a refund about it, a receipt that pays it. Undoing another import may
  // have written the newest entry since then.
  await conn().execute(sql`
    with later as (
      select a.about as chain_id, max(a.recorded_at) as at from payouts a
      where a.creator_id = ${creatorId} and a.about is not null and a.kind <> 'void'
        and not exists (select from payouts l where l.creator_id = a.creator_id and l.replaces = a.id)
        and not exists (select from back_payouts b where b.head = a.id and b.is_taken)
      group by a.about
      union all
      select o.chain_id, max(r.recorded_at) from allocations o
      join receipts r on r.creator_id = o.creator_id and r.id = o.receipt_id
      where o.creator_id = ${creatorId} and not r.is_void
        and not exists (select from receipts l where l.creator_id = r.creator_id and l.replaces = r.id)
      group by o.chain_id
    )
    update back_payouts b set is_taken = false
    from payouts p join later l on l.chain_id = p.chain_id
    join imports i on i.creator_id = p.creator_id and i.id = ${importId} and l.at > i.recorded_at
    where p.creator_id = ${creatorId} and p.id = b.head`);
  // What gave way must not come back beside entries that speak of the same stream and days and came since.
  await conn().execute(sql`
    with since as materialized (
      select p.* from payouts p join imports i on i.creator_id = p.creator_id and i.id = ${importId} and i.channel_id is not distinct from p.channel_id
      where p.creator_id = ${creatorId} and p.about is null and p.recorded_at >= i.recorded_at and p.kind <> 'void'
        and not exists (select from payouts l where l.creator_id = p.creator_id and l.replaces = p.id)
        and not exists (select from back_payouts b where b.head = p.id and b.is_taken)
    )
    update back_payouts b set is_taken = false
    from payouts o join since s on s.stream = o.stream and s.from_day <= o.to_day and s.to_day >= o.from_day
    where b.is_void and b.is_taken and o.creator_id = ${creatorId} and o.id = b.before`);
  await conn().execute(sql`create temp table restored_payouts on commit drop as
    select gen_random_uuid() as id, head, before from back_payouts where is_taken`);
  const row = sql`r.id, o.channel_id, o.format, o.stream, case when r.before is null then 'void' else o.kind end, o.state, o.from_day, o.to_day,
    case when r.before is null then 0 else o.minor end, o.currency, case when r.before is null then '' else o.note end,
    case when r.before is not null then o.source_key end, case when r.before is null then ${importId}::uuid else o.import_id end,
    r.head, case when r.before is not null then o.about end, case when r.before is not null then o.estimated_minor end,
    case when r.before is not null then o.settled_on end, case when r.before is not null then o.makings end,
    case when r.before is not null then o.deal_id end, case when r.before is not null then o.placement_id end`;
  await conn().execute(sql`
    insert into payouts (creator_id, recorded_by, chain_id, id, channel_id, format, stream, kind, state, from_day, to_day, minor, currency,
      note, source_key, import_id, replaces, about, estimated_minor, settled_on, makings, deal_id, placement_id,
      body_hash)
    select ${creatorId}, r.id, r.id, ${row}, ${rowHash(row)}
    from restored_payouts r join payouts o on o.creator_id = ${creatorId} and o.id = coalesce(r.before, r.head)`);
  await conn().execute(sql`
    insert into payout_lines (creator_id, payout_id, video_id, minor)
    select l.creator_id, r.id, l.video_id, l.minor
    from restored_payouts r join payout_lines l on l.creator_id = ${creatorId} and l.payout_id = r.before`);
  const left = await conn().execute<{ stream: Stream; from_day: Day; to_day: Day }>(sql`
    select p.stream, p.from_day, p.to_day from back_payouts b join payouts p on p.creator_id = ${creatorId} and p.id = b.head
    where not b.is_taken order by p.from_day, p.recorded_at, p.id`);
  return left.map(({ stream, from_day, to_day }) => ({ what: "payout", stream, from: from_day, to: to_day }));
}

const COUNTS = sql`o.views, o.qualified_views, o.engaged_views, o.ad_impressions, o.watch_seconds, o.likes, o.comments, o.shares`;

/** Traffic of an import, and what follows from readings where it stood. */
export async function undoTraffic(creatorId: string, importId: string): Promise<LeftEntry[]> {
  await findChains("traffic", creatorId, importId);
  // As with payouts: entries of the same channel or video, format and days that stay.
  const inTheWay = [sql`s.video_id = o.video_id`, sql`s.video_id is null and o.video_id is null`].map(
    (subject) => sql`
      select b.head from back_traffic b
      join traffic h on h.creator_id = ${creatorId} and h.id = b.head
      join traffic o on o.creator_id = ${creatorId} and o.id = b.before
      join traffic s on s.creator_id = ${creatorId} and s.channel_id = o.channel_id and ${subject} and s.format = h.format
        and s.from_day <= o.to_day and s.to_day >= o.from_day and s.origin <> 'reading' and not s.is_void
      where b.is_void and b.is_taken
        and not exists (select from traffic l where l.creator_id = s.creator_id and l.replaces = s.id)
        and not exists (select from back_traffic k where k.head = s.id and k.is_taken)`,
  );
  await conn().execute(sql`
    update back_traffic b set is_taken = false where b.head in (${sql.join(inTheWay, sql` union `)})`);
  // A video may have moved to another format meanwhile; its entries moved with it.
  await conn().execute(sql`
    create temp table restored_traffic on commit drop as
    select gen_random_uuid() as id, b.head, b.before, o.channel_id, o.video_id, case when o.video_id is null then o.format else h.format end as format,
      o.from_day, o.to_day
    from back_traffic b join traffic h on h.creator_id = ${creatorId} and h.id = b.head
    join traffic o on o.creator_id = ${creatorId} and o.id = coalesce(b.before, b.head)
    where b.is_taken`);
  await conn().execute(sql`analyze restored_traffic`);
  await giveWay(
    creatorId,
    sql`select id, channel_id as channel, video_id as video, format, from_day as first, to_day as last, head as replaces
      from restored_traffic where before is not null`,
  );
  const row = sql`r.id, r.channel_id, r.video_id, r.format, r.from_day, r.to_day, ${COUNTS}, o.origin,
    case when r.before is not null then o.source_key end, case when r.before is null then ${importId}::uuid else o.import_id end,
    r.head, r.before is null`;
  await byIndex(() =>
    conn().execute(sql`
    insert into traffic (creator_id, recorded_by, id, channel_id, video_id, format, from_day, to_day, views, qualified_views, engaged_views,
      ad_impressions, watch_seconds, likes, comments, shares, origin, source_key, import_id, replaces, is_void, body_hash)
    select ${creatorId}, r.id, ${row}, ${rowHash(row)}
    from restored_traffic r join traffic o on o.creator_id = ${creatorId} and o.id = coalesce(r.before, r.head)`),
  );
  const left = await conn().execute<{ from_day: Day; to_day: Day }>(sql`
    select t.from_day, t.to_day from back_traffic b join traffic t on t.creator_id = ${creatorId} and t.id = b.head
    where not b.is_taken order by t.from_day, t.recorded_at, t.id`);
  return left.map(({ from_day, to_day }) => ({ what: "traffic", from: from_day, to: to_day }));
}

/**
 * Readings of an import; then the traffic that follows from the readings of everything that was touched. Where an
 * earlier number would now stand beside later ones as a fall, the channel or video keeps all its readings.
 */
export async function undoReadings(creatorId: string, importId: string): Promise<LeftEntry[]> {
  await findChains("readings", creatorId, importId);
  await conn().execute(sql`
    with current as (
      select coalesce(r.video_id, r.channel_id) as subject, r.day, r.views from readings r
      where r.creator_id = ${creatorId} and not r.is_void and r.views is not null
        and exists (select from back_readings)
        and not exists (select from readings l where l.creator_id = r.creator_id and l.replaces = r.id)
        and not exists (select from back_readings b where b.head = r.id and b.is_taken)
      union all
      select coalesce(o.video_id, o.channel_id), o.day, o.views
      from back_readings b join readings o on o.creator_id = ${creatorId} and o.id = b.before where b.is_taken and o.views is not null
    ), falls as (
      select subject from (select subject, views - lag(views) over (partition by subject order by day) as step from current) s where step < 0
    )
    update back_readings b set is_taken = false from readings h
    where h.creator_id = ${creatorId} and h.id = b.head and coalesce(h.video_id, h.channel_id) in (select subject from falls)`);
  const row = sql`gen_random_uuid(), o.channel_id, o.video_id, o.day, o.views, o.likes, o.comments, o.shares, o.followers,
    case when b.before is null then ${importId}::uuid else o.import_id end, b.head, b.before is null`;
  await conn().execute(sql`
    insert into readings (creator_id, recorded_by, id, channel_id, video_id, day, views, likes, comments, shares, followers, import_id,
      replaces, is_void, body_hash)
    select ${creatorId}, o.id, ${row}, ${rowHash(sql`o.*`)}
    from back_readings b join readings o on o.creator_id = ${creatorId} and o.id = coalesce(b.before, b.head) where b.is_taken`);
  await byIndex(() =>
    deriveTraffic(
      creatorId,
      sql`select h.channel_id, h.video_id from back_readings b join readings h on h.creator_id = ${creatorId} and h.id = b.head where b.is_taken
      union
      select r.channel_id, r.video_id from readings r where r.creator_id = ${creatorId}
        and coalesce(r.video_id, r.channel_id) in (select coalesce(video_id, channel_id) from restored_traffic)`,
    ),
  );
  const left = await conn().execute<{ day: Day }>(sql`
    select distinct h.day from back_readings b join readings h on h.creator_id = ${creatorId} and h.id = b.head
    where not b.is_taken order by h.day`);
  return left.map(({ day }) => ({ what: "reading", day }));
}

/** The latest record of a month counts, so the one before is recorded again; blank where there was none. */
export async function undoAudience(creatorId: string, importId: string): Promise<LeftEntry[]> {
  const mine = sql`exists (
    select from audience m where m.creator_id = a.creator_id and m.channel_id = a.channel_id and m.month = a.month and m.import_id = ${importId})`;
  await conn().execute(sql`
    create temp table back_audience on commit drop as
    select distinct on (a.channel_id, a.month) a.channel_id, a.month, coalesce(a.import_id = ${importId}, false) as is_taken
    from audience a where a.creator_id = ${creatorId} and ${mine}
    order by a.channel_id, a.month, a.recorded_at desc, a.id desc`);
  const row = sql`b.channel_id, b.month, coalesce(o.shares, '{}'), case when o.id is null then ${importId}::uuid else o.import_id end`;
  await conn().execute(sql`
    insert into audience (creator_id, recorded_by, id, channel_id, month, shares, import_id, body_hash)
    select ${creatorId}, ${importId}, gen_random_uuid(), ${row}, ${rowHash(row)}
    from back_audience b left join lateral (
      select a.* from audience a
      where a.creator_id = ${creatorId} and a.channel_id = b.channel_id and a.month = b.month
        and (a.import_id is null or (a.import_id <> ${importId} and not exists (
          select from imports i where i.creator_id = a.creator_id and i.id = a.import_id and i.undone_at is not null)))
      order by a.recorded_at desc, a.id desc limit 1
    ) o on true
    where b.is_taken`);
  const left = await conn().execute<{ month: Month }>(
    sql`select distinct month from back_audience where not is_taken order by month`,
  );
  return left.map(({ month }) => ({ what: "audience", month }));
}

/** Blanks what the import filled in videos that were there, where it still stands as it was filled. */
export async function undoFilled(creatorId: string, importId: string): Promise<void> {
  await conn().execute(sql`
    update videos v set
      title = case when v.title = f.title then coalesce(f.old_title, '') else v.title end,
      url = case when v.url = f.url then '' else v.url end,
      published_on = case when v.published_on = f.published_on then null else v.published_on end,
      duration_seconds = case when v.duration_seconds = f.duration_seconds then null else v.duration_seconds end
    from imports i, jsonb_each(i.options -> 'filled') e,
      jsonb_to_record(e.value) as f(title text, old_title text, url text, published_on date, duration_seconds integer)
    where i.creator_id = ${creatorId} and i.id = ${importId} and v.creator_id = ${creatorId} and v.id = e.key::uuid`);
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
