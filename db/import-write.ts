/** Writing what a plan says, a part of imports.ts: inside its transaction, for a viewer who may write. */
import { type SQL, sql } from "drizzle-orm";
import type { Overlap, PlanChoices } from "../lib/import/plan";
import { conn } from "./client";
import { deriveTraffic, giveWay } from "./derive";
import { originalOf } from "./import-plan";
import { isWritten, PLANNED_PAYOUTS, PLANNED_TRAFFIC, TOUCHED } from "./import-summary";
import { rowHash } from "./once";

export interface To {
  creatorId: string;
  importId: string;
  channelId: string | null;
}

const COUNTS = sql`views, qualified_views, engaged_views, ad_impressions, watch_seconds, likes, comments, shares`;

export async function write(to: To, overlaps: readonly Overlap[], choices: PlanChoices): Promise<void> {
  const written = isWritten(overlaps, choices);
  await writeVideos(to);
  await writeTraffic(to, written, overlaps);
  await writeReadings(to, written);
  await writeAudience(to, written);
  await writePayouts(to, written, overlaps);
}

/** A version counts what people change, so a blank that a file fills leaves it as it is. */
async function writeVideos({ creatorId, importId, channelId }: To): Promise<void> {
  const columns = sql`p.id, p.video, coalesce(p.url, ''), coalesce(p.title, p.video), p.published_on, p.format, p.duration_seconds`;
  await conn().execute(sql`
    insert into videos (creator_id, channel_id, import_id, id, external_id, url, title, published_on, format, duration_seconds, body_hash)
    select ${creatorId}, ${channelId}, ${importId}, ${columns}, ${rowHash(columns)}
    from planned_videos p where p.status = 'new'`);
  await conn().execute(sql`
    update videos v set title = coalesce(p.fill_title, v.title), url = coalesce(p.fill_url, v.url),
      published_on = coalesce(p.fill_published_on, v.published_on),
      duration_seconds = coalesce(p.fill_duration_seconds, v.duration_seconds)
    from planned_videos p
    where p.status = 'changed' and v.creator_id = ${creatorId} and v.id = p.existing`);
}

/** What was filled in videos that were there, for the undoing: by id, the blank columns and their new values. */
export const FILLED = sql`(
  select coalesce(jsonb_object_agg(p.existing, jsonb_strip_nulls(jsonb_build_object('title', p.fill_title, 'url', p.fill_url,
    'published_on', p.fill_published_on, 'duration_seconds', p.fill_duration_seconds, 'old_title', case when p.fill_title is not null then p.old_title end))), '{}')
  from planned_videos p where p.status = 'changed')`;

function replacedKeys(overlaps: readonly Overlap[], choice: Overlap["chosen"]): SQL {
  const keys = overlaps.filter(({ chosen }) => chosen === choice).map(({ key }) => key);
  return sql`(select json_array_elements_text(${JSON.stringify(keys)}::json))`;
}

/** New rows and voids in one statement: what makes room and what takes it are never both there. */
async function writeTraffic(
  { creatorId, importId, channelId }: To,
  written: SQL,
  overlaps: readonly Overlap[],
): Promise<void> {
  await conn().execute(sql`
    create temp table new_traffic on commit drop as
    select p.n, gen_random_uuid() as id, v.id as video_id, coalesce(v.format, p.format, 'all') as format, p.first, p.last,
      case when p.status = 'changed' then p.existing end as replaces
    from ${PLANNED_TRAFFIC} p left join planned_videos v on v.video = p.video
    where ${written}`);
  await conn().execute(sql`
    create temp table void_traffic on commit drop as
    select t.existing as id from ${TOUCHED} t where t.key like 'traffic:%' and t.key in ${replacedKeys(overlaps, "replace")}`);
  await conn().execute(sql`analyze new_traffic`);
  await conn().execute(sql`analyze void_traffic`);
  await giveWay(
    creatorId,
    sql`select id, ${channelId}::uuid as channel, video_id as video, format, first, last, replaces from new_traffic`,
  );
  const merged = sql.raw(
    [
      "views",
      "qualified_views",
      "engaged_views",
      "ad_impressions",
      "watch_seconds",
      "likes",
      "comments",
      "shares",
    ]
      .map((name) => `coalesce(d.${name}, o.${name}) as ${name}`)
      .join(", "),
  );
  await byIndex(() =>
    conn().execute(sql`
    with rows as (
      select w.id, w.video_id, w.format, w.first as from_day, w.last as to_day, ${merged}, d.key as source_key, w.replaces, false as is_void
      from new_traffic w join staged d on d.n = w.n left join traffic o on o.creator_id = ${creatorId} and o.id = w.replaces
      union all
      select gen_random_uuid(), o.video_id, o.format, o.from_day, o.to_day, null, null, null, null, null, null, null, null,
        o.source_key, o.id, true
      from void_traffic t join traffic o on o.creator_id = ${creatorId} and o.id = t.id
    )
    insert into traffic (creator_id, channel_id, origin, import_id, recorded_by, id, video_id, format, from_day, to_day, ${COUNTS},
      source_key, replaces, is_void, body_hash)
    select ${creatorId}, ${channelId}, 'import', ${importId}, ${importId}, r.id, r.video_id, r.format, r.from_day, r.to_day, ${COUNTS},
      r.source_key, r.replaces, r.is_void, ${rowHash(sql`r.*`)}
    from rows r order by r.video_id, r.from_day`),
  );
}

/**
 * Looks up rows one by one, by index, where an import has turned that off (`planFor` in imports.ts): it suits the
 * trigger on traffic, which looks for each new row's neighbours.
 */
export async function byIndex(work: () => Promise<unknown>): Promise<void> {
  const [before] = await conn().execute<{ setting: string }>(
    sql`select current_setting('enable_nestloop') as setting, set_config('enable_nestloop', 'on', true)`,
  );
  await work();
  await conn().execute(sql`select set_config('enable_nestloop', ${before?.setting ?? "on"}, true)`);
}

/** Then the traffic that follows from the readings, of every subject the import touched. */
async function writeReadings({ creatorId, importId, channelId }: To, written: SQL): Promise<void> {
  const columns = sql`p.day, p.views, p.likes, p.comments, p.shares, p.followers, p.existing`;
  await conn().execute(sql`
    create temp table new_readings on commit drop as
    select p.*, v.id as video_id from (select q.*, null::text as overlap from planned_readings q) p
    left join planned_videos v on v.video = p.video
    where ${written}`);
  await conn().execute(sql`
    insert into readings (creator_id, channel_id, import_id, recorded_by, id, video_id, day, views, likes, comments, shares,
      followers, replaces, body_hash)
    select ${creatorId}, ${channelId}, ${importId}, ${importId}, gen_random_uuid(), p.video_id, ${columns}, ${rowHash(columns)}
    from new_readings p order by p.video_id, p.day`);
  await byIndex(() =>
    deriveTraffic(
      creatorId,
      sql`select ${channelId}::uuid as channel_id, w.video_id from new_readings w
      union
      select r.channel_id, r.video_id from readings r
      where r.creator_id = ${creatorId} and r.channel_id = ${channelId}
        and coalesce(r.video_id, r.channel_id) in (
          select coalesce(o.video_id, o.channel_id) from traffic o
          where o.creator_id = ${creatorId} and o.id in (
            select id from void_traffic union all select replaces from new_traffic where replaces is not null))`,
    ),
  );
}

async function writeAudience({ creatorId, importId, channelId }: To, written: SQL): Promise<void> {
  const columns = sql`to_char(d.first, 'YYYY-MM'), d.regions`;
  await conn().execute(sql`
    insert into audience (creator_id, channel_id, import_id, recorded_by, id, month, shares, body_hash)
    select ${creatorId}, ${channelId}, ${importId}, ${importId}, gen_random_uuid(), ${columns}, ${rowHash(columns)}
    from (select q.*, null::text as overlap from planned_audience q) p join staged d on d.n = p.n
    where ${written}`);
}

const PAYOUT_COLUMNS = sql`id, chain_id, format, stream, kind, state, from_day, to_day, minor, currency, note, source_key, replaces,
  about, estimated_minor, settled_on, makings, deal_id, placement_id`;

/** Originals before what is about them, and what gives way first. */
async function writePayouts(to: To, written: SQL, overlaps: readonly Overlap[]): Promise<void> {
  const { creatorId, channelId } = to;
  await conn().execute(sql`
    create temp table new_payouts on commit drop as
    select p.n, gen_random_uuid() as id, case when p.status = 'changed' then p.existing end as replaces, p.about, p.has_other_lines
    from ${PLANNED_PAYOUTS} p where ${written}`);
  await conn().execute(sql`analyze new_payouts`);
  await insertPayouts(
    to,
    sql`select gen_random_uuid() as id, null::uuid as chain_id, o.format, o.stream, 'void' as kind, o.state, o.from_day, o.to_day, 0 as minor,
        o.currency, o.note, o.source_key, o.id as replaces, null::uuid as about, null::bigint as estimated_minor,
        null::date as settled_on, null::jsonb as makings, null::uuid as deal_id, null::uuid as placement_id
      from ${TOUCHED} t join payouts o on o.creator_id = ${creatorId} and o.id = t.existing
      where t.key like 'payouts:%' and t.key in ${replacedKeys(overlaps, "replace")}`,
  );
  await conn().execute(sql`
    create temp table lined_payouts on commit drop as
    select gen_random_uuid() as id, o.id as replaces, p.n
    from ${TOUCHED} t join payouts o on o.creator_id = ${creatorId} and o.id = t.existing
    join ${PLANNED_PAYOUTS} p on p.overlap = t.key
    where t.key in ${replacedKeys(overlaps, "lines")}`);
  await insertPayouts(
    to,
    sql`select w.id, null::uuid as chain_id, o.format, o.stream, o.kind, o.state, o.from_day, o.to_day, o.minor, o.currency, o.note,
        o.source_key, w.replaces, null::uuid as about, o.estimated_minor, o.settled_on,
        o.makings, o.deal_id, o.placement_id
      from lined_payouts w join payouts o on o.creator_id = ${creatorId} and o.id = w.replaces`,
  );
  // A platform that took more back than it paid corrects something it had paid before.
  const fresh = (about: SQL) => sql`
    select w.id, null::uuid as chain_id, coalesce(d.format, 'all') as format, d.stream,
      coalesce(d.kind, case when d.minor < 0 then 'adjustment' else 'earning' end) as kind, d.state, d.first as from_day,
      d.last as to_day, d.minor, d.currency, coalesce(nullif(d.note, ''), o.note, '') as note, d.key as source_key, w.replaces,
      ${about} as about, coalesce(d.estimated_minor, o.estimated_minor) as estimated_minor,
      coalesce(d.settled_on, o.settled_on) as settled_on, coalesce(d.makings, o.makings) as makings, o.deal_id, o.placement_id
    from new_payouts w join staged d on d.n = w.n left join payouts o on o.creator_id = ${creatorId} and o.id = w.replaces`;
  await insertPayouts(to, sql`${fresh(sql`null::uuid`)} where w.about is null order by d.first, d.key`);
  await insertPayouts(
    to,
    sql`${fresh(sql`coalesce(o.about, ${originalOf(sql`w.about`, { creatorId, channelId })})`)} where w.about is not null order by d.first, d.key`,
  );
  await writeLines(to);
}

function insertPayouts({ creatorId, importId, channelId }: To, rows: SQL): Promise<unknown> {
  return conn().execute(sql`
    insert into payouts (creator_id, channel_id, import_id, recorded_by, ${PAYOUT_COLUMNS}, body_hash)
    select ${creatorId}, ${channelId}, ${importId}, ${importId}, r.id, r.id, r.format, r.stream, r.kind, r.state, r.from_day, r.to_day,
      r.minor, r.currency, r.note, r.source_key, r.replaces, r.about, r.estimated_minor, r.settled_on, r.makings, r.deal_id, r.placement_id, ${rowHash(sql`r.*`)}
    from (${rows}) r`);
}

/** A file that tells no amounts by video says nothing against those that are there, as long as the payout is the same. */
async function writeLines({ creatorId }: To): Promise<void> {
  await conn().execute(sql`
    insert into payout_lines (creator_id, payout_id, video_id, minor)
    select ${creatorId}, w.id, v.id, sum(l.minor)
    from (select n, id from new_payouts union all select n, id from lined_payouts) w
    join staged d on d.n = w.n
    join staged l on l.what = 'line' and l.key = d.key and l.line = d.line
    join planned_videos v on v.video = l.video
    group by w.id, v.id`);
  await conn().execute(sql`
    insert into payout_lines (creator_id, payout_id, video_id, minor)
    select ${creatorId}, w.id, l.video_id, l.minor
    from new_payouts w join staged d on d.n = w.n
    join payouts o on o.creator_id = ${creatorId} and o.id = w.replaces and o.minor = d.minor and o.currency = d.currency
    join payout_lines l on l.creator_id = ${creatorId} and l.payout_id = o.id
    where w.replaces is not null and not exists (select from payout_lines_told t where t.n = w.n)`);
}
