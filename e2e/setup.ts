import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import net from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import postgres from "postgres";
import { ensureBuild, NEXT } from "../lib/cli/build.mjs";
import { databaseEnvironment, migrateDatabase } from "../lib/cli/database.mjs";
import { temporaryCluster } from "../lib/cli/embedded.mjs";
import { announce } from "../lib/cli/lock.mjs";
import { CHECKOUT_STATE, ROOT } from "../lib/cli/places.mjs";
import { endProcess, sleep } from "../lib/cli/process.mjs";
import { databaseUrl, postgresArguments } from "../lib/cli/urls.mjs";

/**
 * Serves the production build on a fresh database and a free port. Tests find it by `baseURL`, the mails
 * it wrote under `E2E_DATA`, its database as owner in `E2E_DATABASE_URL`.
 */
export default async function setUp(): Promise<() => Promise<void>> {
  const own = process.env.TEST_DATABASE_ADMIN_URL ? null : await temporaryCluster();
  const adminUrl = process.env.TEST_DATABASE_ADMIN_URL ?? own?.ownerUrl ?? "";
  const secret = process.env.TEST_SECRET ?? own?.secret ?? "a secret for tests only, long enough";
  const data = mkdtempSync(path.join(tmpdir(), "permille-e2e-"));
  const name = `permille_e2e_${process.pid}`;

  await ensureBuild((note) => console.log(`${note} …`));
  const admin = postgres(...postgresArguments(adminUrl, { max: 1, onnotice() {} }));
  await admin.unsafe(`CREATE DATABASE ${name}`);
  const environment = databaseEnvironment({ ownerUrl: databaseUrl(adminUrl, name), secret, data });
  await migrateDatabase(environment, path.join(data, "migrate.log"));

  const port = await freePort();
  const url = `http://localhost:${port}`;
  const presence = await announce(CHECKOUT_STATE, "serving", { command: "the end-to-end tests", url });
  const follow = path.join(ROOT, "lib", "cli", "follow.mjs");
  const server = spawn(
    process.execPath,
    ["--import", follow, NEXT, "start", "-H", "127.0.0.1", "-p", String(port)],
    {
      cwd: ROOT,
      stdio: ["ignore", "inherit", "inherit", "ipc"],
      env: {
        ...process.env,
        ...environment,
        NODE_ENV: "production",
        NEXTAUTH_URL: url,
        ECB_URL: "no",
        NEXT_TELEMETRY_DISABLED: "1",
      },
    },
  );
  // Tests make their people and data by the app's own functions, which read the same environment.
  Object.assign(process.env, environment, {
    E2E_BASE_URL: url,
    E2E_DATA: data,
    E2E_DATABASE_URL: environment.DATABASE_URL,
  });
  await listening(port, () => server.exitCode !== null);

  return async () => {
    if (server.pid) {
      await endProcess(server.pid, [
        ["SIGTERM", 5000],
        ["SIGKILL", 2000],
      ]);
    }
    presence.release();
    await admin.unsafe(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
    await admin.end();
    await own?.stop();
    rmSync(data, { recursive: true, force: true });
  };
}

async function freePort(): Promise<number> {
  const probe = net.createServer();
  await new Promise<void>((resolve) => probe.listen(0, "127.0.0.1", resolve));
  const { port } = probe.address() as net.AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

async function listening(port: number, ended: () => boolean): Promise<void> {
  for (;;) {
    if (ended()) throw new Error("The server ended before it listened: its output stands above.");
    const open = await new Promise<boolean>((resolve) => {
      const socket = net.connect({ host: "127.0.0.1", port });
      socket.once("connect", () => resolve(true));
      socket.once("error", () => resolve(false));
      socket.once("connect", () => socket.destroy());
    });
    if (open) return;
    await sleep(50);
  }
}
