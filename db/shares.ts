/** Secret addresses that show a statement, or some sections of it, to people without an account. */
import { and, desc, eq, isNull, type SQL, sql } from "drizzle-orm";
import { AppError, notFound } from "../lib/errors";
import type { Viewer } from "../lib/model/access";
import type { Day } from "../lib/model/month";
import { note as audit } from "./audit";
import { insertNew } from "./bulk";
import { conn, transaction } from "./client";
import { bodyHash } from "./once";
import { creators, members, statementShareOpens, statementShares } from "./schema";
import { demand, scope } from "./scope";

export interface NewShare {
  id: string;
  /** for whom; may be blank */
  label: string;
  /** the months of the statement, as its address says them */
  range: string;
  sections: readonly string[];
  /** the statement's canonical bytes with only these sections, as text */
  data: string;
  /** the closing it was taken from; null while the month is open */
  statementId: string | null;
  /** SHA-256 of the address's secret; the secret itself is never stored */
  secretHash: Buffer;
  /** argon2id; null: the address alone opens it */
  passphraseHash: string | null;
  /** it ends after so many days */
  days: number;
}

export interface Share {
  id: string;
  label: string;
  range: string;
  sections: string[];
  statementId: string | null;
  hasPassphrase: boolean;
  recordedAt: Date;
  expiresAt: Date;
  revokedAt: Date | null;
  hasExpired: boolean;
  opens: number;
  /** by the creator's zone; null: nobody came yet */
  lastOpenedOn: Day | null;
}

/** Every address that was ever made, newest first, for owners. */
export function list(viewer: Viewer, creatorId: string): Promise<Share[]> {
  return transaction(viewer, async () => {
    await demand(viewer, creatorId, "manage");
    const opens = (what: SQL) => sql`(
      select ${what} from ${statementShareOpens}
      where ${scope(viewer, statementShareOpens.creatorId, "manage")} and ${statementShareOpens.creatorId} = ${statementShares.creatorId}
        and ${statementShareOpens.shareId} = ${statementShares.id})`;
    return conn()
      .select({
        id: statementShares.id,
        label: statementShares.label,
        range: statementShares.range,
        sections: statementShares.sections,
        statementId: statementShares.statementId,
        hasPassphrase: sql<boolean>`${statementShares.passphraseHash} is not null`,
        recordedAt: statementShares.recordedAt,
        expiresAt: statementShares.expiresAt,
        revokedAt: statementShares.revokedAt,
        hasExpired: sql<boolean>`${statementShares.expiresAt} <= now()`,
        opens: sql<number>`coalesce(${opens(sql`sum(${statementShareOpens.opens})::int`)}, 0)`,
        lastOpenedOn: sql<Day | null>`${opens(sql`max(${statementShareOpens.day})::text`)}`,
      })
      .from(statementShares)
      .where(
        and(scope(viewer, statementShares.creatorId, "manage"), eq(statementShares.creatorId, creatorId)),
      )
      .orderBy(desc(statementShares.recordedAt));
  });
}

/**
 * Makes an address that shows `data` for so many days. Owners only: whoever has the address sees the figures. The
 * same id with the same values answers the same; with others it is refused.
 */
export function create(viewer: Viewer, creatorId: string, input: NewShare): Promise<{ id: string }> {
  return transaction(viewer, async () => {
    await demand(viewer, creatorId, "manage");
    const { days, ...row } = input;
    if (!Number.isInteger(days) || days < 1 || days > 366)
      throw new AppError("invalid", "Choose for how many days the address works, at most 366.");
    const expiresAt = new Date(Date.now() + days * 86_400_000);
    // What the database sets itself (who, when, the checksum) is given a place here.
    const isNew = await insertNew(statementShares, [
      {
        creatorId,
        ...row,
        sections: [...row.sections],
        expiresAt,
        sha256: Buffer.alloc(0),
        recordedBy: row.id,
      },
    ]);
    const { id, label, range, sections } = input;
    if (isNew.has(id)) {
      await audit(creatorId, "statement.shared", id, { range, sections, days });
      return { id };
    }
    const [there] = await conn()
      .select({
        label: statementShares.label,
        range: statementShares.range,
        sections: statementShares.sections,
      })
      .from(statementShares)
      .where(of(viewer, creatorId, id, "manage"));
    if (!there || !bodyHash(there).equals(bodyHash({ label, range, sections })))
      throw new AppError("conflict", "This form was already sent with other values. Reload the page.");
    return { id };
  });
}

/** Ends an address at once. Throws not_found when there is none that works. */
export function revoke(viewer: Viewer, creatorId: string, id: string): Promise<void> {
  return transaction(viewer, async () => {
    await demand(viewer, creatorId, "manage");
    const { count } = await conn()
      .update(statementShares)
      .set({ revokedAt: sql`now()` })
      .where(and(of(viewer, creatorId, id, "manage"), isNull(statementShares.revokedAt)));
    if (count === 0) throw notFound("address");
    await audit(creatorId, "statement.revoked", id, {});
  });
}

/** What an address shows while it works. */
export interface Shared {
  id: string;
  range: string;
  data: string;
  sha256: string;
  passphraseHash: string | null;
  expiresAt: Date;
  recordedAt: Date;
  creatorName: string;
}

/**
 * What the address of a secret shows: not revoked, not expired, made by somebody who still owns the creator; else
 * null. For the operator, who reads it for whoever brings the secret. Errors: conflict when its bytes were changed.
 */
export function find(
  viewer: Viewer,
  creatorId: string,
  link: { id: string; secretHash: Buffer },
): Promise<Shared | null> {
  return transaction(viewer, async () => {
    const [row] = await conn()
      .select({
        id: statementShares.id,
        range: statementShares.range,
        data: statementShares.data,
        sha256: sql<string>`encode(${statementShares.sha256}, 'hex')`,
        isIntact: sql<boolean>`${statementShares.sha256} = sha256(convert_to(${statementShares.data}, 'UTF8'))`,
        passphraseHash: statementShares.passphraseHash,
        expiresAt: statementShares.expiresAt,
        recordedAt: statementShares.recordedAt,
        creatorName: creators.name,
      })
      .from(statementShares)
      .innerJoin(creators, eq(creators.id, statementShares.creatorId))
      .where(
        and(
          of(viewer, creatorId, link.id, "read"),
          eq(statementShares.secretHash, link.secretHash),
          isNull(statementShares.revokedAt),
          sql`${statementShares.expiresAt} > now()`,
          sql`exists (
            select from ${members} m where m.creator_id = ${statementShares.creatorId}
              and m.user_id = ${statementShares.recordedBy} and m.role = 'owner' and m.removed_at is null)`,
        ),
      );
    if (!row) return null;
    const { isIntact, ...shared } = row;
    if (!isIntact)
      throw new AppError(
        "conflict",
        "This statement is not what was shared: its checksum does not match. Ask for a new address.",
      );
    return shared;
  });
}

/** Counts that an address was opened, on the creator's day. For the operator alone. */
export function countOpen(viewer: Viewer, creatorId: string, id: string): Promise<void> {
  return transaction(viewer, async () => {
    if (viewer.kind !== "operator" || viewer.creatorId !== creatorId) throw notFound("address");
    const { count } = await conn().execute(sql`
      insert into ${statementShareOpens} (creator_id, share_id, day, opens)
      select s.creator_id, s.id, (now() at time zone c.time_zone)::date, 1
      from ${statementShares} s join ${creators} c on c.id = s.creator_id
      where s.creator_id = ${creatorId} and s.id = ${id}
      on conflict (creator_id, share_id, day) do update set opens = ${statementShareOpens.opens} + 1`);
    if (count === 0) throw notFound("address");
  });
}

function of(viewer: Viewer, creatorId: string, id: string, need: "read" | "manage"): SQL {
  return sql`${scope(viewer, statementShares.creatorId, need)} and ${statementShares.creatorId} = ${creatorId} and ${statementShares.id} = ${id}`;
}
