import { randomUUID } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import postgres from "postgres";
import { authTransaction, closePools, conn, transaction } from "../../../db/client";
import { migrate } from "../../../db/migrate";
import * as payouts from "../../../db/payouts";
import { creators, users } from "../../../db/schema";
import { AppError } from "../../errors";
import { personViewer } from "../../model/access";
import { temporaryCluster } from "../embedded.mjs";
import type { Proof } from "../prove";
import { APP_ROLE, AUTH_ROLE, postgresArguments, roleUrl } from "../urls.mjs";
import { randomFrom } from "./random";

const CLIENTS = 16;
const ANSWER_MS = 10_000;
/** A stall takes its time, so only the longer proofs have one. */
const STALL_FROM = 100;
const STALL_MS = 15_000;

/**
 * D6: clients write pairs of payouts, a quarter of them asking for a rollback, while backends are killed at
 * random, one or all at once; then all stand still for 15 s. `n` = kills.
 */
export async function proveD6(n: number, seed: number): Promise<Proof> {
  const random = randomFrom(seed);
  const violations: string[] = [];
  const cluster = await temporaryCluster({ durable: true });
  const [url, options] = postgresArguments(cluster.superUrl, { max: 2, onnotice: () => {} });
  const outside = postgres(url.replace(/\/[^/?]*(\?|$)/, "/permille$1"), options);
  try {
    await migrate(cluster.ownerUrl, cluster.secret);
    process.env.DATABASE_APP_URL = roleUrl(cluster.ownerUrl, APP_ROLE, cluster.secret);
    process.env.DATABASE_AUTH_URL = roleUrl(cluster.ownerUrl, AUTH_ROLE, cluster.secret);

    const userId = randomUUID();
    const creatorId = randomUUID();
    const viewer = personViewer(userId);
    await authTransaction(() =>
      conn().insert(users).values({ id: userId, email: "a@b.c", name: "A", passwordHash: "" }),
    );
    await transaction(viewer, () =>
      conn()
        .insert(creators)
        .values({ id: creatorId, name: "A", currency: "USD", timeZone: "UTC", createdBy: userId }),
    );

    const acknowledged: string[] = [];
    const rolledBack: string[] = [];
    const unanswered: string[] = [];
    let slowestMs = 0;
    let errors = 0;
    let running = true;

    const write = async (): Promise<void> => {
      const id = randomUUID();
      const pair = [id, pairOf(id)];
      const wantsRollback = random() < 0.25;
      const begun = performance.now();
      try {
        await transaction(viewer, async () => {
          await payouts.record(viewer, creatorId, payout(pair[0]!));
          if (random() < 0.3) await wait(random() * 20);
          await payouts.record(viewer, creatorId, payout(pair[1]!));
          if (wantsRollback) throw new AppError("invalid", "rolled back on purpose");
        });
        acknowledged.push(id);
      } catch (error) {
        if (wantsRollback) rolledBack.push(id);
        else unanswered.push(id);
        if (!(error instanceof AppError)) violations.push(`an unexpected error: ${error}`);
        errors++;
      }
      const ms = performance.now() - begun;
      slowestMs = Math.max(slowestMs, ms);
      if (ms > ANSWER_MS) violations.push(`no answer for ${Math.round(ms)} ms`);
    };

    const clients = Array.from({ length: CLIENTS }, async () => {
      while (running) await write();
    });
    for (let kill = 0; kill < n; kill++) {
      await wait(random() * 60);
      const limit = random() < 0.1 ? 100 : 1;
      await outside`select pg_terminate_backend(pid) from (
        select pid from pg_stat_activity where application_name = 'permille app' order by random() limit ${limit}) x`;
    }
    if (n >= STALL_FROM) await stall();
    running = false;
    await Promise.all(clients);

    /** Every backend stands still for longer than a person may wait. */
    async function stall(): Promise<void> {
      const stopped = await outside`select pid from pg_stat_activity where application_name = 'permille app'`;
      for (const { pid } of stopped) signal(pid, "SIGSTOP");
      await wait(STALL_MS);
      for (const { pid } of stopped) signal(pid, "SIGCONT");
    }

    // The retry of what had no answer makes it once, whether its commit had gone through or not.
    for (const id of unanswered.slice(0, 200)) {
      await transaction(viewer, () => payouts.recordAll(viewer, creatorId, [payout(id), payout(pairOf(id))]));
      acknowledged.push(id);
    }

    const rows = await outside`select id from payouts where creator_id = ${creatorId}`;
    const there = new Set(rows.map((row) => row.id as string));
    for (const id of acknowledged) {
      if (!there.has(id) || !there.has(pairOf(id))) violations.push(`acknowledged and lost: ${id}`);
    }
    for (const id of rolledBack) {
      if (there.has(id) || there.has(pairOf(id))) violations.push(`rolled back and present: ${id}`);
    }
    for (const id of there) if (!there.has(pairOf(id))) violations.push(`torn: ${id}`);
    const [sums] =
      await outside`select (select coalesce(sum(minor), 0) from totals) = (select count(*) from payouts) as equal`;
    if (!sums?.equal) violations.push("the totals differ from the entries");
    return {
      n,
      violations,
      figures: {
        acknowledged: acknowledged.length,
        rolledBack: rolledBack.length,
        errors,
        slowestMs: Math.round(slowestMs),
      },
    };
  } finally {
    await closePools();
    await outside.end({ timeout: 5 });
    await cluster.stop();
  }
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}

/** The second row of a pair has the first's id with the last digit turned. */
function pairOf(id: string): string {
  return id.slice(0, -1) + (15 - Number.parseInt(id.slice(-1), 16)).toString(16);
}

function payout(id: string): payouts.NewPayout {
  return {
    id,
    channelId: null,
    format: "all",
    stream: "ads",
    kind: "earning",
    state: "final",
    fromDay: "2026-01-01",
    toDay: "2026-01-31",
    minor: 1n,
    currency: "USD",
    note: "",
  };
}
