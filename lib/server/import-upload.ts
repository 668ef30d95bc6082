import "server-only";
import { createHash } from "node:crypto";
import { listCreatorsForOperator } from "@/db/jobs";
import * as uploads from "@/db/uploads";
import { AppError } from "../errors";
import { MAX_FILE_BYTES } from "../import/limits";
import type { Viewer } from "../model/access";
import { sweepFolders } from "./import-folder";
import { report } from "./report-error";

/** A file as it is announced before its bytes come. */
export interface Announced {
  /** made by the browser */
  id: string;
  fileName: string;
  bytes: number;
  /** hex; null where the browser could compute none */
  sha256: string | null;
}

/** Large enough that 200 MB take 200 transactions, small enough to hold one per upload in memory. */
const PART_BYTES = 1_048_576;

/**
 * Takes a file piece by piece into the database; never more of it than a piece is in memory. Its length and SHA-256
 * must be as announced, else nothing of it stays. The same file under the same id again is the same upload.
 * Errors: those of uploads.begin; invalid when it is empty, too large, cut or not what was announced.
 */
export async function receive(
  viewer: Viewer,
  creatorId: string,
  announced: Announced,
  body: ReadableStream<Uint8Array> | null,
): Promise<void> {
  const { bytes } = announced;
  if (bytes === 0) throw new AppError("invalid", "The file is empty. Export it again.");
  if (bytes > MAX_FILE_BYTES)
    throw new AppError(
      "invalid",
      `The file has more than ${MAX_FILE_BYTES / 1e6} MB. Export a shorter period.`,
    );
  const run = await uploads.begin(viewer, creatorId, announced);
  if (run === null) {
    await body?.cancel();
    return;
  }
  try {
    const sha256 = await takeParts(viewer, creatorId, announced, run, body);
    await uploads.complete(viewer, creatorId, { id: announced.id, run }, sha256);
  } catch (error) {
    await body?.cancel().catch(() => {});
    // Its own only: the same file may have been begun anew.
    if (await uploads.beat(viewer, creatorId, { id: announced.id, run }, 0).catch(() => false))
      await uploads.drop(viewer, creatorId, announced.id).catch(() => {});
    throw error;
  }
}

/** Answers the SHA-256 of all that came. */
async function takeParts(
  viewer: Viewer,
  creatorId: string,
  { id, bytes, sha256 }: Announced,
  run: string,
  body: ReadableStream<Uint8Array> | null,
): Promise<string> {
  const hash = createHash("sha256");
  let [part, length] = [0, 0];
  let held: Uint8Array[] = [];
  let heldBytes = 0;
  const store = async () => {
    const piece = Buffer.concat(held, heldBytes);
    [held, heldBytes] = [[], 0];
    await uploads.addPart(viewer, creatorId, { id, run, part, share: Math.min(1, length / bytes) }, piece);
    part++;
  };
  for await (const chunk of chunksOf(body)) {
    length += chunk.length;
    if (length > bytes) throw changed(`more than the ${bytes} bytes announced`);
    hash.update(chunk);
    held.push(chunk);
    heldBytes += chunk.length;
    if (heldBytes >= PART_BYTES) await store();
  }
  if (length < bytes) throw changed(`${length} of ${bytes} bytes`);
  const found = hash.digest("hex");
  if (sha256 !== null && sha256 !== found) throw changed("its content differs from what was sent");
  if (heldBytes > 0) await store();
  return found;
}

async function* chunksOf(body: ReadableStream<Uint8Array> | null): AsyncGenerator<Uint8Array> {
  const reader = body?.getReader();
  const next = async () => {
    try {
      return await reader?.read();
    } catch {
      // Its sender has gone; nobody reads the answer.
      throw new AppError("invalid", "The upload was broken off. Choose the file again.");
    }
  };
  try {
    for (let chunk = await next(); chunk && !chunk.done; chunk = await next()) yield chunk.value;
  } finally {
    reader?.releaseLock();
  }
}

function changed(what: string): AppError {
  return new AppError(
    "invalid",
    `The file did not arrive whole (${what}). Try again; if it changed on your disk, choose it again.`,
  );
}

/** Drops the files that nobody came back for, and what killed processes left of them. One creator's trouble is reported and keeps no other from it. */
export async function sweepUploads(operatorFor: (creatorId: string) => Viewer): Promise<void> {
  await sweepFolders().catch(report);
  for (const { creatorId } of await listCreatorsForOperator()) {
    try {
      await uploads.sweep(operatorFor(creatorId), creatorId);
    } catch (error) {
      report(error);
    }
  }
}
