import { parentPort, workerData } from "node:worker_threads";
import type { ReadOptions } from "./format";
import { readNow } from "./read";

/** Runs in a thread of its own: one file in, one outcome out. */
const { bytes, name, options } = workerData as { bytes: Uint8Array; name: string; options: ReadOptions };
parentPort?.postMessage(readNow(bytes, name, options));
