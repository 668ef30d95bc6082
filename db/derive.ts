/**
 * Traffic out of readings: the difference of two neighbouring readings of one subject counts for the days after
 * the earlier one, up to the later one. What somebody stated about a period wins over what is derived for it.
 * Inside a transaction of a viewer who may write.
 */
import { and, asc, eq, inArray, type SQL, sql } from "drizzle-orm";
import type { Format } from "../lib/model/words";
import { conn } from "./client";
import { rowHash } from "./once";
import { channels, readings, traffic } from "./schema";

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

/** What somebody states about periods, as a query of (id, channel, video, format, first, last, replaces). */
export function statedOf(entries: readonly Stated[]): SQL {
  const rows = entries
    .filter((entry) => !entry.isVoid)
    .map(({ id, channelId, videoId, format, fromDay, toDay, replaces }) => ({
      ...{ id, channel: channelId, video: videoId, format, first: fromDay, last: toDay, replaces },
    }));
  return sql`select * from json_to_recordset(${JSON.stringify(rows)}::json)
    as s(id uuid, channel uuid, video uuid, format text, first date, last date, replaces uuid)`;
}

/**
 * Joins to `stated` (see `statedOf`), under the name `n`, that find what touches its periods for the same subject and
 * format. Once for videos and once for channels, because "the same or both null" uses no index.
 */
export function joinTouching(): SQL[] {
  return [sql`n.video is not null and t.video_id = n.video`, sql`n.video is null and t.video_id is null`].map(
    (subject) => sql`t.channel_id = n.channel and ${subject} and t.format = n.format
      and t.from_day <= n.last and t.to_day >= n.first and t.id is distinct from n.id`,
  );
}

const isHead = sql`not t.is_void and not exists (
  select from traffic l where l.creator_id = t.creator_id and l.replaces = t.id)`;

/** Takes back the derived entries that overlap what is about to be stated, but not one that is replaced by it. */
export async function giveWay(creatorId: string, stated: SQL): Promise<void> {
  const touched = joinTouching().map(
    (on) => sql`select t.* from stated n join traffic t on ${on}
      where t.creator_id = ${creatorId} and t.origin = 'reading' and ${isHead}`,
  );
  await conn().execute(sql`
    with stated as (${stated}), touched as (${sql.join(touched, sql` union `)}),
    rows as (
      select gen_random_uuid() as id, t.channel_id, t.video_id, t.format, t.from_day, t.to_day, t.views, t.likes, t.comments, t.shares,
        t.id as replaces, true as is_void
      from touched t where not exists (select from stated n where n.replaces = t.id)
    )
    ${insertDerived(creatorId)}`);
}

/**
 * Brings the derived entries of some subjects in line with their readings; `subjects` is a query of
 * (channel_id, video_id).
 */
export async function deriveTraffic(creatorId: string, subjects: SQL): Promise<void> {
  const ofSubject = (name: string, columns: SQL) => {
    const table = sql.identifier(name);
    const one = (on: SQL) => sql`
      select ${columns} from subjects s join ${table} t on t.creator_id = ${creatorId} and t.channel_id = s.channel_id and ${on}
      where ${sql`not t.is_void and not exists (select from ${table} l where l.creator_id = t.creator_id and l.replaces = t.id)`}`;
    return sql`${one(sql`t.video_id = s.video_id`)} union all ${one(sql`s.video_id is null and t.video_id is null`)}`;
  };
  await conn().execute(sql`
    with given as (select distinct channel_id, video_id from (${subjects}) g), subjects as (
      select g.channel_id, g.video_id, coalesce(v.format, 'all') as format, coalesce(g.video_id, g.channel_id) as subject
      from given g left join videos v on v.creator_id = ${creatorId} and v.id = g.video_id
    ), known as (
      ${ofSubject("readings", sql`s.subject, t.day, t.views, t.likes, t.comments, t.shares`)}
    ), steps as (
      select subject, lag(day) over w + 1 as from_day, day as to_day, views - lag(views) over w as views,
        likes - lag(likes) over w as likes, comments - lag(comments) over w as comments, shares - lag(shares) over w as shares
      from known where views is not null window w as (partition by subject order by day)
    ), there as materialized (
      ${ofSubject("traffic", sql`s.subject, t.id, t.format, t.from_day, t.to_day, t.views, t.likes, t.comments, t.shares, t.origin`)}
    ), wanted as (
      select row_number() over (order by s.subject, w.from_day) as place, s.subject, s.format, w.from_day, w.to_day, w.views, w.likes,
        w.comments, w.shares
      from steps w join subjects s using (subject)
      where w.from_day is not null and not exists (
        select from there t where t.subject = w.subject and t.origin <> 'reading' and t.format = s.format
          and t.from_day <= w.to_day and t.to_day >= w.from_day)
    ), derived as (select * from there where origin = 'reading'),
    kept as (
      select w.place, d.id from wanted w join derived d on d.subject = w.subject and d.format = w.format
        and d.from_day = w.from_day and d.to_day = w.to_day and d.views = w.views and d.likes is not distinct from w.likes
        and d.comments is not distinct from w.comments and d.shares is not distinct from w.shares
    ), gone as (select * from derived d where not exists (select from kept k where k.id = d.id)),
    fresh as (select * from wanted w where not exists (select from kept k where k.place = w.place)),
    -- One entry gives way to one: the first that it touches, and that no earlier one did.
    heirs as (
      select distinct on (place) place, id from (
        select distinct on (g.id) g.id, g.from_day, f.place from gone g join fresh f on f.subject = g.subject
          and f.from_day <= g.to_day and f.to_day >= g.from_day order by g.id, f.from_day
      ) h order by place, from_day
    ), rows as (
      select gen_random_uuid() as id, s.channel_id, s.video_id, f.format, f.from_day, f.to_day, f.views, f.likes, f.comments, f.shares,
        h.id as replaces, false as is_void
      from fresh f join subjects s using (subject) left join heirs h using (place)
      union all
      select gen_random_uuid(), s.channel_id, s.video_id, g.format, g.from_day, g.to_day, g.views, g.likes, g.comments, g.shares, g.id, true
      from gone g join subjects s using (subject) where not exists (select from heirs h where h.id = g.id)
    )
    ${insertDerived(creatorId)}`);
}

/** The one subject of a typed entry, as `deriveTraffic` takes them. */
export function subjectOf({ channelId, videoId }: Subject): SQL {
  return sql`select ${channelId}::uuid as channel_id, ${videoId}::uuid as video_id`;
}

/** From `rows`. */
function insertDerived(creatorId: string): SQL {
  const columns = sql`r.id, r.channel_id, r.video_id, r.format, r.from_day, r.to_day, r.views, r.likes, r.comments, r.shares, r.replaces, r.is_void`;
  return sql`
    insert into traffic (creator_id, id, channel_id, video_id, format, from_day, to_day, views, likes, comments, shares, replaces,
      is_void, origin, recorded_by, body_hash)
    select ${creatorId}, ${columns}, 'reading', r.id, ${rowHash(columns)} from rows r`;
}
