/** The people of an agency: invited by mail, with a role. Its admins decide; anyone may leave. */
import { and, asc, eq, isNull, ne, sql } from "drizzle-orm";
import { AppError, notFound } from "../lib/errors";
import type { Viewer } from "../lib/model/access";
import type { AgencyRole } from "../lib/model/words";
import { demandAdmin, demandMember, keepingAnAdmin, personOf } from "./agencies";
import { conn, read, transaction } from "./client";
import { agencyInvitations, agencyMembers, teamMembers } from "./schema";

export interface AgencyMember {
  readonly userId: string;
  readonly name: string;
  readonly email: string;
  readonly role: AgencyRole;
  readonly version: number;
  /** ids of the teams the member is in */
  readonly teams: readonly string[];
}

export interface AgencyInvitation {
  readonly id: string;
  readonly email: string;
  readonly role: AgencyRole;
  readonly createdAt: Date;
  readonly expiresAt: Date;
}

export interface NewAgencyInvitation {
  readonly agencyId: string;
  /** made by the browser before the first submit */
  readonly id: string;
  /** normalised */
  readonly email: string;
  readonly role: AgencyRole;
  /** SHA-256 of the link's secret part; the secret itself is never stored */
  readonly secretHash: Buffer;
  readonly expiresAt: Date;
}

/** Everyone who belongs to the agency, admins first: for its members. Throws not_found for a stranger. */
export function list(viewer: Viewer, agencyId: string): Promise<AgencyMember[]> {
  return read(viewer, async () => {
    await demandMember(viewer, agencyId);
    return conn()
      .select({
        userId: agencyMembers.userId,
        name: sql<string>`p.name`,
        email: sql<string>`p.email`,
        role: agencyMembers.role,
        version: agencyMembers.version,
        teams: sql<string[]>`to_json(array(
          select ${teamMembers.teamId}::text from ${teamMembers}
          where ${teamMembers.agencyId} = ${agencyMembers.agencyId} and ${teamMembers.userId} = ${agencyMembers.userId}
        ))`,
      })
      .from(agencyMembers)
      .innerJoin(sql`agency_people(${agencyId}) p`, sql`p.user_id = ${agencyMembers.userId}`)
      .where(and(eq(agencyMembers.agencyId, agencyId), isNull(agencyMembers.removedAt)))
      .orderBy(
        sql`array_position(array['admin', 'manager', 'assistant'], ${agencyMembers.role})`,
        sql`p.name`,
        asc(agencyMembers.userId),
      );
  });
}

/** Invitations still open, for admins. */
export function listInvitations(viewer: Viewer, agencyId: string): Promise<AgencyInvitation[]> {
  return read(viewer, async () => {
    await demandAdmin(viewer, agencyId);
    return conn()
      .select(INVITATION)
      .from(agencyInvitations)
      .where(open(agencyId))
      .orderBy(agencyInvitations.email);
  });
}

/**
 * Invites an address; an older open invitation of the same address is revoked. The same id with the same values
 * answers the same. Whether the address has an account is neither asked nor told. Admins only.
 */
export function invite(viewer: Viewer, input: NewAgencyInvitation): Promise<AgencyInvitation> {
  return transaction(viewer, async () => {
    const { agencyId, id, email, role } = input;
    await demandAdmin(viewer, agencyId);
    if ((await list(viewer, agencyId)).some((person) => person.email === email)) {
      throw new AppError("invalid", "Please look at the marked fields.", {
        email: "This person is a member already. Change the role in the list of members.",
      });
    }
    const { count } = await conn()
      .insert(agencyInvitations)
      .values({ ...input, invitedBy: personOf(viewer) })
      .onConflictDoNothing({ target: [agencyInvitations.agencyId, agencyInvitations.id] });
    const [invitation] = await conn()
      .select(INVITATION)
      .from(agencyInvitations)
      .where(and(eq(agencyInvitations.agencyId, agencyId), eq(agencyInvitations.id, id)));
    if (invitation?.email !== email || invitation.role !== role) {
      throw new AppError("conflict", "This form was already sent with other values. Reload the page.");
    }
    if (count === 1) {
      await conn()
        .update(agencyInvitations)
        .set({ revokedAt: sql`now()` })
        .where(and(open(agencyId), eq(agencyInvitations.email, email), ne(agencyInvitations.id, id)));
    }
    return invitation;
  });
}

/** A new link for an open or expired invitation; the old link ends. Throws not_found for any other. */
export function resend(
  viewer: Viewer,
  input: { agencyId: string; id: string; newId: string; secretHash: Buffer; expiresAt: Date },
): Promise<AgencyInvitation> {
  return transaction(viewer, async () => {
    const { id, newId, ...link } = input;
    const old = (await listInvitations(viewer, input.agencyId)).find((each) => each.id === id);
    if (!old) throw notFound("invitation");
    return invite(viewer, { ...link, id: newId, email: old.email, role: old.role });
  });
}

/** Ends an open invitation. Throws not_found when there is none. Admins only. */
export function revokeInvitation(viewer: Viewer, agencyId: string, id: string): Promise<void> {
  return transaction(viewer, async () => {
    await demandAdmin(viewer, agencyId);
    const { count } = await conn()
      .update(agencyInvitations)
      .set({ revokedAt: sql`now()` })
      .where(and(open(agencyId), eq(agencyInvitations.id, id)));
    if (count === 0) throw notFound("invitation");
  });
}

/** Takes up an invitation that was sent to the viewer's own address. Resolves to the agency's id. */
export function accept(viewer: Viewer, link: { id: string; secretHash: Buffer }): Promise<string> {
  return transaction(viewer, async () => {
    const [row] = await conn().execute<{ agency_id: string | null }>(
      sql`select accept_agency_invitation(${link.id}, ${link.secretHash}) as agency_id`,
    );
    if (!row?.agency_id) {
      throw new AppError(
        "not_found",
        "This invitation was used or withdrawn, has ended, or was sent to another address than your account's. Ask for a new one.",
      );
    }
    return row.agency_id;
  });
}

/** The viewer gives up his own membership; the last admin stays. Throws not_found for one who has none. */
export function leave(viewer: Viewer, agencyId: string): Promise<void> {
  return keepingAnAdmin(() =>
    transaction(viewer, async () => {
      const [row] = await conn().execute<{ left: boolean }>(sql`select leave_agency(${agencyId}) as "left"`);
      if (!row?.left) throw notFound("agency");
    }),
  );
}

const INVITATION = {
  id: agencyInvitations.id,
  email: agencyInvitations.email,
  role: agencyInvitations.role,
  createdAt: agencyInvitations.createdAt,
  expiresAt: agencyInvitations.expiresAt,
};

/** Not accepted, not revoked; an expired one still shows, so that it can be sent again. */
function open(agencyId: string) {
  return and(
    eq(agencyInvitations.agencyId, agencyId),
    isNull(agencyInvitations.acceptedAt),
    isNull(agencyInvitations.revokedAt),
  );
}
