import "server-only";
import { constants, platform, setPriority } from "node:os";
import { parentPort } from "node:worker_threads";
import type { Printed, PrintTask } from "./press";
import { statementFile } from "./statement-files";

// Pages come first. Only Linux knows this for a thread alone; elsewhere it would slow the pages too.
if (platform() === "linux") setPriority(constants.priority.PRIORITY_LOW);

/** Runs in a thread of its own, so that pages are served while statements are drawn: one task in, its files out. */
parentPort?.on("message", async ({ id, statement, formats, look }: PrintTask) => {
  try {
    const files = [];
    for (const format of formats) files.push(await statementFile(statement, format, look));
    answer(
      { id, files },
      files.map(({ bytes }) => bytes.buffer),
    );
  } catch (error) {
    answer({ id, error: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  }
});

function answer(printed: Printed, moved: ArrayBuffer[] = []): void {
  parentPort?.postMessage(printed, moved);
}
