/** The ledger: what was earned. Entries are never changed; see `replace`, `about` and `undo`. */
import {
  and,
  asc,
  count,
  desc,
  eq,
  gt,
  ilike,
  inArray,
  isNotNull,
  isNull,
  or,
  type SQL,
  sql,
} from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { AppError, notFound } from "../lib/errors";
import type { Viewer } from "../lib/model/access";
import type { EntryKind, Format, PayoutState, Platform, Stream } from "../lib/model/words";
import { note as audit, noteAll } from "./audit";
import { insertAll, insertNew } from "./bulk";
import { conn, transaction } from "./client";
import { like } from "./like";
import { bodyHash, sameBody } from "./once";
import { channels, deals, payoutLines, payouts, placements, videos } from "./schema";
import { demand, scope, staysInSight, streamScope } from "./scope";

/** What a person states about a payout. Days are in the creator's zone; money in minor units of `currency`. */
export interface PayoutBody {
  channelId: string | null;
  format: Format | "all";
  stream: Stream;
  kind: Exclude<EntryKind, "void">;
  state: PayoutState;
  fromDay: string;
  toDay: string;
  minor: bigint;
  currency: string;
  /** null: not shared with the viewer; a correction of his leaves it as it is */
  note: string | null;
  /** the chain (first entry) this one adds to: refund, clawback, adjustment, withheld tax, fee */
  about?: string | null;
  /** how the amount came about, in the stream's own terms */
  makings?: Record<string, unknown> | null;
  /** the first entry of the deal's or the placement's chain */
  dealId?: string | null;
  placementId?: string | null;
  /** what the platform estimated before it was final, and the day it settled it */
  estimatedMinor?: bigint | null;
  settledOn?: string | null;
  lines?: readonly { videoId: string; minor: bigint }[];
  /** where an import found it: the same key later is the same payout */
  sourceKey?: string | null;
  importId?: string | null;
}

export interface NewPayout extends PayoutBody {
  /** made by the browser before the first submit */
  id: string;
  /** the entry this one corrects; it must be the newest of its chain */
  replaces?: string | null;
}

export interface Payout {
  id: string;
  chainId: string;
  channelId: string | null;
  channelName: string | null;
  platform: Platform | null;
  format: Format | "all";
  stream: Stream;
  kind: EntryKind;
  state: PayoutState;
  fromDay: string;
  toDay: string;
  minor: bigint;
  currency: string;
  /** null: not shared with the viewer; a correction of his leaves it as it is */
  note: string | null;
  about: string | null;
  makings: Record<string, unknown> | null;
  dealId: string | null;
  placementId: string | null;
  estimatedMinor: bigint | null;
  settledOn: string | null;
  replaces: string | null;
  recordedBy: string;
  recordedAt: Date;
  /** received so far, in the payout's currency; null: receipts are not shared with the viewer */
  paidMinor: bigint | null;
  /** what receipts must cover: the payout with the entries about it in its currency; null as above */
  dueMinor: bigint | null;
}

/** Records one payout and answers its id; see `recordAll`. */
export async function record(viewer: Viewer, creatorId: string, entry: NewPayout): Promise<{ id: string }> {
  await recordAll(viewer, creatorId, [entry]);
  return { id: entry.id };
}

/**
 * Records entries in one transaction. An id that is there already with the same body is left as it is.
 * Errors: conflict when an id has another body, or when `replaces` was replaced by somebody else meanwhile
 * (the error carries the entry that is there now); not_found for a channel, video or entry of somebody else.
 */
export function recordAll(viewer: Viewer, creatorId: string, entries: readonly NewPayout[]): Promise<void> {
  return transaction(viewer, async () => {
    await demand(viewer, creatorId, "write");
    await checkLinks(viewer, creatorId, entries);
    await insertEntries(viewer, creatorId, entries);
  });
}

/** Takes an entry back: nothing of it counts any more; the history keeps it. */
export function remove(
  viewer: Viewer,
  creatorId: string,
  input: { id: string; replaces: string },
): Promise<void> {
  return transaction(viewer, async () => {
    await demand(viewer, creatorId, "write");
    const old = await getEntry(viewer, creatorId, input.replaces);
    const isNew = await insertRows(viewer, creatorId, [
      { ...rowOf(old), id: input.id, kind: "void", minor: 0n, replaces: old.id, about: null, importId: null },
    ]);
    if (isNew.has(input.id)) await audit(creatorId, "payout.removed", old.chainId, {});
  });
}

/** Undoes the newest change of a chain: a first entry is taken back, a correction gives way to what it corrected. */
export function undo(
  viewer: Viewer,
  creatorId: string,
  input: { id: string; entryId: string },
): Promise<void> {
  return transaction(viewer, async () => {
    await demand(viewer, creatorId, "write");
    const newest = await getEntry(viewer, creatorId, input.entryId);
    const before = newest.replaces ? await getEntry(viewer, creatorId, newest.replaces) : null;
    const lines = before ? await listLines(creatorId, before.id) : [];
    const row =
      before && before.kind !== "void"
        ? rowOf(before)
        : { ...rowOf(newest), kind: "void" as const, minor: 0n, about: null };
    const undoing = { ...row, id: input.id, replaces: newest.id, importId: null, lines };
    const isNew = await insertRows(viewer, creatorId, [undoing]);
    if (isNew.has(input.id)) await audit(creatorId, "payout.undone", newest.chainId, {});
  });
}

export interface PayoutFilter {
  month?: string;
  stream?: Stream;
  channelId?: string;
  state?: PayoutState;
  kind?: EntryKind;
  paid?: "paid" | "unpaid";
  /** those that name this deal, this placement, or any; by the chain's first id */
  dealId?: string | "any";
  placementId?: string | "any";
  search?: string;
}

export type PayoutSort = "period" | "amount" | "stream" | "recorded";

/** The entries that count, a page at a time. */
export function list(
  viewer: Viewer,
  creatorId: string,
  options: {
    filter?: PayoutFilter;
    sort?: PayoutSort;
    descending?: boolean;
    page?: number;
    size?: number;
  } = {},
): Promise<{ rows: Payout[]; total: number }> {
  const { filter = {}, sort = "period", descending = true, page = 1, size = 50 } = options;
  return transaction(viewer, async () => {
    const where = and(
      streamScope(viewer, payouts),
      eq(payouts.creatorId, creatorId),
      isCurrent(creatorId),
      ...conditionsOf(viewer, filter),
    );
    const direction = descending ? desc : asc;
    const [rows, [counted]] = await Promise.all([
      selectPayouts(viewer)
        .where(where)
        .orderBy(direction(SORT[sort]), direction(payouts.id))
        .limit(size)
        .offset((page - 1) * size),
      conn().select({ total: count() }).from(payouts).leftJoin(channels, joinChannel).where(where),
    ]);
    return { rows, total: counted?.total ?? 0 };
  });
}

/** One entry that counts, with its lines. Throws not_found. */
export function get(
  viewer: Viewer,
  creatorId: string,
  id: string,
): Promise<Payout & { lines: { videoId: string; title: string; minor: bigint }[] }> {
  return transaction(viewer, async () => {
    const payout = await getEntry(viewer, creatorId, id);
    return { ...payout, lines: await listLines(creatorId, id) };
  });
}

/** Everything ever said about one payout: its chain, oldest first, and the entries that add to it. */
export function history(viewer: Viewer, creatorId: string, chainId: string): Promise<Payout[]> {
  return transaction(viewer, async () => {
    const rows = await selectPayouts(viewer)
      .where(
        and(
          streamScope(viewer, payouts),
          eq(payouts.creatorId, creatorId),
          or(eq(payouts.chainId, chainId), eq(payouts.about, chainId)),
        ),
      )
      .orderBy(asc(payouts.recordedAt), asc(payouts.id));
    if (rows.length === 0) throw notFound("payout");
    return rows;
  });
}

/** The newest payout a person typed: tomorrow's form begins with its channel, stream and currency. */
export function findLast(viewer: Viewer, creatorId: string): Promise<Payout | null> {
  return transaction(viewer, async () => {
    const [row] = await selectPayouts(viewer)
      .where(
        and(
          streamScope(viewer, payouts),
          eq(payouts.creatorId, creatorId),
          isCurrent(creatorId),
          isNull(payouts.importId),
          eq(payouts.kind, "earning"),
        ),
      )
      // Entries of one transaction share their time.
      .orderBy(desc(payouts.recordedAt), desc(payouts.toDay))
      .limit(1);
    return row ?? null;
  });
}

// ---------------------------------------------------------------- reading

const later = alias(payouts, "later");
const joinChannel = and(eq(channels.creatorId, payouts.creatorId), eq(channels.id, payouts.channelId));

/** Newest of its chain, and not taken back. */
const isCurrent = (creatorId: string): SQL => sql`${payouts.kind} <> 'void' and not exists (
  select from ${payouts} as ${sql.identifier("later")}
  where ${later.creatorId} = ${payouts.creatorId} and ${later.replaces} = ${payouts.id})
  and ${staysInSight(creatorId, payouts.id)}`;

/** What receipts that count have paid on this chain. */
const paidMinor = sql`(
  select coalesce(sum(a.minor), 0)::text from allocations a
  join receipts r on r.creator_id = a.creator_id and r.id = a.receipt_id
  where a.creator_id = ${payouts.creatorId} and a.chain_id = ${payouts.chainId} and not r.is_void
    and not exists (select from receipts l where l.creator_id = r.creator_id and l.replaces = r.id))`.mapWith(
  BigInt,
);

/** Withheld tax and fees never arrive: without them a payout is paid. */
const dueMinor = sql`(
  select ${payouts.minor} + coalesce(sum(x.minor), 0)::bigint from payouts x
  where x.creator_id = ${payouts.creatorId} and x.about = ${payouts.chainId} and x.currency = ${payouts.currency}
    and x.kind <> 'void'
    and not exists (select from payouts l where l.creator_id = x.creator_id and l.replaces = x.id))`;

const SORT: Record<PayoutSort, SQL> = {
  period: sql`${payouts.toDay}`,
  amount: sql`${payouts.minor}`,
  stream: sql`${payouts.stream}`,
  recorded: sql`${payouts.recordedAt}`,
};

function selectPayouts(viewer: Viewer) {
  const isWhole = scope(viewer, payouts.creatorId, "amounts");
  return conn()
    .select({
      id: payouts.id,
      chainId: payouts.chainId,
      channelId: payouts.channelId,
      channelName: channels.name,
      platform: channels.platform,
      format: payouts.format,
      stream: payouts.stream,
      kind: payouts.kind,
      state: payouts.state,
      fromDay: payouts.fromDay,
      toDay: payouts.toDay,
      minor: payouts.minor,
      currency: payouts.currency,
      note: sql<string | null>`case when ${streamScope(viewer, payouts, "notes")} then ${payouts.note} end`,
      about: payouts.about,
      makings: payouts.makings,
      dealId: payouts.dealId,
      placementId: payouts.placementId,
      estimatedMinor: payouts.estimatedMinor,
      settledOn: payouts.settledOn,
      replaces: payouts.replaces,
      recordedBy: payouts.recordedBy,
      recordedAt: payouts.recordedAt,
      paidMinor: sql<bigint | null>`case when ${isWhole} then ${paidMinor} end`.mapWith(BigInt),
      dueMinor: sql<bigint | null>`case when ${isWhole} then ${dueMinor}::text end`.mapWith(BigInt),
    })
    .from(payouts)
    .leftJoin(channels, joinChannel)
    .$dynamic();
}

function conditionsOf(viewer: Viewer, filter: PayoutFilter): (SQL | undefined)[] {
  const { month, stream, channelId, state, kind, paid, dealId, placementId, search } = filter;
  return [
    month
      ? sql`${payouts.fromDay} < (to_date(${month}, 'YYYY-MM') + interval '1 month')::date and ${payouts.toDay} >= to_date(${month}, 'YYYY-MM')`
      : undefined,
    stream ? eq(payouts.stream, stream) : undefined,
    channelId ? eq(payouts.channelId, channelId) : undefined,
    state ? eq(payouts.state, state) : undefined,
    kind ? eq(payouts.kind, kind) : undefined,
    dealId ? naming(payouts.dealId, dealId) : undefined,
    placementId ? naming(payouts.placementId, placementId) : undefined,
    // What was taken off another payout is neither: it waits for no money.
    paid ? and(isNull(payouts.about), gt(payouts.minor, 0n)) : undefined,
    paid === "paid" ? sql`${paidMinor}::bigint >= ${dueMinor}` : undefined,
    paid === "unpaid" ? sql`${paidMinor}::bigint < ${dueMinor}` : undefined,
    search
      ? or(
          and(streamScope(viewer, payouts, "notes"), ilike(payouts.note, like(search))),
          ilike(channels.name, like(search)),
        )
      : undefined,
  ];
}

function naming(column: typeof payouts.dealId | typeof payouts.placementId, id: string): SQL | undefined {
  return id === "any" ? isNotNull(column) : eq(column, id);
}

async function getEntry(viewer: Viewer, creatorId: string, id: string): Promise<Payout> {
  const [row] = await selectPayouts(viewer).where(
    and(streamScope(viewer, payouts), eq(payouts.creatorId, creatorId), eq(payouts.id, id)),
  );
  if (!row) throw notFound("payout");
  return row;
}

function listLines(creatorId: string, payoutId: string) {
  return conn()
    .select({ videoId: payoutLines.videoId, title: videos.title, minor: payoutLines.minor })
    .from(payoutLines)
    .innerJoin(videos, and(eq(videos.creatorId, payoutLines.creatorId), eq(videos.id, payoutLines.videoId)))
    .where(and(eq(payoutLines.creatorId, creatorId), eq(payoutLines.payoutId, payoutId)))
    .orderBy(desc(payoutLines.minor));
}

// ---------------------------------------------------------------- writing

type Row = Omit<PayoutBody, "kind"> & { id: string; kind: EntryKind; replaces?: string | null };

function rowOf(payout: Payout): Omit<Row, "id"> {
  const { channelId, format, stream, kind, state, fromDay, toDay, minor, currency, note, about } = payout;
  const { makings, dealId, placementId, estimatedMinor, settledOn } = payout;
  const body = { channelId, format, stream, kind, state, fromDay, toDay, minor, currency, note, about };
  return { ...body, makings, dealId, placementId, estimatedMinor, settledOn };
}

/** A deal or placement of somebody else is as if it was not there. */
async function checkLinks(viewer: Viewer, creatorId: string, entries: readonly NewPayout[]): Promise<void> {
  const links = [
    [deals, entries.flatMap(({ dealId }) => dealId ?? []), "deal"],
    [placements, entries.flatMap(({ placementId }) => placementId ?? []), "placement"],
  ] as const;
  for (const [table, named, noun] of links) {
    const ids = [...new Set(named)];
    if (ids.length === 0) continue;
    const [found] = await conn()
      .select({ rows: count() })
      .from(table)
      .where(
        and(
          scope(viewer, table.creatorId, "amounts"),
          eq(table.creatorId, creatorId),
          inArray(table.id, ids),
          isNull(table.replaces),
        ),
      );
    if ((found?.rows ?? 0) < ids.length) throw notFound(noun);
  }
}

async function insertEntries(
  viewer: Viewer,
  creatorId: string,
  entries: readonly NewPayout[],
): Promise<void> {
  const isNew = await insertRows(viewer, creatorId, entries);
  const corrections = entries.filter(({ id, replaces }) => replaces && isNew.has(id));
  await noteAll(
    creatorId,
    corrections.map(({ id, replaces }) => ({
      action: "payout.corrected",
      subject: id,
      detail: { replaces },
    })),
  );
}

/** Answers the ids of those that are new. */
async function insertRows(
  viewer: Viewer,
  creatorId: string,
  rows: readonly Row[],
): Promise<ReadonlySet<string>> {
  const isNew = await insertNew(
    payouts,
    rows.map((row) => ({
      creatorId,
      id: row.id,
      chainId: row.id,
      channelId: row.channelId,
      format: row.format,
      stream: row.stream,
      kind: row.kind,
      state: row.state,
      fromDay: row.fromDay,
      toDay: row.toDay,
      minor: row.minor,
      currency: row.currency,
      note: row.note ?? "",
      about: row.about ?? null,
      makings: row.makings ?? null,
      dealId: row.dealId ?? null,
      placementId: row.placementId ?? null,
      estimatedMinor: row.estimatedMinor ?? null,
      settledOn: row.settledOn ?? null,
      replaces: row.replaces ?? null,
      sourceKey: row.sourceKey ?? null,
      importId: row.importId ?? null,
      recordedBy: row.id,
      bodyHash: hashOf(row),
    })),
  );
  await insertAll(
    payoutLines,
    rows.flatMap((row) =>
      isNew.has(row.id)
        ? (row.lines ?? []).map((line) => ({
            creatorId,
            payoutId: row.id,
            videoId: line.videoId,
            minor: line.minor,
          }))
        : [],
    ),
  );
  for (const row of rows) if (!isNew.has(row.id)) await answerRepeat(viewer, creatorId, row);
  return isNew;
}

function hashOf({ id: _id, ...body }: Row): Buffer {
  return bodyHash({ ...body });
}

/** The id was there, or what it replaces was replaced by somebody else. */
async function answerRepeat(viewer: Viewer, creatorId: string, row: Row): Promise<void> {
  const [there] = await conn()
    .select({ bodyHash: payouts.bodyHash })
    .from(payouts)
    .where(and(eq(payouts.creatorId, creatorId), eq(payouts.id, row.id)));
  if (there) return sameBody(there.bodyHash, hashOf(row));
  const [current] = await selectPayouts(viewer).where(
    and(eq(payouts.creatorId, creatorId), eq(payouts.replaces, row.replaces ?? row.id)),
  );
  throw new AppError(
    "conflict",
    "This payout was corrected by somebody else in the meantime. Look at the newest entry, then correct that one.",
    {},
    current,
  );
}
