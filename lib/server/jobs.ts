import "server-only";
import { setTimeout } from "node:timers/promises";
import type PgBoss from "pg-boss";
import { openQueue, type Queue } from "@/db/jobs";
import { operatorViewer, personViewer } from "../model/access";
import { mailAlert, raiseAlerts } from "./alerts";
import { fetchRates } from "./ecb";
import { sweepUploads } from "./import-upload";
import { mailLetter, sweepLetters } from "./letters";
import { deliver } from "./mail";
import { poolCreators } from "./pools";
import { makeProjections } from "./projections";
import { report } from "./report-error";
import { mailRun, sendRosterMails } from "./roster-mails";
import { resumeRosterRuns, sweepRuns, workOnRun } from "./roster-runs";
import { sendOfCreator, sendStatements } from "./statement-sends";

/** Every queue with what is done for one of its jobs. A job that throws is tried again, later each time. */
const HANDLERS: readonly { queue: Queue; run: (data: unknown) => Promise<void>; atOnce?: number }[] = [
  { queue: "mail", run: deliver },
  {
    queue: "projections",
    run: () => makeProjections((creatorId) => operatorViewer(creatorId, "projections")),
  },
  { queue: "alerts", run: (data) => raiseAlerts((creatorId) => operatorViewer(creatorId, "alerts"), data) },
  {
    queue: "alert-mails",
    run: (data) => mailAlert((creatorId) => operatorViewer(creatorId, "alerts"), data),
  },
  { queue: "letters", run: sweepLetters },
  { queue: "letter-mails", run: (data) => mailLetter(personViewer, data) },
  { queue: "pools", run: () => poolCreators((creatorId) => operatorViewer(creatorId, "pools")) },
  { queue: "uploads", run: () => sweepUploads((creatorId) => operatorViewer(creatorId, "uploads")) },
  {
    queue: "statements",
    run: async () => {
      await sendStatements();
      await resumeRosterRuns();
      await sendRosterMails();
    },
  },
  // As the person who began the run: what he may see at each moment, and no more.
  { queue: "roster-runs", run: (data) => workOnRun(personViewer, data) },
  { queue: "roster-mails", run: (data) => mailRun(personViewer, data) },
  { queue: "roster-sweep", run: sweepRuns },
  {
    queue: "creator-statements",
    // A thousand are due in the same hour, and a queue is looked at once a second.
    atOnce: 50,
    run: (data) => sendOfCreator((creatorId) => operatorViewer(creatorId, "statements"), data),
  },
  { queue: "ecb", run: () => fetchRates((creatorId) => operatorViewer(creatorId, "reference rates")) },
];

/** What is done by the clock (UTC). Months begin at another hour in each zone, so the projections look hourly. */
const SCHEDULE: readonly { queue: Queue; cron: string }[] = [
  { queue: "projections", cron: "0 * * * *" },
  { queue: "pools", cron: "40 3 * * *" },
  { queue: "uploads", cron: "10 4 * * *" },
  { queue: "roster-sweep", cron: "15 4 * * *" },
  { queue: "alerts", cron: "20 4 * * *" },
  // What is due today, and what a process that died left unsent.
  { queue: "letters", cron: "15 * * * *" },
  // By the hour in each zone; what a crash left, or a mail server refused for now, within the minute.
  { queue: "statements", cron: "* * * * *" },
  // The day's rates come in the afternoon of Frankfurt.
  { queue: "ecb", cron: "10 2 * * *" },
];

const RETRY_START_MS = 10_000;
const POLL_SECONDS = 1;

/**
 * Starts working on jobs, once per process, however often it is called. A database that does not answer yet
 * keeps no page from being served: starting is tried again until it works.
 */
export function startJobs(): void {
  shared.permilleJobs ??= start();
}

/** Lets the jobs under way finish, and takes no more. */
export async function stopJobs(): Promise<void> {
  const queue = await shared.permilleJobs;
  await queue?.stop({ graceful: true, wait: true, close: false });
  delete shared.permilleJobs;
}

// Next bundles this module more than once in a process.
const shared = globalThis as { permilleJobs?: Promise<PgBoss> };

async function start(): Promise<PgBoss> {
  const queue = openQueue();
  queue.on("error", report);
  try {
    await queue.start();
    for (const { queue: name, run, atOnce = 1 } of HANDLERS) {
      await queue.work(name, { pollingIntervalSeconds: POLL_SECONDS, batchSize: atOnce }, async (jobs) => {
        for (const job of jobs) await run(job.data);
      });
    }
    for (const { queue: name, cron } of SCHEDULE) {
      await queue.schedule(name, cron);
      // Also now: the machine may have slept through the hour.
      await queue.send(name, {}, { singletonKey: "at start" });
    }
    return queue;
  } catch (error) {
    report(error);
    await setTimeout(RETRY_START_MS, undefined, { ref: false });
    return start();
  }
}
