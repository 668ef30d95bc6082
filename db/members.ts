/** Who may see a creator and what he may do there. Owners decide; anyone may leave. */
import { and, asc, eq, isNull, ne, sql } from "drizzle-orm";
import { AppError, notFound, stale } from "../lib/errors";
import type { Viewer } from "../lib/model/access";
import type { Role } from "../lib/model/words";
import { note } from "./audit";
import { conn, transaction } from "./client";
import { invitations, members } from "./schema";
import { demand, scope } from "./scope";

export interface Member {
  userId: string;
  name: string;
  email: string;
  role: Role;
  version: number;
  createdAt: Date;
}

export interface Invitation {
  id: string;
  email: string;
  role: Role;
  createdAt: Date;
  expiresAt: Date;
}

export interface NewInvitation {
  creatorId: string;
  /** made by the browser before the first submit */
  id: string;
  /** normalised */
  email: string;
  role: Role;
  /** SHA-256 of the link's secret part; the secret itself is never stored */
  secretHash: Buffer;
  expiresAt: Date;
}

/** Everyone who belongs to the creator, owners first. Throws not_found for a stranger, forbidden for an agency. */
export function list(viewer: Viewer, creatorId: string): Promise<Member[]> {
  return transaction(viewer, async () => {
    await demand(viewer, creatorId, "house");
    return conn()
      .select({
        userId: members.userId,
        name: sql<string>`p.name`,
        email: sql<string>`p.email`,
        role: members.role,
        version: members.version,
        createdAt: members.createdAt,
      })
      .from(members)
      .innerJoin(sql`member_people(${creatorId}) p`, sql`p.user_id = ${members.userId}`)
      .where(
        and(
          scope(viewer, members.creatorId, "house"),
          eq(members.creatorId, creatorId),
          isNull(members.removedAt),
        ),
      )
      .orderBy(
        sql`array_position(array['owner', 'editor', 'viewer'], ${members.role})`,
        sql`p.name`,
        asc(members.userId),
      );
  });
}

/** Invitations still open, for owners. */
export function listInvitations(viewer: Viewer, creatorId: string): Promise<Invitation[]> {
  return transaction(viewer, async () => {
    await demand(viewer, creatorId, "manage");
    return conn()
      .select(INVITATION)
      .from(invitations)
      .where(open(viewer, creatorId))
      .orderBy(invitations.email);
  });
}

/**
 * Invites an address. An older open invitation of the same address is revoked; the same id with the same
 * values answers the same. Whether the address has an account is neither asked nor told.
 */
export function invite(viewer: Viewer, input: NewInvitation): Promise<Invitation> {
  return transaction(viewer, async () => {
    const { creatorId, id, email, role, secretHash, expiresAt } = input;
    await demand(viewer, creatorId, "manage");
    const people = await list(viewer, creatorId);
    if (people.some((person) => person.email === email)) {
      throw new AppError("invalid", "Please look at the marked fields.", {
        email: "This person is a member already. Change the role in the list of members.",
      });
    }
    if (viewer.kind !== "person") throw new AppError("forbidden", "Only a person can invite.");
    const { count } = await conn()
      .insert(invitations)
      .values({ creatorId, id, email, role, secretHash, expiresAt, invitedBy: viewer.userId })
      .onConflictDoNothing({ target: [invitations.creatorId, invitations.id] });
    const [invitation] = await conn()
      .select({ ...INVITATION, secretHash: invitations.secretHash })
      .from(invitations)
      .where(and(scope(viewer, invitations.creatorId, "manage"), ofInvitation(creatorId, id)));
    if (invitation?.email !== email || invitation.role !== role) {
      throw new AppError("conflict", "This form was already sent with other values. Reload the page.");
    }
    if (count === 1) {
      await conn()
        .update(invitations)
        .set({ revokedAt: sql`now()` })
        .where(and(open(viewer, creatorId), eq(invitations.email, email), ne(invitations.id, id)));
      await note(creatorId, "invitation.sent", id, { role });
    }
    return { id, email, role, createdAt: invitation.createdAt, expiresAt: invitation.expiresAt };
  });
}

/** A new link for an open or expired invitation; the old link ends. Throws not_found for any other. */
export function resend(
  viewer: Viewer,
  input: { creatorId: string; id: string; newId: string; secretHash: Buffer; expiresAt: Date },
): Promise<Invitation> {
  return transaction(viewer, async () => {
    const { creatorId, id, newId, secretHash, expiresAt } = input;
    await demand(viewer, creatorId, "manage");
    const [old] = await conn()
      .select(INVITATION)
      .from(invitations)
      .where(
        and(
          scope(viewer, invitations.creatorId, "manage"),
          ofInvitation(creatorId, id),
          isNull(invitations.acceptedAt),
          isNull(invitations.revokedAt),
        ),
      );
    if (!old) throw notFound("invitation");
    return invite(viewer, { creatorId, id: newId, email: old.email, role: old.role, secretHash, expiresAt });
  });
}

/** Ends an open invitation. Throws not_found when there is none. */
export function revokeInvitation(viewer: Viewer, creatorId: string, id: string): Promise<void> {
  return transaction(viewer, async () => {
    await demand(viewer, creatorId, "manage");
    const { count } = await conn()
      .update(invitations)
      .set({ revokedAt: sql`now()` })
      .where(and(open(viewer, creatorId), eq(invitations.id, id)));
    if (count === 0) throw notFound("invitation");
    await note(creatorId, "invitation.revoked", id, {});
  });
}

/** Owners only. A stale version gets the current member back; the last owner stays one. */
export function changeRole(
  viewer: Viewer,
  input: { creatorId: string; userId: string; role: Role; version: number },
): Promise<void> {
  return change(viewer, input, { role: input.role }, () =>
    note(input.creatorId, "member.role_changed", input.userId, { role: input.role }),
  );
}

/** Owners only; takes effect at once, for the removed one's open pages too. */
export function remove(
  viewer: Viewer,
  input: { creatorId: string; userId: string; version: number },
): Promise<void> {
  return change(viewer, input, { removedAt: new Date() }, () =>
    note(input.creatorId, "member.removed", input.userId, {}),
  );
}

/** The viewer gives up his own membership. Throws not_found for one who has none. */
export function leave(viewer: Viewer, creatorId: string): Promise<void> {
  return keepingAnOwner(() =>
    transaction(viewer, async () => {
      await demand(viewer, creatorId, "read");
      const [row] = await conn().execute<{ left: boolean }>(
        sql`select leave_creator(${creatorId}) as "left"`,
      );
      if (!row?.left) throw notFound("membership");
    }),
  );
}

/** Takes up an invitation that was sent to the viewer's own address. Resolves to the creator's id. */
export function accept(viewer: Viewer, link: { id: string; secretHash: Buffer }): Promise<string> {
  return transaction(viewer, async () => {
    const [row] = await conn().execute<{ creator_id: string | null }>(
      sql`select accept_invitation(${link.id}, ${link.secretHash}) as creator_id`,
    );
    if (!row?.creator_id) {
      throw new AppError(
        "not_found",
        "This invitation was used or withdrawn, has ended, or was sent to another address than your account's. Ask for a new one.",
      );
    }
    return row.creator_id;
  });
}

// ---------------------------------------------------------------- shared parts

const INVITATION = {
  id: invitations.id,
  email: invitations.email,
  role: invitations.role,
  createdAt: invitations.createdAt,
  expiresAt: invitations.expiresAt,
};

function ofInvitation(creatorId: string, id: string) {
  return and(eq(invitations.creatorId, creatorId), eq(invitations.id, id));
}

/** Not accepted, not revoked; an expired one still shows, so that it can be sent again. */
function open(viewer: Viewer, creatorId: string) {
  return and(
    scope(viewer, invitations.creatorId, "manage"),
    eq(invitations.creatorId, creatorId),
    isNull(invitations.acceptedAt),
    isNull(invitations.revokedAt),
  );
}

function change(
  viewer: Viewer,
  { creatorId, userId, version }: { creatorId: string; userId: string; version: number },
  set: { role?: Role; removedAt?: Date },
  audit: () => Promise<void>,
): Promise<void> {
  return keepingAnOwner(() =>
    transaction(viewer, async () => {
      await demand(viewer, creatorId, "manage");
      const find = async () => (await list(viewer, creatorId)).find((member) => member.userId === userId);
      if (!(await find())) throw notFound("member");
      // First: an owner who changes himself may not be allowed to write it afterwards.
      await audit();
      const { count } = await conn()
        .update(members)
        .set({ ...set, version: version + 1 })
        .where(
          and(
            scope(viewer, members.creatorId, "manage"),
            eq(members.creatorId, creatorId),
            eq(members.userId, userId),
            eq(members.version, version),
            isNull(members.removedAt),
          ),
        );
      if (count === 0) throw stale("member", await find());
    }),
  );
}

async function keepingAnOwner(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    const cause = (error as { cause?: { constraint_name?: string } } | null)?.cause;
    if (cause?.constraint_name === "members_last_owner") {
      throw new AppError("invalid", "A creator keeps at least one owner: make somebody else an owner first.");
    }
    throw error;
  }
}
