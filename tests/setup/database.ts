import postgres from "postgres";
import { afterAll, inject } from "vitest";
import { APP_ROLE, AUTH_ROLE, databaseUrl, postgresArguments, roleUrl } from "../../lib/cli/urls.mjs";

// Every test file gets a database of its own, a copy of the migrated template, before its first import.
const cluster = inject("cluster");
const name = `permille_${process.pid}_${Math.random().toString(36).slice(2, 10)}`;
const admin = postgres(...postgresArguments(cluster.adminUrl, { max: 1, onnotice() {} }));
await admin.unsafe(`CREATE DATABASE ${name} TEMPLATE ${cluster.template}`);

/** This file's database as its owner, a role without superuser rights. */
export const ownerUrl = databaseUrl(cluster.adminUrl, name);
/** As the app's role, which owns nothing. */
export const appUrl = roleUrl(ownerUrl, APP_ROLE, cluster.secret);
/** As the role of sign-in. */
export const authUrl = roleUrl(ownerUrl, AUTH_ROLE, cluster.secret);
/** As superuser, where the server gave one, else "". */
export const superUrl = cluster.superUrl && databaseUrl(cluster.superUrl, name);

process.env.DATABASE_URL = ownerUrl;
process.env.DATABASE_APP_URL = appUrl;
process.env.DATABASE_AUTH_URL = authUrl;
process.env.NEXTAUTH_SECRET = cluster.secret;
process.env.NEXTAUTH_URL = "http://localhost:3000";

afterAll(async () => {
  await admin.unsafe(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
  await admin.end();
});
