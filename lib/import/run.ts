import { type ResourceLimits, Worker } from "node:worker_threads";
import type { ReadOptions } from "./format";
import { MAX_FILE_BYTES, READ_DEADLINE_MS, READ_MEMORY_MB } from "./limits";
import type { ReadOutcome } from "./read";

/**
 * Reads a file that somebody brought, in a worker with limits of memory and time, so that a hostile file can
 * neither stall nor exhaust the server. Beyond a limit the outcome is "refused". Rejects only on a defect of
 * our own, such as an unknown options.fileFormat.
 */
export function readFile(
  bytes: Uint8Array,
  name: string,
  options: ReadOptions,
  deadlineMs: number = READ_DEADLINE_MS,
): Promise<ReadOutcome> {
  if (bytes.length > MAX_FILE_BYTES) {
    const message = `The file has more than ${MAX_FILE_BYTES / 1_000_000} MB. Export a shorter period.`;
    return Promise.resolve({ kind: "refused", problems: [{ file: name, message }] });
  }
  return new Promise((resolve, reject) => {
    const worker = startWorker({ bytes, name, options });
    const refuse = (message: string) =>
      finish(() => resolve({ kind: "refused", problems: [{ file: name, message }] }));
    const timer = setTimeout(
      () => refuse("The file takes too long to read. Export a shorter period."),
      deadlineMs,
    );
    const finish = (settle: () => void) => {
      clearTimeout(timer);
      worker.removeAllListeners();
      // A thread that ends badly after it was let go must not end the process.
      worker.on("error", () => {});
      void worker.terminate();
      settle();
    };
    worker.once("message", (outcome: ReadOutcome) => finish(() => resolve(outcome)));
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

type Task = { bytes: Uint8Array; name: string; options: ReadOptions };

/**
 * The server's bundler follows the first address, if it and the options are literal; where nothing has bundled
 * the worker (command line, tests), the second loads TypeScript itself.
 */
function startWorker(workerData: Task): Worker {
  const resourceLimits: ResourceLimits = { maxOldGenerationSizeMb: READ_MEMORY_MB };
  if (process.env.NEXT_RUNTIME)
    return new Worker(new URL("./worker.ts", import.meta.url), { workerData, resourceLimits });
  return new Worker(new URL("./worker-boot.mjs", import.meta.url), {
    workerData,
    resourceLimits,
    execArgv: [],
  });
}
