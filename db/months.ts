/**
 * Months that are closed: what they said is kept byte for byte, and entries that come later are booked in the first
 * open month after them.
 */
import { and, desc, eq, type SQL, sql } from "drizzle-orm";
import { AppError, notFound } from "../lib/errors";
import type { Viewer } from "../lib/model/access";
import type { Currency } from "../lib/model/money";
import { isMonth, type Month } from "../lib/model/month";
import { note as audit } from "./audit";
import { insertNew } from "./bulk";
import { conn, transaction } from "./client";
import { closedMonths, creators, payouts, postings, reopenings, statements } from "./schema";
import { demand, granted, scope, sharedNote, streamScope } from "./scope";

export interface ClosedMonth {
  month: Month;
  closedBy: string;
  closedAt: Date;
}

/** Newest first. */
export function listClosed(viewer: Viewer, creatorId: string): Promise<ClosedMonth[]> {
  return transaction(viewer, async () => {
    const rows = await conn()
      .select({
        month: closedMonths.month,
        closedBy: closedMonths.closedBy,
        closedAt: closedMonths.closedAt,
      })
      .from(closedMonths)
      .where(and(scope(viewer, closedMonths.creatorId), eq(closedMonths.creatorId, creatorId)))
      .orderBy(desc(closedMonths.month));
    return rows.map((row) => ({ ...row, month: row.month as Month }));
  });
}

// ---------------------------------------------------------------- closing

/** A closing of a month. The newest of a month that is closed is its statement; the others were reopened. */
export interface Closing {
  id: string;
  month: Month;
  /** 1 for the first closing of the month */
  revision: number;
  /** SHA-256 of the statement's bytes, 64 hex digits */
  sha256: string;
  /** whether the bytes still have that checksum */
  isIntact: boolean;
  codeVersion: string;
  closedBy: string;
  closedAt: Date;
}

/** What is kept of a month when it is closed. `data`: the statement's canonical bytes, as text. */
export interface Drawn {
  data: string;
  codeVersion: string;
}

/**
 * Closes a month that is over and keeps what `draw` says of it, in one transaction: entries under way are waited for
 * and are in it, those that come after are booked in an open month. Owners only. The same id answers the same.
 * Errors: invalid for a month that is not over in the creator's zone, conflict for one that is closed.
 */
export function close(
  viewer: Viewer,
  creatorId: string,
  { id, month }: { id: string; month: string },
  draw: () => Promise<Drawn>,
): Promise<Closing> {
  return transaction(viewer, async () => {
    await demand(viewer, creatorId, "manage");
    if (!isMonth(month)) throw new AppError("invalid", `"${month}" is not a month; write it as 2026-01.`);
    const thisMonth = await hold(viewer, creatorId);
    const [there] = await readClosings(viewer, creatorId, eq(statements.id, id));
    if (there?.month === month) return there;
    if (month >= thisMonth)
      throw new AppError("invalid", `${month} is not over yet. Close it when its last day has passed.`);
    const by = viewer.kind === "person" ? viewer.userId : viewer.creatorId;
    // Before it is drawn: what it says of itself is that it is closed.
    const { count } = await conn()
      .insert(closedMonths)
      .values({ creatorId, month, closedBy: by })
      .onConflictDoNothing();
    if (count === 0)
      throw new AppError(
        "conflict",
        `This month is closed already. Reload the page to see its statement; an owner can open the month again.`,
      );
    // What is worked out by the database (number, checksum, who, when) is given a place here.
    const row = {
      creatorId,
      id,
      month,
      revision: 0,
      sha256: Buffer.alloc(0),
      closedBy: by,
      ...(await draw()),
    };
    const isNew = await insertNew(statements, [row]);
    if (!isNew.has(id))
      throw new AppError("conflict", "This form was already sent for another month. Reload the page.");
    const [closing] = await readClosings(viewer, creatorId, eq(statements.id, id));
    if (!closing) throw new Error("A statement that was kept cannot be read.");
    await audit(creatorId, "month.closed", month, { revision: closing.revision, sha256: closing.sha256 });
    return closing;
  });
}

/**
 * Opens a closed month again, with a reason that stays. Its statement stays too; what was booked elsewhere meanwhile
 * stays where it is. Owners only. Errors: invalid without a reason, conflict for a month that is open.
 */
export function reopen(
  viewer: Viewer,
  creatorId: string,
  { id, month, reason }: { id: string; month: string; reason: string },
): Promise<void> {
  return transaction(viewer, async () => {
    await demand(viewer, creatorId, "manage");
    if (reason.trim() === "")
      throw new AppError("invalid", "Please look at the marked fields.", {
        reason: "Say why the month is opened again: it stays beside the statement.",
      });
    await hold(viewer, creatorId);
    const [there] = await conn()
      .select({ month: reopenings.month, reason: reopenings.reason })
      .from(reopenings)
      .where(
        and(
          scope(viewer, reopenings.creatorId, "manage"),
          eq(reopenings.creatorId, creatorId),
          eq(reopenings.id, id),
        ),
      );
    if (there?.month === month && there.reason === reason) return;
    const [row] = there
      ? []
      : await conn().execute<{ done: boolean }>(
          sql`select reopen_month(${creatorId}, ${id}, ${month}, ${reason}) as done`,
        );
    if (!row?.done)
      throw new AppError("conflict", `${month} is open already. Reload the page to see what is there.`);
  });
}

/** Whoever closes or reopens waits here for entries under way, and they for him. Answers the creator's month now. */
async function hold(viewer: Viewer, creatorId: string): Promise<string> {
  const [creator] = await conn()
    .select({ thisMonth: sql<string>`to_char(now() at time zone ${creators.timeZone}, 'YYYY-MM')` })
    .from(creators)
    .where(and(scope(viewer, creators.id, "manage"), eq(creators.id, creatorId)))
    .for("update");
  if (!creator) throw notFound("creator");
  return creator.thisMonth;
}

// ---------------------------------------------------------------- what was kept

/** Every closing of a month, newest first, and why it was opened again in between. */
export interface MonthHistory {
  isClosed: boolean;
  closings: Closing[];
  reopenings: { id: string; reason: string; recordedBy: string; recordedAt: Date }[];
}

export function history(viewer: Viewer, creatorId: string, month: Month): Promise<MonthHistory> {
  return transaction(viewer, async () => {
    await demand(viewer, creatorId, "amounts");
    const closings = await readClosings(viewer, creatorId, eq(statements.month, month));
    const reopened = await conn()
      .select({
        id: reopenings.id,
        reason: reopenings.reason,
        recordedBy: reopenings.recordedBy,
        recordedAt: reopenings.recordedAt,
      })
      .from(reopenings)
      .where(
        and(
          scope(viewer, reopenings.creatorId, "amounts"),
          eq(reopenings.creatorId, creatorId),
          eq(reopenings.month, month),
        ),
      )
      .orderBy(desc(reopenings.recordedAt));
    const closed = await listClosed(viewer, creatorId);
    return { isClosed: closed.some((each) => each.month === month), closings, reopenings: reopened };
  });
}

/** Every closing of every month, the newest month and number first. */
export function listClosings(viewer: Viewer, creatorId: string): Promise<Closing[]> {
  return transaction(viewer, async () => {
    await demand(viewer, creatorId, "amounts");
    return readClosings(viewer, creatorId, sql`true`);
  });
}

/** A closing with its statement's bytes. */
export type Kept = Closing & {
  data: string;
  /** whether the viewer belongs to the creator: an agency does not see what others are paid */
  isOwn: boolean;
  /** whether the notes in it are shared with the viewer */
  hasNotes: boolean;
};

/** The statement in force of a closed month; null while it is open. Errors: as `keptOf`. */
export function findKept(viewer: Viewer, creatorId: string, month: Month): Promise<Kept | null> {
  return transaction(viewer, async () => {
    await demand(viewer, creatorId, "amounts");
    const closed = sql`exists (
      select from ${closedMonths} where ${closedMonths.creatorId} = ${statements.creatorId} and ${closedMonths.month} = ${statements.month})`;
    const [newest] = await readKept(viewer, creatorId, sql`${statements.month} = ${month} and ${closed}`);
    return newest ?? null;
  });
}

/**
 * The statement of one closing, whether it is in force or was reopened. Errors: not_found; conflict when its bytes
 * are not those that were closed.
 */
export function keptOf(viewer: Viewer, creatorId: string, id: string): Promise<Kept> {
  return transaction(viewer, async () => {
    await demand(viewer, creatorId, "amounts");
    const [kept] = await readKept(viewer, creatorId, eq(statements.id, id));
    if (!kept) throw notFound("statement");
    return kept;
  });
}

/** What of a payout is booked in another month than the one it was earned in, which was closed when it came. */
export interface BookedLater {
  earnedMonth: Month;
  bookedMonth: Month;
  minor: bigint;
  currency: Currency;
}

/** By the payout's chain: its entry and every correction of it, in order of the months. */
export function bookedLater(viewer: Viewer, creatorId: string, chainId: string): Promise<BookedLater[]> {
  return transaction(viewer, async () => {
    await demand(viewer, creatorId, "read");
    const rows = await conn().execute<{
      earned: Month;
      booked: Month;
      minor: string;
      currency: Currency;
    }>(sql`
      select ${postings.earnedMonth} as earned, ${postings.bookedMonth} as booked,
        sum(${postings.minor})::text as minor, ${payouts.currency}
      from ${postings}
      join ${payouts} on ${payouts.creatorId} = ${postings.creatorId} and ${payouts.id} = ${postings.ofId}
      where ${streamScope(viewer, payouts)} and ${payouts.creatorId} = ${creatorId}
        and ${payouts.chainId} = ${chainId} and ${postings.bookedMonth} <> ${postings.earnedMonth}
      group by 1, 2, 4 having sum(${postings.minor}) <> 0 order by 1, 2`);
    return rows.map(({ earned, booked, minor, currency }) => ({
      ...{ earnedMonth: earned, bookedMonth: booked, currency, minor: BigInt(minor) },
    }));
  });
}

async function readKept(viewer: Viewer, creatorId: string, which: SQL): Promise<Kept[]> {
  const rows = await conn()
    .select({
      ...CLOSING,
      data: statements.data,
      isOwn: sql<boolean>`exists (
        select from access a where ${granted(viewer, "a")} and a.creator_id = ${statements.creatorId}
          and a.via not like 'representation:%')`,
      hasNotes: sql<boolean>`${sharedNote(viewer, { creatorId: statements.creatorId, note: sql`true` })} is not null`,
    })
    .from(statements)
    .where(and(mine(viewer, creatorId), which))
    .orderBy(desc(statements.revision))
    .limit(1);
  for (const { month, isIntact } of rows)
    if (!isIntact)
      throw new AppError(
        "conflict",
        `The statement of ${month} is not what was closed: its checksum does not match. Bring it back from a backup, or open the month again and close it anew.`,
      );
  return rows.map((row) => ({ ...row, month: row.month as Month }));
}

async function readClosings(viewer: Viewer, creatorId: string, which: SQL): Promise<Closing[]> {
  const rows = await conn()
    .select(CLOSING)
    .from(statements)
    .where(and(mine(viewer, creatorId), which))
    .orderBy(desc(statements.month), desc(statements.revision));
  return rows.map((row) => ({ ...row, month: row.month as Month }));
}

function mine(viewer: Viewer, creatorId: string): SQL {
  return sql`${scope(viewer, statements.creatorId, "amounts")} and ${statements.creatorId} = ${creatorId}`;
}

const CLOSING = {
  id: statements.id,
  month: statements.month,
  revision: statements.revision,
  sha256: sql<string>`encode(${statements.sha256}, 'hex')`,
  isIntact: sql<boolean>`${statements.sha256} = sha256(convert_to(${statements.data}, 'UTF8'))`,
  codeVersion: statements.codeVersion,
  closedBy: statements.closedBy,
  closedAt: statements.closedAt,
};
