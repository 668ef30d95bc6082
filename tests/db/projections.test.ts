import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { inputsAsOf } from "../../db/as-of";
import * as audit from "../../db/audit";
import * as channels from "../../db/channels";
import * as deals from "../../db/deals";
import * as events from "../../db/events";
import * as projections from "../../db/projections";
import * as rates from "../../db/rates";
import * as readings from "../../db/readings";
import * as totals from "../../db/totals";
import type { Viewer } from "../../lib/model/access";
import { BENCHMARKS, PRIOR_VERSION, withOwnRows } from "../../lib/model/benchmarks";
import type { TrafficCell } from "../../lib/model/histories";
import { addMonths, type Month, monthOf } from "../../lib/model/month";
import { makeCast, makeCreator, makeUser, operatorOf, viewerOf } from "../factories";
import { makeChannel, makeDeal, makeEvent, makePayout, makeTraffic, makeVideo } from "../studio";
import { recordedAll } from "./recorded-at";

const MAY = monthOf("2026-05");
const JUNE = monthOf("2026-06");
const around = { from: monthOf("2026-01"), to: monthOf("2026-12") };

/** A creator of January 2026 whose months to April were logged on 20 April. */
async function makeSpring(
  timeZone = "UTC",
): Promise<{ viewer: Viewer; creatorId: string; channelId: string }> {
  const viewer = viewerOf(await makeUser());
  const { id: creatorId } = await makeCreator(viewer, { timeZone });
  const channelId = await makeChannel(viewer, creatorId, { platform: "youtube" });
  await recordedAll(creatorId, "2026-01-05T00:00:00Z");
  for (const [month, minor, views] of [
    ["2026-01", 20_000n, 100_000],
    ["2026-02", 22_000n, 110_000],
    ["2026-03", 21_000n, 90_000],
  ] as const) {
    const period = { fromDay: `${month}-01`, toDay: `${month}-28` };
    await makePayout(viewer, creatorId, { channelId, stream: "ads", minor, ...period });
    await makeTraffic(viewer, creatorId, { channelId, views, ...period });
  }
  await recordedAll(creatorId, "2026-04-20T00:00:00Z");
  return { viewer, creatorId, channelId };
}

describe("freezing", () => {
  it("keeps each stream and the total, for good: a second run adds nothing and changes nothing", async () => {
    const { viewer, creatorId } = await makeSpring();
    const operator = operatorOf(creatorId);
    expect(await projections.freeze(operator, creatorId, MAY, 1)).toBe(2);
    const kept = await projections.list(viewer, creatorId, around);
    expect(kept.map(({ stream, horizon, denominator }) => [stream, horizon, denominator])).toEqual([
      [null, 1, "views"],
      ["ads", 1, "views"],
    ]);
    expect(kept[1]?.projection?.why.payouts).toBe(3);
    expect(kept[0]?.medianMinor).toBe(kept[1]?.medianMinor);
    expect(await projections.freeze(operator, creatorId, MAY, 1)).toBe(0);
    expect(await projections.list(viewer, creatorId, around)).toEqual(kept);
    expect(
      (await audit.list(viewer, creatorId)).filter(({ action }) => action === "projection.made"),
    ).toHaveLength(1);
  });

  it("begins from the installation's own rows and keeps their version, so that they are found when the file is gone", async () => {
    const { viewer, creatorId } = await makeSpring();
    const operator = operatorOf(creatorId);
    const own = BENCHMARKS.find(({ platform, format }) => platform === "youtube" && format === "any");
    const table = withOwnRows([{ ...own!, tau: 0.4, source: "our own creators" }], "2026-11+abc");
    await projections.freeze(operator, creatorId, MAY, 1, table);
    await projections.freeze(operator, creatorId, JUNE, 1);
    const [total, ads] = await projections.list(viewer, creatorId, { from: MAY, to: MAY });
    expect(total?.stream).toBeNull();
    expect(ads?.projection?.inputs.prior).toMatchObject({ version: "2026-11+abc", tau: 0.4 });
    expect(await projections.listPriorVersions(viewer, creatorId)).toEqual([
      { version: PRIOR_VERSION, from: JUNE, to: JUNE, projections: 1 },
      { version: "2026-11+abc", from: MAY, to: MAY, projections: 1 },
    ]);
    expect(await projections.listPriorsUsed(viewer, creatorId, "2026-11+abc")).toEqual([
      { stream: "ads", format: "all", prior: ads?.projection?.inputs.prior },
    ]);
    expect(await projections.listPriorsUsed(viewer, creatorId, "2020-01")).toEqual([]);
  });

  it("says of a stream nothing that another earned, so that a scope of one stream does not learn the rest", async () => {
    const [poor, rich] = [await makeSpring(), await makeSpring()];
    for (const [{ viewer, creatorId, channelId }, times] of [
      [poor, 1n],
      [rich, 1_000n],
    ] as const) {
      for (const stream of ["subscription", "gift", "sponsorship"] as const)
        await makePayout(viewer, creatorId, { channelId, stream, minor: 777n * times });
      await makeDeal(viewer, creatorId, { channelId, expectedOn: "2026-05-31", feeMinor: 888n * times });
      await recordedAll(creatorId, "2026-04-20T00:00:00Z");
      await projections.freeze(operatorOf(creatorId), creatorId, MAY, 1);
    }
    const ads = async ({ viewer, creatorId }: typeof poor) => {
      const kept = await projections.list(viewer, creatorId, around);
      const found = kept.find(({ stream }) => stream === "ads");
      expect(found?.projection).toBeTruthy();
      return { ...found, id: "", madeAt: null };
    };
    expect(await ads(rich)).toEqual(await ads(poor));
  });

  it("is not touched by anything recorded later: same inputs, same hash, same figures", async () => {
    const [plain, later] = [await makeSpring(), await makeSpring()];
    const { viewer, creatorId, channelId } = later;
    const [wrong] = (await inputsAsOf(viewer, creatorId, MAY))?.ledger.money ?? [];
    expect(wrong).toMatchObject({ month: "2026-01", finalMinor: 20_000n });
    await makePayout(viewer, creatorId, {
      channelId,
      stream: "ads",
      minor: 999_999n,
      fromDay: "2026-04-01",
      toDay: "2026-04-30",
    });
    await makeTraffic(viewer, creatorId, {
      channelId,
      views: 9_000_000,
      fromDay: "2026-04-01",
      toDay: "2026-04-30",
    });
    for (const each of [plain, later])
      await projections.freeze(operatorOf(each.creatorId), each.creatorId, MAY, 1);
    const [, a] = await projections.list(plain.viewer, plain.creatorId, around);
    const [, b] = await projections.list(viewer, creatorId, around);
    expect(b?.projection).toEqual(a?.projection);
    expect(b?.medianMinor).toBe(a?.medianMinor);
  });

  it("takes an entry that was corrected later as it was known then", async () => {
    const viewer = viewerOf(await makeUser());
    const { id: creatorId } = await makeCreator(viewer, { timeZone: "UTC" });
    const first = await makePayout(viewer, creatorId, { minor: 100n });
    await recordedAll(creatorId, "2026-04-20T00:00:00Z");
    await makePayout(viewer, creatorId, { minor: 700n, replaces: first });
    const known = async (month: Month) =>
      (await inputsAsOf(viewer, creatorId, month))?.ledger.money.map(({ finalMinor }) => finalMinor);
    expect(await known(MAY)).toEqual([100n]);
    expect(await known(addMonths(monthOf(new Date().toISOString().slice(0, 7)), 2))).toEqual([700n]);
  });

  it("knows the followers that were told before it, and not those of later", async () => {
    const { viewer, creatorId, channelId } = await makeSpring();
    const read = (day: string, followers: number) =>
      readings.record(viewer, creatorId, {
        ...{ id: randomUUID(), channelId, videoId: null, day, followers },
      });
    await read("2026-04-10", 8_000);
    await recordedAll(creatorId, "2026-04-20T00:00:00Z");
    await read("2026-04-11", 90_000);
    const inputs = await inputsAsOf(viewer, creatorId, MAY);
    expect(inputs?.ledger.followers).toMatchObject([{ day: "2026-04-10", followers: 8_000 }]);
  });

  it("weighs the audiences of a platform's channels by their views, as the overview does, with the views known then", async () => {
    const { viewer, creatorId, channelId } = await makeSpring();
    const small = await makeChannel(viewer, creatorId, { platform: "youtube" });
    const period = { fromDay: "2026-01-01", toDay: "2026-01-31" };
    await makeTraffic(viewer, creatorId, { channelId: small, views: 1_000, ...period });
    for (const [id, region] of [
      [channelId, "us_ca_au"],
      [small, "asia_africa"],
    ] as const)
      await channels.recordAudience(viewer, creatorId, {
        ...{ id: randomUUID(), channelId: id, month: "2026-01", shares: { [region]: 1_000_000 } },
      });
    await recordedAll(creatorId, "2026-04-20T00:00:00Z");
    const now = (await totals.byMonth(viewer, creatorId)).audience;
    await makeTraffic(viewer, creatorId, {
      ...{ channelId: small, views: 5_000, fromDay: "2026-02-01", toDay: "2026-02-28" },
    });
    const then = (await inputsAsOf(viewer, creatorId, MAY))?.ledger.audience ?? [];
    expect(then.map(({ views }) => views).sort()).toEqual([1_000, 100_000]);
    expect(then).toEqual(expect.arrayContaining([...now]));
    await projections.freeze(operatorOf(creatorId), creatorId, MAY, 1);
    const [, ads] = await projections.list(viewer, creatorId, { from: MAY, to: MAY });
    expect(ads?.projection?.inputs.prior?.regions?.us_ca_au).toBeCloseTo(100 / 101, 10);
  });

  it("counts the traffic of a day once: the channel's own row where there is one, else its videos", async () => {
    const { viewer, creatorId, channelId } = await makeSpring();
    const videoId = await makeVideo(viewer, creatorId, { channelId });
    const video = { channelId, videoId, format: "short" as const };
    for (const [day, views] of [
      ["2026-01-03", 500],
      ["2026-01-31", 40],
    ] as const)
      await makeTraffic(viewer, creatorId, { ...video, views, fromDay: day, toDay: day });
    await recordedAll(creatorId, "2026-04-20T00:00:00Z");
    const inputs = await inputsAsOf(viewer, creatorId, MAY);
    const now = await totals.byMonth(viewer, creatorId);
    const views = (cells: readonly TrafficCell[]) =>
      cells.map((cell) => `${cell.month} ${cell.format} ${cell.views}`).sort();
    expect(views(inputs?.ledger.traffic ?? [])).toEqual([
      "2026-01 all 100040",
      "2026-01 short 540",
      "2026-02 all 110000",
      "2026-03 all 90000",
    ]);
    expect(views(now.traffic)).toEqual(views(inputs?.ledger.traffic ?? []));
  });

  it("leaves a currency whose rate came later out of the total, and pins the rate that was known", async () => {
    const { viewer, creatorId } = await makeSpring();
    for (const currency of ["EUR", "GBP"])
      await makePayout(viewer, creatorId, {
        stream: "sponsorship",
        currency,
        fromDay: "2026-03-01",
        toDay: "2026-03-01",
      });
    const rate = (base: string) =>
      rates.record(viewer, creatorId, {
        id: randomUUID(),
        day: "2026-02-01",
        base,
        quote: "USD",
        rate: "1.5",
        source: "bank",
      });
    await rate("EUR");
    await recordedAll(creatorId, "2026-04-20T00:00:00Z");
    await rate("GBP");
    await projections.freeze(operatorOf(creatorId), creatorId, MAY, 1);
    const [total, ...streams] = await projections.list(viewer, creatorId, around);
    const minorOf = (currency: string) =>
      streams.find((each) => each.currency === currency)?.medianMinor ?? 0n;
    expect(streams.map(({ currency, rate }) => [currency, rate]).sort()).toEqual([
      ["EUR", "1.5"],
      ["GBP", null],
      ["USD", null],
    ]);
    expect(total?.medianMinor).toBe(minorOf("USD") + (minorOf("EUR") * 3n) / 2n);
  });

  it("begins the month in the creator's zone: May begins on 30 April at 10:00 UTC in Kiritimati", async () => {
    const { viewer, creatorId } = await makeSpring("Pacific/Kiritimati");
    expect((await inputsAsOf(viewer, creatorId, MAY))?.asOf.toISOString()).toBe("2026-04-30T10:00:00.000Z");
  });

  it("says that a projection was made late, and looks two months further from the same instant", async () => {
    const { viewer, creatorId } = await makeSpring();
    await projections.freeze(operatorOf(creatorId), creatorId, JUNE, 2);
    const [total] = await projections.list(viewer, creatorId, { ...around, horizon: 2 });
    expect(total).toMatchObject({ targetMonth: JUNE, isLate: true, asOf: new Date("2026-05-01T00:00:00Z") });
  });

  it("makes none for a creator who joined after the month had begun, or who had logged nothing by then", async () => {
    const { viewer, creatorId } = await makeSpring();
    const operator = operatorOf(creatorId);
    expect(await projections.freeze(operator, creatorId, monthOf("2026-01"), 1)).toBe(0);
    expect(await projections.freeze(operator, creatorId, monthOf("2026-03"), 1)).toBe(0);
    expect(await projections.list(viewer, creatorId, around)).toEqual([]);
  });

  it("lists the months that still miss theirs: from the first one with something known to this one", async () => {
    const { viewer, creatorId } = await makeSpring();
    const missing = await projections.listMissing(viewer, creatorId);
    expect(missing[0]).toBe(MAY);
    expect(missing.length).toBeGreaterThan(1);
    await projections.freeze(operatorOf(creatorId), creatorId, MAY, 1);
    expect(await projections.listMissing(viewer, creatorId)).toEqual(missing.slice(1));
  });
});

describe("deals", () => {
  const expectedOn = "2026-05-20";
  const booked = async (creatorId: string, viewer: Viewer, month: Month = MAY) =>
    (await inputsAsOf(viewer, creatorId, month))?.ledger.deals.map(({ month, platform, currency, minor }) => [
      month,
      platform,
      currency,
      minor,
    ]);

  it("that were agreed, delivered or invoiced before the month are booked in it, each currency and platform apart", async () => {
    const { viewer, creatorId, channelId } = await makeSpring();
    for (const state of ["pitched", "agreed", "delivered", "invoiced", "paid", "lost"] as const)
      await makeDeal(viewer, creatorId, { state, expectedOn, feeMinor: 100n, channelId });
    await makeDeal(viewer, creatorId, { expectedOn, feeMinor: 7n, currency: "EUR" });
    await makeDeal(viewer, creatorId, { expectedOn: "2026-06-01", feeMinor: 9n });
    await recordedAll(creatorId, "2026-04-20T00:00:00Z");
    expect(await booked(creatorId, viewer)).toEqual([
      ["2026-05", "youtube", "USD", 300n],
      ["2026-05", null, "EUR", 7n],
      ["2026-06", null, "USD", 9n],
    ]);

    await projections.freeze(operatorOf(creatorId), creatorId, MAY, 1);
    const kept = await projections.list(viewer, creatorId, around);
    const deal = kept.find(({ stream, currency }) => stream === "sponsorship" && currency === "USD");
    expect(deal).toMatchObject({ platform: "youtube", medianMinor: 300n });
    expect(deal?.bands[80].lo).toBe(300n);
    expect(deal?.projection?.bookedMinor).toBe(300n);
    expect(kept.find(({ stream }) => stream === "ads")?.projection).not.toHaveProperty("bookedMinor");
  });

  it("are known as they stood at the first instant of the month, however late the projection is made", async () => {
    const { viewer, creatorId } = await makeSpring();
    const first = await makeDeal(viewer, creatorId, { expectedOn, feeMinor: 500n });
    const gone = await makeDeal(viewer, creatorId, { expectedOn, feeMinor: 30n });
    await recordedAll(creatorId, "2026-04-20T00:00:00Z");
    await makeDeal(viewer, creatorId, { expectedOn, feeMinor: 500n, state: "paid", replaces: first });
    await deals.remove(viewer, creatorId, { id: randomUUID(), replaces: gone });
    await makeDeal(viewer, creatorId, { expectedOn, feeMinor: 9_000n });
    expect(await booked(creatorId, viewer)).toEqual([["2026-05", null, "USD", 530n]]);
    expect(
      (await totals.byMonth(viewer, creatorId)).deals,
      "the overview replays May from the same",
    ).toMatchObject([{ month: "2026-05", minor: 530n }]);
  });

  it("keep what each past month's deals had announced before it: later months learn only the rest", async () => {
    const { viewer, creatorId } = await makeSpring();
    await makeDeal(viewer, creatorId, { expectedOn: "2026-03-15", feeMinor: 40_000n });
    await recordedAll(creatorId, "2026-02-10T00:00:00Z");
    await makeDeal(viewer, creatorId, { expectedOn: "2026-03-16", feeMinor: 1n });
    const paid = { stream: "sponsorship", fromDay: "2026-03-01", toDay: "2026-03-31" } as const;
    await makePayout(viewer, creatorId, { ...paid, minor: 46_000n });
    await recordedAll(creatorId, "2026-04-20T00:00:00Z");
    expect(await booked(creatorId, viewer)).toEqual([["2026-03", null, "USD", 40_000n]]);
    await projections.freeze(operatorOf(creatorId), creatorId, MAY, 1);
    const kept = await projections.list(viewer, creatorId, around);
    // 460 came, 400 of it announced: 60 in March and nothing in April are 30 a month.
    expect(kept.find(({ stream }) => stream === "sponsorship")?.medianMinor).toBe(3_000n);
  });

  it("count once beside payouts that name them, on whichever day those were earned", async () => {
    const { viewer, creatorId } = await makeSpring();
    const sponsorship = { stream: "sponsorship", minor: 500n } as const;
    const march = { fromDay: "2026-03-20", toDay: "2026-03-20" };
    const early = await makeDeal(viewer, creatorId, { expectedOn, feeMinor: 500n });
    await makePayout(viewer, creatorId, { ...sponsorship, ...march, dealId: early });
    const part = await makeDeal(viewer, creatorId, { expectedOn, feeMinor: 900n, state: "invoiced" });
    await makePayout(viewer, creatorId, { ...sponsorship, ...march, dealId: part });
    await recordedAll(creatorId, "2026-04-20T00:00:00Z");
    // 500 and 500 of 900 came in March: 400 are still to come.
    expect(await booked(creatorId, viewer)).toEqual([["2026-05", null, "USD", 400n]]);
    expect((await totals.byMonth(viewer, creatorId)).deals).toMatchObject([{ minor: 400n }]);
  });

  it("that were paid ahead of their month are booked beside those that were not: 1,000 paid + 500 agreed", async () => {
    const { viewer, creatorId } = await makeSpring();
    const ahead = { stream: "sponsorship", fromDay: expectedOn, toDay: expectedOn, minor: 1_000n } as const;
    const first = await makeDeal(viewer, creatorId, { expectedOn, feeMinor: 1_000n });
    await makePayout(viewer, creatorId, { ...ahead, dealId: first });
    await makeDeal(viewer, creatorId, { expectedOn, feeMinor: 1_000n, state: "paid", replaces: first });
    await makeDeal(viewer, creatorId, { expectedOn, feeMinor: 500n });
    await recordedAll(creatorId, "2026-04-20T00:00:00Z");
    expect(await booked(creatorId, viewer)).toEqual([["2026-05", null, "USD", 1_500n]]);
    await projections.freeze(operatorOf(creatorId), creatorId, MAY, 1);
    const kept = await projections.list(viewer, creatorId, around);
    expect(kept.find(({ stream }) => stream === "sponsorship")?.medianMinor).toBe(1_500n);
  });

  it("begin their month in the creator's zone: recorded at 11:00 UTC on 30 April is too late in Kiritimati", async () => {
    for (const [zone, minor] of [
      ["Pacific/Kiritimati", []],
      ["UTC", [["2026-05", null, "USD", 100_000n]]],
    ] as const) {
      const { viewer, creatorId } = await makeSpring(zone);
      await makeDeal(viewer, creatorId, { expectedOn });
      await recordedAll(creatorId, "2026-04-30T11:00:00Z");
      expect(await booked(creatorId, viewer)).toEqual(minor);
      const now = await totals.byMonth(viewer, creatorId);
      expect(now.deals.map(({ month, minor }) => [month, null, "USD", minor])).toEqual(minor);
    }
  });

  it("are enough for a projection: a creator whose first entry is a deal gets it frozen", async () => {
    const viewer = viewerOf(await makeUser());
    const { id: creatorId } = await makeCreator(viewer, { timeZone: "UTC" });
    await makeDeal(viewer, creatorId, { expectedOn, feeMinor: 500n });
    await recordedAll(creatorId, "2026-04-20T00:00:00Z");
    expect((await projections.listMissing(viewer, creatorId))[0]).toBe(MAY);
    expect(await projections.freeze(operatorOf(creatorId), creatorId, MAY, 1)).toBe(2);
    const kept = await projections.list(viewer, creatorId, around);
    expect(kept.map(({ medianMinor }) => medianMinor)).toEqual([500n, 500n]);
  });

  it("in a currency that nothing was ever paid in are converted at the rate that was known", async () => {
    const { viewer, creatorId } = await makeSpring();
    await makeDeal(viewer, creatorId, { expectedOn, currency: "EUR", feeMinor: 1_000n });
    await rates.record(viewer, creatorId, {
      ...{ id: randomUUID(), day: "2026-02-01", base: "EUR", quote: "USD", rate: "1.5", source: "bank" },
    });
    await recordedAll(creatorId, "2026-04-20T00:00:00Z");
    await projections.freeze(operatorOf(creatorId), creatorId, MAY, 1);
    const [total, ...streams] = await projections.list(viewer, creatorId, around);
    const ads = streams.find(({ stream }) => stream === "ads")?.medianMinor ?? 0n;
    expect(total?.medianMinor).toBe(ads + 1_500n);
  });
});

describe("events", () => {
  const effects = ["widen", "restart"] as const;

  it.each(effects)(
    "that %s and were recorded before the month change its projection, and are named in it",
    async (effect) => {
      const [plain, marked] = [await makeSpring(), await makeSpring()];
      await makeEvent(marked.viewer, marked.creatorId, { day: "2026-05-01", effect });
      await recordedAll(marked.creatorId, "2026-04-20T00:00:00Z");
      for (const { creatorId } of [plain, marked])
        await projections.freeze(operatorOf(creatorId), creatorId, MAY, 1);
      const [, before] = await projections.list(plain.viewer, plain.creatorId, around);
      const [, after] = await projections.list(marked.viewer, marked.creatorId, around);
      expect(after?.projection?.why.events).toEqual([{ month: "2026-05", effect }]);
      expect(after?.projection?.state).not.toEqual(before?.projection?.state);
    },
  );

  it("recorded after as_of change no snapshot, whatever their day: bit for bit the same inputs and figures", async () => {
    const [plain, later] = [await makeSpring(), await makeSpring()];
    for (const day of ["2026-01-10", "2026-03-01", "2026-05-02"])
      for (const effect of effects) await makeEvent(later.viewer, later.creatorId, { day, effect });
    expect((await inputsAsOf(later.viewer, later.creatorId, MAY))?.ledger).toEqual(
      (await inputsAsOf(plain.viewer, plain.creatorId, MAY))?.ledger,
    );
    const details = [];
    for (const { viewer, creatorId } of [plain, later]) {
      await projections.freeze(operatorOf(creatorId), creatorId, MAY, 1);
      details.push(
        (await projections.list(viewer, creatorId, around)).map(({ medianMinor, projection }) => ({
          medianMinor,
          projection,
        })),
      );
    }
    expect(details[1]).toEqual(details[0]);
  });

  it("are known as they were worded then: a later correction or removal does not reach back", async () => {
    const { viewer, creatorId } = await makeSpring();
    const first = await makeEvent(viewer, creatorId, { effect: "restart" });
    const second = await makeEvent(viewer, creatorId, { day: "2026-02-01", effect: "widen" });
    await recordedAll(creatorId, "2026-04-20T00:00:00Z");
    await makeEvent(viewer, creatorId, { effect: "none", replaces: first });
    await events.remove(viewer, creatorId, { id: randomUUID(), replaces: second });
    const known = async () =>
      (await inputsAsOf(viewer, creatorId, MAY))?.ledger.events.map(({ effect }) => effect);
    expect(await known()).toEqual(["restart", "widen"]);
    expect((await totals.byMonth(viewer, creatorId)).events.map(({ effect }) => effect)).toEqual(["none"]);
  });
});

describe("who may", () => {
  it("only the operator makes one; members read; strangers and former members see none", async () => {
    const { owner, editor, looker, stranger, former, creator } = await makeCast();
    await makePayout(owner, creator.id);
    await recordedAll(creator.id, "2026-04-20T00:00:00Z");
    for (const viewer of [owner, editor, looker])
      await expect(projections.freeze(viewer, creator.id, MAY, 1)).rejects.toMatchObject({
        code: "forbidden",
      });
    const elsewhere = operatorOf(randomUUID());
    await expect(projections.freeze(elsewhere, creator.id, MAY, 1)).rejects.toMatchObject({
      code: "not_found",
    });

    // Two payouts of a lumpy stream are needed for an amount; one month of sponsorship gives a mean.
    await makePayout(owner, creator.id, { stream: "sponsorship" });
    await recordedAll(creator.id, "2026-04-20T00:00:00Z");
    expect(await projections.freeze(operatorOf(creator.id), creator.id, MAY, 1)).toBeGreaterThan(0);
    const kept = await projections.list(looker, creator.id, around);
    const id = kept[0]?.id ?? "";
    expect(await projections.get(looker, creator.id, id)).toEqual(kept[0]);
    for (const viewer of [stranger, former]) {
      expect(await projections.list(viewer, creator.id, around)).toEqual([]);
      expect(await projections.listMissing(viewer, creator.id)).toEqual([]);
      await expect(projections.get(viewer, creator.id, id)).rejects.toMatchObject({ code: "not_found" });
      await expect(inputsAsOf(viewer, creator.id, MAY)).rejects.toMatchObject({
        code: "not_found",
      });
    }
  });
});
