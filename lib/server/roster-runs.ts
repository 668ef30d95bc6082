import "server-only";
import { createHash } from "node:crypto";
import { Readable } from "node:stream";
import { Zip, ZipPassThrough } from "fflate";
import { z } from "zod";
import * as agencies from "@/db/agencies";
import { enqueue, listOpenRosterRuns, openDueRosters, sweepRosterRuns } from "@/db/jobs";
import * as runs from "@/db/roster-runs";
import { AppError } from "../errors";
import type { Viewer } from "../model/access";
import type { Month } from "../model/month";
import { rosterXlsx } from "../report/roster-xlsx";
import { rosterLinesOf } from "../run-lines";
import { report } from "./report-error";
import { readCreators } from "./roster-creators";
import { queueRosterMail } from "./roster-mails";
import { makeAttachments } from "./statement-attachments";

const Job = z.object({ agencyId: z.uuid(), runId: z.uuid(), startedBy: z.uuid() });

/** A job works for so long and puts itself in line again, so that a queue's deadline never cuts a long run. */
const SLICE_MS = 60_000;
const LOCALE = "en-GB";

/** Begins what is due, and puts runs in line that have not ended: after a crash they go on where they were. */
export async function resumeRosterRuns(): Promise<void> {
  await openDueRosters();
  for (const run of await listOpenRosterRuns()) await queueRun(run);
}

/** Drops the files of old runs. */
export async function sweepRuns(): Promise<void> {
  await sweepRosterRuns();
}

/** Works on one run soon, as the person who began it. */
export function queueRun({ agencyId, runId, startedBy }: z.output<typeof Job>): Promise<void> {
  return enqueue("roster-runs", { agencyId, runId, startedBy }, runId);
}

/**
 * Makes the statements of a run, one after another, then its workbook. May be stopped anywhere and run again: each
 * part is kept once, in one transaction. What its starter may not see any more gets no statement, with the reason.
 */
export async function workOnRun(personFor: (userId: string) => Viewer, data: unknown): Promise<void> {
  const job = Job.parse(data);
  const viewer = personFor(job.startedBy);
  const until = Date.now() + SLICE_MS;
  try {
    const run = await runs.get(viewer, job.agencyId, job.runId);
    if (run.finishedAt) return;
    if (run.scheduleId) await runs.listCreators(viewer, job.agencyId, job.runId);
    for (;;) {
      const part = await runs.next(viewer, job.agencyId, job.runId);
      if (!part) {
        await finish(viewer, job);
        if (run.scheduleId) await queueRosterMail(job);
        return;
      }
      await makePart(viewer, job, run, part);
      if (Date.now() > until) return await queueRun(job);
    }
  } catch (error) {
    // Whoever began it is no member any more: nobody will fetch it.
    if (error instanceof AppError && error.code === "not_found") return;
    throw error;
  }
}

async function makePart(
  viewer: Viewer,
  { agencyId, runId }: { agencyId: string; runId: string },
  { month, attachments }: runs.Run,
  { part, representedId }: runs.Part,
): Promise<void> {
  const at = { agencyId, runId, part };
  try {
    const brand = await agencies.brand(viewer, agencyId);
    const choice = { month, attachments, sections: null, locale: LOCALE, brand };
    const { statement, files } = await makeAttachments(viewer, representedId ?? "", choice);
    await runs.keep(viewer, at, {
      row: { lines: rosterLinesOf(statement) },
      files: files.map(({ name, sha256, bytes }) => ({ name: `${numbered(part)}-${name}`, sha256, bytes })),
    });
  } catch (error) {
    if (error instanceof AppError && error.code === "unavailable") throw error;
    const problem =
      error instanceof AppError && error.code === "not_found"
        ? "Is not on your roster any more."
        : error instanceof AppError
          ? error.message
          : report(error);
    await runs.keep(viewer, at, { problem, files: [] });
  }
}

async function finish(
  viewer: Viewer,
  { agencyId, runId }: { agencyId: string; runId: string },
): Promise<void> {
  const run = await runs.get(viewer, agencyId, runId);
  const brand = await agencies.brand(viewer, agencyId);
  const bytes = await rosterXlsx(await readCreators(viewer, agencyId, run), brand);
  const file = {
    name: `${numbered(runs.WORKBOOK_PART)}-roster-${run.month}.xlsx`,
    sha256: createHash("sha256").update(bytes).digest("hex"),
    bytes,
  };
  await runs.keep(viewer, { agencyId, runId, part: runs.WORKBOOK_PART }, { files: [file] });
}

/** In the order of the workbook, whatever sorts them. */
function numbered(part: number): string {
  return String(part).padStart(4, "0");
}

/**
 * A finished run as one zip, read part by part as it is taken: one creator's files are in memory at a time. Throws
 * not_found, and forbidden when a creator in it is seen no longer, before the first byte; conflict while it runs.
 */
export async function zipOf(
  viewer: Viewer,
  agencyId: string,
  runId: string,
): Promise<{ month: Month; body: ReadableStream<Uint8Array> }> {
  const run = await runs.get(viewer, agencyId, runId);
  if (!run.finishedAt)
    throw new AppError("conflict", "This run is under way. Its files can be fetched when it has ended.");
  if (run.sweptAt)
    throw new AppError("not_found", "The files of this run were kept for a week. Begin a new run.");
  const first = await runs.files(viewer, agencyId, { runId, part: runs.WORKBOOK_PART });
  const pieces = Readable.from(zipped(first, run, (part) => runs.files(viewer, agencyId, { runId, part })));
  return { month: run.month, body: Readable.toWeb(pieces) as ReadableStream<Uint8Array> };
}

async function* zipped(
  workbook: readonly runs.RosterFile[],
  { creators }: runs.Run,
  filesOf: (part: number) => Promise<readonly runs.RosterFile[]>,
): AsyncGenerator<Uint8Array> {
  const pieces: Uint8Array[] = [];
  const zip = new Zip((error, piece) => {
    if (error) throw error;
    pieces.push(piece);
  });
  for (let part = 0; part <= creators; part++) {
    for (const { name, bytes } of part === 0 ? workbook : await filesOf(part)) {
      // PDF and XLSX are packed already.
      const entry = new ZipPassThrough(name);
      zip.add(entry);
      entry.push(bytes, true);
    }
    yield* pieces.splice(0);
  }
  zip.end();
  yield* pieces.splice(0);
}
