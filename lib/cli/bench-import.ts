/**
 * What it costs to bring a file: one payout a row, uploaded, looked at and imported as the page does it (without HTTP
 * in between), against the same rows by COPY straight into the same table, with its indexes and triggers and past the
 * walls. In turn, each time for a creator of its own; then the same file again, of which nothing is new.
 */
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { createReadStream, createWriteStream, statSync } from "node:fs";
import path from "node:path";
import { Readable } from "node:stream";
import { finished, pipeline } from "node:stream/promises";
import { setTimeout as pause } from "node:timers/promises";
import postgres from "postgres";
import * as accounts from "../../db/auth";
import * as channels from "../../db/channels";
import { authTransaction, conn } from "../../db/client";
import * as creators from "../../db/creators";
import * as imports from "../../db/imports";
import { users } from "../../db/schema";
import { readFile } from "../import/run";
import type { Preview } from "../import-preview";
import { personViewer, type Viewer } from "../model/access";
import { LEDGER_COLUMNS, type LedgerColumn } from "../model/ledger-columns";
import { currencyOf } from "../model/money";
import { addDays, type Day, dayOf } from "../model/month";
import { receive } from "../server/import-upload";
import { discard, importNow, look, stateOf } from "../server/import-work";
import { isAtWork, type Upload } from "../upload";
import { postgresArguments } from "./urls.mjs";

const BARS = { share: 0.4, again: 1, megabytes: 300 };
const ROUNDS = 3;
const DEADLINE_MS = 1_800_000;
const POLL_MS = 100;
const FIRST = dayOf("2023-01-01");
const DAYS = 1_000;

export interface ImportBench {
  figures: Record<string, number>;
  missed: string[];
}

/** `folder` takes the files; `superUrl` passes the walls. */
export async function benchImport(
  superUrl: string,
  folder: string,
  today: Day,
  rows: number,
): Promise<ImportBench> {
  const sql = postgres(...postgresArguments(superUrl, { max: 1, onnotice() {} }));
  const rounds = rows > 200_000 ? 1 : ROUNDS;
  const times = {
    copy: [] as number[],
    bring: [] as number[],
    again: [] as number[],
    few: [] as number[],
    undo: [] as number[],
  };
  const file = path.join(folder, "orders.csv");
  await writeRows(file, rows, csvRow, `${CSV_HEADER}\n`);
  let peak = 0;
  try {
    // The first of everything is slower; it counts for nobody.
    const few = await smallFile(folder);
    await bring(await makeBench(), few);
    for (let round = 0; round < rounds; round++) {
      const raw = await makeBench();
      const lines = path.join(folder, "raw.copy");
      await writeRows(lines, rows, (index) => copyRow(raw, index));
      times.copy.push(await timed(() => copyIn(sql, raw, lines)));

      const own = await makeBench();
      const idle = await settledMemory();
      const watch = setInterval(() => {
        peak = Math.max(peak, process.memoryUsage.rss() - idle);
      }, 20);
      const id = randomUUID();
      times.bring.push(await timed(() => bring(own, file, id)));
      clearInterval(watch);
      times.again.push(await timed(() => lookAgain(own, file)));
      const given = await stagedOf(own.channelId, folder, few, today);
      times.few.push(await timed(() => imports.plan(own.viewer, own.creatorId, given)));
      times.undo.push(await timed(() => imports.undo(own.viewer, own.creatorId, id)));
    }
  } finally {
    await sql.end({ timeout: 5 });
  }
  const [copy, brought, again] = [median(times.copy), median(times.bring), median(times.again)];
  const perSecond = (ms: number) => Math.round((rows / ms) * 1000);
  const figures = {
    rows,
    copyRowsPerSecond: perSecond(copy),
    importRowsPerSecond: perSecond(brought),
    share: round(copy / brought),
    againRowsPerSecond: perSecond(again),
    againShare: round(copy / again),
    undoRowsPerSecond: perSecond(median(times.undo)),
    previewOf1000RowsMs: Math.round(median(times.few)),
    megabytesOverIdle: Math.round(peak / 1_000_000),
  };
  return {
    figures,
    missed: [
      ...(figures.share < BARS.share
        ? [`an import runs at ${figures.share} of COPY (${BARS.share} needed)`]
        : []),
      ...(figures.againShare < BARS.again
        ? [`the same file again runs at ${figures.againShare} of COPY (${BARS.again} needed)`]
        : []),
      ...(figures.megabytesOverIdle > BARS.megabytes
        ? [`an import takes ${figures.megabytesOverIdle} MB (${BARS.megabytes} allowed)`]
        : []),
    ],
  };
}

interface Bench {
  viewer: Viewer;
  userId: string;
  creatorId: string;
  channelId: string;
}

async function makeBench(): Promise<Bench> {
  const [userId, sessionId, creatorId, channelId] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()];
  await authTransaction(() =>
    conn()
      .insert(users)
      .values({ id: userId, email: `${userId}@bench.invalid`, name: "Bench", passwordHash: "none" }),
  );
  const expiresAt = new Date(Date.now() + 86_400_000);
  await accounts.openSession({ id: sessionId, userId, userAgent: "bench", expiresAt });
  const viewer = personViewer(userId);
  await creators.create(viewer, {
    id: creatorId,
    name: "Bench",
    currency: currencyOf("USD"),
    timeZone: "UTC",
  });
  const channel = { id: channelId, platform: "tiktok", name: "Shop", handle: "", niche: "other" } as const;
  await channels.record(viewer, creatorId, channel);
  return { viewer, userId, creatorId, channelId };
}

/** The whole way of a file, from its first byte to its commit. */
async function bring(to: Bench, file: string, id: string = randomUUID()): Promise<void> {
  const { viewer, creatorId } = to;
  const preview = await upload(to, file, id);
  if (preview?.kind !== "read" || preview.hash === null) throw new Error("The bench's own file is not read.");
  await importNow(viewer, creatorId, id, { hash: preview.hash, channelName: "", locale: "en-US" });
  if ((await settled(to, id)).state !== "imported") throw new Error("The bench's own file is not imported.");
}

/** The same file once more: nothing of it is new, so there is nothing to import. */
async function lookAgain(to: Bench, file: string): Promise<void> {
  const id = randomUUID();
  const preview = await upload(to, file, id);
  if (preview?.kind !== "read" || preview.writes !== null)
    throw new Error("The same file again is not the same.");
  await discard(to.viewer, to.creatorId, id);
}

async function upload(to: Bench, file: string, id: string): Promise<Preview | null> {
  const { viewer, creatorId, channelId } = to;
  const bytes = statSync(file).size;
  const body = Readable.toWeb(createReadStream(file)) as ReadableStream<Uint8Array>;
  await receive(viewer, creatorId, { id, fileName: "orders.csv", bytes, sha256: null }, body);
  await look(viewer, creatorId, id, { channel: { id: channelId, newOn: null } }, "en-US");
  return (await settled(to, id)).preview;
}

async function settled({ viewer, creatorId }: Bench, id: string): Promise<Upload> {
  for (;;) {
    const now = await stateOf(viewer, creatorId, id);
    if (!isAtWork(now)) return now;
    await pause(POLL_MS);
  }
}

async function stagedOf(channelId: string, folder: string, file: string, today: Day): Promise<imports.Bring> {
  const staged = path.join(folder, randomUUID());
  const options = { channelKey: channelId, platform: "tiktok", today } as const;
  const outcome = await readFile({ path: file, name: "orders.csv" }, options, staged, {
    deadlineMs: DEADLINE_MS,
  });
  if (outcome.kind !== "read" || outcome.problems.length > 0)
    throw new Error(`The bench's own file is not read: ${JSON.stringify(outcome).slice(0, 500)}`);
  return {
    ...{ channelId, platform: "tiktok", fileSha256: "0".repeat(64), staged, choices: {} },
    ...{ period: outcome.staged.period, deadlineMs: DEADLINE_MS },
  };
}

async function copyIn(sql: postgres.Sql, { userId }: Bench, lines: string): Promise<void> {
  await sql.begin(async (transaction) => {
    await transaction`select set_config('app.user_id', ${userId}, true)`;
    const target = await transaction.unsafe(`copy payouts (${COPY_COLUMNS}) from stdin`).writable();
    await pipeline(createReadStream(lines, { highWaterMark: 256 * 1024 }), target);
  });
}

// ---------------------------------------------------------------- the rows

const CSV_HEADER = Object.values(LEDGER_COLUMNS).join(",");
const COPY_COLUMNS =
  "creator_id, id, chain_id, channel_id, format, stream, kind, state, from_day, to_day, minor, currency, note, source_key, recorded_by, body_hash";

function orderOf(index: number) {
  return {
    day: addDays(FIRST, index % DAYS),
    cents: 100 + ((index * 7_919) % 9_000),
    key: `order/${1_000_000 + index}`,
  };
}

function csvRow(index: number): string {
  const { day, cents, key } = orderOf(index);
  const cells: Partial<Record<LedgerColumn, string>> = {
    ...{
      entry: "payout",
      channel: "Shop",
      platform: "tiktok",
      from: day,
      to: day,
      stream: "shop",
      kind: "earning",
    },
    ...{ state: "final", amount: `${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, "0")}` },
    ...{ currency: "USD", reference: key },
  };
  return Object.keys(LEDGER_COLUMNS)
    .map((name) => cells[name as LedgerColumn] ?? "")
    .join(",");
}

function copyRow({ creatorId, channelId, userId }: Bench, index: number): string {
  const { day, cents, key } = orderOf(index);
  const id = randomUUID();
  const hash = `\\\\x${id.replaceAll("-", "").repeat(2)}`;
  return [
    creatorId,
    id,
    id,
    channelId,
    "all",
    "shop",
    "earning",
    "final",
    day,
    day,
    cents,
    "USD",
    "",
    key,
    userId,
    hash,
  ].join("\t");
}

async function smallFile(folder: string): Promise<string> {
  const file = path.join(folder, "few.csv");
  await writeRows(file, 1_000, csvRow, `${CSV_HEADER}\n`);
  return file;
}

/** In pieces, so that a million rows are never held. */
async function writeRows(
  file: string,
  rows: number,
  row: (index: number) => string,
  before = "",
): Promise<void> {
  const out = createWriteStream(file);
  out.write(before);
  for (let index = 0; index < rows; ) {
    const lines: string[] = [];
    for (const end = Math.min(rows, index + 5_000); index < end; index++) lines.push(`${row(index)}\n`);
    if (!out.write(lines.join(""))) await once(out, "drain");
  }
  out.end();
  await finished(out);
}

// ---------------------------------------------------------------- measuring

async function timed(work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await work();
  return performance.now() - begun;
}

/** What the process holds when it has nothing to do. */
async function settledMemory(): Promise<number> {
  globalThis.gc?.();
  await new Promise((resolve) => setTimeout(resolve, 500));
  return process.memoryUsage.rss();
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
