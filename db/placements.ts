/**
 * Where a link earns commission: a merchant's offer on a video or a channel, from a day to a day. What it earned are
 * affiliate payouts that name it; nothing here is money.
 */
import { and, asc, eq, type SQL, sql } from "drizzle-orm";
import { AppError, notFound } from "../lib/errors";
import type { Viewer } from "../lib/model/access";
import { readMakings } from "../lib/model/makings";
import type { Currency } from "../lib/model/money";
import { type Day, isDay } from "../lib/model/month";
import type { Commission } from "../lib/model/placement";
import type { EntryKind, Platform } from "../lib/model/words";
import { note as audit } from "./audit";
import { appendTo, inChainOrder, isCurrentIn, removeFrom, rootOf, undoIn } from "./chain";
import { conn, transaction } from "./client";
import { channels, deals, payouts, placements, videos } from "./schema";
import { demand, scope, sharedNote } from "./scope";

export interface PlacementBody {
  /** who pays the commission */
  merchant: string;
  /** what tells it from others: a product, a code, a spot in the description */
  label: string;
  /** a video, or else a channel, or else the creator as a whole */
  videoId: string | null;
  channelId: string | null;
  /** offered, in parts per million of the order value; null = unknown */
  ratePpm: number | null;
  fromDay: string;
  /** null = it still runs */
  toDay: string | null;
  /** of the first entry of the deal's chain, where the commission is part of a deal */
  dealId: string | null;
  /** null: not shared with the viewer; a correction of his leaves it as it is */
  note: string | null;
}

export interface NewPlacement extends PlacementBody {
  /** made by the browser before the first submit */
  id: string;
  /** the entry this one corrects; it must be the newest of its chain */
  replaces?: string | null;
}

export interface Placement extends PlacementBody {
  id: string;
  /** of the first entry of its chain: what payouts name */
  chainId: string;
  fromDay: Day;
  toDay: Day | null;
  videoTitle: string | null;
  channelName: string | null;
  platform: Platform | null;
  replaces: string | null;
  recordedBy: string;
  recordedAt: Date;
}

/** A commission that names a placement, or an entry about one. */
export interface PlacedCommission extends Commission {
  payoutId: string;
  /** of the payout's chain; of an entry about one, of that one */
  payoutChainId: string;
  /** of the placement's chain */
  placementId: string;
}

/**
 * Records a placement, or corrects one.
 * Errors: invalid by field; conflict when the id has another body, or when `replaces` was replaced by somebody
 * else meanwhile; not_found for a channel, video, deal or placement of somebody else.
 */
export function record(viewer: Viewer, creatorId: string, input: NewPlacement): Promise<{ id: string }> {
  return transaction(viewer, async () => {
    await demand(viewer, creatorId, "write");
    check(input);
    await checkLinks(viewer, creatorId, input);
    const isNew = await insertPlacement(viewer, creatorId, input);
    if (isNew && input.replaces)
      await audit(creatorId, "placement.corrected", input.id, { replaces: input.replaces });
    return { id: input.id };
  });
}

/** Takes a placement back: it is listed no more. Its payouts stay, and count as before. */
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

/** All placements that count, by merchant. */
export function list(viewer: Viewer, creatorId: string): Promise<Placement[]> {
  return transaction(viewer, async () => {
    const rows = await select(viewer)
      .where(and(ofCreator(viewer, creatorId), isCurrentIn(placements)))
      .orderBy(asc(sql`lower(${placements.merchant})`), asc(placements.fromDay), asc(placements.id));
    return rows.map(placementOf);
  });
}

/** Everything ever said about one placement, oldest first; `id` may be any of its chain. Throws not_found. */
export function history(
  viewer: Viewer,
  creatorId: string,
  id: string,
): Promise<(Placement & { isVoid: boolean })[]> {
  return transaction(viewer, async () => {
    const rows = await select(viewer).where(
      and(
        ofCreator(viewer, creatorId),
        sql`${rootOf(placements)} = (
          select ${rootOf(placements)} from ${placements}
          where ${placements.creatorId} = ${creatorId} and ${placements.id} = ${id})`,
      ),
    );
    if (rows.length === 0) throw notFound("placement");
    return inChainOrder(rows.map(placementOf));
  });
}

/**
 * What counts of the payouts that name a placement (all of them, or one by its chain), and the entries about those,
 * oldest first.
 */
export function listCommissions(
  viewer: Viewer,
  creatorId: string,
  placementId?: string,
): Promise<PlacedCommission[]> {
  return transaction(viewer, async () => {
    const whose = scope(viewer, sql`p.creator_id`, "amounts");
    const rows = await conn().execute<CommissionRow>(sql`
      with counting as (
        select p.* from ${payouts} p
        where ${whose} and p.creator_id = ${creatorId} and p.kind <> 'void'
          and not exists (select from ${payouts} l where l.creator_id = p.creator_id and l.replaces = p.id)
      ), named as (
        select * from counting
        where about is null and placement_id is not null
          ${placementId ? sql`and placement_id = ${placementId}` : sql``}
      )
      select n.id, n.chain_id, n.placement_id, n.kind, n.from_day::text, n.to_day::text, n.minor::text, n.currency, n.makings
      from named n
      union all
      select c.id, n.chain_id, n.placement_id, c.kind, c.from_day::text, c.to_day::text, c.minor::text, c.currency, null
      from named n join counting c on c.about = n.chain_id
      order by 5, 2, 4, 1`);
    return rows.map(commissionOf);
  });
}

// ---------------------------------------------------------------- reading

interface CommissionRow extends Record<string, unknown> {
  id: string;
  chain_id: string;
  placement_id: string;
  kind: EntryKind;
  from_day: Day;
  to_day: Day;
  minor: string;
  currency: Currency;
  makings: Record<string, unknown> | null;
}

function commissionOf(row: CommissionRow): PlacedCommission {
  const makings = readMakings(row.makings);
  const orders = makings?.of === "orders" ? makings : null;
  return {
    payoutId: row.id,
    payoutChainId: row.chain_id,
    placementId: row.placement_id,
    kind: row.kind,
    fromDay: row.from_day,
    toDay: row.to_day,
    minor: BigInt(row.minor),
    currency: row.currency,
    clicks: orders?.clicks ?? null,
    orders: orders?.orders ?? null,
    valueMinor: orders?.valueMinor ?? null,
    refundedMinor: orders?.refundedMinor ?? null,
  };
}

function ofCreator(viewer: Viewer, creatorId: string): SQL | undefined {
  return and(scope(viewer, placements.creatorId, "amounts"), eq(placements.creatorId, creatorId));
}

function select(viewer: Viewer) {
  return conn()
    .select({
      id: placements.id,
      chainId: rootOf(placements),
      merchant: placements.merchant,
      label: placements.label,
      videoId: placements.videoId,
      videoTitle: videos.title,
      channelId: sql<string | null>`coalesce(${placements.channelId}, ${videos.channelId})`,
      channelName: channels.name,
      platform: channels.platform,
      ratePpm: placements.ratePpm,
      fromDay: placements.fromDay,
      toDay: placements.toDay,
      dealId: placements.dealId,
      note: sharedNote(viewer, placements),
      replaces: placements.replaces,
      isVoid: placements.isVoid,
      recordedBy: placements.recordedBy,
      recordedAt: placements.recordedAt,
    })
    .from(placements)
    .leftJoin(videos, and(eq(videos.creatorId, placements.creatorId), eq(videos.id, placements.videoId)))
    .leftJoin(
      channels,
      and(
        eq(channels.creatorId, placements.creatorId),
        sql`${channels.id} = coalesce(${placements.channelId}, ${videos.channelId})`,
      ),
    )
    .$dynamic();
}

function placementOf(row: Awaited<ReturnType<typeof select>>[number]): Placement & { isVoid: boolean } {
  return { ...row, fromDay: row.fromDay as Day, toDay: row.toDay as Day | null };
}

async function getPlacement(viewer: Viewer, creatorId: string, id: string) {
  const [row] = await select(viewer).where(and(ofCreator(viewer, creatorId), eq(placements.id, id)));
  if (!row) throw notFound("placement");
  return placementOf(row);
}

// ---------------------------------------------------------------- writing

type Row = NewPlacement & { isVoid?: boolean };

/** A video says its channel. */
function bodyOf(body: PlacementBody): PlacementBody {
  const { merchant, label, videoId, ratePpm, fromDay, toDay, dealId, note } = body;
  return {
    ...{ merchant, label, videoId, ratePpm, fromDay, toDay, dealId, note },
    channelId: videoId ? null : body.channelId,
  };
}

function check({ merchant, ratePpm, fromDay, toDay }: NewPlacement): void {
  const fields: Record<string, string> = {};
  if (merchant.trim() === "") fields.merchant = "Name who pays the commission.";
  if (ratePpm !== null && !(ratePpm >= 0 && ratePpm <= 1_000_000))
    fields.ratePpm = "Write the rate as a percentage from 0 to 100.";
  if (!isDay(fromDay)) fields.fromDay = "Write the day as 2026-01-31.";
  if (toDay !== null && !isDay(toDay)) fields.toDay = "Write the day as 2026-01-31, or leave it empty.";
  else if (toDay !== null && toDay < fromDay) fields.toDay = "The last day is before the first: swap them.";
  if (Object.keys(fields).length > 0)
    throw new AppError("invalid", "Please look at the marked fields.", fields);
}

/** What belongs to somebody else is as if it was not there. */
async function checkLinks(viewer: Viewer, creatorId: string, input: NewPlacement): Promise<void> {
  if (input.replaces) await getPlacement(viewer, creatorId, input.replaces);
  const links = [
    [channels, input.videoId ? null : input.channelId, "channel"],
    [videos, input.videoId, "video"],
    [deals, input.dealId, "deal"],
  ] as const;
  for (const [table, id, noun] of links) {
    if (id === null) continue;
    const [found] = await conn()
      .select({ id: sql`1` })
      .from(table)
      .where(and(scope(viewer, table.creatorId), eq(table.creatorId, creatorId), eq(table.id, id)));
    if (!found) throw notFound(noun);
  }
}

/** Answers whether the entry is new. */
function insertPlacement(viewer: Viewer, creatorId: string, row: Row): Promise<boolean> {
  const { id, replaces, isVoid } = row;
  return appendTo(
    placements,
    viewer,
    creatorId,
    { id, replaces, isVoid, ...bodyOf(row) },
    { noun: "placement", find: async (where) => (await select(viewer).where(where)).map(placementOf) },
  );
}

const CHAIN = { noun: "placement", get: getPlacement, insert: insertPlacement, bodyOf } as const;
