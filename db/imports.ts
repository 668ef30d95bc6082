/** Files that were brought: what each made in one transaction, and its undoing in one. */
import { randomUUID } from "node:crypto";
import { and, asc, desc, eq, gte, isNotNull, isNull, lte, ne, or, type SQL, sql } from "drizzle-orm";
import { notFound } from "../lib/errors";
import type { Viewer } from "../lib/model/access";
import type { Currency } from "../lib/model/money";
import type { Day } from "../lib/model/month";
import type { EntryKind, Format, PayoutState, Stream } from "../lib/model/words";
import { note as audit } from "./audit";
import { insertAll } from "./bulk";
import * as channelRows from "./channels";
import { conn, transaction } from "./client";
import { giveWay, isCurrentTraffic, lockChannels } from "./derive";
import {
  hideVideos,
  insertPayouts,
  insertTraffic,
  isCurrentPayout,
  isInUse,
  type LeftEntry,
  undoPayouts,
  undoTraffic,
} from "./import-undo";
import { bodyHash, sameBody } from "./once";
import { channels, imports, payoutLines, payouts, traffic, videos } from "./schema";
import { demand, scope } from "./scope";

/** Thousands of rows, and other imports of the same creator to wait for. */
const DEADLINE_MS = 60_000;
/** From so many rows on the planner is told; PostgreSQL itself notices only after a while. */
const ROWS_TO_LEARN = 500;

interface Period {
  from: Day;
  to: Day;
}

/** What a channel has already: entries that count, by the names lib/import/plan compares. */
export interface Existing {
  payouts: (Period & {
    id: string;
    sourceKey: string | null;
    stream: Stream;
    minor: bigint;
    currency: Currency;
    state: PayoutState;
  })[];
  traffic: (Period & {
    id: string;
    sourceKey: string | null;
    videoExternalId: string | null;
    views: number | null;
    engagedViews: number | null;
    watchSeconds: number | null;
  })[];
  videos: { id: string; externalId: string; format: Format }[];
}

export interface VideoDraft {
  externalId: string;
  url: string;
  title: string;
  publishedDay: Day | null;
  format: Format;
}

export interface TrafficDraft extends Period {
  sourceKey: string;
  /** null = all formats; a video's traffic takes the video's */
  format: Format | null;
  videoExternalId: string | null;
  views: number | null;
  engagedViews: number | null;
  watchSeconds: number | null;
}

export interface PayoutDraft extends Period {
  sourceKey: string;
  format: Format | null;
  stream: Stream;
  minor: bigint;
  currency: Currency;
  state: PayoutState;
  lines: readonly LineDraft[];
}

export interface LineDraft {
  videoExternalId: string;
  minor: bigint;
}

/** What is to be written, every question answered. `replaces` and the voids name entries of `Existing`. */
export interface Writes {
  videos: readonly VideoDraft[];
  traffic: readonly { draft: TrafficDraft; replaces: string | null }[];
  payouts: readonly { draft: PayoutDraft; replaces: string | null }[];
  /** lines by video for a payout that is there */
  lines: readonly { payoutId: string; lines: readonly LineDraft[] }[];
  voidPayouts: readonly string[];
  voidTraffic: readonly string[];
}

/** Which entries could meet those of a file: of one channel, and of the days the file speaks of, if any. */
export interface Reach {
  channelId: string;
  period: Period | null;
}

export interface NewImport extends Reach {
  /** made by the browser before the first submit */
  id: string;
  fileName: string;
  /** hex */
  sha256: string;
  format: string;
  /** what was chosen in the preview */
  options: Record<string, unknown>;
  /** the channel is made with the import, unless it is there */
  newChannel?: channelRows.NewChannel | null;
}

/** How many entries an import wrote. `replaced` are among payouts and traffic; `voided` gave way to them. */
export type ImportCounts = Record<"videos" | "traffic" | "payouts" | "replaced" | "voided", number>;

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
    return rows.map((row) => ({ ...row, counts: row.counts as ImportCounts }));
  });
}

/** What there is to compare a file with; nothing for a channel that is yet to be made. */
export function existingFor(viewer: Viewer, creatorId: string, reach: Reach): Promise<Existing> {
  return transaction(viewer, async () => {
    await planForMany();
    return readExisting(viewer, creatorId, reach);
  });
}

/**
 * Writes an import in one transaction. Imports of one creator wait for each other; each then asks `decide` what
 * to write, given what is there at that moment, and `decide` may throw. When it answers nothing to write, no
 * import is kept. The same id with the same file and options answers the same counts.
 *
 * Errors: forbidden; not_found for a channel of somebody else; conflict when the id was used for another file
 * or other options, or when an entry was corrected or typed meanwhile; whatever `decide` throws.
 */
export function commit(
  viewer: Viewer,
  creatorId: string,
  input: NewImport,
  decide: (existing: Existing) => Writes,
): Promise<ImportCounts> {
  return transaction(
    viewer,
    async () => {
      await demand(viewer, creatorId, "write");
      await queueUp(creatorId);
      const { id, fileName, sha256, format, channelId, options } = input;
      const hash = bodyHash({ fileName, sha256, format, channelId, options });
      const there = await find(viewer, creatorId, id);
      if (there) {
        sameBody(there.bodyHash, hash);
        return there.counts as ImportCounts;
      }
      if (input.newChannel) await channelRows.record(viewer, creatorId, input.newChannel);
      await channelRows.get(viewer, creatorId, channelId);
      await lockChannels(creatorId, [channelId]);

      const existing = await readExisting(viewer, creatorId, input);
      const writes = decide(existing);
      const counts = countsOf(writes);
      if (Object.values(counts).every((count) => count === 0)) return counts;

      await insertAll(imports, [
        {
          creatorId,
          id,
          channelId,
          fileName,
          fileSha256: sha256,
          format,
          options,
          counts,
          recordedBy: id,
          bodyHash: hash,
        },
      ]);
      const to = { creatorId, importId: id, channelId };
      const videoOf = await writeVideos(to, existing, writes.videos);
      await writeTraffic(to, existing, writes, videoOf);
      await writePayouts(to, existing, writes, videoOf);
      await audit(creatorId, "import.made", id, { fileName, ...counts });
      await learnSizes(counts.payouts + counts.traffic + counts.voided);
      return counts;
    },
    { deadlineMs: DEADLINE_MS },
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
      const undone = await listUndone(viewer, creatorId);
      const left = [
        ...(await undoPayouts(creatorId, importId, undone)),
        ...(await undoTraffic(creatorId, importId, undone)),
        ...(await hideVideos(viewer, creatorId, importId)),
      ];
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
      const { payouts = 0, traffic = 0, voided = 0 } = made.counts;
      await learnSizes(payouts + traffic + voided);
      return { left };
    },
    { deadlineMs: DEADLINE_MS },
  );
}

// ---------------------------------------------------------------- reading

function ofCreator(viewer: Viewer, creatorId: string): SQL | undefined {
  return and(scope(viewer, imports.creatorId, "amounts"), eq(imports.creatorId, creatorId));
}

async function find(viewer: Viewer, creatorId: string, id: string) {
  const [row] = await conn()
    .select()
    .from(imports)
    .where(and(ofCreator(viewer, creatorId), eq(imports.id, id)));
  return row;
}

async function listUndone(viewer: Viewer, creatorId: string): Promise<Set<string>> {
  const rows = await conn()
    .select({ id: imports.id })
    .from(imports)
    .where(and(ofCreator(viewer, creatorId), isNotNull(imports.undoneAt)));
  return new Set(rows.map(({ id }) => id));
}

type ExistingRows = {
  payouts: (Existing["payouts"][number] & { kind: EntryKind; format: Format | "all"; note: string })[];
  traffic: (Existing["traffic"][number] & { videoId: string | null; format: Format | "all" })[];
  videos: Existing["videos"];
};

/** In a fixed order, so that the same data give the same plan. */
async function readExisting(viewer: Viewer, creatorId: string, reach: Reach): Promise<ExistingRows> {
  return {
    payouts: await readPayouts(viewer, creatorId, reach),
    traffic: await readTraffic(viewer, creatorId, reach),
    videos: await readVideos(viewer, creatorId, reach.channelId),
  };
}

async function readPayouts(viewer: Viewer, creatorId: string, { channelId, period }: Reach) {
  if (!period) return [];
  const rows = await conn()
    .select({
      id: payouts.id,
      sourceKey: payouts.sourceKey,
      stream: payouts.stream,
      kind: payouts.kind,
      format: payouts.format,
      from: payouts.fromDay,
      to: payouts.toDay,
      minor: payouts.minor,
      currency: payouts.currency,
      state: payouts.state,
      note: payouts.note,
    })
    .from(payouts)
    .where(
      and(
        scope(viewer, payouts.creatorId, "amounts"),
        eq(payouts.creatorId, creatorId),
        eq(payouts.channelId, channelId),
        isNull(payouts.about),
        or(eq(payouts.kind, "earning"), isNotNull(payouts.sourceKey)),
        lte(payouts.fromDay, period.to),
        gte(payouts.toDay, period.from),
        isCurrentPayout,
      ),
    )
    .orderBy(asc(payouts.fromDay), asc(payouts.id));
  return rows.map((row) => ({
    ...row,
    from: row.from as Day,
    to: row.to as Day,
    currency: row.currency as Currency,
  }));
}

/** What is derived from readings gives way by itself; a video without an id of its platform meets no file. */
async function readTraffic(viewer: Viewer, creatorId: string, { channelId, period }: Reach) {
  if (!period) return [];
  const rows = await conn()
    .select({
      id: traffic.id,
      sourceKey: traffic.sourceKey,
      videoId: traffic.videoId,
      videoExternalId: videos.externalId,
      format: traffic.format,
      from: traffic.fromDay,
      to: traffic.toDay,
      views: traffic.views,
      engagedViews: traffic.engagedViews,
      watchSeconds: traffic.watchSeconds,
    })
    .from(traffic)
    .leftJoin(videos, and(eq(videos.creatorId, traffic.creatorId), eq(videos.id, traffic.videoId)))
    .where(
      and(
        scope(viewer, traffic.creatorId),
        eq(traffic.creatorId, creatorId),
        eq(traffic.channelId, channelId),
        ne(traffic.origin, "reading"),
        or(isNull(traffic.videoId), isNotNull(videos.externalId)),
        lte(traffic.fromDay, period.to),
        gte(traffic.toDay, period.from),
        isCurrentTraffic,
      ),
    )
    .orderBy(asc(traffic.fromDay), asc(traffic.id));
  return rows.map((row) => ({ ...row, from: row.from as Day, to: row.to as Day }));
}

/** A removed video is there as long as something of it counts. */
async function readVideos(viewer: Viewer, creatorId: string, channelId: string) {
  const rows = await conn()
    .selectDistinctOn([videos.externalId], {
      id: videos.id,
      externalId: videos.externalId,
      format: videos.format,
    })
    .from(videos)
    .where(
      and(
        scope(viewer, videos.creatorId),
        eq(videos.creatorId, creatorId),
        eq(videos.channelId, channelId),
        isNotNull(videos.externalId),
        or(isNull(videos.removedAt), isInUse),
      ),
    )
    .orderBy(videos.externalId, sql`${videos.removedAt} is not null`, desc(videos.createdAt));
  return rows.map((row) => ({ ...row, externalId: row.externalId ?? "" }));
}

// ---------------------------------------------------------------- writing

type To = { creatorId: string; importId: string; channelId: string };
type VideoOf = (externalId: string) => Existing["videos"][number];

/**
 * Thousands of rows that were written a moment ago have no statistics yet: the planner takes them for a few and
 * would compare each with each.
 */
async function planForMany(): Promise<void> {
  await conn().execute(sql`set local enable_nestloop = off`);
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
  await planForMany();
  await conn().execute(sql`select pg_advisory_xact_lock(hashtextextended(${creatorId}, 0))`);
}

function countsOf(writes: Writes): ImportCounts {
  const replaced = [...writes.traffic, ...writes.payouts].filter(({ replaces }) => replaces !== null);
  return {
    videos: writes.videos.length,
    traffic: writes.traffic.length,
    payouts: writes.payouts.length + writes.lines.length,
    replaced: replaced.length + writes.lines.length,
    voided: writes.voidPayouts.length + writes.voidTraffic.length,
  };
}

async function writeVideos(
  { creatorId, importId, channelId }: To,
  existing: ExistingRows,
  drafts: readonly VideoDraft[],
): Promise<VideoOf> {
  const rows = drafts.map(({ externalId, url, title, publishedDay, format }) => {
    const body = { channelId, externalId, url, title, publishedOn: publishedDay, format, importId };
    return { creatorId, id: randomUUID(), ...body, bodyHash: bodyHash(body) };
  });
  await insertAll(videos, rows);
  const byExternalId = new Map([...existing.videos, ...rows].map((video) => [video.externalId, video]));
  return (externalId) => {
    const video = byExternalId.get(externalId);
    if (!video) throw new Error("A figure of a video that the import does not bring.");
    return video;
  };
}

const NO_COUNTS = { qualifiedViews: null, adImpressions: null, likes: null, comments: null, shares: null };

/** New rows and voids in one statement: what makes room and what takes it are never both there. */
async function writeTraffic(
  { creatorId, importId, channelId }: To,
  existing: ExistingRows,
  writes: Writes,
  videoOf: VideoOf,
): Promise<void> {
  const fresh = writes.traffic.map(({ draft, replaces }) => {
    const video = draft.videoExternalId === null ? null : videoOf(draft.videoExternalId);
    const { sourceKey, views, engagedViews, watchSeconds } = draft;
    return {
      channelId,
      videoId: video?.id ?? null,
      format: video?.format ?? draft.format ?? ("all" as const),
      fromDay: draft.from,
      toDay: draft.to,
      ...NO_COUNTS,
      views,
      engagedViews,
      watchSeconds,
      sourceKey,
      replaces,
      isVoid: false,
    };
  });
  const voids = pick(existing.traffic, writes.voidTraffic).map((old) => ({
    channelId,
    videoId: old.videoId,
    format: old.format,
    fromDay: old.from,
    toDay: old.to,
    ...NO_COUNTS,
    views: null,
    engagedViews: null,
    watchSeconds: null,
    sourceKey: old.sourceKey,
    replaces: old.id,
    isVoid: true,
  }));
  await giveWay(creatorId, fresh);
  await insertTraffic(
    [...fresh, ...voids].map((body) => ({
      creatorId,
      id: randomUUID(),
      ...body,
      origin: "import" as const,
      importId,
      recordedBy: importId,
      bodyHash: bodyHash(body),
    })),
  );
}

async function writePayouts(
  { creatorId, importId, channelId }: To,
  existing: ExistingRows,
  writes: Writes,
  videoOf: VideoOf,
): Promise<void> {
  const noteOf = new Map(existing.payouts.map(({ id, note }) => [id, note]));
  const fresh = writes.payouts.map(({ draft, replaces }) => ({
    format: draft.format ?? ("all" as const),
    stream: draft.stream,
    // A platform that took more back than it paid corrects something it had paid before.
    kind: draft.minor < 0n ? ("adjustment" as const) : ("earning" as const),
    state: draft.state,
    fromDay: draft.from,
    toDay: draft.to,
    minor: draft.minor,
    currency: draft.currency as string,
    note: noteOf.get(replaces ?? "") ?? "",
    sourceKey: draft.sourceKey,
    replaces,
    lines: draft.lines,
  }));
  const lined = writes.lines.flatMap(({ payoutId, lines }) =>
    pick(existing.payouts, [payoutId]).map((old) => ({ ...bodyOf(old), kind: old.kind, lines })),
  );
  const voids = pick(existing.payouts, writes.voidPayouts).map((old) => ({
    ...bodyOf(old),
    kind: "void" as const,
    minor: 0n,
    lines: [],
  }));
  const rows = [...fresh, ...lined, ...voids].map(({ lines, ...body }) => ({
    row: {
      creatorId,
      id: randomUUID(),
      channelId,
      ...body,
      about: null,
      importId,
      recordedBy: importId,
      bodyHash: bodyHash({ ...body, lines }),
    },
    lines,
  }));
  await insertPayouts(rows.map(({ row }) => row));
  await insertAll(
    payoutLines,
    rows.flatMap(({ row, lines }) =>
      lines.map(({ videoExternalId, minor }) => ({
        creatorId,
        payoutId: row.id,
        videoId: videoOf(videoExternalId).id,
        minor,
      })),
    ),
  );
}

function bodyOf(old: ExistingRows["payouts"][number]) {
  const { format, stream, state, from, to, minor, currency, note, sourceKey, id } = old;
  return {
    format,
    stream,
    state,
    fromDay: from,
    toDay: to,
    minor,
    currency: currency as string,
    note,
    sourceKey,
    replaces: id,
  };
}

function pick<T extends { id: string }>(rows: readonly T[], ids: readonly string[]): T[] {
  const wanted = new Set(ids);
  return rows.filter((row) => wanted.has(row.id));
}
