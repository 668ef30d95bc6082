import { randomUUID } from "node:crypto";
import { beforeEach, describe, expect, it } from "vitest";
import * as payouts from "../../db/payouts";
import * as placements from "../../db/placements";
import type { Viewer } from "../../lib/model/access";
import { packMakings } from "../../lib/model/makings";
import { currencyOf } from "../../lib/model/money";
import { earnedOf } from "../../lib/model/placement";
import { readPlacements } from "../../lib/server/placements";
import { makeCast } from "../factories";
import { makeDeal, makePayout, makePlacement, makeStudio, makeTraffic, makeVideo } from "../studio";

let viewer: Viewer;
let creatorId: string;
let channelId: string;

beforeEach(async () => {
  ({ viewer, creatorId, channelId } = await makeStudio());
});

const record = (given: Partial<placements.NewPlacement> = {}) => makePlacement(viewer, creatorId, given);
const orders = (value: bigint, refunded: bigint) =>
  packMakings(
    {
      ...{
        of: "orders",
        clicks: 400,
        orders: 20,
        valueMinor: value,
        refundedMinor: refunded,
        ratePpm: 100_000,
      },
      ...{ adsValueMinor: null, adsRefundedMinor: null, adsRatePpm: null, taxableMinor: null },
    },
    currencyOf("USD"),
  );
const earn = (placementId: string, minor: bigint, given: Partial<payouts.NewPayout> = {}) =>
  makePayout(viewer, creatorId, { stream: "affiliate", minor, placementId, ...given });

describe("a placement", () => {
  it("is one chain: corrected, taken back and restored, under the address it began with", async () => {
    const first = await record();
    const second = await record({ merchant: "Oil shop", replaces: first });
    expect(
      (await placements.list(viewer, creatorId)).map(({ merchant, chainId }) => [merchant, chainId]),
    ).toEqual([["Oil shop", first]]);
    const voiding = randomUUID();
    await placements.remove(viewer, creatorId, { id: voiding, replaces: second });
    expect(await placements.list(viewer, creatorId)).toEqual([]);
    await placements.undo(viewer, creatorId, { id: randomUUID(), entryId: voiding });
    const history = await placements.history(viewer, creatorId, second);
    expect(history.map(({ merchant, isVoid }) => [merchant, isVoid])).toEqual([
      ["Pan shop", false],
      ["Oil shop", false],
      ["Oil shop", true],
      ["Oil shop", false],
    ]);
  });

  it("names each field that makes no sense, and knows nothing of another creator", async () => {
    const wrong = record({ merchant: " ", ratePpm: -1, fromDay: "2026-02-30", toDay: "x" });
    const error = await wrong.catch((thrown) => thrown);
    expect(Object.keys(error.fields)).toEqual(["merchant", "ratePpm", "fromDay", "toDay"]);
    const other = await makeStudio();
    const theirs = {
      channelId: other.channelId,
      videoId: await makeVideo(other.viewer, other.creatorId, { channelId: other.channelId }),
      dealId: await makeDeal(other.viewer, other.creatorId),
      replaces: await makePlacement(other.viewer, other.creatorId),
    };
    for (const [name, id] of Object.entries(theirs))
      await expect(record({ [name]: id }), name).rejects.toMatchObject({ code: "not_found" });
  });

  it("is read by members alone, and written by those who may", async () => {
    const { owner, looker, stranger, creator } = await makeCast();
    await makePlacement(owner, creator.id);
    expect(await placements.list(looker, creator.id)).toHaveLength(1);
    expect(await placements.list(stranger, creator.id)).toEqual([]);
    await expect(makePlacement(looker, creator.id)).rejects.toMatchObject({ code: "forbidden" });
  });
});

describe("what it earned", () => {
  it("is the payouts that name it: 100.00, corrected to 90.00, less a refund of 15.00 = 75.00; others do not count", async () => {
    const placementId = await record();
    const first = await earn(placementId, 10_000n, { makings: orders(100_000n, 0n) });
    await earn(placementId, 9_000n, { makings: orders(100_000n, 10_000n), replaces: first });
    await earn(placementId, -1_500n, { kind: "refund", about: first, placementId: null });
    await earn(placementId, -800n, { kind: "withheld", about: first, placementId: null });
    await makePayout(viewer, creatorId, { stream: "affiliate", minor: 5n });
    const [earned, ...rest] = earnedOf(await placements.listCommissions(viewer, creatorId));
    expect(rest).toEqual([]);
    expect(earned).toMatchObject({
      ...{ minor: 7_500n, takenBackMinor: 1_500n, clicks: 400, orders: 20 },
      ...{ valueMinor: 100_000n, refundedMinor: 10_000n },
    });
    expect(await placements.listCommissions(viewer, creatorId, randomUUID())).toEqual([]);
    const total = (await payouts.list(viewer, creatorId)).rows.reduce((sum, { minor }) => sum + minor, 0n);
    expect(total, "90.00 - 15.00 - 8.00 + 0.05: nothing counts twice").toBe(6_705n);
  });

  it("is refused for a placement or deal of somebody else, as if it was not there", async () => {
    const other = await makeStudio();
    const placementId = await makePlacement(other.viewer, other.creatorId);
    const dealId = await makeDeal(other.viewer, other.creatorId);
    await expect(earn(placementId, 1n)).rejects.toMatchObject({ code: "not_found" });
    await expect(makePayout(viewer, creatorId, { dealId })).rejects.toMatchObject({ code: "not_found" });
  });

  it("is set against the views of its video in the same days: 62.00 / 31,000 x 1,000 = 2.00", async () => {
    const videoId = await makeVideo(viewer, creatorId, { channelId });
    const short = { channelId, videoId, format: "short" } as const;
    await makeTraffic(viewer, creatorId, { ...short, views: 31_000 });
    await makeTraffic(viewer, creatorId, {
      ...short,
      views: 999,
      fromDay: "2026-02-01",
      toDay: "2026-02-28",
    });
    const placementId = await record({ videoId });
    await earn(placementId, 6_200n);
    await record({ merchant: "Quiet shop" });
    const rows = await readPlacements(viewer, creatorId);
    expect(rows.map(({ placement, views, earned }) => [placement.merchant, views, earned?.minor])).toEqual([
      ["Pan shop", 31_000, 6_200n],
      ["Quiet shop", null, undefined],
    ]);
  });

  it("of a channel's placement takes the channel's whole months, and answers nothing for a part of one", async () => {
    await makeTraffic(viewer, creatorId, { channelId, views: 50_000 });
    const placementId = await record({ channelId });
    const payout = await earn(placementId, 100n);
    expect((await readPlacements(viewer, creatorId))[0]?.views).toBe(50_000);
    await earn(placementId, 100n, { replaces: payout, fromDay: "2026-01-05" });
    expect((await readPlacements(viewer, creatorId))[0]?.views).toBeNull();
  });
});
