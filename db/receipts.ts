/**
 * Money that arrived, and which payouts it pays: in part or whole, many at once, in another currency. A payout
 * is paid when the receipts that count cover it. Receipts are never changed; see `replaces`, `remove`, `undo`.
 */
import { and, asc, count, desc, eq, inArray, type SQL, sql } from "drizzle-orm";
import { AppError, notFound } from "../lib/errors";
import type { Viewer } from "../lib/model/access";
import { type Currency, currencyOf, decimalOf, isCurrency } from "../lib/model/money";
import { type Day, isDay } from "../lib/model/month";
import { type Platform, STREAM_LABEL, type Stream } from "../lib/model/words";
import { note as audit } from "./audit";
import { insertAll, insertNew } from "./bulk";
import { conn, transaction } from "./client";
import { bodyHash, sameBody } from "./once";
import { allocations, channels, payouts, receipts } from "./schema";
import { demand, scope, sharedNote } from "./scope";

export interface ReceiptBody {
  receivedOn: string;
  /** what arrived, in minor units of `currency`, after the fee */
  minor: bigint;
  currency: string;
  /** what was kept on the way, in `currency`, from 0 */
  feeMinor: bigint;
  /** the bank's own rate, a decimal: units of `currency` for 1 unit of the payouts' currency; null = none */
  rate: string | null;
  /** null: not shared with the viewer; a correction of his leaves it as it is */
  note: string | null;
  /** `chainId` is the payout's first id; `minor` is above 0, in the payout's currency */
  allocations: readonly { chainId: string; minor: bigint }[];
}

export interface NewReceipt extends ReceiptBody {
  /** made by the browser before the first submit */
  id: string;
  /** the receipt this one corrects; it must be the newest of its chain */
  replaces?: string | null;
}

export interface Receipt {
  id: string;
  receivedOn: Day;
  minor: bigint;
  currency: Currency;
  feeMinor: bigint;
  rate: string | null;
  /** null: not shared with the viewer; a correction of his leaves it as it is */
  note: string | null;
  replaces: string | null;
  recordedBy: string;
  recordedAt: Date;
  allocations: Allocation[];
}

export interface Allocation {
  chainId: string;
  /** in the payout's currency */
  minor: bigint;
  currency: Currency;
  stream: Stream;
  channelName: string | null;
  fromDay: Day;
  toDay: Day;
}

/** A payout that is not fully paid; all money in its own currency. */
export interface OpenPayout {
  chainId: string;
  channelId: string | null;
  channelName: string | null;
  platform: Platform | null;
  stream: Stream;
  fromDay: Day;
  toDay: Day;
  currency: Currency;
  /** the payout with the entries about it */
  dueMinor: bigint;
  paidMinor: bigint;
  openMinor: bigint;
}

const DECIMAL = /^(\d{1,10})(?:\.(\d{1,10}))?$/;

/**
 * Records a receipt with its allocations.
 * Errors: invalid by field, when a payout would be paid more than is open of it (the sentence names it), and
 * when allocations in the receipt's own currency are more than what arrived and the fee; conflict when the id
 * has another body, or when `replaces` was replaced by somebody else meanwhile (the error carries the receipt
 * that is there now); not_found for a payout or receipt of somebody else.
 */
export function record(viewer: Viewer, creatorId: string, input: NewReceipt): Promise<{ id: string }> {
  return transaction(viewer, async () => {
    await demand(viewer, creatorId, "write");
    check(input);
    const isNew = await insertReceipt(viewer, creatorId, input);
    if (isNew && input.replaces) {
      await audit(creatorId, "receipt.corrected", input.id, { replaces: input.replaces });
    }
    return { id: input.id };
  });
}

/** Takes a receipt back: its payouts are open again by what it paid. The history keeps it. */
export function remove(
  viewer: Viewer,
  creatorId: string,
  input: { id: string; replaces: string },
): Promise<void> {
  return transaction(viewer, async () => {
    await demand(viewer, creatorId, "write");
    const old = await getReceipt(viewer, creatorId, input.replaces);
    const isNew = await insertReceipt(viewer, creatorId, {
      ...bodyOf(old),
      id: input.id,
      replaces: old.id,
      isVoid: true,
      allocations: [],
    });
    if (isNew) await audit(creatorId, "receipt.removed", old.id, {});
  });
}

/**
 * Undoes the newest change of a chain: a first receipt is taken back, a correction gives way to what it
 * corrected. Errors: invalid when a payout was paid by another receipt in the meantime.
 */
export function undo(
  viewer: Viewer,
  creatorId: string,
  input: { id: string; entryId: string },
): Promise<void> {
  return transaction(viewer, async () => {
    await demand(viewer, creatorId, "write");
    const newest = await getReceipt(viewer, creatorId, input.entryId);
    const before = newest.replaces ? await getReceipt(viewer, creatorId, newest.replaces) : null;
    const row =
      before && !before.isVoid ? bodyOf(before) : { ...bodyOf(newest), isVoid: true, allocations: [] };
    const isNew = await insertReceipt(viewer, creatorId, { ...row, id: input.id, replaces: newest.id });
    if (isNew) await audit(creatorId, "receipt.undone", newest.id, {});
  });
}

/** The receipts that count with their allocations, newest first, a page at a time. */
export function list(
  viewer: Viewer,
  creatorId: string,
  options: { filter?: { month?: string }; descending?: boolean; page?: number; size?: number } = {},
): Promise<{ rows: Receipt[]; total: number }> {
  const { filter = {}, descending = true, page = 1, size = 50 } = options;
  return transaction(viewer, async () => {
    const where = and(
      ofCreator(viewer, creatorId),
      isCurrent,
      filter.month ? sql`to_char(${receipts.receivedOn}, 'YYYY-MM') = ${filter.month}` : undefined,
    );
    const direction = descending ? desc : asc;
    const [rows, [counted]] = await Promise.all([
      select(viewer)
        .where(where)
        .orderBy(direction(receipts.receivedOn), direction(receipts.id))
        .limit(size)
        .offset((page - 1) * size),
      conn().select({ total: count() }).from(receipts).where(where),
    ]);
    return { rows: await withAllocations(viewer, creatorId, rows), total: counted?.total ?? 0 };
  });
}

/** One receipt with its allocations, whether it counts or not. Throws not_found. */
export function get(viewer: Viewer, creatorId: string, id: string): Promise<Receipt> {
  return transaction(viewer, () => getReceipt(viewer, creatorId, id));
}

/** Everything ever said about one receipt, oldest first; `id` may be any of its chain. Throws not_found. */
export function history(
  viewer: Viewer,
  creatorId: string,
  id: string,
): Promise<(Receipt & { isVoid: boolean })[]> {
  return transaction(viewer, async () => {
    const rows = await select(viewer)
      .where(
        and(
          ofCreator(viewer, creatorId),
          sql`${receipts.id} in (
            with recursive older as (
              select r.id, r.replaces from receipts r where r.creator_id = ${creatorId} and r.id = ${id}
              union select r.id, r.replaces from receipts r join older o on r.creator_id = ${creatorId} and r.id = o.replaces
            ), newer as (
              select r.id, r.replaces from receipts r where r.creator_id = ${creatorId} and r.id = ${id}
              union select r.id, r.replaces from receipts r join newer n on r.creator_id = ${creatorId} and r.replaces = n.id
            )
            select id from older union select id from newer)`,
        ),
      )
      .orderBy(asc(receipts.recordedAt), asc(receipts.id));
    if (rows.length === 0) throw notFound("receipt");
    return withAllocations(viewer, creatorId, rows);
  });
}

/** The payouts that are not fully paid, oldest first: what a new receipt most likely pays. */
export function listOpen(viewer: Viewer, creatorId: string): Promise<OpenPayout[]> {
  return transaction(viewer, async () => {
    const all = await listDue(viewer, creatorId);
    return all.filter((payout) => payout.openMinor > 0n);
  });
}

// ---------------------------------------------------------------- reading

const isCurrent: SQL = sql`not ${receipts.isVoid} and not exists (
  select from receipts l where l.creator_id = ${receipts.creatorId} and l.replaces = ${receipts.id})`;

function ofCreator(viewer: Viewer, creatorId: string): SQL | undefined {
  return and(scope(viewer, receipts.creatorId, "amounts"), eq(receipts.creatorId, creatorId));
}

function select(viewer: Viewer) {
  return conn()
    .select({
      id: receipts.id,
      receivedOn: receipts.receivedOn,
      minor: receipts.minor,
      currency: receipts.currency,
      feeMinor: receipts.feeMinor,
      rate: sql<string | null>`trim_scale(${receipts.rate})::text`,
      note: sharedNote(viewer, receipts),
      replaces: receipts.replaces,
      isVoid: receipts.isVoid,
      recordedBy: receipts.recordedBy,
      recordedAt: receipts.recordedAt,
    })
    .from(receipts)
    .$dynamic();
}

type Selected = Awaited<ReturnType<typeof select>>[number];

async function withAllocations<Row extends Selected>(
  viewer: Viewer,
  creatorId: string,
  rows: readonly Row[],
): Promise<(Receipt & { isVoid: boolean })[]> {
  if (rows.length === 0) return [];
  const ids = rows.map((row) => row.id);
  const found = await conn()
    .select({
      receiptId: allocations.receiptId,
      chainId: allocations.chainId,
      minor: allocations.minor,
      currency: payouts.currency,
      stream: payouts.stream,
      channelName: channels.name,
      fromDay: payouts.fromDay,
      toDay: payouts.toDay,
    })
    .from(allocations)
    .innerJoin(
      payouts,
      and(eq(payouts.creatorId, allocations.creatorId), eq(payouts.id, allocations.chainId)),
    )
    .leftJoin(channels, and(eq(channels.creatorId, payouts.creatorId), eq(channels.id, payouts.channelId)))
    .where(
      and(
        scope(viewer, allocations.creatorId, "amounts"),
        eq(allocations.creatorId, creatorId),
        inArray(allocations.receiptId, ids),
      ),
    )
    .orderBy(asc(payouts.toDay), asc(payouts.id));
  return rows.map((row) => ({
    ...row,
    receivedOn: row.receivedOn as Day,
    currency: row.currency as Currency,
    allocations: found
      .filter((allocation) => allocation.receiptId === row.id)
      .map(({ receiptId: _receiptId, ...allocation }) => ({
        ...allocation,
        currency: allocation.currency as Currency,
        fromDay: allocation.fromDay as Day,
        toDay: allocation.toDay as Day,
      })),
  }));
}

async function getReceipt(viewer: Viewer, creatorId: string, id: string) {
  const rows = await select(viewer).where(and(ofCreator(viewer, creatorId), eq(receipts.id, id)));
  const [receipt] = await withAllocations(viewer, creatorId, rows);
  if (!receipt) throw notFound("receipt");
  return receipt;
}

/**
 * What is due, paid and open of payouts (not of the entries about them), oldest first. The entry that counts
 * says what is due, with the entries about it in the same currency.
 */
async function listDue(
  viewer: Viewer,
  creatorId: string,
  chains?: readonly string[],
  withoutReceipt: string | null = null,
): Promise<OpenPayout[]> {
  const rows = await conn().execute<{
    chain_id: string;
    channel_id: string | null;
    channel_name: string | null;
    platform: Platform | null;
    stream: Stream;
    from_day: Day;
    to_day: Day;
    currency: Currency;
    due: string;
    paid: string;
  }>(sql`
    with entry as (
      select ${payouts.chainId}, ${payouts.about}, ${payouts.channelId}, ${payouts.stream}, ${payouts.fromDay},
        ${payouts.toDay}, ${payouts.currency}, ${payouts.minor}
      from ${payouts}
      where ${scope(viewer, payouts.creatorId, "amounts")} and ${payouts.creatorId} = ${creatorId}
        and ${payouts.kind} <> 'void'
        and not exists (
          select from payouts l where l.creator_id = ${payouts.creatorId} and l.replaces = ${payouts.id})
    ), added as (
      select e.about as chain_id, e.currency, sum(e.minor) as minor from entry e
      where e.about is not null group by 1, 2
    ), paid as (
      select a.chain_id, sum(a.minor) as minor
      from allocations a join receipts r on r.creator_id = a.creator_id and r.id = a.receipt_id
      where a.creator_id = ${creatorId} and not r.is_void and r.id is distinct from ${withoutReceipt}::uuid
        and not exists (select from receipts l where l.creator_id = r.creator_id and l.replaces = r.id)
      group by 1
    )
    select e.chain_id, e.channel_id, c.name as channel_name, c.platform, e.stream, e.from_day::text, e.to_day::text,
      e.currency, (e.minor + coalesce(x.minor, 0))::text as due, coalesce(p.minor, 0)::text as paid
    from entry e
    left join added x on x.chain_id = e.chain_id and x.currency = e.currency
    left join paid p on p.chain_id = e.chain_id
    left join channels c on c.creator_id = ${creatorId} and c.id = e.channel_id
    where e.about is null ${
      chains
        ? sql`and e.chain_id = any (array(select json_array_elements_text(${JSON.stringify(chains)}::json)::uuid))`
        : sql``
    }
    order by e.to_day, e.from_day, e.chain_id`);
  return rows.map((row) => ({
    chainId: row.chain_id,
    channelId: row.channel_id,
    channelName: row.channel_name,
    platform: row.platform,
    stream: row.stream,
    fromDay: row.from_day,
    toDay: row.to_day,
    currency: row.currency,
    dueMinor: BigInt(row.due),
    paidMinor: BigInt(row.paid),
    openMinor: BigInt(row.due) - BigInt(row.paid),
  }));
}

// ---------------------------------------------------------------- writing

type Row = NewReceipt & { isVoid?: boolean };

function bodyOf(receipt: Receipt): ReceiptBody {
  const { receivedOn, minor, currency, feeMinor, rate, note } = receipt;
  return {
    ...{ receivedOn, minor, currency, feeMinor, rate, note },
    allocations: receipt.allocations.map((allocation) => ({
      chainId: allocation.chainId,
      minor: allocation.minor,
    })),
  };
}

function check({ receivedOn, minor, currency, feeMinor, rate, allocations: shares }: NewReceipt): void {
  const fields: Record<string, string> = {};
  if (!isDay(receivedOn)) fields.receivedOn = "Write the day as 2026-01-31.";
  if (!isCurrency(currency)) fields.currency = "Choose a currency.";
  if (minor < 0n) fields.minor = "Write what arrived as an amount from 0.";
  if (feeMinor < 0n) fields.feeMinor = "Write the fee as an amount from 0.";
  if (rate !== null && (!DECIMAL.test(rate) || /^[0.]+$/.test(rate)))
    fields.rate = "Write a number above 0 with at most 10 decimals, such as 1.0845.";
  if (shares.some((share) => share.minor <= 0n))
    fields.allocations = "Write an amount above 0 for each payout, or leave the payout out.";
  if (new Set(shares.map((share) => share.chainId)).size < shares.length)
    fields.allocations = "A payout is named twice. Put both amounts into one line.";
  if (Object.keys(fields).length > 0)
    throw new AppError("invalid", "Please look at the marked fields.", fields);
}

/** Answers whether the receipt is new. */
async function insertReceipt(viewer: Viewer, creatorId: string, row: Row): Promise<boolean> {
  // Two receipts for one payout wait in line, so that both together cannot pay more than is open.
  await conn().execute(sql`select pg_advisory_xact_lock(hashtextextended(${`receipts ${creatorId}`}, 0))`);
  if (await isThere(viewer, creatorId, row)) return false;
  await refuseReplaced(viewer, creatorId, row);
  await refuseTooMuch(viewer, creatorId, row);
  const isNew = await insertNew(receipts, [
    {
      creatorId,
      id: row.id,
      receivedOn: row.receivedOn,
      minor: row.minor,
      currency: row.currency,
      feeMinor: row.feeMinor,
      rate: row.rate,
      note: row.note ?? "",
      replaces: row.replaces ?? null,
      isVoid: row.isVoid ?? false,
      recordedBy: row.id,
      bodyHash: hashOf(row),
    },
  ]);
  if (!isNew.has(row.id)) throw notFound("receipt");
  await insertAll(
    allocations,
    row.allocations.map(({ chainId, minor }) => ({ creatorId, receiptId: row.id, chainId, minor })),
  );
  return true;
}

function hashOf({ id: _id, ...body }: Row): Buffer {
  const shares = [...body.allocations].sort((a, b) => (a.chainId < b.chainId ? -1 : 1));
  return bodyHash({
    ...body,
    replaces: body.replaces ?? null,
    isVoid: body.isVoid ?? false,
    allocations: shares,
  });
}

async function isThere(viewer: Viewer, creatorId: string, row: Row): Promise<boolean> {
  const [there] = await conn()
    .select({ bodyHash: receipts.bodyHash })
    .from(receipts)
    .where(and(ofCreator(viewer, creatorId), eq(receipts.id, row.id)));
  if (there) sameBody(there.bodyHash, hashOf(row));
  return there !== undefined;
}

async function refuseReplaced(viewer: Viewer, creatorId: string, { replaces }: Row): Promise<void> {
  if (!replaces) return;
  const later = await select(viewer).where(
    and(ofCreator(viewer, creatorId), eq(receipts.replaces, replaces)),
  );
  const [current] = await withAllocations(viewer, creatorId, later);
  if (!current) return;
  throw new AppError(
    "conflict",
    "This receipt was corrected by somebody else in the meantime. Look at the newest one, then correct that.",
    {},
    current,
  );
}

async function refuseTooMuch(viewer: Viewer, creatorId: string, row: Row): Promise<void> {
  if (row.allocations.length === 0) return;
  const chains = row.allocations.map((share) => share.chainId);
  const due = await listDue(viewer, creatorId, chains, row.replaces ?? null);
  const byChain = new Map(due.map((payout) => [payout.chainId, payout]));
  let inOwnCurrency = 0n;
  for (const { chainId, minor } of row.allocations) {
    const payout = byChain.get(chainId);
    if (!payout) {
      throw new AppError(
        "not_found",
        "One of the payouts does not exist any more, or only adds to another one. Reload the list of open payouts and choose again.",
      );
    }
    if (minor > payout.openMinor) {
      const money = (amount: bigint) => `${decimalOf(amount, payout.currency)} ${payout.currency}`;
      const left = payout.openMinor > 0n ? `only ${money(payout.openMinor)}` : "nothing";
      throw new AppError(
        "invalid",
        `${nameOf(payout)}: ${left} is open, and ${money(minor)} was assigned. Lower it, or correct the payout first.`,
        { allocations: `${nameOf(payout)}: ${left} is open.` },
      );
    }
    if (payout.currency === row.currency) inOwnCurrency += minor;
  }
  if (inOwnCurrency > row.minor + row.feeMinor) {
    const currency = currencyOf(row.currency);
    const money = (amount: bigint) => `${decimalOf(amount, currency)} ${currency}`;
    throw new AppError(
      "invalid",
      `${money(inOwnCurrency)} is assigned to payouts, but ${money(row.minor + row.feeMinor)} arrived (the fee included). Assign less, or write down what was withheld as an entry about the payout.`,
      { allocations: `At most ${money(row.minor + row.feeMinor)} altogether.` },
    );
  }
}

function nameOf({ channelName, stream, fromDay, toDay }: OpenPayout): string {
  const whose = channelName ? `${channelName}, ` : "";
  const when = fromDay === toDay ? fromDay : `${fromDay} to ${toDay}`;
  return `The payout ${whose}${STREAM_LABEL[stream]}, ${when}`;
}
