/** What was earned and drawn by month: the ledger's totals as the model wants them. The overview's hot path. */
import { type SQL, sql } from "drizzle-orm";
import { notFound } from "../lib/errors";
import type { Viewer } from "../lib/model/access";
import type { AudienceCell, Ledger, MoneyCell, TrafficCell } from "../lib/model/histories";
import type { Currency } from "../lib/model/money";
import type { Day, Month } from "../lib/model/month";
import { addMonths, monthOf } from "../lib/model/month";
import type { Format, Niche, PayoutState, Platform, Stream } from "../lib/model/words";
import { conn, runPrepared, transaction } from "./client";
import { findFor } from "./rates";
import { audience, channels, creators, receipts, totals, trafficMonths } from "./schema";
import { scope } from "./scope";

export interface MonthTotals {
  creator: { id: string; name: string; currency: Currency; timeZone: string; isSample: boolean };
  /** in the creator's zone, by the database's clock */
  today: Day;
  ledger: Ledger;
  /** whether any receipt was ever logged: without one, nothing can be said about what has arrived */
  keepsReceipts: boolean;
  /** "EUR 2026-03" → units of the reporting currency per 1 unit, on the month's last day, else the latest before */
  rates: ReadonlyMap<string, string>;
}

/**
 * All earned months of a creator (or those from `from` to `to`), with what was drawn in them and the rates to
 * convert them, in one transaction. Amounts are integers summed by the database. Throws not_found to a stranger;
 * one who may not see amounts gets no money.
 */
export function byMonth(
  viewer: Viewer,
  creatorId: string,
  { from, to }: { from?: Month; to?: Month } = {},
): Promise<MonthTotals> {
  return transaction(viewer, async () => {
    const within = (month: SQL) =>
      sql`${from ? sql`and ${month} >= ${from}` : sql``} ${to ? sql`and ${month} <= ${to}` : sql``}`;
    const [facts, [money], [traffic], [audiences]] = await Promise.all([
      runPrepared<CreatorRow>(sql`
        select ${creators.id}, ${creators.name}, ${creators.currency}, ${creators.timeZone}, ${creators.isSample},
          to_char(now() at time zone ${creators.timeZone}, 'YYYY-MM-DD') as today,
          exists (
            select from ${receipts}
            where ${scope(viewer, receipts.creatorId, "amounts")} and ${receipts.creatorId} = ${creatorId}
          ) as keeps_receipts
        from ${creators} where ${scope(viewer, creators.id)} and ${creators.id} = ${creatorId}`),
      runPrepared<{ cells: MoneyRow[] }>(sql`
        select coalesce(json_agg(json_build_array(earned_month, stream, platform, format, currency, final, estimated) order by earned_month), '[]') as cells
        from (
          select ${totals.earnedMonth}, ${totals.stream}, ${channels.platform}, ${totals.format}, ${totals.currency},
            ${minorOf("final")} as final, ${minorOf("estimated")} as estimated
          from ${totals}
          left join ${channels} on ${channels.creatorId} = ${totals.creatorId} and ${channels.id} = ${totals.channelId}
          where ${scope(viewer, totals.creatorId, "amounts")} and ${totals.creatorId} = ${creatorId}
            ${within(sql`${totals.earnedMonth}`)}
          group by 1, 2, 3, 4, 5
          having bool_or(${totals.entries} <> 0) and (sum(${totals.entries}) <> 0 or sum(${totals.minor}) <> 0)
        ) cells`),
      runPrepared<{ cells: TrafficRow[] }>(sql`
        select coalesce(json_agg(json_build_array(month, platform, format, views, qualified_views, engaged_views, ad_impressions, watch_seconds)), '[]') as cells
        from (
          select ${trafficMonths.month}, ${channels.platform}, ${trafficMonths.format},
            ${sql.join(
              [
                trafficMonths.views,
                trafficMonths.qualifiedViews,
                trafficMonths.engagedViews,
                trafficMonths.adImpressions,
                trafficMonths.watchSeconds,
              ].map(
                (column) =>
                  sql`case when bool_and(${column} is not null) then sum(${column}) end as ${sql.identifier(column.name)}`,
              ),
              sql`, `,
            )}
          from ${trafficMonths}
          join ${channels} on ${channels.creatorId} = ${trafficMonths.creatorId} and ${channels.id} = ${trafficMonths.channelId}
          where ${scope(viewer, trafficMonths.creatorId)} and ${trafficMonths.creatorId} = ${creatorId}
            ${within(sql`${trafficMonths.month}`)}
          group by 1, 2, 3
        ) cells`),
      runPrepared<{ cells: AudienceRow[]; niches: Partial<Record<Platform, Niche>> | null }>(sql`
        select (
          select coalesce(json_agg(json_build_array(month, platform, views, shares)), '[]') from (
            select distinct on (${audience.channelId}, ${audience.month})
              ${audience.month}, ${channels.platform}, ${trafficMonths.views}, ${audience.shares}
            from ${audience}
            join ${channels} on ${channels.creatorId} = ${audience.creatorId} and ${channels.id} = ${audience.channelId}
            left join ${trafficMonths} on ${trafficMonths.creatorId} = ${audience.creatorId}
              and ${trafficMonths.channelId} = ${audience.channelId} and ${trafficMonths.month} = ${audience.month}
              and ${trafficMonths.format} = 'all'
            where ${scope(viewer, audience.creatorId)} and ${audience.creatorId} = ${creatorId}
            order by ${audience.channelId}, ${audience.month}, ${audience.recordedAt} desc, ${audience.id} desc
          ) latest
        ) as cells, (
          select json_object_agg(platform, niche) from (${nichesOf(viewer, creatorId)}) niches
        ) as niches`),
    ]);
    const creator = facts[0];
    if (!creator) throw notFound("creator");
    const cells = (money?.cells ?? []).map(moneyCell);
    const { rates, perUsd } = await ratesFor(viewer, creatorId, cells, creator.currency);
    return {
      creator: {
        id: creator.id,
        name: creator.name,
        currency: creator.currency,
        timeZone: creator.time_zone,
        isSample: creator.is_sample,
      },
      today: creator.today,
      keepsReceipts: creator.keeps_receipts,
      ledger: {
        money: cells,
        traffic: (traffic?.cells ?? []).map(trafficCell),
        audience: (audiences?.cells ?? []).map(audienceCell),
        niches: audiences?.niches ?? {},
        perUsd,
      },
      rates,
    };
  });
}

/** A cell of the kept totals that is not what the postings say. */
export interface TotalsDifference {
  earnedMonth: Month;
  bookedMonth: Month;
  channelId: string | null;
  format: Format | "all";
  stream: Stream;
  currency: string;
  state: PayoutState;
  /** null: there is no such cell on that side */
  keptMinor: bigint | null;
  postedMinor: bigint | null;
}

/** Compares the totals with the postings they are made of; empty when all is well. */
export function check(viewer: Viewer, creatorId: string): Promise<TotalsDifference[]> {
  return transaction(viewer, async () => {
    const rows = await conn().execute<Record<string, string | null>>(sql`
      select coalesce(k.earned_month, p.earned_month) as earned_month, coalesce(k.booked_month, p.booked_month) as booked_month,
        coalesce(k.channel_id, p.channel_id) as channel_id, coalesce(k.format, p.format) as format,
        coalesce(k.stream, p.stream) as stream, coalesce(k.currency, p.currency) as currency,
        coalesce(k.state, p.state) as state, k.minor::text as kept, p.minor::text as posted
      from (select * from ${totals} where ${scope(viewer, totals.creatorId, "amounts")} and ${totals.creatorId} = ${creatorId}) k
      full join totals_from_postings(${creatorId}) p
        on (k.earned_month, k.booked_month, coalesce(k.channel_id::text, ''), k.format, k.stream, k.currency, k.state)
         = (p.earned_month, p.booked_month, coalesce(p.channel_id::text, ''), p.format, p.stream, p.currency, p.state)
      where k.minor is distinct from p.minor or k.entries is distinct from p.entries
      order by 1, 2, 3, 4, 5, 6, 7`);
    return rows.map((row) => ({
      earnedMonth: row.earned_month as Month,
      bookedMonth: row.booked_month as Month,
      channelId: row.channel_id ?? null,
      format: row.format as Format | "all",
      stream: row.stream as Stream,
      currency: row.currency ?? "",
      state: row.state as PayoutState,
      keptMinor: row.kept == null ? null : BigInt(row.kept),
      postedMinor: row.posted == null ? null : BigInt(row.posted),
    }));
  });
}

/** Where a currency's rate for a month stands in `MonthTotals.rates`. */
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

interface CreatorRow {
  id: string;
  name: string;
  currency: Currency;
  time_zone: string;
  is_sample: boolean;
  today: Day;
  keeps_receipts: boolean;
}

export type MoneyRow = [
  Month,
  Stream,
  Platform | null,
  Format | "all",
  Currency,
  string | null,
  string | null,
];
export type TrafficRow = [Month, Platform, Format | "all", ...(number | null)[]];
export type AudienceRow = [Month, Platform, number | null, Record<string, number>];

export function moneyCell([
  month,
  stream,
  platform,
  format,
  currency,
  final,
  estimated,
]: MoneyRow): MoneyCell {
  return {
    month,
    stream,
    platform,
    format,
    currency,
    finalMinor: final === null ? null : BigInt(final),
    estimatedMinor: estimated === null ? null : BigInt(estimated),
  };
}

export function trafficCell([month, platform, format, ...counts]: TrafficRow): TrafficCell {
  const [
    views = null,
    qualifiedViews = null,
    engagedViews = null,
    adImpressions = null,
    watchSeconds = null,
  ] = counts;
  return { month, platform, format, views, qualifiedViews, engagedViews, adImpressions, watchSeconds };
}

export function audienceCell([month, platform, views, shares]: AudienceRow): AudienceCell {
  return { month, platform, views, shares };
}

/** The sum of a state's entries as text; null when it has none. */
function minorOf(state: PayoutState): SQL {
  const of = sql`filter (where ${totals.state} = ${sql.raw(`'${state}'`)})`;
  return sql`case when sum(${totals.entries}) ${of} <> 0 or sum(${totals.minor}) ${of} <> 0 then (sum(${totals.minor}) ${of})::text end`;
}

/** Also the month before each, at whose end a projection pins its rates. */
async function ratesFor(
  viewer: Viewer,
  creatorId: string,
  cells: readonly MoneyCell[],
  reporting: Currency,
): Promise<{ rates: Map<string, string>; perUsd: Record<string, string> }> {
  const first = new Map<Currency, Month>();
  const needs = new Map<string, { base: string; quote: string; month: Month }>();
  for (const { currency, month } of cells) {
    if (!first.has(currency)) first.set(currency, month);
    if (currency === reporting) continue;
    for (const each of [addMonths(month, -1), month])
      needs.set(rateKey(currency, each), { base: currency, quote: reporting, month: each });
  }
  const priors = [...first].filter(([currency]) => currency !== "USD");
  const found = await findFor(viewer, creatorId, [
    ...needs.values(),
    // The benchmark is put into a currency by the rate of its first month, or, failing that, by today's.
    ...priors.flatMap(([currency, month]) => [
      { base: "USD", quote: currency, month },
      { base: "USD", quote: currency, month: FAR },
    ]),
  ]);
  const rates = new Map<string, string>();
  [...needs.keys()].forEach((key, index) => {
    const rate = found[index]?.rate;
    if (rate) rates.set(key, rate);
  });
  const perUsd: Record<string, string> = {};
  priors.forEach(([currency], index) => {
    const at = needs.size + 2 * index;
    const rate = found[at]?.rate ?? found[at + 1]?.rate;
    if (rate) perUsd[currency] = rate;
  });
  return { rates, perUsd };
}

const FAR = monthOf("9999-12");
