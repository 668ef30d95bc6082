import postgres from "postgres";
import { postgresArguments } from "../../lib/cli/urls.mjs";
import { appUrl, ownerUrl } from "./database";

// The database seen from outside the app: as its owner, who sees all rows as a member of the kernel role, and
// as the app's role with a viewer of the test's choice. Call `close` on both when done.

export type Sql = postgres.Sql;

export function connectOwner(): Sql {
  return postgres(...postgresArguments(ownerUrl, { max: 2, onnotice() {} }));
}

export function connectApp(): Sql {
  return postgres(...postgresArguments(appUrl, { max: 4, onnotice() {} }));
}

/** Tables without a creator: only sign-in reaches them. */
export const ACCOUNT_TABLES = ["sessions", "tokens", "tries", "users"];

/** Tables of an agency; tests/db/representations.test.ts and together.test.ts try their walls. */
export const AGENCY_TABLES = [
  "agencies",
  "agency_access",
  "agency_invitations",
  "agency_members",
  "commission_answers",
  "commission_terms",
  "creator_tags",
  "letter_mails",
  "roster_files",
  "roster_mails",
  "roster_parts",
  "roster_runs",
  "roster_schedules",
  "roster_views",
  "tags",
  "team_members",
  "teams",
];

/** All tables of the schema that belong to a creator, from the catalogue, with the column that says whose. */
export async function listTenantTables(owner: Sql): Promise<{ name: string; tenant: string }[]> {
  const rows = await owner<{ name: string; tenant: string | null }[]>`
    select c.relname as name, case when c.relname = 'creators' then 'id' else a.attname end as tenant
    from pg_class c left join pg_attribute a on a.attrelid = c.oid and a.attname = 'creator_id'
    where c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace order by 1`;
  return rows
    .filter(({ name }) => !ACCOUNT_TABLES.includes(name) && !AGENCY_TABLES.includes(name))
    .map(({ name, tenant }) => {
      if (!tenant) throw new Error(`${name} has no creator_id: is it a creator's, or an account's table?`);
      return { name, tenant };
    });
}

/** One hash over every row of a creator in every tenant table. */
export async function hashOfCreator(owner: Sql, creatorId: string): Promise<string> {
  const tables = await listTenantTables(owner);
  const parts = tables.map(
    ({ name, tenant }) =>
      `select '${name}' as name, count(*)::text || md5(coalesce(string_agg(t::text, '|' order by t::text), '')) as hash from "${name}" t where "${tenant}" = '${creatorId}'`,
  );
  const rows = await owner.unsafe<{ name: string; hash: string }[]>(parts.join(" union all "));
  return rows
    .map(({ name, hash }) => `${name} ${hash}`)
    .sort()
    .join("\n");
}

/** One hash over every row of an agency: its own tables, and whom it represents or asked. */
export async function hashOfAgency(owner: Sql, agencyId: string): Promise<string> {
  const parts = [...AGENCY_TABLES, "representations"].map(
    (name) =>
      `select '${name}' as name, count(*)::text || md5(coalesce(string_agg(t::text, '|' order by t::text), '')) as hash from "${name}" t where "${name === "agencies" ? "id" : "agency_id"}" = '${agencyId}'`,
  );
  const rows = await owner.unsafe<{ name: string; hash: string }[]>(parts.join(" union all "));
  return rows
    .map(({ name, hash }) => `${name} ${hash}`)
    .sort()
    .join("\n");
}

/** Runs work as the app's role for a viewer (user, and creator for the operator), and rolls it back. */
export async function asApp<T>(
  app: Sql,
  viewer: { userId?: string; creatorId?: string },
  work: (sql: postgres.TransactionSql) => Promise<T>,
): Promise<T> {
  const undo = Symbol("undo");
  let result: T | undefined;
  await app
    .begin(async (sql) => {
      if (viewer.userId) await sql`select set_config('app.user_id', ${viewer.userId}, true)`;
      if (viewer.creatorId) await sql`select set_config('app.creator_id', ${viewer.creatorId}, true)`;
      result = await work(sql);
      throw undo;
    })
    .catch((error: unknown) => {
      if (error !== undo) throw error;
    });
  return result as T;
}

/** The SQLSTATE a statement is refused with, or "done <rows>". */
export async function outcomeOf(
  app: Sql,
  viewer: { userId?: string; creatorId?: string },
  statement: string,
): Promise<string> {
  try {
    return await asApp(app, viewer, async (sql) => `done ${(await sql.unsafe(statement)).count}`);
  } catch (error) {
    return (error as { code?: string }).code ?? String(error);
  }
}
