/**
 * Brand collaborations, as they were known when they were recorded: a deal that moves on is a new entry that
 * replaces the old one, so that a projection made late can still ask what was booked before its month began.
 */
import { and, asc, count, desc, eq, ilike, type SQL, sql } from "drizzle-orm";
import { AppError, notFound } from "../lib/errors";
import type { Viewer } from "../lib/model/access";
import type { DealCell } from "../lib/model/histories";
import { type Currency, isCurrency } from "../lib/model/money";
import { type Day, isDay, type Month } from "../lib/model/month";
import { BOOKED_STATES, DEAL_STATES, type DealState, type Platform } from "../lib/model/words";
import { note as audit } from "./audit";
import { insertNew } from "./bulk";
import { removeFrom, undoIn } from "./chain";
import { conn, transaction } from "./client";
import { like } from "./like";
import { bodyHash, sameBody } from "./once";
import { channels, creators, deals } from "./schema";
import { demand, scope } from "./scope";

export interface DealBody {
  brand: string;
  /** the whole fee in minor units of `currency`, from 0 */
  feeMinor: bigint;
  currency: string;
  /** null = of the creator, on no channel */
  channelId: string | null;
  /** the day the money counts as earned, in the creator's zone: its month is the one that is booked */
  expectedOn: string;
  state: DealState;
  note: string;
}

export interface NewDeal extends DealBody {
  /** made by the browser before the first submit */
  id: string;
  /** the entry this one corrects or moves on; it must be the newest of its chain */
  replaces?: string | null;
}

export interface Deal {
  id: string;
  brand: string;
  feeMinor: bigint;
  currency: Currency;
  channelId: string | null;
  channelName: string | null;
  platform: Platform | null;
  expectedOn: Day;
  state: DealState;
  note: string;
  replaces: string | null;
  recordedBy: string;
  recordedAt: Date;
}

export interface DealFilter {
  state?: DealState;
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
      filter.search ? ilike(deals.brand, like(filter.search)) : undefined,
    );
    const direction = descending ? desc : asc;
    const [rows, [counted]] = await Promise.all([
      select()
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
    const rows = await select().where(
      and(
        ofCreator(viewer, creatorId),
        sql`${deals.id} in (
          with recursive older as (
            select d.id, d.replaces from deals d where d.creator_id = ${creatorId} and d.id = ${id}
            union select d.id, d.replaces from deals d join older o on d.creator_id = ${creatorId} and d.id = o.replaces
          ), newer as (
            select d.id, d.replaces from deals d where d.creator_id = ${creatorId} and d.id = ${id}
            union select d.id, d.replaces from deals d join newer n on d.creator_id = ${creatorId} and d.replaces = n.id
          )
          select id from older union select id from newer)`,
      ),
    );
    if (rows.length === 0) throw notFound("deal");
    return inOrder(rows.map(dealOf));
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
 * A JSON list of what the deals expected in a month had announced before it began, and never after `asOf`: the
 * newest entry of each chain that was recorded by then, where it was booked. A part of other queries.
 */
export function announcedDeals(viewer: Viewer, creatorId: string, asOf: SQL = sql`'infinity'`): SQL {
  const whose = scope(viewer, sql`d.creator_id` as never, "amounts");
  return sql`
    select coalesce(json_agg(json_build_array(month, platform, currency, minor) order by month, platform, currency), '[]') from (
      select to_char(d.expected_on, 'YYYY-MM') as month, c.platform, d.currency, sum(d.fee_minor)::text as minor
      from ${deals} d
      join ${creators} k on k.id = d.creator_id
      left join ${channels} c on c.creator_id = d.creator_id and c.id = d.channel_id
      cross join lateral (
        select least(date_trunc('month', d.expected_on::timestamp) at time zone k.time_zone, ${asOf}::timestamptz) as instant
      ) known
      where ${whose} and d.creator_id = ${creatorId} and not d.is_void and d.state in ${[...BOOKED_STATES]}
        and d.recorded_at < known.instant
        and not exists (
          select from ${deals} l
          where l.creator_id = d.creator_id and l.replaces = d.id and l.recorded_at < known.instant)
      group by 1, 2, 3
    ) announced`;
}

export function dealCell([month, platform, currency, minor]: DealRow): DealCell {
  return { month, platform, currency, minor: BigInt(minor) };
}

// ---------------------------------------------------------------- reading

const isCurrent: SQL = sql`not ${deals.isVoid} and not exists (
  select from deals l where l.creator_id = ${deals.creatorId} and l.replaces = ${deals.id})`;

const SORT: Record<DealSort, SQL> = {
  expected: sql`${deals.expectedOn}`,
  brand: sql`lower(${deals.brand})`,
  fee: sql`${deals.feeMinor}`,
  state: sql`array_position(${sql.raw(`array[${DEAL_STATES.map((state) => `'${state}'`).join(", ")}]`)}, ${deals.state})`,
};

function ofCreator(viewer: Viewer, creatorId: string): SQL | undefined {
  return and(scope(viewer, deals.creatorId, "amounts"), eq(deals.creatorId, creatorId));
}

function select() {
  return conn()
    .select({
      id: deals.id,
      brand: deals.brand,
      feeMinor: deals.feeMinor,
      currency: deals.currency,
      channelId: deals.channelId,
      channelName: channels.name,
      platform: channels.platform,
      expectedOn: deals.expectedOn,
      state: deals.state,
      note: deals.note,
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

function dealOf<Row extends Selected>(row: Row): Row & { currency: Currency; expectedOn: Day } {
  return { ...row, currency: row.currency as Currency, expectedOn: row.expectedOn as Day };
}

async function getDeal(viewer: Viewer, creatorId: string, id: string) {
  const [row] = await select().where(and(ofCreator(viewer, creatorId), eq(deals.id, id)));
  if (!row) throw notFound("deal");
  return dealOf(row);
}

/** Follows the links, since two entries of one transaction carry the same time. */
function inOrder<Entry extends { id: string; replaces: string | null }>(entries: readonly Entry[]): Entry[] {
  const byReplaced = new Map(entries.map((entry) => [entry.replaces, entry]));
  const ordered: Entry[] = [];
  for (let entry = byReplaced.get(null); entry; entry = byReplaced.get(entry.id)) ordered.push(entry);
  return ordered;
}

// ---------------------------------------------------------------- writing

type Row = NewDeal & { isVoid?: boolean };

function bodyOf({ brand, feeMinor, currency, channelId, expectedOn, state, note }: DealBody): DealBody {
  return { brand, feeMinor, currency, channelId, expectedOn, state, note };
}

function check({ brand, feeMinor, currency, expectedOn, state }: NewDeal): void {
  const fields: Record<string, string> = {};
  if (brand.trim() === "") fields.brand = "Name the brand.";
  if (feeMinor < 0n) fields.feeMinor = "Write the fee as an amount from 0.";
  if (!isCurrency(currency)) fields.currency = "Choose a currency.";
  if (!isDay(expectedOn)) fields.expectedOn = "Write the day as 2026-01-31.";
  if (!DEAL_STATES.includes(state)) fields.state = "Choose where the deal stands.";
  if (Object.keys(fields).length > 0)
    throw new AppError("invalid", "Please look at the marked fields.", fields);
}

/** A channel or deal of somebody else is as if it was not there. */
async function checkLinks(
  viewer: Viewer,
  creatorId: string,
  { channelId, replaces }: NewDeal,
): Promise<void> {
  if (replaces) await getDeal(viewer, creatorId, replaces);
  if (channelId === null) return;
  const [channel] = await conn()
    .select({ id: channels.id })
    .from(channels)
    .where(
      and(scope(viewer, channels.creatorId), eq(channels.creatorId, creatorId), eq(channels.id, channelId)),
    );
  if (!channel) throw notFound("channel");
}

/** Answers whether the entry is new. */
async function insertDeal(viewer: Viewer, creatorId: string, row: Row): Promise<boolean> {
  const isNew = await insertNew(deals, [
    {
      creatorId,
      id: row.id,
      brand: row.brand,
      feeMinor: row.feeMinor,
      currency: row.currency,
      channelId: row.channelId,
      expectedOn: row.expectedOn,
      state: row.state,
      note: row.note,
      replaces: row.replaces ?? null,
      isVoid: row.isVoid ?? false,
      recordedBy: row.id,
      bodyHash: hashOf(row),
    },
  ]);
  if (isNew.has(row.id)) return true;
  const [there] = await conn()
    .select({ bodyHash: deals.bodyHash })
    .from(deals)
    .where(and(ofCreator(viewer, creatorId), eq(deals.id, row.id)));
  if (there) {
    sameBody(there.bodyHash, hashOf(row));
    return false;
  }
  const [current] = await select().where(
    and(ofCreator(viewer, creatorId), eq(deals.replaces, row.replaces ?? row.id)),
  );
  throw new AppError(
    "conflict",
    "This deal was changed by somebody else in the meantime. Look at the newest entry, then change that one.",
    {},
    current && dealOf(current),
  );
}

function hashOf({ id: _id, ...body }: Row): Buffer {
  return bodyHash({ ...body, replaces: body.replaces ?? null, isVoid: body.isVoid ?? false });
}

const CHAIN = { noun: "deal", get: getDeal, insert: insertDeal, bodyOf } as const;
