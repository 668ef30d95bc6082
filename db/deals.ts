/**
 * Brand collaborations, as they were known when they were recorded: a deal that moves on is a new entry that
 * replaces the old one, so that a projection made late can still ask what was booked before its month began.
 */
import { and, asc, count, desc, eq, ilike, inArray, ne, type SQL, sql } from "drizzle-orm";
import { AppError, notFound } from "../lib/errors";
import type { Viewer } from "../lib/model/access";
import { type Extra, MAX_TERMS_DAYS, NEXT_STATE, type Promised, USUAL_TERMS_DAYS } from "../lib/model/deal";
import type { DealCell } from "../lib/model/histories";
import { nextInvoiceNumber } from "../lib/model/invoice-number";
import { type Currency, isCurrency } from "../lib/model/money";
import { type Day, isDay, type Month } from "../lib/model/month";
import { MAX_COUNT } from "../lib/model/rpm";
import { RIGHTS, type Right } from "../lib/model/sponsorship-rates";
import { BOOKED_STATES, DEAL_STATES, type DealState, type Platform } from "../lib/model/words";
import { note as audit } from "./audit";
import { appendTo, inChainOrder, isCurrentIn, removeFrom, rootOf, undoIn } from "./chain";
import { conn, transaction } from "./client";
import { like } from "./like";
import { channels, creators, deals, payouts, postings, videos } from "./schema";
import { demand, scope, sharedNote } from "./scope";

/** What a deal says beside its fee; what is left out is as yet unknown. */
export interface DealTerms {
  /** parts of the fee, each right once */
  extras: readonly Extra[];
  deliverables: readonly Promised[];
  promisedViews: number | null;
  /** commission beside the fee, in parts per million of the order value */
  commissionPpm: number | null;
  /** blank until it is invoiced; no other deal of the creator has it */
  invoiceNumber: string;
  invoicedOn: string | null;
  termsDays: number | null;
  /** whom the invoice is made out to, in lines */
  billTo: string;
}

export interface DealBody extends Partial<DealTerms> {
  brand: string;
  /** the whole fee in minor units of `currency`, from 0 */
  feeMinor: bigint;
  currency: string;
  /** null = of the creator, on no channel */
  channelId: string | null;
  /** the day the money counts as earned, in the creator's zone: its month is the one that is booked */
  expectedOn: string;
  state: DealState;
  /** null: not shared with the viewer; a correction of his leaves it as it is */
  note: string | null;
}

export interface NewDeal extends DealBody {
  /** made by the browser before the first submit */
  id: string;
  /** the entry this one corrects or moves on; it must be the newest of its chain */
  replaces?: string | null;
}

export interface Deal extends DealTerms {
  id: string;
  /** of the first entry of its chain: what payouts and placements name */
  chainId: string;
  brand: string;
  feeMinor: bigint;
  currency: Currency;
  channelId: string | null;
  channelName: string | null;
  platform: Platform | null;
  expectedOn: Day;
  invoicedOn: Day | null;
  state: DealState;
  /** null: not shared with the viewer; a correction of his leaves it as it is */
  note: string | null;
  replaces: string | null;
  recordedBy: string;
  recordedAt: Date;
}

export interface DealFilter {
  state?: DealState;
  /** those that are neither paid nor lost */
  open?: boolean;
  /** in the brand's name */
  search?: string;
}

export type DealSort = "expected" | "brand" | "fee" | "state";

/** What the deals that count come to, by expected month. */
export interface DealSum {
  month: Month;
  state: DealState;
  currency: Currency;
  minor: bigint;
  deals: number;
}

/**
 * Records a deal, or its next state.
 * Errors: invalid by field; conflict when the id has another body, or when `replaces` was replaced by somebody
 * else meanwhile (the error carries the deal that is there now); not_found for a channel or deal of somebody else.
 */
export function record(viewer: Viewer, creatorId: string, input: NewDeal): Promise<{ id: string }> {
  return transaction(viewer, async () => {
    await demand(viewer, creatorId, "write");
    check(input);
    await checkLinks(viewer, creatorId, input);
    const isNew = await insertDeal(viewer, creatorId, input);
    if (isNew && input.replaces)
      await audit(creatorId, "deal.corrected", input.id, { replaces: input.replaces });
    return { id: input.id };
  });
}

/**
 * Moves a deal to its next state in one step: an invoice gets the next free number, the day and the usual terms,
 * unless they were written before. The same id again answers the same.
 * Errors: as in `record`; invalid for a deal that is at its end.
 */
export function moveOn(
  viewer: Viewer,
  creatorId: string,
  { id, entryId, today }: { id: string; entryId: string; today: Day },
): Promise<{ id: string; state: DealState }> {
  return transaction(viewer, async () => {
    await demand(viewer, creatorId, "write");
    const [done] = await select(viewer).where(and(ofCreator(viewer, creatorId), eq(deals.id, id)));
    if (done?.replaces === entryId) return { id, state: done.state };
    const old = await getDeal(viewer, creatorId, entryId);
    const state = NEXT_STATE[old.state];
    if (!state) throw new AppError("invalid", "This deal is at its end: there is no next step.");
    const moved = { ...bodyOf(old), state };
    if (state === "invoiced") {
      moved.invoicedOn ??= today;
      moved.termsDays ??= USUAL_TERMS_DAYS;
      if (!moved.invoiceNumber) {
        await lockNumbers(creatorId);
        moved.invoiceNumber = nextInvoiceNumber(await numbersInUse(viewer, creatorId), today);
      }
    }
    await record(viewer, creatorId, { ...moved, id, replaces: entryId });
    return { id, state };
  });
}

/** The invoice numbers that deals have, newest first; a deal that was taken back gives its number free. */
export function listInvoiceNumbers(viewer: Viewer, creatorId: string): Promise<string[]> {
  return transaction(viewer, () => numbersInUse(viewer, creatorId));
}

/** Takes a deal back: it is booked no more. The history keeps it. */
export function remove(
  viewer: Viewer,
  creatorId: string,
  input: { id: string; replaces: string },
): Promise<void> {
  return removeFrom(CHAIN, viewer, creatorId, input);
}

/** Undoes the newest change of a chain: a first entry is taken back, a later one gives way to what it replaced. */
export function undo(
  viewer: Viewer,
  creatorId: string,
  input: { id: string; entryId: string },
): Promise<void> {
  return undoIn(CHAIN, viewer, creatorId, input);
}

/** The deals that count, a page at a time; by default those expected last first. */
export function list(
  viewer: Viewer,
  creatorId: string,
  options: {
    filter?: DealFilter;
    sort?: DealSort;
    descending?: boolean;
    page?: number;
    size?: number;
  } = {},
): Promise<{ rows: Deal[]; total: number }> {
  const { filter = {}, sort = "expected", descending = true, page = 1, size = 50 } = options;
  return transaction(viewer, async () => {
    const where = and(
      ofCreator(viewer, creatorId),
      isCurrent,
      filter.state ? eq(deals.state, filter.state) : undefined,
      filter.open ? and(ne(deals.state, "paid"), ne(deals.state, "lost")) : undefined,
      filter.search ? ilike(deals.brand, like(filter.search)) : undefined,
    );
    const direction = descending ? desc : asc;
    const [rows, [counted]] = await Promise.all([
      select(viewer)
        .where(where)
        .orderBy(direction(SORT[sort]), direction(deals.id))
        .limit(size)
        .offset((page - 1) * size),
      conn().select({ total: count() }).from(deals).where(where),
    ]);
    return { rows: rows.map(dealOf), total: counted?.total ?? 0 };
  });
}

/** One deal, whether it counts or not. Throws not_found. */
export function get(viewer: Viewer, creatorId: string, id: string): Promise<Deal> {
  return transaction(viewer, () => getDeal(viewer, creatorId, id));
}

/** Everything ever said about one deal, oldest first; `id` may be any of its chain. Throws not_found. */
export function history(
  viewer: Viewer,
  creatorId: string,
  id: string,
): Promise<(Deal & { isVoid: boolean })[]> {
  return transaction(viewer, async () => {
    const rows = await select(viewer).where(
      and(
        ofCreator(viewer, creatorId),
        sql`${rootOf(deals)} = (
          select ${rootOf(deals)} from ${deals} where ${deals.creatorId} = ${creatorId} and ${deals.id} = ${id})`,
      ),
    );
    if (rows.length === 0) throw notFound("deal");
    return inChainOrder(rows.map(dealOf));
  });
}

/** What the deals that count come to by expected month, state and currency, in calendar order. */
export function byMonth(
  viewer: Viewer,
  creatorId: string,
  { from, to }: { from?: Month; to?: Month } = {},
): Promise<DealSum[]> {
  return transaction(viewer, async () => {
    const month = sql<Month>`to_char(${deals.expectedOn}, 'YYYY-MM')`;
    const rows = await conn()
      .select({
        month,
        state: deals.state,
        currency: deals.currency,
        minor: sql<bigint>`sum(${deals.feeMinor})::text`.mapWith(BigInt),
        deals: count(),
      })
      .from(deals)
      .where(
        and(
          ofCreator(viewer, creatorId),
          isCurrent,
          from ? sql`${month} >= ${from}` : undefined,
          to ? sql`${month} <= ${to}` : undefined,
        ),
      )
      // By place: the same expression with parameters of its own would be another one.
      .groupBy(sql`1, 2, 3`)
      .orderBy(sql`1`, sql`${SORT.state}`, sql`3`);
    return rows.map((row) => ({ ...row, currency: row.currency as Currency }));
  });
}

// ---------------------------------------------------------------- what was booked

/** [month, platform, currency, minor units as text] */
export type DealRow = [Month, Platform | null, Currency, string];

/**
 * A JSON list of what deals had announced for a month before it began, and never after `asOf`: of the newest entry of
 * each chain that was recorded by then, where it was booked, what no payout that names it had said yet; and what such
 * payouts said ahead of their month, which is the same money under its own day. A part of other queries.
 */
export function announcedDeals(viewer: Viewer, creatorId: string, asOf: SQL = sql`'infinity'`): SQL {
  const startOf = (day: SQL) =>
    sql`least(date_trunc('month', ${day}::timestamp) at time zone k.time_zone, ${asOf}::timestamptz)`;
  const instant = sql`known.instant`;
  return sql`
    with recursive chained as (${chainsOf(viewer, creatorId)}), announced as (
      select to_char(d.expected_on, 'YYYY-MM') as month, c.platform, d.currency, fee.missing as minor
      from ${deals} d
      join chained on chained.id = d.id
      join ${creators} k on k.id = d.creator_id
      left join ${channels} c on c.creator_id = d.creator_id and c.id = d.channel_id
      cross join lateral (select ${startOf(sql`d.expected_on`)} as instant) known
      cross join lateral (select ${missingFee(viewer, creatorId, instant)} as missing) fee
      where ${whose(viewer, creatorId, "d")} and not d.is_void and d.state in ${[...BOOKED_STATES]}
        and d.recorded_at < known.instant
        and not exists (
          select from ${deals} l
          where l.creator_id = d.creator_id and l.replaces = d.id and l.recorded_at < known.instant)
        and (fee.missing > 0 or d.fee_minor = 0)
      union all
      select o.earned_month, c.platform, p.currency, o.minor
      from ${payouts} p
      join ${postings} o on o.creator_id = p.creator_id and o.payout_id = p.id and o.of_id = p.id
      join ${creators} k on k.id = p.creator_id
      left join ${channels} c on c.creator_id = p.creator_id and c.id = p.channel_id
      cross join lateral (select ${startOf(sql`to_date(o.earned_month, 'YYYY-MM')`)} as instant) known
      where ${whose(viewer, creatorId, "p")} and p.deal_id is not null and p.format = 'all' and ${saidBy(instant)}
    )
    select coalesce(json_agg(json_build_array(month, platform, currency, minor) order by month, platform, currency), '[]')
    from (select month, platform, currency, sum(minor)::text as minor from announced group by 1, 2, 3) cells`;
}

/** Each entry of each deal `d` with its chain's id, by which payouts name it; the body of a recursive `chained`. */
export function chainsOf(viewer: Viewer, creatorId: string): SQL {
  return sql`
    select d.id, d.id as chain_id from ${deals} d where ${whose(viewer, creatorId, "d")} and d.replaces is null
    union all
    select d.id, chained.chain_id from ${deals} d join chained on d.replaces = chained.id
    where ${whose(viewer, creatorId, "d")}`;
}

/**
 * What of the fee of the deal `d` of the chain `chained` no payout that names it had said before an instant. In
 * another currency nobody can say how much of the fee a payout is: then it is all of it.
 */
export function missingFee(viewer: Viewer, creatorId: string, before: SQL = sql`'infinity'`): SQL {
  return sql`(
    select case when bool_or(p.currency <> d.currency) then 0
      else greatest(d.fee_minor - coalesce(sum(p.minor), 0), 0) end
    from ${payouts} p
    where ${whose(viewer, creatorId, "p")} and p.deal_id = chained.chain_id and ${saidBy(before)})`;
}

/** The payout `p` is sponsorship money that counted at an instant. */
function saidBy(instant: SQL): SQL {
  return sql`p.kind = 'earning' and p.stream = 'sponsorship' and p.recorded_at < ${instant} and not exists (
    select from ${payouts} l where l.creator_id = p.creator_id and l.replaces = p.id and l.recorded_at < ${instant})`;
}

function whose(viewer: Viewer, creatorId: string, alias: "d" | "p"): SQL {
  const column = sql.raw(`${alias}.creator_id`);
  return sql`${scope(viewer, column, "amounts")} and ${column} = ${creatorId}`;
}

export function dealCell([month, platform, currency, minor]: DealRow): DealCell {
  return { month, platform, currency, minor: BigInt(minor) };
}

// ---------------------------------------------------------------- reading

const isCurrent = isCurrentIn(deals);

const SORT: Record<DealSort, SQL> = {
  expected: sql`${deals.expectedOn}`,
  brand: sql`lower(${deals.brand})`,
  fee: sql`${deals.feeMinor}`,
  state: sql`array_position(${sql.raw(`array[${DEAL_STATES.map((state) => `'${state}'`).join(", ")}]`)}, ${deals.state})`,
};

function ofCreator(viewer: Viewer, creatorId: string): SQL | undefined {
  return and(scope(viewer, deals.creatorId, "amounts"), eq(deals.creatorId, creatorId));
}

function select(viewer: Viewer) {
  return conn()
    .select({
      id: deals.id,
      chainId: rootOf(deals),
      brand: deals.brand,
      feeMinor: deals.feeMinor,
      currency: deals.currency,
      channelId: deals.channelId,
      channelName: channels.name,
      platform: channels.platform,
      expectedOn: deals.expectedOn,
      state: deals.state,
      extras: deals.extras,
      deliverables: deals.deliverables,
      promisedViews: deals.promisedViews,
      commissionPpm: deals.commissionPpm,
      invoiceNumber: deals.invoiceNumber,
      invoicedOn: deals.invoicedOn,
      termsDays: deals.termsDays,
      billTo: deals.billTo,
      note: sharedNote(viewer, deals),
      replaces: deals.replaces,
      isVoid: deals.isVoid,
      recordedBy: deals.recordedBy,
      recordedAt: deals.recordedAt,
    })
    .from(deals)
    .leftJoin(channels, and(eq(channels.creatorId, deals.creatorId), eq(channels.id, deals.channelId)))
    .$dynamic();
}

type Selected = Awaited<ReturnType<typeof select>>[number];

function dealOf(row: Selected): Deal & { isVoid: boolean } {
  return {
    ...row,
    currency: row.currency as Currency,
    expectedOn: row.expectedOn as Day,
    invoicedOn: row.invoicedOn as Day | null,
    extras: (row.extras as unknown as StoredExtra[]).map((extra) => ({
      ...extra,
      minor: BigInt(extra.minor),
    })),
    deliverables: row.deliverables as unknown as Promised[],
  };
}

/** In JSON an amount is text. */
type StoredExtra = Omit<Extra, "minor"> & { minor: string };

async function numbersInUse(viewer: Viewer, creatorId: string): Promise<string[]> {
  const rows = await conn()
    .select({ number: deals.invoiceNumber })
    .from(deals)
    .where(and(ofCreator(viewer, creatorId), isCurrent, ne(deals.invoiceNumber, "")))
    .orderBy(desc(deals.invoicedOn), desc(deals.recordedAt), desc(deals.id));
  return rows.map(({ number }) => number);
}

async function getDeal(viewer: Viewer, creatorId: string, id: string) {
  const [row] = await select(viewer).where(and(ofCreator(viewer, creatorId), eq(deals.id, id)));
  if (!row) throw notFound("deal");
  return dealOf(row);
}

// ---------------------------------------------------------------- writing

type Row = NewDeal & { isVoid?: boolean };

/** The body in full, so that what was left out and what was said to be unknown are the same. */
export function bodyOf(deal: DealBody): DealBody & DealTerms {
  const { brand, feeMinor, currency, channelId, expectedOn, state, note } = deal;
  return {
    ...{ brand, feeMinor, currency, channelId, expectedOn, state, note },
    extras: deal.extras ?? [],
    deliverables: deal.deliverables ?? [],
    promisedViews: deal.promisedViews ?? null,
    commissionPpm: deal.commissionPpm ?? null,
    invoiceNumber: deal.invoiceNumber ?? "",
    invoicedOn: deal.invoicedOn ?? null,
    termsDays: deal.termsDays ?? null,
    billTo: deal.billTo ?? "",
  };
}

function check(deal: NewDeal): void {
  const { brand, feeMinor, currency, expectedOn, state } = deal;
  const { extras, deliverables, promisedViews, commissionPpm, invoicedOn, termsDays } = bodyOf(deal);
  const fields: Record<string, string> = {};
  if (brand.trim() === "") fields.brand = "Name the brand.";
  if (feeMinor < 0n) fields.feeMinor = "Write the fee as an amount from 0.";
  if (!isCurrency(currency)) fields.currency = "Choose a currency.";
  if (!isDay(expectedOn)) fields.expectedOn = "Write the day as 2026-01-31.";
  if (!DEAL_STATES.includes(state)) fields.state = "Choose where the deal stands.";
  const names = extras.map(({ what }) => what);
  if (extras.some(({ what, minor }) => !RIGHTS.includes(what as Right) || minor < 0n))
    fields.extras = "Write each part of the fee as an amount from 0.";
  else if (new Set(names).size < names.length) fields.extras = "Name each right once.";
  else if (extras.length > 0 && extras.reduce((sum, { minor }) => sum + minor, 0n) > feeMinor)
    fields.extras = "The parts are more than the whole fee: lower them, or raise the fee.";
  if (
    deliverables.some(
      ({ what, dueOn, deliveredOn }) => !what.trim() || !isDayOrNull(dueOn) || !isDayOrNull(deliveredOn),
    )
  )
    fields.deliverables = "Say what is to be delivered, with days like 2026-01-31.";
  if (promisedViews !== null && !(promisedViews > 0 && promisedViews <= MAX_COUNT))
    fields.promisedViews = "Write the views as a number above 0, or leave them empty.";
  if (commissionPpm !== null && !(commissionPpm >= 0 && commissionPpm <= 1_000_000))
    fields.commissionPpm = "Write the commission as a percentage from 0 to 100.";
  if (!isDayOrNull(invoicedOn)) fields.invoicedOn = "Write the day as 2026-01-31.";
  if (termsDays !== null && !(Number.isInteger(termsDays) && termsDays >= 0 && termsDays <= MAX_TERMS_DAYS))
    fields.termsDays = `Write the terms as days from 0 to ${MAX_TERMS_DAYS}.`;
  if (Object.keys(fields).length > 0)
    throw new AppError("invalid", "Please look at the marked fields.", fields);
}

function isDayOrNull(day: string | null): boolean {
  return day === null || isDay(day);
}

/** A channel, video or deal of somebody else is as if it was not there. */
async function checkLinks(viewer: Viewer, creatorId: string, deal: NewDeal): Promise<void> {
  const { channelId, replaces } = deal;
  if (replaces) await getDeal(viewer, creatorId, replaces);
  const videoIds = [...new Set((deal.deliverables ?? []).flatMap(({ videoId }) => videoId ?? []))];
  if (videoIds.length > 0) {
    const found = await conn()
      .select({ id: videos.id })
      .from(videos)
      .where(
        and(scope(viewer, videos.creatorId), eq(videos.creatorId, creatorId), inArray(videos.id, videoIds)),
      );
    if (found.length < videoIds.length) throw notFound("video");
  }
  if (channelId !== null) {
    const [channel] = await conn()
      .select({ id: channels.id })
      .from(channels)
      .where(
        and(scope(viewer, channels.creatorId), eq(channels.creatorId, creatorId), eq(channels.id, channelId)),
      );
    if (!channel) throw notFound("channel");
  }
}

/** Those who give invoice numbers wait in line, before they look at what is there. */
async function lockNumbers(creatorId: string): Promise<void> {
  await conn().execute(sql`select pg_advisory_xact_lock(hashtextextended('invoice ' || ${creatorId}, 0))`);
}

/** Throws invalid when another deal has the number. */
async function claimNumber(viewer: Viewer, creatorId: string, row: Row): Promise<void> {
  const number = row.invoiceNumber?.trim();
  if (!number || row.isVoid) return;
  await lockNumbers(creatorId);
  const [taken] = await conn()
    .select({ brand: deals.brand })
    .from(deals)
    .where(
      and(
        ofCreator(viewer, creatorId),
        isCurrent,
        eq(deals.invoiceNumber, number),
        ne(deals.id, row.id),
        row.replaces ? ne(deals.id, row.replaces) : undefined,
      ),
    )
    .limit(1);
  if (taken)
    throw new AppError("invalid", "Please look at the marked fields.", {
      invoiceNumber: `The invoice of ${taken.brand} has this number: take the next free one.`,
    });
}

/** Answers whether the entry is new. */
async function insertDeal(viewer: Viewer, creatorId: string, row: Row): Promise<boolean> {
  await claimNumber(viewer, creatorId, row);
  const { id, replaces, isVoid } = row;
  const body = bodyOf(row);
  const extras = body.extras.map((extra) => ({ ...extra, minor: extra.minor.toString() }));
  return appendTo(
    deals,
    viewer,
    creatorId,
    { id, replaces, isVoid, ...body, extras },
    { noun: "deal", find: async (where) => (await select(viewer).where(where)).map(dealOf) },
  );
}

const CHAIN = { noun: "deal", get: getDeal, insert: insertDeal, bodyOf } as const;
