/**
 * The creator the benchmarks look at: five years, ten streams on five channels each month, 2,000 videos.
 * Always the same numbers, ending with the month before `today`.
 */
import { randomUUID } from "node:crypto";
import * as accounts from "../../db/auth";
import { insertAll } from "../../db/bulk";
import { authTransaction, conn, transaction } from "../../db/client";
import * as creators from "../../db/creators";
import { bodyHash } from "../../db/once";
import * as payouts from "../../db/payouts";
import { channels, rates, traffic, users, videos } from "../../db/schema";
import { personViewer } from "../model/access";
import { currencyOf } from "../model/money";
import { addMonths, type Day, firstDay, lastDay, monthNumber, monthOf, monthsFrom } from "../model/month";
import type { Format, Platform, Stream } from "../model/words";

const MONTHS = 60;
const VIDEOS = 2_000;

const CHANNELS: readonly { platform: Platform; name: string; views: number; seconds: number }[] = [
  { platform: "tiktok", name: "Clips", views: 900_000, seconds: 24 },
  { platform: "youtube", name: "Long and short", views: 400_000, seconds: 190 },
  { platform: "instagram", name: "Reels", views: 250_000, seconds: 18 },
  { platform: "facebook", name: "Page", views: 120_000, seconds: 20 },
  { platform: "other", name: "Blog", views: 30_000, seconds: 0 },
];

/** Each month's ten cells; `rate` is money per 1,000 views in major units. */
const CELLS: readonly {
  channel: number;
  stream: Stream;
  format: Format | "all";
  currency: string;
  rate: number;
}[] = [
  { channel: 0, stream: "rewards", format: "all", currency: "USD", rate: 0.35 },
  { channel: 0, stream: "gift", format: "all", currency: "USD", rate: 0.12 },
  { channel: 0, stream: "shop", format: "all", currency: "USD", rate: 0.3 },
  { channel: 1, stream: "ads", format: "long", currency: "USD", rate: 4.2 },
  { channel: 1, stream: "ads", format: "short", currency: "USD", rate: 0.06 },
  { channel: 1, stream: "super_like", format: "all", currency: "USD", rate: 0.2 },
  { channel: 1, stream: "subscription", format: "all", currency: "USD", rate: 0.8 },
  { channel: 2, stream: "sponsorship", format: "all", currency: "USD", rate: 6 },
  { channel: 3, stream: "ads", format: "short", currency: "USD", rate: 0.05 },
  { channel: 4, stream: "affiliate", format: "all", currency: "EUR", rate: 9 },
];

export interface BenchCreator {
  userId: string;
  sessionId: string;
  creatorId: string;
}

/** Fills the database with one account, signed in, and its creator. */
export async function fillBench(today: Day): Promise<BenchCreator> {
  const random = randomFrom(1);
  const [userId, sessionId, creatorId] = [randomUUID(), randomUUID(), randomUUID()];
  await authTransaction(() =>
    conn()
      .insert(users)
      .values({ id: userId, email: `${userId}@bench.invalid`, name: "Bench", passwordHash: "none" }),
  );
  const expiresAt = new Date(Date.now() + 86_400_000);
  await accounts.openSession({ id: sessionId, userId, userAgent: "bench", expiresAt });

  const viewer = personViewer(userId);
  const last = addMonths(monthOf(today), -1);
  const months = monthsFrom(addMonths(last, 1 - MONTHS), last);
  const ids = CHANNELS.map(() => randomUUID());
  await creators.create(viewer, {
    id: creatorId,
    name: "Bench",
    currency: currencyOf("USD"),
    timeZone: "America/New_York",
  });
  const entry = (body: Record<string, unknown>) => ({
    creatorId,
    id: randomUUID(),
    recordedBy: userId,
    bodyHash: bodyHash(body),
  });

  const growth = (index: number) => 0.4 + (0.6 * index) / MONTHS;
  const wobble = () => Math.exp(0.5 * (random() + random() - 1));
  const drawn = months.map((_, index) =>
    CHANNELS.map(({ views }) => Math.round(views * growth(index) * wobble())),
  );

  await transaction(
    viewer,
    async () => {
      await insertAll(
        channels,
        CHANNELS.map(({ platform, name }, index) => ({
          creatorId,
          id: ids[index]!,
          platform,
          name,
          bodyHash: bodyHash({ name }),
        })),
      );
      await insertAll(
        videos,
        Array.from({ length: VIDEOS }, (_, index) => ({
          creatorId,
          id: randomUUID(),
          channelId: ids[index % 4]!,
          externalId: `bench-${index}`,
          title: `Video ${index}`,
          publishedOn: firstDay(months[index % MONTHS]!),
          format: index % 5 === 1 ? ("long" as const) : ("short" as const),
          bodyHash: bodyHash({ index }),
        })),
      );
      await insertAll(
        traffic,
        months.flatMap((month, index) =>
          CHANNELS.flatMap(({ platform, seconds }, channel) => {
            const views = drawn[index]![channel]!;
            const row = (format: Format | "all", share: number) => ({
              ...entry({ month, channel, format }),
              channelId: ids[channel]!,
              format,
              fromDay: firstDay(month),
              toDay: lastDay(month),
              views: Math.round(views * share),
              qualifiedViews: platform === "tiktok" ? Math.round(views * 0.42) : null,
              watchSeconds: seconds === 0 ? null : Math.round(views * share * seconds * wobble()),
              origin: "typed" as const,
            });
            if (platform === "youtube") return [row("long", 0.4), row("short", 0.6)];
            return [row(platform === "facebook" ? "short" : "all", 1)];
          }),
        ),
      );
      await insertAll(
        rates,
        months.map((month) => ({
          ...entry({ month }),
          day: lastDay(month),
          base: "EUR",
          quote: "USD",
          rate: (1.05 + 0.1 * random()).toFixed(4),
          source: "bench",
        })),
      );
      await payouts.recordAll(
        viewer,
        creatorId,
        months.flatMap((month, index) =>
          CELLS.map(({ channel, stream, format, currency, rate }) => {
            const season = monthNumber(month) >= 11 ? 1.2 : 1;
            const major = (drawn[index]![channel]! / 1000) * rate * season * wobble();
            return {
              id: randomUUID(),
              channelId: ids[channel]!,
              format,
              stream,
              kind: "earning" as const,
              state: month === last ? ("estimated" as const) : ("final" as const),
              fromDay: firstDay(month),
              toDay: lastDay(month),
              minor: BigInt(Math.round(100 * major)),
              currency,
              note: "",
            };
          }),
        ),
      );
    },
    { deadlineMs: 120_000 },
  );
  return { userId, sessionId, creatorId };
}

/** A fixed sequence in [0, 1) (mulberry32). */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
