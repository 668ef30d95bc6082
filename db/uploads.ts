/** Files on their way: brought in pieces, looked at, and gone as soon as they are imported or put aside. */
import { randomUUID } from "node:crypto";
import { and, desc, eq, lt, type SQL, sql } from "drizzle-orm";
import { AppError, notFound } from "../lib/errors";
import type { Viewer } from "../lib/model/access";
import type { UploadState } from "../lib/model/words";
import { conn, transaction } from "./client";
import { uploadParts, uploads } from "./schema";
import { demand, scope } from "./scope";

/** What may wait for one creator at a time. */
export const MAX_UPLOADS = 5;
export const MAX_WAITING_BYTES = 400_000_000;
/** Work without a sign of life for so long has ended: its process was stopped. */
const SILENCE = sql`interval '20 seconds'`;
const KEPT_DAYS = 7;

export interface NewUpload {
  /** made by the browser; becomes the import's */
  id: string;
  fileName: string;
  /** as announced */
  bytes: number;
  /** hex, as announced; null where the browser could compute none */
  sha256: string | null;
}

export interface Upload {
  id: string;
  fileName: string;
  bytes: number;
  /** hex; of the whole file, once it is here */
  sha256: string | null;
  state: UploadState;
  /** Something was being done with it, and stopped without an end. */
  isInterrupted: boolean;
  /** of the work under way, from 0 to 1 */
  share: number;
  choices: Record<string, unknown>;
  recordedBy: string;
  recordedAt: Date;
}

/** Those of a creator, newest first; `isUseless` where the last look found nothing that can be imported. */
export function list(viewer: Viewer, creatorId: string): Promise<(Upload & { isUseless: boolean })[]> {
  return transaction(viewer, () =>
    conn()
      .select({ ...SHOWN, isUseless: IS_USELESS })
      .from(uploads)
      .where(ofCreator(viewer, creatorId))
      .orderBy(desc(uploads.recordedAt), desc(uploads.id)),
  );
}

/** One with what the last look at it said, or null where there is none (any more). */
export function find(
  viewer: Viewer,
  creatorId: string,
  id: string,
): Promise<(Upload & { result: Record<string, unknown> | null }) | null> {
  return transaction(viewer, async () => {
    const [row] = await conn()
      .select({ ...SHOWN, result: uploads.result })
      .from(uploads)
      .where(and(ofCreator(viewer, creatorId), eq(uploads.id, id)));
    return row ?? null;
  });
}

/**
 * Makes room for a file. Answers the run under which its pieces are taken, or null when this very file is here
 * already. One that stopped half-way under the same id begins anew; one in which nothing can be imported gives way.
 * Errors: forbidden, not_found; conflict when the id is another file's; limit when too much waits already.
 */
export function begin(viewer: Viewer, creatorId: string, input: NewUpload): Promise<string | null> {
  return transaction(viewer, async () => {
    await demand(viewer, creatorId, "write");
    // Two files at once count each other.
    await conn().execute(sql`select pg_advisory_xact_lock(hashtextextended(${`uploads ${creatorId}`}, 0))`);
    const { id, fileName, bytes, sha256 } = input;
    const there = await conn()
      .select({ ...SHOWN, isUseless: IS_USELESS })
      .from(uploads)
      .where(ofCreator(viewer, creatorId, "write"));
    const same = there.find((upload) => upload.id === id);
    if (same && same.state !== "arriving") {
      const isSame = same.bytes === bytes && (sha256 === null || same.sha256 === sha256);
      if (isSame) return null;
      throw new AppError(
        "conflict",
        "Another file came under this name. Reload the page and choose it again.",
      );
    }
    const givesWay = (upload: (typeof there)[number]) =>
      upload.isUseless || (upload.state === "arriving" && upload.isInterrupted);
    for (const gone of there.filter(givesWay)) await dropNow(creatorId, gone.id);
    if (same) await dropNow(creatorId, id);
    const waiting = there.filter((upload) => upload.id !== id && !givesWay(upload));
    const weight = waiting.reduce((sum, upload) => sum + upload.bytes, bytes);
    if (waiting.length >= MAX_UPLOADS || weight > MAX_WAITING_BYTES)
      throw new AppError(
        "limit",
        `At most ${MAX_UPLOADS} files and ${MAX_WAITING_BYTES / 1e6} MB may wait at a time. Import or discard one that waits, then bring this one.`,
      );
    const run = randomUUID();
    await conn().insert(uploads).values({
      creatorId,
      id,
      fileName,
      bytes,
      fileSha256: sha256,
      state: "arriving",
      choices: {},
      run,
      recordedBy: id,
    });
    return run;
  });
}

/** Takes the next piece. Errors: conflict when the upload was begun anew, or put aside. */
export function addPart(
  viewer: Viewer,
  creatorId: string,
  at: { id: string; run: string; part: number; share: number },
  bytes: Buffer,
): Promise<void> {
  return transaction(viewer, async () => {
    await demand(viewer, creatorId, "write");
    await demandRun(viewer, creatorId, at.id, at.run, { share: at.share });
    await conn().insert(uploadParts).values({ creatorId, uploadId: at.id, part: at.part, bytes });
  });
}

/** All is here, and is what was announced. */
export function complete(
  viewer: Viewer,
  creatorId: string,
  at: { id: string; run: string },
  sha256: string,
): Promise<void> {
  return transaction(viewer, async () => {
    await demand(viewer, creatorId, "write");
    await demandRun(viewer, creatorId, at.id, at.run, {
      state: "arrived",
      share: 0,
      fileSha256: sha256,
      run: null,
    });
  });
}

/** A piece of a file, counted from 0; null behind the last one. Errors: forbidden, not_found. */
export function readPart(
  viewer: Viewer,
  creatorId: string,
  id: string,
  part: number,
): Promise<Buffer | null> {
  return transaction(viewer, async () => {
    await demand(viewer, creatorId, "write");
    const [row] = await conn()
      .select({ bytes: uploadParts.bytes })
      .from(uploadParts)
      .where(
        and(
          scope(viewer, uploadParts.creatorId, "write"),
          eq(uploadParts.creatorId, creatorId),
          eq(uploadParts.uploadId, id),
          eq(uploadParts.part, part),
        ),
      );
    return row?.bytes ?? null;
  });
}

/**
 * Begins work on a file that is here, with what was chosen; whatever else was reading it stops at its next beat.
 * Answers the run under which it works. Errors: forbidden, not_found; conflict while the file is arriving or is
 * being imported.
 */
export function claim(
  viewer: Viewer,
  creatorId: string,
  id: string,
  work: { state: "reading" | "importing"; choices: Record<string, unknown> },
): Promise<string> {
  return transaction(viewer, async () => {
    await demand(viewer, creatorId, "write");
    const [there] = await conn()
      .select(SHOWN)
      .from(uploads)
      .where(and(ofCreator(viewer, creatorId, "write"), eq(uploads.id, id)))
      .for("update");
    if (!there) throw gone();
    if (there.state === "arriving")
      throw new AppError(
        "conflict",
        "This file has not arrived yet. If it does not go on, discard it and choose it again.",
      );
    if (there.state === "importing" && !there.isInterrupted)
      throw new AppError(
        "conflict",
        "This file is being imported at this moment. Wait until that has ended.",
      );
    const run = randomUUID();
    await conn()
      .update(uploads)
      .set({ ...work, share: 0, run, beatAt: sql`now()` })
      .where(and(ofCreator(viewer, creatorId, "write"), eq(uploads.id, id)));
    return run;
  });
}

/** A sign of life, and how far the work is. False when it is not wanted any more. */
export function beat(
  viewer: Viewer,
  creatorId: string,
  at: { id: string; run: string },
  share: number,
): Promise<boolean> {
  return transaction(viewer, async () => {
    await demand(viewer, creatorId, "write");
    return setOf(viewer, creatorId, at, { share });
  });
}

/** What came of the work. False when nobody wants to know any more. */
export function settle(
  viewer: Viewer,
  creatorId: string,
  at: { id: string; run: string },
  end: { state: "read" | "failed"; choices: Record<string, unknown>; result: Record<string, unknown> },
): Promise<boolean> {
  return transaction(viewer, async () => {
    await demand(viewer, creatorId, "write");
    return setOf(viewer, creatorId, at, { ...end, share: 1, run: null });
  });
}

/**
 * Puts a file aside for good: work on it stops, its pieces go. False when it is not there (any more).
 * Errors: forbidden, not_found.
 */
export function drop(viewer: Viewer, creatorId: string, id: string): Promise<boolean> {
  return transaction(viewer, async () => {
    await demand(viewer, creatorId, "write");
    return dropNow(creatorId, id);
  });
}

/**
 * The end of a file that was imported, inside the import's own transaction: either both happen or neither.
 * Errors: not_found when it was put aside meanwhile.
 */
export function finish(viewer: Viewer, creatorId: string, at: { id: string; run: string }): Promise<void> {
  return transaction(viewer, async () => {
    await demand(viewer, creatorId, "write");
    await demandRun(viewer, creatorId, at.id, at.run, { share: 1 });
    await dropNow(creatorId, at.id);
  });
}

/** Drops what has waited for a week. Answers how many. */
export function sweep(viewer: Viewer, creatorId: string): Promise<number> {
  return transaction(viewer, async () => {
    await demand(viewer, creatorId, "write");
    const old = await conn()
      .select({ id: uploads.id })
      .from(uploads)
      .where(
        and(
          ofCreator(viewer, creatorId, "write"),
          lt(uploads.recordedAt, sql`now() - make_interval(days => ${KEPT_DAYS})`),
          lt(uploads.beatAt, sql`now() - ${SILENCE}`),
        ),
      );
    for (const { id } of old) await dropNow(creatorId, id);
    return old.length;
  });
}

const IS_INTERRUPTED = sql<boolean>`${uploads.state} in ('arriving', 'reading', 'importing') and ${uploads.beatAt} < now() - ${SILENCE}`;

const SHOWN = {
  id: uploads.id,
  fileName: uploads.fileName,
  bytes: uploads.bytes,
  sha256: uploads.fileSha256,
  state: uploads.state,
  isInterrupted: IS_INTERRUPTED,
  share: uploads.share,
  choices: uploads.choices,
  recordedBy: uploads.recordedBy,
  recordedAt: uploads.recordedAt,
};

const IS_USELESS = sql<boolean>`${uploads.state} = 'read' and coalesce(${uploads.result} -> 'preview' ->> 'kind' in ('refused', 'not_useful'), false)`;

function ofCreator(
  viewer: Viewer,
  creatorId: string,
  need: "amounts" | "write" = "amounts",
): SQL | undefined {
  return and(scope(viewer, uploads.creatorId, need), eq(uploads.creatorId, creatorId));
}

type Change = Partial<typeof uploads.$inferInsert>;

async function setOf(
  viewer: Viewer,
  creatorId: string,
  { id, run }: { id: string; run: string },
  change: Change,
): Promise<boolean> {
  const rows = await conn()
    .update(uploads)
    .set({ ...change, beatAt: sql`now()` })
    .where(and(ofCreator(viewer, creatorId, "write"), eq(uploads.id, id), eq(uploads.run, run)))
    .returning({ id: uploads.id });
  return rows.length > 0;
}

async function demandRun(
  viewer: Viewer,
  creatorId: string,
  id: string,
  run: string,
  change: Change,
): Promise<void> {
  if (!(await setOf(viewer, creatorId, { id, run }, change))) throw gone();
}

function gone(): AppError {
  return notFound("file");
}

async function dropNow(creatorId: string, id: string): Promise<boolean> {
  const [row] = await conn().execute<{ dropped: boolean }>(
    sql`select drop_upload(${creatorId}::uuid, ${id}::uuid) as dropped`,
  );
  return row?.dropped ?? false;
}
