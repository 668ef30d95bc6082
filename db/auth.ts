/**
 * Accounts: people, their sessions, one-time links, and how often somebody tried. The only file that reaches
 * these tables, by the sign-in role, which sees no creator's data. Functions take a Viewer wherever somebody
 * is signed in; those that find out who it is cannot.
 *
 * E-mail addresses arrive normalised. Secrets arrive hashed: nothing here could sign anybody in.
 */
import { and, asc, desc, eq, gt, inArray, isNull, lt, ne, or, type SQL, sql } from "drizzle-orm";
import { AppError, notFound, stale } from "../lib/errors";
import type { Viewer } from "../lib/model/access";
import type { AgencyRole, Role, Stream } from "../lib/model/words";
import { authRead, authTransaction, conn } from "./client";
import { sessions, tokens, tries, users } from "./schema";

export interface Account {
  id: string;
  email: string;
  name: string;
  /** BCP 47; how numbers and dates are written */
  locale: string;
  version: number;
}

export interface Session {
  id: string;
  userAgent: string;
  createdAt: Date;
  seenAt: Date;
}

export interface NewSession {
  id: string;
  userId: string;
  userAgent: string;
  expiresAt: Date;
}

const ACCOUNT = {
  id: users.id,
  email: users.email,
  name: users.name,
  locale: users.locale,
  version: users.version,
};

// ---------------------------------------------------------------- who is it

/** The account behind a token's session, or null; notes that it was seen, at most every 5 minutes. */
export async function findSession(sessionId: string, userId: string): Promise<Account | null> {
  const [row] = await authRead(() =>
    conn()
      .select({ ...ACCOUNT, isStale: sql<boolean>`${sessions.seenAt} < now() - interval '5 minutes'` })
      .from(sessions)
      .innerJoin(users, eq(users.id, sessions.userId))
      .where(
        and(
          eq(sessions.id, sessionId),
          eq(sessions.userId, userId),
          gt(sessions.expiresAt, sql`now()`),
          isNull(users.disabledAt),
        ),
      ),
  );
  if (!row) return null;
  const { isStale, ...account } = row;
  if (isStale) {
    await authTransaction(() =>
      conn().update(sessions).set({ seenAt: sql`now()` }).where(eq(sessions.id, sessionId)),
    );
  }
  return account;
}

/** What to verify a password against; null for an address without an account. */
export function findPassword(email: string): Promise<{ userId: string; passwordHash: string } | null> {
  return authTransaction(async () => {
    const [row] = await conn()
      .select({ userId: users.id, passwordHash: users.passwordHash })
      .from(users)
      .where(and(eq(users.email, email), isNull(users.disabledAt)));
    return row ?? null;
  });
}

/** Opens a session; the person's sessions that ran out are cleared away. */
export function openSession(session: NewSession): Promise<void> {
  return authTransaction(async () => {
    await conn()
      .delete(sessions)
      .where(and(eq(sessions.userId, session.userId), lt(sessions.expiresAt, sql`now()`)));
    await conn().insert(sessions).values(session);
  });
}

/** Ends a session by what its token says; nobody else knows the id. */
export function endSession(sessionId: string): Promise<void> {
  return authTransaction(async () => {
    await conn().delete(sessions).where(eq(sessions.id, sessionId));
  });
}

/** Makes an account; false when the address has one already. */
export function createAccount(
  account: Omit<Account, "version"> & { passwordHash: string },
): Promise<boolean> {
  return authTransaction(async () => {
    const { count } = await conn().insert(users).values(account).onConflictDoNothing({ target: users.email });
    return count === 1;
  });
}

/** Whether an address has an account: for the one who proved to own the address by a mailed link. */
export function hasAccount(email: string): Promise<boolean> {
  return authTransaction(async () => {
    const [row] = await conn().select({ id: users.id }).from(users).where(eq(users.email, email));
    return row !== undefined;
  });
}

// ---------------------------------------------------------------- the signed-in person

export function getAccount(viewer: Viewer): Promise<Account> {
  return authTransaction(async () => {
    const [row] = await conn()
      .select(ACCOUNT)
      .from(users)
      .where(eq(users.id, personOf(viewer)));
    if (!row) throw notFound("account");
    return row;
  });
}

/** A stale version gets the current values back. */
export function updateProfile(
  viewer: Viewer,
  { name, locale, version }: { name: string; locale: string; version: number },
): Promise<Account> {
  return authTransaction(async () => {
    const { count } = await conn()
      .update(users)
      .set({ name, locale, version: version + 1 })
      .where(and(eq(users.id, personOf(viewer)), eq(users.version, version)));
    const account = await getAccount(viewer);
    if (count === 0) throw stale("profile", account);
    return account;
  });
}

/** What to verify the viewer's own password against. */
export function getPasswordHash(viewer: Viewer): Promise<string> {
  return authTransaction(async () => {
    const [row] = await conn()
      .select({ passwordHash: users.passwordHash })
      .from(users)
      .where(eq(users.id, personOf(viewer)));
    if (!row) throw notFound("account");
    return row.passwordHash;
  });
}

/** A new password ends all other sessions and all links that could set one, in the same moment. */
export function changePassword(viewer: Viewer, passwordHash: string, keepSessionId: string): Promise<void> {
  return authTransaction(async () => {
    const userId = personOf(viewer);
    await conn()
      .update(users)
      .set({ passwordHash, version: sql`${users.version} + 1` })
      .where(eq(users.id, userId));
    await conn()
      .delete(sessions)
      .where(and(eq(sessions.userId, userId), ne(sessions.id, keepSessionId)));
    await endTokens(userId);
  });
}

/** The viewer's live sessions, the last seen first. */
export function listSessions(viewer: Viewer): Promise<Session[]> {
  return authTransaction(() =>
    conn()
      .select({
        id: sessions.id,
        userAgent: sessions.userAgent,
        createdAt: sessions.createdAt,
        seenAt: sessions.seenAt,
      })
      .from(sessions)
      .where(and(eq(sessions.userId, personOf(viewer)), gt(sessions.expiresAt, sql`now()`)))
      .orderBy(desc(sessions.seenAt), asc(sessions.id)),
  );
}

/** Ends one of the viewer's own sessions. Throws not_found for another's. */
export function closeSession(viewer: Viewer, sessionId: string): Promise<void> {
  return authTransaction(async () => {
    const { count } = await conn()
      .delete(sessions)
      .where(and(eq(sessions.id, sessionId), eq(sessions.userId, personOf(viewer))));
    if (count === 0) throw notFound("session");
  });
}

export function closeOtherSessions(viewer: Viewer, keepSessionId: string): Promise<void> {
  return authTransaction(async () => {
    await conn()
      .delete(sessions)
      .where(and(eq(sessions.userId, personOf(viewer)), ne(sessions.id, keepSessionId)));
  });
}

// ---------------------------------------------------------------- one-time links

/**
 * Keeps a link for setting a new password, if the address has an account. Does the same work either way and
 * does not say which it was.
 */
export function requestReset(
  email: string,
  token: { id: string; secretHash: Buffer; minutes: number },
): Promise<void> {
  return authTransaction(async () => {
    await conn().execute(sql`
      insert into tokens (id, user_id, purpose, secret_hash, expires_at)
      select ${token.id}, id, 'reset', ${token.secretHash}, now() + make_interval(mins => ${token.minutes})
      from users where email = ${email} and disabled_at is null`);
  });
}

/** Whose password a reset link would set; null when it was used, has ended or never was. */
export function findReset(id: string, secretHash: Buffer): Promise<Account | null> {
  return authTransaction(async () => {
    const [row] = await conn()
      .select(ACCOUNT)
      .from(tokens)
      .innerJoin(users, eq(users.id, tokens.userId))
      .where(live(id, secretHash));
    return row ?? null;
  });
}

/** Sets the password once, ends all sessions and all other links. Null when the link is not (or no longer) good. */
export function resetPassword(id: string, secretHash: Buffer, passwordHash: string): Promise<Account | null> {
  return authTransaction(async () => {
    const [used] = await conn()
      .update(tokens)
      .set({ usedAt: sql`now()` })
      .where(live(id, secretHash))
      .returning({ userId: tokens.userId });
    if (!used) return null;
    const [account] = await conn()
      .update(users)
      .set({ passwordHash, version: sql`${users.version} + 1` })
      .where(eq(users.id, used.userId))
      .returning(ACCOUNT);
    await conn().delete(sessions).where(eq(sessions.userId, used.userId));
    await endTokens(used.userId);
    return account ?? null;
  });
}

/** What an invitation's link may show before anyone signed in; null when it is not (or no longer) good. */
export function findInvitation(
  id: string,
  secretHash: Buffer,
): Promise<{ creatorId: string; creatorName: string; email: string; role: Role } | null> {
  return authTransaction(async () => {
    const [row] = await conn().execute<{
      creator_id: string;
      creator_name: string;
      email: string;
      role: Role;
    }>(sql`select creator_id, creator_name, email, role from preview_invitation(${id}, ${secretHash})`);
    return row
      ? { creatorId: row.creator_id, creatorName: row.creator_name, email: row.email, role: row.role }
      : null;
  });
}

/** As findInvitation, of an agency. */
export function findAgencyInvitation(
  id: string,
  secretHash: Buffer,
): Promise<{ agencyName: string; email: string; role: AgencyRole } | null> {
  return authTransaction(async () => {
    const [row] = await conn().execute<{ agency_name: string; email: string; role: AgencyRole }>(
      sql`select agency_name, email, role from preview_agency_invitation(${id}, ${secretHash})`,
    );
    return row ? { agencyName: row.agency_name, email: row.email, role: row.role } : null;
  });
}

/** What one is asked to share with an agency, or was offered with it. */
export interface Shared {
  readonly email: string;
  /** the name of the person who asks or offers */
  readonly by: string;
  /** null: an agency is asked, and which one is the asked person's to say */
  readonly agencyName: string | null;
  /** null: a creator is asked, and which one is the asked person's to say */
  readonly creatorName: string | null;
  readonly streams: readonly Stream[] | null;
  readonly amounts: boolean;
  readonly notes: boolean;
  readonly mayEdit: boolean;
  readonly toDay: string | null;
}

/** What the link of a representation's question may show before anyone signed in; null when it is not good. */
export function findRepresentation(id: string, secretHash: Buffer): Promise<Shared | null> {
  return findShared(sql`preview_representation(${id}, ${secretHash})`);
}

/** What the link of a creator's handover may show before anyone signed in; null when it is not good. */
export function findHandover(id: string, secretHash: Buffer): Promise<Shared | null> {
  return findShared(sql`preview_handover(${id}, ${secretHash})`);
}

function findShared(preview: SQL): Promise<Shared | null> {
  return authTransaction(async () => {
    const [row] = await conn().execute<{ shared: Shared }>(
      sql`select json_build_object('email', p.email, 'by', p.by, 'agencyName', p.agency_name, 'creatorName', p.creator_name,
        'streams', p.streams, 'amounts', p.amounts, 'notes', p.notes, 'mayEdit', p.may_edit, 'toDay', p.to_day) as shared
        from ${preview} p`,
    );
    return row?.shared ?? null;
  });
}

/** For the mail worker, which knows an account by its id alone. */
export function findAccountForMail(userId: string): Promise<Account | null> {
  return authTransaction(async () => {
    const [row] = await conn()
      .select(ACCOUNT)
      .from(users)
      .where(and(eq(users.id, userId), isNull(users.disabledAt)));
    return row ?? null;
  });
}

// ---------------------------------------------------------------- tries

export interface TryRule {
  /** what is counted, e.g. one account from one network address */
  key: string;
  /** that many within the window are free */
  limit: number;
  windowSeconds: number;
  /** over the limit: wait 30 s, then 1 min, 2 min … up to the window, instead of until the window has passed */
  growing?: boolean;
}

/**
 * Counts one try under every rule, before it is known whether it will fail; `forgive` takes it back. When a
 * rule says no, nothing is counted and the answer says when to try again.
 */
export function claimTry(
  rules: readonly TryRule[],
): Promise<{ ok: true; ids: readonly bigint[] } | { ok: false; retryAt: Date }> {
  return authTransaction(async () => {
    const keys = rules.map((rule) => rule.key).sort();
    // Parallel tries of one key wait in line: a burst gets no more than its due.
    for (const key of keys)
      await conn().execute(sql`select pg_advisory_xact_lock(hashtextextended(${key}, 0))`);
    for (const rule of rules) {
      const retryAt = await nextTry(rule);
      if (retryAt) return { ok: false, retryAt };
    }
    const rows = await conn()
      .insert(tries)
      .values(keys.map((key) => ({ key })))
      .returning({ id: tries.id });
    // Old ones go a few at a time; ids grow with time.
    await conn().execute(sql`
      delete from tries where at < now() - interval '1 day' and id in (select id from tries order by id limit 20)`);
    return { ok: true, ids: rows.map((row) => row.id) };
  });
}

/** A try that was none: takes back what claimTry counted, and all that stands under `key`. */
export function forgive(ids: readonly bigint[], key: string): Promise<void> {
  return authTransaction(async () => {
    await conn()
      .delete(tries)
      .where(or(inArray(tries.id, [...ids]), eq(tries.key, key)));
  });
}

async function nextTry({ key, limit, windowSeconds, growing = false }: TryRule): Promise<Date | null> {
  const [row] = await conn()
    .select({
      count: sql<number>`count(*)::int`,
      // Seconds, not instants: only the database's clock counts.
      sinceFirst: sql<number>`extract(epoch from now() - min(${tries.at}))::float8`,
      sinceLast: sql<number>`extract(epoch from now() - max(${tries.at}))::float8`,
    })
    .from(tries)
    .where(and(eq(tries.key, key), gt(tries.at, sql`now() - make_interval(secs => ${windowSeconds})`)));
  if (!row || row.count < limit) return null;
  const waitSeconds = growing
    ? Math.min(30 * 2 ** (row.count - limit), windowSeconds) - row.sinceLast
    : windowSeconds - row.sinceFirst;
  return waitSeconds > 0 ? new Date(Date.now() + waitSeconds * 1000) : null;
}

// ---------------------------------------------------------------- shared parts

function personOf(viewer: Viewer): string {
  if (viewer.kind !== "person") throw new AppError("forbidden", "Only a person has an account.");
  return viewer.userId;
}

function live(id: string, secretHash: Buffer) {
  return and(
    eq(tokens.id, id),
    eq(tokens.purpose, "reset"),
    eq(tokens.secretHash, secretHash),
    isNull(tokens.usedAt),
    gt(tokens.expiresAt, sql`now()`),
  );
}

async function endTokens(userId: string): Promise<void> {
  await conn()
    .update(tokens)
    .set({ usedAt: sql`now()` })
    .where(and(eq(tokens.userId, userId), isNull(tokens.usedAt)));
}
