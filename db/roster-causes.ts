/** One month of some creators, stream by stream, with what was projected: what their gaps are explained from. */
import { sql } from "drizzle-orm";
import type { Viewer } from "../lib/model/access";
import { BUILT_IN } from "../lib/model/benchmarks";
import { type Ledger, streamId } from "../lib/model/histories";
import type { Currency } from "../lib/model/money";
import type { Month } from "../lib/model/month";
import type { Projection } from "../lib/model/projection";
import type { Format, Platform, Stream } from "../lib/model/words";
import { demandMember } from "./agencies";
import { conn, read } from "./client";
import { storedProjection } from "./projections";
import { type About, shown, shownStreams } from "./roster-scope";
import { type MoneyRow, moneyCells, type TrafficRow, trafficCells } from "./totals";

export interface MonthOfCreator {
  /** of this month alone, in the streams in sight */
  readonly ledger: Ledger;
  /** the kept projections by stream, with what each pinned; null: it is in the creator's own currency */
  readonly projected: ReadonlyMap<string, { readonly projection: Projection; readonly rate: string | null }>;
}

type OfCreator = { creator_id: string };

/** By creator, of those whom the viewer sees by this agency with amounts; nothing of others. Throws not_found to a stranger. */
export function listMonth(
  viewer: Viewer,
  agencyId: string,
  ids: readonly string[],
  month: Month,
): Promise<Map<string, MonthOfCreator>> {
  const about: About = { viewer, agencyId, ids };
  const inSight = (of: "t" | "p" | "e") => {
    const alias = sql.raw(of);
    return sql`${alias}.creator_id = any (${shown(about, "amounts")})
      and (${alias}.creator_id = any (${shown(about, "whole")}) or (${alias}.creator_id, ${alias}.stream) in ${shownStreams(about)})`;
  };
  return read(viewer, async () => {
    await demandMember(viewer, agencyId);
    const seen = await conn().execute<OfCreator>(
      sql`select unnest(${shown(about, "amounts")}) as creator_id`,
    );
    if (seen.length === 0) return new Map();
    const [money, adjusted, traffic, audience, kept] = await Promise.all([
      conn().execute<MoneyRow & OfCreator>(sql`
        select t.creator_id, t.stream, h.platform, t.format, trim(t.currency) as currency, t.state,
          array_agg(t.earned_month) as months, array_agg(t.minor) as minors, array_agg(t.entries) as entries
        from totals t left join channels h on h.creator_id = t.creator_id and h.id = t.channel_id
        where ${inSight("t")} and t.earned_month = ${month}
        group by 1, 2, 3, 4, 5, 6`),
      conn().execute<OfCreator & Adjusted>(sql`
        select e.creator_id, e.stream, h.platform, e.format, trim(e.currency) as currency, sum(o.minor)::text as minor
        from payouts e
        join postings o on o.creator_id = e.creator_id and o.of_id = e.id
        left join channels h on h.creator_id = e.creator_id and h.id = e.channel_id
        where ${inSight("e")} and e.about is not null and o.earned_month = ${month}
        group by 1, 2, 3, 4, 5`),
      conn().execute<TrafficRow & OfCreator>(sql`
        select v.creator_id, h.platform, v.format, array_agg(v.month) as months, array_agg(v.views) as views,
          array_agg(v.qualified_views) as qualified_views, array_agg(v.engaged_views) as engaged_views,
          array_agg(v.ad_impressions) as ad_impressions, array_agg(v.watch_seconds) as watch_seconds
        from traffic_months v join channels h on h.creator_id = v.creator_id and h.id = v.channel_id
        where v.creator_id = any (${shown(about, "amounts")}) and v.month = ${month}
        group by v.creator_id, v.channel_id, h.platform, v.format`),
      conn().execute<
        OfCreator & { platform: Platform; shares: Record<string, number>; views: string | null }
      >(sql`
        select distinct on (u.creator_id, u.channel_id) u.creator_id, h.platform, u.shares, v.views::text as views
        from audience u join channels h on h.creator_id = u.creator_id and h.id = u.channel_id
        left join traffic_months v on v.creator_id = u.creator_id and v.channel_id = u.channel_id and v.month = u.month and v.format = 'all'
        where u.creator_id = any (${shown(about, "amounts")}) and u.month = ${month}
        order by u.creator_id, u.channel_id, u.recorded_at desc, u.id desc`),
      conn().execute<OfCreator & Kept>(sql`
        select p.creator_id, p.stream, p.platform, p.format, trim(p.currency) as currency, trim_scale(p.rate)::text as rate, p.detail
        from projections p
        where ${inSight("p")} and p.horizon = 1 and p.stream <> 'total' and p.target_month = ${month}`),
    ]);
    const of = <Row extends OfCreator>(rows: readonly Row[], id: string) =>
      rows.filter(({ creator_id }) => creator_id === id);
    return new Map(
      seen.map(({ creator_id: id }): [string, MonthOfCreator] => {
        const adjustments = new Map(of(adjusted, id).map((row) => [streamId(row), BigInt(row.minor)]));
        return [
          id,
          {
            ledger: {
              money: moneyCells(of(money, id)).map((cell) => {
                const adjustmentsMinor = adjustments.get(streamId(cell)) ?? 0n;
                return adjustmentsMinor === 0n ? cell : { ...cell, adjustmentsMinor };
              }),
              traffic: trafficCells(of(traffic, id)),
              audience: of(audience, id).map(({ platform, shares, views }) => ({
                ...{ month, platform, shares, views: views === null ? null : Number(views) },
              })),
              ...{ niches: {}, deals: [], events: [], perUsd: {}, benchmarks: BUILT_IN },
            },
            projected: new Map(
              of(kept, id).map(({ stream, platform, format, currency, rate, detail }) => [
                streamId({ stream, format, currency, platform: platform === "none" ? null : platform }),
                { projection: storedProjection(detail), rate },
              ]),
            ),
          },
        ];
      }),
    );
  });
}

interface Cell extends Record<string, unknown> {
  stream: Stream;
  format: Format | "all";
  currency: Currency;
}

interface Adjusted extends Cell {
  platform: Platform | null;
  minor: string;
}

interface Kept extends Cell {
  platform: Platform | "none";
  rate: string | null;
  detail: Record<string, unknown>;
}
