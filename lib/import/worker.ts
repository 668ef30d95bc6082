import { closeSync, openSync, writeFileSync, writeSync } from "node:fs";
import path from "node:path";
import { parentPort, workerData } from "node:worker_threads";
import { type ReadOutcome, readSource } from "./read";
import type { Answer, Task } from "./run";
import { openSource } from "./source";
import { type SplitOutcome, splitSource } from "./split";
import { stagingSink } from "./staged";

/** Runs in a thread of its own: one file in, its drafts into another file or its parts into several, one outcome out. */
const task = workerData as Task;
answer({ outcome: "split" in task ? takeApart(task) : stage(task) });

function takeApart({ file, split, folder }: Extract<Task, { folder: string }>): SplitOutcome {
  const source = openSource(file.path);
  try {
    return splitSource(source, file.name, split, (part, text) => {
      writeFileSync(path.join(folder, String(part)), text, { mode: 0o600, flag: "wx" });
    });
  } finally {
    source.close();
  }
}

function stage({ file, options, stagedPath }: Extract<Task, { stagedPath: string }>): ReadOutcome {
  const source = openSource(file.path);
  const staged = openSync(stagedPath, "w", 0o600);
  const { write, flush } = buffered(staged);
  try {
    const outcome = readSource(source, file.name, options, stagingSink(write), progress());
    flush();
    return outcome;
  } finally {
    closeSync(staged);
    source.close();
  }
}

/** Lines gathered into pieces that are worth a call of the system. */
function buffered(descriptor: number) {
  const buffer = Buffer.allocUnsafe(1024 * 1024);
  let length = 0;
  function flush(): void {
    writeWhole(descriptor, buffer.subarray(0, length));
    length = 0;
  }
  function write(lines: string): void {
    // A character has at most three bytes in UTF-8, or four where it has two units.
    const most = lines.length * 3;
    if (most > buffer.length - length) flush();
    if (most > buffer.length) writeWhole(descriptor, Buffer.from(lines));
    else length += buffer.write(lines, length);
  }
  return { write, flush };
}

/** The system may take less than it is given. */
function writeWhole(descriptor: number, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length; ) at += writeSync(descriptor, bytes, at);
}

/** How often the file is walked shows only at its end, so each whole walk is taken to be half of what is left. */
function progress(): (share: number) => void {
  let [walksDone, last, told] = [0, 0, 0];
  return (share) => {
    if (share < last && last === 1) walksDone++;
    last = share;
    const done = 1 - 0.5 ** walksDone * (1 - share / 2);
    if (done < told + 0.01) return;
    told = done;
    answer({ share: done });
  };
}

function answer(message: Answer): void {
  parentPort?.postMessage(message);
}
