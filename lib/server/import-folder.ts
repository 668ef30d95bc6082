import "server-only";
import { mkdtemp, readdir, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

const PREFIX = "permille-import-";
/** No work on a file takes so long. */
const ABANDONED_MS = 6 * 3_600_000;

/** A folder that only this process's user can enter, while `work` lasts; nothing of it is left behind. */
export async function withFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(path.join(tmpdir(), PREFIX));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Removes what processes that were killed left of people's files. */
export async function sweepFolders(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    if (!name.startsWith(PREFIX)) continue;
    const folder = path.join(tmpdir(), name);
    const found = await stat(folder).catch(() => null);
    const isAbandoned =
      found?.uid === process.getuid?.() && Date.now() - (found?.mtimeMs ?? Date.now()) > ABANDONED_MS;
    if (isAbandoned) await rm(folder, { recursive: true, force: true });
  }
}
