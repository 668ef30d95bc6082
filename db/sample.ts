/** The sample studio: opened with one click, marked as a sample, gone with one click. */
import { randomUUID } from "node:crypto";
import { and, eq, sql } from "drizzle-orm";
import { notFound } from "../lib/errors";
import type { Viewer } from "../lib/model/access";
import { type BenchmarkTable, BUILT_IN } from "../lib/model/benchmarks";
import { dayOf } from "../lib/model/month";
import { note as audit } from "./audit";
import { insertAll } from "./bulk";
import { conn, transaction } from "./client";
import { bodyHash } from "./once";
import * as payouts from "./payouts";
import { freezeSample } from "./projections";
import { type StoryPayout, tellStory } from "./sample-story";
import {
  allocations,
  audience,
  channels,
  creators,
  deals,
  events,
  facts,
  goals,
  lives,
  placements,
  rates,
  readings,
  receipts,
  rules,
  traffic,
  videos,
} from "./schema";
import { demand, scope } from "./scope";

const DEADLINE_MS = 30_000;
const TIME_ZONE = "America/New_York";

/** Fills a creator of the viewer's with the sample's two years. Answers its id; the same id again is the same. */
export function open(
  viewer: Viewer,
  id: string,
  benchmarks: BenchmarkTable = BUILT_IN,
): Promise<{ creatorId: string }> {
  return transaction(viewer, () => fill(viewer, id, benchmarks), { deadlineMs: DEADLINE_MS });
}

/** Deletes a sample with everything in it. Throws not_found unless the viewer owns it and it is a sample. */
export function remove(viewer: Viewer, creatorId: string): Promise<void> {
  return transaction(viewer, async () => {
    const [row] = await conn().execute<{ removed: boolean }>(
      sql`select remove_sample(${creatorId}) as removed`,
    );
    if (!row?.removed) throw notFound("sample studio");
  });
}

async function fill(
  viewer: Viewer,
  creatorId: string,
  benchmarks: BenchmarkTable,
): Promise<{ creatorId: string }> {
  const createdBy = viewer.kind === "person" ? viewer.userId : viewer.creatorId;
  const [clock] = await conn().execute<{ today: string }>(
    sql`select to_char(now() at time zone ${TIME_ZONE}, 'YYYY-MM-DD') as today`,
  );
  const story = tellStory(dayOf(clock!.today));
  await conn()
    .insert(creators)
    .values({
      id: creatorId,
      name: story.name,
      currency: "USD",
      timeZone: TIME_ZONE,
      isSample: true,
      createdBy,
    })
    .onConflictDoNothing();
  await demand(viewer, creatorId, "manage");
  const [studio] = await conn()
    .select({
      isSample: creators.isSample,
      isFilled: sql<boolean>`exists (select from channels c where c.creator_id = ${creatorId})`,
    })
    .from(creators)
    .where(and(scope(viewer, creators.id, "manage"), eq(creators.id, creatorId)));
  // The id of a studio in earnest: nothing made up may get into it.
  if (!studio?.isSample) throw notFound("sample studio");
  if (studio.isFilled) return { creatorId };

  const ids = new Map<string, string>();
  const idOf = (key: string) => ids.get(key) ?? ids.set(key, randomUUID()).get(key)!;
  // What the database sets itself (who and when) must still be there to be overwritten.
  const entry = (body: Record<string, unknown>) => ({
    creatorId,
    id: randomUUID(),
    recordedBy: createdBy,
    bodyHash: bodyHash(body),
  });

  await insertAll(
    channels,
    story.channels.map(({ key, ...channel }) => ({
      creatorId,
      id: idOf(key),
      ...channel,
      bodyHash: bodyHash(channel),
    })),
  );
  await insertAll(
    videos,
    story.videos.map(({ key, channel, ...video }) => ({
      creatorId,
      id: idOf(key),
      channelId: idOf(channel),
      ...video,
      bodyHash: bodyHash(video),
    })),
  );
  await insertAll(
    traffic,
    story.traffic.map(({ channel, video, qualifiedViews = null, ...row }) => ({
      ...entry(row),
      channelId: idOf(channel),
      videoId: video ? idOf(video) : null,
      qualifiedViews,
      ...row,
      origin: "typed" as const,
    })),
  );
  await insertAll(
    audience,
    story.audience.map(({ channel, ...row }) => ({ ...entry(row), channelId: idOf(channel), ...row })),
  );
  await insertAll(
    readings,
    story.followers.map(({ channel, ...row }) => ({ ...entry(row), channelId: idOf(channel), ...row })),
  );
  await insertAll(
    rates,
    story.rates.map((row) => ({ ...entry(row), ...row, source: "sample" })),
  );
  await insertAll(
    deals,
    story.deals.map(({ key, channel, ...row }) => ({
      ...entry(row),
      id: idOf(key),
      channelId: channel ? idOf(channel) : null,
      ...row,
    })),
  );
  await insertAll(
    placements,
    story.placements.map(({ key, channel, ...row }) => ({
      ...entry(row),
      id: idOf(key),
      channelId: idOf(channel),
      ...row,
    })),
  );
  await insertAll(
    events,
    story.events.map((row) => ({ ...entry(row), ...row })),
  );

  await insertAll(
    lives,
    story.lives.map(({ channel, ...row }) => ({ ...entry({ ...row }), channelId: idOf(channel), ...row })),
  );
  await insertAll(
    rules,
    story.rules.map((row) => ({ ...entry({ ...row }), ...row, source: "sample" })),
  );
  await insertAll(
    facts,
    story.facts.map((row) => ({ ...entry(row), ...row })),
  );
  await insertAll(
    goals,
    story.goals.map((row) => ({ ...entry(row), ...row })),
  );

  const toEntry = ({
    key,
    channel,
    about,
    replaces,
    lines,
    deal,
    placement,
    ...row
  }: StoryPayout): payouts.NewPayout => ({
    ...row,
    id: idOf(key),
    channelId: channel ? idOf(channel) : null,
    about: about ? idOf(about) : null,
    replaces: replaces ? idOf(replaces) : null,
    dealId: deal ? idOf(deal) : null,
    placementId: placement ? idOf(placement) : null,
    lines: lines?.map((line) => ({ videoId: idOf(line.video), minor: line.minor })),
  });
  const isFirst = (payout: StoryPayout) => !payout.about && !payout.replaces;
  await payouts.recordAll(viewer, creatorId, story.payouts.filter(isFirst).map(toEntry));
  await payouts.recordAll(viewer, creatorId, story.payouts.filter((payout) => !isFirst(payout)).map(toEntry));

  await recordReceipts();
  await freezeSample(viewer, creatorId, benchmarks);
  await audit(creatorId, "sample.opened", creatorId, {});
  return { creatorId };

  async function recordReceipts(): Promise<void> {
    const due = (chain: string) =>
      story.payouts
        .filter((payout) => payout.replaces === chain || payout.about === chain || payout.key === chain)
        .filter((payout) => !story.payouts.some((other) => other.replaces === payout.key))
        .reduce((sum, payout) => sum + payout.minor, 0n);
    const rows = story.receipts.map(({ pays, ...receipt }) => {
      const shares = pays
        .map((chain) => ({ chainId: idOf(chain), minor: due(chain) }))
        .filter((share) => share.minor > 0n);
      const minor = shares.reduce((sum, share) => sum + share.minor, 0n) - receipt.feeMinor;
      return { ...entry({ ...receipt, minor }), ...receipt, minor, shares };
    });
    await insertAll(
      receipts,
      rows.map(({ shares: _shares, ...receipt }) => receipt),
    );
    await insertAll(
      allocations,
      rows.flatMap(({ id, shares }) => shares.map((share) => ({ creatorId, receiptId: id, ...share }))),
    );
  }
}
