/** What was earned and drawn by month: the ledger's totals as the model wants them. The overview's hot path. */
import { type SQL, sql } from "drizzle-orm";
import { AppError, notFound } from "../lib/errors";
import type { Viewer } from "../lib/model/access";
import { programmesWith } from "../lib/model/eligibility-programmes";
import {
  type AudienceCell,
  type DayCell,
  firstMonths,
  type Ledger,
  type MoneyCell,
  streamId,
  type TrafficCell,
} from "../lib/model/histories";
import type { Currency } from "../lib/model/money";
import { addMonths, type Day, firstDay, type Month, monthOf, monthsFrom } from "../lib/model/month";
import type { PooledTable } from "../lib/model/pooling";
import { JUDGED_AFTER_MONTHS, type MoneySteps } from "../lib/model/restated";
import type { Format, PayoutState, Platform, Stream } from "../lib/model/words";
import { note } from "./audit";
import { conn, read, transaction } from "./client";
import { announcedDeals, type DealRow, dealCell } from "./deals";
import { type EventRow, eventCell, knownEvents } from "./events";
import { knownFacts, knownProgrammes, type ToldRow, toldOf, type WrittenRow, writtenOf } from "./facts";
import { pooledFor } from "./pools";
import { findFor } from "./rates";
import { audience, channels, creators, payouts, postings, rollups, totals, trafficMonths } from "./schema";
import { demand, scope, staysInSight, streamScope } from "./scope";

/** The whole ledger is read: longer than a page may take. */
const WHOLE_LEDGER_MS = 60_000;

/**
 * All earned months of a creator (or those from `from` to `to`; with `bookedTo`, as they had been booked by then),
 * with what was drawn in them, in one transaction; and beside them all audiences, deals and events.
 * Amounts are integers summed by the database. Throws not_found to a stranger; one who may not see amounts gets
 * no money.
 */
export function byMonth(
  viewer: Viewer,
  creatorId: string,
  { from, to, bookedTo }: { from?: Month; to?: Month; bookedTo?: Month } = {},
): Promise<Omit<Ledger, "perUsd" | "benchmarks">> {
  return read(viewer, async () => {
    const within = (month: SQL) =>
      sql`${from ? sql`and ${month} >= ${from}` : sql``} ${to ? sql`and ${month} <= ${to}` : sql``}`;
    const booked = ({ bookedMonth }: typeof totals | typeof postings) =>
      bookedTo ? sql`and ${bookedMonth} <= ${bookedTo}` : sql``;
    const [[creator], money, adjustments, traffic, [beside]] = await Promise.all([
      conn().execute(
        sql`select from ${creators} where ${scope(viewer, creators.id)} and ${creators.id} = ${creatorId}`,
      ),
      // One row a stream with its months as lists: hundreds of small rows would cost more than all else.
      conn().execute<MoneyRow>(sql`
        select ${totals.stream}, (${platformOf(totals)}) as platform, ${totals.format}, ${totals.currency}, ${totals.state},
          array_agg(${totals.earnedMonth}) as months, array_agg(${totals.minor}) as minors, array_agg(${totals.entries}) as entries
        from ${totals}
        where ${streamScope(viewer, totals)} and ${totals.creatorId} = ${creatorId}
          ${within(sql`${totals.earnedMonth}`)} ${booked(totals)}
        group by ${totals.creatorId}, ${totals.channelId}, 1, 3, 4, 5`),
      // What was replaced or taken back has a posting of the opposite sign on the same entry.
      conn().execute<AdjustmentRow>(sql`
        select ${postings.earnedMonth} as month, ${payouts.stream}, (${platformOf(payouts)}) as platform, ${payouts.format},
          ${payouts.currency}, sum(${postings.minor})::text as minor
        from ${payouts}
        join ${postings} on ${postings.creatorId} = ${payouts.creatorId} and ${postings.ofId} = ${payouts.id}
        where ${streamScope(viewer, payouts)} and ${payouts.creatorId} = ${creatorId}
          and ${payouts.about} is not null ${within(sql`${postings.earnedMonth}`)} ${booked(postings)}
        group by 1, 2, 3, 4, 5`),
      conn().execute<TrafficRow>(sql`
        select (${platformOf(trafficMonths)}) as platform, ${trafficMonths.format}, array_agg(${trafficMonths.month}) as months,
          ${sql.join(
            COUNTS.map((column) => sql`array_agg(${column}) as ${sql.identifier(column.name)}`),
            sql`, `,
          )}
        from ${trafficMonths}
        where ${scope(viewer, trafficMonths.creatorId)} and ${trafficMonths.creatorId} = ${creatorId}
          ${within(sql`${trafficMonths.month}`)}
        group by ${trafficMonths.creatorId}, ${trafficMonths.channelId}, ${trafficMonths.format}`),
      conn().execute<BesideRow>(sql`
        select (
          select coalesce(json_agg(json_build_array(month, platform, views, shares)), '[]') from (
            select distinct on (${audience.channelId}, ${audience.month})
              ${audience.month}, ${channels.platform}, ${audience.shares}, (
                select ${trafficMonths.views} from ${trafficMonths}
                where ${trafficMonths.creatorId} = ${audience.creatorId} and ${trafficMonths.month} = ${audience.month}
                  and ${trafficMonths.channelId} = ${audience.channelId} and ${trafficMonths.format} = 'all'
              ) as views
            from ${audience}
            join ${channels} on ${channels.creatorId} = ${audience.creatorId} and ${channels.id} = ${audience.channelId}
            where ${scope(viewer, audience.creatorId)} and ${audience.creatorId} = ${creatorId}
            order by ${audience.channelId}, ${audience.month}, ${audience.recordedAt} desc, ${audience.id} desc
          ) latest
        ) as cells, (
          select json_object_agg(platform, niche) from (${nichesOf(viewer, creatorId)}) niches
        ) as niches, (${announcedDeals(viewer, creatorId)}) as deals, (${knownEvents(viewer, creatorId)}) as events,
        (${pooledFor(viewer, creatorId)}) as pooled, (${knownFacts(viewer, creatorId)}) as told,
        (${knownProgrammes(viewer, creatorId)}) as written`),
    ]);
    if (!creator) throw notFound("creator");
    return {
      money: withAdjustments(moneyCells(money), adjustments),
      traffic: trafficCells(traffic),
      ...besideOf(beside),
    };
  });
}

/**
 * What payouts of single days brought in the month of `today`, up to it, summed by day and stream. Periods of
 * more than a day and entries about others are not among them. Throws not_found to a stranger; one who may not
 * see amounts gets none.
 */
export function runningDays(viewer: Viewer, creatorId: string, today: Day): Promise<DayCell[]> {
  return read(viewer, async () => {
    const [row] = await conn().execute<{ days: DayRow[] }>(sql`
      select (
        select coalesce(json_agg(json_build_array(day, stream, platform, format, currency, minor::text, is_estimated) order by day), '[]')
        from (
          select ${payouts.toDay} as day, ${payouts.stream}, (${platformOf(payouts)}) as platform, ${payouts.format},
            ${payouts.currency}, sum(${payouts.minor}) as minor, bool_or(${payouts.state} = 'estimated') as is_estimated
          from ${payouts}
          where ${streamScope(viewer, payouts)} and ${payouts.creatorId} = ${creatorId}
            and ${payouts.toDay} between ${firstDay(monthOf(today))} and ${today} and ${payouts.fromDay} = ${payouts.toDay}
            and ${payouts.kind} = 'earning' and not exists (
              select from ${payouts} l where l.creator_id = ${payouts.creatorId} and l.replaces = ${payouts.id})
            and ${staysInSight(creatorId, payouts.id)}
          group by 1, 2, 3, 4, 5
        ) sums
      ) as days
      from ${creators} where ${scope(viewer, creators.id)} and ${creators.id} = ${creatorId}`);
    if (!row) throw notFound("creator");
    return row.days.map(([day, stream, platform, format, currency, minor, isEstimated]) => ({
      ...{ day, stream, platform, format, currency, minor: BigInt(minor), isEstimated },
    }));
  });
}

/**
 * Units of the reporting currency per 1 unit of each other currency that was earned or booked from `from` to `to`, by
 * rateKey: of the earned month's last day, else the latest before. And each currency's units per USD, in which
 * the benchmarks are: of the month it was first earned in, else the latest. What is not known is absent.
 */
export async function rates(
  viewer: Viewer,
  creatorId: string,
  { money, deals }: Pick<Ledger, "money" | "deals">,
  reporting: Currency,
  { from, to }: { from: Month; to: Month },
): Promise<{ rates: ReadonlyMap<string, string>; perUsd: Record<string, string> }> {
  const first = firstMonths([...money, ...deals]);
  const needs = [...first.keys()]
    .filter((currency) => currency !== reporting)
    // The month before the first one is where its projection pins its rate.
    .flatMap((base) =>
      monthsFrom(addMonths(from, -1), to).map((month) => ({ base, quote: reporting, month })),
    );
  const priors = [...first].filter(([currency]) => currency !== "USD");
  if (needs.length === 0 && priors.length === 0) return { rates: new Map(), perUsd: {} };
  const found = await findFor(viewer, creatorId, [
    ...needs,
    ...priors.flatMap(([currency, month]) => [
      { base: "USD", quote: currency, month },
      { base: "USD", quote: currency, month: to },
    ]),
  ]);
  const known = new Map<string, string>();
  needs.forEach(({ base, month }, index) => {
    const rate = found[index]?.rate;
    if (rate) known.set(rateKey(base, month), rate);
  });
  const perUsd: Record<string, string> = {};
  priors.forEach(([currency], index) => {
    const at = needs.length + 2 * index;
    const rate = found[at]?.rate ?? found[at + 1]?.rate;
    if (rate) perUsd[currency] = rate;
  });
  return { rates: known, perUsd };
}

/**
 * How each month's amounts came to be, for the months from `from` to `to`: what a score was first made of, and what
 * it was restated to. All that had been recorded when a month could first be judged, in the creator's zone, is one
 * step; each later transaction is another. Empty for one who may not see amounts.
 */
export function steps(
  viewer: Viewer,
  creatorId: string,
  { from, to }: { from: Month; to: Month },
): Promise<MoneySteps[]> {
  return read(viewer, async () => {
    const rows = await conn().execute<StepsRow>(sql`
      select stream, platform, format, currency, earned_month, array_agg(at order by at) as ats,
        array_agg(minor order by at) as minors, array_agg(entries order by at) as entries
      from (
        select counted.stream, ${channels.platform}, counted.format, counted.currency, ${postings.earnedMonth},
          (extract(epoch from greatest(entry.recorded_at, due.at - interval '1 microsecond')) * 1000000)::bigint as at,
          sum(${postings.minor})::bigint as minor, sum(${postings.entries})::bigint as entries
        from ${postings}
        join ${creators} on ${creators.id} = ${postings.creatorId}
        join ${payouts} entry on entry.creator_id = ${postings.creatorId} and entry.id = ${postings.payoutId}
        join ${payouts} counted on counted.creator_id = ${postings.creatorId} and counted.id = ${postings.ofId}
        left join ${channels} on ${channels.creatorId} = counted.creator_id and ${channels.id} = counted.channel_id
        cross join lateral (
          select (to_date(${postings.earnedMonth}, 'YYYY-MM') + make_interval(months => ${JUDGED_AFTER_MONTHS}::int)) at time zone ${creators.timeZone} as at
        ) due
        where ${streamScope(viewer, { creatorId: sql`counted.creator_id`, stream: sql`counted.stream` })} and ${postings.creatorId} = ${creatorId}
          and ${postings.earnedMonth} between ${from} and ${to}
        group by 1, 2, 3, 4, 5, 6
      ) step
      group by 1, 2, 3, 4, 5 order by earned_month, 1, 2, 3, 4`);
    return rows.map(stepsOf);
  });
}

/** Something kept that is not what it is kept of says; null: there is no such cell on that side. */
export type Difference =
  | {
      what: "totals";
      earnedMonth: Month;
      bookedMonth: Month;
      channelId: string | null;
      format: Format | "all";
      stream: Stream;
      currency: string;
      state: PayoutState;
      keptMinor: bigint | null;
      postedMinor: bigint | null;
    }
  | {
      what: "rollups";
      earnedMonth: Month;
      currency: string;
      keptMinor: bigint | null;
      postedMinor: bigint | null;
    }
  /** Any of its counts differs; the views are said. */
  | {
      what: "traffic_months";
      month: Month;
      channelId: string;
      format: Format | "all";
      keptViews: number | null;
      loggedViews: number | null;
    };

/** Compares the totals and rollups with their postings, and the months of traffic with its rows; empty when all is well. */
export function check(viewer: Viewer, creatorId: string): Promise<Difference[]> {
  return transaction(
    viewer,
    async () => {
      await demand(viewer, creatorId, "amounts");
      const kept = (table: typeof totals | typeof rollups | typeof trafficMonths) =>
        sql`(select * from ${table} where ${scope(viewer, table.creatorId, "amounts")} and ${table.creatorId} = ${creatorId}) k`;
      const cells = await conn().execute<Record<string, string | null>>(sql`
        select coalesce(k.earned_month, p.earned_month) as earned_month, coalesce(k.booked_month, p.booked_month) as booked_month,
          coalesce(k.channel_id, p.channel_id) as channel_id, coalesce(k.format, p.format) as format,
          coalesce(k.stream, p.stream) as stream, coalesce(k.currency, p.currency) as currency,
          coalesce(k.state, p.state) as state, k.minor::text as kept, p.minor::text as posted
        from ${kept(totals)}
        full join totals_from_postings(${creatorId}) p
          on (k.earned_month, k.booked_month, coalesce(k.channel_id::text, ''), k.format, k.stream, k.currency, k.state)
           = (p.earned_month, p.booked_month, coalesce(p.channel_id::text, ''), p.format, p.stream, p.currency, p.state)
        where k.minor is distinct from p.minor or k.entries is distinct from p.entries
        order by 1, 2, 3, 4, 5, 6, 7`);
      const sums = await conn().execute<Record<string, string | null>>(sql`
        select coalesce(k.earned_month, p.earned_month) as earned_month, coalesce(k.currency, p.currency) as currency,
          k.minor::text as kept, p.minor::text as posted
        from ${kept(rollups)}
        full join rollups_from_postings(${creatorId}) p on (k.earned_month, k.currency) = (p.earned_month, p.currency)
        where k.minor is distinct from p.minor or k.entries is distinct from p.entries
        order by 1, 2`);
      const counts = await conn().execute<Record<string, string | null>>(sql`
        select coalesce(k.month, p.month) as month, coalesce(k.channel_id, p.channel_id) as channel_id,
          coalesce(k.format, p.format) as format, k.views::text as kept, p.views::text as logged
        from ${kept(trafficMonths)}
        full join months_from_traffic(months_of_traffic(${creatorId})) p
          on (k.month, k.channel_id, k.format) = (p.month, p.channel_id, p.format)
        where (k.days, k.views, k.qualified_views, k.engaged_views, k.ad_impressions, k.watch_seconds, k.likes, k.comments, k.shares)
          is distinct from
          (p.days, p.views, p.qualified_views, p.engaged_views, p.ad_impressions, p.watch_seconds, p.likes, p.comments, p.shares)
        order by 1, 2, 3`);
      return [
        ...cells.map(
          (row): Difference => ({
            what: "totals",
            earnedMonth: row.earned_month as Month,
            bookedMonth: row.booked_month as Month,
            channelId: row.channel_id ?? null,
            format: row.format as Format | "all",
            stream: row.stream as Stream,
            currency: row.currency ?? "",
            state: row.state as PayoutState,
            ...sidesOf(row),
          }),
        ),
        ...sums.map(
          (row): Difference => ({
            what: "rollups",
            earnedMonth: row.earned_month as Month,
            currency: row.currency ?? "",
            ...sidesOf(row),
          }),
        ),
        ...counts.map(
          (row): Difference => ({
            what: "traffic_months",
            month: row.month as Month,
            channelId: row.channel_id ?? "",
            format: row.format as Format | "all",
            keptViews: row.kept == null ? null : Number(row.kept),
            loggedViews: row.logged == null ? null : Number(row.logged),
          }),
        ),
      ];
    },
    { deadlineMs: WHOLE_LEDGER_MS },
  );
}

function sidesOf({ kept, posted }: Record<string, string | null>) {
  return {
    keptMinor: kept == null ? null : BigInt(kept),
    postedMinor: posted == null ? null : BigInt(posted),
  };
}

/**
 * Makes totals, rollups and months of traffic anew from the ledger, while whoever writes to it waits, and notes it
 * with the number of differences that were there. Only the operator may: forbidden to all others.
 */
export function rebuild(viewer: Viewer, creatorId: string): Promise<Difference[]> {
  return transaction(
    viewer,
    async () => {
      if (viewer.kind !== "operator")
        throw new AppError("forbidden", "Totals are rebuilt by the operator alone.");
      const differences = await check(viewer, creatorId);
      await conn().execute(sql`select rebuild_totals(${creatorId})`);
      await note(creatorId, "totals.rebuilt", creatorId, { differences: differences.length });
      return differences;
    },
    { deadlineMs: WHOLE_LEDGER_MS },
  );
}

/** Where a currency's rate for a month stands in what `rates` answers. */
export function rateKey(currency: string, month: Month): string {
  return `${currency} ${month}`;
}

/** The platform's niche is that of its first channel still in use. */
export function nichesOf(viewer: Viewer, creatorId: string): SQL {
  return sql`
    select distinct on (${channels.platform}) ${channels.platform}, ${channels.niche} from ${channels}
    where ${scope(viewer, channels.creatorId)} and ${channels.creatorId} = ${creatorId}
    order by ${channels.platform}, ${channels.archivedAt} desc nulls first, ${channels.createdAt}, ${channels.id}`;
}

const COUNTS = [
  trafficMonths.views,
  trafficMonths.qualifiedViews,
  trafficMonths.engagedViews,
  trafficMonths.adImpressions,
  trafficMonths.watchSeconds,
] as const;

function platformOf({ creatorId, channelId }: typeof totals | typeof trafficMonths | typeof payouts): SQL {
  return sql`select ${channels.platform} from ${channels} where ${channels.creatorId} = ${creatorId} and ${channels.id} = ${channelId}`;
}

/** Months and what belongs to each, as PostgreSQL writes arrays: "{2026-01,2026-02}". */
export interface MoneyRow extends Record<string, unknown> {
  stream: Stream;
  platform: Platform | null;
  format: Format | "all";
  currency: Currency;
  state: PayoutState;
  months: string;
  minors: string;
  entries: string;
}

/** One month of one stream with its changes as lists. */
interface StepsRow extends Record<string, unknown> {
  stream: Stream;
  platform: Platform | null;
  format: Format | "all";
  currency: Currency;
  earned_month: Month;
  ats: string;
  minors: string;
  entries: string;
}

/** The running amounts; entries that cancel out leave none. */
function stepsOf({ stream, platform, format, currency, earned_month: month, ...row }: StepsRow): MoneySteps {
  const [minors, counts] = [itemsOf(row.minors), itemsOf(row.entries)];
  let [minor, entries] = [0n, 0];
  const steps = itemsOf(row.ats).map((at, index) => {
    minor += BigInt(minors[index] ?? "0");
    entries += Number(counts[index] ?? "0");
    return { at: Number(at), minor: entries === 0 && minor === 0n ? null : minor };
  });
  return { month, stream, platform, format, currency, steps };
}

/** Arrays again; an unknown count is NULL. */
export interface TrafficRow extends Record<string, unknown> {
  platform: Platform;
  format: Format | "all";
  months: string;
  views: string;
  qualified_views: string;
  engaged_views: string;
  ad_impressions: string;
  watch_seconds: string;
}

/** The items of an array of numbers or months. */
function itemsOf(array: string): string[] {
  return array.slice(1, -1).split(",");
}

/** [month, platform, views of the channel in it, parts per million by region] */
export type AudienceRow = [Month, Platform, number | null, Record<string, number>];

/** In calendar order; states beside each other, entries that cancelled out left out. */
export function moneyCells(rows: readonly MoneyRow[]): MoneyCell[] {
  const sums = new Map<string, MoneySum>();
  for (const { stream, platform, format, currency, state, ...row } of rows) {
    const [minors, counts] = [itemsOf(row.minors), itemsOf(row.entries)];
    for (const [index, month] of itemsOf(row.months).entries()) {
      const [minor = "0", entries = "0"] = [minors[index], counts[index]];
      const id = `${month} ${stream} ${platform} ${format} ${currency}`;
      const sum = sums.get(id) ?? {
        month: month as Month,
        stream,
        platform,
        format,
        currency,
        final: null,
        estimated: null,
      };
      const own = sum[state] ?? { minor: 0n, entries: 0 };
      sum[state] = { minor: own.minor + BigInt(minor), entries: own.entries + Number(entries) };
      sums.set(id, sum);
    }
  }
  const minorOf = (part: MoneySum["final"]) =>
    part && (part.entries !== 0 || part.minor !== 0n) ? part.minor : null;
  return [...sums.values()]
    .map(({ final, estimated, ...cell }) => ({
      ...cell,
      finalMinor: minorOf(final),
      estimatedMinor: minorOf(estimated),
    }))
    .filter(({ finalMinor, estimatedMinor }) => finalMinor !== null || estimatedMinor !== null)
    .sort((a, b) => (a.month < b.month ? -1 : a.month > b.month ? 1 : 0));
}

type MoneySum = Omit<MoneyCell, "finalMinor" | "estimatedMinor"> &
  Record<PayoutState, { minor: bigint; entries: number } | null>;

type DayRow = [Day, Stream, Platform | null, Format | "all", Currency, string, boolean];

interface AdjustmentRow extends Record<string, unknown> {
  month: Month;
  stream: Stream;
  platform: Platform | null;
  format: Format | "all";
  currency: Currency;
  minor: string;
}

function withAdjustments(cells: MoneyCell[], rows: readonly AdjustmentRow[]): MoneyCell[] {
  if (rows.length === 0) return cells;
  const sums = new Map(rows.map((row) => [`${row.month} ${streamId(row)}`, BigInt(row.minor)]));
  return cells.map((cell) => {
    const adjustmentsMinor = sums.get(`${cell.month} ${streamId(cell)}`) ?? 0n;
    return adjustmentsMinor === 0n ? cell : { ...cell, adjustmentsMinor };
  });
}

export function trafficCells(rows: readonly TrafficRow[]): TrafficCell[] {
  return rows.flatMap(({ platform, format, ...row }) => {
    const counts = COUNTS.map(({ name }) => itemsOf(String(row[name as keyof typeof row])));
    return itemsOf(row.months).map((month, index): TrafficCell => {
      const [views, qualifiedViews, engagedViews, adImpressions, watchSeconds] = counts.map((items) =>
        countOf(items[index] ?? "NULL"),
      );
      return {
        month: month as Month,
        platform,
        format,
        views: views ?? null,
        qualifiedViews: qualifiedViews ?? null,
        engagedViews: engagedViews ?? null,
        adImpressions: adImpressions ?? null,
        watchSeconds: watchSeconds ?? null,
      };
    });
  });
}

function countOf(text: string): number | null {
  return text === "NULL" ? null : Number(text);
}

/** What a ledger holds beside money and traffic, in one row. */
export interface BesideRow extends Record<string, unknown> {
  cells: AudienceRow[];
  niches: Ledger["niches"] | null;
  deals: DealRow[];
  events: EventRow[];
  pooled: PooledTable | null;
  told: ToldRow[];
  written: WrittenRow[];
}

export function besideOf(
  row: BesideRow | undefined,
): Pick<Ledger, "audience" | "niches" | "deals" | "events" | "pooled" | "programmes" | "told"> {
  return {
    audience: (row?.cells ?? []).map(audienceCell),
    niches: row?.niches ?? {},
    deals: (row?.deals ?? []).map(dealCell),
    events: (row?.events ?? []).map(eventCell),
    pooled: row?.pooled ?? null,
    programmes: programmesWith((row?.written ?? []).map(writtenOf)),
    told: (row?.told ?? []).map(toldOf),
  };
}

function audienceCell([month, platform, views, shares]: AudienceRow): AudienceCell {
  return { month, platform, views, shares };
}
