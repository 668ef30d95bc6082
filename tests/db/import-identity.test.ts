import { randomUUID } from "node:crypto";
import { beforeEach, expect, it } from "vitest";
import * as channels from "../../db/channels";
import * as imports from "../../db/imports";
import * as payouts from "../../db/payouts";
import * as readings from "../../db/readings";
import * as receipts from "../../db/receipts";
import * as videos from "../../db/videos";
import { type Drafts, noDrafts } from "../../lib/import/draft";
import type { PlanChoices } from "../../lib/import/plan";
import { dayOf } from "../../lib/model/month";
import type { Platform } from "../../lib/model/words";
import { audienceDraft, payoutDraft, readingDraft, videoDraft } from "../import/drafts";
import { csvText, OPTIONS, readTable, refusalOf } from "../import/fixtures";
import { SHOP_HEADER, shopRow, studioText } from "../import/tiktok.fixtures";
import { NETWORK } from "../import/youtube.fixtures";
import { ledgerFile } from "../ledger-file";
import { bringOf } from "../staging";
import {
  makeChannel,
  makeLive,
  makePayout,
  makePlacement,
  makeStudio,
  newPayout,
  type Studio,
} from "../studio";

// What a file brings is the same fact wherever it comes from, and what a person said about it since then holds.

let studio: Studio;

beforeEach(async () => {
  studio = await makeStudio();
});

type To = { channelId?: string; platform?: Platform; choices?: PlanChoices; of?: Studio };

const bring = (
  drafts: Partial<Drafts>,
  { of = studio, channelId = of.channelId, platform = "tiktok", choices = {} }: To,
) => bringOf({ ...noDrafts(), ...drafts }, { channelId, platform, fileSha256: "f", choices });

const look = (drafts: Partial<Drafts>, to: To = {}) =>
  imports.plan((to.of ?? studio).viewer, (to.of ?? studio).creatorId, bring(drafts, to));

async function take(drafts: Partial<Drafts>, to: To = {}) {
  const { viewer, creatorId, channelId } = to.of ?? studio;
  const id = randomUUID();
  const input = {
    ...{ id, fileName: "f", sha256: "f", format: "t", options: {} },
    channelId: to.channelId ?? channelId,
  };
  await imports.commit(viewer, creatorId, input, bring(drafts, to), null);
  return id;
}

const money = async ({ viewer, creatorId }: Studio = studio) =>
  (await payouts.list(viewer, creatorId, { size: 500 })).rows;

const everything = ({ viewer, creatorId }: Studio = studio): Promise<string> => ledgerFile(viewer, creatorId);

const order = (channelId: string) =>
  payoutDraft("2026-03-04", 500n, {
    platform: "tiktok",
    stream: "shop",
    sourceKey: `tt:shop/1/2/3/4:${channelId}`,
  });

it("an order that came back with a download of everything is the same order when its file comes: 5.00, not 10.00", async () => {
  await take({ payouts: [order(studio.channelId)] });
  const copy = await makeStudio();
  const { drafts } = readTable(await everything(), { ...OPTIONS, channelKey: copy.channelId });
  await take(drafts, { of: copy });
  await take({ payouts: [order(copy.channelId)] }, { of: copy });
  expect((await money(copy)).map(({ minor }) => minor)).toEqual([500n]);
});

it("a network that names the channel by its title now, by its id before, is asked about: 2.00, not 4.00", async () => {
  const channelId = await makeChannel(studio.viewer, studio.creatorId, { platform: "youtube" });
  const to = { channelId, platform: "youtube" as const };
  const options = { ...OPTIONS, channelKey: channelId };
  const single = NETWORK.split("\n").slice(0, 3).join("\n");
  const byId = readTable(single, options).drafts;
  const byTitle = readTable(single.replace("Channel,", "Note,"), options).drafts;
  expect(byTitle.payouts[0]?.sourceKey).not.toBe(byId.payouts[0]?.sourceKey);
  await take(byId, to);
  const plan = await look({ payouts: byTitle.payouts }, to);
  expect({ ...plan.counts, written: plan.writes.payouts }).toMatchObject({ overlap: 1, written: 0 });
});

it("a month that was said for a table of videos is the same month as in a column of the next table", () => {
  const link = "https://www.youtube.com/watch?v=abcdefghijk";
  const period = { from: dayOf("2026-01-01"), to: dayOf("2026-01-31") };
  const rows = [
    ["Video", "Ad revenue (USD)"],
    [link, "5.00"],
  ];
  const said = readTable(csvText(rows), { ...OPTIONS, period }).drafts;
  const dated = readTable(
    csvText(rows.map((row, index) => [index === 0 ? "Month" : "2026-01", ...row])),
  ).drafts;
  expect(said.payouts).toHaveLength(1);
  expect(said.payouts.map(({ sourceKey }) => sourceKey)).toEqual(
    dated.payouts.map(({ sourceKey }) => sourceKey),
  );
});

it("orders without the columns that tell them apart are refused, since they would count beside their whole export", () => {
  const header = SHOP_HEADER.map((name) => (name === "SKU ID" ? "Note" : name));
  expect(refusalOf(studioText([header, shopRow({})]))).toMatchObject({ column: "SKU ID" });
});

it("a payout that a receipt pays stays through the undoing of both imports that told of it", async () => {
  const { viewer, creatorId } = studio;
  const told = (minor: bigint) => ({ payouts: [{ ...order(studio.channelId), minor }] });
  const first = await take(told(500n));
  const [paid] = await money();
  await receipts.record(viewer, creatorId, {
    ...{ id: randomUUID(), receivedOn: "2026-03-20", minor: 500n, currency: "USD" },
    ...{ feeMinor: 0n, rate: null, note: "" },
    allocations: [{ chainId: paid?.chainId ?? "", minor: 500n }],
  });
  const second = await take(told(700n));
  await imports.undo(viewer, creatorId, second);
  expect((await imports.undo(viewer, creatorId, first)).left).toHaveLength(1);
  expect((await money()).map(({ minor }) => minor)).toEqual([500n]);
});

it("a video that a person placed a product in, or went live with, stays when the import that brought it is undone", async () => {
  const { viewer, creatorId, channelId } = studio;
  const names = ["placed", "live", "plain"];
  const drafts = names.map((name) => ({ ...videoDraft(name, { title: name }), platform: "tiktok" as const }));
  const id = await take({ videos: drafts });
  const { rows } = await videos.list(viewer, creatorId);
  const idOf = (title: string) => rows.find((row) => row.title === title)?.id ?? "";
  await makePlacement(viewer, creatorId, { videoId: idOf("placed") });
  await makeLive(viewer, creatorId, { channelId, videoId: idOf("live") });
  expect((await imports.undo(viewer, creatorId, id)).left).toEqual([
    { what: "video", title: "live" },
    { what: "video", title: "placed" },
  ]);
});

it("a reading that a person corrected stays when the same file comes again", async () => {
  const { viewer, creatorId, channelId } = studio;
  const file = { readings: [readingDraft("2026-03-04", 100, { platform: "tiktok" })] };
  await take(file);
  const body = { channelId, videoId: null, day: "2026-03-04", views: 120 };
  await readings.record(viewer, creatorId, { id: randomUUID(), ...body });
  expect((await look(file)).counts).toMatchObject({ unchanged: 1 });
  const newer = { readings: [readingDraft("2026-03-04", 130, { platform: "tiktok" })] };
  const id = await take(newer);
  await imports.undo(viewer, creatorId, id);
  expect((await look(newer)).counts, "undone, it says something new again").toMatchObject({ changed: 1 });
  expect((await look(file)).counts).toMatchObject({ unchanged: 1 });
});

it("an audience that a person corrected stays when the same file comes again", async () => {
  const { viewer, creatorId, channelId } = studio;
  const file = {
    audiences: [{ ...audienceDraft("2026-03", { us_ca_au: 600_000 }), platform: "tiktok" as const }],
  };
  await take(file);
  const corrected = { id: randomUUID(), channelId, month: "2026-03", shares: { us_ca_au: 700_000 } };
  await channels.recordAudience(viewer, creatorId, corrected);
  expect((await look(file)).counts).toMatchObject({ unchanged: 1 });
  await channels.recordAudience(viewer, creatorId, { ...corrected, id: randomUUID(), shares: {} });
  expect((await look(file)).counts).toMatchObject({ removed: 1 });
});

it("a refund that a person took back comes back about the payout he typed", async () => {
  const { viewer, creatorId, channelId } = studio;
  const typed = await makePayout(viewer, creatorId, { channelId, minor: 500n });
  const { chainId } = await payouts.get(viewer, creatorId, typed);
  const refund = newPayout({ channelId, about: chainId, kind: "refund", minor: -100n });
  await payouts.record(viewer, creatorId, refund);
  const { drafts } = readTable(await everything(), { ...OPTIONS, channelKey: channelId });
  await payouts.remove(viewer, creatorId, { id: randomUUID(), replaces: refund.id });
  await take(drafts, { choices: { bringBack: true } });
  expect((await money()).map(({ minor, about }) => [minor, about])).toEqual(
    expect.arrayContaining([[-100n, chainId]]),
  );
});

it("a refund whose payout is in no file and not here is refused, and the rest is read", async () => {
  const refund = { ...order(studio.channelId), kind: "refund" as const, minor: -100n, about: "tt:shop/9" };
  const plan = await look({ payouts: [{ ...refund, sourceKey: "tt:shop/r", line: 7 }] });
  expect(plan.writes.payouts).toBe(0);
  expect(plan.refused).toMatchObject([{ line: 7 }]);
});

it("two who import the same file at once: one imports it, the other learns that nothing is left to do", async () => {
  const { viewer, creatorId, channelId } = studio;
  const drafts = { payouts: [order(channelId)] };
  const { hash } = await look(drafts);
  const commit = () => {
    const input = { id: randomUUID(), fileName: "f", sha256: "f", format: "t", channelId, options: {} };
    return imports.commit(viewer, creatorId, input, bring(drafts, {}), hash);
  };
  const ends = await Promise.allSettled([commit(), commit(), commit()]);
  expect(ends.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  expect((await money()).map(({ minor }) => minor)).toEqual([500n]);
});
