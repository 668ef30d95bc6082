import { randomUUID } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { encode } from "next-auth/jwt";
import postgres from "postgres";
import { closePools } from "../../../db/client";
import { enqueue } from "../../../db/jobs";
import { migrate } from "../../../db/migrate";
import * as rosterRuns from "../../../db/roster-runs";
import { personViewer } from "../../model/access";
import { dayOf } from "../../model/month";
import { fillBench } from "../bench-data";
import { type BenchAgency, fillRoster } from "../bench-roster-data";
import { ensureBuild } from "../build.mjs";
import { databaseEnvironment } from "../database.mjs";
import { temporaryCluster } from "../embedded.mjs";
import { endProcess } from "../process.mjs";
import type { Proof } from "../prove";
import { databaseUrl, postgresArguments } from "../urls.mjs";
import { freePort, serve } from "./studio";
import { openVisitor } from "./visitor";

const REQUESTS = 200;
const WARM_UP = 30;
/** A person looks, and thinks: requests do not come one on the heels of the other. */
const THINK_MS = 50;
const MONTHS = 3;
const BARS = { ratio: 2, growthMb: 400 };
const END_MS = 20 * 60_000;

/**
 * S2: one run makes PDF and workbook of `n` creators in the server that serves pages. Meanwhile somebody else's overview
 * is asked for, as it was 200 times before and is 200 times after: its p95 stays below twice that, the process's memory
 * within 400 MB of what it was, and each statement is there.
 */
export async function proveS2(n: number): Promise<Proof> {
  await ensureBuild((note) => console.error(`${note} …`));
  const cluster = await temporaryCluster({ durable: true });
  const data = mkdtempSync(path.join(tmpdir(), "permille-prove-"));
  try {
    await migrate(cluster.ownerUrl, cluster.secret);
    const environment = databaseEnvironment({ ownerUrl: cluster.ownerUrl, secret: cluster.secret, data });
    Object.assign(process.env, environment);
    const superUrl = databaseUrl(cluster.superUrl, new URL(cluster.ownerUrl).pathname.slice(1));
    const outside = postgres(...postgresArguments(superUrl, { max: 1, onnotice() {} }));
    const port = await freePort();
    const address = `http://localhost:${port}`;
    try {
      const today = dayOf(new Date().toISOString().slice(0, 10));
      const agency = await fillRoster(outside, today, { creators: n, months: MONTHS });
      await forgetProjections(outside, agency);
      const visitor = await fillBench(today);
      const token = await encode({
        token: { sub: visitor.userId, sid: visitor.sessionId },
        secret: cluster.secret,
      });
      const server = await serve(port, { ...environment, NEXTAUTH_URL: address, ECB_URL: "no" });
      try {
        const cookies = new Map([["permille.session", token]]);
        const look = openLooks(address, cookies, `/creators/${visitor.creatorId}`);
        return await measure(n, { outside, agency, look, pid: server.pid ?? 0 });
      } finally {
        if (server.pid)
          await endProcess(server.pid, [
            ["SIGTERM", 3_000],
            ["SIGKILL", 1_000],
          ]);
      }
    } finally {
      await outside.end({ timeout: 5 });
    }
  } finally {
    await closePools();
    await cluster.stop();
    rmSync(data, { recursive: true, force: true });
  }
}

/** One request of the overview; its milliseconds, to the last byte. Throws when it is not the page. */
type Look = () => Promise<number>;

function openLooks(address: string, cookies: Map<string, string>, at: string): Look {
  const visitor = openVisitor(address, cookies);
  return async () => {
    const begun = performance.now();
    const page = await visitor.get(at);
    const ms = performance.now() - begun;
    if (page.status !== 200 || !page.html.includes("<figure"))
      throw new Error(`${at} answered ${page.status}`);
    await wait(THINK_MS);
    return ms;
  };
}

/** The roster's projections carry no account of how they were made, which a statement tells. */
async function forgetProjections(outside: postgres.Sql, { agencyId }: BenchAgency): Promise<void> {
  await outside.begin(async (sql) => {
    await sql`set local session_replication_role = replica`;
    await sql`delete from projections p using representations r
      where r.agency_id = ${agencyId} and r.creator_id = p.creator_id`;
  });
}

interface Measuring {
  outside: postgres.Sql;
  agency: BenchAgency;
  look: Look;
  pid: number;
}

async function measure(n: number, { outside, agency, look, pid }: Measuring): Promise<Proof> {
  const violations: string[] = [];
  for (let turn = 0; turn < WARM_UP; turn++) await look();
  const before = await looks(look);
  const idle = megabytesOf(pid);

  const runId = randomUUID();
  const viewer = personViewer(agency.userId);
  const { agencyId, userId, month } = agency;
  await rosterRuns.begin(viewer, agencyId, { id: runId, month, attachments: ["pdf", "xlsx"] });
  await enqueue("roster-runs", { agencyId, runId, startedBy: userId }, runId);
  const begun = performance.now();
  const beside: number[] = [];
  const sizes: number[] = [];
  let run = await rosterRuns.get(viewer, agencyId, runId);
  while (!run.finishedAt && performance.now() - begun < END_MS) {
    for (let turn = 0; turn < 20; turn++) beside.push(await look());
    sizes.push(megabytesOf(pid));
    run = await rosterRuns.get(viewer, agencyId, runId);
  }
  const seconds = (performance.now() - begun) / 1_000;
  const after = await looks(look);

  const [made] = await outside<{ files: number }[]>`
    select count(*)::int as files from roster_files where run_id = ${runId}`;
  if (!run.finishedAt || run.refused > 0 || made?.files !== 2 * n + 1)
    violations.push(`${run.made} of ${n} creators are made, with ${made?.files} files`);
  const alone = [...before, ...after];
  const ratio = quantile(beside, 0.95) / quantile(alone, 0.95);
  const growth = Math.max(...sizes) - idle;
  if (beside.length < REQUESTS) violations.push(`only ${beside.length} requests came beside the run`);
  if (ratio >= BARS.ratio)
    violations.push(`beside a run the overview's p95 is ${ratio.toFixed(2)} times its own`);
  if (growth >= BARS.growthMb) violations.push(`the process grew by ${growth} MB`);
  return {
    n,
    violations,
    figures: {
      seconds: round(seconds),
      perSecond: round(n / seconds),
      besideRequests: beside.length,
      aloneP50Ms: round(quantile(alone, 0.5)),
      aloneP95Ms: round(quantile(alone, 0.95)),
      besideP50Ms: round(quantile(beside, 0.5)),
      besideP95Ms: round(quantile(beside, 0.95)),
      p50Ratio: round(quantile(beside, 0.5) / quantile(alone, 0.5)),
      p95Ratio: round(ratio),
      idleMb: idle,
      mostMb: Math.max(...sizes),
      growthMb: growth,
    },
  };
}

async function looks(look: Look): Promise<number[]> {
  const times: number[] = [];
  for (let turn = 0; turn < REQUESTS; turn++) times.push(await look());
  return times;
}

/** What a process holds in memory, its threads included, as Linux counts it. */
function megabytesOf(pid: number): number {
  const kilobytes = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
  return Math.round(Number(kilobytes) / 1_024);
}

function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
