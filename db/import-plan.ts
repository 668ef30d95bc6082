/**
 * What a staged file means for the ledger, worked out in the database; a part of imports.ts, inside its transaction.
 * Each kind of draft gets a temporary table of its own: `n` (the row of `staged`), `status` (lib/import/plan.ts) and
 * `existing`, the entry it is compared with.
 *
 * An entry is found by its key anywhere in its chain: what a person corrected keeps the name it was brought under,
 * and stays when a file says no more than it said before, or the same as he; what he took back is remembered.
 */
import { type SQL, sql } from "drizzle-orm";
import type { PlanChoices } from "../lib/import/plan";
import type { Viewer } from "../lib/model/access";
import { conn } from "./client";
import { isInUse } from "./import-undo";
import { videos } from "./schema";
import { scope } from "./scope";

export interface Ledger {
  viewer: Viewer;
  creatorId: string;
  /** null: of the creator as a whole; then there are payouts alone */
  channelId: string | null;
}

const COUNTS = [
  "views",
  "qualified_views",
  "engaged_views",
  "ad_impressions",
  "watch_seconds",
  "likes",
  "comments",
  "shares",
] as const;

/** Creates planned_videos, planned_payouts, planned_traffic, planned_readings and planned_audience. */
export async function compare(ledger: Ledger, choices: PlanChoices): Promise<void> {
  await planVideos(ledger);
  await planPayouts(ledger);
  await planTraffic(ledger);
  await planReadings(ledger);
  await refuseFalls(choices.bringBack ?? false);
  await planAudience(ledger);
}

// ---------------------------------------------------------------- videos

/**
 * Every video the file names, with what is there: a removed one is there as long as something of it counts, and one
 * that a person removed stays so (its figures count; restoring it is his to do). Blank facts of one that is there are
 * filled; what somebody wrote stays.
 */
async function planVideos({ viewer, creatorId, channelId }: Ledger): Promise<void> {
  await conn().execute(sql`
    create temp table planned_videos on commit drop as
    with named as (select video, min(n) as n, min(line) as line from staged where video is not null group by video),
    told as (
      select video,
        (array_agg(title order by n) filter (where title is not null))[1] as title,
        (array_agg(url order by n) filter (where url <> ''))[1] as url,
        (array_agg(published_on order by n) filter (where published_on is not null))[1] as published_on,
        (array_agg(duration_seconds order by n) filter (where duration_seconds is not null))[1] as duration_seconds,
        (array_agg(format order by n) filter (where format is not null))[1] as format
      from staged where what = 'video' group by video
    ), there as (
      select distinct on (name) coalesce(${videos.externalId}, 'permille-' || ${videos.id}) as name, ${videos.id}, ${videos.externalId},
        ${videos.title}, ${videos.url}, ${videos.publishedOn}, ${videos.durationSeconds}, ${videos.format}, ${videos.version}
      from ${videos}
      where ${scope(viewer, videos.creatorId)} and ${videos.creatorId} = ${creatorId} and ${videos.channelId} = ${channelId}
        and (${videos.removedAt} is null or ${isInUse} or ${isHiddenByHand})
      order by name, ${videos.removedAt} is not null, ${videos.createdAt} desc, ${videos.id}
    ), compared as (
      select m.video, m.n, m.line, t.title, t.url, t.published_on, t.duration_seconds, coalesce(v.format, t.format) as format,
        v.id as existing, v.version, v.title as old_title, v.url as old_url, v.published_on as old_published_on,
        v.duration_seconds as old_duration_seconds,
        case when v.title in ('', v.external_id) and t.title <> v.title then t.title end as fill_title,
        case when v.url = '' then t.url end as fill_url,
        case when v.published_on is null then t.published_on end as fill_published_on,
        case when v.duration_seconds is null then t.duration_seconds end as fill_duration_seconds
      from named m left join told t using (video) left join there v on v.name = m.video
    )
    select c.*, case when existing is null then 'new'
      when coalesce(fill_title, fill_url, fill_published_on::text, fill_duration_seconds::text) is not null then 'changed'
      else 'unchanged' end as status,
      coalesce(existing, gen_random_uuid()) as id
    from compared c`);
  await conn().execute(sql`analyze planned_videos`);
}

/** Not by the undoing of its import, which removes what it had made in one instant. */
const isHiddenByHand = sql`not exists (
  select from imports i where i.creator_id = ${videos.creatorId} and i.id = ${videos.importId} and i.undone_at = ${videos.removedAt})`;

// ---------------------------------------------------------------- payouts

/**
 * Entries that speak of the same money under other names: of the same stream and days, in one currency or from a
 * programme that pays a day once. Of one kind of export, two names of things (an order, a creator) in exactly the same
 * days are two facts.
 */
async function planPayouts({ creatorId, channelId }: Ledger): Promise<void> {
  const isCurrent = sql`p.kind <> 'void' and not exists (
    select from payouts l where l.creator_id = p.creator_id and l.replaces = p.id)`;
  const ofChannel = sql`p.creator_id = ${creatorId} and p.channel_id is not distinct from ${channelId}::uuid`;
  await conn().execute(sql`
    create temp table matched_payouts on commit drop as
    select distinct on (d.n) d.n, p.id, p.chain_id, p.stream, p.state, p.minor, p.currency, p.from_day, p.to_day,
      p.estimated_minor, p.settled_on, p.note, p.makings
    from staged d join payouts p on ${ofChannel} and p.source_key = d.key
    where d.what = 'payout' and ${isCurrent}
    order by d.n, p.recorded_at desc, p.id`);
  await conn().execute(sql`analyze matched_payouts (n, id)`);
  // The heads of chains that a file once named so, but that somebody corrected or took back since; and those that
  // a download of everything names by the chain itself.
  await conn().execute(sql`
    create temp table edited_payouts on commit drop as
    with named as (
      select d.n, p.chain_id, p.id as said, p.recorded_at
      from staged d join payouts p on ${ofChannel} and p.source_key = d.key
      where d.what = 'payout' and not exists (select from matched_payouts m where m.n = d.n)
      union all
      select d.n, p.chain_id, p.id, p.recorded_at
      from staged d join payouts p on p.creator_id = ${creatorId} and d.key = 'permille:' || p.chain_id
      where d.what = 'payout' and d.key like 'permille:%'
    ), latest as (
      select distinct on (n, chain_id) * from named order by n, chain_id, recorded_at desc, said
    )
    select distinct on (s.n) s.n, s.said, p.id, p.kind = 'void' as is_void, p.import_id is null as is_by_hand
    from latest s join payouts p on p.creator_id = ${creatorId} and p.chain_id = s.chain_id
    where not exists (select from payouts l where l.creator_id = p.creator_id and l.replaces = p.id)
      and (p.kind <> 'void' or p.import_id is null)
    order by s.n, p.kind = 'void', p.recorded_at desc, p.id`);
  await conn().execute(sql`
    create temp table payout_lines_told on commit drop as
    select p.n, md5(string_agg(s.video || ' ' || s.minor, ',' order by s.video)) as told
    from staged s join staged p on p.what = 'payout' and p.key = s.key and p.line = s.line
    where s.what = 'line' group by p.n`);
  await conn().execute(sql`
    create temp table touched_payouts on commit drop as
    with lost as (
      select d.stream, d.currency, coalesce(d.format, 'all') as format, d.first, d.last, ${family(sql`d.key`)} as family
      from staged d
      where d.what = 'payout' and d.about is null
        and not exists (select from matched_payouts m where m.n = d.n)
        and not exists (select from edited_payouts e where e.n = d.n and not e.is_void)
      group by 1, 2, 3, 4, 5, 6
    ), heads as (
      select p.id, p.stream, p.currency, p.format, p.from_day, p.to_day, ${family(sql`p.source_key`)} as family
      from payouts p
      where ${ofChannel} and p.about is null and (p.kind = 'earning' or p.source_key is not null) and ${isCurrent}
        and p.to_day >= (select min(first) from lost) and p.from_day <= (select max(last) from lost)
        and not exists (select from matched_payouts m where m.id = p.id)
        and not exists (select from edited_payouts e where e.id = p.id)
    ), groups as (select stream, currency, format, from_day, to_day, family from heads group by 1, 2, 3, 4, 5, 6),
    pairs as (
      select l.stream, l.currency, l.format, l.first, l.last, l.family,
        g.currency as currency_there, g.format as format_there, g.from_day, g.to_day, g.family as family_there
      from lost l join groups g on g.stream = l.stream and g.from_day <= l.last and l.first <= g.to_day
        and (g.currency = l.currency or l.stream in ('ads', 'rewards'))
      where (not (l.family like '%/' or l.family = 'permille:') or g.family is distinct from l.family or g.from_day <> l.first or g.to_day <> l.last or g.currency <> l.currency
        or (g.format <> l.format and 'all' in (g.format, l.format)))
    )
    select p.stream, p.currency, p.format, p.first, p.last, p.family, h.id as existing
    from pairs p join heads h on h.stream = p.stream and h.currency = p.currency_there and h.format = p.format_there
      and h.from_day = p.from_day and h.to_day = p.to_day and h.family is not distinct from p.family_there`);
  await conn().execute(sql`
    create temp table planned_payouts on commit drop as
    with touching as (select distinct stream, currency, format, first, last, family from touched_payouts),
    there_lines as (
      select m.n, md5(string_agg(coalesce(v.external_id, 'permille-' || v.id) || ' ' || l.minor, ',' order by coalesce(v.external_id, 'permille-' || v.id))) as told
      from matched_payouts m join payout_lines_told t on t.n = m.n
      join payout_lines l on l.creator_id = ${creatorId} and l.payout_id = m.id
      join videos v on v.creator_id = l.creator_id and v.id = l.video_id
      group by m.n
    ), said as (
      select e.n, array_agg((p.minor, p.currency::text, p.state, p.stream, p.from_day, p.to_day)::text) as facts
      from edited_payouts e join payouts p on p.creator_id = ${creatorId} and p.id in (e.said, e.id) group by e.n
    )
    select d.n, coalesce(m.id, case when not e.is_void then e.id end) as existing,
      case
        when m.n is not null then case
          when m.state = 'final' and d.state = 'estimated' then
            case when m.minor = d.minor and m.currency = d.currency then 'unchanged' else 'overlap' end
          when m.from_day = d.first and m.to_day > d.last then 'older'
          when m.minor <> d.minor or m.currency <> d.currency or m.state <> d.state or m.stream <> d.stream
            or m.from_day <> d.first or m.to_day <> d.last
            or coalesce(d.estimated_minor, m.estimated_minor) is distinct from m.estimated_minor
            or coalesce(d.makings, m.makings) is distinct from m.makings
            or coalesce(d.settled_on, m.settled_on) is distinct from m.settled_on
            or coalesce(nullif(d.note, ''), m.note) <> m.note
            or (t.told is not null and t.told is distinct from o.told) then 'changed'
          else 'unchanged' end
        when e.n is not null and not e.is_void then case
          when (d.minor, d.currency, d.state, d.stream, d.first, d.last)::text = any (s.facts) or d.about is not null
            then 'unchanged'
          else 'overlap' end
        when d.about is null and g.stream is not null then 'overlap'
        when e.n is not null then 'removed'
        else 'new'
      end as status,
      coalesce(t.told is distinct from o.told, false) as has_other_lines
    from staged d
    left join matched_payouts m on m.n = d.n
    left join edited_payouts e on e.n = d.n
    left join said s on s.n = d.n
    left join payout_lines_told t on t.n = d.n
    left join there_lines o on o.n = d.n
    left join touching g on g.stream = d.stream and g.currency = d.currency and g.format = coalesce(d.format, 'all')
      and g.first = d.first and g.last = d.last and g.family = ${family(sql`d.key`)}
    where d.what = 'payout'`);
  await followOriginals({ creatorId, channelId });
  await conn().execute(sql`analyze planned_payouts`);
}

/** A refund or the like whose original is not here comes, stays away or waits with it; without one it is refused. */
async function followOriginals({ creatorId, channelId }: Omit<Ledger, "viewer">): Promise<void> {
  await conn().execute(sql`
    with originals as (
      select s.key, min(p.status) as status from staged s join planned_payouts p on p.n = s.n
      where s.what = 'payout' and s.about is null and exists (select from staged where about is not null)
      group by s.key
    )
    update planned_payouts q set status = case when o.status in ('removed', 'overlap') then o.status else 'refused' end
    from staged d left join originals o on o.key = d.about
    where d.n = q.n and d.about is not null and q.status in ('new', 'removed') and o.status is distinct from 'new'
      and ${originalOf(sql`d.about`, { creatorId, channelId })} is null`);
}

/** The chain of the payout that counts under this name; null where there is none. */
export function originalOf(about: SQL, { creatorId, channelId }: Omit<Ledger, "viewer">): SQL {
  const chain = (isNamed: SQL) => sql`(
    select p.chain_id from payouts p join payouts h on h.creator_id = p.creator_id and h.chain_id = p.chain_id
    where p.creator_id = ${creatorId} and p.about is null and ${isNamed} and h.kind <> 'void'
      and not exists (select from payouts l where l.creator_id = h.creator_id and l.replaces = h.id)
    order by p.channel_id is not distinct from ${channelId}::uuid desc, p.recorded_at desc, p.id limit 1)`;
  const typed = sql`case when ${about} ~ '^permille:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' then substring(${about} from 10)::uuid end`;
  return sql`coalesce(${chain(sql`p.source_key = ${about}`)}, ${chain(sql`p.chain_id = ${typed}`)})`;
}

/**
 * Keys of one kind of export begin alike, up to the first digit (a day, a month) or the slash before a name
 * (lib/import/draft.ts).
 */
function family(key: SQL): SQL {
  return sql`substring(${key} from '^(permille:|[^0-9/]*/?)')`;
}

// ---------------------------------------------------------------- traffic

/**
 * What is derived from readings gives way by itself. A video's views are part of its channel's: those two are told
 * apart when they are summed, not here; so are formats.
 */
async function planTraffic({ creatorId, channelId }: Ledger): Promise<void> {
  const ofChannel = sql`t.creator_id = ${creatorId} and t.channel_id = ${channelId} and t.origin <> 'reading'`;
  const isHead = sql`not exists (select from traffic l where l.creator_id = t.creator_id and l.replaces = t.id)`;
  const counts = (name: string) => sql.raw(COUNTS.map((count) => `${name}.${count}`).join(", "));
  const isSame = (there: string) =>
    sql.raw(
      COUNTS.map(
        (count) => `coalesce(d.${count}, ${there}.${count}) is not distinct from ${there}.${count}`,
      ).join(" and "),
    );
  await conn().execute(sql`
    create temp table matched_traffic on commit drop as
    select distinct on (d.n) d.n, t.id, t.from_day, t.to_day, t.format, t.video_id, ${counts("t")}
    from staged d join traffic t on ${ofChannel} and t.source_key = d.key
    where d.what = 'traffic' and not t.is_void and t.import_id is not null and ${isHead}
    order by d.n, t.recorded_at desc, t.id`);
  await conn().execute(sql`analyze matched_traffic (n, id)`);
  await conn().execute(sql`
    create temp table edited_traffic on commit drop as
    with recursive named as (
      select d.n, t.id from staged d join traffic t on ${ofChannel} and t.source_key = d.key
      where d.what = 'traffic' and not exists (select from matched_traffic m where m.n = d.n)
      union all
      select d.n, t.id from staged d join traffic t on t.creator_id = ${creatorId} and d.key = 'permille:' || t.id
      where d.what = 'traffic' and d.key like 'permille:%'
    ), walk as (
      select n, id as said, id from named
      union
      select w.n, w.said, t.id from walk w join traffic t on t.creator_id = ${creatorId} and t.replaces = w.id
    )
    select distinct on (w.n) w.n, w.said, t.id, t.is_void
    from walk w join traffic t on t.creator_id = ${creatorId} and t.id = w.id
    join traffic s on s.creator_id = ${creatorId} and s.id = w.said
    where ${isHead} and (not t.is_void or t.import_id is null)
    order by w.n, t.is_void, t.recorded_at desc, s.import_id is null, s.recorded_at desc, t.id`);
  await conn().execute(sql`
    create temp table traffic_subjects on commit drop as
    select d.n, d.first, d.last, v.existing as video_id, v.status is null or v.status <> 'new' as is_known,
      case when d.video is null then coalesce(d.format, 'all') end as format,
      m.n is not null as is_matched, e.n is not null and not e.is_void as is_edited,
      max(d.last) over (partition by d.video, case when d.video is null then coalesce(d.format, 'all') end
        order by d.first, d.n rows between unbounded preceding and 1 preceding) >= d.first as is_twice
    from staged d left join planned_videos v on v.video = d.video
    left join matched_traffic m on m.n = d.n left join edited_traffic e on e.n = d.n
    where d.what = 'traffic'`);
  await conn().execute(sql`analyze traffic_subjects`);
  await conn().execute(sql`
    create temp table touched_traffic on commit drop as
    with lost as (select * from traffic_subjects where not is_matched and not is_edited and is_known and not coalesce(is_twice, false)),
    heads as (
      select t.id, t.video_id, t.format, t.from_day, t.to_day from traffic t
      where ${ofChannel} and not t.is_void and ${isHead}
        and t.to_day >= (select min(first) from lost) and t.from_day <= (select max(last) from lost)
        and not exists (select from matched_traffic m where m.id = t.id)
        and not exists (select from edited_traffic e where e.id = t.id)
    )
    select l.n, h.id as existing, 'traffic:videos' as key
    from lost l join heads h on h.video_id = l.video_id and h.from_day <= l.last and l.first <= h.to_day
    union all
    select l.n, h.id, 'traffic:channel'
    from lost l join heads h on h.video_id is null and l.video_id is null and h.format = l.format
      and h.from_day <= l.last and l.first <= h.to_day`);
  await conn().execute(sql`
    create temp table planned_traffic on commit drop as
    with touching as (select distinct n from touched_traffic)
    select d.n, coalesce(m.id, case when not e.is_void then e.id end) as existing,
      case
        when m.n is not null then case
          when m.from_day = d.first and m.to_day > d.last then 'older'
          when m.from_day <> d.first or m.to_day <> d.last or not (${isSame("m")}) then 'changed'
          else 'unchanged' end
        when u.is_twice then 'refused'
        when e.n is not null and not e.is_void then
          case when s.from_day = d.first and s.to_day = d.last and ${isSame("s")}
            or h.from_day = d.first and h.to_day = d.last and ${isSame("h")} then 'unchanged' else 'overlap' end
        when g.n is not null then 'overlap'
        when e.n is not null then 'removed'
        else 'new'
      end as status
    from staged d join traffic_subjects u on u.n = d.n
    left join matched_traffic m on m.n = d.n
    left join edited_traffic e on e.n = d.n
    left join traffic s on s.creator_id = ${creatorId} and s.id = e.said
    left join traffic h on h.creator_id = ${creatorId} and h.id = e.id
    left join touching g on g.n = d.n
    where d.what = 'traffic'`);
  await conn().execute(sql`analyze planned_traffic`);
}

// ---------------------------------------------------------------- readings

/** One of the same subject and day is the same reading; a number the file does not give stays as it was. */
async function planReadings({ creatorId, channelId }: Ledger): Promise<void> {
  const counts = ["views", "likes", "comments", "shares", "followers"];
  // Two tables of one export may tell different numbers of one day.
  const firstTold = sql.raw(
    counts
      .map((name) => `(array_agg(s.${name} order by s.n) filter (where s.${name} is not null))[1] as ${name}`)
      .join(", "),
  );
  const merged = sql.raw(counts.map((name) => `coalesce(d.${name}, r.${name}) as ${name}`).join(", "));
  const isSame = (there: string) =>
    sql.raw(
      counts
        .map((name) => `coalesce(d.${name}, ${there}.${name}) is not distinct from ${there}.${name}`)
        .join(" and "),
    );
  await conn().execute(sql`
    create temp table readings_there on commit drop as
    select r.id, r.video_id, coalesce(r.video_id, r.channel_id) as subject, r.day, r.views, r.likes, r.comments, r.shares,
      r.followers, r.is_void, r.import_id, r.replaces, r.recorded_at
    from readings r
    where r.creator_id = ${creatorId} and r.channel_id = ${channelId}
      and exists (select from staged where what = 'reading')
      and not exists (select from readings l where l.creator_id = r.creator_id and l.replaces = r.id)
      and (not r.is_void or r.import_id is null)`);
  await conn().execute(sql`analyze readings_there`);
  const isKept = sql`o.import_id is not null and not exists (
    select from imports i where i.creator_id = o.creator_id and i.id = o.import_id and i.undone_at is not null)`;
  // What a file had said before a person corrected it.
  await conn().execute(sql`
    create temp table readings_said on commit drop as
    with recursive walk as (
      select id as head, replaces from readings_there where import_id is null and not is_void and replaces is not null
      union all
      select w.head, o.replaces from walk w join readings o on o.creator_id = ${creatorId} and o.id = w.replaces
      where o.replaces is not null and not (${isKept})
    )
    select w.head, o.views, o.likes, o.comments, o.shares, o.followers
    from walk w join readings o on o.creator_id = ${creatorId} and o.id = w.replaces
    where ${isKept} and not o.is_void`);
  await conn().execute(sql`
    create temp table planned_readings on commit drop as
    with draft as (
      select min(s.n) as n, min(s.line) as line, s.video, s.first,
        case when s.video is null then ${channelId}::uuid else v.id end as subject, ${firstTold}
      from staged s left join planned_videos v on v.video = s.video where s.what = 'reading'
      group by s.video, v.id, s.first
    )
    select distinct on (d.n) d.n, d.line, d.video, d.subject, d.first as day, case when not r.is_void then r.id end as existing,
      ${merged},
      case when r.id is null then 'new' when r.is_void then 'removed' when ${isSame("r")} then 'unchanged'
        when s.head is not null and ${isSame("s")} then 'unchanged' else 'changed' end as status,
      null::text as reason
    from draft d left join readings_there r on r.subject = d.subject and r.day = d.first
    left join readings_said s on s.head = r.id
    order by d.n, r.is_void, r.recorded_at desc, r.id`);
  await conn().execute(sql`analyze planned_readings`);
}

/**
 * Views so far only grow. A row of the file that would make them fall is refused, against what is there and stays
 * and against the rows before it; when one is refused, what it would have replaced stays, so all is looked at again.
 */
async function refuseFalls(bringBack: boolean): Promise<void> {
  for (;;) {
    const refused = await conn().execute(sql`
      with series as (
        select n, subject, day, views from planned_readings where views is not null and (status in ('new', 'changed') or (status = 'removed' and ${bringBack}))
        union all
        select null, subject, day, views from readings_there r
        where not is_void and views is not null and not exists (
          select from planned_readings p where p.existing = r.id and p.status = 'changed')
      ), seen as (
        select n, subject, day, views,
          max(views) over (partition by subject order by day rows between unbounded preceding and 1 preceding) as before,
          min(views) filter (where n is null) over (partition by subject order by day rows between 1 following and unbounded following) as after
        from series
      )
      update planned_readings p
      set status = 'refused', reason = case when s.before > s.views
        then 'There were ' || to_char(s.before, 'FM999,999,999,999,999') || ' views before that day already, more than these ' || to_char(s.views, 'FM999,999,999,999,999') || '.'
        else 'There are only ' || to_char(s.after, 'FM999,999,999,999,999') || ' views on a later day, fewer than these ' || to_char(s.views, 'FM999,999,999,999,999') || '.' end
        || ' Views so far cannot fall: check both numbers, and correct the one that is wrong.'
      from seen s where s.n = p.n and (s.before > s.views or s.after < s.views)
      returning p.n`);
    if (refused.length === 0) return;
  }
}

// ---------------------------------------------------------------- audiences

async function planAudience({ creatorId, channelId }: Ledger): Promise<void> {
  await conn().execute(sql`
    create temp table planned_audience on commit drop as
    with there as (
      select distinct on (month) a.id, a.month, a.shares, a.import_id from audience a
      where a.creator_id = ${creatorId} and a.channel_id = ${channelId}
      order by month, a.recorded_at desc, a.id desc
    ), said as (
      select distinct on (month) a.month, a.shares from audience a
      where a.creator_id = ${creatorId} and a.channel_id = ${channelId} and a.import_id is not null
        and not exists (select from imports i where i.creator_id = a.creator_id and i.id = a.import_id and i.undone_at is not null)
      order by month, a.recorded_at desc, a.id desc
    ), draft as (
      select distinct on (first) n, first, regions from staged where what = 'audience' order by first, n desc
    )
    select d.n, a.id as existing,
      case when a.id is null or (a.shares = '{}' and a.import_id is not null) then 'new'
        when a.shares = d.regions then 'unchanged'
        when a.import_id is null and a.shares = '{}' then 'removed'
        when a.import_id is null and s.shares = d.regions then 'unchanged' else 'changed' end as status
    from draft d left join there a on a.month = to_char(d.first, 'YYYY-MM') left join said s on s.month = a.month`);
}
