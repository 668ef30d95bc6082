import { createHash, randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { sql } from "drizzle-orm";
import { beforeEach, describe, expect, it } from "vitest";
import { conn, transaction } from "../../db/client";
import * as imports from "../../db/imports";
import * as payouts from "../../db/payouts";
import * as readings from "../../db/readings";
import * as receipts from "../../db/receipts";
import * as traffic from "../../db/traffic";
import * as videos from "../../db/videos";
import type { Mapping } from "../../lib/import/mapping";
import type { PlanChoices } from "../../lib/import/plan";
import type { Viewer } from "../../lib/model/access";
import { addMonths, monthOf } from "../../lib/model/month";
import type { Format, Platform } from "../../lib/model/words";
import { makeCast } from "../factories";
import { contentText, csvText, OPTIONS, PERIOD, readTable, realData } from "../import/fixtures";
import { bringOf } from "../staging";
import {
  makeChannel,
  makePayout,
  makeStudio,
  makeTraffic,
  makeVideo,
  newPayout,
  newTraffic,
} from "../studio";

let viewer: Viewer;
let creatorId: string;
let channelId: string;

beforeEach(async () => {
  ({ viewer, creatorId, channelId } = await makeStudio());
});

type Choices = PlanChoices & { videoFormat?: Format; mapping?: Mapping };
type Bring = { id?: string; channelId?: string; platform?: Platform; choices?: Choices; as?: Viewer };

/** Imports a text the way the route does, without a preview before. */
async function bring(text: string | Uint8Array, given: Bring = {}) {
  const id = given.id ?? randomUUID();
  const channel = given.channelId ?? channelId;
  const { mapping, videoFormat = "long", ...choices }: Choices = given.choices ?? {};
  const { drafts, needs } = readTable(text, {
    ...{ ...OPTIONS, channelKey: channel },
    ...(mapping ? { mapping } : {}),
  });
  if (needs.length > 0) throw new Error(needs[0]?.message);
  const sha256 = createHash("sha256").update(text).digest("hex");
  const input = {
    id,
    fileName: "file.csv",
    sha256,
    format: "generic",
    channelId: channel,
    options: given.choices ?? {},
  };
  const to = { channelId: channel, platform: given.platform ?? "youtube", fileSha256: sha256 };
  const counts = await imports.commit(
    given.as ?? viewer,
    creatorId,
    input,
    bringOf(drafts, { ...to, choices }, videoFormat),
    null,
  );
  return { id, counts };
}

/** Every total that the database keeps. */
function keptTotals() {
  return transaction(viewer, async () => {
    const totals = await conn().execute(
      sql`select * from totals where creator_id = ${creatorId} order by earned_month, booked_month, channel_id, format, stream, currency, state`,
    );
    const rollups = await conn().execute(
      sql`select * from rollups where creator_id = ${creatorId} order by earned_month, currency`,
    );
    const months = await conn().execute(
      sql`select * from traffic_months where creator_id = ${creatorId} order by channel_id, month, format`,
    );
    return [...totals, ...rollups, ...months];
  });
}

/** Everything a person sees and every total, as one hash; ids of entries and the instants they were written apart. */
async function picture(): Promise<string> {
  const all = { page: 1, size: 20_000 };
  const money = (await payouts.list(viewer, creatorId, all)).rows.map(
    ({ id: _id, replaces: _replaces, recordedAt: _recordedAt, ...row }) => row,
  );
  const seen = (await traffic.list(viewer, creatorId, all)).rows.map(
    ({ id: _id, replaces: _replaces, recordedAt: _recordedAt, ...row }) => row,
  );
  const lines = await transaction(viewer, () =>
    conn().execute(sql`
      select p.chain_id, l.video_id, l.minor from payout_lines l join payouts p on p.creator_id = l.creator_id and p.id = l.payout_id
      where l.creator_id = ${creatorId} and not exists (select from payouts n where n.creator_id = p.creator_id and n.replaces = p.id)
      order by 1, 2`),
  );
  const published = (await videos.list(viewer, creatorId, all)).rows;
  const sorted = (rows: readonly object[]) => rows.map((row) => textOf(row)).sort();
  const text = textOf([await keptTotals(), sorted(money), sorted(seen), sorted(published), [...lines]]);
  return createHash("sha256").update(text).digest("hex");
}

function textOf(value: unknown): string {
  return JSON.stringify(value, (_key, each) => (typeof each === "bigint" ? `${each}` : each));
}

/** What the kept totals and the kept months say. */
async function sums() {
  const [money, months] = await transaction(viewer, () =>
    Promise.all([
      conn().execute<{ stream: string; minor: string; months: number }>(sql`
        select stream, sum(minor)::text as minor, count(distinct earned_month)::int as months
        from totals where creator_id = ${creatorId} group by stream order by stream`),
      conn().execute<{ views: string; months: number }>(sql`
        select sum(views)::text as views, count(distinct month)::int as months
        from traffic_months where creator_id = ${creatorId} and format = 'all'`),
    ]),
  );
  return {
    ...Object.fromEntries(money.map(({ stream, minor }) => [stream, minor])),
    views: months[0]?.views ?? null,
    months: months[0]?.months ?? 0,
  };
}

/**
 * 38 months from December 2018: ads 37 × 247.25 + 0.11 = 9,148.36; affiliate, unknown in the first 16 months,
 * 21 × 205.27 + 205.33 = 4,516.00; views 37 × 80,593 + 80,589 = 3,062,530. A total and a rate beside them.
 */
function twinText(): string {
  const rows = Array.from({ length: 38 }, (_, index) => {
    const isLast = index === 37;
    const ads = isLast ? "0.11" : "247.25";
    const affiliate = index < 16 ? "" : isLast ? "205.33" : "205.27";
    const views = isLast ? "80589.0" : "80593.0";
    return [addMonths(monthOf("2018-12-01"), index), views, ads, affiliate, "999.99", "12.3"];
  });
  return csvText([
    ["month", "pageviews", "adsense_usd", "amazon_usd", "total_usd", "rpm_total_usd"],
    ...rows,
  ]);
}

const TWIN_SUMS = { ads: "914836", affiliate: "451600", views: "3062530", months: 38 };

const realFile = realData("isitketo-monthly.csv");
const files: [string, () => string][] = [["the synthetic twin", twinText]];
if (realFile) files.push(["the real site's months", () => readFileSync(realFile, "utf8")]);

describe.each(files)("38 months of a web site (%s)", (_name, text) => {
  it("bring 9,148.36 of ads, 4,516.00 of affiliate and 3,062,530 views; undone, all is as before by hash", async () => {
    await makePayout(viewer, creatorId, { channelId, stream: "sponsorship" });
    await makeTraffic(viewer, creatorId, { channelId, fromDay: "2023-01-01", toDay: "2023-01-31", views: 0 });
    const before = await picture();
    const { id, counts } = await bring(text(), { platform: "other" });
    expect(await sums()).toMatchObject({ ...TWIN_SUMS, months: 39 });
    expect(counts).toMatchObject({ videos: 0, traffic: 38, replaced: 0, voided: 0 });
    expect(await picture()).not.toBe(before);
    expect(await imports.undo(viewer, creatorId, id)).toEqual({ left: [] });
    expect(await picture()).toBe(before);
    await bring(text(), { platform: "other" });
    expect(await sums(), "and it can be brought again").toMatchObject({ ...TWIN_SUMS, months: 39 });
  });
});

describe("the same file again adds nothing", () => {
  const nothing = {
    ...{
      videos: 0,
      filled: 0,
      traffic: 0,
      payouts: 0,
      lines: 0,
      readings: 0,
      audiences: 0,
      replaced: 0,
      voided: 0,
    },
  };

  it("20 at once and 30 after each other", async () => {
    const text = twinText();
    const first = await Promise.all(Array.from({ length: 20 }, () => bring(text, { platform: "other" })));
    expect(first.filter(({ counts }) => counts.traffic > 0)).toHaveLength(1);
    const after = await picture();
    for (let time = 0; time < 30; time++)
      expect((await bring(text, { platform: "other" })).counts).toEqual(nothing);
    expect(await picture()).toBe(after);
    expect(await imports.list(viewer, creatorId)).toHaveLength(1);
  });

  it("the same import sent twice answers the same; its id with another file is refused", async () => {
    const id = randomUUID();
    const text = twinText();
    const [a, b] = await Promise.all([
      bring(text, { id, platform: "other" }),
      bring(text, { id, platform: "other" }),
    ]);
    expect(a).toEqual(b);
    expect(a.counts.traffic).toBe(38);
    await expect(bring(`${text}\n`, { id, platform: "other" })).rejects.toMatchObject({ code: "conflict" });
  });
});

const month = (minor: string, views = "100", state = "final") =>
  bring(
    csvText([
      ["month", "views", "ads_usd"],
      ["2026-01", views, minor],
    ]),
    {
      platform: "other",
      choices: {
        mapping: {
          when: { column: "month", grain: "month" },
          views: "views",
          amounts: { shape: "wide", columns: [{ column: "ads_usd", stream: "ads", currency: "USD" }] },
          state: state as "final",
          decimal: ".",
          dayOrder: null,
        },
      },
    },
  );

describe("a later file corrects an earlier one", () => {
  it("replaces what differs, and undone gives it back, with its own source", async () => {
    const { id: first } = await month("10.00", "100", "estimated");
    const before = await picture();
    const { id, counts } = await month("12.34", "150");
    expect(counts).toMatchObject({ payouts: 1, traffic: 1, replaced: 2 });
    expect(await sums()).toMatchObject({ ads: "1234", views: "150" });
    await imports.undo(viewer, creatorId, id);
    expect(await picture()).toBe(before);
    expect((await month("10.00", "100", "estimated")).counts.payouts, "the first file is known again").toBe(
      0,
    );
    await imports.undo(viewer, creatorId, first);
    expect(await sums()).toEqual({ views: null, months: 0 });
  });

  it("two imports undone in the wrong order end where neither was made", async () => {
    const before = await picture();
    const { id: first } = await month("10.00");
    const { id: second } = await month("12.34", "150");
    expect((await imports.undo(viewer, creatorId, first)).left).toHaveLength(2);
    expect((await imports.undo(viewer, creatorId, second)).left).toEqual([]);
    expect(await picture()).toBe(before);
  });

  it("an undo sent twice is one", async () => {
    const { id } = await month("10.00");
    await Promise.all([1, 2, 3].map(() => imports.undo(viewer, creatorId, id)));
    const { rows } = await payouts.list(viewer, creatorId);
    expect(rows).toEqual([]);
    const [row] = await imports.list(viewer, creatorId);
    expect(row).toMatchObject({
      fileName: "file.csv",
      channelName: "Mira cooks",
      undoneAt: expect.any(Date),
    });
    expect(row?.undoneBy).toBe(row?.recordedBy);
  });
});

describe("what a person did after an import stays", () => {
  it("a corrected payout and a paid one are left, and named", async () => {
    const text = csvText([
      ["month", "views", "ads_usd"],
      ["2026-01", "100", "10.00"],
      ["2026-02", "200", "20.00"],
      ["2026-03", "300", "30.00"],
    ]);
    const { id } = await bring(text, { platform: "other" });
    const { rows } = await payouts.list(viewer, creatorId, { descending: false });
    const [january, february] = rows;
    if (!january || !february) throw new Error("Three payouts were brought.");
    const body = { channelId, stream: "ads" as const, fromDay: january.fromDay, toDay: january.toDay };
    await payouts.record(viewer, creatorId, newPayout({ ...body, minor: 1_111n, replaces: january.id }));
    await receipts.record(viewer, creatorId, {
      id: randomUUID(),
      receivedOn: "2026-03-20",
      minor: 2_000n,
      currency: "USD",
      feeMinor: 0n,
      rate: null,
      note: "",
      allocations: [{ chainId: february.chainId, minor: 2_000n }],
    });
    const { left } = await imports.undo(viewer, creatorId, id);
    expect(left).toEqual([
      { what: "payout", stream: "ads", from: "2026-01-01", to: "2026-01-31" },
      { what: "payout", stream: "ads", from: "2026-02-01", to: "2026-02-28" },
    ]);
    expect(await sums()).toEqual({ ads: "3111", views: null, months: 0 });
  });

  it("what gave way to the file comes back, unless the days were filled since: nothing counts twice", async () => {
    await makePayout(viewer, creatorId, { channelId, stream: "ads", minor: 500n });
    await makeTraffic(viewer, creatorId, { channelId, views: 50 });
    const before = await picture();
    const replace = { "payouts:ads": "replace", "traffic:channel": "replace" } as const;
    const text = csvText([
      ["month", "views", "ads_usd"],
      ["2026-01", "100", "10.00"],
    ]);
    const first = await bring(text, { platform: "other", choices: { overlaps: replace } });
    expect(first.counts).toMatchObject({ payouts: 1, traffic: 1, voided: 2 });
    expect(await sums()).toMatchObject({ ads: "1000", views: "100" });
    await imports.undo(viewer, creatorId, first.id);
    expect(await picture()).toBe(before);

    const again = await bring(text, { platform: "other", choices: { overlaps: replace } });
    const [entry] = (await payouts.list(viewer, creatorId)).rows;
    const [views] = (await traffic.list(viewer, creatorId)).rows;
    await makePayout(viewer, creatorId, {
      channelId,
      stream: "ads",
      minor: 1_200n,
      replaces: entry?.id ?? "",
    });
    await traffic.record(viewer, creatorId, newTraffic({ channelId, views: 120, replaces: views?.id ?? "" }));
    expect((await imports.undo(viewer, creatorId, again.id)).left).toHaveLength(4);
    expect(await sums()).toMatchObject({ ads: "1200", views: "120" });
  });

  it("views between readings give way to a file and come back after it", async () => {
    const reading = (day: string, views: number) =>
      readings.record(viewer, creatorId, { id: randomUUID(), channelId, videoId: null, day, views });
    await reading("2026-01-10", 1_000);
    await reading("2026-01-20", 1_700);
    const before = await picture();
    const { id } = await month("10.00");
    expect(await sums()).toMatchObject({ views: "100" });
    await imports.undo(viewer, creatorId, id);
    expect(await picture()).toBe(before);
    expect(await sums()).toMatchObject({ views: "700" });
  });
});

describe("a table of videos", () => {
  beforeEach(async () => {
    channelId = await makeChannel(viewer, creatorId, { platform: "youtube" });
  });

  it("brings videos once, with views and one payout whose lines add up; undone they are gone", async () => {
    await videos.record(viewer, creatorId, {
      id: randomUUID(),
      channelId,
      externalId: "aaaaaaaaaa1",
      url: "",
      title: "Known before",
      publishedOn: null,
      format: "short",
      niche: null,
      durationSeconds: null,
    });
    const before = await picture();
    const { id, counts } = await bring(contentText());
    expect(counts).toMatchObject({ videos: 3, traffic: 4, payouts: 1, replaced: 0, voided: 0 });
    const { rows } = await videos.list(viewer, creatorId);
    expect(rows.map(({ title, format, views }) => [title, format, views]).sort()).toEqual([
      ["Größe zählt", "long", 500],
      ["Known before", "short", 4_000],
      ["Unlisted ad", "long", 500],
      ['With "quotes", and comma', "long", 1_500],
    ]);
    // 12.345 + 7.005 + 0.500 = 19.850
    expect(await sums()).toMatchObject({ ads: "1985", views: "6500" });
    expect((await bring(contentText())).counts.videos).toBe(0);
    await imports.undo(viewer, creatorId, id);
    expect(await picture()).toBe(before);
    expect((await bring(contentText())).counts.videos, "hidden ones come back as new").toBe(3);
  });

  it("a video that was worked on stays and is named; its figures are taken back in the format it has now", async () => {
    const { id } = await bring(contentText());
    const [video] = (await videos.list(viewer, creatorId, { filter: { search: "Unlisted" } })).rows;
    if (!video) throw new Error("The video was brought.");
    await videos.update(viewer, creatorId, { ...video, format: "short" });
    expect((await imports.undo(viewer, creatorId, id)).left).toEqual([
      { what: "video", title: "Unlisted ad" },
    ]);
    expect((await videos.list(viewer, creatorId)).rows).toMatchObject([
      { title: "Unlisted ad", views: null },
    ]);
    expect(await sums()).toEqual({ views: null, months: 0 });
  });

  it("gives a payout that is there its lines, and undone takes them back", async () => {
    await bring(contentText());
    const [imported] = (await payouts.list(viewer, creatorId)).rows;
    await payouts.remove(viewer, creatorId, { id: randomUUID(), replaces: imported?.id ?? "" });
    const { from, to } = PERIOD;
    await makePayout(viewer, creatorId, {
      channelId,
      stream: "ads",
      fromDay: from,
      toDay: to,
      minor: 2_500n,
      note: "by hand",
    });
    const before = await picture();
    const { id, counts } = await bring(contentText(), { choices: { overlaps: { "payouts:ads": "lines" } } });
    expect(counts).toMatchObject({ payouts: 0, lines: 1 });
    const [payout] = (await payouts.list(viewer, creatorId)).rows;
    expect(payout).toMatchObject({ minor: 2_500n, note: "by hand" });
    expect((await payouts.get(viewer, creatorId, payout?.id ?? "")).lines).toHaveLength(3);
    await imports.undo(viewer, creatorId, id);
    expect(await picture()).toBe(before);
  });
});

describe("size and doors", () => {
  it("5,000 rows are written, and undone, within the deadline of their transactions", async () => {
    const days = Array.from({ length: 2_500 }, (_, index) => {
      const at = new Date(Date.UTC(2019, 0, 1 + index)).toISOString().slice(0, 10);
      return [at, String(1_000 + index), "1.23"];
    });
    const text = csvText([["date", "views", "ads_usd"], ...days]);
    const before = await keptTotals();
    const { id, counts } = await bring(text, { platform: "other" });
    expect(counts).toMatchObject({ payouts: 2_500, traffic: 2_500 });
    expect(await sums()).toMatchObject({ ads: "307500" });
    await imports.undo(viewer, creatorId, id);
    expect(await keptTotals()).toEqual(before);
  });

  it("the same file for another channel is told of, for it would count twice; not when the first was undone", async () => {
    const first = await bring(contentText());
    const other = await makeChannel(viewer, creatorId, { platform: "youtube", name: "Again" });
    const { drafts } = readTable(contentText(), { ...OPTIONS, channelKey: other });
    const fileSha256 = createHash("sha256").update(contentText()).digest("hex");
    const given = bringOf(drafts, { channelId: other, platform: "youtube", fileSha256, choices: {} }, "long");
    const { elsewhere } = await imports.plan(viewer, creatorId, given);
    expect(elsewhere).toMatchObject({
      channelName: expect.stringMatching(/./),
      day: expect.stringMatching(/^20/),
    });
    await imports.undo(viewer, creatorId, first.id);
    expect((await imports.plan(viewer, creatorId, given)).elsewhere).toBeNull();
  });

  it("a video that a person removed stays removed when a file names it again, and its figures count", async () => {
    const { id } = await makeHidden();
    const { counts } = await bring(contentText());
    expect(counts.videos).toBe(3);
    expect((await videos.list(viewer, creatorId)).rows.map((video) => video.id)).not.toContain(id);
    expect(await sums()).toMatchObject({ views: "6500" });
  });

  /** The first video of the content table, logged by hand and removed before anything of it counted. */
  async function makeHidden(): Promise<{ id: string }> {
    const id = await makeVideo(viewer, creatorId, { channelId, externalId: "aaaaaaaaaa1" });
    await videos.remove(viewer, creatorId, { id, version: 1 });
    return { id };
  }

  it("opens to nobody but those who may write; one who may look sees the list", async () => {
    const cast = await makeCast();
    creatorId = cast.creator.id;
    viewer = cast.owner;
    channelId = await makeChannel(viewer, creatorId);
    const { id } = await bring(twinText(), { platform: "other", as: cast.editor });
    const before = await picture();
    for (const [who, code] of [
      ["looker", "forbidden"],
      ["former", "not_found"],
      ["stranger", "not_found"],
    ] as const) {
      await expect(bring(contentText(), { as: cast[who] }), who).rejects.toMatchObject({ code });
      await expect(imports.undo(cast[who], creatorId, id), who).rejects.toMatchObject({ code });
      if (who === "looker") continue;
      expect(await imports.list(cast[who], creatorId)).toEqual([]);
    }
    expect(await imports.list(cast.looker, creatorId)).toHaveLength(1);
    expect(await picture()).toBe(before);
    await expect(imports.undo(cast.owner, creatorId, randomUUID())).rejects.toMatchObject({
      code: "not_found",
    });
    await expect(
      bring(contentText(), { channelId: randomUUID() }),
      "a channel of somebody else",
    ).rejects.toMatchObject({ code: "not_found" });
  });
});
