import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import { inputsAsOf } from "../../db/as-of";
import * as channels from "../../db/channels";
import * as payouts from "../../db/payouts";
import * as projections from "../../db/projections";
import * as rates from "../../db/rates";
import * as readings from "../../db/readings";
import { AppError } from "../../lib/errors";
import type { Viewer } from "../../lib/model/access";
import { type Day, dayOf, monthOf } from "../../lib/model/month";
import { makeCreator, makeUser, operatorOf, viewerOf } from "../factories";
import { connectOwner, type Sql } from "../setup/catalogue";
import { makeChannel, makeDeal, makeEvent, makePayout, makeTraffic } from "../studio";
import { recordedAll } from "./recorded-at";

const MAY = monthOf("2026-05");

let owner: Sql;
beforeAll(() => {
  owner = connectOwner();
});
afterAll(() => owner.end());

/** What somebody may still record once May has begun: of any day, before or after. */
type Later =
  | {
      what: "payout" | "deal" | "event" | "traffic" | "reading" | "rate" | "audience";
      day: Day;
      size: number;
    }
  | { what: "correction"; day: Day; size: number };

const later: fc.Arbitrary<Later> = fc.record({
  what: fc.constantFrom(
    "payout",
    "correction",
    "deal",
    "event",
    "traffic",
    "reading",
    "rate",
    "audience",
  ) as fc.Arbitrary<Later["what"]>,
  day: fc
    .tuple(fc.integer({ min: 1, max: 8 }), fc.integer({ min: 1, max: 28 }))
    .map(([month, day]) => dayOf(`2026-0${month}-${String(day).padStart(2, "0")}`)),
  size: fc.integer({ min: 1, max: 9_000_000 }),
});

/** The creator's projections, every column as the database holds it. */
async function stored(creatorId: string): Promise<string[]> {
  const rows = await owner<{ row: string }[]>`
    select p::text as row from projections p where creator_id = ${creatorId} order by 1`;
  return rows.map(({ row }) => row);
}

function asText(value: unknown): string {
  return JSON.stringify(value, (_key, part) => (typeof part === "bigint" ? `${part}n` : part));
}

it("whatever is recorded once a month has begun changes no bit of its snapshot, nor what it would be made from", async () => {
  const viewer = viewerOf(await makeUser());
  const { id: creatorId } = await makeCreator(viewer, { timeZone: "UTC" });
  const channelId = await makeChannel(viewer, creatorId, { platform: "youtube" });
  await recordedAll(creatorId, "2026-01-05T00:00:00Z");
  const heads: string[] = [];
  for (const month of ["2026-01", "2026-02", "2026-03"]) {
    const period = { fromDay: `${month}-01`, toDay: `${month}-28` };
    heads.push(
      await makePayout(viewer, creatorId, { channelId, stream: "ads", minor: 20_000n, ...period }),
      await makePayout(viewer, creatorId, { currency: "EUR", stream: "affiliate", minor: 900n, ...period }),
    );
    await makeTraffic(viewer, creatorId, { channelId, views: 100_000, ...period });
  }
  await makeDeal(viewer, creatorId, { expectedOn: "2026-05-20", channelId });
  await recordedAll(creatorId, "2026-04-20T00:00:00Z");
  for (const horizon of projections.HORIZONS)
    await projections.freeze(operatorOf(creatorId), creatorId, MAY, horizon);
  const [snapshot, inputs] = [await stored(creatorId), asText(await inputsAsOf(viewer, creatorId, MAY))];
  expect(snapshot.length).toBeGreaterThan(3);

  await fc.assert(
    fc.asyncProperty(fc.array(later, { minLength: 1, maxLength: 4 }), async (entries) => {
      for (const entry of entries) await recordLater(viewer, creatorId, channelId, heads, entry);
      for (const horizon of projections.HORIZONS)
        await projections.freeze(operatorOf(creatorId), creatorId, MAY, horizon);
      expect(await stored(creatorId)).toEqual(snapshot);
      expect(asText(await inputsAsOf(viewer, creatorId, MAY))).toBe(inputs);
    }),
    { numRuns: 60, seed: 20_260_501 },
  );
});

/** Records it; what the ledger refuses (views that overlap, a count that falls) changes nothing either. */
async function recordLater(
  viewer: Viewer,
  creatorId: string,
  channelId: string,
  heads: string[],
  { what, day, size }: Later,
): Promise<void> {
  const period = { fromDay: day, toDay: day };
  const id = randomUUID();
  try {
    if (what === "payout")
      await makePayout(viewer, creatorId, { channelId, stream: "ads", minor: BigInt(size), ...period });
    if (what === "correction") {
      const place = size % heads.length;
      const replaces = heads[place];
      heads[place] = await makePayout(viewer, creatorId, { stream: "ads", minor: -5n, ...period, replaces });
      if (size % 3 === 0) await payouts.undo(viewer, creatorId, { id, entryId: heads[place] ?? "" });
    }
    if (what === "deal") await makeDeal(viewer, creatorId, { expectedOn: day, feeMinor: BigInt(size) });
    if (what === "event")
      await makeEvent(viewer, creatorId, { day, effect: size % 2 === 0 ? "restart" : "widen" });
    if (what === "traffic")
      await makeTraffic(viewer, creatorId, { channelId, format: "long", views: size, ...period });
    if (what === "reading")
      await readings.record(viewer, creatorId, { id, channelId, videoId: null, day, followers: size });
    if (what === "rate")
      await rates.record(viewer, creatorId, {
        ...{ id, day, base: "EUR", quote: "USD", rate: `1.${size % 1000}1`, source: "a bank" },
      });
    if (what === "audience")
      await channels.recordAudience(viewer, creatorId, {
        ...{ id, channelId, month: day.slice(0, 7), shares: { us_ca_au: size % 1_000_000 } },
      });
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
  }
}
