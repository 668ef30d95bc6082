import "server-only";
import { createHash } from "node:crypto";
import { open } from "node:fs/promises";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { transaction } from "@/db/client";
import * as mappings from "@/db/import-mappings";
import * as imports from "@/db/imports";
import * as uploads from "@/db/uploads";
import { AppError, notFound } from "../errors";
import type { ReadOutcome } from "../import/read";
import { isDifference } from "../import/reconcile";
import { type Preview, previewOf } from "../import-preview";
import type { Viewer } from "../model/access";
import type { FileFacts, Upload, UploadChoices } from "../upload";
import { queueAlerts } from "./alerts";
import { withFolder } from "./import-folder";
import { type Read, readFor, type Watch } from "./import-read";
import { report } from "./report-error";

/**
 * Work on a file that was brought. It does not hang on the request that began it: the page may be left, and the
 * file's row says where it stands. What a small file needs is done before the request is answered.
 */

/** So long a request waits for the end before it answers how far the work is. */
const ANSWER_MS = 2_000;
const BEAT_MS = 1_000;
/** Files read at the same time by one process; the others wait in line. */
const READERS = 3;
/** A million rows are compared and written in minutes; nothing but this limits them. */
const DEADLINE_MS = 60_000;
const DEADLINE_MS_PER_MB = 4_000;
/** Reading ends here on the bar of the whole work. */
const READ_SHARE = 0.5;

/** Of rows that speak of the same, the first are named. */
const LISTED_TWINS = 20;

/** What the last look said, as it is kept in the row. */
type Result = { preview: Preview | null; facts: FileFacts | null; message: string | null };
type Job = {
  viewer: Viewer;
  creatorId: string;
  id: string;
  run: string;
  choices: UploadChoices;
  locale: string;
};

/** Where a file stands. Throws not_found when it is neither waiting nor imported. */
export async function stateOf(viewer: Viewer, creatorId: string, id: string): Promise<Upload> {
  const found = await uploads.find(viewer, creatorId, id);
  if (!found) return importedAs(viewer, creatorId, id);
  const { fileName, bytes, state, isInterrupted, share } = found;
  const result = (found.result ?? {}) as Partial<Result>;
  return {
    id,
    fileName,
    bytes,
    state: isInterrupted ? "interrupted" : state,
    share,
    choices: found.choices as UploadChoices,
    preview: result.preview ?? null,
    facts: result.facts ?? null,
    message: result.message ?? null,
  };
}

/** An upload becomes the import of the same id. */
async function importedAs(viewer: Viewer, creatorId: string, id: string): Promise<Upload> {
  const made = (await imports.list(viewer, creatorId)).find((each) => each.id === id);
  if (!made) throw notFound("file");
  return imported(id, made.fileName);
}

function imported(id: string, fileName: string): Upload {
  const nothing = { bytes: 0, choices: {}, preview: null, facts: null, message: null };
  return { id, fileName, state: "imported", share: 1, ...nothing };
}

/** Reads the file and says what an import would do, in the texts of `locale`. Errors: those of uploads.claim. */
export async function look(
  viewer: Viewer,
  creatorId: string,
  id: string,
  choices: UploadChoices,
  locale: string,
): Promise<Upload> {
  const run = await uploads.claim(viewer, creatorId, id, { state: "reading", choices });
  const job = { viewer, creatorId, id, run, choices, locale };
  await Promise.race([detach(job, (watch) => preview(job, watch)), wait(ANSWER_MS, null, { ref: false })]);
  return stateOf(viewer, creatorId, id);
}

/**
 * Imports the file as the preview with this hash said, with the choices it was made of. When that is no longer what
 * would happen, nothing is imported, and the answer has a newer preview and says so.
 * Errors: those of uploads.claim; invalid when a new channel has no name.
 */
export async function importNow(
  viewer: Viewer,
  creatorId: string,
  id: string,
  { hash, channelName, locale }: { hash: string; channelName: string; locale: string },
): Promise<Upload> {
  const before = await stateOf(viewer, creatorId, id);
  if (before.state === "imported") return before;
  const shown = before.preview?.kind === "read" ? before.preview : null;
  if (shown?.channel?.newOn && channelName === "")
    throw new AppError("invalid", "Give the new channel a name, then import.");
  const { choices } = before;
  const run = await uploads.claim(viewer, creatorId, id, { state: "importing", choices });
  const job = { viewer, creatorId, id, run, choices, locale };
  const ended = detach(job, (watch) => commit(job, { hash, channelName }, watch));
  const isDone = await Promise.race([ended, wait(ANSWER_MS, null, { ref: false })]);
  return isDone ? imported(id, before.fileName) : stateOf(viewer, creatorId, id);
}

/** Puts a file aside, and stops what is being done with it; one that is gone already stays so. Errors: forbidden. */
export async function discard(viewer: Viewer, creatorId: string, id: string): Promise<void> {
  await uploads.drop(viewer, creatorId, id);
  atWork.get(keyOf(creatorId, id))?.abort();
}

// ---------------------------------------------------------------- the work

type WorkWatch = { signal: AbortSignal; onProgress: (share: number) => void };

// Next bundles this module more than once in a process.
const shared = globalThis as { permilleImports?: Map<string, AbortController>; permilleReaders?: Turns };
shared.permilleImports ??= new Map();
shared.permilleReaders ??= { taken: 0, waiting: [] };
const atWork = shared.permilleImports;

/** Another creator's file may come under the same id. */
function keyOf(creatorId: string, id: string): string {
  return `${creatorId} ${id}`;
}

/** Runs work that nobody needs to wait for; what it throws is kept in the row. Never rejects. */
async function detach<T>(job: Job, work: (watch: WorkWatch) => Promise<T>): Promise<T | null> {
  const { viewer, creatorId, id } = job;
  const stop = new AbortController();
  const key = keyOf(creatorId, id);
  atWork.get(key)?.abort();
  atWork.set(key, stop);
  let share = 0;
  const pulse = setInterval(() => {
    // Without an answer it may still be wanted.
    uploads.beat(viewer, creatorId, job, share).then(
      (isWanted) => !isWanted && stop.abort(),
      () => {},
    );
  }, BEAT_MS);
  try {
    return await inTurn(stop.signal, () =>
      work({
        signal: stop.signal,
        onProgress: (now) => {
          share = Math.min(1, Math.max(share, now));
        },
      }),
    );
  } catch (error) {
    if (!stop.signal.aborted) {
      const message = error instanceof AppError ? error.message : report(error);
      await end(job, { preview: null, facts: null, message }, "failed").catch(report);
      await lookAgain(creatorId);
    }
    return null;
  } finally {
    clearInterval(pulse);
    if (atWork.get(key) === stop) atWork.delete(key);
  }
}

async function preview(job: Job, watch: WorkWatch): Promise<void> {
  await withFile(job, watch, async (read) => end(job, await resultOf(job, read, watch), "read"));
}

async function resultOf(
  job: Job,
  read: Read,
  watch: WorkWatch,
  message: string | null = null,
): Promise<Result> {
  const { viewer, creatorId, locale } = job;
  const { outcome, choices, bring, isRemembered } = read;
  const plan = bring && (await imports.plan(viewer, creatorId, { ...bring, ...planning(watch) }));
  return {
    preview: previewOf({ outcome, choices, plan, locale }),
    facts: factsOf(outcome, isRemembered),
    message,
  };
}

function factsOf(outcome: ReadOutcome, isRemembered: boolean): FileFacts | null {
  if (outcome.kind !== "read") return null;
  const { tables, mojibake = null } = outcome.found;
  const needs = outcome.needs.map((need) =>
    need.what === "twins" ? { ...need, groups: need.groups.slice(0, LISTED_TWINS) } : need,
  );
  return { needs, tables, mojibake, isRemembered };
}

async function commit(
  job: Job,
  { hash, channelName }: { hash: string; channelName: string },
  watch: WorkWatch,
): Promise<boolean> {
  const { viewer, creatorId, id, choices: chosen } = job;
  return withFile(job, watch, async (read, file) => {
    const { outcome, choices, bring } = read;
    const { channel } = choices;
    if (outcome.kind !== "read" || !bring || !channel) {
      await end(job, await resultOf(job, read, watch), "read");
      return false;
    }
    const input = {
      id,
      fileName: file.name,
      sha256: file.sha256,
      format: outcome.found.fileFormat,
      channelId: channel.id,
      newChannel: channel.newOn && {
        id: channel.id,
        platform: channel.newOn,
        name: channelName,
        handle: "",
        niche: "other" as const,
      },
      options: { ...choices, hash, differences: outcome.notices.filter(isDifference) },
    };
    try {
      await transaction(
        viewer,
        async () => {
          await imports.commit(viewer, creatorId, input, { ...bring, ...planning(watch) }, hash);
          if (chosen.mapping) await mappings.save(viewer, creatorId, outcome.found.header, chosen.mapping);
          await uploads.finish(viewer, creatorId, job);
          watch.signal.throwIfAborted();
        },
        { deadlineMs: deadlineFor(file.bytes) },
      );
      await lookAgain(creatorId);
      return true;
    } catch (error) {
      if (!(error instanceof AppError) || watch.signal.aborted) throw error;
      await end(job, await resultOf(job, read, watch, error.message), "read");
      return false;
    }
  });
}

/** What an import brought may need a person, or may end what needed one. It is imported either way. */
async function lookAgain(creatorId: string): Promise<void> {
  await queueAlerts(creatorId).catch(report);
}

async function end(job: Job, result: Result, state: "read" | "failed"): Promise<void> {
  const { viewer, creatorId, choices } = job;
  await uploads.settle(viewer, creatorId, job, { state, choices, result });
}

/** The second half of the bar. */
function planning({ signal, onProgress }: WorkWatch): Required<Watch> {
  return { signal, onProgress: (share) => onProgress(READ_SHARE + share * (1 - READ_SHARE)) };
}

function deadlineFor(bytes: number): number {
  return DEADLINE_MS + Math.ceil(bytes / 1_000_000) * DEADLINE_MS_PER_MB;
}

type LocalFile = { path: string; name: string; staged: string; sha256: string; bytes: number };

/** The file in a folder of its own, read. */
async function withFile<T>(
  job: Job,
  watch: WorkWatch,
  work: (read: Read, file: LocalFile) => Promise<T>,
): Promise<T> {
  const { viewer, creatorId, id, choices } = job;
  const found = await uploads.find(viewer, creatorId, id);
  if (!found) throw notFound("file");
  return withFolder(async (folder) => {
    const file = {
      path: path.join(folder, "file"),
      name: found.fileName,
      staged: path.join(folder, "staged"),
      sha256: found.sha256 ?? "",
      bytes: found.bytes,
    };
    await fetchParts(job, file, watch.signal);
    const read = await readFor(viewer, creatorId, file, choices, {
      newChannelId: id,
      signal: watch.signal,
      onProgress: (share) => watch.onProgress(share * READ_SHARE),
    });
    watch.signal.throwIfAborted();
    return work(read, file);
  });
}

async function fetchParts(
  { viewer, creatorId, id }: Job,
  file: LocalFile,
  signal: AbortSignal,
): Promise<void> {
  const hash = createHash("sha256");
  const handle = await open(file.path, "wx", 0o600);
  try {
    for (let part = 0; ; part++) {
      signal.throwIfAborted();
      const bytes = await uploads.readPart(viewer, creatorId, id, part);
      if (!bytes) break;
      hash.update(bytes);
      await handle.writeFile(bytes);
    }
  } finally {
    await handle.close();
  }
  if (hash.digest("hex") !== file.sha256)
    throw new Error(`The pieces of upload ${id} are not the file that came.`);
}

type Turns = { taken: number; waiting: (() => void)[] };

async function inTurn<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  const turns = shared.permilleReaders as Turns;
  if (turns.taken >= READERS) await new Promise<void>((resolve) => turns.waiting.push(resolve));
  else turns.taken++;
  try {
    signal.throwIfAborted();
    return await work();
  } finally {
    const next = turns.waiting.shift();
    if (next) next();
    else turns.taken--;
  }
}
