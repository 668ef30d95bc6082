import { type ChildProcess, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import postgres from "postgres";
import { ensureBuild } from "../build.mjs";
import { ROOT } from "../places.mjs";
import type { Proof } from "../prove";
import { postgresArguments, socketUrl } from "../urls.mjs";
import { randomFrom } from "./random";
import { freePort, openStudio, payoutFields } from "./studio";
import { openVisitor } from "./visitor";

const CLIENTS = 8;
const READY_MS = 15_000;

/**
 * D1: `npm start` is killed with -9 at a random moment while 8 clients log payouts, every other time PostgreSQL
 * with it, and started again on what is left. Every payout that was answered is there exactly once; every other
 * one is there once or not at all; the totals are the sum of the entries. `n` = kills.
 */
export async function proveD1(n: number, seed: number): Promise<Proof> {
  await ensureBuild((note) => console.error(`${note} …`));
  const random = randomFrom(seed);
  const violations: string[] = [];
  const data = mkdtempSync(path.join(tmpdir(), "permille-prove-"));
  const port = await freePort();
  const baseUrl = `http://localhost:${port}`;
  const system = mkdtempSync(path.join(tmpdir(), "permille-prove-"));
  chmodSync(system, 0o711);
  const environment = { PERMILLE_DATA: data, PERMILLE_SYSTEM: system, PORT: String(port), DATABASE_URL: "" };
  let app = await start(environment);
  let slowestStartMs = 0;
  try {
    const { cookies, creatorId, payoutPage } = await openStudio(baseUrl);
    const acknowledged = new Set<string>();
    const tried = new Set<string>();
    for (let kill = 0; kill < n; kill++) {
      let running = true;
      const clients = Array.from({ length: CLIENTS }, async () => {
        const visitor = openVisitor(baseUrl, cookies);
        while (running) {
          const id = randomUUID();
          tried.add(id);
          const answer = await visitor.call(payoutPage, payoutFields(id, "0.01")).catch(() => "");
          if (answer.includes('"done"')) acknowledged.add(id);
          else if (running) await wait(50);
        }
      });
      await wait(random() * 3_000);
      killAll(app, kill % 2 === 1);
      running = false;
      await Promise.all(clients);
      const begun = performance.now();
      app = await start(environment);
      const ms = performance.now() - begun;
      slowestStartMs = Math.max(slowestStartMs, ms);
      if (ms > READY_MS) violations.push(`kill ${kill}: ready only after ${Math.round(ms)} ms`);
    }

    const outside = postgres(...postgresArguments(app.superUrl(), { max: 1 }));
    const ids = await outside`select id from payouts where creator_id = ${creatorId}`;
    const totals =
      await outside`select coalesce(sum(minor), 0)::int as minor, coalesce(sum(entries), 0)::int as entries
      from totals where creator_id = ${creatorId}`;
    await outside.end({ timeout: 5 });
    const there = new Set(ids.map((row) => row.id as string));
    for (const id of acknowledged) if (!there.has(id)) violations.push(`acknowledged and lost: ${id}`);
    for (const id of there) if (!tried.has(id)) violations.push(`never sent and there: ${id}`);
    if (ids.length !== there.size) violations.push("an entry is there twice");
    if (totals[0]?.minor !== there.size || totals[0]?.entries !== there.size) {
      violations.push(`the totals say ${totals[0]?.entries} entries, the ledger has ${there.size}`);
    }
    return {
      n,
      violations,
      figures: {
        tried: tried.size,
        acknowledged: acknowledged.size,
        there: there.size,
        slowestStartMs: Math.round(slowestStartMs),
      },
    };
  } finally {
    killAll(app, true);
    for (const folder of [data, system]) rmSync(folder, { recursive: true, force: true });
  }
}

interface App {
  node: ChildProcess;
  port: string;
  /** the database's folder */
  pg: string;
  superUrl(): string;
}

/** Runs `npm start`'s program until it says that it is ready. */
async function start(environment: { PERMILLE_DATA: string; PORT: string }): Promise<App> {
  const node = spawn(process.execPath, [path.join(ROOT, "lib", "cli", "start.mjs")], {
    cwd: ROOT,
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, ...environment },
  });
  let said = "";
  for (const stream of [node.stdout, node.stderr]) {
    stream?.on("data", (text) => {
      said += text;
    });
  }
  await new Promise<void>((resolve, reject) => {
    node.stdout?.on("data", () => said.includes("is ready on") && resolve());
    node.once("exit", (code) => reject(new Error(`npm start ended with ${code}:\n${said}`)));
  });
  const noted = path.join(environment.PERMILLE_DATA, "location");
  const place = existsSync(noted) ? readFileSync(noted, "utf8").trim() : environment.PERMILLE_DATA;
  const pg = path.join(place, "pg");
  return {
    node,
    port: environment.PORT,
    pg,
    superUrl: () =>
      socketUrl({
        role: "postgres",
        password: readFileSync(path.join(pg, "permille-superuser"), "utf8").trim(),
        database: "permille",
        socketFolder: pidFile(pg)[4] ?? "",
      }),
  };
}

/** `npm start` and the web server die at once; PostgreSQL lives on as an orphan or dies too. */
function killAll(app: App, withDatabase: boolean): void {
  const run = JSON.parse(readFileSync(path.join(ROOT, ".data", "run", `${app.port}.json`), "utf8"));
  const database = Number(pidFile(app.pg)[0]);
  for (const pid of [app.node.pid, run.server.pid, ...(withDatabase ? [database] : [])]) {
    try {
      if (pid) process.kill(pid, "SIGKILL");
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
    }
  }
}

function pidFile(pg: string): string[] {
  return readFileSync(path.join(pg, "postmaster.pid"), "utf8").split("\n");
}
