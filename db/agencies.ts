/** Agencies, their teams and who of them looks after whom. What a creator lets them see stands in representations. */
import { and, asc, eq, inArray, isNotNull, isNull, or, sql } from "drizzle-orm";
import { AppError, notFound, stale } from "../lib/errors";
import type { Viewer } from "../lib/model/access";
import { type LogoType, readLogo } from "../lib/model/logo";
import type { Currency } from "../lib/model/money";
import type { AgencyRole } from "../lib/model/words";
import { conn, read, transaction } from "./client";
import { agencies, agencyAccess, agencyMembers, representations, teamMembers, teams } from "./schema";
import { scope } from "./scope";

export interface Agency {
  readonly id: string;
  readonly name: string;
  readonly currency: string;
  readonly version: number;
  /** the viewer's own */
  readonly role: AgencyRole;
}

/** The viewer becomes its admin. The same id with the same values answers the same. */
export function create(
  viewer: Viewer,
  { id, name, currency }: { id: string; name: string; currency: Currency },
): Promise<Agency> {
  return transaction(viewer, async () => {
    const createdBy = personOf(viewer);
    // No RETURNING and no conflict's target: the row is visible to its maker only after the trigger.
    await conn().insert(agencies).values({ id, name, currency, createdBy }).onConflictDoNothing();
    const agency = (await list(viewer)).find((own) => own.id === id);
    if (agency?.name !== name || agency.currency !== currency) {
      throw new AppError("conflict", "This form was already sent with other values. Reload the page.");
    }
    return agency;
  });
}

/** The agencies that the viewer belongs to. */
export function list(viewer: Viewer): Promise<Agency[]> {
  return read(viewer, () =>
    conn()
      .select({
        id: agencies.id,
        name: agencies.name,
        currency: agencies.currency,
        version: agencies.version,
        role: agencyAccess.role,
      })
      .from(agencyAccess)
      .innerJoin(agencies, eq(agencies.id, agencyAccess.agencyId))
      .where(eq(agencyAccess.userId, personOf(viewer)))
      .orderBy(asc(agencies.name), asc(agencies.id)),
  );
}

/** Admins only. A stale version gets the current values back. */
export function update(
  viewer: Viewer,
  { id, name, currency, version }: { id: string; name: string; currency: Currency; version: number },
): Promise<void> {
  return transaction(viewer, async () => {
    await demandAdmin(viewer, id);
    await change(viewer, id, version, { name, currency });
  });
}

/** How the agency looks on reports. */
export interface Brand {
  readonly name: string;
  readonly logo: { readonly bytes: Buffer; readonly type: LogoType } | null;
  /** "#rrggbb", readable on the paper; null: the house's own */
  readonly accent: string | null;
  readonly paper: string | null;
}

/** For the agency's members and the owners of the creators it represents. Throws not_found to others. */
export function brand(viewer: Viewer, agencyId: string): Promise<Brand> {
  return read(viewer, async () => {
    const [row] = await conn()
      .select({
        name: sql<string>`coalesce(${agencies.brandName}, ${agencies.name})`,
        logo: agencies.logo,
        logoType: agencies.logoType,
        accent: agencies.accent,
        paper: agencies.paper,
      })
      .from(agencies)
      .where(and(eq(agencies.id, agencyId), isKnownTo(viewer)));
    if (!row) throw notFound("agency");
    const { name, logo, logoType, accent, paper } = row;
    return { name, logo: logo && logoType && { bytes: logo, type: logoType }, accent, paper };
  });
}

/** Admins only. `logo`: new bytes, null to go without one, undefined to keep what is there. */
export function setBrand(
  viewer: Viewer,
  input: {
    id: string;
    version: number;
    /** null: the agency's own name */
    name: string | null;
    accent: string | null;
    paper: string | null;
    logo?: Buffer | null;
  },
): Promise<void> {
  return transaction(viewer, async () => {
    const { id, version, name, accent, paper, logo } = input;
    await demandAdmin(viewer, id);
    await change(viewer, id, version, { brandName: name, accent, paper, ...logoColumns(logo) });
  });
}

function logoColumns(bytes: Buffer | null | undefined) {
  if (bytes === undefined) return {};
  if (bytes === null) return { logo: null, logoType: null };
  const logo = readLogo(bytes);
  if (typeof logo === "string") throw new AppError("invalid", "Please look at the marked fields.", { logo });
  return { logo: bytes, logoType: logo.type };
}

async function change(
  viewer: Viewer,
  id: string,
  version: number,
  set: Partial<typeof agencies.$inferInsert>,
): Promise<void> {
  const { count } = await conn()
    .update(agencies)
    .set({ ...set, version: version + 1 })
    .where(and(eq(agencies.id, id), eq(agencies.version, version)));
  if (count === 0)
    throw stale(
      "agency",
      (await list(viewer)).find((own) => own.id === id),
    );
}

/** Its members, and the owners of the creators it represents. */
function isKnownTo(viewer: Viewer) {
  const own = conn()
    .select({ id: agencyAccess.agencyId })
    .from(agencyAccess)
    .where(eq(agencyAccess.userId, personOf(viewer)));
  const representing = conn()
    .select({ id: representations.agencyId })
    .from(representations)
    .where(
      and(
        scope(viewer, representations.creatorId, "manage"),
        isNotNull(representations.acceptedAt),
        isNull(representations.endedAt),
      ),
    );
  return or(inArray(agencies.id, own), inArray(agencies.id, representing));
}

/** Admins only; of a removed member nothing is seen from the next request on. The last admin stays one. */
export function changeMember(
  viewer: Viewer,
  input: { agencyId: string; userId: string; role: AgencyRole | null; version: number },
): Promise<void> {
  const { agencyId, userId, role, version } = input;
  return keepingAnAdmin(() =>
    transaction(viewer, async () => {
      await demandAdmin(viewer, agencyId);
      const { count } = await conn()
        .update(agencyMembers)
        .set({ ...(role ? { role } : { removedAt: sql`now()` }), version: version + 1 })
        .where(
          and(
            eq(agencyMembers.agencyId, agencyId),
            eq(agencyMembers.userId, userId),
            eq(agencyMembers.version, version),
            isNull(agencyMembers.removedAt),
          ),
        );
      if (count === 0) throw stale("member", undefined);
    }),
  );
}

/** Admins only. */
export function addTeam(
  viewer: Viewer,
  { agencyId, id, name }: { agencyId: string; id: string; name: string },
): Promise<void> {
  return transaction(viewer, async () => {
    await demandAdmin(viewer, agencyId);
    await conn().insert(teams).values({ agencyId, id, name }).onConflictDoNothing();
  });
}

export interface Team {
  readonly id: string;
  readonly name: string;
  readonly version: number;
}

/** For the agency's members. */
export function listTeams(viewer: Viewer, agencyId: string): Promise<Team[]> {
  return read(viewer, async () => {
    await demandMember(viewer, agencyId);
    return conn()
      .select({ id: teams.id, name: teams.name, version: teams.version })
      .from(teams)
      .where(eq(teams.agencyId, agencyId))
      .orderBy(asc(teams.name), asc(teams.id));
  });
}

/** Admins only. A stale version gets the current team back. */
export function renameTeam(
  viewer: Viewer,
  { agencyId, id, name, version }: { agencyId: string; id: string; name: string; version: number },
): Promise<void> {
  return transaction(viewer, async () => {
    await demandAdmin(viewer, agencyId);
    const { count } = await conn()
      .update(teams)
      .set({ name, version: version + 1 })
      .where(and(eq(teams.agencyId, agencyId), eq(teams.id, id), eq(teams.version, version)));
    if (count > 0) return;
    const current = (await listTeams(viewer, agencyId)).find((team) => team.id === id);
    throw current ? stale("team", current) : notFound("team");
  });
}

/** Puts a member into a team, or takes him out of it: he sees its creators from now on, or no longer. Admins only. */
export function changeTeam(
  viewer: Viewer,
  input: { agencyId: string; teamId: string; userId: string; isIn: boolean },
): Promise<void> {
  const { isIn, ...row } = input;
  return transaction(viewer, async () => {
    await demandAdmin(viewer, row.agencyId);
    if (isIn) await conn().insert(teamMembers).values(row).onConflictDoNothing();
    else
      await conn()
        .delete(teamMembers)
        .where(
          and(
            eq(teamMembers.agencyId, row.agencyId),
            eq(teamMembers.teamId, row.teamId),
            eq(teamMembers.userId, row.userId),
          ),
        );
  });
}

/** Throws not_found to a stranger of the agency; resolves to the viewer's role. */
export async function demandMember(viewer: Viewer, agencyId: string): Promise<AgencyRole> {
  const own = (await list(viewer)).find(({ id }) => id === agencyId);
  if (!own) throw notFound("agency");
  return own.role;
}

/** Throws not_found to a stranger of the agency, forbidden to its managers and assistants. */
export async function demandAdmin(viewer: Viewer, agencyId: string): Promise<void> {
  if ((await demandMember(viewer, agencyId)) !== "admin")
    throw new AppError("forbidden", "Only an admin of this agency can do this.");
}

/** The person behind a viewer. Throws forbidden for the operator, who belongs to no agency. */
export function personOf(viewer: Viewer): string {
  if (viewer.kind !== "person") throw new AppError("forbidden", "Only a person can belong to an agency.");
  return viewer.userId;
}

/** Says in words why the last admin stays. */
export async function keepingAnAdmin(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    const cause = (error as { cause?: { constraint_name?: string } } | null)?.cause;
    if (cause?.constraint_name === "agency_members_last_admin") {
      throw new AppError("invalid", "An agency keeps at least one admin: make somebody else an admin first.");
    }
    throw error;
  }
}
