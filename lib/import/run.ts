import { rm, stat } from "node:fs/promises";
import { type ResourceLimits, Worker } from "node:worker_threads";
import type { ReadOptions } from "./format";
import { MAX_FILE_BYTES, READ_MEMORY_MB, READ_YOUNG_MEMORY_MB, readDeadlineMs } from "./limits";
import type { ReadOutcome } from "./read";
import type { SplitOptions, SplitOutcome } from "./split";

/** A file that somebody brought: where it lies, and what they called it. */
export type BroughtFile = { path: string; name: string };

export type Watch = {
  /** Breaks the reading off; the promise rejects with the signal's reason. */
  signal?: AbortSignal;
  /** From 0 to 1, never backwards. */
  onProgress?: (share: number) => void;
  /** By default in proportion to the file's size. */
  deadlineMs?: number;
};

/** What the worker is given: a file to be read, or one to be taken apart into files of a folder. */
export type Task =
  | { file: BroughtFile; options: ReadOptions; stagedPath: string }
  | { file: BroughtFile; split: SplitOptions; folder: string };
/** What it answers: how far it is, then the outcome. */
export type Answer = { share: number } | { outcome: ReadOutcome | SplitOutcome };

/**
 * Reads a file that somebody brought, in a worker with limits of memory and time, so that a hostile file can
 * neither stall nor exhaust the server. What is read is written to `stagedPath` as lines of COPY text
 * (staged.ts); it stays there only when the outcome is "read". Beyond a limit the outcome is "refused". Rejects
 * when broken off, and on a defect of our own, such as an unknown options.fileFormat.
 */
export async function readFile(
  file: BroughtFile,
  options: ReadOptions,
  stagedPath: string,
  { signal, onProgress, deadlineMs }: Watch = {},
): Promise<ReadOutcome> {
  const { size } = await stat(file.path);
  signal?.throwIfAborted();
  if (size > MAX_FILE_BYTES)
    return refused(file, `The file has more than ${MAX_FILE_BYTES / 1e6} MB. Export a shorter period.`);
  let isKept = false;
  try {
    const outcome = await inWorker<ReadOutcome>(
      { file, options, stagedPath },
      deadlineMs ?? readDeadlineMs(size),
      { ...(signal ? { signal } : {}), ...(onProgress ? { onProgress } : {}) },
    );
    isKept = outcome.kind === "read";
    return outcome;
  } finally {
    if (!isKept) await rm(stagedPath, { force: true });
  }
}

/**
 * Takes a table of many creators apart, in a worker with the same limits: each part is a file of `folder`, named by
 * its place in the outcome's `parts` ("0", "1", …). Beyond a limit the outcome is "refused".
 */
export async function splitFile(
  file: BroughtFile,
  split: SplitOptions,
  folder: string,
): Promise<SplitOutcome> {
  const { size } = await stat(file.path);
  return inWorker<SplitOutcome>({ file, split, folder }, readDeadlineMs(size), {});
}

type Refused = Extract<ReadOutcome & SplitOutcome, { kind: "refused" }>;

function refused({ name }: BroughtFile, message: string): Refused {
  return { kind: "refused", problems: [{ file: name, message }] };
}

/** Settles only after the thread has ended, so that nothing is written any more. */
function inWorker<Outcome extends ReadOutcome | SplitOutcome>(
  task: Task,
  deadlineMs: number,
  { signal, onProgress }: Watch,
): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const worker = startWorker(task);
    let isSettled = false;
    const finish = (settle: () => void) => {
      if (isSettled) return;
      isSettled = true;
      clearTimeout(timer);
      signal?.removeEventListener("abort", abort);
      worker.removeAllListeners();
      // A thread that ends badly after it was let go must not end the process.
      worker.on("error", () => {});
      void worker.terminate().then(settle);
    };
    const refuse = (message: string) => finish(() => resolve(refused(task.file, message) as Outcome));
    const abort = () => finish(() => reject(signal?.reason));
    const timer = setTimeout(
      () => refuse("The file takes too long to read. Export a shorter period."),
      deadlineMs,
    );
    signal?.addEventListener("abort", abort, { once: true });
    worker.on("message", (answer: Answer) => {
      if ("share" in answer) onProgress?.(answer.share);
      else finish(() => resolve(answer.outcome as Outcome));
    });
    worker.once("error", (error: Error & { code?: string }) => {
      if (error.code === "ERR_WORKER_OUT_OF_MEMORY")
        refuse("The file needs too much memory to read. Export a shorter period.");
      else finish(() => reject(error));
    });
    worker.once("exit", (code) =>
      finish(() => reject(new Error(`The reader ended with code ${code} and no outcome.`))),
    );
  });
}

/**
 * The server's bundler follows the first address, if it and the options are literal; where nothing has bundled
 * the worker (command line, tests), the second loads TypeScript itself.
 */
function startWorker(workerData: Task): Worker {
  const resourceLimits: ResourceLimits = {
    maxOldGenerationSizeMb: READ_MEMORY_MB,
    maxYoungGenerationSizeMb: READ_YOUNG_MEMORY_MB,
  };
  if (process.env.NEXT_RUNTIME)
    return new Worker(new URL("./worker.ts", import.meta.url), { workerData, resourceLimits });
  return new Worker(new URL("./worker-boot.mjs", import.meta.url), {
    workerData,
    resourceLimits,
    execArgv: [],
  });
}
