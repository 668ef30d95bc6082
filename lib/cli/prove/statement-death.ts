import { type ChildProcess, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import postgres from "postgres";
import * as agencies from "../../../db/agencies";
import * as accounts from "../../../db/auth";
import { closePools } from "../../../db/client";
import * as creators from "../../../db/creators";
import { migrate } from "../../../db/migrate";
import * as payouts from "../../../db/payouts";
import * as representations from "../../../db/representations";
import * as rosterRuns from "../../../db/roster-runs";
import * as schedules from "../../../db/statement-schedules";
import { personViewer } from "../../model/access";
import { currencyOf } from "../../model/money";
import { addMonths, firstDay, lastDay, monthOf } from "../../model/month";
import { databaseEnvironment, typescriptCommand } from "../database.mjs";
import { temporaryCluster } from "../embedded.mjs";
import { ROOT } from "../places.mjs";
import type { Proof } from "../prove";
import { postgresArguments } from "../urls.mjs";
import { attachmentsOf, type Mailbox, openMailbox } from "./mailbox";
import { randomFrom } from "./random";

const CREATORS = 60;
const RECIPIENTS = 3;
/** A server that takes its time, so that many kills fall between a mail's end and its answer. */
const ANSWER_MS = 40;
const END_MS = 300_000;

/**
 * S1: the worker is killed with -9 and started again `n` times while it makes the statements of a roster and sends
 * those of each creator by schedule to a mail server. Each statement is there once, the roster's sum is the ledger's,
 * and each mail came, with the files of its send: no Message-ID is missing. A mail whose answer died with the worker is
 * sent again; if the server had taken it, that is a copy, the same byte for byte. There are never more copies than
 * kills, and none of a mail that is not marked. The pauses between tries are not waited for.
 */
export async function proveS1(n: number, seed: number): Promise<Proof> {
  const cluster = await temporaryCluster({ durable: true });
  const data = mkdtempSync(path.join(tmpdir(), "permille-prove-"));
  try {
    const environment = databaseEnvironment({ ownerUrl: cluster.ownerUrl, secret: cluster.secret, data });
    await migrate(cluster.ownerUrl, cluster.secret);
    Object.assign(process.env, environment);
    return await shake(n, { random: randomFrom(seed), creators: CREATORS, ownerUrl: cluster.ownerUrl, data });
  } finally {
    await closePools();
    await cluster.stop();
    rmSync(data, { recursive: true, force: true });
  }
}

interface Shaking {
  random: () => number;
  creators: number;
  ownerUrl: string;
  /** a folder for what the worker writes */
  data: string;
}

/** The same on a database that is there, named in the environment. */
export async function shake(n: number, { random, creators: count, ownerUrl, data }: Shaking): Promise<Proof> {
  const mailbox = await openMailbox({ answerMs: ANSWER_MS });
  const outside = postgres(...postgresArguments(ownerUrl, { max: 1, onnotice() {} }));
  let worker: ChildProcess | null = null;
  try {
    const { agencyId, runId } = await fill(count, outside);
    const environment = {
      ...{ SMTP_URL: mailbox.url, SMTP_FROM: "Permille <statements@permille.example>" },
      ...{ PERMILLE_DATA: data, NEXTAUTH_URL: "http://localhost:3000", ECB_URL: "no" },
    };
    worker = start(environment);
    for (let kill = 0; kill < n; kill++) {
      await progress(outside, mailbox);
      await wait(random() * 1_500);
      await end(worker);
      // Nobody lives who could still hear an answer.
      await outside`update statement_mails set try_at = now() where state = 'handed'`;
      worker = start(environment);
    }
    await untilDone(outside);
    await end(worker);
    return { n, ...(await judge(outside, mailbox, { agencyId, runId, count, kills: n })) };
  } finally {
    if (worker) await end(worker);
    await outside.end({ timeout: 5 });
    await mailbox.close();
  }
}

/** An agency, its creators with a payout each, a schedule of each that is due, and a run over all of them. */
async function fill(count: number, outside: postgres.Sql): Promise<{ agencyId: string; runId: string }> {
  const [userId, agencyId, runId] = [randomUUID(), randomUUID(), randomUUID()];
  const email = `${userId}@example.com`;
  await accounts.createAccount({ id: userId, email, name: "Proof", passwordHash: "", locale: "en-US" });
  const viewer = personViewer(userId);
  const currency = currencyOf("USD");
  await agencies.create(viewer, { id: agencyId, name: "Proof", currency });
  const month = addMonths(monthOf(new Date().toISOString().slice(0, 10)), -1);
  for (let each = 1; each <= count; each++) {
    const creatorId = randomUUID();
    await creators.create(viewer, { id: creatorId, name: `Creator ${each}`, currency, timeZone: "UTC" });
    await payouts.record(viewer, creatorId, {
      ...{
        id: randomUUID(),
        channelId: null,
        format: "all",
        stream: "rewards",
        kind: "earning",
        state: "final",
      },
      ...{ fromDay: firstDay(month), toDay: lastDay(month), minor: BigInt(each), currency, note: "" },
    });
    const ask = { id: randomUUID(), secretHash: Buffer.from(creatorId) };
    await representations.askAgency(viewer, creatorId, {
      ...{ ...ask, email, expiresAt: new Date(Date.now() + 60_000) },
      ...{ streams: null, amounts: true, notes: false, mayEdit: false, toDay: null },
    });
    await representations.accept(viewer, { ...ask, side: agencyId });
    const scheduleId = randomUUID();
    await schedules.create(viewer, creatorId, {
      ...{ id: scheduleId, pace: "month", day: 1, hour: 0, timeZone: "UTC" },
      ...{ attachments: ["xlsx", "csv"], sections: null, locale: "en-US", note: "" },
    });
    for (let to = 0; to < RECIPIENTS; to++) {
      const id = randomUUID();
      await schedules.addRecipient(viewer, creatorId, {
        id,
        scheduleId,
        email: `${id}@books.example`,
        name: "",
      });
    }
  }
  await rosterRuns.begin(viewer, agencyId, { id: runId, month, attachments: ["pdf", "xlsx"] });
  await outside`update statement_schedules set next_at = date_trunc('month', now() at time zone 'UTC') at time zone 'UTC'`;
  return { agencyId, runId };
}

/** Kills count only where there was work to interrupt: something has moved since the last one, or nothing is left. */
async function progress(outside: postgres.Sql, mailbox: Mailbox): Promise<void> {
  const before = mailbox.mails.length;
  const until = Date.now() + 20_000;
  while (mailbox.mails.length === before && Date.now() < until && !(await isDone(outside))) await wait(50);
}

async function untilDone(outside: postgres.Sql): Promise<void> {
  const until = Date.now() + END_MS;
  while (!(await isDone(outside))) {
    if (Date.now() > until) return;
    await outside`update statement_mails set try_at = now() where state = 'waiting' and doubts > 0 and try_at > now()`;
    await wait(200);
  }
}

async function isDone(outside: postgres.Sql): Promise<boolean> {
  const [row] = await outside<{ left: number }[]>`
    select (select count(*) from statement_mails where state in ('waiting', 'handed'))::int
      + (select count(*) from statement_schedules where next_at <= now())::int
      + (select count(*) from roster_runs where finished_at is null)::int as left`;
  return row?.left === 0;
}

async function judge(
  outside: postgres.Sql,
  mailbox: Mailbox,
  { agencyId, runId, count, kills }: { agencyId: string; runId: string; count: number; kills: number },
): Promise<Pick<Proof, "violations" | "figures">> {
  const violations: string[] = [];
  const mails = await outside<
    { id: string; send_id: string; email: string; state: string; doubts: number }[]
  >`
    select id, send_id, email, state, doubts from statement_mails`;
  const sends = await outside`select schedule_id, period from statement_sends`;
  const files = await outside<{ send_id: string; name: string; sha256: string }[]>`
    select send_id, name, sha256 from statement_files order by name`;
  if (sends.length !== count || mails.length !== count * RECIPIENTS)
    violations.push(`${sends.length} sends with ${mails.length} mails of ${count} schedules`);
  const delivered = new Set(mailbox.mails.map(({ messageId }) => messageId));
  const copies = mailbox.mails.length - delivered.size;
  for (const mail of mails) {
    const came = mailbox.mails.filter(({ to }) => to === mail.email);
    const [first] = came;
    if (mail.state !== "sent") violations.push(`${mail.email} is ${mail.state}`);
    if (came.length < 1 || came.length > 1 + mail.doubts)
      violations.push(`${mail.email} came ${came.length} times, with ${mail.doubts} answers lost`);
    if (came.some(({ raw }) => raw !== first?.raw))
      violations.push(`${mail.email}: a copy is not the same mail`);
    if (first && first.messageId !== `<${mail.id}@permille>`)
      violations.push(`${mail.email}: ${first.messageId}`);
    const kept = files
      .filter((file) => file.send_id === mail.send_id)
      .map(({ name, sha256 }) => ({ name, sha256 }));
    if (first && (JSON.stringify(attachmentsOf(first)) !== JSON.stringify(kept) || kept.length !== 2))
      violations.push(`${mail.email}: what came is not what was kept`);
  }
  if (delivered.size !== mails.length) violations.push(`${delivered.size} mails came of ${mails.length}`);
  if (copies > kills) violations.push(`${copies} copies came, of ${kills} kills`);

  const [run] = await outside<{ parts: number; files: number; booked: string; ledger: string }[]>`
    select
      (select count(*)::int from roster_parts where run_id = ${runId} and made_at is not null and problem is null) as parts,
      (select count(*)::int from roster_files where run_id = ${runId}) as files,
      (select sum((l ->> 'booked')::bigint)::text from roster_parts p, jsonb_array_elements(p.row -> 'lines') l
        where p.run_id = ${runId}) as booked,
      (select sum(t.minor)::text from totals t join representations r on r.creator_id = t.creator_id
        where r.agency_id = ${agencyId}) as ledger`;
  if (run?.parts !== count + 1 || run.files !== 2 * count + 1)
    violations.push(`${run?.parts} parts with ${run?.files} files of ${count} creators`);
  if (run?.booked !== run?.ledger)
    violations.push(`the roster adds up to ${run?.booked}, the ledger to ${run?.ledger}`);
  return {
    violations,
    figures: {
      mails: mails.length,
      delivered: delivered.size,
      lost: mails.length - delivered.size,
      doubted: mails.filter(({ doubts }) => doubts > 0).length,
      copies,
      statements: count + sends.length,
    },
  };
}

function start(environment: Record<string, string>): ChildProcess {
  const [program = "", ...rest] = typescriptCommand("lib/cli/prove/job-worker.ts");
  return spawn(program, rest, {
    cwd: ROOT,
    stdio: ["ignore", "ignore", "inherit"],
    env: { ...process.env, ...environment },
  });
}

async function end(worker: ChildProcess): Promise<void> {
  if (worker.exitCode !== null || worker.signalCode !== null) return;
  const ended = once(worker, "exit");
  worker.kill("SIGKILL");
  await ended;
}
