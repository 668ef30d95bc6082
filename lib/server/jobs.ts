import "server-only";
import { openQueue, type Queue } from "@/db/jobs";
import { deliver } from "./mail";
import { report } from "./report-error";

/** Every queue with what is done for one of its jobs. A job that throws is tried again, later each time. */
const HANDLERS: readonly { queue: Queue; run: (data: unknown) => Promise<void> }[] = [
  { queue: "mail", run: deliver },
];

const RETRY_START_MS = 10_000;
const POLL_SECONDS = 1;

/**
 * Starts working on jobs, once per process, however often it is called. A database that does not answer yet
 * keeps no page from being served: starting is tried again until it works.
 */
export function startJobs(): void {
  // Next bundles this module more than once in a process.
  const shared = globalThis as { permilleJobsStarted?: true };
  if (shared.permilleJobsStarted) return;
  shared.permilleJobsStarted = true;
  void start();
}

async function start(): Promise<void> {
  try {
    const queue = openQueue();
    queue.on("error", report);
    await queue.start();
    for (const { queue: name, run } of HANDLERS) {
      await queue.work(name, { pollingIntervalSeconds: POLL_SECONDS, batchSize: 1 }, async (jobs) => {
        for (const job of jobs) await run(job.data);
      });
    }
  } catch (error) {
    report(error);
    setTimeout(start, RETRY_START_MS).unref();
  }
}
