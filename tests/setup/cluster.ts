import postgres from "postgres";
import type { TestProject } from "vitest/node";
import { migrate } from "../../db/migrate";
import { temporaryCluster } from "../../lib/cli/embedded.mjs";
import { databaseUrl, postgresArguments } from "../../lib/cli/urls.mjs";

declare module "vitest" {
  export interface ProvidedContext {
    cluster: TestCluster;
  }
}

export type TestCluster = {
  /** The database `permille` as its owner, who is no superuser but may create databases. */
  adminUrl: string;
  /** The database `postgres` as superuser; "" on an external server that gave none. */
  superUrl: string;
  secret: string;
  /** A migrated database to make others from. */
  template: string;
};

/**
 * One migrated template database per run: on the server of TEST_DATABASE_ADMIN_URL (`npm test` gives its
 * own), else on a temporary embedded one. Each test file then gets a copy (database.ts). Every project that
 * needs a database names this file, and vitest loads it for each: they share the first one's work.
 */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  shelf.permilleTestCluster ??= { users: 0, opened: openCluster() };
  const shared = shelf.permilleTestCluster;
  shared.users++;
  const { cluster, close } = await shared.opened;
  project.provide("cluster", cluster);
  return async () => {
    shared.users--;
    if (shared.users === 0) await close();
  };
}

type Shared = { users: number; opened: ReturnType<typeof openCluster> };
const shelf = globalThis as { permilleTestCluster?: Shared };

async function openCluster(): Promise<{ cluster: TestCluster; close: () => Promise<void> }> {
  const given = process.env.TEST_DATABASE_ADMIN_URL;
  const own = given ? null : await temporaryCluster();
  const adminUrl = given ?? own?.ownerUrl ?? "";
  const superUrl = process.env.TEST_DATABASE_SUPER_URL ?? own?.superUrl ?? "";
  const secret = process.env.TEST_SECRET ?? own?.secret ?? "a secret for tests only, long enough";
  const template = `permille_template_${process.pid}`;
  const admin = postgres(...postgresArguments(adminUrl, { max: 1, onnotice() {} }));
  const close = async () => {
    await admin.unsafe(`DROP DATABASE IF EXISTS ${template} WITH (FORCE)`);
    await admin.end();
    await own?.stop();
  };
  try {
    await admin.unsafe(`CREATE DATABASE ${template}`);
    await migrate(databaseUrl(adminUrl, template), secret);
  } catch (error) {
    await close();
    throw error;
  }
  return { cluster: { adminUrl, superUrl, secret, template }, close };
}
