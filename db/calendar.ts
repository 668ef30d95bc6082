/** What is owed and what has come of it, and the secret addresses under which calendars show when it is due. */
import { and, asc, eq, isNull, type SQL, sql } from "drizzle-orm";
import { AppError, notFound } from "../lib/errors";
import type { Viewer } from "../lib/model/access";
import type { Currency } from "../lib/model/money";
import type { Day } from "../lib/model/month";
import { dealDueOn, type Owed, type OwedDeal } from "../lib/model/schedule";
import type { WrittenPayment } from "../lib/model/schedule-rules";
import type { DealState, PayoutState, Platform, Stream } from "../lib/model/words";
import { note as audit } from "./audit";
import { insertNew } from "./bulk";
import { conn, transaction } from "./client";
import { chainsOf, missingFee } from "./deals";
import { allocations, calendarFeeds, channels, deals, members, payouts, receipts, rules } from "./schema";
import { demand, scope } from "./scope";

export interface OwedThings {
  payouts: (Owed & { recordedAt: Date })[];
  deals: (OwedDeal & { recordedAt: Date })[];
  written: WrittenPayment[];
  keepsReceipts: boolean;
}

/**
 * Every payout that is open, and those that came for periods that ended on or after `since`, with what has arrived
 * of each; deals that are agreed and not paid, with what no payout says of them yet; rules about payment, newest of a
 * day first. Throws not_found to a stranger.
 */
export function owed(viewer: Viewer, creatorId: string, since: Day): Promise<OwedThings> {
  return transaction(viewer, async () => {
    await demand(viewer, creatorId, "amounts");
    const [owedPayouts, owedDeals, written, [kept]] = await Promise.all([
      conn().execute<PayoutRow>(payoutsOwed(viewer, creatorId, since)),
      conn().execute<DealRow>(dealsOwed(viewer, creatorId)),
      conn().execute<RuleRow>(sql`
        select r.subject, r.from_day, r.body, r.source from ${rules} r
        where ${scoped(viewer, sql`r.creator_id`)} and r.creator_id = ${creatorId} and r.kind = 'payment'
          and not r.is_void and not exists (select from rules l where l.creator_id = r.creator_id and l.replaces = r.id)
        order by r.from_day desc, r.recorded_at desc, r.id desc`),
      conn().execute<{ keeps: boolean }>(sql`
        select exists (
          select from ${receipts} r where ${scoped(viewer, sql`r.creator_id`)} and r.creator_id = ${creatorId}
        ) as keeps`),
    ]);
    // What a payout says of a deal's money is nearer than the deal itself, but for the day.
    const dueOn = new Map(owedDeals.map((row) => [row.deal_id, dealDueOn(dealOf(row))]));
    return {
      payouts: owedPayouts.map((row) => payoutOf(row, dueOn.get(row.deal_id ?? "") ?? null)),
      deals: owedDeals.map(dealOf).filter(({ feeMinor }) => feeMinor > 0n),
      written: written.map(({ from_day: fromDay, ...row }) => ({ ...row, fromDay })),
      keepsReceipts: kept?.keeps ?? false,
    };
  });
}

// ---------------------------------------------------------------- feeds

export interface Feed {
  id: string;
  label: string;
  /** figures in it too, not only that something is due */
  amounts: boolean;
  recordedBy: string;
  recordedAt: Date;
}

/** The addresses that work, oldest first, for those who may make them. */
export function listFeeds(viewer: Viewer, creatorId: string): Promise<Feed[]> {
  return transaction(viewer, async () => {
    await demandOwn(viewer, creatorId);
    return conn()
      .select(FEED)
      .from(calendarFeeds)
      .where(open(viewer, creatorId))
      .orderBy(asc(calendarFeeds.recordedAt));
  });
}

/**
 * Makes an address. `secretHash` is SHA-256 of its secret; the secret itself is never stored. The same id with the
 * same values answers the same; with others it is refused.
 */
export function createFeed(
  viewer: Viewer,
  creatorId: string,
  input: { id: string; label: string; amounts: boolean; secretHash: Buffer },
): Promise<{ id: string }> {
  return transaction(viewer, async () => {
    await demandOwn(viewer, creatorId);
    const { id, label, amounts } = input;
    const isNew = await insertNew(calendarFeeds, [{ creatorId, ...input, recordedBy: id }]);
    if (isNew.has(id)) {
      await audit(creatorId, "calendar.shared", id, { amounts });
      return { id };
    }
    const [there] = await conn()
      .select(FEED)
      .from(calendarFeeds)
      .where(and(ofFeed(viewer, creatorId), eq(calendarFeeds.id, id)));
    if (there?.label !== label || there.amounts !== amounts)
      throw new AppError("conflict", "This form was already sent with other values. Reload the page.");
    return { id };
  });
}

/** Ends an address at once. Throws not_found when there is none that works. */
export function revokeFeed(viewer: Viewer, creatorId: string, id: string): Promise<void> {
  return transaction(viewer, async () => {
    await demandOwn(viewer, creatorId);
    const { count } = await conn()
      .update(calendarFeeds)
      .set({ revokedAt: sql`now()` })
      .where(and(open(viewer, creatorId), eq(calendarFeeds.id, id)));
    if (count === 0) throw notFound("calendar address");
    await audit(creatorId, "calendar.revoked", id, {});
  });
}

/** The feed of a secret while it works: not revoked, and made by somebody who still belongs to the creator. */
export function findFeed(
  viewer: Viewer,
  creatorId: string,
  link: { id: string; secretHash: Buffer },
): Promise<Feed | null> {
  return transaction(viewer, async () => {
    const [feed] = await conn()
      .select(FEED)
      .from(calendarFeeds)
      .where(
        and(
          open(viewer, creatorId),
          eq(calendarFeeds.id, link.id),
          eq(calendarFeeds.secretHash, link.secretHash),
          sql`exists (
            select from ${members} m where m.creator_id = ${calendarFeeds.creatorId}
              and m.user_id = ${calendarFeeds.recordedBy} and m.removed_at is null)`,
        ),
      );
    return feed ?? null;
  });
}

const FEED = {
  id: calendarFeeds.id,
  label: calendarFeeds.label,
  amounts: calendarFeeds.amounts,
  recordedBy: calendarFeeds.recordedBy,
  recordedAt: calendarFeeds.recordedAt,
};

/** An address that works without signing in would outlive what an agency is shown. */
async function demandOwn(viewer: Viewer, creatorId: string): Promise<void> {
  await demand(viewer, creatorId, "write");
  await demand(viewer, creatorId, "house");
}

function ofFeed(viewer: Viewer, creatorId: string): SQL | undefined {
  return and(
    scope(viewer, calendarFeeds.creatorId, "write"),
    scope(viewer, calendarFeeds.creatorId, "house"),
    eq(calendarFeeds.creatorId, creatorId),
  );
}

function open(viewer: Viewer, creatorId: string): SQL | undefined {
  return and(ofFeed(viewer, creatorId), isNull(calendarFeeds.revokedAt));
}

// ---------------------------------------------------------------- what is owed

/** The first wall for tables under another name. */
function scoped(viewer: Viewer, column: SQL): SQL {
  return scope(viewer, column, "amounts");
}

interface RuleRow extends Record<string, unknown> {
  subject: string;
  from_day: Day;
  body: Record<string, unknown>;
  source: string;
}

interface PayoutRow extends Record<string, unknown> {
  chain_id: string;
  channel_id: string | null;
  channel_name: string | null;
  platform: Platform | null;
  stream: Stream;
  from_day: Day;
  to_day: Day;
  currency: Currency;
  due: string;
  received: string;
  received_on: Day | null;
  state: PayoutState;
  settled_on: Day | null;
  deal_id: string | null;
  recorded_at: string;
}

/** As receipts sum it: the entry that counts with those about it, against what the receipts that count paid of it. */
function payoutsOwed(viewer: Viewer, creatorId: string, since: Day): SQL {
  return sql`
    with entry as (
      select p.* from ${payouts} p
      where ${scoped(viewer, sql`p.creator_id`)} and p.creator_id = ${creatorId} and p.kind <> 'void'
        and not exists (select from payouts l where l.creator_id = p.creator_id and l.replaces = p.id)
    ), added as (
      select e.about as chain_id, e.currency, sum(e.minor) as minor from entry e
      where e.about is not null group by 1, 2
    ), received as (
      select a.chain_id, sum(a.minor) as minor, max(r.received_on) as received_on
      from ${allocations} a join ${receipts} r on r.creator_id = a.creator_id and r.id = a.receipt_id
      where ${scoped(viewer, sql`a.creator_id`)} and a.creator_id = ${creatorId} and not r.is_void
        and not exists (select from receipts l where l.creator_id = r.creator_id and l.replaces = r.id)
      group by 1
    ), owed as (
      select e.*, e.minor + coalesce(d.minor, 0) as due, coalesce(r.minor, 0) as received, r.received_on
      from entry e
      left join added d on d.chain_id = e.chain_id and d.currency = e.currency
      left join received r on r.chain_id = e.chain_id
      where e.about is null
    )
    select o.chain_id, o.channel_id, c.name as channel_name, c.platform, o.stream, o.from_day, o.to_day, o.currency,
      o.due::text, o.received::text, o.received_on, o.state, o.settled_on,
      o.deal_id, to_json(o.recorded_at) #>> '{}' as recorded_at
    from owed o left join ${channels} c on c.creator_id = o.creator_id and c.id = o.channel_id
    where o.due > 0 and (o.due > o.received or o.to_day >= ${since})
    order by o.to_day, o.chain_id`;
}

function payoutOf(row: PayoutRow, dueOn: Day | null): OwedThings["payouts"][number] {
  return {
    chainId: row.chain_id,
    channelId: row.channel_id,
    channelName: row.channel_name,
    platform: row.platform,
    stream: row.stream,
    fromDay: row.from_day,
    toDay: row.to_day,
    currency: row.currency,
    dueMinor: BigInt(row.due),
    receivedMinor: BigInt(row.received),
    receivedOn: row.received_on,
    state: row.state,
    settledOn: row.settled_on,
    dueOn,
    recordedAt: new Date(row.recorded_at),
  };
}

interface DealRow extends Record<string, unknown> {
  deal_id: string;
  brand: string;
  platform: Platform | null;
  currency: Currency;
  fee: string;
  state: DealState;
  expected_on: Day;
  invoiced_on: Day | null;
  terms_days: number | null;
  recorded_at: string;
}

/** Deals with what of their fee no payout says yet; a deal keeps the id of its first entry, by which payouts name it. */
function dealsOwed(viewer: Viewer, creatorId: string): SQL {
  return sql`
    with recursive chained as (${chainsOf(viewer, creatorId)})
    select chained.chain_id as deal_id, d.brand, c.platform, d.currency, ${missingFee(viewer, creatorId)}::text as fee, d.state,
      d.expected_on, d.invoiced_on, d.terms_days, to_json(d.recorded_at) #>> '{}' as recorded_at
    from chained join ${deals} d on d.creator_id = ${creatorId} and d.id = chained.id
    left join ${channels} c on c.creator_id = d.creator_id and c.id = d.channel_id
    where ${scoped(viewer, sql`d.creator_id`)} and not d.is_void
      and d.state in ('agreed', 'delivered', 'invoiced')
      and not exists (select from ${deals} l where l.creator_id = d.creator_id and l.replaces = d.id)
    order by d.expected_on, chained.chain_id`;
}

function dealOf(row: DealRow): OwedThings["deals"][number] {
  return {
    dealId: row.deal_id,
    brand: row.brand,
    platform: row.platform,
    currency: row.currency,
    feeMinor: BigInt(row.fee),
    state: row.state,
    expectedOn: row.expected_on,
    invoicedOn: row.invoiced_on,
    termsDays: row.terms_days,
    recordedAt: new Date(row.recorded_at),
  };
}
