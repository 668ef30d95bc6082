/** What is open of many creators at once, as calendar.owed says it of one: what lib/model/schedule calls late. */
import { sql } from "drizzle-orm";
import type { Currency } from "../lib/model/money";
import type { Day } from "../lib/model/month";
import type { RosterOwed } from "../lib/model/roster";
import { dealDueOn, type Owed, type OwedDeal } from "../lib/model/schedule";
import type { WrittenPayment } from "../lib/model/schedule-rules";
import type { DealState, PayoutState, Platform, Stream } from "../lib/model/words";
import { conn } from "./client";
import { type About, shown } from "./roster-scope";

type Writable = { payouts: Owed[]; deals: OwedDeal[]; written: WrittenPayment[]; keepsReceipts: boolean };

interface PayoutRow extends Record<string, unknown> {
  creator_id: string;
  chain_id: string;
  channel_id: string | null;
  platform: Platform | null;
  stream: Stream;
  from_day: Day;
  to_day: Day;
  currency: Currency;
  due: string;
  received: string;
  state: PayoutState;
  settled_on: Day | null;
  deal_id: string | null;
}

interface DealRow extends Record<string, unknown> {
  creator_id: string;
  deal_id: string;
  brand: string;
  currency: Currency;
  fee: string;
  state: DealState;
  expected_on: Day;
  invoiced_on: Day | null;
  terms_days: number | null;
}

/**
 * By creator, of those whose whole is in sight; nobody else's receipts are. Without a receipt nothing can be called
 * late but an invoice, so of such a creator no payout is read.
 */
export async function owedOf(about: About): Promise<Map<string, RosterOwed>> {
  const whole = shown(about, "whole");
  const keepers = sql`array(select distinct r.creator_id from receipts r where r.creator_id = any (${whole}))`;
  const [payouts, deals, rules, keeping] = await Promise.all([
    conn().execute<PayoutRow>(sql`
      with added as (
        select e.creator_id, e.about as chain_id, e.currency, sum(e.minor) as minor from payouts e
        where e.creator_id = any (${keepers}) and e.about is not null and e.kind <> 'void'
          and not exists (select from payouts l where l.creator_id = e.creator_id and l.replaces = e.id and l.replaces is not null)
        group by 1, 2, 3
      ), received as (
        select a.creator_id, a.chain_id, sum(a.minor) as minor
        from allocations a join receipts r on r.creator_id = a.creator_id and r.id = a.receipt_id
        where a.creator_id = any (${keepers}) and not r.is_void
          and not exists (select from receipts l where l.creator_id = r.creator_id and l.replaces = r.id)
        group by 1, 2
      )
      select o.creator_id, o.chain_id, o.channel_id, c.platform, o.stream, o.from_day, o.to_day, trim(o.currency) as currency,
        (o.minor + coalesce(d.minor, 0))::text as due, coalesce(g.minor, 0)::text as received, o.state, o.settled_on, o.deal_id
      from payouts o
      left join added d on d.creator_id = o.creator_id and d.chain_id = o.chain_id and d.currency = o.currency
      left join received g on g.creator_id = o.creator_id and g.chain_id = o.chain_id
      left join channels c on c.creator_id = o.creator_id and c.id = o.channel_id
      where o.creator_id = any (${keepers}) and o.about is null and o.kind <> 'void'
        and not exists (select from payouts l where l.creator_id = o.creator_id and l.replaces = o.id and l.replaces is not null)
        and o.minor + coalesce(d.minor, 0) > greatest(coalesce(g.minor, 0), 0)`),
    conn().execute<DealRow>(sql`
      with recursive chained as (
        select d.creator_id, d.id, d.id as chain_id from deals d where d.creator_id = any (${whole}) and d.replaces is null
        union all
        select d.creator_id, d.id, chained.chain_id from deals d
        join chained on d.creator_id = chained.creator_id and d.replaces = chained.id
      )
      select d.creator_id, chained.chain_id as deal_id, d.brand, trim(d.currency) as currency, said.fee::text as fee,
        d.state, d.expected_on, d.invoiced_on, d.terms_days
      from chained join deals d on d.creator_id = chained.creator_id and d.id = chained.id
      cross join lateral (
        select case when bool_or(p.currency <> d.currency) then 0 else greatest(d.fee_minor - coalesce(sum(p.minor), 0), 0) end as fee
        from payouts p
        where p.creator_id = d.creator_id and p.deal_id = chained.chain_id and p.kind = 'earning' and p.stream = 'sponsorship'
          and not exists (select from payouts l where l.creator_id = p.creator_id and l.replaces = p.id)
      ) said
      where d.creator_id = any (${whole}) and not d.is_void and d.state in ('agreed', 'delivered', 'invoiced')
        and not exists (select from deals l where l.creator_id = d.creator_id and l.replaces = d.id)`),
    conn().execute<{
      creator_id: string;
      subject: string;
      from_day: Day;
      body: Record<string, unknown>;
      source: string;
    }>(sql`
      select r.creator_id, r.subject, r.from_day, r.body, r.source from rules r
      where r.creator_id = any (${whole}) and r.kind = 'payment' and not r.is_void
        and not exists (select from rules l where l.creator_id = r.creator_id and l.replaces = r.id)
      order by r.from_day desc, r.recorded_at desc, r.id desc`),
    conn().execute<{ creator_id: string }>(sql`select unnest(${keepers}) as creator_id`),
  ]);
  const owed = new Map<string, Writable>();
  const of = (creatorId: string): Writable => {
    const known = owed.get(creatorId) ?? { payouts: [], deals: [], written: [], keepsReceipts: false };
    owed.set(creatorId, known);
    return known;
  };
  for (const { creator_id } of keeping) of(creator_id).keepsReceipts = true;
  for (const { creator_id, from_day: fromDay, ...rule } of rules)
    of(creator_id).written.push({ ...rule, fromDay });
  const dueOn = new Map<string, Day>();
  for (const row of deals) {
    const deal = dealOf(row);
    dueOn.set(deal.dealId, dealDueOn(deal));
    if (deal.feeMinor > 0n) of(row.creator_id).deals.push(deal);
  }
  for (const row of payouts)
    of(row.creator_id).payouts.push(payoutOf(row, dueOn.get(row.deal_id ?? "") ?? null));
  return owed;
}

function payoutOf(row: PayoutRow, dueOn: Day | null): Owed {
  return {
    chainId: row.chain_id,
    channelId: row.channel_id,
    channelName: null,
    platform: row.platform,
    stream: row.stream,
    fromDay: row.from_day,
    toDay: row.to_day,
    currency: row.currency,
    dueMinor: BigInt(row.due),
    receivedMinor: BigInt(row.received),
    receivedOn: null,
    state: row.state,
    settledOn: row.settled_on,
    dueOn,
  };
}

function dealOf(row: DealRow): OwedDeal {
  return {
    dealId: row.deal_id,
    brand: row.brand,
    platform: null,
    currency: row.currency,
    feeMinor: BigInt(row.fee),
    state: row.state,
    expectedOn: row.expected_on,
    invoicedOn: row.invoiced_on,
    termsDays: row.terms_days,
  };
}
