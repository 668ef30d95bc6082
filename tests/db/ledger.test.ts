import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import * as imports from "../../db/imports";
import * as ledger from "../../db/ledger";
import * as payouts from "../../db/payouts";
import { noDrafts } from "../../lib/import/draft";
import type { Plan } from "../../lib/import/plan";
import type { LedgerRow } from "../../lib/model/ledger-columns";
import { ledgerHeader, ledgerLines } from "../../lib/report/ledger";
import { OPTIONS, readTable } from "../import/fixtures";
import { bringOf } from "../staging";
import {
  type FullStudio,
  makeChannel,
  makeFullStudio,
  makePayout,
  makeStudio,
  makeTraffic,
  makeVideo,
  newPayout,
} from "../studio";

let studio: FullStudio;
let rows: LedgerRow[];

async function everything({
  viewer,
  creatorId,
}: Pick<FullStudio, "viewer" | "creatorId">): Promise<LedgerRow[]> {
  const found: LedgerRow[] = [];
  await ledger.walk(viewer, creatorId, async (batch) => void found.push(...batch));
  return found;
}

beforeAll(async () => {
  studio = await makeFullStudio();
  const { viewer, creatorId, payoutId } = studio;
  const { chainId } = await payouts.get(viewer, creatorId, payoutId);
  await payouts.record(
    viewer,
    creatorId,
    newPayout({
      channelId: studio.channelId,
      about: chainId,
      kind: "refund",
      minor: -150n,
      note: "'=1+1\nsecond line",
    }),
  );
  rows = await everything(studio);
});

describe("the download of everything", () => {
  it("holds each entry that counts once: what was replaced is not there", () => {
    const count = (entry: string) => rows.filter((row) => row.entry === entry).length;
    expect({ video: count("video"), payout: count("payout"), share: count("share") }).toEqual({
      video: 1,
      payout: 2,
      share: 1,
    });
    expect(count("traffic")).toBeGreaterThan(0);
    expect(count("reading")).toBe(1);
    expect(count("audience")).toBe(1);
  });

  it("names the original of a refund, and comes after it", () => {
    const [original, refund] = rows.filter((row) => row.entry === "payout");
    expect(refund).toMatchObject({ kind: "refund", about: original?.reference, amount: "-150" });
  });

  it("is read by the import to the same entries, amounts and texts to the letter", () => {
    const { drafts, problems, found } = readTable(ledgerHeader() + ledgerLines(rows));
    expect(found.fileFormat).toBe("permille-ledger");
    expect(problems).toEqual([]);
    expect(drafts).not.toEqual(noDrafts());
    const read = drafts.payouts.map(({ minor, note, about, kind, lines }) => ({
      minor,
      note,
      about,
      kind,
      lines,
    }));
    const [original, refund] = rows.filter((row) => row.entry === "payout");
    expect(read).toEqual([
      expect.objectContaining({
        minor: BigInt(original?.amount ?? 0),
        kind: "earning",
        lines: [expect.anything()],
      }),
      {
        minor: -150n,
        note: "'=1+1\nsecond line",
        about: refund?.about,
        kind: "refund",
        lines: [],
      },
    ]);
    expect(drafts.readings[0]).toMatchObject({ day: "2026-01-31", views: 5, videoExternalId: "full" });
    expect(drafts.audiences[0]).toMatchObject({ month: "2026-01", regions: { us_ca_au: 500_000 } });
  });
});

describe("the download brought back", () => {
  /** Without the names that belong to one ledger alone. */
  const told = (found: readonly LedgerRow[]) =>
    found
      .map(({ reference: _, about, channel: __, ...row }) =>
        JSON.stringify({ ...row, about: about !== null }),
      )
      .sort();
  const isNothing = ({ writes }: Plan) => Object.values(writes).every((count) => count === 0);

  it("to its own ledger adds nothing; to an empty one makes the same ledger, and again adds nothing", async () => {
    const { drafts } = readTable(ledgerHeader() + ledgerLines(rows));
    const to = (channelId: string) =>
      bringOf(drafts, { channelId, platform: "tiktok", fileSha256: "f", choices: {} });
    const plan = await imports.plan(studio.viewer, studio.creatorId, to(studio.channelId));
    expect(isNothing(plan), JSON.stringify(plan.rows)).toBe(true);

    const copy = await makeStudio();
    const channelId = await makeChannel(copy.viewer, copy.creatorId);
    const input = {
      id: randomUUID(),
      fileName: "f",
      sha256: "f",
      format: "permille-ledger",
      channelId,
      options: {},
    };
    await imports.commit(copy.viewer, copy.creatorId, input, to(channelId), null);
    expect(told(await everything(copy))).toEqual(told(rows));
    expect(isNothing(await imports.plan(copy.viewer, copy.creatorId, to(channelId)))).toBe(true);
  });
});

describe("the download of a creator with several channels", () => {
  it("is imported channel by channel, and what no channel earned by itself: then it is the same ledger", async () => {
    const { viewer, creatorId } = await makeStudio();
    const names = ["Ana", "Ana, dos"];
    for (const name of names) {
      const channelId = await makeChannel(viewer, creatorId, { name });
      const videoId = await makeVideo(viewer, creatorId, { channelId, externalId: "same" });
      await makePayout(viewer, creatorId, {
        channelId,
        lines: [{ videoId, minor: 70n }],
        makings: { orders: 3 },
      });
      await makeTraffic(viewer, creatorId, { channelId });
    }
    await makePayout(viewer, creatorId, { stream: "sponsorship", minor: 500_00n });
    const all = await everything({ viewer, creatorId });
    const file = ledgerHeader() + ledgerLines(all);

    const asked = readTable(file).needs[0];
    if (asked?.what !== "subject") throw new Error("It does not ask for the channel.");
    expect(asked.options.map(({ label }) => label)).toEqual([
      "Ana (TikTok)",
      "Ana, dos (TikTok)",
      "No channel: the creator as a whole",
    ]);

    const copy = await makeStudio();
    for (const { value } of asked.options) {
      const { named } = readTable(file, { ...OPTIONS, subject: value });
      const channelId =
        named === "creator"
          ? null
          : await makeChannel(copy.viewer, copy.creatorId, { name: named?.name ?? "" });
      const platform = channelId === null ? ("other" as const) : ("tiktok" as const);
      const options = { ...OPTIONS, subject: value, platform, isOfCreator: channelId === null };
      const { drafts } = readTable(file, options);
      const given = bringOf(drafts, { channelId, platform, fileSha256: "f", choices: {} });
      const input = {
        id: randomUUID(),
        fileName: "f",
        sha256: "f",
        format: "permille-ledger",
        channelId,
        options: {},
      };
      await imports.commit(copy.viewer, copy.creatorId, input, given, null);
    }
    const told = (rows: readonly LedgerRow[]) =>
      rows.map(({ reference: _, ...row }) => JSON.stringify(row)).sort();
    expect(told(await everything(copy))).toEqual(told(all));
  });
});
