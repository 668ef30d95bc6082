import { randomUUID } from "node:crypto";
import { beforeEach, describe, expect, it } from "vitest";
import * as channels from "../../db/channels";
import * as imports from "../../db/imports";
import * as payouts from "../../db/payouts";
import * as readings from "../../db/readings";
import * as traffic from "../../db/traffic";
import * as videos from "../../db/videos";
import { type Drafts, noDrafts } from "../../lib/import/draft";
import { changesOf, overlapMessage, type PlanChoices } from "../../lib/import/plan";
import type { Viewer } from "../../lib/model/access";
import { currencyOf } from "../../lib/model/money";
import { dayOf } from "../../lib/model/month";
import { audienceDraft, payoutDraft, readingDraft, trafficDraft, videoDraft } from "../import/drafts";
import { contentText, csvText, readTable } from "../import/fixtures";
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

// What a file means for the ledger, and that a commit does what its plan said.

let viewer: Viewer;
let creatorId: string;
let channelId: string;

beforeEach(async () => {
  ({ viewer, creatorId } = await makeStudio());
  channelId = await makeChannel(viewer, creatorId, { platform: "youtube" });
});

const bring = (drafts: Partial<Drafts>, choices: PlanChoices = {}) =>
  bringOf({ ...noDrafts(), ...drafts }, { channelId, platform: "youtube", fileSha256: "f", choices }, "long");

const look = (drafts: Partial<Drafts>, choices?: PlanChoices) =>
  imports.plan(viewer, creatorId, bring(drafts, choices));

/** Commits what the plan says, by its hash, and answers the import's id, the plan and the counts. */
async function take(drafts: Partial<Drafts>, choices?: PlanChoices) {
  const id = randomUUID();
  const plan = await look(drafts, choices);
  const input = { id, fileName: "file.csv", sha256: "f", format: "test", channelId, options: {} };
  const counts = await imports.commit(viewer, creatorId, input, bring(drafts, choices), plan.hash);
  expect(counts, "a commit does what its plan said").toEqual(plan.writes);
  return { id, plan, counts };
}

const content = () => readTable(contentText()).drafts;
const statuses = (plan: Awaited<ReturnType<typeof look>>) => plan.rows.map(({ status }) => status);
const money = async () => (await payouts.list(viewer, creatorId, { size: 500 })).rows;
const seen = async () => (await traffic.list(viewer, creatorId, { size: 500 })).rows;

describe("the same file twice changes nothing; a corrected file changes what differs", () => {
  it("all is new the first time, and unchanged the second", async () => {
    expect((await take(content())).plan.counts).toMatchObject({
      new: 9,
      unchanged: 0,
      changed: 0,
      overlap: 0,
    });
    const again = await look(content());
    expect(again.counts).toMatchObject({ new: 0, unchanged: 9, changed: 0, overlap: 0 });
    expect(Object.values(again.writes).every((count) => count === 0)).toBe(true);
  });

  it("a changed amount says old and new and replaces the head of its chain", async () => {
    await take({ payouts: [payoutDraft("2024-01-01", 100n, { state: "estimated" })] });
    const [old] = await money();
    const { plan, counts } = await take({ payouts: [payoutDraft("2024-01-01", 150n)] });
    expect(plan.rows.map(changesOf)).toEqual([["1.00 USD → 1.50 USD", "estimated → final"]]);
    expect(counts).toMatchObject({ payouts: 1, replaced: 1 });
    expect(await money()).toMatchObject([{ minor: 150n, replaces: old?.id, chainId: old?.chainId }]);
  });

  it("unknown views become known; a figure the file does not tell stays", async () => {
    await take({ traffic: [trafficDraft("2024-01-01", null, { likes: 3 })] });
    const { plan } = await take({ traffic: [trafficDraft("2024-01-01", 7)] });
    expect(plan.rows.map(changesOf)).toEqual([["views unknown → 7"]]);
    expect(await seen()).toMatchObject([{ views: 7, likes: 3 }]);
  });

  it("an estimate does not undo a figure that became final", async () => {
    const month = { to: "2024-01-31" };
    await take({ payouts: [payoutDraft("2024-01-01", 120n, month)] });
    const estimate = (minor: bigint) => payoutDraft("2024-01-01", minor, { ...month, state: "estimated" });
    const planned = await look({ payouts: [estimate(100n)] });
    expect(planned.overlaps).toMatchObject([
      { key: "payouts:ads", choices: ["keep", "replace"], chosen: "keep" },
    ]);
    expect(planned.writes.payouts).toBe(0);
    expect(statuses(await look({ payouts: [estimate(120n)] }))).toEqual(["unchanged"]);
    await take({ payouts: [estimate(100n)] }, { overlaps: { "payouts:ads": "replace" } });
    expect(await money()).toMatchObject([{ minor: 100n, state: "estimated" }]);
  });

  it("what was estimated and when it settled are kept beside the amount, and a file without them takes nothing away", async () => {
    await take({
      payouts: [
        payoutDraft("2024-01-01", 90n, {
          stream: "shop",
          estimatedMinor: 100n,
          settledDay: dayOf("2024-02-03"),
        }),
      ],
    });
    expect(statuses(await look({ payouts: [payoutDraft("2024-01-01", 90n, { stream: "shop" })] }))).toEqual([
      "unchanged",
    ]);
    const { plan } = await take({
      payouts: [payoutDraft("2024-01-01", 90n, { stream: "shop", estimatedMinor: 110n })],
    });
    expect(plan.rows.map(changesOf)).toEqual([["estimated 1.00 USD → 1.10 USD"]]);
  });

  it("amounts by video that differ are a change; a file without them keeps those that are there", async () => {
    const drafts = (one: bigint) => ({
      videos: [videoDraft("a"), videoDraft("b")],
      payouts: [
        payoutDraft("2024-01-01", 100n, {
          lines: [
            { videoExternalId: "a", minor: one },
            { videoExternalId: "b", minor: 20n },
          ],
        }),
      ],
    });
    await take(drafts(50n));
    expect((await look(drafts(50n))).counts.changed).toBe(0);
    const { plan } = await take(drafts(60n));
    expect(plan.rows.flatMap(changesOf)).toEqual(["other amounts by video"]);
    await take({ payouts: [payoutDraft("2024-01-01", 100n, { note: "told later" })] });
    const [payout] = await money();
    const { lines } = await payouts.get(viewer, creatorId, payout?.id ?? "");
    expect(lines.map(({ minor }) => minor).sort()).toEqual([20n, 60n]);
  });
});

describe("a content table and a date table of the same days are never added up", () => {
  const days = () =>
    readTable(
      csvText([
        ["Date", "Views", "Estimated revenue (USD)"],
        ["2024-01-01", "5", "1.00"],
        ["2024-12-31", "6", "2.00"],
      ]),
    ).drafts;

  it("the year's table after its days: keep by default, or void both days for the one payout", async () => {
    await take(days());
    const planned = await look(content());
    expect(planned.overlaps).toMatchObject([
      { key: "payouts:ads", existing: 2, drafts: 1, choices: ["keep", "replace"] },
    ]);
    expect(planned.overlaps.map(overlapMessage)).toEqual([
      expect.stringMatching(/2 existing payouts of ads.*2024-01-01 and 2024-12-31.*not added up/),
    ]);
    expect(planned.writes).toMatchObject({ payouts: 0, voided: 0 });
    const { counts } = await take(content(), { overlaps: { "payouts:ads": "replace" } });
    expect(counts).toMatchObject({ payouts: 1, voided: 2 });
    expect(await money()).toMatchObject([{ minor: 1985n }]);
  });

  it("the views of videos stand beside those of the channel: no overlap between them", async () => {
    await take({ traffic: days().traffic });
    const { plan } = await take({ videos: content().videos, traffic: content().traffic });
    expect(plan.overlaps).toEqual([]);
    expect(await seen()).toHaveLength(6);
  });

  it("some days after the year's table: the year reaches beyond the file, so it can only be kept", async () => {
    await take({ payouts: content().payouts.map((payout) => ({ ...payout, lines: [] })) });
    const short = { payouts: days().payouts.slice(0, 1) };
    const planned = await look(short, { overlaps: { "payouts:ads": "replace" } });
    expect(planned.overlaps).toMatchObject([{ choices: ["keep"], chosen: "keep" }]);
    expect(planned.writes.payouts).toBe(0);
  });

  it("days outside what is there are new all the same", async () => {
    await take({ payouts: [payoutDraft("2024-01-01", 50n, { to: "2024-01-31" })] });
    const { plan } = await take({ payouts: [payoutDraft("2024-01-31", 1n), payoutDraft("2024-02-01", 2n)] });
    expect(statuses(plan)).toEqual(["overlap", "new"]);
    expect((await money()).map(({ minor }) => minor).sort()).toEqual([2n, 50n]);
  });

  it("a payout of the same days may instead get the lines by video, when they fit into it", async () => {
    const typed = { channelId, stream: "ads" as const, fromDay: "2024-01-01", toDay: "2024-12-31" };
    const id = await makePayout(viewer, creatorId, { ...typed, minor: 1984n });
    expect((await look(content())).overlaps[0]?.choices).toEqual(["keep", "replace"]);
    await payouts.record(viewer, creatorId, newPayout({ ...typed, minor: 2012n, replaces: id }));
    expect((await look(content())).overlaps[0]?.choices).toEqual(["keep", "replace", "lines"]);
  });
});

describe("what counts as the same money", () => {
  const sponsor = (more: Parameters<typeof payoutDraft>[2] = {}) =>
    payoutDraft("2024-01-01", 100n, { to: "2024-01-31", stream: "sponsorship", ...more });
  beforeEach(async () => {
    const typed = { channelId, fromDay: "2024-01-01", toDay: "2024-01-31", minor: 100n };
    await makePayout(viewer, creatorId, { ...typed, stream: "sponsorship" });
    await makePayout(viewer, creatorId, { ...typed, stream: "rewards" });
  });

  it("two sponsorships in a month may both be true, when a person says so", async () => {
    expect((await look({ payouts: [sponsor()] })).overlaps[0]?.choices).toEqual(["keep", "replace", "add"]);
    const { counts } = await take({ payouts: [sponsor()] }, { overlaps: { "payouts:sponsorship": "add" } });
    expect(counts).toMatchObject({ payouts: 1, voided: 0 });
    expect(await money()).toHaveLength(3);
  });

  it("another currency is other money, except for a programme that pays a day once", async () => {
    expect(statuses(await look({ payouts: [sponsor({ currency: currencyOf("EUR") })] }))).toEqual(["new"]);
    const rewards = payoutDraft("2024-01-01", 1n, { stream: "rewards", currency: currencyOf("EUR") });
    expect((await look({ payouts: [rewards] })).overlaps).toHaveLength(1);
  });

  it("another stream or other days are new", async () => {
    expect(statuses(await look({ payouts: [sponsor({ stream: "affiliate" })] }))).toEqual(["new"]);
    const later = payoutDraft("2024-02-01", 1n, { to: "2024-02-29", stream: "sponsorship" });
    expect(statuses(await look({ payouts: [later] }))).toEqual(["new"]);
  });

  it("a later export of orders adds the new order of a day that is there: two names of one kind are two facts", async () => {
    for (const [stream, names] of [
      ["shop", ["tt:shop/1", "tt:shop/2", "tt:shop/3"]],
      ["affiliate", ["generic:ref/a1", "generic:ref/b2", "generic:ref/c3"]],
    ] as const) {
      const orders = names.map((sourceKey) => payoutDraft("2024-03-05", 100n, { stream, sourceKey }));
      await take({ payouts: orders.slice(0, 2) });
      const { plan } = await take({ payouts: orders.slice(1) });
      expect(plan.counts).toMatchObject({ new: 1, unchanged: 1, overlap: 0 });
    }
  });
});

describe("a table that tells the same month under another name", () => {
  it("is asked about, never added: one with a column of platforms, after one without", async () => {
    const month = (sourceKey: string) =>
      payoutDraft("2024-01-01", 500n, { to: "2024-01-31", stream: "ads", sourceKey });
    await take({ payouts: [month("generic:2024-01:ads:USD:c1")] });
    const again = { payouts: [month("generic:2024-01/youtube:ads:USD:c1")] };
    expect((await look(again)).counts).toMatchObject({ overlap: 1, new: 0 });
    await take(again);
    expect((await money()).map(({ minor }) => minor)).toEqual([500n]);
  });

  it("so is one whose rows go by another column than before", async () => {
    const sale = (sourceKey: string) => payoutDraft("2024-03-05", 100n, { stream: "affiliate", sourceKey });
    await take({ payouts: [sale("generic:ref order/a1")] });
    expect((await look({ payouts: [sale("generic:ref invoice no/77")] })).counts).toMatchObject({
      overlap: 1,
      new: 0,
    });
  });
});

describe("two exports of one video's overlapping periods would count its views twice", () => {
  it("keep what is there, or replace it", async () => {
    const half = content().traffic.map((draft) => ({
      ...draft,
      sourceKey: `half:${draft.videoExternalId}`,
      to: dayOf("2024-06-30"),
    }));
    await take({ videos: content().videos, traffic: half });
    const planned = await look({ ...content(), payouts: [] });
    expect(planned.overlaps).toMatchObject([{ key: "traffic:videos", drafts: 4, existing: 4 }]);
    const replaced = await take({ ...content(), payouts: [] }, { overlaps: { "traffic:videos": "replace" } });
    expect(replaced.counts).toMatchObject({ traffic: 4, voided: 4 });
  });

  it("two rows of one file that speak of the same days are refused but for one, by line", async () => {
    const { plan } = await take({
      traffic: [
        trafficDraft("2024-01-01", 100, { to: "2024-01-31", line: 2 }),
        trafficDraft("2024-01-15", 5, { line: 3 }),
      ],
    });
    expect(plan.counts).toMatchObject({ new: 1, refused: 1 });
    expect(plan.refused).toEqual([{ line: 3, message: expect.stringMatching(/same channel and days/) }]);
  });
});

describe("rows of one name in one file", () => {
  const row = (minor: bigint, line: number) =>
    payoutDraft("2024-01-01", minor, { sourceKey: "gift:1", stream: "gift", line });

  it("the same to the letter count once and are told; kept when each is real, and stay when brought again", async () => {
    const drafts = { payouts: [row(100n, 2), row(100n, 3), row(100n, 4)] };
    const planned = await look(drafts);
    expect(planned.repeats).toEqual({
      rows: 2,
      listed: [{ what: "payout", when: "2024-01-01", lines: [2, 3, 4] }],
      mayKeep: true,
    });
    expect(planned.writes.payouts).toBe(1);
    const { counts } = await take(drafts, { keepRepeats: true });
    expect(counts.payouts).toBe(3);
    for (const choices of [{}, { keepRepeats: true }])
      expect((await take(drafts, choices)).counts.payouts, "nothing is added or lost").toBe(0);
    expect(await money()).toHaveLength(3);
  });

  it("those that differ are asked about: nothing may be written before, and kept ones stay apart unasked", async () => {
    const drafts = { payouts: [row(100n, 2), row(70n, 5)] };
    const planned = await look(drafts);
    expect(planned.twins).toEqual({
      groups: 1,
      listed: [{ what: "payout", when: "2024-01-01", lines: [2, 5] }],
      choices: ["first", "last", "keep"],
      chosen: null,
    });
    await expect(take(drafts)).rejects.toMatchObject({ code: "invalid" });
    expect((await look(drafts, { twins: "first" })).money).toMatchObject([{ toWrite: 100n }]);
    expect((await look(drafts, { twins: "last" })).money).toMatchObject([{ toWrite: 70n }]);
    await take(drafts, { twins: "keep" });
    expect((await money()).map(({ minor }) => minor).sort()).toEqual([100n, 70n].sort());
    const again = await take(drafts);
    expect(again.plan.twins.chosen).toBe("keep");
    expect(again.plan.counts).toMatchObject({ unchanged: 2, new: 0 });
  });

  it("twins that are kept keep their own amounts by video", async () => {
    const line = (videoExternalId: string, minor: bigint) => [{ videoExternalId, minor }];
    const drafts = {
      videos: [videoDraft("a"), videoDraft("b")],
      payouts: [
        { ...row(100n, 2), lines: line("a", 100n) },
        { ...row(100n, 3), lines: line("b", 100n) },
      ],
    };
    await take(drafts, { twins: "keep" });
    const all = await Promise.all((await money()).map(({ id }) => payouts.get(viewer, creatorId, id)));
    expect(all.flatMap(({ lines }) => lines.map(({ title }) => title)).sort()).toEqual(["a", "b"]);
  });

  it("views of one day cannot be kept twice: the last row counts", async () => {
    const drafts = { traffic: [trafficDraft("2024-01-01", 5), trafficDraft("2024-01-01", 6, { line: 3 })] };
    expect((await look(drafts)).twins.choices).toEqual(["first", "last"]);
    await take(drafts, { twins: "keep" });
    expect(await seen()).toMatchObject([{ views: 6 }]);
  });
});

describe("what a person did is not undone by a file", () => {
  const drafts = { payouts: [payoutDraft("2024-01-01", 100n)], traffic: [trafficDraft("2024-01-01", 5)] };

  it("what he removed stays removed, unless he brings it back", async () => {
    await take(drafts);
    const [payout] = await money();
    const [views] = await seen();
    await payouts.remove(viewer, creatorId, { id: randomUUID(), replaces: payout?.id ?? "" });
    await traffic.remove(viewer, creatorId, { id: randomUUID(), replaces: views?.id ?? "" });
    const { plan } = await take(drafts);
    expect(plan.counts).toMatchObject({ removed: 2, new: 0 });
    expect([await money(), await seen()]).toEqual([[], []]);
    const { counts } = await take(drafts, { bringBack: true });
    expect(counts).toMatchObject({ payouts: 1, traffic: 1 });
    expect((await look(drafts)).counts).toMatchObject({ unchanged: 2, removed: 0 });
  });

  it("what an undone import had brought was not removed by him: it is new", async () => {
    const { id } = await take(drafts);
    await imports.undo(viewer, creatorId, id);
    expect((await look(drafts)).counts).toMatchObject({ new: 2, removed: 0 });
  });

  it("what he corrected is not doubled: the file that says the same as before changes nothing", async () => {
    await take(drafts);
    const [payout] = await money();
    const [views] = await seen();
    const day = { fromDay: "2024-01-01", toDay: "2024-01-01" };
    await payouts.record(
      viewer,
      creatorId,
      newPayout({ channelId, stream: "ads", ...day, minor: 111n, replaces: payout?.id ?? "" }),
    );
    await traffic.record(
      viewer,
      creatorId,
      newTraffic({ channelId, ...day, views: 6, replaces: views?.id ?? "" }),
    );
    expect((await take(drafts)).plan.counts).toMatchObject({ unchanged: 2 });
    expect(await money()).toMatchObject([{ minor: 111n }]);
    const restated = { payouts: [payoutDraft("2024-01-01", 120n)], traffic: [trafficDraft("2024-01-01", 9)] };
    expect((await look(restated)).overlaps).toMatchObject([
      { key: "payouts:ads", existing: 1, chosen: "keep" },
      { key: "traffic:channel", existing: 1, chosen: "keep" },
    ]);
    await take(restated, { overlaps: { "payouts:ads": "replace", "traffic:channel": "replace" } });
    expect([await money(), await seen()]).toMatchObject([[{ minor: 120n }], [{ views: 9 }]]);
  });
});

describe("what a person undid of a file", () => {
  it("stays undone: neither the newer file nor the older one changes anything", async () => {
    const file = (minor: bigint, views: number) => ({
      payouts: [payoutDraft("2024-01-01", minor)],
      traffic: [trafficDraft("2024-01-01", views)],
    });
    await take(file(100n, 5));
    await take(file(150n, 6));
    const [[payout], [views]] = [await money(), await seen()];
    await payouts.undo(viewer, creatorId, { id: randomUUID(), entryId: payout?.id ?? "" });
    await traffic.undo(viewer, creatorId, { id: randomUUID(), entryId: views?.id ?? "" });
    expect([await money(), await seen()]).toMatchObject([[{ minor: 100n }], [{ views: 5 }]]);
    for (const again of [file(150n, 6), file(100n, 5)])
      expect((await look(again)).counts).toMatchObject({ unchanged: 2 });
  });
});

describe("a figure that grows under one name", () => {
  const until = (to: string, minor: bigint) =>
    payoutDraft("2024-03-01", minor, { to, sourceKey: "live:2024-03", stream: "gift", state: "estimated" });

  it("grows with a later file, and never goes back to an older one's", async () => {
    await take({ payouts: [until("2024-03-15", 500n)] });
    await take({ payouts: [until("2024-03-31", 900n)] });
    const { plan } = await take({ payouts: [until("2024-03-15", 500n)] });
    expect(plan.counts).toMatchObject({ older: 1, overlap: 0 });
    expect(await money()).toMatchObject([{ minor: 900n, toDay: "2024-03-31" }]);
  });
});

describe("readings", () => {
  const monthOfViews = async () => (await seen()).map(({ fromDay, toDay, views }) => [fromDay, toDay, views]);

  it("bring the traffic between them, and a later file only what is new: 700 − 400 and 1,000 − 700", async () => {
    const file = [readingDraft("2024-01-01", 400), readingDraft("2024-01-11", 700)];
    const { id } = await take({ readings: file });
    expect(await monthOfViews()).toEqual([["2024-01-02", "2024-01-11", 300]]);
    const later = await take({ readings: [...file, readingDraft("2024-01-21", 1_000, { followers: 50 })] });
    expect(later.plan.counts).toMatchObject({ unchanged: 2, new: 1 });
    expect(await monthOfViews()).toEqual([
      ["2024-01-12", "2024-01-21", 300],
      ["2024-01-02", "2024-01-11", 300],
    ]);
    expect((await imports.undo(viewer, creatorId, later.id)).left).toEqual([]);
    expect(await monthOfViews()).toEqual([["2024-01-02", "2024-01-11", 300]]);
    await imports.undo(viewer, creatorId, id);
    expect(await monthOfViews()).toEqual([]);
    expect((await look({ readings: file })).counts, "undone is not removed").toMatchObject({ new: 2 });
  });

  it("complete and correct those of the same day, and undone give them back", async () => {
    const typed = { id: randomUUID(), channelId, videoId: null, day: "2024-01-01", views: 400, likes: 9 };
    await readings.record(viewer, creatorId, typed);
    const { id, plan } = await take({ readings: [readingDraft("2024-01-01", 410, { followers: 7 })] });
    expect(plan.rows.map(changesOf)).toEqual([["views 400 → 410", "followers unknown → 7"]]);
    expect((await readings.list(viewer, creatorId)).rows).toMatchObject([
      { views: 410, likes: 9, followers: 7 },
    ]);
    await imports.undo(viewer, creatorId, id);
    expect((await readings.list(viewer, creatorId)).rows).toMatchObject([
      { views: 400, likes: 9, followers: null },
    ]);
  });

  it("a fall is refused by line, against what is there and inside the file", async () => {
    const typed = { id: randomUUID(), channelId, videoId: null, day: "2024-01-10", views: 500 };
    await readings.record(viewer, creatorId, typed);
    const { plan } = await take({
      readings: [
        readingDraft("2024-01-05", 501, { line: 2 }),
        readingDraft("2024-01-11", 600, { line: 3 }),
        readingDraft("2024-01-12", 599, { line: 4 }),
        readingDraft("2024-01-13", 601, { line: 5 }),
      ],
    });
    expect(plan.counts).toMatchObject({ new: 2, refused: 2 });
    expect(plan.refused).toEqual([
      { line: 2, message: expect.stringMatching(/only 500 views on a later day, fewer than these 501/) },
      { line: 4, message: expect.stringMatching(/600 views before that day already, more than these 599/) },
    ]);
  });

  it("one that a person removed stays removed, unless he brings it back", async () => {
    await take({ readings: [readingDraft("2024-01-01", 400)] });
    const [reading] = (await readings.list(viewer, creatorId)).rows;
    await readings.remove(viewer, creatorId, { id: randomUUID(), replaces: reading?.id ?? "" });
    expect((await take({ readings: [readingDraft("2024-01-01", 400)] })).plan.counts).toMatchObject({
      removed: 1,
    });
    await take({ readings: [readingDraft("2024-01-01", 400)] }, { bringBack: true });
    expect((await readings.list(viewer, creatorId)).total).toBe(1);
  });

  it("of a thousand videos are derived like typed ones, and undone by the thousand", async () => {
    const ids = Array.from({ length: 1_000 }, (_, index) => `v${index}`);
    const drafts = {
      videos: ids.map((id) => videoDraft(id)),
      readings: ids.flatMap((videoExternalId, index) => [
        readingDraft("2024-01-01", index, { videoExternalId }),
        readingDraft("2024-01-31", 3 * index, { videoExternalId }),
      ]),
    };
    const { id, counts } = await take(drafts);
    expect(counts).toMatchObject({ readings: 2_000, videos: 1_000 });
    const { rows, total } = await traffic.list(viewer, creatorId, { size: 1_000 });
    // 2 × (0 + 1 + … + 999) = 999,000
    expect([total, rows.reduce((sum, { views }) => sum + (views ?? 0), 0)]).toEqual([1_000, 999_000]);
    expect((await imports.undo(viewer, creatorId, id)).left).toEqual([]);
    expect((await traffic.list(viewer, creatorId)).total).toBe(0);
    expect((await videos.list(viewer, creatorId)).total).toBe(0);
  });

  it("corrected since by a person stay, and are named", async () => {
    const { id } = await take({
      readings: [readingDraft("2024-01-01", 400), readingDraft("2024-01-11", 700)],
    });
    const typed = { id: randomUUID(), channelId, videoId: null, day: "2024-01-11", views: 710 };
    await readings.record(viewer, creatorId, typed);
    expect((await imports.undo(viewer, creatorId, id)).left).toEqual([
      { what: "reading", day: "2024-01-11" },
    ]);
    expect((await readings.list(viewer, creatorId)).rows).toMatchObject([{ day: "2024-01-11", views: 710 }]);
  });
});

describe("where the audience sits", () => {
  const shares = async () =>
    (await channels.listAudience(viewer, creatorId, channelId)).map(({ month, shares: all }) => [month, all]);

  it("is recorded by month, unchanged when brought again, and undone to what was known before", async () => {
    await channels.recordAudience(viewer, creatorId, {
      id: randomUUID(),
      channelId,
      month: "2024-01",
      shares: { unknown: 1 },
    });
    const drafts = {
      audiences: [
        audienceDraft("2024-01", { us_ca_au: 400_000 }),
        audienceDraft("2024-02", { us_ca_au: 500_000 }),
      ],
    };
    const { id, plan } = await take(drafts);
    expect(plan.counts).toMatchObject({ changed: 1, new: 1 });
    expect((await look(drafts)).counts).toMatchObject({ unchanged: 2 });
    expect((await imports.undo(viewer, creatorId, id)).left).toEqual([]);
    expect(await shares()).toEqual([["2024-01", { unknown: 1 }]]);
    expect((await look(drafts)).counts).toMatchObject({ changed: 1, new: 1 });
  });

  it("said otherwise since then stays, and is named", async () => {
    const { id } = await take({ audiences: [audienceDraft("2024-01", { us_ca_au: 400_000 })] });
    await channels.recordAudience(viewer, creatorId, {
      id: randomUUID(),
      channelId,
      month: "2024-01",
      shares: { unknown: 1 },
    });
    expect((await imports.undo(viewer, creatorId, id)).left).toEqual([
      { what: "audience", month: "2024-01" },
    ]);
    expect(await shares()).toEqual([["2024-01", { unknown: 1 }]]);
  });
});

describe("videos", () => {
  it("that are there are filled where they are blank, never overwritten, and blank again when undone", async () => {
    const videoId = await makeVideo(viewer, creatorId, {
      ...{
        channelId,
        externalId: "a",
        url: "",
        title: "By hand",
        publishedOn: null,
        format: "short",
        durationSeconds: null,
      },
    });
    const draft = videoDraft("a", {
      ...{
        url: "https://example.com/a",
        title: "From the file",
        publishedDay: dayOf("2024-01-05"),
        durationSeconds: 30,
      },
    });
    const before = await videos.get(viewer, creatorId, videoId);
    const { id, plan, counts } = await take({ videos: [draft] });
    expect(counts).toMatchObject({ filled: 1, videos: 0 });
    expect(plan.rows.map(changesOf)).toEqual([
      ["link unknown → https://example.com/a", "published unknown → 2024-01-05", "seconds unknown → 30"],
    ]);
    expect(await videos.get(viewer, creatorId, videoId)).toMatchObject({
      ...{
        title: "By hand",
        url: "https://example.com/a",
        publishedOn: "2024-01-05",
        durationSeconds: 30,
        format: "short",
      },
    });
    expect((await look({ videos: [draft] })).counts).toMatchObject({ unchanged: 1 });
    expect((await imports.undo(viewer, creatorId, id)).left).toEqual([]);
    expect(await videos.get(viewer, creatorId, videoId)).toEqual(before);
  });

  it("without a format are asked about: nothing may be written before", async () => {
    const drafts = { ...noDrafts(), videos: [videoDraft("a", { format: null })] };
    const unknown = bringOf(drafts, { channelId, platform: "youtube", fileSha256: "f", choices: {} });
    const plan = await imports.plan(viewer, creatorId, unknown);
    expect(plan).toMatchObject({
      videosWithoutFormat: 1,
      newVideos: [{ externalId: "a", title: "a", format: null }],
    });
    const input = { id: randomUUID(), fileName: "f", sha256: "f", format: "t", channelId, options: {} };
    await expect(imports.commit(viewer, creatorId, input, unknown, null)).rejects.toMatchObject({
      code: "invalid",
    });
  });
});

describe("the commit does exactly what the preview said", () => {
  it("or refuses because the data moved, and writes nothing", async () => {
    const drafts = { payouts: [payoutDraft("2024-01-01", 100n), payoutDraft("2024-01-02", 100n)] };
    const plan = await look(drafts);
    await makePayout(viewer, creatorId, {
      channelId,
      stream: "ads",
      fromDay: "2024-01-02",
      toDay: "2024-01-02",
    });
    const input = { id: randomUUID(), fileName: "f", sha256: "f", format: "t", channelId, options: {} };
    await expect(imports.commit(viewer, creatorId, input, bring(drafts), plan.hash)).rejects.toMatchObject({
      code: "conflict",
    });
    expect(await money()).toHaveLength(1);
    expect(await imports.list(viewer, creatorId)).toEqual([]);
  });

  it("the hash moves with the file, what is there and the choices, and with nothing else", async () => {
    const drafts = (minor = 100n) => ({ payouts: [payoutDraft("2024-01-01", minor, { stream: "gift" })] });
    await makePayout(viewer, creatorId, { channelId, stream: "ads" });
    const hashes = [(await look(drafts())).hash, (await look(drafts(101n))).hash];
    expect((await look(drafts())).hash).toBe(hashes[0]);
    await makeTraffic(viewer, creatorId, { channelId });
    expect((await look(drafts())).hash, "what the file does not meet").toBe(hashes[0]);
    await makePayout(viewer, creatorId, {
      channelId,
      stream: "gift",
      fromDay: "2024-01-01",
      toDay: "2024-01-01",
    });
    hashes.push((await look(drafts())).hash);
    hashes.push((await look(drafts(), { overlaps: { "payouts:gift": "replace" } })).hash);
    expect(new Set(hashes).size).toBe(hashes.length);
  });

  it("a plan of a channel that is yet to be made leaves nothing behind", async () => {
    channelId = randomUUID();
    expect((await look(content())).counts.new).toBe(9);
    expect((await videos.list(viewer, creatorId)).total).toBe(0);
  });
});
