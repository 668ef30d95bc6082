/** Published pieces. Editable; what they earned and how they were seen stands in the ledger and in traffic. */
import {
  and,
  asc,
  count,
  desc,
  eq,
  ilike,
  inArray,
  isNotNull,
  isNull,
  lte,
  ne,
  or,
  type SQL,
  sql,
} from "drizzle-orm";
import { AppError, notFound, stale } from "../lib/errors";
import type { Viewer } from "../lib/model/access";
import type { Currency } from "../lib/model/money";
import type { Day } from "../lib/model/month";
import type { EntryKind, Format, Niche, PayoutState, Platform, Stream } from "../lib/model/words";
import { note as audit } from "./audit";
import { insertNew } from "./bulk";
import { conn, read, transaction } from "./client";
import { like } from "./like";
import { bodyHash, sameBody } from "./once";
import { channels, creators, payoutLines, payouts, videos } from "./schema";
import { demand, scope, staysInSight, streamScope } from "./scope";

export interface VideoBody {
  externalId: string | null;
  url: string;
  title: string;
  /** in the creator's zone; null = unknown */
  publishedOn: string | null;
  format: Format;
  /** null = the channel's */
  niche: Niche | null;
  durationSeconds: number | null;
}

export interface NewVideo extends VideoBody {
  /** made by the browser before the first submit */
  id: string;
  channelId: string;
  importId?: string | null;
}

export interface Video extends VideoBody {
  id: string;
  channelId: string;
  channelName: string;
  platform: Platform;
  publishedOn: Day | null;
  version: number;
  /** the sum of its traffic that counts; null when there is none, or when a part of it is unknown */
  views: number | null;
  /** its lines of the payouts that count, by currency; empty without any, or without the right to see amounts */
  income: { minor: bigint; currency: Currency }[];
}

export interface VideoFilter {
  search?: string;
  channelId?: string;
  format?: Format;
  /** of publication */
  month?: string;
}

/** `income` compares within the currency that most lines are in: currencies never add. */
export type VideoSort = "published" | "title" | "views" | "income";

/** The videos that are not removed, a page at a time; what is unknown comes last either way. */
export function list(
  viewer: Viewer,
  creatorId: string,
  options: {
    filter?: VideoFilter;
    sort?: VideoSort;
    descending?: boolean;
    page?: number;
    size?: number;
  } = {},
): Promise<{ rows: Video[]; total: number }> {
  const { filter = {}, sort = "published", descending = true, page = 1, size = 50 } = options;
  return transaction(viewer, async () => {
    const where = and(present(viewer, creatorId), ...conditionsOf(filter));
    const direction = descending ? sql`desc nulls last` : sql`asc nulls last`;
    const [rows, [counted]] = await Promise.all([
      select(viewer, creatorId)
        .where(where)
        .orderBy(
          sql`${SORT[sort](viewer, creatorId)} ${direction}`,
          descending ? desc(videos.id) : asc(videos.id),
        )
        .limit(size)
        .offset((page - 1) * size),
      conn().select({ total: count() }).from(videos).where(where),
    ]);
    return { rows: rows.map(toVideo), total: counted?.total ?? 0 };
  });
}

/**
 * What the newest `size` videos of each channel drew, newest first: those published up to today. Views are null
 * when no traffic of the video counts, or a part of it is unknown.
 */
export function listRecentViews(
  viewer: Viewer,
  creatorId: string,
  size: number,
): Promise<{ channelId: string; views: number | null }[]> {
  return read(viewer, async () => {
    const newest = conn()
      .select({
        id: videos.id,
        place:
          sql<number>`row_number() over (partition by ${videos.channelId} order by ${videos.publishedOn} desc, ${videos.id} desc)`.as(
            "place",
          ),
      })
      .from(videos)
      .innerJoin(creators, eq(creators.id, videos.creatorId))
      .where(
        and(
          present(viewer, creatorId),
          sql`${videos.publishedOn} <= (now() at time zone ${creators.timeZone})::date`,
        ),
      )
      .as("newest");
    const rows = await conn()
      .select({ channelId: videos.channelId, views: sql<string | null>`${views}` })
      .from(newest)
      .innerJoin(videos, and(eq(videos.creatorId, creatorId), eq(videos.id, newest.id)))
      .where(and(scope(viewer, videos.creatorId), lte(newest.place, size)))
      .orderBy(asc(videos.channelId), asc(newest.place));
    return rows.map(({ channelId, views: drawn }) => ({
      channelId,
      views: drawn === null ? null : Number(drawn),
    }));
  });
}

/** Throws not_found, for a removed one too. */
export function get(viewer: Viewer, creatorId: string, id: string): Promise<Video> {
  return transaction(viewer, async () => {
    const video = await find(viewer, creatorId, id);
    if (!video) throw notFound("video");
    return video;
  });
}

/** Adds a video; see `recordAll`. */
export async function record(viewer: Viewer, creatorId: string, input: NewVideo): Promise<{ id: string }> {
  await recordAll(viewer, creatorId, [input]);
  return { id: input.id };
}

/**
 * Adds videos in one transaction; an id that is there with the same values is left as it is.
 * Errors: conflict when an id has other values, or when the channel has a video of that external id (the
 * error carries it); not_found for a channel of somebody else.
 */
export function recordAll(viewer: Viewer, creatorId: string, inputs: readonly NewVideo[]): Promise<void> {
  return transaction(viewer, async () => {
    await demand(viewer, creatorId, "write");
    const isNew = await insertNew(
      videos,
      inputs.map((input) => ({
        creatorId,
        id: input.id,
        channelId: input.channelId,
        externalId: input.externalId,
        url: input.url,
        title: input.title,
        publishedOn: input.publishedOn,
        format: input.format,
        niche: input.niche,
        durationSeconds: input.durationSeconds,
        importId: input.importId ?? null,
        bodyHash: hashOf(input),
      })),
    );
    await answerRepeats(
      viewer,
      creatorId,
      inputs.filter((input) => !isNew.has(input.id)),
    );
  });
}

/**
 * Changes a video; its channel stays. Its traffic follows it into another format: each entry is replaced by
 * one of the new format. A stale version gets the current values back (conflict).
 */
export function update(
  viewer: Viewer,
  creatorId: string,
  input: VideoBody & { id: string; version: number },
): Promise<Video> {
  return transaction(viewer, async () => {
    await demand(viewer, creatorId, "write");
    const { id, version, externalId, url, title, publishedOn, format, niche, durationSeconds } = input;
    const body = { externalId, url, title, publishedOn, format, niche, durationSeconds };
    const before = await find(viewer, creatorId, id);
    if (!before) throw notFound("video");
    const { count } = await conn()
      .update(videos)
      .set({ ...body, version: version + 1 })
      .where(
        and(
          scope(viewer, videos.creatorId, "write"),
          eq(videos.creatorId, creatorId),
          eq(videos.id, id),
          eq(videos.version, version),
          isNull(videos.removedAt),
        ),
      );
    if (count > 0) {
      if (format !== before.format) await moveTraffic(creatorId, id, format);
      await audit(creatorId, "video.updated", id, body);
    }
    const video = await find(viewer, creatorId, id);
    if (!video) throw notFound("video");
    if (count === 0 && !isRepeat(video, input)) throw stale("video", video);
    return video;
  });
}

/** Hides a video from lists; what it earned and how it was seen stays. A stale version gets the current values. */
export function remove(
  viewer: Viewer,
  creatorId: string,
  input: { id: string; version: number },
): Promise<void> {
  return transaction(viewer, async () => {
    await demand(viewer, creatorId, "write");
    const { count } = await conn()
      .update(videos)
      .set({ removedAt: sql`now()`, version: input.version + 1 })
      .where(
        and(
          scope(viewer, videos.creatorId, "write"),
          eq(videos.creatorId, creatorId),
          eq(videos.id, input.id),
          eq(videos.version, input.version),
          isNull(videos.removedAt),
        ),
      );
    if (count > 0) return audit(creatorId, "video.removed", input.id, {});
    const there = await find(viewer, creatorId, input.id);
    if (there) throw stale("video", there);
    const [gone] = await conn()
      .select({ id: videos.id })
      .from(videos)
      .where(and(scope(viewer, videos.creatorId), eq(videos.creatorId, creatorId), eq(videos.id, input.id)));
    if (!gone) throw notFound("video");
  });
}

/**
 * Takes a removal back. One that is not removed stays as it is.
 * Errors: conflict when another video of the channel has its external id by now; not_found.
 */
export function restore(viewer: Viewer, creatorId: string, input: { id: string }): Promise<void> {
  return transaction(viewer, async () => {
    await demand(viewer, creatorId, "write");
    const { count } = await conn()
      .update(videos)
      .set({ removedAt: null, version: sql`${videos.version} + 1` })
      .where(
        and(
          scope(viewer, videos.creatorId, "write"),
          eq(videos.creatorId, creatorId),
          eq(videos.id, input.id),
          isNotNull(videos.removedAt),
        ),
      );
    if (count > 0) return audit(creatorId, "video.restored", input.id, {});
    if (!(await find(viewer, creatorId, input.id))) throw notFound("video");
  });
}

/** A video's line of a payout that counts. */
export interface VideoIncome {
  payoutId: string;
  chainId: string;
  stream: Stream;
  kind: EntryKind;
  state: PayoutState;
  fromDay: Day;
  toDay: Day;
  minor: bigint;
  currency: Currency;
}

/** What a video earned, line by line, latest period first; empty without the right to see amounts. */
export function listIncome(viewer: Viewer, creatorId: string, videoId: string): Promise<VideoIncome[]> {
  return transaction(viewer, async () => {
    const rows = await conn()
      .select({
        payoutId: payouts.id,
        chainId: payouts.chainId,
        stream: payouts.stream,
        kind: payouts.kind,
        state: payouts.state,
        fromDay: payouts.fromDay,
        toDay: payouts.toDay,
        minor: payoutLines.minor,
        currency: payouts.currency,
      })
      .from(payoutLines)
      .innerJoin(
        payouts,
        and(eq(payouts.creatorId, payoutLines.creatorId), eq(payouts.id, payoutLines.payoutId)),
      )
      .where(
        and(
          streamScope(viewer, payouts),
          eq(payoutLines.creatorId, creatorId),
          eq(payoutLines.videoId, videoId),
          ne(payouts.kind, "void"),
          sql`not exists (select from payouts l where l.creator_id = ${payouts.creatorId} and l.replaces = ${payouts.id})`,
          staysInSight(creatorId, payouts.id),
        ),
      )
      .orderBy(desc(payouts.toDay), desc(payouts.id));
    return rows.map((row) => ({
      ...row,
      fromDay: row.fromDay as Day,
      toDay: row.toDay as Day,
      currency: row.currency as Currency,
    }));
  });
}

// ---------------------------------------------------------------- reading

const views = sql`(
  select case when bool_and(t.views is not null) then sum(t.views)::text end from traffic t
  where t.creator_id = ${videos.creatorId} and t.channel_id = ${videos.channelId} and t.video_id = ${videos.id}
    and not t.is_void
    and not exists (select from traffic l where l.creator_id = t.creator_id and l.replaces = t.id))`;

/** Of the streams that the viewer sees. */
const linesThatCount = (viewer: Viewer, creatorId: string): SQL => sql`
  from payout_lines n join payouts p on p.creator_id = n.creator_id and p.id = n.payout_id
  where ${streamScope(viewer, { creatorId: sql`p.creator_id`, stream: sql`p.stream` })} and p.kind <> 'void'
    and not exists (select from payouts l where l.creator_id = p.creator_id and l.replaces = p.id)
    and ${staysInSight(creatorId, sql`p.id`)}`;

const income = (viewer: Viewer, creatorId: string): SQL => sql`(
  select coalesce(json_agg(json_build_object('minor', s.minor::text, 'currency', s.currency) order by s.currency), '[]')
  from (
    select p.currency, sum(n.minor) as minor ${linesThatCount(viewer, creatorId)}
      and n.creator_id = ${videos.creatorId} and n.video_id = ${videos.id}
    group by p.currency
  ) s)`;

const SORT: Record<VideoSort, (viewer: Viewer, creatorId: string) => SQL> = {
  published: () => sql`${videos.publishedOn}`,
  title: () => sql`lower(${videos.title})`,
  views: () => sql`${views}::bigint`,
  income: (viewer, creatorId) => sql`(
    select sum(n.minor) ${linesThatCount(viewer, creatorId)} and n.creator_id = ${videos.creatorId} and n.video_id = ${videos.id}
      and p.currency = (
        select p.currency ${linesThatCount(viewer, creatorId)} and n.creator_id = ${creatorId}
        group by p.currency order by count(*) desc, p.currency limit 1))`,
};

function select(viewer: Viewer, creatorId: string) {
  return conn()
    .select({
      id: videos.id,
      channelId: videos.channelId,
      channelName: channels.name,
      platform: channels.platform,
      externalId: videos.externalId,
      url: videos.url,
      title: videos.title,
      publishedOn: videos.publishedOn,
      format: videos.format,
      niche: videos.niche,
      durationSeconds: videos.durationSeconds,
      version: videos.version,
      views: sql<number | null>`${views}`.mapWith(Number),
      income: sql<{ minor: string; currency: string }[]>`${income(viewer, creatorId)}`,
    })
    .from(videos)
    .innerJoin(channels, and(eq(channels.creatorId, videos.creatorId), eq(channels.id, videos.channelId)))
    .$dynamic();
}

function toVideo(row: Awaited<ReturnType<typeof select>>[number]): Video {
  return {
    ...row,
    publishedOn: row.publishedOn as Day | null,
    income: row.income.map(({ minor, currency }) => ({
      minor: BigInt(minor),
      currency: currency as Currency,
    })),
  };
}

function present(viewer: Viewer, creatorId: string): SQL | undefined {
  return and(scope(viewer, videos.creatorId), eq(videos.creatorId, creatorId), isNull(videos.removedAt));
}

async function find(viewer: Viewer, creatorId: string, id: string): Promise<Video | null> {
  const [row] = await select(viewer, creatorId).where(and(present(viewer, creatorId), eq(videos.id, id)));
  return row ? toVideo(row) : null;
}

function conditionsOf({ search, channelId, format, month }: VideoFilter): (SQL | undefined)[] {
  return [
    search ? or(ilike(videos.title, like(search)), ilike(videos.externalId, like(search))) : undefined,
    channelId ? eq(videos.channelId, channelId) : undefined,
    format ? eq(videos.format, format) : undefined,
    month
      ? sql`${videos.publishedOn} >= to_date(${month}, 'YYYY-MM') and ${videos.publishedOn} < (to_date(${month}, 'YYYY-MM') + interval '1 month')::date`
      : undefined,
  ];
}

// ---------------------------------------------------------------- writing

function hashOf({ id: _id, ...body }: NewVideo): Buffer {
  return bodyHash(body);
}

async function answerRepeats(viewer: Viewer, creatorId: string, inputs: readonly NewVideo[]): Promise<void> {
  if (inputs.length === 0) return;
  const stored = await conn()
    .select({ id: videos.id, bodyHash: videos.bodyHash })
    .from(videos)
    .where(
      and(
        scope(viewer, videos.creatorId),
        eq(videos.creatorId, creatorId),
        inArray(
          videos.id,
          inputs.map((input) => input.id),
        ),
      ),
    );
  const hashes = new Map(stored.map((row) => [row.id, row.bodyHash]));
  for (const input of inputs) {
    const there = hashes.get(input.id);
    if (there) {
      sameBody(there, hashOf(input));
      continue;
    }
    const [twin] = await select(viewer, creatorId).where(
      and(
        present(viewer, creatorId),
        eq(videos.channelId, input.channelId),
        eq(videos.externalId, input.externalId ?? ""),
        ne(videos.id, input.id),
      ),
    );
    throw new AppError(
      "conflict",
      `“${input.title}”: this channel already has a video with the id ${input.externalId}${
        twin ? ` (“${twin.title}”)` : ""
      }. Change that one, or use another id.`,
      { externalId: "This channel already has a video with this id." },
      twin && toVideo(twin),
    );
  }
}

function isRepeat(video: Video, input: VideoBody & { version: number }): boolean {
  const { externalId, url, title, publishedOn, format, niche, durationSeconds } = video;
  const same =
    externalId === input.externalId &&
    url === input.url &&
    title === input.title &&
    publishedOn === input.publishedOn &&
    format === input.format &&
    niche === input.niche &&
    durationSeconds === input.durationSeconds;
  return same && video.version === input.version + 1;
}

/** Entries are never changed: each that counts is replaced by the same one in the new format. */
async function moveTraffic(creatorId: string, videoId: string, format: Format): Promise<void> {
  await conn().execute(sql`
    insert into traffic (creator_id, id, channel_id, video_id, format, from_day, to_day, views, qualified_views,
      engaged_views, ad_impressions, watch_seconds, likes, comments, shares, origin, source_key, import_id,
      replaces, recorded_by, body_hash)
    select t.creator_id, gen_random_uuid(), t.channel_id, t.video_id, ${format}, t.from_day, t.to_day, t.views,
      t.qualified_views, t.engaged_views, t.ad_impressions, t.watch_seconds, t.likes, t.comments, t.shares,
      t.origin, t.source_key, t.import_id, t.id, t.recorded_by, t.body_hash
    from traffic t join videos v on v.creator_id = t.creator_id and v.id = t.video_id
    where t.creator_id = ${creatorId} and t.channel_id = v.channel_id and t.video_id = ${videoId}
      and t.format <> ${format} and not t.is_void
      and not exists (select from traffic l where l.creator_id = t.creator_id and l.replaces = t.id)`);
}
