/**
 * What payouts were made of, month by month: the same split by day, to the minor unit, as the totals have. And what
 * arrived. Sums of the database; dividing and converting is lib/model's.
 */
import { type SQL, sql } from "drizzle-orm";
import { notFound } from "../lib/errors";
import type { Viewer } from "../lib/model/access";
import type { Currency } from "../lib/model/money";
import { firstDay, lastDay, type Month } from "../lib/model/month";
import type { EntryKind, Stream } from "../lib/model/words";
import type { MonthLadder, MonthReceived } from "../lib/model/year";
import { conn, read } from "./client";
import { allocations, creators, payouts, receipts } from "./schema";
import { scope, staysInSight, streamScope } from "./scope";

type Range = { from: Month; to: Month };

const P = { creatorId: sql`p.creator_id`, stream: sql`p.stream` };

/**
 * The entries that count, of earned months `from` to `to`, by month, stream and currency, in calendar order. Throws
 * not_found to a stranger; one who may not see amounts gets none.
 */
export function byMonth(viewer: Viewer, creatorId: string, { from, to }: Range): Promise<MonthLadder[]> {
  return read(viewer, async () => {
    const sums = await conn().execute<LadderRow>(sql`
      with parts as (
        select p.stream, p.currency, p.kind, p.state, m.month, (${made("gross")}) is not null as is_made,
          ${part(sql`p.minor`)} as minor, ${part(made("gross"))} as gross,
          ${part(given)} - ${part(made("gross"))} - ${part(made("adjustment"))} - ${part(made("refunded"))} as platform,
          ${part(made("adjustment"))} as adjusted, ${part(made("refunded"))} as refunded, ${part(units)} as units
        from ${payouts} p cross join lateral (
          select to_char(d, 'YYYY-MM') as month, p.to_day - p.from_day + 1 as days,
            greatest(d::date, p.from_day) - p.from_day as before,
            least((d + interval '1 month')::date - 1, p.to_day) - p.from_day + 1 as upto
          from generate_series(date_trunc('month', p.from_day::timestamp), p.to_day::timestamp, interval '1 month') d
        ) m
        where p.creator_id = ${creatorId} and ${streamScope(viewer, P)} and p.kind <> 'void'
          and p.from_day <= ${lastDay(to)} and p.to_day >= ${firstDay(from)} and m.month between ${from} and ${to}
          and not exists (select from ${payouts} l where l.creator_id = p.creator_id and l.replaces = p.id)
          and ${staysInSight(creatorId, sql`p.id`)}
      )
      select month, stream, currency,
        ${sumOf(sql`minor`, sql`kind = 'earning' and state = 'final'`)} as final,
        ${sumOf(sql`minor`, sql`kind = 'earning' and state = 'estimated'`)} as estimated,
        ${sql.join(
          ABOUT.map((kind) => sql`${sumOf(sql`minor`, sql`kind = ${kind}`)} as ${sql.identifier(kind)}`),
          sql`, `,
        )},
        bool_or(is_made) as is_made, ${sumOf(sql`minor`, sql`is_made`)} as made, ${sumOf(sql`gross`, sql`is_made`)} as gross,
        ${sumOf(sql`platform`, sql`is_made`)} as platform, ${sumOf(sql`adjusted`, sql`is_made`)} as adjusted,
        ${sumOf(sql`refunded`, sql`is_made`)} as refunded, (sum(units) filter (where is_made))::text as units
      from parts group by 1, 2, 3 order by 1, 2, 3`);
    await demandCreator(viewer, creatorId);
    return sums.map(ladderOf);
  });
}

/** What receipts dated in the months `from` to `to` paid of payouts, by month, stream and currency of the payouts. */
export function received(viewer: Viewer, creatorId: string, { from, to }: Range): Promise<MonthReceived[]> {
  return read(viewer, async () => {
    const rows = await conn().execute<{
      month: Month;
      stream: Stream;
      currency: Currency;
      minor: string;
    }>(sql`
      select to_char(r.received_on, 'YYYY-MM') as month, p.stream, p.currency, sum(a.minor)::text as minor
      from ${receipts} r
      join ${allocations} a on a.creator_id = r.creator_id and a.receipt_id = r.id
      join lateral (
        select c.stream, c.currency from ${payouts} c
        where c.creator_id = a.creator_id and c.chain_id = a.chain_id
          and not exists (select from ${payouts} l where l.creator_id = c.creator_id and l.replaces = c.id)
      ) p on true
      where r.creator_id = ${creatorId} and ${scope(viewer, sql`r.creator_id`, "amounts")} and not r.is_void
        and r.received_on between ${firstDay(from)} and ${lastDay(to)}
        and not exists (select from ${receipts} l where l.creator_id = r.creator_id and l.replaces = r.id)
      group by 1, 2, 3 order by 1, 2, 3`);
    await demandCreator(viewer, creatorId);
    return rows.map((row) => ({ ...row, minor: BigInt(row.minor) }));
  });
}

/** The first and the last month in which anything was earned; null before that. */
export function span(viewer: Viewer, creatorId: string): Promise<Range | null> {
  return read(viewer, async () => {
    const [row] = await conn().execute<{ from: Month | null; to: Month | null }>(sql`
      select to_char(min(p.from_day), 'YYYY-MM') as from, to_char(max(p.to_day), 'YYYY-MM') as to from ${payouts} p
      where p.creator_id = ${creatorId} and ${streamScope(viewer, P)} and p.kind <> 'void'
        and not exists (select from ${payouts} l where l.creator_id = p.creator_id and l.replaces = p.id)
        and ${staysInSight(creatorId, sql`p.id`)}`);
    await demandCreator(viewer, creatorId);
    return row?.from && row.to ? { from: row.from, to: row.to } : null;
  });
}

// ---------------------------------------------------------------- parts of statements

const ABOUT = ["refund", "clawback", "adjustment", "withheld", "fee"] as const satisfies readonly EntryKind[];

/** A step of the ladder that lib/model keeps with an earning; null where there is none. */
function made(step: "gross" | "platform" | "adjustment" | "refunded"): SQL {
  const text = sql`p.makings -> 'ladder' ->> ${sql.raw(`'${step}'`)}`;
  return sql`(case when p.kind = 'earning' and ${text} ~ '^-?[0-9]{1,19}$' then (${text})::numeric end)`;
}

/**
 * What the steps come to: where the platform's is not told, the amount. A month's part of it less the parts of the
 * other steps is the platform's, so that the steps of a month add up as those of the whole do.
 */
const given = sql`coalesce(${made("gross")} + ${made("platform")} + ${made("adjustment")} + ${made("refunded")}, p.minor)`;

const units = sql`(case when p.makings ->> 'units' ~ '^[0-9]{1,15}$' then (p.makings ->> 'units')::numeric end)`;

/** A month's part of what a whole period brought. */
function part(whole: SQL): SQL {
  return sql`(div(${whole} * m.upto, m.days) - div(${whole} * m.before, m.days))`;
}

function sumOf(what: SQL, where: SQL): SQL {
  return sql`coalesce(sum(${what}) filter (where ${where}), 0)::text`;
}

type Sum =
  | "final"
  | "estimated"
  | (typeof ABOUT)[number]
  | "made"
  | "gross"
  | "platform"
  | "adjusted"
  | "refunded";
type LadderRow = Record<Sum, string> & {
  month: Month;
  stream: Stream;
  currency: Currency;
  is_made: boolean;
  units: string | null;
};

function ladderOf(row: LadderRow): MonthLadder {
  const { month, stream, currency } = row;
  return {
    ...{ month, stream, currency },
    finalMinor: BigInt(row.final),
    estimatedMinor: BigInt(row.estimated),
    refundMinor: BigInt(row.refund),
    clawbackMinor: BigInt(row.clawback),
    adjustmentMinor: BigInt(row.adjustment),
    withheldMinor: BigInt(row.withheld),
    feeMinor: BigInt(row.fee),
    made: row.is_made
      ? {
          minor: BigInt(row.made),
          gross: BigInt(row.gross),
          platform: BigInt(row.platform),
          adjustment: BigInt(row.adjusted),
          refunded: BigInt(row.refunded),
          units: row.units === null ? null : BigInt(row.units),
        }
      : null,
  };
}

/** No rows say nothing about who asked. */
async function demandCreator(viewer: Viewer, creatorId: string): Promise<void> {
  const [creator] = await conn().execute(
    sql`select from ${creators} where ${scope(viewer, creators.id)} and ${creators.id} = ${creatorId}`,
  );
  if (!creator) throw notFound("creator");
}
