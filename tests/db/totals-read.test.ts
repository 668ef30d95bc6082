import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import * as payouts from "../../db/payouts";
import * as rates from "../../db/rates";
import * as totals from "../../db/totals";
import { dayOf, type Month, monthOf } from "../../lib/model/month";
import { cellsAt, firstJudged } from "../../lib/model/restated";
import { makeCast, makeCreator, makeUser, viewerOf } from "../factories";
import { makeChannel, makePayout, makeStudio, makeTraffic } from "../studio";
import { recordedAll } from "./recorded-at";

const money = async (...[viewer, creatorId, range]: Parameters<typeof totals.byMonth>) =>
  (await totals.byMonth(viewer, creatorId, range)).money;

describe("what was earned by month", () => {
  it("sums channels of a platform and keeps final, estimated and currencies apart", async () => {
    const { viewer, creatorId, channelId } = await makeStudio();
    const second = await makeChannel(viewer, creatorId, { name: "Mira bakes" });
    await makePayout(viewer, creatorId, { channelId, minor: 100n });
    await makePayout(viewer, creatorId, { channelId: second, minor: 20n });
    await makePayout(viewer, creatorId, { channelId, minor: 3n, state: "estimated" });
    await makePayout(viewer, creatorId, { channelId, minor: 7n, currency: "EUR" });
    await makePayout(viewer, creatorId, { minor: 500n, stream: "sponsorship" });
    expect(await money(viewer, creatorId)).toEqual(
      expect.arrayContaining([
        {
          month: "2026-01",
          stream: "rewards",
          platform: "tiktok",
          format: "all",
          currency: "USD",
          finalMinor: 120n,
          estimatedMinor: 3n,
        },
        expect.objectContaining({ currency: "EUR", finalMinor: 7n, estimatedMinor: null }),
        expect.objectContaining({ stream: "sponsorship", platform: null, finalMinor: 500n }),
      ]),
    );
  });

  it("splits a period to the cent and forgets what was replaced or taken back", async () => {
    const { viewer, creatorId } = await makeStudio();
    const first = await makePayout(viewer, creatorId, {
      fromDay: "2026-01-15",
      toDay: "2026-02-14",
      minor: 101n,
    });
    await makePayout(viewer, creatorId, {
      fromDay: "2026-01-15",
      toDay: "2026-02-14",
      minor: 310n,
      replaces: first,
    });
    const cells = await money(viewer, creatorId);
    expect(cells.map(({ month, finalMinor }) => [month, finalMinor])).toEqual([
      ["2026-01", 170n],
      ["2026-02", 140n],
    ]);
    expect(await money(viewer, creatorId, { from: monthOf("2026-02") })).toHaveLength(1);
    expect(await totals.check(viewer, creatorId)).toEqual([]);
  });

  it("tells what entries about others made of a month, as it stands after a correction, and splits it by day", async () => {
    const { viewer, creatorId } = await makeStudio();
    const original = await makePayout(viewer, creatorId, { minor: 10_000n });
    const about = { kind: "refund", about: original } as const;
    const slip = await makePayout(viewer, creatorId, { ...about, minor: -900n });
    await makePayout(viewer, creatorId, { ...about, minor: -700n, replaces: slip });
    const [january] = await money(viewer, creatorId);
    expect([january?.finalMinor, january?.adjustmentsMinor]).toEqual([9_300n, -700n]);
    const long = { fromDay: "2026-01-31", toDay: "2026-02-01", minor: -200n, kind: "fee" } as const;
    await makePayout(viewer, creatorId, { ...long, about: original });
    const cells = await money(viewer, creatorId);
    expect(cells.map(({ adjustmentsMinor }) => adjustmentsMinor)).toEqual([-800n, -100n]);
  });

  it("gives the running month's single days, as corrected, without longer periods, other months and days to come", async () => {
    const { viewer, creatorId, channelId } = await makeStudio();
    const on = (fromDay: string, minor: bigint, given = {}) =>
      makePayout(viewer, creatorId, { channelId, fromDay, toDay: fromDay, minor, ...given });
    const slip = await on("2026-01-02", 999n, { state: "estimated" });
    await on("2026-01-02", 100n, { replaces: slip });
    await on("2026-01-02", 20n, { state: "estimated" });
    await on("2026-01-03", 7n);
    await on("2026-01-05", 5n);
    await on("2025-12-31", 3n);
    await makePayout(viewer, creatorId, { channelId, minor: 50_000n });
    const place = { stream: "rewards", platform: "tiktok", format: "all", currency: "USD" };
    expect(await totals.runningDays(viewer, creatorId, dayOf("2026-01-04"))).toEqual([
      { ...place, day: "2026-01-02", minor: 120n, isEstimated: true },
      { ...place, day: "2026-01-03", minor: 7n, isEstimated: false },
    ]);
    const stranger = viewerOf(await makeUser());
    await expect(totals.runningDays(stranger, creatorId, dayOf("2026-01-04"))).rejects.toThrow();
  });

  it("gives traffic with unknown counts as unknown", async () => {
    const { viewer, creatorId, channelId } = await makeStudio();
    await makeTraffic(viewer, creatorId, { channelId, views: 1_000, qualifiedViews: 400 });
    const { traffic } = await totals.byMonth(viewer, creatorId);
    expect(traffic).toEqual([
      {
        month: "2026-01",
        platform: "tiktok",
        format: "all",
        views: 1_000,
        qualifiedViews: 400,
        engagedViews: null,
        adImpressions: null,
        watchSeconds: null,
      },
    ]);
  });
});

describe("rates", () => {
  it("finds the latest of the month or before, for the month before too, and nothing where none is known", async () => {
    const { viewer, creatorId } = await makeStudio();
    const rate = (day: string, value: string) =>
      rates.record(viewer, creatorId, {
        id: randomUUID(),
        day,
        base: "EUR",
        quote: "USD",
        rate: value,
        source: "bank",
      });
    await rate("2026-01-10", "1.1");
    await rate("2026-02-28", "1.2");
    await rate("2026-03-01", "1.3");
    await makePayout(viewer, creatorId, { currency: "EUR" });
    await makePayout(viewer, creatorId, { currency: "JPY" });
    const cells = await money(viewer, creatorId);
    const window = { from: "2026-01" as Month, to: "2026-02" as Month };
    const found = await totals.rates(viewer, creatorId, { money: cells, deals: [] }, "USD" as never, window);
    expect(Object.fromEntries(found.rates)).toEqual({ "EUR 2026-01": "1.1", "EUR 2026-02": "1.2" });
    expect(found.perUsd).toEqual({ EUR: "0.9090909091" });
  });
});

describe("how a month's amounts came to be", () => {
  const all = { from: "2020-01" as Month, to: "2030-01" as Month };
  const minors = async (...[viewer, creatorId]: Parameters<typeof totals.byMonth>) =>
    (await totals.steps(viewer, creatorId, all)).map(({ month, stream, steps }) => [
      month,
      stream,
      ...steps.map(({ minor }) => minor),
    ]);

  it("is one step for what was there when the month was first judged, one for each change after", async () => {
    const viewer = viewerOf(await makeUser());
    const { id: creatorId } = await makeCreator(viewer, { timeZone: "UTC" });
    const inMay = { stream: "ads", fromDay: "2026-05-01", toDay: "2026-05-31" } as const;
    const first = await makePayout(viewer, creatorId, { ...inMay, minor: 100n, state: "estimated" });
    await recordedAll(creatorId, "2026-06-10T00:00:00Z");
    const final = await makePayout(viewer, creatorId, { ...inMay, minor: 90n, replaces: first });
    await recordedAll(creatorId, "2026-06-30T23:59:59.999999Z");
    const clawback = await makePayout(viewer, creatorId, {
      ...{ ...inMay, minor: -30n, kind: "clawback", about: final },
    });
    await recordedAll(creatorId, "2026-07-01T00:00:00Z");
    await makePayout(viewer, creatorId, { ...inMay, minor: -50n, kind: "clawback", replaces: clawback });

    const [cell] = await totals.steps(viewer, creatorId, all);
    // 100 became 90 before 1 July and is one step; the clawback of 1 July itself comes after it.
    expect(cell?.steps.map(({ minor }) => minor)).toEqual([90n, 60n, 40n]);
    const due = Date.parse("2026-07-01T00:00:00Z") * 1000;
    expect(cell?.steps.slice(0, 2).map(({ at }) => at)).toEqual([due - 1, due]);
    expect(firstJudged([cell!])).toBe(due - 1);
    expect(cellsAt([cell!], due - 1)).toMatchObject([{ month: "2026-05", finalMinor: 90n }]);
  });

  it("ends at what the totals say, also where an entry moved to another stream or was taken back", async () => {
    const { viewer, creatorId } = await makeStudio();
    const kept = await makePayout(viewer, creatorId, { minor: 100n });
    await makePayout(viewer, creatorId, { minor: 70n, stream: "gift", replaces: kept });
    const gone = await makePayout(viewer, creatorId, { minor: 5n, stream: "shop" });
    await payouts.remove(viewer, creatorId, { id: randomUUID(), replaces: gone });
    expect(await minors(viewer, creatorId)).toEqual([
      ["2026-01", "gift", 70n],
      ["2026-01", "rewards", 100n, null],
      ["2026-01", "shop", 5n, null],
    ]);
    const latest = cellsAt(await totals.steps(viewer, creatorId, all), Number.MAX_SAFE_INTEGER);
    expect(latest).toEqual(await money(viewer, creatorId));
  });

  it("begins the day in the creator's zone: 1 July begins on 30 June at 10:00 UTC in Kiritimati", async () => {
    const viewer = viewerOf(await makeUser());
    const { id: creatorId } = await makeCreator(viewer, { timeZone: "Pacific/Kiritimati" });
    await makePayout(viewer, creatorId, { fromDay: "2026-05-01", toDay: "2026-05-31" });
    await recordedAll(creatorId, "2026-06-01T00:00:00Z");
    const [cell] = await totals.steps(viewer, creatorId, all);
    expect(cell?.steps[0]?.at).toBe(Date.parse("2026-06-30T10:00:00Z") * 1000 - 1);
  });

  it("holds the months that were asked for", async () => {
    const { viewer, creatorId } = await makeStudio();
    await makePayout(viewer, creatorId, { fromDay: "2026-01-15", toDay: "2026-03-14", minor: 59n });
    const march = { from: monthOf("2026-02"), to: monthOf("2026-03") };
    const months = (await totals.steps(viewer, creatorId, march)).map(({ month }) => month);
    expect(months).toEqual(["2026-02", "2026-03"]);
  });
});

describe("who sees it", () => {
  it("members see all of it; a stranger and a former member get not found", async () => {
    const { owner, looker, stranger, former, creator } = await makeCast();
    await makePayout(owner, creator.id);
    expect(await money(looker, creator.id)).toHaveLength(1);
    for (const viewer of [stranger, former, viewerOf({ id: randomUUID() })]) {
      await expect(totals.byMonth(viewer, creator.id)).rejects.toMatchObject({ code: "not_found" });
      const window = { from: "2026-01" as Month, to: "2026-02" as Month };
      const cells = await money(looker, creator.id);
      expect(
        await totals.rates(viewer, creator.id, { money: cells, deals: [] }, "EUR" as never, window),
      ).toEqual({
        rates: new Map(),
        perUsd: {},
      });
      expect(await totals.steps(viewer, creator.id, window)).toEqual([]);
      await expect(totals.check(viewer, creator.id)).rejects.toMatchObject({ code: "not_found" });
    }
  });
});
