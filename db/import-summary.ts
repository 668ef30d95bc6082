/** A plan in the planned tables (import-plan.ts), told in a few rows; a part of imports.ts. */
import { createHash } from "node:crypto";
import { type SQL, sql } from "drizzle-orm";
import type { Problem } from "../lib/import/draft";
import {
  chosenOf,
  MAX_PLANNED,
  type Overlap,
  type OverlapChoice,
  type Plan,
  type PlanChoices,
  type PlannedFigure,
  type PlannedMoney,
  type PlannedRow,
  STATUSES,
  type Writes,
} from "../lib/import/plan";
import type { Currency } from "../lib/model/money";
import type { Day } from "../lib/model/month";
import type { Format, Stream } from "../lib/model/words";
import { conn } from "./client";

/** Streams of which two accounts of one day are never both true. */
const PAID_ONCE: ReadonlySet<string> = new Set(["ads", "rewards"]);

/** The drafts that are to be written, of a planned table `p`: what the choices decide, in one place. */
export function isWritten(overlaps: readonly Overlap[], choices: PlanChoices): SQL {
  const taken = overlaps
    .filter(({ chosen }) => chosen === "replace" || chosen === "add")
    .map(({ key }) => key);
  return sql`(p.status in ('new', 'changed') or (p.status = 'removed' and ${choices.bringBack ?? false})
    or (p.status = 'overlap' and p.overlap in (select json_array_elements_text(${JSON.stringify(taken)}::json))))`;
}

// Every planned entry of the file, with the overlap it is part of.
export const PLANNED_PAYOUTS = sql`(
  select q.*, case when q.status = 'overlap' then 'payouts:' || d.stream end as overlap,
    d.line, d.key, d.format, d.first, d.last, d.stream, d.kind, d.about, d.minor, d.currency, d.state, d.estimated_minor,
    d.settled_on, d.note
  from planned_payouts q join staged d on d.n = q.n)`;
export const PLANNED_TRAFFIC = sql`(
  select q.*, case when q.status <> 'overlap' then null when d.video is null then 'traffic:channel' else 'traffic:videos' end as overlap,
    d.line, d.key, d.format, d.video, d.first, d.last, d.views, d.qualified_views, d.engaged_views, d.ad_impressions,
    d.watch_seconds, d.likes, d.comments, d.shares
  from planned_traffic q join staged d on d.n = q.n)`;

/** Which existing entries meet the drafts of each overlap: (key, existing). */
export const TOUCHED = sql`(
  select 'payouts:' || stream as key, existing from touched_payouts
  union select 'payouts:' || d.stream, q.existing from planned_payouts q join staged d on d.n = q.n
    where q.status = 'overlap' and q.existing is not null
  union select key, existing from touched_traffic
  union select case when d.video is null then 'traffic:channel' else 'traffic:videos' end, q.existing
    from planned_traffic q join staged d on d.n = q.n where q.status = 'overlap' and q.existing is not null)`;

export async function listOverlaps(creatorId: string, choices: PlanChoices): Promise<Overlap[]> {
  const [any] = await conn().execute(sql`
    select from planned_payouts where status = 'overlap' union all select from planned_traffic where status = 'overlap' limit 1`);
  if (!any) return [];
  const rows = await conn().execute<OverlapRow>(sql`
    with met as (
      select q.overlap as key, count(*)::int as drafts, min(q.n) as n, min(q.first) as first, max(q.last) as last, min(q.minor) as minor,
        min(q.currency) as currency from ${PLANNED_PAYOUTS} q where q.status = 'overlap' group by 1
      union all
      select q.overlap, count(*)::int, min(q.n), min(q.first), max(q.last), null, null
      from ${PLANNED_TRAFFIC} q where q.status = 'overlap' group by 1
    ), whole as (
      select case when what = 'payout' then 'payouts:' || stream when video is null then 'traffic:channel' else 'traffic:videos' end as key,
        min(first) as first, max(last) as last
      from staged where what in ('payout', 'traffic') group by 1
    ), there as (
      select t.key, count(*)::int as existing, min(p.from_day) as first, max(p.to_day) as last, min(p.minor) as minor, min(p.currency) as currency
      from ${TOUCHED} t join (
        select id, from_day, to_day, minor, currency from payouts where creator_id = ${creatorId}
        union all select id, from_day, to_day, null, null from traffic where creator_id = ${creatorId}
      ) p on p.id = t.existing group by t.key
    )
    select m.key, m.drafts, m.first, m.last, t.existing, t.first as first_there, t.last as last_there,
      w.first <= t.first and t.last <= w.last as is_covered,
      m.drafts = 1 and t.existing = 1 and m.first = t.first and m.last = t.last and m.currency = t.currency and m.minor <= t.minor
        and exists (select from payout_lines_told l where l.n = m.n) as takes_lines
    from met m join there t using (key) join whole w using (key) order by m.key like 'traffic:%', m.n`);
  return rows.map((row) => {
    const offered: OverlapChoice[] = row.is_covered ? ["keep", "replace"] : ["keep"];
    const stream = row.key.startsWith("payouts:") ? row.key.slice("payouts:".length) : null;
    if (stream && row.takes_lines) offered.push("lines");
    if (stream && !PAID_ONCE.has(stream)) offered.push("add");
    return {
      key: row.key,
      from: row.first,
      to: row.last,
      drafts: row.drafts,
      existing: row.existing,
      there: { from: row.first_there, to: row.last_there },
      choices: offered,
      chosen: chosenOf(row.key, offered, choices),
    };
  });
}

interface OverlapRow extends Record<string, unknown> {
  key: string;
  drafts: number;
  first: Day;
  last: Day;
  existing: number;
  first_there: Day;
  last_there: Day;
  is_covered: boolean;
  takes_lines: boolean | null;
}

/** Everything of a plan but its rows: enough to decide whether it may be written. */
export async function weigh(
  overlaps: readonly Overlap[],
  choices: PlanChoices,
): Promise<Pick<Plan, "counts" | "writes" | "videosWithoutFormat">> {
  const written = isWritten(overlaps, choices);
  const chosen = (choice: OverlapChoice) =>
    JSON.stringify(overlaps.filter((overlap) => overlap.chosen === choice).map(({ key }) => key));
  const [row] = await conn().execute<Record<string, number> & { counts: Record<string, number> }>(sql`
    with entries as (
      select 'payout' as what, p.status, ${written} as is_written, p.existing is not null and p.status = 'changed' as is_replacing
      from ${PLANNED_PAYOUTS} p
      union all select 'traffic', p.status, ${written}, p.status = 'changed' from ${PLANNED_TRAFFIC} p
      union all select 'reading', p.status, ${written}, p.status = 'changed' from (select *, null as overlap from planned_readings) p
      union all select 'audience', p.status, ${written}, false from (select *, null as overlap from planned_audience) p
      union all select 'video', status, status <> 'unchanged', false from planned_videos
    ), grouped as (
      select what, status, count(*)::int as entries, count(*) filter (where is_written)::int as written,
        count(*) filter (where is_written and is_replacing)::int as replaced
      from entries group by what, status
    )
    select (select coalesce(json_object_agg(status, entries), '{}') from (
        select status, sum(entries) as entries from grouped group by status) g) as counts,
      coalesce(sum(written) filter (where what = 'video' and status = 'new'), 0)::int as videos,
      coalesce(sum(written) filter (where what = 'video' and status = 'changed'), 0)::int as filled,
      coalesce(sum(written) filter (where what = 'traffic'), 0)::int as traffic,
      coalesce(sum(written) filter (where what = 'payout'), 0)::int as payouts,
      coalesce(sum(written) filter (where what = 'reading'), 0)::int as readings,
      coalesce(sum(written) filter (where what = 'audience'), 0)::int as audiences,
      coalesce(sum(replaced), 0)::int as replaced,
      (select count(*)::int from ${TOUCHED} t where t.key in (select json_array_elements_text(${chosen("replace")}::json))) as voided,
      json_array_length(${chosen("lines")}::json) as lines,
      (select count(*)::int from planned_videos where status = 'new' and format is null) as without_format
    from grouped`);
  if (!row) throw new Error("An aggregate without a row.");
  const names = [
    "videos",
    "filled",
    "traffic",
    "payouts",
    "lines",
    "readings",
    "audiences",
    "replaced",
    "voided",
  ] as const;
  return {
    counts: Object.fromEntries(STATUSES.map((status) => [status, row.counts[status] ?? 0])) as Plan["counts"],
    writes: Object.fromEntries(names.map((name) => [name, row[name] ?? 0])) as Writes,
    videosWithoutFormat: row.without_format ?? 0,
  };
}

/**
 * SHA-256 over the file, what was chosen, each entry that is not simply new with what it is compared with, and each
 * that would give way. Entries never change, so their ids name what is there; videos do, and name their version.
 */
export async function hashPlan(named: Record<string, unknown>): Promise<string> {
  const [row] = await conn().execute<{ told: string }>(sql`
    with parts as (
      select n / 1000 as part, n || ' ' || status || ' ' || coalesce(existing::text, '') || has_other_lines as told, 1 as kind, n
      from planned_payouts where status <> 'new'
      union all select n / 1000, n || ' ' || status || ' ' || coalesce(existing::text, ''), 2, n from planned_traffic where status <> 'new'
      union all select n / 1000, n || ' ' || status || ' ' || coalesce(existing::text, ''), 3, n from planned_readings where status <> 'new'
      union all select n / 1000, n || ' ' || status || ' ' || coalesce(existing::text, ''), 4, n from planned_audience where status <> 'new'
      union all select n / 1000, n || ' ' || status || ' ' || existing || ' ' || version, 5, n from planned_videos where status <> 'new'
    ), sums as (select kind, part, sha256(convert_to(string_agg(told, ',' order by n), 'UTF8')) as sum from parts group by kind, part),
    touched as (select key || ' ' || existing as told from ${TOUCHED} t)
    select coalesce((select encode(sha256(string_agg(sum, '' order by kind, part)), 'hex') from sums), '')
      || coalesce((select encode(sha256(convert_to(string_agg(told, ',' order by told collate "C"), 'UTF8')), 'hex') from touched), '') as told`);
  return createHash("sha256")
    .update(JSON.stringify([named, row?.told]))
    .digest("hex");
}

type Told = Pick<Plan, "money" | "figures" | "rows" | "newVideos" | "refused">;

/** What a person looks at: sums, the first rows and videos, what is refused. */
export async function tell(
  creatorId: string,
  overlaps: readonly Overlap[],
  choices: PlanChoices,
): Promise<Told> {
  const written = isWritten(overlaps, choices);
  const [row] = await conn().execute<{
    money: { stream: Stream; currency: Currency; entries: number; in_file: string; to_write: string }[];
    figures: { figure: PlannedFigure["figure"]; entries: number; in_file: string; to_write: string }[];
    rows: PlannedRow[];
    videos: { externalId: string; title: string; format: Format | null }[];
    refused: Problem[];
  }>(sql`
    select (
      select coalesce(json_agg(m order by m.n), '[]') from (
        select min(p.n) as n, p.stream, p.currency, count(*)::int as entries, sum(p.minor)::text as in_file,
          coalesce(sum(p.minor) filter (where ${written}), 0)::text as to_write
        from ${PLANNED_PAYOUTS} p where p.about is null group by p.stream, p.currency) m
    ) as money, (
      select coalesce(json_agg(f), '[]') from (
        select f.figure, count(f.value)::int as entries, sum(f.value)::text as in_file,
          coalesce(sum(f.value) filter (where ${written}), 0)::text as to_write
        from ${PLANNED_TRAFFIC} p
        cross join lateral (values ('views', p.views), ('engagedViews', p.engaged_views), ('watchSeconds', p.watch_seconds)) f(figure, value)
        where f.value is not null group by f.figure) f
    ) as figures, (
      select coalesce(json_agg(v order by v.n), '[]') from (
        select v.n, v.video as "externalId", coalesce(v.title, v.video) as title, v.format from planned_videos v
        where v.status = 'new' order by v.format is not null, v.n limit ${MAX_PLANNED}) v
    ) as videos, (
      select coalesce(json_agg(r order by r.line), '[]') from (
        select q.line, q.reason as message from planned_readings q where q.status = 'refused'
        union all
        select q.line, 'Another row of this file speaks of the same ' || case when q.video is null then 'channel' else 'video' end
          || ' and days. Leave one of the two out.' from ${PLANNED_TRAFFIC} q where q.status = 'refused'
        union all
        select q.line, 'The payout that this is about (' || left(q.about, 100) || ') is neither here nor in what is read of this file. Import that payout too, or leave this row out.'
        from ${PLANNED_PAYOUTS} q where q.status = 'refused'
        order by line limit ${MAX_PLANNED}) r
    ) as refused, (${firstRows(creatorId)}) as rows`);
  if (!row) throw new Error("An aggregate without a row.");
  const order = ["views", "engagedViews", "watchSeconds"];
  return {
    money: row.money.map(
      ({ stream, currency, entries, in_file, to_write }): PlannedMoney => ({
        stream,
        currency,
        entries,
        inFile: BigInt(in_file),
        toWrite: BigInt(to_write),
      }),
    ),
    figures: row.figures
      .map(({ figure, entries, in_file, to_write }) => ({
        figure,
        entries,
        inFile: Number(in_file),
        toWrite: Number(to_write),
      }))
      .sort((a, b) => order.indexOf(a.figure) - order.indexOf(b.figure)),
    newVideos: row.videos.map(({ externalId, title, format }) => ({ externalId, title, format })),
    refused: row.refused,
    rows: row.rows.map(({ what, status, key, line, title, now, before }) => ({
      ...{ what, status, key, line, title },
      now: withoutNulls(now),
      before: before && withoutNulls(before),
    })),
  };
}

/** Facts that are not there come as null. */
function withoutNulls<T extends object>(facts: T): T {
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== null)) as T;
}

/** JSON of the first rows: first chosen by what needs a look, then told in full. */
function firstRows(creatorId: string): SQL {
  const ranks = STATUSES.map((status, index) => `when '${status}' then ${index}`).join(" ");
  const counts = (name: string) =>
    sql.raw(
      [
        ["views", "views"],
        ["qualifiedViews", "qualified_views"],
        ["engagedViews", "engaged_views"],
        ["adImpressions", "ad_impressions"],
        ["watchSeconds", "watch_seconds"],
        ["likes", "likes"],
        ["comments", "comments"],
        ["shares", "shares"],
      ]
        .map(([key, column]) => `'${key}', ${name}.${column}`)
        .join(", "),
    );
  return sql`
    with entries as (
      select 1 as kind, 'payout' as what, q.n, q.status, d.first::text as since from planned_payouts q join staged d on d.n = q.n
      union all select 2, 'traffic', q.n, q.status, d.first::text from planned_traffic q join staged d on d.n = q.n
      union all select 3, 'reading', q.n, q.status, q.day::text from planned_readings q
      union all select 4, 'audience', q.n, q.status, d.first::text from planned_audience q join staged d on d.n = q.n
      union all select 5, 'video', q.n, q.status, coalesce(q.published_on::text, '') from planned_videos q
    ), listed as (
      select e.*, row_number() over () as place from (
        select * from entries order by case status ${sql.raw(ranks)} end, since, kind, n limit ${MAX_PLANNED}) e
    )
    select coalesce(json_agg(json_build_object('what', e.what, 'status', e.status, 'line', d.line,
        'key', case when e.what = 'video' then v.video else d.key end,
        'title', case when d.video is not null then coalesce(v.old_title, v.title, v.video) end,
        'now', case e.what
          when 'payout' then json_build_object('minor', d.minor::text, 'currency', d.currency, 'state', d.state, 'stream', d.stream,
            'first', d.first, 'last', d.last, 'estimatedMinor', d.estimated_minor::text, 'settledDay', d.settled_on, 'note', nullif(d.note, ''),
            'lines', case when p.has_other_lines then 'file' end)
          when 'reading' then json_build_object('first', d.first, 'last', d.last, 'views', r.views, 'likes', r.likes, 'comments', r.comments,
            'shares', r.shares, 'followers', r.followers)
          when 'traffic' then json_build_object('first', d.first, 'last', d.last, ${counts("d")})
          when 'audience' then json_build_object('first', d.first, 'last', d.last, 'regions', d.regions)
          else json_build_object('title', coalesce(v.fill_title, v.old_title, v.title), 'url', coalesce(v.fill_url, nullif(v.old_url, ''), v.url),
            'publishedDay', coalesce(v.old_published_on, v.published_on), 'durationSeconds', coalesce(v.old_duration_seconds, v.duration_seconds)) end,
        'before', case when e.status <> 'changed' then null else case e.what
          when 'payout' then (select json_build_object('minor', o.minor::text, 'currency', o.currency, 'state', o.state, 'stream', o.stream,
            'first', o.from_day, 'last', o.to_day, 'estimatedMinor', o.estimated_minor::text, 'settledDay', o.settled_on,
            'note', case when (select bool_or(a.notes) from access a where a.creator_id = ${creatorId}) then nullif(o.note, '') end)
            from payouts o where o.creator_id = ${creatorId} and o.id = p.existing)
          when 'traffic' then (select json_build_object('first', o.from_day, 'last', o.to_day, ${counts("o")})
            from traffic o where o.creator_id = ${creatorId} and o.id = t.existing)
          when 'reading' then (select json_build_object('first', o.day, 'last', o.day, 'views', o.views, 'likes', o.likes, 'comments', o.comments,
            'shares', o.shares, 'followers', o.followers) from readings o where o.creator_id = ${creatorId} and o.id = r.existing)
          when 'audience' then (select json_build_object('first', o.month || '-01', 'last', o.month || '-01', 'regions', o.shares)
            from audience o where o.creator_id = ${creatorId} and o.id = a.existing)
          else json_build_object('title', v.old_title, 'url', nullif(v.old_url, ''), 'publishedDay', v.old_published_on,
            'durationSeconds', v.old_duration_seconds) end end
      ) order by e.place), '[]')
    from listed e join staged d on d.n = e.n
    left join planned_payouts p on e.kind = 1 and p.n = e.n
    left join planned_traffic t on e.kind = 2 and t.n = e.n
    left join planned_readings r on e.kind = 3 and r.n = e.n
    left join planned_audience a on e.kind = 4 and a.n = e.n
    left join planned_videos v on v.video = d.video`;
}
