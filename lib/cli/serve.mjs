import { spawn } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import net from "node:net";
import path from "node:path";
import { ensureBuild, NEXT, SERVER_FLAGS } from "./build.mjs";
import {
  claimData,
  databaseEnvironment,
  migrateDatabase,
  refuseUnreachable,
  refuseUnusable,
  startDatabase,
} from "./database.mjs";
import { ensureDependencies } from "./install.mjs";
import { acquire, announce, describeHolder, Held } from "./lock.mjs";
import { CHECKOUT_STATE, dataFolder, loadEnvironment, privateFolder, ROOT, secretOf } from "./places.mjs";
import { endProcess, endRunning, Refusal, secondsSince, signatureOf, sleep } from "./process.mjs";

/**
 * What has to be undone when the process stops, at whatever step it is.
 * @type {{ server?: import("node:child_process").ChildProcess, opening?: ReturnType<typeof startDatabase>, locks: { release: () => void }[], runFile?: string, stopping: boolean }}
 */
const now = { locks: [], stopping: false };

/**
 * `npm start` and `npm run dev`: sets up what is missing, serves until it is told to stop.
 * @param {string[]} args `--dev` serves the sources without a build
 */
export async function main(args) {
  watchForTheEnd();
  try {
    await serve(args.includes("--dev"));
  } catch (error) {
    if (now.stopping) return;
    console.error(error instanceof Refusal ? error.message : error);
    await stop(1);
  }
}

/** @param {boolean} dev */
async function serve(dev) {
  const begun = performance.now();
  loadEnvironment();
  const { host, port, url } = address();
  const stub = process.env.PERMILLE_SERVE; // for tests: a script to serve instead of the app, without migration and build
  const external = process.env.DATABASE_URL;

  step(1, `Node ${process.versions.node}`)();
  privateFolder(CHECKOUT_STATE);
  if (external) await refuseUnreachable(external);
  const claim = external ? null : await claimOrRefuse(dev ? "npm run dev" : "npm start", url);
  if (claim) now.locks.push(claim.lock);
  await endOrphans();
  await refuseTakenPort(host, port);
  const setUp = await acquire(
    CHECKOUT_STATE,
    "setup",
    { command: "npm start" },
    { patienceMs: 600_000, onWait: sayWait },
  );
  now.locks.push(setUp);

  const installed = step(2, "Dependencies");
  installed((await ensureDependencies(note)) ? "installed" : "in place");

  const opened = step(3, "Database");
  const data = dataFolder();
  let environment = { NEXTAUTH_URL: process.env.NEXTAUTH_URL || url };
  if (claim) {
    now.opening = startDatabase(claim, note);
    const { cluster, ...rest } = await now.opening;
    cluster.exited.then((how) => {
      if (now.stopping) return;
      console.error(
        `The database stopped by itself (${how}); its log lies in ${claim.place}. Run the command again.`,
      );
      stop(1);
    });
    environment = { ...environment, ...rest.environment };
    opened(`embedded PostgreSQL, data in ${claim.place}`);
  } else {
    const ownerUrl = external ?? "";
    await refuseUnusable(ownerUrl);
    environment = { ...environment, ...databaseEnvironment({ ownerUrl, secret: secretOf(data), data }) };
    opened("the one of DATABASE_URL");
  }

  const migrated = step(4, "Migrations");
  if (!stub) await migrateDatabase(environment, path.join(data, "log", "migrate.log"));
  migrated(stub ? "left out" : "applied");

  const built = step(5, "Build");
  if (stub || dev) built("not needed");
  else built((await ensureBuild(note)) ? "built" : "up to date");
  now.locks.push(await announce(CHECKOUT_STATE, "serving", { command: "npm start", url }));
  setUp.release();

  step(6, "Server")();
  const command = stub ? [stub] : [NEXT, dev ? "dev" : "start", "-H", host, "-p", String(port)];
  // A process group of its own: Ctrl-C reaches this process alone, which then stops server and database in order.
  const server = spawn(
    process.execPath,
    [...SERVER_FLAGS, "--import", path.join(import.meta.dirname, "follow.mjs"), ...command],
    {
      cwd: ROOT,
      detached: true,
      stdio: ["ignore", "inherit", "inherit", "ipc"],
      env: {
        ...process.env,
        ...environment,
        NEXT_TELEMETRY_DISABLED: "1",
        NODE_ENV: dev ? "development" : "production",
        HOST: host,
        PORT: String(port),
      },
    },
  );
  now.server = server;
  noteRun(port, server.pid ?? 0);
  server.once("exit", (code, signal) => {
    if (now.stopping) return;
    console.error(`The server ended by itself (${code ?? signal}).`);
    stop(1);
  });
  await listening(host, port);
  if (now.stopping) return;
  if (claim) claim.lock.about.ready = true;
  console.log(`\nPermille is ready on ${url} (${secondsSince(begun)}). Ctrl-C stops it.`);
}

/** `HOST`, `PORT` and the public address that follows from them. */
function address() {
  const host = process.env.HOST || "127.0.0.1";
  const text = process.env.PORT || "3000";
  const port = Number(text);
  if (!/^\d+$/.test(text) || port < 1 || port > 65535) {
    throw new Refusal(`PORT is "${text}": give a number from 1 to 65535.`);
  }
  return { host, port, url: `http://localhost:${port}` };
}

/** @param {string} command @param {string} url */
async function claimOrRefuse(command, url) {
  try {
    const claim = await claimData(command);
    claim.lock.about.url = url;
    return claim;
  } catch (error) {
    if (!(error instanceof Held)) throw error;
    throw new Refusal(
      `These data are in use by ${describeHolder(error.holder)}: use that one, or stop it first.`,
    );
  }
}

/** @param {import("./lock.mjs").Holder} holder */
function sayWait(holder) {
  note(`waiting for ${describeHolder(holder)}, which sets up this checkout`);
}

/**
 * Prints the beginning of a numbered step.
 * @param {number} number @param {string} title
 * @returns {(result?: string) => void} prints its end
 */
function step(number, title) {
  const begun = performance.now();
  return (result) =>
    console.log(`${number}/6  ${title}${result ? `: ${result} (${secondsSince(begun)})` : ""}`);
}

/** @param {string} text */
function note(text) {
  console.log(`     ${text} …`);
}

/** @param {string} host @param {number} port */
async function refuseTakenPort(host, port) {
  const error = await new Promise((resolve) => {
    const probe = net.createServer();
    probe.once("error", resolve);
    probe.listen({ host, port }, () => probe.close(() => resolve(null)));
  });
  if (!error) return;
  if (error.code === "EADDRINUSE") {
    throw new Refusal(
      `Port ${port} on ${host} is in use by another program: stop that one, or choose another port, as in PORT=${port + 1} npm start.`,
    );
  }
  throw new Refusal(
    `Port ${port} on ${host} cannot be used (${error.code}): choose others with PORT and HOST.`,
  );
}

/** @param {string} host @param {number} port */
async function listening(host, port) {
  const target = { host: host === "0.0.0.0" || host === "::" ? "localhost" : host, port };
  while (!now.stopping) {
    const open = await new Promise((resolve) => {
      const socket = net.connect(target);
      socket.once("connect", () => resolve(true));
      socket.once("error", () => resolve(false));
      socket.once("connect", () => socket.destroy());
    });
    if (open) return;
    await sleep(30);
  }
}

/**
 * Notes which server runs for which start, so that the next start can end one that was left behind.
 * @param {number} port @param {number} serverPid
 */
function noteRun(port, serverPid) {
  const folder = path.join(CHECKOUT_STATE, "run");
  mkdirSync(folder, { recursive: true });
  now.runFile = path.join(folder, `${port}.json`);
  const who = (/** @type {number} */ pid) => ({ pid, signature: signatureOf(pid) });
  writeFileSync(now.runFile, JSON.stringify({ start: who(process.pid), server: who(serverPid) }), {
    mode: 0o600,
  });
}

/**
 * Ends servers whose start was killed. They end by themselves as a rule (follow.mjs); this is for the
 * one that hangs. A pid is trusted only together with the moment the process began.
 */
async function endOrphans() {
  const folder = path.join(CHECKOUT_STATE, "run");
  mkdirSync(folder, { recursive: true });
  for (const name of readdirSync(folder).filter((entry) => entry.endsWith(".json"))) {
    const file = path.join(folder, name);
    const run = readRun(file);
    const alive = (/** @type {{ pid: number, signature: string } | undefined} */ who) =>
      who?.signature != null && signatureOf(who.pid) === who.signature;
    if (run && alive(run.start)) continue;
    if (run && alive(run.server)) {
      await endProcess(run.server.pid, [
        ["SIGTERM", 2000],
        ["SIGKILL", 2000],
      ]);
    }
    rmSync(file, { force: true });
  }
}

/** @param {string} file */
function readRun(file) {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return null;
  }
}

/** Signals, and the death of the npm that started us (it does not pass SIGTERM on). */
function watchForTheEnd() {
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent && !now.stopping) stop(0);
  }, 500).unref();
  for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"])) {
    process.on(signal, () => {
      if (now.stopping) endAtOnce();
      else stop(now.server ? 0 : 130);
    });
  }
}

/**
 * Stops in order: the web server answers what it has begun, then the database closes.
 * @param {number} code
 */
async function stop(code) {
  if (now.stopping) return;
  now.stopping = true;
  endRunning();
  const { server, runFile } = now;
  if (server?.pid && server.exitCode === null && server.signalCode === null) {
    if (code === 0) console.log("\nStopping …");
    await endProcess(server.pid, [
      ["SIGTERM", 10_000],
      ["SIGKILL", 2000],
    ]);
  }
  const opened = await now.opening?.catch(() => null);
  await opened?.cluster.stop();
  if (runFile) rmSync(runFile, { force: true });
  for (const lock of now.locks) lock.release();
  process.exit(code);
}

/** A second signal: no more patience. */
async function endAtOnce() {
  now.server?.kill("SIGKILL");
  const opened = await now.opening?.catch(() => null);
  await opened?.cluster.stop("at once");
  process.exit(130);
}
