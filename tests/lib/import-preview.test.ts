import { describe, expect, it } from "vitest";
import { planImport } from "../../lib/import/plan";
import {
  asksOf,
  bringTo,
  type ImportChoices,
  type Preview,
  periodLabel,
  planFor,
  previewOf,
} from "../../lib/import-preview";
import { currencyOf } from "../../lib/model/money";
import { dayOf } from "../../lib/model/month";
import type { Platform } from "../../lib/model/words";
import { contentText, csvText, OPTIONS, readTable } from "../import/fixtures";

const NOTHING = { payouts: [], traffic: [], videos: [] };
const CHANNEL = { id: "c1", newOn: null };
const WIDE = csvText([
  ["month", "views", "ads_usd", "amazon_usd"],
  ["2026-01", "1000", "10.50", ""],
  ["2026-02", "2000", "20.25", "3.00"],
]);

type Read = Extract<Preview, { kind: "read" }>;

function preview(
  text: string,
  choices: ImportChoices = { channel: CHANNEL },
  platform: Platform = "youtube",
): Read {
  const outcome = readTable(text);
  const brought = choices.channel ? bringTo(outcome.drafts, platform, choices) : null;
  const shown = previewOf({ outcome, choices, brought, existing: NOTHING, fileSha256: "f", locale: "en-US" });
  if (shown.kind !== "read") throw new Error(shown.kind);
  return shown;
}

describe("a preview", () => {
  it("adds up each stream and the views, for a person to check against the file", () => {
    const { totals, counts, writes, period } = preview(WIDE);
    expect(totals).toEqual([
      { label: "Ads", unit: "USD", entries: 2, inFile: "$30.75", toWrite: "$30.75" },
      { label: "Affiliate", unit: "USD", entries: 1, inFile: "$3.00", toWrite: "$3.00" },
      { label: "Views", unit: "", entries: 2, inFile: "3,000", toWrite: "3,000" },
    ]);
    expect(counts).toEqual({ new: 5, changed: 0, overlap: 0, unchanged: 0 });
    expect(writes).toBe("3 payouts and 2 entries of views");
    expect(period).toEqual({ from: "2026-01-01", to: "2026-02-28" });
  });

  it("is ready only when nothing is open: no channel, no hash", () => {
    expect(preview(WIDE).hash).toMatch(/^[0-9a-f]{64}$/);
    const open = preview(WIDE, {});
    expect(open.asks.map(({ what }) => what)).toEqual(["channel"]);
    expect(open.hash).toBeNull();
  });

  it("asks for the format of new videos and never guesses it", () => {
    const open = preview(contentText());
    expect(open.asks.map(({ what }) => what)).toEqual(["videoFormat"]);
    expect(open.hash).toBeNull();
    const choices: ImportChoices = {
      channel: CHANNEL,
      videoFormat: "long",
      videoFormats: { aaaaaaaaaa1: "short" },
    };
    const answered = preview(contentText(), choices);
    expect(answered.asks).toEqual([]);
    expect(answered.newVideos.map(({ format }) => format)).toEqual(["short", "long", "long", "long"]);
    expect(answered.writes).toBe("1 payout, 4 entries of views and 4 videos");
  });

  it("counts a row with two faults as one refused row, and names both places", () => {
    const shown = preview(
      csvText([
        ["month", "views", "ads_usd"],
        ["2026-01", "1", "1.00"],
        ["2026-02", "x", "y"],
      ]),
    );
    expect(shown.refused).toBe(1);
    expect(shown.problems.map(({ place }) => place)).toEqual([
      "Line 3, column “views”",
      "Line 3, column “ads_usd”",
    ]);
  });
});

describe("the hash names what would happen", () => {
  const brought = bringTo(readTable(WIDE).drafts, "other", {});
  const hashOf = (existing: Parameters<typeof planFor>[1], choices: ImportChoices = {}, file = "f") =>
    planFor(brought, existing, choices, file).hash;
  const old = {
    id: "p1",
    sourceKey: null,
    stream: "ads" as const,
    from: dayOf("2026-01-01"),
    to: dayOf("2026-01-31"),
    minor: 5n,
    currency: currencyOf("USD"),
    state: "final" as const,
  };

  it("stays for the same file, choices and data; moves with each of them", () => {
    expect(hashOf(NOTHING)).toBe(hashOf(NOTHING));
    const there = { ...NOTHING, payouts: [old] };
    const hashes = [
      hashOf(NOTHING),
      hashOf(NOTHING, {}, "g"),
      hashOf(there),
      hashOf({ ...NOTHING, payouts: [{ ...old, id: "p2" }] }),
      hashOf(there, { overlaps: { "payouts:ads": "replace" } }),
    ];
    expect(new Set(hashes).size).toBe(hashes.length);
  });

  it("a choice the overlap does not offer keeps what is there", () => {
    const there = { ...NOTHING, payouts: [old] };
    expect(hashOf(there, { overlaps: { "payouts:ads": "add" } })).toBe(hashOf(there));
  });
});

describe("a channel takes what is its own", () => {
  const text = csvText([
    ["month", "platform", "views", "ads_usd"],
    ["2026-01", "tiktok", "10", "1.00"],
    ["2026-01", "youtube", "20", "2.00"],
    ["2026-02", "", "30", "3.00"],
  ]);

  it("leaves rows of other platforms aside and says how many", () => {
    const { drafts, notices } = bringTo(readTable(text).drafts, "youtube", {});
    expect(drafts.payouts.map(({ minor }) => minor)).toEqual([200n, 300n]);
    expect(notices.map(({ message }) => message)).toEqual([
      expect.stringMatching(/^2 entries of TikTok are left aside/),
    ]);
  });

  it("keeps a payout whole whose lines have both signs, without the lines", () => {
    const drafts = readTable(contentText()).drafts;
    const [payout] = drafts.payouts;
    if (!payout) throw new Error("The table has revenue.");
    const mixed = {
      ...payout,
      lines: [
        { videoExternalId: "a", minor: 2_000n },
        { videoExternalId: "b", minor: -15n },
      ],
    };
    const brought = bringTo({ ...drafts, payouts: [mixed] }, "youtube", {});
    expect(brought.drafts.payouts).toMatchObject([{ minor: payout.minor, lines: [] }]);
    expect(brought.notices).toHaveLength(1);
  });
});

it("a video that is there needs no format", () => {
  const { drafts } = bringTo(readTable(contentText(), OPTIONS).drafts, "youtube", {});
  const videos = drafts.videos.map(({ externalId }) => ({ id: externalId, externalId }));
  expect(asksOf([], {}, planImport(drafts, { ...NOTHING, videos }), true)).toEqual([]);
});

it("a period is named as a person would", () => {
  const of = (from: string, to: string) => periodLabel({ from: dayOf(from), to: dayOf(to) }, "en-GB");
  expect(of("2024-02-01", "2024-02-29")).toBe("February 2024");
  expect(of("2024-02-01", "2024-02-01")).toBe("1 Feb 2024");
  expect(of("2024-02-01", "2024-03-05")).toBe("1 Feb 2024 – 5 Mar 2024");
});
