/**
 * Files that were brought: what each would make, what it made in one transaction, and its undoing in one. A file's
 * drafts are staged, compared and written by the database itself, so a file of a million rows costs this process
 * nothing but their passage (import-stage.ts, import-plan.ts, import-summary.ts, import-write.ts, import-undo.ts).
 */
import { and, desc, eq, isNull, type SQL, sql } from "drizzle-orm";
import { AppError, notFound } from "../lib/errors";
import type { Period } from "../lib/import/draft";
import {
  isNothing,
  isOpen,
  type Overlap,
  type Plan,
  type PlanChoices,
  type Writes,
} from "../lib/import/plan";
import type { Viewer } from "../lib/model/access";
import { type Day, firstDay, lastDay, type Month } from "../lib/model/month";
import type { Platform } from "../lib/model/words";
import { note as audit } from "./audit";
import * as channelRows from "./channels";
import { conn, transaction } from "./client";
import { lockChannels } from "./derive";
import { compare } from "./import-plan";
import { type Repeats, settleRepeats, stage, type Watch } from "./import-stage";
import { hashPlan, listOverlaps, tell, weigh } from "./import-summary";
import {
  hideVideos,
  type LeftEntry,
  undoAudience,
  undoFilled,
  undoPayouts,
  undoReadings,
  undoTraffic,
} from "./import-undo";
import { FILLED, write } from "./import-write";
import { bodyHash, sameBody } from "./once";
import { channels, imports, payouts, traffic } from "./schema";
import { demand, scope } from "./scope";

/** Thousands of rows, and other imports of the same creator to wait for. */
const DEADLINE_MS = 60_000;
const UNDO_DEADLINE_MS = 600_000;
const MANY_ROWS = 2_000;
/** From so many rows on the planner is told; PostgreSQL itself notices only after a while. */
const ROWS_TO_LEARN = 500;

/** A file on its way: its drafts as COPY text, and what was chosen about them. */
export interface Bring extends Watch {
  /** a channel of the creator, or one that comes with the import; null: the creator as a whole */
  channelId: string | null;
  platform: Platform;
  /** hex, of the file as it was brought */
  fileSha256: string;
  /** path of the drafts (lib/import/staged.ts) */
  staged: string;
  /** the days the drafts speak of; null when they name none */
  period: Period | null;
  choices: PlanChoices;
  deadlineMs?: number;
}

export interface NewImport {
  /** made by the browser before the first submit */
  id: string;
  fileName: string;
  /** hex */
  sha256: string;
  format: string;
  channelId: string | null;
  /** what was chosen in the preview */
  options: Record<string, unknown>;
  /** the channel is made with the import, unless it is there */
  newChannel?: channelRows.NewChannel | null;
}

/** How many entries an import wrote; see `Writes`. */
export type ImportCounts = Writes;

export interface Import {
  id: string;
  fileName: string;
  format: string;
  channelName: string | null;
  counts: ImportCounts;
  recordedBy: string;
  recordedAt: Date;
  undoneBy: string | null;
  undoneAt: Date | null;
}

/** The imports of a creator, newest first. */
export function list(viewer: Viewer, creatorId: string, limit = 100): Promise<Import[]> {
  return transaction(viewer, async () => {
    const rows = await conn()
      .select({
        id: imports.id,
        fileName: imports.fileName,
        format: imports.format,
        channelName: channels.name,
        counts: imports.counts,
        recordedBy: imports.recordedBy,
        recordedAt: imports.recordedAt,
        undoneBy: imports.undoneBy,
        undoneAt: imports.undoneAt,
      })
      .from(imports)
      .leftJoin(channels, and(eq(channels.creatorId, imports.creatorId), eq(channels.id, imports.channelId)))
      .where(ofCreator(viewer, creatorId))
      .orderBy(desc(imports.recordedAt), desc(imports.id))
      .limit(limit);
    return rows.map((row) => ({ ...row, counts: { ...NO_WRITES, ...row.counts } }));
  });
}

/**
 * Where files that count say another total than their rows: of those that brought something of the month, newest
 * first.
 */
export function listDifferences(
  viewer: Viewer,
  creatorId: string,
  month: Month,
): Promise<{ fileName: string; message: string }[]> {
  return transaction(viewer, async () => {
    await demand(viewer, creatorId, "amounts");
    const brought = (table: typeof payouts | typeof traffic) => sql`exists (
      select from ${table} where ${scope(viewer, table.creatorId, "amounts")} and ${table.creatorId} = ${creatorId}
        and ${table.importId} = ${imports.id} and ${table.fromDay} <= ${lastDay(month)} and ${table.toDay} >= ${firstDay(month)})`;
    const rows = await conn().execute<{ file_name: string; message: string }>(sql`
      select ${imports.fileName}, d.value ->> 'message' as message
      from ${imports} cross join lateral jsonb_array_elements(coalesce(${imports.options} -> 'differences', '[]')) d
      where ${ofCreator(viewer, creatorId)} and ${isNull(imports.undoneAt)} and (${brought(payouts)} or ${brought(traffic)})
      order by ${imports.recordedAt} desc, ${imports.id} limit 20`);
    return rows.map(({ file_name: fileName, message }) => ({ fileName, message }));
  });
}

const NO_WRITES: ImportCounts = {
  videos: 0,
  filled: 0,
  traffic: 0,
  payouts: 0,
  lines: 0,
  readings: 0,
  audiences: 0,
  replaced: 0,
  voided: 0,
};

/**
 * What an import would do at this moment. Nothing is left behind.
 * Errors: forbidden; unavailable; the signal's reason when it is aborted.
 */
export function plan(viewer: Viewer, creatorId: string, bring: Bring): Promise<Plan> {
  return transaction(
    viewer,
    async () => {
      await demand(viewer, creatorId, "amounts");
      const settled = await settle(viewer, creatorId, bring);
      const told = await tell(creatorId, settled.overlaps, bring.choices);
      const elsewhere = await importedElsewhere(viewer, creatorId, bring);
      return { period: bring.period, elsewhere, ...settled, ...told };
    },
    { deadlineMs: bring.deadlineMs ?? DEADLINE_MS },
  );
}

/**
 * Writes an import in one transaction, if what it would do is what `hash` names (see `Plan`; null: whatever it is).
 * Imports of one creator wait for each other. When there is nothing to write, no import is kept. The same id with the
 * same file and options answers the same counts.
 *
 * Errors: forbidden; not_found for a channel of somebody else; conflict when the data moved since the plan, when the
 * id was used for another file or other options, or when an entry was corrected or typed meanwhile; invalid while a
 * question is open. Nothing is written then.
 */
export function commit(
  viewer: Viewer,
  creatorId: string,
  input: NewImport,
  bring: Bring,
  hash: string | null,
): Promise<ImportCounts> {
  return transaction(
    viewer,
    async () => {
      await demand(viewer, creatorId, "write");
      await queueUp(creatorId);
      const { id, fileName, sha256, format, channelId, options } = input;
      const body = bodyHash({ fileName, sha256, format, channelId, options });
      const there = await find(viewer, creatorId, id);
      if (there) {
        sameBody(there.bodyHash, body);
        return { ...NO_WRITES, ...there.counts };
      }
      if (input.newChannel) await channelRows.record(viewer, creatorId, input.newChannel);
      if (channelId !== null) {
        await channelRows.get(viewer, creatorId, channelId);
        await lockChannels(creatorId, [channelId]);
      }

      const settled = await settle(viewer, creatorId, bring);
      const { writes, overlaps } = settled;
      if (hash !== null && hash !== settled.hash)
        throw new AppError(
          "conflict",
          "What is here has changed since this preview, so nothing was imported. The preview is up to date again: look at it once more.",
        );
      if (isNothing(writes)) return writes;
      if (isOpen(settled))
        throw new AppError("invalid", "A question about this file is still open. Answer it, then import.");
      await conn().execute(sql`
        insert into imports (creator_id, id, channel_id, file_name, file_sha256, format, options, counts, recorded_by, body_hash)
        values (${creatorId}, ${id}, ${channelId}, ${fileName}, ${sha256}, ${format},
          ${JSON.stringify(options)}::jsonb || jsonb_build_object('filled', ${FILLED}), ${JSON.stringify(writes)}::jsonb, ${id}, ${body})`);
      await write({ creatorId, importId: id, channelId }, overlaps, bring.choices);
      await audit(creatorId, "import.made", id, { fileName, ...writes });
      await learnSizes(Object.values(writes).reduce((sum, count) => sum + count, 0));
      bring.signal?.throwIfAborted();
      return writes;
    },
    { deadlineMs: bring.deadlineMs ?? DEADLINE_MS },
  );
}

/**
 * Takes an import back in one transaction: what it made is void, what it replaced counts again, videos it made
 * are hidden. Entries changed since then, or built upon, stay and are answered. A second time does nothing.
 * Errors: forbidden, not_found.
 */
export function undo(viewer: Viewer, creatorId: string, importId: string): Promise<{ left: LeftEntry[] }> {
  return transaction(
    viewer,
    async () => {
      await demand(viewer, creatorId, "write");
      await queueUp(creatorId);
      const made = await find(viewer, creatorId, importId);
      if (!made) throw notFound("import");
      if (made.undoneAt) return { left: [] };
      if (made.channelId) await lockChannels(creatorId, [made.channelId]);
      const rows = Object.values(made.counts).reduce((sum, count) => sum + count, 0);
      await planFor(rows);
      const left = [
        ...(await undoPayouts(creatorId, importId)),
        ...(await undoTraffic(creatorId, importId)),
        ...(await undoReadings(creatorId, importId)),
        ...(await undoAudience(creatorId, importId)),
      ];
      await undoFilled(creatorId, importId);
      left.push(...(await hideVideos(viewer, creatorId, importId)));
      await conn()
        .update(imports)
        .set({ undoneBy: sql`viewer_id()`, undoneAt: sql`now()` })
        .where(
          and(
            scope(viewer, imports.creatorId, "write"),
            eq(imports.creatorId, creatorId),
            eq(imports.id, importId),
          ),
        );
      await audit(creatorId, "import.undone", importId, { fileName: made.fileName, left: left.length });
      await learnSizes(rows);
      return { left };
    },
    { deadlineMs: UNDO_DEADLINE_MS },
  );
}

type Settled = Pick<Plan, "counts" | "writes" | "videosWithoutFormat" | "hash"> &
  Repeats & { overlaps: Overlap[] };

/** Stages the file, compares it with the ledger and says what the choices make of it. */
async function settle(viewer: Viewer, creatorId: string, bring: Bring): Promise<Settled> {
  const { channelId, platform, fileSha256, choices, signal, onProgress } = bring;
  const watch = { ...(signal ? { signal } : {}), onProgress: (share: number) => onProgress?.(share / 2) };
  const stagedSha256 = await stage(bring.staged, watch);
  const [staged] = await conn().execute<{ rows: number }>(sql`select count(*)::int as rows from staged`);
  await planFor(staged?.rows ?? 0);
  const [stray] = await conn().execute(
    sql`select from staged where what <> 'line' and platform not in (${platform}, 'other') limit 1`,
  );
  if (stray) throw new Error("A row of another platform was staged for this channel.");
  const repeats = await settleRepeats(creatorId, channelId, choices);
  signal?.throwIfAborted();
  await compare({ viewer, creatorId, channelId }, choices);
  signal?.throwIfAborted();
  onProgress?.(0.9);
  const overlaps = await listOverlaps(creatorId, choices);
  const weighed = await weigh(overlaps, choices);
  const chosen = overlaps.map((overlap) => [overlap.key, overlap.chosen]);
  const { twins, keepRepeats = false, bringBack = false } = choices;
  const named = { fileSha256, stagedSha256, channelId, chosen, twins: twins ?? null, keepRepeats, bringBack };
  return { ...repeats, overlaps, ...weighed, hash: await hashPlan(named) };
}

// ---------------------------------------------------------------- reading

function ofCreator(viewer: Viewer, creatorId: string): SQL | undefined {
  return and(scope(viewer, imports.creatorId, "amounts"), eq(imports.creatorId, creatorId));
}

async function importedElsewhere(
  viewer: Viewer,
  creatorId: string,
  { fileSha256, channelId }: Bring,
): Promise<Plan["elsewhere"]> {
  const [row] = await conn()
    .select({
      channelName: channels.name,
      day: sql<Day>`(${imports.recordedAt} at time zone 'UTC')::date::text`,
    })
    .from(imports)
    .leftJoin(channels, and(eq(channels.creatorId, imports.creatorId), eq(channels.id, imports.channelId)))
    .where(
      and(
        ofCreator(viewer, creatorId),
        eq(imports.fileSha256, fileSha256),
        isNull(imports.undoneAt),
        sql`${imports.channelId} is distinct from ${channelId}::uuid`,
      ),
    )
    .orderBy(desc(imports.recordedAt))
    .limit(1);
  return row ?? null;
}

async function find(viewer: Viewer, creatorId: string, id: string) {
  const [row] = await conn()
    .select()
    .from(imports)
    .where(and(ofCreator(viewer, creatorId), eq(imports.id, id)));
  return row;
}

/**
 * Thousands of rows that were written a moment ago have no statistics yet: the planner takes them for a few and
 * would compare each with each. A few rows are looked up by index, however long the ledger is.
 */
async function planFor(rows: number): Promise<void> {
  if (rows < MANY_ROWS) return;
  await conn().execute(sql`set local enable_nestloop = off`);
  await conn().execute(sql`set local work_mem = '32MB'`);
}

/**
 * A connection keeps the plans of its triggers, and those made for one typed entry are hopeless for thousands,
 * as those for thousands are for one: nothing is kept across the border of an import.
 */
async function forgetPlans(): Promise<void> {
  await conn().execute(sql`discard plans`);
}

/** The pages that follow would otherwise be planned for the sizes of before. */
async function learnSizes(rows: number): Promise<void> {
  if (rows > ROWS_TO_LEARN) await conn().execute(sql`select learn_sizes()`);
  await forgetPlans();
}

/** One import of a creator at a time: the next sees what the one before wrote. */
async function queueUp(creatorId: string): Promise<void> {
  await forgetPlans();
  await conn().execute(sql`select pg_advisory_xact_lock(hashtextextended(${creatorId}, 0))`);
}
