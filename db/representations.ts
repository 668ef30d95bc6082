/** Which agency sees which creator, and how much. Either side asks, the other accepts, either ends it at once. */
import { and, asc, eq, isNotNull, isNull, sql } from "drizzle-orm";
import { AppError, notFound, stale } from "../lib/errors";
import type { Viewer } from "../lib/model/access";
import type { Stream } from "../lib/model/words";
import { demandAdmin, demandMember, personOf } from "./agencies";
import { note } from "./audit";
import { conn, read, transaction } from "./client";
import { agencies, creators, representations } from "./schema";
import { demand, granted, scope } from "./scope";

export interface Scope {
  /** null: every stream */
  readonly streams: readonly Stream[] | null;
  readonly amounts: boolean;
  readonly notes: boolean;
  readonly mayEdit: boolean;
  /** the last day, in the creator's zone; null: until it is ended */
  readonly toDay: string | null;
}

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

/** Takes up what was sent to the viewer's own address; `side` is the agency or the creator it is for. Resolves to the creator. */
export function accept(
  viewer: Viewer,
  link: { id: string; secretHash: Buffer; side: string },
): Promise<string> {
  return transaction(viewer, async () => {
    const [row] = await conn().execute<{ creator_id: string | null }>(
      sql`select accept_representation(${link.id}, ${link.secretHash}, ${link.side}) as creator_id`,
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

/** Whether the question is new. */
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
  return count === 1;
}

function standing(viewer: Viewer, creatorId: string) {
  return and(
    scope(viewer, representations.creatorId, "manage"),
    eq(representations.creatorId, creatorId),
    isNotNull(representations.acceptedAt),
    isNull(representations.endedAt),
  );
}
