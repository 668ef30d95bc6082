import "server-only";
import { type ResourceLimits, Worker } from "node:worker_threads";
import type { StatementFormat } from "../model/statement";
import type { Statement } from "../report/statement";
import type { StatementFile, StatementLook } from "./statement-files";

export interface PrintTask {
  id: number;
  statement: Statement;
  formats: readonly StatementFormat[];
  look: StatementLook;
}

export type Printed = { id: number; files: StatementFile[] } | { id: number; error: string };

/** A thread that has nothing to print for so long is let go, with its memory. */
const IDLE_MS = 30_000;
const MEMORY_MB = 256;

interface Press {
  worker: Worker;
  waiting: Map<number, { resolve: (files: StatementFile[]) => void; reject: (error: Error) => void }>;
  idle: NodeJS.Timeout | null;
}

// Next bundles this module more than once in a process; one thread is enough.
const shared = globalThis as { permillePress?: Press | null; permillePrints?: number };

/**
 * A statement as files of these formats, drawn one after another in a thread beside the one that serves pages.
 * Throws when a file cannot be made, or the thread ends.
 */
export function printFiles(
  statement: Statement,
  formats: readonly StatementFormat[],
  look: StatementLook,
): Promise<StatementFile[]> {
  if (formats.length === 0) return Promise.resolve([]);
  shared.permillePress ??= open();
  const press = shared.permillePress;
  shared.permillePrints = (shared.permillePrints ?? 0) + 1;
  const id = shared.permillePrints;
  if (press.idle) clearTimeout(press.idle);
  press.worker.ref();
  return new Promise((resolve, reject) => {
    press.waiting.set(id, { resolve, reject });
    press.worker.postMessage({ id, statement, formats, look } satisfies PrintTask);
  });
}

function open(): Press {
  const press: Press = { worker: startWorker(), waiting: new Map(), idle: null };
  press.worker.on("message", (printed: Printed) => {
    const caller = press.waiting.get(printed.id);
    press.waiting.delete(printed.id);
    if ("files" in printed) caller?.resolve(printed.files);
    else caller?.reject(new Error(printed.error));
    if (press.waiting.size === 0) rest(press);
  });
  press.worker.on("error", (error) => close(press, error));
  press.worker.on("exit", () => close(press, new Error("The thread that draws statements ended.")));
  return press;
}

/** Nothing waits: the thread keeps nobody from ending, and ends itself after a while. */
function rest(press: Press): void {
  press.worker.unref();
  press.idle = setTimeout(() => close(press, new Error("Idle.")), IDLE_MS).unref();
}

function close(press: Press, error: Error): void {
  if (shared.permillePress === press) shared.permillePress = null;
  for (const { reject } of press.waiting.values()) reject(error);
  press.waiting.clear();
  void press.worker.terminate();
}

/** As lib/import/run.ts: the bundler follows the first address; where nothing is bundled, the second loads TypeScript. */
function startWorker(): Worker {
  const resourceLimits: ResourceLimits = { maxOldGenerationSizeMb: MEMORY_MB };
  if (process.env.NEXT_RUNTIME)
    return new Worker(new URL("./press-worker.ts", import.meta.url), { resourceLimits });
  return new Worker(new URL("./press-boot.mjs", import.meta.url), {
    resourceLimits,
    execArgv: ["--conditions=react-server"],
  });
}
