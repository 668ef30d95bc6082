/**
 * The creators of an agency in one look, as far as each lets this agency see: a few queries for all of them, never
 * one per creator. Every condition names the representation, so that what a person sees of a creator by another way
 * is not in here; row-level security says once more what is seen at all.
 */
import { type SQL, sql } from "drizzle-orm";
import { notFound } from "../lib/errors";
import type { Viewer } from "../lib/model/access";
import type { Currency } from "../lib/model/money";
import type { Day, Month } from "../lib/model/month";
import type {
  FindRate,
  RosterCell,
  RosterCreator,
  RosterFacts,
  RosterOwed,
  RosterProjection,
} from "../lib/model/roster";
import type { AgencyRole, Niche, Platform, Region, Stream } from "../lib/model/words";
import { conn, read } from "./client";
import { like } from "./like";
import { owedOf } from "./roster-owed";
import { ratesOf } from "./roster-rates";
import { type About, represented, shown, shownStreams, uuids } from "./roster-scope";

export interface RosterFilter {
  /** anywhere in the creator's or a channel's name */
  search?: string | undefined;
  platform?: Platform | undefined;
  niche?: Niche | undefined;
  /** at least a quarter of a channel's audience sits there */
  region?: Region | undefined;
  /** earned something from it in the months read */
  stream?: Stream | undefined;
  teamId?: string | undefined;
  /** one of the agency, who is in the creator's team */
  managerId?: string | undefined;
  tagId?: string | undefined;
}

export interface Roster {
  readonly agency: {
    readonly id: string;
    readonly name: string;
    readonly currency: Currency;
    readonly role: AgencyRole;
  };
  readonly creators: readonly RosterCreator[];
  readonly facts: ReadonlyMap<string, RosterFacts>;
  readonly owed: ReadonlyMap<string, RosterOwed>;
  readonly findRate: FindRate;
}

export interface RosterMonths {
  /** the first month read, and the last */
  readonly from: Month;
  readonly to: Month;
  /** from here on it is asked which projected streams were not entered */
  readonly comparedFrom: Month;
}

/**
 * The creators that the viewer sees by this agency, by name. With `only: "matches"` those the filter asks for; else
 * all, each with whether it does. Throws not_found to who does not belong to the agency.
 */
export function list(
  viewer: Viewer,
  agencyId: string,
  months: RosterMonths,
  { filter = {}, only }: { filter?: RosterFilter; only?: "matches" | readonly string[] } = {},
): Promise<Roster> {
  return read(viewer, async () => {
    // The planner takes each wall's array for ten creators: loops and merges would go through all rows of one for each
    // of another. Hashes do not.
    await conn().execute(
      sql`select set_config('enable_nestloop', 'off', true), set_config('enable_mergejoin', 'off', true)`,
    );
    const [[agency], creators] = await Promise.all([
      conn().execute<{ id: string; name: string; currency: Currency; role: AgencyRole }>(sql`
        select g.id, g.name, g.currency, m.role from agency_access m join agencies g on g.id = m.agency_id
        where ${viewer.kind === "person" ? sql`m.user_id = ${viewer.userId}` : sql`false`} and m.agency_id = ${agencyId}`),
      people(viewer, agencyId, months, filter, only),
    ]);
    if (!agency) throw notFound("agency");
    const all = { viewer, agencyId, ids: only && creators.map(({ creatorId }) => creatorId) };
    const currency = agency.currency as Currency;
    const [own, foreign, projected, waiting, views, last, owed, findRate] = await Promise.all([
      conn().execute<Packed>(ownMoney(all, months, currency)),
      conn().execute<Packed>(foreignMoney(all, months, currency)),
      conn().execute<Packed>(projectedBy(all, months)),
      conn().execute<Packed>(waitingBy(all, months)),
      conn().execute<Packed>(viewsBy(all, months)),
      conn().execute<Packed>(lastBy(all)),
      owedOf(all),
      ratesOf(all, months, currency),
    ]);
    const facts = new Map<string, Writable>(creators.map(({ creatorId }) => [creatorId, nothing()]));
    const put = (rows: readonly Packed[], take: (fact: Writable, cell: string[]) => void) => {
      for (const { creator_id, cells } of rows) {
        const fact = facts.get(creator_id);
        if (fact) for (const cell of cells.split(",")) take(fact, cell.split(" "));
      }
    };
    put(own, (fact, [month, minor]) =>
      fact.money.push({ month: month as Month, stream: null, currency, minor: BigInt(minor!) }),
    );
    put(foreign, (fact, [month, stream, other, minor]) =>
      fact.money.push({
        ...{
          month: month as Month,
          stream: stream as Stream,
          currency: other as Currency,
          minor: BigInt(minor!),
        },
      }),
    );
    put(projected, (fact, cell) => fact.projected.push(projectionOf(cell)));
    put(waiting, (fact, cell) => fact.waiting.push(projectionOf(cell)));
    put(views, (fact, [month, count]) =>
      fact.views.set(month as Month, count === "-" ? null : Number(count)),
    );
    put(last, (fact, [month]) => {
      fact.lastMonth = month as Month;
    });
    return { agency: { ...agency, currency }, creators, facts, owed, findRate };
  });
}

// ---------------------------------------------------------------- who

async function people(
  viewer: Viewer,
  agencyId: string,
  months: RosterMonths,
  filter: RosterFilter,
  only: "matches" | readonly string[] | undefined,
): Promise<RosterCreator[]> {
  const matches = sql`(${sql.join([sql`true`, ...conditions(agencyId, filter, months)], sql` and `)})`;
  const among =
    only === "matches" ? sql`and ${matches}` : only ? sql`and c.id = any (${uuids(only)})` : sql``;
  const rows = await conn().execute<PersonRow>(sql`
    select c.id, c.name, trim(c.currency) as currency, array_to_string(a.streams, ' ') as streams, a.amounts, r.to_day,
      t.id as team_id, t.name as team_name, ch.platforms, ch.niches, ${only === "matches" ? sql`true` : matches} as is_match
    ${represented(
      viewer,
      agencyId,
      sql`join creators c on c.id = r.creator_id left join teams t on t.agency_id = r.agency_id and t.id = r.team_id
        left join (
          select h.creator_id, string_agg(distinct h.platform, ' ') as platforms, string_agg(distinct h.niche, ' ') as niches
          from channels h where h.archived_at is null and h.creator_id = any (${shown({ viewer, agencyId, ids: undefined }, "any")})
          group by 1
        ) ch on ch.creator_id = c.id`,
    )} ${among}
    order by c.name, c.id`);
  return rows.map((row) => ({
    creatorId: row.id,
    name: row.name,
    currency: row.currency,
    streams: row.streams === null ? null : (words(row.streams) as Stream[]),
    amounts: row.amounts,
    toDay: row.to_day,
    teamId: row.team_id,
    teamName: row.team_name,
    platforms: words(row.platforms) as Platform[],
    niches: words(row.niches) as Niche[],
    isMatch: row.is_match,
  }));
}

/** Of the creator `c` with the row of access `a` by the representation `r`. */
function conditions(agencyId: string, filter: RosterFilter, { from, to }: RosterMonths): SQL[] {
  const { search, platform, niche, region, stream, teamId, managerId, tagId } = filter;
  const channel = (what: SQL) =>
    sql`c.id in (select h.creator_id from channels h where h.archived_at is null and ${what})`;
  return [
    ...(search
      ? [
          sql`(c.name ilike ${like(search)} or ${channel(sql`(h.name ilike ${like(search)} or h.handle ilike ${like(search)})`)})`,
        ]
      : []),
    ...(platform ? [channel(sql`h.platform = ${platform}`)] : []),
    ...(niche ? [channel(sql`h.niche = ${niche}`)] : []),
    ...(region
      ? [
          sql`c.id in (
            select u.creator_id from (
              select distinct on (u.creator_id, u.channel_id) u.creator_id, u.shares from audience u
              where u.month <= ${to} order by u.creator_id, u.channel_id, u.month desc, u.recorded_at desc, u.id desc
            ) u where (u.shares ->> ${region})::int >= 250000)`,
        ]
      : []),
    // Whether somebody earns from a stream is said of those who show it, and of nobody else.
    ...(stream
      ? [
          sql`(a.amounts and (a.streams is null or ${stream} = any (a.streams)) and c.id in (
            select t.creator_id from totals t
            where t.stream = ${stream} and t.earned_month between ${from} and ${to} and t.entries <> 0))`,
        ]
      : []),
    ...(teamId ? [sql`r.team_id = ${teamId}`] : []),
    ...(managerId
      ? [
          sql`r.team_id in (
            select m.team_id from team_members m where m.agency_id = ${agencyId} and m.user_id = ${managerId})`,
        ]
      : []),
    ...(tagId
      ? [
          sql`c.id in (
            select x.creator_id from creator_tags x join tags g on g.agency_id = x.agency_id and g.id = x.tag_id
            where x.agency_id = ${agencyId} and x.tag_id = ${tagId} and g.removed_at is null)`,
        ]
      : []),
  ];
}

interface PersonRow extends Record<string, unknown> {
  id: string;
  name: string;
  currency: Currency;
  streams: string | null;
  amounts: boolean;
  to_day: Day | null;
  team_id: string | null;
  team_name: string | null;
  platforms: string | null;
  niches: string | null;
  is_match: boolean;
}

// ---------------------------------------------------------------- what

/** One text a creator: thousands of small rows would cost more than all else. */
interface Packed extends Record<string, unknown> {
  creator_id: string;
  cells: string;
}

type Writable = {
  money: RosterCell[];
  projected: RosterProjection[];
  waiting: RosterProjection[];
  views: Map<Month, number | null>;
  lastMonth: Month | null;
};

function nothing(): Writable {
  return { money: [], projected: [], waiting: [], views: new Map(), lastMonth: null };
}

/** In the agency's own currency nothing is converted: the rollup says it, where it may be seen. */
function ownMoney(about: About, { from, to }: RosterMonths, currency: Currency): SQL {
  return sql`
    select creator_id, string_agg(month || ' ' || minor, ',') as cells from (
      select o.creator_id, o.earned_month as month, o.minor from rollups o
      where o.creator_id = any (${shown(about, "whole")}) and o.currency = ${currency}
        and o.earned_month between ${from} and ${to} and o.entries <> 0
      union all
      select t.creator_id, t.earned_month, sum(t.minor) from totals t
      where t.creator_id = any (${shown(about, "part")}) and (t.creator_id, t.stream) in ${shownStreams(about)}
        and t.currency = ${currency} and t.earned_month between ${from} and ${to}
      group by 1, 2 having sum(t.entries) <> 0
    ) months group by 1`;
}

function foreignMoney(about: About, { from, to }: RosterMonths, currency: Currency): SQL {
  const cells = (need: "whole" | "part") => sql`
    select t.creator_id, t.earned_month, t.stream, t.currency, sum(t.minor) as minor from totals t
    where t.creator_id = any (${shown(about, need)}) and t.currency <> ${currency}
      and t.earned_month between ${from} and ${to}
      ${need === "part" ? sql`and (t.creator_id, t.stream) in ${shownStreams(about)}` : sql``}
    group by 1, 2, 3, 4 having sum(t.entries) <> 0`;
  return sql`
    select creator_id, string_agg(earned_month || ' ' || stream || ' ' || currency || ' ' || minor, ',') as cells
    from (${cells("whole")} union all ${cells("part")}) cells group by 1`;
}

const PROJECTION = sql`p.target_month || ' ' || p.currency || ' ' || p.median_minor || ' ' || coalesce(trim_scale(p.rate)::text, '-')`;

/** The total where the whole is in sight, else the streams that are. */
function projectedBy(about: About, { from, to }: RosterMonths): SQL {
  return sql`
    select p.creator_id, string_agg(${PROJECTION} || ' ' || coalesce(p.lo80_minor, p.median_minor) || ' ' || coalesce(p.hi80_minor, p.median_minor), ',') as cells
    from projections p
    where p.creator_id = any (${shown(about, "whole")}) and p.stream = 'total' and p.horizon = 1
      and p.target_month between ${from} and ${to}
    group by 1
    union all
    select p.creator_id, string_agg(${PROJECTION}, ',') as cells from projections p
    where p.creator_id = any (${shown(about, "part")}) and (p.creator_id, p.stream) in ${shownStreams(about)}
      and p.horizon = 1 and p.target_month between ${from} and ${to}
    group by 1`;
}

/** Lumpy streams wait for nothing: a deal that was not made is a zero. */
function waitingBy(about: About, { comparedFrom, to }: RosterMonths): SQL {
  return sql`
    select p.creator_id, string_agg(${PROJECTION}, ',') as cells from projections p
    where p.creator_id = any (${shown(about, "amounts")}) and p.horizon = 1 and p.stream <> 'total'
      and p.target_month between ${comparedFrom} and ${to} and p.basis <> 'lumpy' and p.median_minor > 0
      and (p.creator_id = any (${shown(about, "whole")}) or (p.creator_id, p.stream) in ${shownStreams(about)})
      and not exists (
        select from totals t left join channels h on h.creator_id = t.creator_id and h.id = t.channel_id
        where t.creator_id = p.creator_id and t.earned_month = p.target_month and t.stream = p.stream
          and t.format = p.format and t.currency = p.currency and coalesce(h.platform, 'none') = p.platform and t.entries <> 0
          and t.creator_id = any (${shown(about, "amounts")}) and t.earned_month between ${comparedFrom} and ${to})
    group by 1`;
}

function viewsBy(about: About, { from, to }: RosterMonths): SQL {
  return sql`
    select creator_id, string_agg(month || ' ' || coalesce(views::text, '-'), ',') as cells from (
      select v.creator_id, v.month, case when count(*) = count(v.views) then sum(v.views) end as views
      from traffic_months v
      where v.creator_id = any (${shown(about, "any")}) and v.format = 'all' and v.month between ${from} and ${to}
      group by 1, 2
    ) months group by 1`;
}

function lastBy(about: About): SQL {
  return sql`
    select o.creator_id, max(o.earned_month) as cells from rollups o
    where o.creator_id = any (${shown(about, "whole")}) and o.entries <> 0 group by 1
    union all
    select t.creator_id, max(t.earned_month) from totals t
    where t.creator_id = any (${shown(about, "part")}) and (t.creator_id, t.stream) in ${shownStreams(about)}
      and t.entries <> 0 group by 1
    union all
    select v.creator_id, max(v.month) from traffic_months v
    where v.creator_id = any (${shown(about, "none")}) group by 1`;
}

function projectionOf([month, currency, minor, rate, lo, hi]: string[]): RosterProjection {
  return {
    month: month as Month,
    currency: currency as Currency,
    minor: BigInt(minor!),
    band: lo && hi ? { lo: BigInt(lo), hi: BigInt(hi) } : null,
    rate: rate === "-" ? null : rate!,
  };
}

function words(text: string | null): string[] {
  return text ? text.split(" ") : [];
}
