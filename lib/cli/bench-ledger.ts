/**
 * What the download of everything costs, as the page sends it (without HTTP around it): 250,000 entries as a ledger file,
 * behind the walls, in order, with no formula in it, against COPY of the same columns of the same rows, joined the same,
 * past the walls and as they come. In turn, in one process.
 */
import { randomUUID } from "node:crypto";
import { setImmediate as turn } from "node:timers/promises";
import postgres from "postgres";
import * as channels from "../../db/channels";
import * as creators from "../../db/creators";
import { personViewer, type Viewer } from "../model/access";
import { currencyOf } from "../model/money";
import { ledgerFile } from "../server/ledger-file";
import { postgresArguments } from "./urls.mjs";

/** `share` of the speed of COPY; the first row within this share of the whole time; megabytes over idle. */
const BARS = { share: 0.45, first: 0.5, megabytes: 60 };
const ROUNDS = 5;
const SIZE = { video: 2_000, traffic: 120_000, reading: 40_000, payout: 68_000, share: 20_000 };

export interface LedgerBench {
  figures: Record<string, number>;
  missed: string[];
}

/** `superUrl` passes the walls. */
export async function benchLedger(superUrl: string): Promise<LedgerBench> {
  const sql = postgres(...postgresArguments(superUrl, { max: 1, onnotice() {} }));
  const found = { own: [] as Reading[], bare: [] as Reading[] };
  const missed: string[] = [];
  let peak = 0;
  try {
    const { viewer, creatorId } = await fillLedger(sql);
    // The first of everything is slower; it counts for nobody.
    for (let round = -1; round < ROUNDS; round++) {
      const bare = await bareCopy(sql, creatorId);
      const idle = await settledMemory();
      const watch = setInterval(() => {
        peak = Math.max(peak, process.memoryUsage.rss() - idle);
      }, 20);
      const own = await download(viewer, creatorId);
      clearInterval(watch);
      // Fast and wrong would be no use; the file has a header.
      if (own.rows - 1 !== bare.rows)
        missed.push(`the file has ${own.rows - 1} rows, the ledger ${bare.rows}`);
      if (round < 0) continue;
      found.own.push(own);
      found.bare.push(bare);
    }
  } finally {
    await sql.end({ timeout: 5 });
  }
  const [own, bare] = [medianOf(found.own), medianOf(found.bare)];
  const figures = {
    ledgerEntries: bare.rows,
    ledgerMegabytes: round(own.bytes / 1_000_000),
    ledgerMs: Math.round(own.ms),
    copyMs: Math.round(bare.ms),
    ledgerShare: round(bare.ms / own.ms),
    firstRowMs: Math.round(own.firstMs),
    ledgerMegabytesOverIdle: Math.round(peak / 1_000_000),
  };
  return {
    figures,
    missed: [
      ...new Set(missed),
      ...(figures.ledgerShare < BARS.share
        ? [`the download of everything runs at ${figures.ledgerShare} of COPY (${BARS.share} needed)`]
        : []),
      ...(own.firstMs > BARS.first * own.ms
        ? [`its first row comes after ${figures.firstRowMs} of ${figures.ledgerMs} ms`]
        : []),
      ...(figures.ledgerMegabytesOverIdle > BARS.megabytes
        ? [`it takes ${figures.ledgerMegabytesOverIdle} MB (${BARS.megabytes} allowed)`]
        : []),
    ],
  };
}

interface Reading {
  ms: number;
  /** until the first row was here */
  firstMs: number;
  bytes: number;
  rows: number;
}

async function download(viewer: Viewer, creatorId: string): Promise<Reading> {
  const pieces = ledgerFile(viewer, creatorId) as AsyncIterable<Uint8Array> & ReadableStream<Uint8Array>;
  return read(pieces, 1);
}

/** What is read, to its end; nothing is kept. `heads` pieces come before the first row. */
async function read(pieces: AsyncIterable<Uint8Array>, heads: number): Promise<Reading> {
  const begun = performance.now();
  const reading = { ms: 0, firstMs: 0, bytes: 0, rows: 0 };
  let count = 0;
  for await (const piece of pieces) {
    if (count++ === heads) reading.firstMs = performance.now() - begun;
    reading.bytes += piece.length;
    for (let at = piece.indexOf(10); at >= 0; at = piece.indexOf(10, at + 1)) reading.rows++;
  }
  return { ...reading, ms: performance.now() - begun };
}

async function bareCopy(sql: postgres.Sql, creatorId: string): Promise<Reading> {
  const is = `creator_id = '${creatorId}'`;
  const channel = "c.name, c.platform";
  const parts = [
    `select 'video', ${channel}, v.format, v.external_id, v.url, v.title, v.published_on, v.duration_seconds, ${nulls(11)}, v.external_id, ${nulls(11)}
      from videos v join channels c on c.creator_id = v.creator_id and c.id = v.channel_id where v.${is}`,
    `select 'traffic', ${channel}, t.format, v.external_id, ${nulls(4)}, t.from_day, t.to_day, ${nulls(9)}, t.source_key, null, t.views, t.qualified_views,
      t.engaged_views, t.ad_impressions, t.watch_seconds, t.likes, t.comments, t.shares, ${nulls(2)}
      from traffic t join channels c on c.creator_id = t.creator_id and c.id = t.channel_id
      left join videos v on v.creator_id = t.creator_id and v.id = t.video_id
      where t.${is} and not exists (select from traffic l where l.creator_id = t.creator_id and l.replaces = t.id)`,
    `select 'reading', ${channel}, null, v.external_id, ${nulls(4)}, r.day, r.day, ${nulls(9)}, r.id, null, r.views, ${nulls(4)}, r.likes, r.comments, r.shares,
      r.followers, null from readings r join channels c on c.creator_id = r.creator_id and c.id = r.channel_id
      left join videos v on v.creator_id = r.creator_id and v.id = r.video_id
      where r.${is} and not exists (select from readings l where l.creator_id = r.creator_id and l.replaces = r.id)`,
    `select 'payout', ${channel}, p.format, ${nulls(5)}, p.from_day, p.to_day, p.stream, p.kind, p.state, p.minor, p.currency, p.estimated_minor, p.settled_on,
      p.makings, p.note, p.source_key, p.about, ${nulls(10)} from payouts p left join channels c on c.creator_id = p.creator_id and c.id = p.channel_id
      where p.${is} and not exists (select from payouts l where l.creator_id = p.creator_id and l.replaces = p.id)`,
    `select 'share', ${nulls(3)}, v.external_id, ${nulls(9)}, n.minor, p.currency, ${nulls(4)}, p.source_key, ${nulls(11)}
      from payouts p join payout_lines n on n.creator_id = p.creator_id and n.payout_id = p.id
      join videos v on v.creator_id = n.creator_id and v.id = n.video_id
      where p.${is} and not exists (select from payouts l where l.creator_id = p.creator_id and l.replaces = p.id)`,
  ];
  async function* pieces(): AsyncGenerator<Uint8Array> {
    for (const part of parts) {
      const rows = await sql.unsafe(`copy (${part}) to stdout with (format csv)`).readable();
      yield* rows;
      // As in db/connection.ts.
      rows._read(0);
    }
  }
  return read(pieces(), 0);
}

const nulls = (count: number) => Array.from({ length: count }, () => "null").join(", ");

/** A person with one creator and what years of daily tables by video come to. */
async function fillLedger(sql: postgres.Sql): Promise<{ viewer: Viewer; creatorId: string }> {
  const [userId, creatorId, channelId] = [randomUUID(), randomUUID(), randomUUID()];
  await sql`insert into users (id, email, name, password_hash) values (${userId}, ${`${userId}@bench.invalid`}, 'Bench', 'none')`;
  const viewer = personViewer(userId);
  const creator = { id: creatorId, name: "Bench", currency: currencyOf("USD"), timeZone: "UTC" };
  await creators.create(viewer, creator);
  const channel = { id: channelId, platform: "youtube", name: "Kitchen", handle: "", niche: "food" } as const;
  await channels.record(viewer, creatorId, channel);
  await sql.begin(async (tx) => {
    // Only read below: what the triggers would add up, nobody asks for.
    await tx`set local session_replication_role = replica`;
    await tx`
      insert into videos (creator_id, id, channel_id, external_id, url, title, format, published_on, duration_seconds, body_hash)
      select ${creatorId}, gen_random_uuid(), ${channelId}, 'video' || lpad(n::text, 6, '0'), 'https://video.invalid/' || n,
        'Video ' || n || ': five eggs, one "pan"', 'long', date '2021-01-01' + n % 1800, 60 + n % 900, '\\x00'
      from generate_series(1, ${SIZE.video}::int) n`;
    await tx`create temporary table nth on commit drop as select id, row_number() over (order by external_id) - 1 as n from videos where creator_id = ${creatorId}`;
    await tx`
      insert into traffic (creator_id, id, channel_id, video_id, format, from_day, to_day, views, watch_seconds, likes, comments, origin, source_key, recorded_by, body_hash)
      select ${creatorId}, gen_random_uuid(), ${channelId}, v.id, 'long', d, d, 100 + i % 9000, i % 90000, i % 300, i % 40, 'import',
        'yt:day/' || ${channelId} || '/' || i, ${userId}, '\\x00'
      from generate_series(1, ${SIZE.traffic}::int) g(i) join nth v on v.n = i % ${SIZE.video} cross join lateral (select date '2021-01-01' + i / ${SIZE.video} as d) on_day`;
    await tx`
      insert into readings (creator_id, id, channel_id, video_id, day, views, likes, comments, recorded_by, body_hash)
      select ${creatorId}, gen_random_uuid(), ${channelId}, v.id, date '2021-01-01' + i / ${SIZE.video}, 1000 + i, i % 300, i % 40, ${userId}, '\\x00'
      from generate_series(1, ${SIZE.reading}::int) g(i) join nth v on v.n = i % ${SIZE.video}`;
    await tx`
      insert into payouts (creator_id, id, chain_id, channel_id, format, stream, kind, state, from_day, to_day, minor, currency, note, source_key, recorded_by, body_hash)
      select ${creatorId}, id, id, ${channelId}, 'long', 'ads', 'earning', 'final', d, d, 1 + n % 90000, 'USD', case when n % 5 = 0 then 'late, see mail ' || n else '' end,
        'yt:pay/' || ${channelId} || '/' || n, ${userId}, '\\x00'
      from (select gen_random_uuid() as id, n, date '2021-01-01' + n % 1800 as d from generate_series(1, ${SIZE.payout}::int) n) made`;
    await tx`
      insert into payout_lines (creator_id, payout_id, video_id, minor)
      select ${creatorId}, p.id, v.id, p.minor from (
        select id, minor, row_number() over (order by id) as n from payouts where creator_id = ${creatorId} limit ${SIZE.share}
      ) p join nth v on v.n = p.n % ${SIZE.video}`;
  });
  await sql.unsafe("vacuum analyze");
  return { viewer, creatorId };
}

async function settledMemory(): Promise<number> {
  (globalThis as { gc?: () => void }).gc?.();
  await turn();
  return process.memoryUsage.rss();
}

function medianOf(readings: readonly Reading[]): Reading {
  const sorted = [...readings].sort((a, b) => a.ms - b.ms);
  return sorted[sorted.length >> 1] ?? { ms: Number.NaN, firstMs: Number.NaN, bytes: 0, rows: 0 };
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
