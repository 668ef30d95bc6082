import { randomUUID } from "node:crypto";
import postgres from "postgres";
import { describe, expect, it } from "vitest";
import * as audit from "../../db/audit";
import * as projections from "../../db/projections";
import * as rates from "../../db/rates";
import * as totals from "../../db/totals";
import { postgresArguments } from "../../lib/cli/urls.mjs";
import type { Viewer } from "../../lib/model/access";
import { BENCHMARKS, PRIOR_VERSION, withOwnRows } from "../../lib/model/benchmarks";
import type { TrafficCell } from "../../lib/model/histories";
import { addMonths, type Month, monthOf } from "../../lib/model/month";
import { makeCast, makeCreator, makeUser, operatorOf, viewerOf } from "../factories";
import { ownerUrl } from "../setup/database";
import { makeChannel, makePayout, makeTraffic, makeVideo } from "../studio";

const MAY = monthOf("2026-05");
const JUNE = monthOf("2026-06");
const around = { from: monthOf("2026-01"), to: monthOf("2026-12") };

/** The database alone says when a row was recorded: only its owner, with the triggers off, can say otherwise. */
async function recordedAll(creatorId: string, at: string): Promise<void> {
  const owner = postgres(...postgresArguments(ownerUrl, { max: 1, onnotice() {} }));
  try {
    await owner.begin(async (sql) => {
      for (const table of ["creators", "payouts", "traffic", "rates", "audience"]) {
        const column = table === "creators" ? "created_at" : "recorded_at";
        const key = table === "creators" ? "id" : "creator_id";
        await sql.unsafe(`alter table ${table} no force row level security`);
        await sql.unsafe(`alter table ${table} disable trigger user`);
        await sql.unsafe(`update ${table} set ${column} = $1 where ${key} = $2 and ${column} > $1`, [
          at,
          creatorId,
        ]);
        await sql.unsafe(`alter table ${table} enable trigger user`);
        await sql.unsafe(`alter table ${table} force row level security`);
      }
    });
  } finally {
    await owner.end();
  }
}

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

  it("is not touched by anything recorded later: same inputs, same hash, same figures", async () => {
    const [plain, later] = [await makeSpring(), await makeSpring()];
    const { viewer, creatorId, channelId } = later;
    const [wrong] = (await projections.inputsAsOf(viewer, creatorId, MAY))?.ledger.money ?? [];
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
      (await projections.inputsAsOf(viewer, creatorId, month))?.ledger.money.map(
        ({ finalMinor }) => finalMinor,
      );
    expect(await known(MAY)).toEqual([100n]);
    expect(await known(addMonths(monthOf(new Date().toISOString().slice(0, 7)), 2))).toEqual([700n]);
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
    const inputs = await projections.inputsAsOf(viewer, creatorId, MAY);
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
    expect((await projections.inputsAsOf(viewer, creatorId, MAY))?.asOf.toISOString()).toBe(
      "2026-04-30T10:00:00.000Z",
    );
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
      await expect(projections.inputsAsOf(viewer, creator.id, MAY)).rejects.toMatchObject({
        code: "not_found",
      });
    }
  });
});
