/**
 * A creator's ledger as it was at an instant: what a projection of then may know. Nothing recorded later, and no
 * correction of later, is in it.
 */
import { type SQL, sql } from "drizzle-orm";
import { notFound } from "../lib/errors";
import type { Viewer } from "../lib/model/access";
import { type BenchmarkTable, BUILT_IN } from "../lib/model/benchmarks";
import type { FollowerCell } from "../lib/model/gates";
import { firstMonths, type Ledger, type MoneyCell } from "../lib/model/histories";
import type { Currency } from "../lib/model/money";
import { addDays, addMonths, firstDay, type Month } from "../lib/model/month";
import { conn, transaction } from "./client";
import { announcedDeals } from "./deals";
import { knownEvents } from "./events";
import { knownFacts, knownProgrammes } from "./facts";
import { pooledFor } from "./pools";
import { type FoundRate, findFor } from "./rates";
import { followersOf } from "./readings";
import { creators, payouts, postings, traffic } from "./schema";
import { demand, scope } from "./scope";
import {
  type AudienceRow,
  type BesideRow,
  besideOf,
  type MoneyRow,
  moneyCells,
  nichesOf,
  type TrafficRow,
  trafficCells,
} from "./totals";

/** Reading a whole ledger as it was takes longer than a page may. */
export const DEADLINE_MS = 60_000;

/** What a creator's ledger said at an instant. */
export interface Inputs {
  reporting: Currency;
  asOf: Date;
  /** the first month that was not known */
  asOfMonth: Month;
  ledger: Ledger;
  /** currency → units of the reporting currency, as known then */
  rates: ReadonlyMap<string, FoundRate>;
}

/**
 * The ledger as it was at the first instant of `month` in the creator's zone: rows recorded before it that no
 * row recorded before it had replaced. null for a creator who joined later.
 */
export function inputsAsOf(
  viewer: Viewer,
  creatorId: string,
  month: Month,
  benchmarks: BenchmarkTable = BUILT_IN,
): Promise<Inputs | null> {
  return transaction(
    viewer,
    async () => {
      await demand(viewer, creatorId, "amounts");
      const [facts] = await conn().execute<{ currency: Currency; as_of: string; joined: boolean }>(sql`
        select ${creators.currency}, to_json(local.as_of) #>> '{}' as as_of, ${creators.createdAt} < local.as_of as joined
        from ${creators}
        cross join lateral (select ${firstDay(month)}::timestamp at time zone ${creators.timeZone} as as_of) local
        where ${scope(viewer, creators.id, "amounts")} and ${creators.id} = ${creatorId}`);
      if (!facts) throw notFound("creator");
      if (!facts.joined) return null;
      // As text, so that not even a microsecond is lost on the way through a Date.
      const asOf = sql`${facts.as_of}::timestamptz`;
      const lastKnown = addDays(firstDay(month), -1);
      const [money, drawn, followers, [row]] = await Promise.all([
        conn().execute<MoneyRow>(moneyAsOf(viewer, creatorId, asOf)),
        conn().execute<ChannelTraffic>(trafficAsOf(viewer, creatorId, asOf, month)),
        conn().execute<FollowerRow>(followersOf(viewer, creatorId, lastKnown, asOf)),
        conn().execute<BesideRow & { cells: ChannelAudience[] }>(besideAsOf(viewer, creatorId, asOf)),
      ]);
      const cells = moneyCells(money);
      const beside = besideOf(row && { ...row, cells: weighed(row.cells, drawn) });
      const { rates, perUsd } = await ratesAsOf(
        viewer,
        creatorId,
        [...cells, ...beside.deals],
        facts.currency,
        month,
        new Date(facts.as_of),
      );
      return {
        reporting: facts.currency,
        asOf: new Date(facts.as_of),
        asOfMonth: month,
        ledger: {
          money: cells,
          traffic: trafficCells(drawn),
          ...beside,
          followers: [...followers],
          perUsd,
          benchmarks,
        },
        rates,
      };
    },
    { deadlineMs: DEADLINE_MS },
  );
}

type FollowerRow = FollowerCell & Record<string, unknown>;

function moneyAsOf(viewer: Viewer, creatorId: string, asOf: SQL): SQL {
  return sql`
    select p.stream, c.platform, p.format, p.currency, p.state,
      array_agg(o.earned_month order by o.earned_month, p.id) as months,
      array_agg(o.minor order by o.earned_month, p.id) as minors,
      array_agg(o.entries order by o.earned_month, p.id) as entries
    from ${payouts} p
    join ${postings} o on o.creator_id = p.creator_id and o.payout_id = p.id and o.of_id = p.id
    left join channels c on c.creator_id = p.creator_id and c.id = p.channel_id
    where ${scoped(viewer, sql`p.creator_id`)} and p.creator_id = ${creatorId}
      and p.kind <> 'void' and p.recorded_at < ${asOf}
      and not exists (
        select from ${payouts} l where l.creator_id = p.creator_id and l.replaces = p.id and l.recorded_at < ${asOf})
    group by 1, 2, 3, 4, 5 order by 1, 2, 3, 4, 5`;
}

const MEASURES = ["views", "qualified_views", "engaged_views", "ad_impressions", "watch_seconds"] as const;

/** As the traffic_months trigger counts, but from the rows known then: nothing twice, day by day. */
function trafficAsOf(viewer: Viewer, creatorId: string, asOf: SQL, month: Month): SQL {
  const each = (write: (name: string) => string, between = ", ") =>
    sql.raw(MEASURES.map(write).join(between));
  const summed = each((name) => `case when bool_and(${name} is not null) then sum(${name}) end as ${name}`);
  return sql`
    with known as (
      select t.*, c.platform, t.to_day - t.from_day + 1 as days
      from ${traffic} t
      join channels c on c.creator_id = t.creator_id and c.id = t.channel_id
      where ${scoped(viewer, sql`t.creator_id`)} and t.creator_id = ${creatorId}
        and not t.is_void and t.recorded_at < ${asOf} and t.from_day < ${firstDay(month)}
        and not exists (
          select from ${traffic} l where l.creator_id = t.creator_id and l.replaces = t.id and l.recorded_at < ${asOf})
    ), by_day as (
      select t.channel_id, t.platform, t.format, d.day, t.video_id is null as of_channel,
        ${each((name) => `t.${name} * (d.day - t.from_day + 1) / t.days - t.${name} * (d.day - t.from_day) / t.days as ${name}`)}
      from known t
      cross join lateral (
        select t.from_day + n as day
        from generate_series(0, least(t.to_day, ${firstDay(month)}::date - 1) - t.from_day) as n
      ) d
    ), parts as (
      select channel_id, platform, format, day, ${summed}
      from (
        select b.*, bool_or(of_channel) over (partition by channel_id, format, day) as has_channel
        from by_day b where format <> 'all'
      ) b
      where of_channel = has_channel
      group by 1, 2, 3, 4
    ), whole as (
      select channel_id, platform, 'all'::text as format, day, ${each((name) => name)} from by_day where format = 'all'
      union all
      select channel_id, platform, 'all', day, ${summed} from parts p
      where not exists (select from by_day b where b.format = 'all' and b.channel_id = p.channel_id and b.day = p.day)
      group by 1, 2, 4
    ), months as (
      select to_char(day, 'YYYY-MM') as month, channel_id, platform, format, ${summed}
      from (select * from parts union all select * from whole) days
      group by 1, 2, 3, 4
    )
    select channel_id, platform, format,
      array_agg(month order by month) as months, ${each((name) => `array_agg(${name} order by month) as ${name}`)}
    from months group by 1, 2, 3 order by 2, 3, 1`;
}

type ChannelTraffic = TrafficRow & { channel_id: string };
type ChannelAudience = [...AudienceRow, channelId: string];

/** Each audience with the views of its channel and month, as known then. */
function weighed(rows: readonly ChannelAudience[], drawn: readonly ChannelTraffic[]): AudienceRow[] {
  const views = new Map<string, number | null>();
  for (const row of drawn)
    if (row.format === "all")
      for (const cell of trafficCells([row])) views.set(`${row.channel_id} ${cell.month}`, cell.views);
  return rows.map(([month, platform, , shares, channelId]) => [
    month,
    platform,
    views.get(`${channelId} ${month}`) ?? null,
    shares,
  ]);
}

function besideAsOf(viewer: Viewer, creatorId: string, asOf: SQL): SQL {
  return sql`
    select (
      select coalesce(json_agg(json_build_array(month, platform, null, shares, channel_id) order by platform, month, channel_id), '[]') from (
        select distinct on (a.channel_id, a.month) a.channel_id, a.month, c.platform, a.shares
        from audience a join channels c on c.creator_id = a.creator_id and c.id = a.channel_id
        where ${scoped(viewer, sql`a.creator_id`)} and a.creator_id = ${creatorId} and a.recorded_at < ${asOf}
        order by a.channel_id, a.month, a.recorded_at desc, a.id desc
      ) latest
    ) as cells, (
      select json_object_agg(platform, niche) from (${nichesOf(viewer, creatorId)}) niches
    ) as niches,
    (${announcedDeals(viewer, creatorId, asOf)}) as deals,
    (${knownEvents(viewer, creatorId, asOf)}) as events,
    (${pooledFor(viewer, creatorId, asOf)}) as pooled, (${knownFacts(viewer, creatorId, asOf)}) as told,
    (${knownProgrammes(viewer, creatorId, asOf)}) as written`;
}

/** The first wall for tables under another name. */
function scoped(viewer: Viewer, column: SQL): SQL {
  return scope(viewer, column, "amounts");
}

/** Rates as known then: for the totals of the last day before `month`, for the benchmarks of each currency's start. */
export async function ratesAsOf(
  viewer: Viewer,
  creatorId: string,
  cells: readonly Pick<MoneyCell, "currency" | "month">[],
  reporting: Currency,
  month: Month,
  recordedBefore: Date,
): Promise<{ rates: Map<string, FoundRate>; perUsd: Record<string, string> }> {
  const first = firstMonths(cells);
  const before = addMonths(month, -1);
  const currencies = [...first.keys()].sort();
  const found = await findFor(
    viewer,
    creatorId,
    currencies.flatMap((currency) => [
      { base: currency, quote: reporting, month: before },
      { base: "USD", quote: currency, month: first.get(currency)! },
      { base: "USD", quote: currency, month: before },
    ]),
    { recordedBefore },
  );
  const rates = new Map<string, FoundRate>();
  const perUsd: Record<string, string> = {};
  currencies.forEach((currency, index) => {
    const [toReporting, atStart, lately] = found.slice(3 * index, 3 * index + 3);
    if (toReporting) rates.set(currency, toReporting);
    const rate = atStart?.rate ?? lately?.rate;
    if (rate) perUsd[currency] = rate;
  });
  return { rates, perUsd };
}
