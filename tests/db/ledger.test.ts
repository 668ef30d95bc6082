import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import * as imports from "../../db/imports";
import * as ledger from "../../db/ledger";
import * as payouts from "../../db/payouts";
import { noDrafts } from "../../lib/import/draft";
import type { Plan } from "../../lib/import/plan";
import { currencyOf, decimalOf } from "../../lib/model/money";
import { guardText, writeCsv } from "../../lib/report/csv";
import { ledgerHeader } from "../../lib/report/ledger";
import { OPTIONS, readTable } from "../import/fixtures";
import { type LedgerLine, ledgerFile, linesOf } from "../ledger-file";
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
let file: string;
let rows: LedgerLine[];

async function everything({
  viewer,
  creatorId,
}: Pick<FullStudio, "viewer" | "creatorId">): Promise<LedgerLine[]> {
  return linesOf(await ledgerFile(viewer, creatorId));
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
  file = await ledgerFile(viewer, creatorId);
  rows = linesOf(file);
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
    expect(refund).toMatchObject({ kind: "refund", about: original?.reference, amount: "-1.50" });
  });

  it("is read by the import to the same entries, amounts and texts to the letter", () => {
    const { drafts, problems, found } = readTable(file);
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
        minor: BigInt((original?.amount ?? "").replace(".", "")),
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

describe("the file that the database writes", () => {
  const HOSTILE = [
    ...[
      "=1+1",
      "+1",
      "-1",
      "-12.34",
      "+12",
      "@SUM(A1)",
      "＝1",
      "＋",
      "－5",
      "＠x",
      "\t=1",
      "\r=1",
      "\n=1",
      "\r\n=1",
    ],
    ...[
      "'",
      "'=1",
      "''",
      "it's",
      ",",
      '"',
      '"",=1',
      "a\rb\r\nc\n",
      " lead",
      "trail ",
      "\\.",
      "\\N",
      "NULL",
      "null",
    ],
    ...[
      "-1.",
      "-1e5",
      "-",
      "--1",
      "-1\n",
      "1.5",
      "-١",
      "🍳 ‰",
      "שלום",
      "a\u0001b",
      "é",
      "{x}",
      "%s",
      "$1",
      "\\'",
    ],
  ];

  it("is what writeCsv writes, byte by byte, whatever somebody wrote: no cell is a formula, no quote is missing", async () => {
    const { viewer, creatorId } = await makeStudio();
    await setTexts(viewer, creatorId);
    const text = await ledgerFile(viewer, creatorId);
    const found = linesOf(text);
    // The reader takes quotes off and nothing else: put on again by the other writer they are the same file.
    expect(text).toBe(ledgerHeader() + writeCsv(found.map((each) => Object.values(each))));
    const notes = found.filter(({ entry }) => entry === "payout").map(({ note }) => note);
    expect(notes.sort()).toEqual(HOSTILE.map(told).sort());
    const titles = found.filter(({ entry }) => entry === "video").map(({ title }) => title);
    expect(titles.sort()).toEqual(HOSTILE.map(told).sort());
  });

  it("writes amounts with the decimals of their currency: -0.05 USD, -5 JPY, 0.005 KWD, the largest there is", async () => {
    const { viewer, creatorId } = await makeStudio();
    const amounts = [
      ...([-5n, 0n, 7n, 123_456n, 9_000_000_000_000_000_000n] as const).flatMap((minor) =>
        (["USD", "JPY", "KWD"] as const).map((code) => ({ minor, currency: currencyOf(code) })),
      ),
    ];
    for (const amount of amounts)
      await makePayout(viewer, creatorId, { stream: "sponsorship", kind: "adjustment", ...amount });
    const written = linesOf(await ledgerFile(viewer, creatorId)).map(
      ({ amount, currency }) => amount + currency,
    );
    expect(written.sort()).toEqual(
      amounts.map(({ minor, currency }) => decimalOf(minor, currency) + currency).sort(),
    );
  });

  it("is the same in many pieces as in one, and who stops taking them leaves nothing hanging behind", async () => {
    const { viewer, creatorId } = await makeStudio();
    const notes = Array.from({ length: 12 }, (_, index) => `${index} ${"long, ".repeat(6_000)}`);
    for (const note of notes) await makePayout(viewer, creatorId, { stream: "sponsorship", note });
    const read = async () => linesOf(await ledgerFile(viewer, creatorId)).map(({ note }) => note);
    expect((await read()).sort()).toEqual([...notes].sort());
    const stop = () => Promise.reject(new Error("Enough."));
    await expect(ledger.walk(viewer, creatorId, stop)).rejects.toThrow("Enough.");
    expect(await read()).toHaveLength(notes.length);
  });

  async function setTexts(viewer: FullStudio["viewer"], creatorId: string): Promise<void> {
    const channelId = await makeChannel(viewer, creatorId, { name: "=Channel, 'mine'" });
    for (const [index, text] of HOSTILE.entries()) {
      await makeVideo(viewer, creatorId, { channelId, externalId: `-${index}`, title: text });
      await makePayout(viewer, creatorId, { channelId, note: text });
    }
  }

  /** As it stands in the file: guarded, its line ends one character. */
  function told(text: string): string {
    const lines = text.replace(/\r\n?/g, "\n");
    return lines.startsWith("'") ? `'${lines}` : guardText(lines);
  }
});

describe("the download brought back", () => {
  /** Without the names that belong to one ledger alone. */
  const told = (found: readonly LedgerLine[]) =>
    found
      .map(({ reference: _, about, channel: __, ...row }) => JSON.stringify({ ...row, about: about !== "" }))
      .sort();
  const isNothing = ({ writes }: Plan) => Object.values(writes).every((count) => count === 0);

  it("to its own ledger adds nothing; to an empty one makes the same ledger, and again adds nothing", async () => {
    const { drafts } = readTable(file);
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
    const file = await ledgerFile(viewer, creatorId);
    const all = linesOf(file);

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
    const told = (rows: readonly LedgerLine[]) =>
      rows.map(({ reference: _, ...row }) => JSON.stringify(row)).sort();
    expect(told(await everything(copy))).toEqual(told(all));
  });
});
