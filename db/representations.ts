/** Which agency sees which creator, and how much. Either side asks, the other accepts, either ends it at once. */
import { and, asc, desc, eq, isNotNull, isNull, type SQL, sql } from "drizzle-orm";
import { AppError, notFound, stale } from "../lib/errors";
import type { Viewer } from "../lib/model/access";
import type { Scope } from "../lib/model/representation";
import { demandAdmin, demandMember, personOf } from "./agencies";
import { note } from "./audit";
import { conn, read, transaction } from "./client";
import { agencies, creators, representations } from "./schema";
import { demand, granted, scope } from "./scope";

export interface Asked extends Scope {
  /** made by the browser before the first submit */
  readonly id: string;
  /** of the one who is to accept, normalised */
  readonly email: string;
  /** SHA-256 of the link's secret part; the secret itself is never stored */
  readonly secretHash: Buffer;
  readonly expiresAt: Date;
}

export interface Representation extends Scope {
  readonly id: string;
  readonly agencyId: string;
  readonly agencyName: string;
  /** the agency made the creator, and its people own it until it is handed over */
  readonly runs: boolean;
  readonly acceptedAt: Date;
  readonly version: number;
  /** who sees the creator by it at this moment */
  readonly people: readonly { readonly userId: string; readonly name: string; readonly email: string }[];
}

/** A creator of an agency's roster. */
export interface Represented extends Scope {
  readonly id: string;
  readonly creatorId: string;
  readonly creatorName: string;
  /** who looks after the creator beside the admins; null: nobody */
  readonly teamId: string | null;
  /** the agency made the creator, and its people own it until it is handed over */
  readonly runs: boolean;
  readonly acceptedAt: Date;
  readonly version: number;
}

/** A creator's owner asks an agency. The same id again asks nothing new. Throws not_found or forbidden to others. */
export function askAgency(viewer: Viewer, creatorId: string, asked: Asked): Promise<void> {
  return transaction(viewer, async () => {
    await demand(viewer, creatorId, "manage");
    if (await ask(viewer, { creatorId }, asked)) {
      await note(creatorId, "representation.asked", asked.id, {});
    }
  });
}

/** An agency's admin asks a creator's owner. Throws not_found or forbidden to others. */
export function askCreator(viewer: Viewer, agencyId: string, asked: Asked): Promise<void> {
  return transaction(viewer, async () => {
    await demandAdmin(viewer, agencyId);
    await ask(viewer, { agencyId }, asked);
  });
}

/**
 * An agency's admin asks many addresses at once, all with the same scope. Whose creator the agency represents already
 * is asked nothing; says of each address, in the order given, whether it was asked. Throws as askCreator.
 */
export function askCreators(
  viewer: Viewer,
  agencyId: string,
  scope: Scope,
  asked: readonly Omit<Asked, keyof Scope>[],
): Promise<
  readonly { readonly email: string; readonly id: string; readonly outcome: "asked" | "represented" }[]
> {
  return transaction(viewer, async () => {
    await demandAdmin(viewer, agencyId);
    const emails = sql.param(
      asked.map(({ email }) => email),
      representations.streams,
    );
    const rows = await conn().execute<{ email: string }>(
      sql`select email from represented_addresses(${agencyId}, ${emails})`,
    );
    const represented = new Set(rows.map(({ email }) => email));
    for (const each of asked) {
      if (!represented.has(each.email)) await ask(viewer, { agencyId }, { ...scope, ...each });
    }
    return asked.map(({ id, email }) => ({
      id,
      email,
      outcome: represented.has(email) ? ("represented" as const) : ("asked" as const),
    }));
  });
}

/** A question that nobody has answered. */
export interface Question extends Scope {
  readonly id: string;
  readonly email: string;
  readonly createdAt: Date;
  readonly expiresAt: Date;
}

/** What an agency asked and nobody answered yet, the newest first: for its admins. */
export function listAskedByAgency(viewer: Viewer, agencyId: string): Promise<Question[]> {
  return read(viewer, async () => {
    await demandAdmin(viewer, agencyId);
    return questions(eq(representations.agencyId, agencyId));
  });
}

/** What a creator's owners asked and nobody answered yet, the newest first: for its owners. */
export function listAskedByCreator(viewer: Viewer, creatorId: string): Promise<Question[]> {
  return read(viewer, async () => {
    await demand(viewer, creatorId, "manage");
    return questions(
      and(scope(viewer, representations.creatorId, "manage"), eq(representations.creatorId, creatorId)),
    );
  });
}

/** A new link for a question of an agency or a creator; the old link ends. Throws not_found for one that was answered. */
export function askAgain(
  viewer: Viewer,
  side: { agencyId: string } | { creatorId: string },
  { id, ...link }: { id: string; newId: string; secretHash: Buffer; expiresAt: Date },
): Promise<string> {
  return transaction(viewer, async () => {
    const open =
      "agencyId" in side
        ? await listAskedByAgency(viewer, side.agencyId)
        : await listAskedByCreator(viewer, side.creatorId);
    const old = open.find((question) => question.id === id);
    if (!old) throw notFound("question");
    const { newId, ...fresh } = link;
    const { createdAt: _asked, ...terms } = old;
    const asked = { ...terms, ...fresh, id: newId };
    if ("agencyId" in side) await askCreator(viewer, side.agencyId, asked);
    else await askAgency(viewer, side.creatorId, asked);
    return old.email;
  });
}

/** Says no to what was sent to the viewer's own address. */
export function decline(viewer: Viewer, link: { id: string; secretHash: Buffer }): Promise<void> {
  return transaction(viewer, async () => {
    const [row] = await conn().execute<{ declined: boolean }>(
      sql`select decline_representation(${link.id}, ${link.secretHash}) as declined`,
    );
    if (!row?.declined) throw gone();
  });
}

/** Takes up what was sent to the viewer's own address; `side` is the agency or the creator it is for. Resolves to the creator. */
export function accept(
  viewer: Viewer,
  link: { id: string; secretHash: Buffer; side: string },
): Promise<string> {
  return transaction(viewer, async () => {
    const [row] = await conn().execute<{ creator_id: string | null }>(
      sql`select accept_representation(${link.id}, ${link.secretHash}, ${link.side}) as creator_id`,
    );
    if (!row?.creator_id) throw gone();
    return row.creator_id;
  }).catch(refuseSecond);
}

/** The creators that the agency shows the viewer now: an admin all, the others those of their teams. */
export function roster(viewer: Viewer, agencyId: string): Promise<Represented[]> {
  return read(viewer, async () => {
    await demandMember(viewer, agencyId);
    return conn()
      .select({
        id: representations.id,
        creatorId: creators.id,
        creatorName: creators.name,
        teamId: representations.teamId,
        streams: representations.streams,
        amounts: representations.amounts,
        notes: representations.notes,
        mayEdit: representations.mayEdit,
        runs: representations.runs,
        toDay: representations.toDay,
        acceptedAt: sql<Date>`${representations.acceptedAt}`.mapWith(representations.acceptedAt),
        version: representations.version,
      })
      .from(representations)
      .innerJoin(creators, eq(creators.id, representations.creatorId))
      .where(
        and(
          eq(representations.agencyId, agencyId),
          isNull(representations.endedAt),
          sql`'representation:' || ${representations.id} = any (array(select a.via from access a where ${granted(viewer, "a")}))`,
        ),
      )
      .orderBy(asc(creators.name), asc(creators.id));
  });
}

/** Every agency that sees the creator now, its scope and its people: for owners. */
export function list(viewer: Viewer, creatorId: string): Promise<Representation[]> {
  return transaction(viewer, async () => {
    await demand(viewer, creatorId, "manage");
    const rows = await conn()
      .select({
        id: representations.id,
        agencyId: agencies.id,
        agencyName: agencies.name,
        streams: representations.streams,
        amounts: representations.amounts,
        notes: representations.notes,
        mayEdit: representations.mayEdit,
        runs: representations.runs,
        toDay: representations.toDay,
        acceptedAt: sql<Date>`${representations.acceptedAt}`.mapWith(representations.acceptedAt),
        version: representations.version,
      })
      .from(representations)
      .innerJoin(agencies, eq(agencies.id, representations.agencyId))
      .where(standing(viewer, creatorId))
      .orderBy(asc(agencies.name), asc(representations.id));
    const people = await conn().execute<{
      representation_id: string;
      user_id: string;
      name: string;
      email: string;
    }>(sql`select * from represented_to(${creatorId}) order by name, user_id`);
    return rows.map((row) => ({
      ...row,
      people: people
        .filter(({ representation_id }) => representation_id === row.id)
        .map(({ user_id, name, email }) => ({ userId: user_id, name, email })),
    }));
  });
}

/** The creator's owner says anew what the agency sees, from the next request on. */
export function rescope(
  viewer: Viewer,
  creatorId: string,
  input: Scope & { id: string; version: number },
): Promise<void> {
  return transaction(viewer, async () => {
    await demand(viewer, creatorId, "manage");
    const { id, version, streams, ...others } = input;
    const { count } = await conn()
      .update(representations)
      .set({ ...others, streams: streams && [...streams], version: version + 1 })
      .where(
        and(standing(viewer, creatorId), eq(representations.id, id), eq(representations.version, version)),
      );
    if (count === 0) {
      const current = (await list(viewer, creatorId)).find((other) => other.id === id);
      throw current ? stale("representation", current) : notFound("representation");
    }
    await note(creatorId, "representation.rescoped", id, { streams, ...others });
  });
}

/** By an owner of the creator or an admin of the agency; open questions too. Throws not_found for anybody else. */
export function end(viewer: Viewer, id: string): Promise<void> {
  return transaction(viewer, async () => {
    const [row] = await conn().execute<{ ended: boolean }>(sql`select end_representation(${id}) as ended`);
    if (!row?.ended) throw notFound("representation");
  }).catch((error: unknown) => {
    if (constraintOf(error) !== "representations_runs") throw error;
    throw new AppError(
      "invalid",
      "The agency runs this creator, so nobody else would own it. Hand it over first; then either side can end this.",
    );
  });
}

/** Which team looks after the creator beside the admins; null: none. Throws not_found for who is no admin of the agency. */
export function assignTeam(viewer: Viewer, id: string, teamId: string | null): Promise<void> {
  return transaction(viewer, async () => {
    const [row] = await conn().execute<{ assigned: boolean }>(
      sql`select assign_team(${id}, ${teamId}) as assigned`,
    );
    if (!row?.assigned) throw notFound("representation");
  });
}

function gone(): AppError {
  return new AppError(
    "not_found",
    "This invitation was used or withdrawn, has ended, or was sent to another address than your account's. Ask for a new one.",
  );
}

/** One agency represents a creator once. */
function refuseSecond(error: unknown): never {
  if (constraintOf(error) !== "representations_open") throw error;
  throw new AppError(
    "invalid",
    "This agency represents this creator already. What it sees is changed in the creator's settings, under “Who sees it”.",
  );
}

function constraintOf(error: unknown): string | undefined {
  return (error as { cause?: { constraint_name?: string } } | null)?.cause?.constraint_name;
}

function questions(asker: SQL | undefined): Promise<Question[]> {
  return conn()
    .select({
      id: representations.id,
      email: representations.email,
      streams: representations.streams,
      amounts: representations.amounts,
      notes: representations.notes,
      mayEdit: representations.mayEdit,
      toDay: representations.toDay,
      createdAt: representations.createdAt,
      expiresAt: representations.expiresAt,
    })
    .from(representations)
    .where(and(asker, isNull(representations.acceptedAt), isNull(representations.endedAt)))
    .orderBy(desc(representations.createdAt), asc(representations.id));
}

/** Whether the question is new; an older one of the same side to the same address ends then. */
async function ask(
  viewer: Viewer,
  side: { creatorId: string } | { agencyId: string },
  { streams, ...asked }: Asked,
): Promise<boolean> {
  // Only the columns that an asker may fill in: `insert` of the query builder names them all.
  const { count } = await conn().execute(sql`
    insert into representations (id, agency_id, creator_id, streams, amounts, notes, may_edit, to_day, email,
      secret_hash, invited_by, expires_at)
    values (${asked.id}, ${"agencyId" in side ? side.agencyId : null}, ${"creatorId" in side ? side.creatorId : null},
      ${streams && sql.param([...streams], representations.streams)}, ${asked.amounts}, ${asked.notes},
      ${asked.mayEdit}, ${asked.toDay}, ${asked.email}, ${asked.secretHash}, ${personOf(viewer)},
      ${asked.expiresAt.toISOString()})
    on conflict do nothing`);
  if (count === 0) return false;
  const asker =
    "agencyId" in side ? sql`r.agency_id = ${side.agencyId}` : sql`r.creator_id = ${side.creatorId}`;
  await conn().execute(sql`
    select end_representation(r.id) from representations r
    where ${asker} and r.email = ${asked.email} and r.id <> ${asked.id} and r.accepted_at is null and r.ended_at is null`);
  return true;
}

function standing(viewer: Viewer, creatorId: string) {
  return and(
    scope(viewer, representations.creatorId, "manage"),
    eq(representations.creatorId, creatorId),
    isNotNull(representations.acceptedAt),
    isNull(representations.endedAt),
  );
}
