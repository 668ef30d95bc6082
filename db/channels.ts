/** A creator's presence on the platforms, and where its audience sits. */
import { and, asc, desc, eq, sql } from "drizzle-orm";
import { AppError, notFound, stale } from "../lib/errors";
import type { Viewer } from "../lib/model/access";
import type { Day, Month } from "../lib/model/month";
import { isMonth } from "../lib/model/month";
import { type Niche, type Platform, REGIONS, type Region } from "../lib/model/words";
import { note as audit } from "./audit";
import { insertNew } from "./bulk";
import { conn, transaction } from "./client";
import { bodyHash, sameBody } from "./once";
import { audience, channels } from "./schema";
import { demand, scope } from "./scope";

export interface Channel {
  id: string;
  platform: Platform;
  name: string;
  handle: string;
  niche: Niche;
  archivedAt: Date | null;
  version: number;
  /** of the newest reading that names them; null = never read */
  followers: number | null;
  followersOn: Day | null;
}

export interface NewChannel {
  /** made by the browser before the first submit */
  id: string;
  platform: Platform;
  name: string;
  handle: string;
  niche: Niche;
}

/** Where an audience sits: parts per million by region. What is missing to 1,000,000 is unknown. */
export type AudienceShares = Partial<Record<Region, number>>;

export interface Audience {
  id: string;
  month: Month;
  shares: AudienceShares;
  recordedBy: string;
  recordedAt: Date;
}

const WHOLE_PPM = 1_000_000;

/** All channels, archived ones last, by name. */
export function list(viewer: Viewer, creatorId: string): Promise<Channel[]> {
  return transaction(viewer, () => select(viewer, creatorId));
}

/** Throws not_found. */
export function get(viewer: Viewer, creatorId: string, id: string): Promise<Channel> {
  return transaction(viewer, async () => {
    const [channel] = await select(viewer, creatorId, id);
    if (!channel) throw notFound("channel");
    return channel;
  });
}

/** Adds a channel. Errors: conflict when the id is there with other values. */
export function record(viewer: Viewer, creatorId: string, input: NewChannel): Promise<{ id: string }> {
  return transaction(viewer, async () => {
    await demand(viewer, creatorId, "write");
    const { id, platform, name, handle, niche } = input;
    const hash = bodyHash({ platform, name, handle, niche });
    const isNew = await insertNew(channels, [
      { creatorId, id, platform, name, handle, niche, bodyHash: hash },
    ]);
    if (!isNew.has(id)) {
      const [there] = await conn()
        .select({ bodyHash: channels.bodyHash })
        .from(channels)
        .where(
          and(scope(viewer, channels.creatorId), eq(channels.creatorId, creatorId), eq(channels.id, id)),
        );
      if (!there) throw notFound("channel");
      sameBody(there.bodyHash, hash);
    }
    return { id };
  });
}

/** Changes a channel; its platform stays. A stale version gets the current values back (conflict). */
export function update(
  viewer: Viewer,
  creatorId: string,
  input: { id: string; version: number; name: string; handle: string; niche: Niche; isArchived: boolean },
): Promise<Channel> {
  return transaction(viewer, async () => {
    await demand(viewer, creatorId, "write");
    const { id, version, name, handle, niche, isArchived } = input;
    const { count } = await conn()
      .update(channels)
      .set({
        name,
        handle,
        niche,
        archivedAt: isArchived ? sql`coalesce(${channels.archivedAt}, now())` : null,
        version: version + 1,
      })
      .where(
        and(
          scope(viewer, channels.creatorId, "write"),
          eq(channels.creatorId, creatorId),
          eq(channels.id, id),
          eq(channels.version, version),
        ),
      );
    const [channel] = await select(viewer, creatorId, id);
    if (!channel) throw notFound("channel");
    if (count > 0) {
      await audit(creatorId, "channel.updated", id, { name, handle, niche, isArchived });
      return channel;
    }
    // The same edit sent twice is no conflict.
    const isRepeat =
      channel.version === version + 1 &&
      channel.name === name &&
      channel.handle === handle &&
      channel.niche === niche &&
      (channel.archivedAt !== null) === isArchived;
    if (!isRepeat) throw stale("channel", channel);
    return channel;
  });
}

/**
 * Records where the channel's audience sat in a month; the newest record of a month counts.
 * Errors: invalid when a share is no whole number from 0, or when they add up to more than 1,000,000 ppm.
 */
export function recordAudience(
  viewer: Viewer,
  creatorId: string,
  input: { id: string; channelId: string; month: string; shares: AudienceShares },
): Promise<{ id: string }> {
  return transaction(viewer, async () => {
    await demand(viewer, creatorId, "write");
    const { id, channelId, month } = input;
    const shares = checkedShares(input.shares);
    if (!isMonth(month))
      throw new AppError("invalid", `"${month}" is not a month; write it as 2026-01.`, {
        month: "Write the month as 2026-01.",
      });
    const hash = bodyHash({ channelId, month, shares });
    const isNew = await insertNew(audience, [
      { creatorId, id, channelId, month, shares, recordedBy: id, bodyHash: hash },
    ]);
    if (!isNew.has(id)) {
      const [there] = await conn()
        .select({ bodyHash: audience.bodyHash })
        .from(audience)
        .where(
          and(scope(viewer, audience.creatorId), eq(audience.creatorId, creatorId), eq(audience.id, id)),
        );
      if (!there) throw notFound("audience");
      sameBody(there.bodyHash, hash);
    }
    return { id };
  });
}

/** The audience that counts for each month, newest month first. */
export function listAudience(viewer: Viewer, creatorId: string, channelId: string): Promise<Audience[]> {
  return transaction(viewer, async () => {
    const rows = await conn()
      .selectDistinctOn([audience.month], {
        id: audience.id,
        month: audience.month,
        shares: audience.shares,
        recordedBy: audience.recordedBy,
        recordedAt: audience.recordedAt,
      })
      .from(audience)
      .where(
        and(
          scope(viewer, audience.creatorId),
          eq(audience.creatorId, creatorId),
          eq(audience.channelId, channelId),
        ),
      )
      .orderBy(desc(audience.month), desc(audience.recordedAt), desc(audience.id));
    // An undone import leaves a month without shares where it had found none.
    return rows
      .filter(({ shares }) => Object.keys(shares).length > 0)
      .map((row) => ({ ...row, month: row.month as Month, shares: row.shares as AudienceShares }));
  });
}

function checkedShares(shares: AudienceShares): AudienceShares {
  const fields: Record<string, string> = {};
  let sum = 0;
  for (const [region, share] of Object.entries(shares)) {
    if (!(REGIONS as readonly string[]).includes(region)) fields[region] = "This region is not known.";
    else if (!Number.isInteger(share) || share < 0 || share > WHOLE_PPM)
      fields[region] = "Write a share from 0 to 100 %.";
    else sum += share;
  }
  if (Object.keys(fields).length > 0)
    throw new AppError("invalid", "Please look at the marked fields.", fields);
  if (sum > WHOLE_PPM) {
    throw new AppError(
      "invalid",
      `The shares add up to ${sum / 10_000} %. Lower them to 100 % or less; what is missing counts as unknown.`,
    );
  }
  return shares;
}

function select(viewer: Viewer, creatorId: string, id?: string): Promise<Channel[]> {
  // The newest day on which followers were read, of the readings that count.
  const newest = (column: string) => sql`(
    select ${sql.raw(`r.${column}`)} from readings r
    where r.creator_id = ${channels.creatorId} and r.channel_id = ${channels.id} and r.video_id is null
      and r.followers is not null and not r.is_void
      and not exists (select from readings l where l.creator_id = r.creator_id and l.replaces = r.id)
    order by r.day desc limit 1)`;
  return conn()
    .select({
      id: channels.id,
      platform: channels.platform,
      name: channels.name,
      handle: channels.handle,
      niche: channels.niche,
      archivedAt: channels.archivedAt,
      version: channels.version,
      followers: sql<number | null>`${newest("followers")}`.mapWith(Number),
      followersOn: sql<Day | null>`${newest("day")}`,
    })
    .from(channels)
    .where(
      and(
        scope(viewer, channels.creatorId),
        eq(channels.creatorId, creatorId),
        id === undefined ? undefined : eq(channels.id, id),
      ),
    )
    .orderBy(sql`${channels.archivedAt} is not null`, asc(channels.name), asc(channels.id));
}
