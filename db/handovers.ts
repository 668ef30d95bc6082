/** Creators without an account of their own: an agency runs them, until the person they are about takes over. */
import { and, asc, eq, isNull, ne, sql } from "drizzle-orm";
import { AppError, notFound } from "../lib/errors";
import type { Viewer } from "../lib/model/access";
import { personOf } from "./agencies";
import { note } from "./audit";
import { conn, read, transaction } from "./client";
import * as creators from "./creators";
import { handovers, representations } from "./schema";
import { demand, scope } from "./scope";

export interface Handover {
  readonly id: string;
  readonly email: string;
  readonly expiresAt: Date;
}

export interface NewHandover {
  readonly id: string;
  /** of the person the creator is about, normalised */
  readonly email: string;
  /** SHA-256 of the link's secret part; the secret itself is never stored */
  readonly secretHash: Buffer;
  readonly expiresAt: Date;
}

/**
 * Makes a creator that the agency runs: the viewer owns it for now, the agency sees everything of it. The same ids
 * with the same values answer the same. Throws not_found or forbidden to whom is neither admin nor manager.
 */
export function run(
  viewer: Viewer,
  agencyId: string,
  { representationId, ...creator }: creators.NewCreator & { representationId: string },
): Promise<creators.Creator> {
  return transaction(viewer, async () => {
    const made = await creators.create(viewer, creator);
    const [row] = await conn().execute<{ runs: boolean }>(
      sql`select run_creator(${representationId}, ${agencyId}, ${made.id}) as runs`,
    );
    if (!row?.runs) throw notFound("agency");
    return made;
  });
}

/** The representation by which an agency runs the creator, and who was offered to take over; null for any other creator. */
export function find(
  viewer: Viewer,
  creatorId: string,
): Promise<{ representationId: string; offers: Handover[] } | null> {
  return read(viewer, async () => {
    await demand(viewer, creatorId, "manage");
    const [row] = await conn()
      .select({ id: representations.id })
      .from(representations)
      .where(
        and(
          scope(viewer, representations.creatorId, "manage"),
          eq(representations.creatorId, creatorId),
          eq(representations.runs, true),
          isNull(representations.endedAt),
        ),
      );
    if (!row) return null;
    const offers = await conn()
      .select({ id: handovers.id, email: handovers.email, expiresAt: handovers.expiresAt })
      .from(handovers)
      .where(open(viewer, creatorId))
      .orderBy(asc(handovers.email), asc(handovers.id));
    return { representationId: row.id, offers };
  });
}

/** Offers the creator to an address; an older offer ends. The same id again offers nothing new. Owners only. */
export function offer(viewer: Viewer, creatorId: string, input: NewHandover): Promise<void> {
  return transaction(viewer, async () => {
    const standing = await find(viewer, creatorId);
    if (!standing) {
      throw new AppError("invalid", "No agency runs this creator. Invite the person as an owner instead.");
    }
    const { representationId } = standing;
    const values = { ...input, creatorId, representationId, invitedBy: personOf(viewer) };
    const { count } = await conn().insert(handovers).values(values).onConflictDoNothing();
    if (count === 0) return;
    await conn()
      .update(handovers)
      .set({ revokedAt: sql`now()` })
      .where(and(open(viewer, creatorId), ne(handovers.id, input.id)));
    await note(creatorId, "handover.offered", input.id, {});
  });
}

/** A new link for an open or expired offer; the old link ends. Resolves to its address. Owners only. */
export function offerAgain(
  viewer: Viewer,
  creatorId: string,
  { id, link }: { id: string; link: Omit<NewHandover, "email"> },
): Promise<string> {
  return transaction(viewer, async () => {
    const old = (await find(viewer, creatorId))?.offers.find((each) => each.id === id);
    if (!old) throw notFound("offer");
    await offer(viewer, creatorId, { ...link, email: old.email });
    return old.email;
  });
}

/** Ends an open offer. Throws not_found when there is none. Owners only. */
export function withdraw(viewer: Viewer, creatorId: string, id: string): Promise<void> {
  return transaction(viewer, async () => {
    await demand(viewer, creatorId, "manage");
    const { count } = await conn()
      .update(handovers)
      .set({ revokedAt: sql`now()` })
      .where(and(open(viewer, creatorId), eq(handovers.id, id)));
    if (count === 0) throw notFound("offer");
    await note(creatorId, "handover.withdrawn", id, {});
  });
}

/**
 * Takes over what was offered to the viewer's own address: the viewer owns the creator, the agency's people own nothing
 * of it any more, and the agency keeps the representation it had, or loses it too. Resolves to the creator's id.
 */
export function accept(
  viewer: Viewer,
  { id, secretHash, keep }: { id: string; secretHash: Buffer; keep: boolean },
): Promise<string> {
  return transaction(viewer, async () => {
    const [row] = await conn().execute<{ creator_id: string | null }>(
      sql`select accept_handover(${id}, ${secretHash}, ${keep}) as creator_id`,
    );
    if (!row?.creator_id) {
      throw new AppError(
        "not_found",
        "This offer was taken up or withdrawn, has ended, or was sent to another address than your account's. Ask for a new one.",
      );
    }
    return row.creator_id;
  });
}

function open(viewer: Viewer, creatorId: string) {
  return and(
    scope(viewer, handovers.creatorId, "manage"),
    eq(handovers.creatorId, creatorId),
    isNull(handovers.acceptedAt),
    isNull(handovers.revokedAt),
  );
}
