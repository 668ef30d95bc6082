import { describe, expect, it } from "vitest";
import type { Plan, PlannedRow } from "../../lib/import/plan";
import { type ImportChoices, type Preview, periodLabel, previewOf } from "../../lib/import-preview";
import { currencyOf } from "../../lib/model/money";
import { dayOf } from "../../lib/model/month";
import { csvText, readTable } from "../import/fixtures";

const CHANNEL = { id: "c1", newOn: null };
const WIDE = csvText([
  ["month", "views", "ads_usd"],
  ["2026-01", "1000", "10.50"],
  ["2026-02", "x", "y"],
]);
const USD = currencyOf("USD");
const january = { first: dayOf("2026-01-01"), last: dayOf("2026-01-31") };

/** What the database might say of a file of one payout and one entry of views. */
function planOf(given: Partial<Plan> = {}): Plan {
  return {
    period: null,
    elsewhere: null,
    counts: { changed: 0, overlap: 0, removed: 0, refused: 0, new: 2, older: 0, unchanged: 0 },
    money: [{ stream: "ads", currency: USD, entries: 1, inFile: 1_050n, toWrite: 1_050n }],
    figures: [
      { figure: "views", entries: 1, inFile: 1_000, toWrite: 0 },
      { figure: "watchSeconds", entries: 1, inFile: 5_400, toWrite: 5_400 },
    ],
    overlaps: [],
    rows: [],
    twins: { groups: 0, listed: [], choices: [], chosen: null },
    repeats: { rows: 0, listed: [], mayKeep: false },
    newVideos: [],
    videosWithoutFormat: 0,
    refused: [],
    writes: {
      ...{ videos: 0, filled: 0, traffic: 1, payouts: 1, lines: 0 },
      ...{ readings: 0, audiences: 0, replaced: 0, voided: 0 },
    },
    hash: "a".repeat(64),
    ...given,
  };
}

type Read = Extract<Preview, { kind: "read" }>;

function preview(
  plan: Plan | null = planOf(),
  choices: ImportChoices = { channel: CHANNEL },
  text = WIDE,
): Read {
  const shown = previewOf({ outcome: readTable(text), choices, plan, locale: "en-US" });
  if (shown.kind !== "read") throw new Error(shown.kind);
  return shown;
}

describe("a preview", () => {
  it("adds up each stream and the views, for a person to check against the file", () => {
    expect(preview().totals).toEqual([
      { label: "Ads", unit: "USD", entries: 1, inFile: "$10.50", toWrite: "$10.50" },
      { label: "Views", unit: "", entries: 1, inFile: "1,000", toWrite: "0" },
      { label: "Watch time", unit: "", entries: 1, inFile: "1.5 h", toWrite: "1.5 h" },
    ]);
  });

  it("is ready only when nothing is open: no channel, no hash; nothing to write, no hash", () => {
    expect(preview().hash).toMatch(/^[0-9a-f]{64}$/);
    const open = preview(null, {});
    expect(open.asks.map(({ what }) => what)).toEqual(["channel"]);
    expect(open.hash).toBeNull();
    const { writes } = planOf();
    const idle = preview(planOf({ writes: { ...writes, payouts: 0, traffic: 0 } }));
    expect([idle.hash, idle.writes]).toEqual([null, null]);
  });

  it("asks for the format of new videos and never guesses it", () => {
    const open = preview(planOf({ videosWithoutFormat: 1 }));
    expect(open.asks.map(({ what }) => what)).toEqual(["videoFormat"]);
    expect(open.hash).toBeNull();
  });

  it("asks which of the rows of one name count, and names their lines", () => {
    const twins: Plan["twins"] = {
      groups: 2,
      listed: [
        { what: "payout", when: dayOf("2026-01-01"), lines: [3, 9] },
        { what: "payout", when: dayOf("2026-01-02"), lines: [4, 7, 8] },
      ],
      choices: ["first", "last", "keep"],
      chosen: null,
    };
    const open = preview(planOf({ twins }));
    expect(open.asks).toEqual([
      {
        what: "twins",
        message:
          "2 groups of rows of one name differ (lines 3 and 9; lines 4, 7 and 8). Say whether the first counts, the last counts or each counts.",
      },
    ]);
    expect(open.hash).toBeNull();
    expect(preview(planOf({ twins: { ...twins, chosen: "first" } })).asks).toEqual([]);
  });

  it("says what it would write in one sentence", () => {
    expect(preview().writes).toBe("1 payout and 1 entry of views");
    const writes = {
      ...{ videos: 4, filled: 1, traffic: 4, payouts: 1_200, lines: 1 },
      ...{ readings: 2, audiences: 3, replaced: 7, voided: 2 },
    };
    expect(preview(planOf({ writes })).writes).toBe(
      "1,200 payouts, 4 entries of views, 2 readings, 3 months of audience, 4 videos, 1 video is completed, 1 payout gets its amounts by video and 2 entries give way",
    );
  });

  it("counts a row with two faults as one refused row, and names both places", () => {
    const shown = preview(
      planOf({ counts: { ...planOf().counts, refused: 1 }, refused: [{ line: 9, message: "A fall." }] }),
    );
    expect(shown.refused).toBe(2);
    expect(shown.problems.map(({ place }) => place)).toEqual([
      "Line 3, column “views”",
      "Line 3, column “ads_usd”",
      "Line 9",
    ]);
  });

  it("tells of what repeats to the letter, and of what is older than what is here", () => {
    const repeats = {
      rows: 2,
      listed: [{ what: "payout" as const, when: null, lines: [2, 3, 4] }],
      mayKeep: true,
    };
    const shown = preview(planOf({ repeats, counts: { ...planOf().counts, older: 1 } }));
    expect(shown.notices.map(({ message }) => message)).toEqual([
      "2 rows repeat another to the letter (lines 2, 3 and 4). Each such entry counts once, unless you say that each is real.",
      "1 entry is older than what is here, which reaches further. What is here stays.",
    ]);
    expect(shown.repeats).toEqual({ rows: 2, mayKeep: true, isKept: false });
  });

  it("names each entry: its stream, its video, its month, what changes", () => {
    const row = (given: Partial<PlannedRow>): PlannedRow => ({
      ...{ what: "payout", status: "new", key: "k", line: 2, title: null, now: january, before: null },
      ...given,
    });
    const payout = { ...january, minor: "1050", currency: USD, state: "final", stream: "ads" } as const;
    const rows = [
      row({ status: "changed", now: payout, before: { ...payout, minor: "1000" } }),
      row({ what: "traffic", title: "Eggs", now: { ...january, views: 5, watchSeconds: 5_400 } }),
      row({ what: "reading", now: { first: january.last, last: january.last, views: 7, followers: 2 } }),
      row({ what: "audience", now: { ...january, regions: {} } }),
      row({ what: "video", key: "v1", now: { title: "Eggs", publishedDay: january.first } }),
    ];
    const counts = { ...planOf().counts, changed: 1, new: 9 };
    const shown = preview(planOf({ rows, counts }));
    expect(shown.rows.map(({ what, when, figure, changes }) => [what, when, figure, ...changes])).toEqual([
      ["Ads", "January 2026", "$10.50", "10.00 USD → 10.50 USD"],
      ["Views of “Eggs”", "January 2026", "5 views, 1.5 h watched"],
      ["Counts so far", "Jan 31, 2026", "7 views, 2 followers"],
      ["Audience by region", "January 2026", ""],
      ["Video “Eggs”", "published Jan 1, 2026", ""],
    ]);
    expect(shown.moreRows).toBe(5);
  });
});

it("a period is named as a person would", () => {
  const of = (from: string, to: string) => periodLabel({ from: dayOf(from), to: dayOf(to) }, "en-GB");
  expect(of("2024-02-01", "2024-02-29")).toBe("February 2024");
  expect(of("2024-02-01", "2024-02-01")).toBe("1 Feb 2024");
  expect(of("2024-02-01", "2024-03-05")).toBe("1 Feb 2024 – 5 Mar 2024");
});
