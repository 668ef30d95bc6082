/**
 * Brings a database to this version: migrations under an advisory lock (many processes may start at once; one
 * applies, the others wait), the passwords of the two login roles, the job queue's own tables.
 */

import path from "node:path";
import { fileURLToPath } from "node:url";
import { drizzle } from "drizzle-orm/postgres-js";
import { migrate as applyMigrations } from "drizzle-orm/postgres-js/migrator";
import PgBoss from "pg-boss";
import postgres from "postgres";
import { rolePassword } from "../lib/cli/urls.mjs";
import { targetOf } from "./connection";
import { jobParameters, ONE_WAITS, QUEUES } from "./jobs";

const LOCK = 1_000_303;
const FOLDER = path.join(path.dirname(fileURLToPath(import.meta.url)), "..", "drizzle");

/**
 * `ownerUrl`: the role that owns the database (CREATEROLE is enough; it need not be a superuser).
 * Resolves to the number of migrations applied. Running it again changes nothing.
 */
export async function migrate(ownerUrl: string, secret: string): Promise<{ applied: number }> {
  const client = postgres({ ...targetOf(ownerUrl), max: 1, onnotice: () => {}, connect_timeout: 10 });
  try {
    await client`select pg_advisory_lock(${LOCK})`;
    const before = await countMigrations(client);
    await client.unsafe("set row_security = off; set lock_timeout = '5s'");
    await applyMigrations(drizzle(client), { migrationsFolder: FOLDER });
    await giveLogins(client, secret);
    await installJobs(client);
    return { applied: (await countMigrations(client)) - before };
  } finally {
    await client.end({ timeout: 5 });
  }
}

async function countMigrations(client: postgres.Sql): Promise<number> {
  const [table] = await client`select to_regclass('drizzle.__drizzle_migrations') as name`;
  if (!table?.name) return 0;
  const [row] = await client`select count(*)::int as count from drizzle.__drizzle_migrations`;
  return row?.count ?? 0;
}

async function giveLogins(client: postgres.Sql, secret: string): Promise<void> {
  const [database] = await client`select current_database() as name`;
  for (const role of ["permille_app", "permille_auth"]) {
    // Passwords are base64url of an HMAC: no quote can occur in them.
    await client.unsafe(`alter role ${role} login password '${rolePassword(role, secret)}'`);
    await client`grant connect on database ${client(database?.name)} to ${client(role)}`;
  }
}

async function installJobs(client: postgres.Sql): Promise<void> {
  const boss = new PgBoss({
    db: { executeSql: async (text, values) => ({ rows: await client.unsafe(text, jobParameters(values)) }) },
    schema: "pgboss",
    supervise: false,
    schedule: false,
  });
  await boss.start();
  // The last is pg-boss's own, for schedules; the app's role could not create it.
  for (const queue of [...QUEUES, "__pgboss__send-it"]) {
    const policy = ONE_WAITS.some((name) => name === queue) ? "short" : "standard";
    const there = await boss.getQueue(queue);
    if (!there) await boss.createQueue(queue, { name: queue, policy });
    else if (there.policy !== policy) await boss.updateQueue(queue, { name: queue, policy });
  }
  await boss.stop({ graceful: false, close: false });
  await client.unsafe(`
    grant usage on schema pgboss to permille_auth;
    grant select, insert, update, delete on all tables in schema pgboss to permille_auth;
    grant execute on all functions in schema pgboss to permille_auth;
  `);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { DATABASE_URL, NEXTAUTH_SECRET } = process.env;
  if (!DATABASE_URL || !NEXTAUTH_SECRET)
    throw new Error('DATABASE_URL and NEXTAUTH_SECRET are set by "npm start".');
  const { applied } = await migrate(DATABASE_URL, NEXTAUTH_SECRET);
  console.log(applied === 0 ? "The database is up to date." : `${applied} migrations applied.`);
}
