/** The rates of many creators at once: read in one pass, then found as rates.findFor finds them. */
import { sql } from "drizzle-orm";
import type { Currency } from "../lib/model/money";
import type { Day, Month } from "../lib/model/month";
import type { FindRate, RosterRate } from "../lib/model/roster";
import { conn } from "./client";
import { ECB, inverseRate, plainRate } from "./rates";
import { type About, shown } from "./roster-scope";

/** The last of its month and pair, of those that the same closings came before; those before the first month in one. */
interface Candidate extends RosterRate {
  readonly month: Month;
  readonly recordedAt: string;
}

interface Row extends Record<string, unknown> {
  creator_id: string;
  currency: Currency;
  month: Month;
  day: Day;
  rate: string;
  source: string;
  is_inverse: boolean;
  recorded_at: string;
}

/** By the rule of rates.findFor: all rates between the agency's currency and others, for the months up to `to` and the one before `from`. */
export async function ratesOf(
  about: About,
  { from, to }: { from: Month; to: Month },
  currency: Currency,
): Promise<FindRate> {
  const month = sql`greatest(to_char(x.day, 'YYYY-MM'), to_char(to_date(${from}, 'YYYY-MM') - interval '2 months', 'YYYY-MM'))`;
  // Of one day a person's goes before the ECB's, a direct rate before an inverse one, then the one recorded last. A month
  // that is closed takes what was known then: so one of each span between a creator's closings is read, and no more.
  const [rows, closed] = await Promise.all([
    conn().execute<Row>(sql`
      select * from (select distinct on (creator_id, currency, month, closings) * from (
        select x.creator_id, case when x.quote = ${currency} then x.base else x.quote end as currency, ${month} as month,
          x.day::text as day, x.rate::text as rate, x.source, x.base = ${currency} as is_inverse,
          to_json(x.recorded_at) #>> '{}' as recorded_at, x.source = ${ECB} as is_ecb, x.id,
          coalesce(width_bucket(x.recorded_at, k.closed), 0) as closings
        from rates x left join (
          select k.creator_id, array_agg(k.closed_at order by k.closed_at) as closed from closed_months k
          where k.creator_id = any (${shown(about, "whole")}) group by 1
        ) k on k.creator_id = x.creator_id
        where x.creator_id = any (${shown(about, "whole")}) and (x.quote = ${currency} or x.base = ${currency})
          and x.day < (to_date(${to}, 'YYYY-MM') + interval '1 month')::date
      ) found
      order by creator_id, currency, month, closings, day desc, is_ecb, is_inverse, recorded_at desc, id desc) newest
      order by creator_id, currency, month, day, is_ecb desc, is_inverse desc, recorded_at, id`),
    conn().execute<{ creator_id: string; month: Month; closed_at: string }>(sql`
      select k.creator_id, k.month, to_json(k.closed_at) #>> '{}' as closed_at from closed_months k
      where k.creator_id = any (${shown(about, "whole")}) and k.month <= ${to}`),
  ]);
  const known = new Map<string, Candidate[]>();
  for (const row of rows) {
    const key = `${row.creator_id} ${row.currency}`;
    const { day, source, month, rate, is_inverse: isInverse, recorded_at: recordedAt } = row;
    const candidate = {
      day,
      source,
      month,
      recordedAt,
      isInverse,
      rate: isInverse ? inverseRate(rate) : plainRate(rate),
    };
    known.set(key, [...(known.get(key) ?? []), candidate]);
  }
  const closedAt = new Map(closed.map((row) => [`${row.creator_id} ${row.month}`, row.closed_at]));
  return (creatorId, other, month) => {
    const before = (known.get(`${creatorId} ${other}`) ?? []).filter((each) => each.month <= month);
    const at = closedAt.get(`${creatorId} ${month}`);
    const inTime = at === undefined ? before : before.filter(({ recordedAt }) => recordedAt < at);
    return inTime.at(-1) ?? before.at(-1) ?? null;
  };
}
