/**
 * What a roster of a thousand creators costs: the data of its page, and of a search in it, against one statement that
 * sums up the same figures past the walls, on a connection of its own. In turn, in one process.
 */
import postgres from "postgres";
import { personViewer, type Viewer } from "../model/access";
import { addMonths, type Day, type Month } from "../model/month";
import { rollupOf } from "../model/roster";
import { rosterQuery } from "../roster-query";
import { readAttention, readRoster, sheetOf } from "../server/roster";
import { type BenchAgency, fillRoster } from "./bench-roster-data";
import { postgresArguments } from "./urls.mjs";

const BAR = 3;
const WARM_UP = 3;
const SIZE = { creators: 1_000, months: 24 };

export interface RosterBench {
  figures: Record<string, number>;
  missed: string[];
}

/** `superUrl` passes the walls; `turns` times each. */
export async function benchRoster(superUrl: string, today: Day, turns: number): Promise<RosterBench> {
  const sql = postgres(...postgresArguments(superUrl, { max: 1, onnotice() {} }));
  const times = { bare: [] as number[], page: [] as number[], search: [] as number[] };
  const missed: string[] = [];
  try {
    const agency = await fillRoster(sql, today, SIZE);
    const viewer = personViewer(agency.userId);
    for (let turn = -WARM_UP; turn < turns; turn++) {
      const bare = await timed(() => bareRollup(sql, agency));
      const page = await timed(() => pageData(viewer, agency, today));
      const search = await timed(() => searched(viewer, agency, today, turn));
      if (turn < 0) continue;
      times.bare.push(bare.ms);
      times.page.push(page.ms);
      times.search.push(search.ms);
      // Fast and wrong would be no use.
      if (bare.value !== page.value) missed.push(`the page sums up ${page.value}, the rows ${bare.value}`);
    }
  } finally {
    await sql.end({ timeout: 5 });
  }
  const figures: Record<string, number> = { ...SIZE, turns };
  for (const [name, share] of [
    ["P50", 0.5],
    ["P95", 0.95],
  ] as const) {
    const bare = quantile(times.bare, share);
    figures[`bareSql${name}Ms`] = round(bare);
    for (const part of ["page", "search"] as const) {
      const own = quantile(times[part], share);
      const ratio = round(own / bare);
      figures[`${part}${name}Ms`] = round(own);
      figures[`${part}${name}Ratio`] = ratio;
      if (ratio > BAR)
        missed.push(`the roster's ${part} costs ${ratio} times the bare SQL at ${name} (${BAR} allowed)`);
    }
  }
  return { figures, missed: [...new Set(missed)] };
}

/** All that the page reads and works out, up to the texts it shows. Answers what was earned in all. */
async function pageData(viewer: Viewer, { agencyId }: BenchAgency, today: Day): Promise<string> {
  const query = rosterQuery({}, today);
  const roster = await readRoster(viewer, agencyId, query, today);
  sheetOf(roster, query, "en-US");
  await readAttention(viewer, roster, query, "en-US");
  return String(rollupOf(roster.rows, roster.agency.currency).earnedMinor);
}

async function searched(viewer: Viewer, { agencyId }: BenchAgency, today: Day, turn: number): Promise<void> {
  const query = rosterQuery({ q: `Creator ${1 + (Math.abs(turn) % 99)}` }, today);
  const found = await readRoster(viewer, agencyId, query, today, "matches");
  sheetOf(found, query, "en-US");
}

/** Per creator: earned and views by month, projected, what was not entered, the last month, what is open. */
async function bareRollup(sql: postgres.Sql, { agencyId, month }: BenchAgency): Promise<string> {
  const from: Month = addMonths(month, -11);
  const rows = await sql<{ earned: string | null }[]>`
    with who as (
      select c.id, c.name from representations r join creators c on c.id = r.creator_id
      where r.agency_id = ${agencyId} and r.accepted_at is not null and r.ended_at is null
    ), cells as (
      select t.creator_id, t.earned_month as month, t.stream, t.currency, sum(t.minor) as minor from totals t
      where t.creator_id in (select id from who) and t.earned_month between ${from} and ${month} group by 1, 2, 3, 4
    ), rate as (
      select distinct on (x.creator_id, x.base, to_char(x.day, 'YYYY-MM')) x.creator_id, x.base, to_char(x.day, 'YYYY-MM') as month, x.rate
      from rates x where x.creator_id in (select id from who) and x.quote = 'USD'
      order by x.creator_id, x.base, to_char(x.day, 'YYYY-MM'), x.day desc
    ), earned as (
      select c.creator_id, c.month, sum(round(c.minor * case c.currency when 'USD' then 1 else r.rate end)) as minor
      from cells c left join rate r on r.creator_id = c.creator_id and r.base = c.currency and r.month = c.month group by 1, 2
    ), money as (
      select creator_id, string_agg(month || ' ' || minor, ',') as months, sum(minor) filter (where month = ${month}) as minor from earned group by 1
    ), projected as (
      select p.creator_id, string_agg(p.target_month || ' ' || p.median_minor || ' ' || p.lo80_minor || ' ' || p.hi80_minor, ',') as months
      from projections p
      where p.creator_id in (select id from who) and p.stream = 'total' and p.horizon = 1 and p.target_month between ${from} and ${month} group by 1
    ), waiting as (
      select p.creator_id, sum(p.median_minor) as minor from projections p
      where p.creator_id in (select id from who) and p.stream <> 'total' and p.horizon = 1 and p.target_month = ${month}
        and not exists (
          select from totals t join channels h on h.creator_id = t.creator_id and h.id = t.channel_id
          where t.creator_id = p.creator_id and t.earned_month = p.target_month and t.stream = p.stream and t.currency = p.currency and h.platform = p.platform)
      group by 1
    ), views as (
      select creator_id, string_agg(month || ' ' || views, ',') as months from (
        select v.creator_id, v.month, sum(v.views) as views from traffic_months v
        where v.creator_id in (select id from who) and v.format = 'all' and v.month between ${from} and ${month} group by 1, 2
      ) m group by 1
    ), last as (
      select o.creator_id, max(o.earned_month) as month from rollups o where o.creator_id in (select id from who) group by 1
    ), received as (
      select a.creator_id, a.chain_id, sum(a.minor) as minor from allocations a join receipts r on r.creator_id = a.creator_id and r.id = a.receipt_id
      where not r.is_void and not exists (select from receipts l where l.creator_id = r.creator_id and l.replaces = r.id) group by 1, 2
    ), open as (
      select p.creator_id, count(*) as payments, sum(p.minor - coalesce(g.minor, 0)) as minor
      from payouts p left join received g on g.creator_id = p.creator_id and g.chain_id = p.chain_id
      where p.creator_id in (select r.creator_id from receipts r) and p.about is null and p.minor > coalesce(g.minor, 0)
        and not exists (select from payouts l where l.creator_id = p.creator_id and l.replaces = p.id) group by 1
    )
    select w.*, m.months, m.minor::text as earned, p.months as projected, n.minor as waiting, v.months as views, l.month as last, o.payments, o.minor as open
    from who w left join money m on m.creator_id = w.id left join projected p on p.creator_id = w.id
    left join waiting n on n.creator_id = w.id left join views v on v.creator_id = w.id left join last l on l.creator_id = w.id
    left join open o on o.creator_id = w.id
    order by w.name`;
  return String(rows.reduce((sum, { earned }) => sum + BigInt(earned ?? "0"), 0n));
}

async function timed<Value>(work: () => Promise<Value>): Promise<{ ms: number; value: Value }> {
  const begun = performance.now();
  const value = await work();
  return { ms: performance.now() - begun, value };
}

function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
