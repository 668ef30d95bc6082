import net from "node:net";
import path from "node:path";
import { startCluster } from "./embedded.mjs";
import { acquire, Held, presentIn, visit } from "./lock.mjs";
import { databasePlace, dataFolder, ROOT, secretOf } from "./places.mjs";
import { Refusal, runLogged, sleep } from "./process.mjs";
import {
  APP_ROLE,
  AUTH_ROLE,
  OWNER_ROLE,
  placeOfUrl,
  postgresArguments,
  rolePassword,
  roleUrl,
  socketUrl,
} from "./urls.mjs";

const OLDEST_SERVER = 15;

/**
 * The environment of everything that talks to the database.
 * @param {{ ownerUrl: string, secret: string, data: string }} database
 * @returns {Record<string, string>}
 */
export function databaseEnvironment({ ownerUrl, secret, data }) {
  return {
    DATABASE_URL: ownerUrl,
    DATABASE_APP_URL: process.env.DATABASE_APP_URL || roleUrl(ownerUrl, APP_ROLE, secret),
    DATABASE_AUTH_URL: process.env.DATABASE_AUTH_URL || roleUrl(ownerUrl, AUTH_ROLE, secret),
    NEXTAUTH_SECRET: secret,
    PERMILLE_DATA: data,
  };
}

/** The command line that runs a TypeScript file of the project, from the checkout. @param {string} file */
export function typescriptCommand(file) {
  return [process.execPath, "--conditions=react-server", "--import", "tsx", path.join(ROOT, file)];
}

/**
 * Brings the database to today's schema, in a process of its own.
 * @param {Record<string, string>} environment from `databaseEnvironment`
 * @param {string} log
 */
export async function migrateDatabase(environment, log) {
  await runLogged("The migration", typescriptCommand("db/migrate.ts"), {
    cwd: ROOT,
    log,
    env: { ...process.env, ...environment },
  });
}

/**
 * Refuses an external database that cannot be reached, in words, before any long step.
 * @param {string} url
 */
export async function refuseUnreachable(url) {
  /** @type {URL} */
  let parsed;
  try {
    parsed = new URL(url);
    placeOfUrl(url);
  } catch {
    throw new Refusal("DATABASE_URL is no URL: write postgres://user:password@host:5432/database.");
  }
  if (!["postgres:", "postgresql:"].includes(parsed.protocol)) {
    throw new Refusal(`DATABASE_URL must begin with postgres:// and not with ${parsed.protocol}//.`);
  }
  const [, { path: socket }] = postgresArguments(url);
  const target = socket
    ? { path: socket }
    : { host: parsed.hostname || "localhost", port: Number(parsed.port || 5432) };
  const why = await new Promise((resolve) => {
    const connection = net.connect(target);
    const timer = setTimeout(() => resolve("no answer within 5 s"), 5000);
    connection.once("connect", () => resolve(null));
    connection.once("error", (/** @type {NodeJS.ErrnoException} */ error) => resolve(reasonOf(error)));
    connection.once("close", () => clearTimeout(timer));
    setTimeout(() => connection.destroy(), 5100).unref();
    connection.once("connect", () => connection.destroy());
  });
  if (why) {
    throw new Refusal(
      `The database at ${placeOfUrl(url)} (DATABASE_URL) cannot be reached, ${why}: start it or correct DATABASE_URL.`,
    );
  }
}

/** @param {NodeJS.ErrnoException} error */
function reasonOf(error) {
  const known = /** @type {Record<string, string>} */ ({
    ECONNREFUSED: "the connection was refused",
    ENOTFOUND: "there is no such host",
    EAI_AGAIN: "its name cannot be looked up",
    ENOENT: "there is no such socket",
    ETIMEDOUT: "no answer",
    EHOSTUNREACH: "there is no way to that host",
    ENETUNREACH: "there is no network",
  });
  return known[error.code ?? ""] ?? error.code ?? error.message;
}

/**
 * Refuses an external database that does not let us in, or is too old. Needs the dependencies.
 * @param {string} url
 */
export async function refuseUnusable(url) {
  const { default: postgres } = await import("postgres");
  const sql = postgres(...postgresArguments(url, { max: 1, connect_timeout: 8, onnotice() {} }));
  const where = `The database at ${placeOfUrl(url)} (DATABASE_URL)`;
  try {
    const [row] = await sql`SELECT current_setting('server_version_num')::int / 10000 AS major`;
    if (row?.major < OLDEST_SERVER) {
      throw new Refusal(`${where} is PostgreSQL ${row?.major}: Permille needs ${OLDEST_SERVER} or newer.`);
    }
  } catch (error) {
    if (error instanceof Refusal) throw error;
    const { code, message } = /** @type {{ code?: string, message: string }} */ (error);
    if (code === "28P01" || code === "28000")
      throw new Refusal(`${where} refuses this user or password: correct DATABASE_URL.`);
    if (code === "3D000")
      throw new Refusal(`${where} has no database of that name: create it, or correct DATABASE_URL.`);
    throw new Refusal(`${where} cannot be used: ${message}.`);
  } finally {
    await sql.end({ timeout: 1 });
  }
}

/**
 * Takes the embedded data for this process alone, before anything slow happens.
 * @param {string} command what the user ran, for whoever is refused
 */
export async function claimData(command) {
  const data = dataFolder();
  const place = databasePlace(data);
  const lock = await acquire(place, "data", { command, ready: false });
  return { data, place, lock };
}

/**
 * Starts the embedded database on claimed data.
 * @param {Awaited<ReturnType<typeof claimData>>} claim @param {(line: string) => void} say
 */
export async function startDatabase({ data, place, lock }, say) {
  const secret = secretOf(data);
  const cluster = await startCluster({ place, secret, say });
  lock.about.socketFolder = cluster.socketFolder;
  return { cluster, environment: databaseEnvironment({ ownerUrl: cluster.ownerUrl, secret, data }) };
}

/**
 * The database for a short command: the external one, the one a running server has open, or one started
 * for the command and stopped with `close`. A database nobody serves is migrated first.
 * @param {string} command what the user ran
 * @returns {Promise<{ environment: Record<string, string>, close: () => Promise<void> }>}
 */
export async function openDatabase(command) {
  const log = path.join(dataFolder(), "log", "migrate.log");
  const external = process.env.DATABASE_URL;
  if (external) {
    await refuseUnreachable(external);
    await refuseUnusable(external);
    const data = dataFolder();
    const environment = databaseEnvironment({ ownerUrl: external, secret: secretOf(data), data });
    await migrateDatabase(environment, log);
    return { environment, close: async () => {} };
  }
  for (;;) {
    try {
      const claim = await claimData(command);
      const { cluster, environment } = await startDatabase(claim, (line) => console.log(line));
      const close = async () => {
        // Another short command may have joined meanwhile.
        while (claim.lock.guests() > 0) await sleep(50);
        await cluster.stop();
        claim.lock.release();
      };
      try {
        await migrateDatabase(environment, log);
      } catch (error) {
        await close();
        throw error;
      }
      claim.lock.about.ready = true;
      return { environment, close };
    } catch (error) {
      if (!(error instanceof Held)) throw error;
    }
    const joined = await joinHolder();
    if (joined) return joined;
  }
}

/** Uses the database another process holds, once it is ready; null when that process has gone. */
async function joinHolder() {
  const data = dataFolder();
  const place = databasePlace(data);
  for (const begun = performance.now(); performance.now() - begun < 300_000; await sleep(100)) {
    const [holder] = (await presentIn(place, "data")).filter(({ held }) => held);
    if (!holder) return null;
    if (!holder.ready || !holder.socketFolder) continue;
    const leave = await visit(place, holder.file).catch(() => null);
    if (!leave) return null;
    const secret = secretOf(data);
    const ownerUrl = socketUrl({
      role: OWNER_ROLE,
      password: rolePassword(OWNER_ROLE, secret),
      database: OWNER_ROLE,
      socketFolder: holder.socketFolder,
    });
    return { environment: databaseEnvironment({ ownerUrl, secret, data }), close: async () => leave() };
  }
  throw new Refusal("The running server did not get its database ready within five minutes.");
}
