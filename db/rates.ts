/**
 * Exchange rates: append-only, each with its day and source. A wrong one is corrected by a newer of its day; one
 * that a person stated stands before the ECB's of the same day. A closed month keeps the rates it was closed with.
 */
import { and, count, desc, eq, type SQL, sql } from "drizzle-orm";
import { AppError, notFound } from "../lib/errors";
import type { Viewer } from "../lib/model/access";
import { type Currency, divideHalfEven, isCurrency } from "../lib/model/money";
import { type Day, isDay, lastDay, type Month, monthOf } from "../lib/model/month";
import { insertNew } from "./bulk";
import { conn, transaction } from "./client";
import { bodyHash, sameBody } from "./once";
import { closedMonths, creators, deals, payouts, rates, receipts, totals } from "./schema";
import { demand, scope, streamScope } from "./scope";

export interface Rate {
  id: string;
  day: Day;
  base: Currency;
  quote: Currency;
  /** a decimal: units of `quote` for 1 unit of `base` */
  rate: string;
  source: string;
  recordedBy: string;
  recordedAt: Date;
}

export interface NewRate {
  /** made by the browser before the first submit */
  id: string;
  day: string;
  base: string;
  quote: string;
  /** a decimal with at most 10 places */
  rate: string;
  source: string;
}

export interface RateNeed {
  base: string;
  quote: string;
  /** the earned month */
  month: string;
}

/** The rate to use for a need, and the row it was taken from. */
export interface FoundRate {
  id: string;
  day: Day;
  /** units of the need's quote for 1 unit of its base */
  rate: string;
  source: string;
  /** taken from the pair the other way round, as 1 / rate rounded to 10 places */
  isInverse: boolean;
}

/** Reference rates of the European Central Bank, fetched or brought as its file. */
export const ECB = "ECB";

const PLACES = 10;
const DECIMAL = /^(\d{1,10})(?:\.(\d{1,10}))?$/;

/** Records a rate. Errors: invalid by field; conflict when the id is there with other values. */
export function record(viewer: Viewer, creatorId: string, input: NewRate): Promise<{ id: string }> {
  return transaction(viewer, async () => {
    await demand(viewer, creatorId, "write");
    check(input);
    const { id, day, base, quote, rate, source } = input;
    const hash = bodyHash({ day, base, quote, rate, source });
    const isNew = await insertNew(rates, [
      { creatorId, id, day, base, quote, rate, source, recordedBy: id, bodyHash: hash },
    ]);
    if (!isNew.has(id)) {
      const [there] = await conn()
        .select({ bodyHash: rates.bodyHash })
        .from(rates)
        .where(
          and(scope(viewer, rates.creatorId, "amounts"), eq(rates.creatorId, creatorId), eq(rates.id, id)),
        );
      if (!there) throw notFound("rate");
      sameBody(there.bodyHash, hash);
    }
    return { id };
  });
}

/**
 * Records rates whose ids say what they are: those that are there already are left as they are. Answers how many
 * are new. Errors as record.
 */
export function recordAll(viewer: Viewer, creatorId: string, inputs: readonly NewRate[]): Promise<number> {
  return transaction(viewer, async () => {
    await demand(viewer, creatorId, "write");
    for (const input of inputs) check(input);
    const rows = inputs.map(({ id, day, base, quote, rate, source }) => {
      const hash = bodyHash({ day, base, quote, rate, source });
      return { creatorId, id, day, base, quote, rate, source, recordedBy: id, bodyHash: hash };
    });
    return (await insertNew(rates, rows)).size;
  });
}

export interface RatesUse {
  /** the reporting currency, and all that anything was earned, received or agreed in */
  reporting: Currency;
  currencies: Currency[];
  /** in which the agencies report that represent the creator */
  agencies: Currency[];
  /** the first day anything was earned; null: nothing yet */
  since: Day | null;
  /** the newest day that the source has a rate for, by pair: "EURUSD" */
  latest: Readonly<Record<string, Day>>;
}

/** Which rates a creator needs, and how far those of a source reach. Throws not_found to a stranger. */
export function use(viewer: Viewer, creatorId: string, source: string): Promise<RatesUse> {
  return transaction(viewer, async () => {
    const of = (table: typeof payouts | typeof receipts | typeof deals) => sql`
      select ${table.currency} as currency from ${table}
      where ${scope(viewer, table.creatorId, "amounts")} and ${table.creatorId} = ${creatorId}`;
    const [row] = await conn().execute<{
      reporting: Currency;
      currencies: Currency[];
      agencies: Currency[];
      since: Day | null;
      latest: Record<string, Day>;
    }>(sql`
      select ${creators.currency} as reporting,
        (select coalesce(json_agg(distinct trim(currency)), '[]')
          from (${of(payouts)} union ${of(receipts)} union ${of(deals)}) u) as currencies,
        (select coalesce(json_agg(g.currency order by g.currency), '[]')
          from agency_currencies(${creatorId}) g) as agencies,
        (select min(${payouts.fromDay})::text from ${payouts}
          where ${scope(viewer, payouts.creatorId, "amounts")} and ${payouts.creatorId} = ${creatorId}) as since,
        (select coalesce(json_object_agg(pair, day), '{}') from (
          select ${rates.base} || ${rates.quote} as pair, max(${rates.day})::text as day from ${rates}
          where ${scope(viewer, rates.creatorId, "amounts")} and ${rates.creatorId} = ${creatorId} and ${rates.source} = ${source}
          group by 1) newest) as latest
      from ${creators} where ${scope(viewer, creators.id)} and ${creators.id} = ${creatorId}`);
    if (!row) throw notFound("creator");
    return { ...row };
  });
}

/** Every rate ever recorded, newest day first; of one day and pair, the first listed counts in open months. */
export function list(
  viewer: Viewer,
  creatorId: string,
  options: { page?: number; size?: number } = {},
): Promise<{ rows: Rate[]; total: number }> {
  const { page = 1, size = 50 } = options;
  return transaction(viewer, async () => {
    const where = and(scope(viewer, rates.creatorId, "amounts"), eq(rates.creatorId, creatorId));
    const [rows, [counted]] = await Promise.all([
      conn()
        .select({
          id: rates.id,
          day: rates.day,
          base: rates.base,
          quote: rates.quote,
          rate: sql<string>`trim_scale(${rates.rate})::text`,
          source: rates.source,
          recordedBy: rates.recordedBy,
          recordedAt: rates.recordedAt,
        })
        .from(rates)
        .where(where)
        .orderBy(desc(rates.day), rates.base, rates.quote, isEcb, desc(rates.recordedAt), desc(rates.id))
        .limit(size)
        .offset((page - 1) * size),
      conn().select({ total: count() }).from(rates).where(where),
    ]);
    return {
      rows: rows.map((row) => ({
        ...row,
        day: row.day as Day,
        base: row.base as Currency,
        quote: row.quote as Currency,
      })),
      total: counted?.total ?? 0,
    };
  });
}

/**
 * The rate for each need, in the same order; null where there is none. It is the rate of the pair on the last
 * day of the earned month, else the latest before, whichever way round it was recorded (on the same day the
 * direct one; of one day a person's before the ECB's, then the one recorded last). A closed month uses what was
 * known when it was closed, where anything was. With `recordedBefore` it is what was known at that instant.
 */
export function findFor(
  viewer: Viewer,
  creatorId: string,
  needs: readonly RateNeed[],
  { recordedBefore }: { recordedBefore?: Date } = {},
): Promise<(FoundRate | null)[]> {
  const wanted = needs.map(({ base, quote, month }, index) => ({
    index,
    base,
    quote,
    until: lastDay(monthOf(month) as Month),
  }));
  const known = recordedBefore
    ? sql`and ${rates.recordedAt} < ${recordedBefore.toISOString()}::timestamptz`
    : sql``;
  const newest = (base: string, quote: string, isInverse: boolean) => sql`(
    select ${rates.id}, ${rates.day}::text as day, ${rates.rate}::text as rate, ${rates.source},
      ${isInverse}::boolean as is_inverse, ${isEcb} as is_ecb,
      coalesce(${rates.recordedAt} >= n.closed_at, false) as is_late
    from ${rates}
    where ${ofShared(viewer, creatorId)} and ${rates.creatorId} = ${creatorId}
      and ${rates.base} = n.${sql.raw(base)} and ${rates.quote} = n.${sql.raw(quote)} and ${rates.day} <= n.until ${known}
    order by is_late, ${rates.day} desc, is_ecb, ${rates.recordedAt} desc, ${rates.id} desc limit 1)`;
  return transaction(viewer, async () => {
    const found: (FoundRate | null)[] = needs.map(() => null);
    if (needs.length === 0) return found;
    const rows = await conn().execute<{
      index: number;
      id: string;
      day: Day;
      rate: string;
      source: string;
      is_inverse: boolean;
    }>(sql`
      select n.index, r.id, r.day, r.rate, r.source, r.is_inverse
      from (
        select w.*, ${closedMonths.closedAt} as closed_at
        from json_to_recordset(${JSON.stringify(wanted)}::json) as w(index int, base char(3), quote char(3), until date)
        left join ${closedMonths} on ${scope(viewer, closedMonths.creatorId)} and ${closedMonths.creatorId} = ${creatorId}
          and ${closedMonths.month} = to_char(w.until, 'YYYY-MM')
      ) n
      cross join lateral (
        select * from (${newest("base", "quote", false)} union all ${newest("quote", "base", true)}) both_ways
        order by is_late, day desc, is_ecb, is_inverse limit 1
      ) r`);
    for (const { index, id, day, rate, source, is_inverse: isInverse } of rows) {
      found[index] = { id, day, rate: isInverse ? inverseRate(rate) : plainRate(rate), source, isInverse };
    }
    return found;
  });
}

/** All rates; to who sees some streams, those of their currencies. */
function ofShared(viewer: Viewer, creatorId: string): SQL {
  const known = sql`(
    select ${totals.currency} from ${totals} where ${streamScope(viewer, totals)} and ${totals.creatorId} = ${creatorId}
    union select unnest(array[${creators.currency}, 'USD']) from ${creators} where ${creators.id} = ${creatorId})`;
  return sql`${scope(viewer, rates.creatorId, "figures")} and (
    ${scope(viewer, rates.creatorId, "amounts")} or (${rates.base} in ${known} and ${rates.quote} in ${known}))`;
}

const isEcb = sql`(${rates.source} = ${ECB})`;

function check({ day, base, quote, rate, source }: NewRate): void {
  const fields: Record<string, string> = {};
  if (!isDay(day)) fields.day = "Write the day as 2026-01-31.";
  if (!isCurrency(base)) fields.base = "Choose a currency.";
  if (!isCurrency(quote)) fields.quote = "Choose a currency.";
  else if (base === quote) fields.quote = "Choose another currency than the first one.";
  if (!DECIMAL.test(rate) || unitsOf(rate) === 0n)
    fields.rate = "Write a number above 0 with at most 10 decimals, such as 1.0845.";
  if (source.trim() === "") fields.source = "Say where the rate comes from, such as a bank or a web page.";
  if (Object.keys(fields).length > 0)
    throw new AppError("invalid", "Please look at the marked fields.", fields);
}

/** A stored rate without the zeros at its end. */
export function plainRate(rate: string): string {
  return plain(unitsOf(rate));
}

/** 10^-10ths. */
function unitsOf(rate: string): bigint {
  const [whole = "0", decimals = ""] = rate.split(".");
  return BigInt(whole + decimals.padEnd(PLACES, "0"));
}

/** A stored rate, of the pair the other way round: 1 / rate to 10 places. */
export function inverseRate(rate: string): string {
  return plain(divideHalfEven(10n ** BigInt(2 * PLACES), unitsOf(rate)));
}

function plain(units: bigint): string {
  const text = units.toString().padStart(PLACES + 1, "0");
  return `${text.slice(0, -PLACES)}.${text.slice(-PLACES)}`.replace(/\.?0+$/, "");
}
