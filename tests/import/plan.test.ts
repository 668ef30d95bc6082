import { describe, expect, test } from "vitest";
import {
  changesOf,
  chosenOf,
  isNothing,
  isOpen,
  type Overlap,
  overlapMessage,
  type PlannedRow,
} from "../../lib/import/plan";
import { currencyOf } from "../../lib/model/money";
import { dayOf } from "../../lib/model/month";

// What an import would do is worked out by the database: tests/db/import-plan.test.ts. Here it is put into words.

const USD = currencyOf("USD");
const january = { first: dayOf("2024-01-01"), last: dayOf("2024-01-31") };
const changed = (what: PlannedRow["what"], now: PlannedRow["now"], before: PlannedRow["before"]) =>
  changesOf({ what, status: "changed", key: "k", line: 2, title: null, now, before });

describe("what changes is told as old and new", () => {
  test("an amount, its state, its stream and its days", () => {
    const before = { ...january, minor: "100", currency: USD, state: "estimated", stream: "ads" } as const;
    const now = { ...before, minor: "150", state: "final", last: dayOf("2024-02-01") } as const;
    expect(changed("payout", now, before)).toEqual([
      "1.00 USD → 1.50 USD",
      "estimated → final",
      "2024-01-01..2024-01-31 → 2024-01-01..2024-02-01",
    ]);
    expect(changed("payout", { ...before, stream: "gift" }, before)).toEqual(["Ads → Gifts"]);
  });

  test("what was estimated, when it settled, the note and the amounts by video", () => {
    const before = { ...january, minor: "100", currency: USD, state: "final", stream: "shop" } as const;
    const now = {
      ...before,
      ...{ estimatedMinor: "120", settledDay: dayOf("2024-02-03"), note: "refunded", lines: "file" },
    };
    expect(changed("payout", now, before)).toEqual([
      "estimated unknown → 1.20 USD",
      "settled unknown → 2024-02-03",
      "note unknown → refunded",
      "other amounts by video",
    ]);
  });

  test("figures: unknown is named and is not 0; one the file does not tell is not named", () => {
    expect(changed("traffic", { ...january, views: 7, likes: 0 }, { ...january, shares: 4 })).toEqual([
      "views unknown → 7",
      "likes unknown → 0",
    ]);
  });

  test("shares of the regions", () => {
    const [now, before] = [{ us_ca_au: 600_000 }, { us_ca_au: 500_000 }];
    expect(changed("audience", { ...january, regions: now }, { ...january, regions: before })).toEqual([
      "other shares of the regions",
    ]);
    expect(changed("audience", { ...january, regions: now }, { ...january, regions: now })).toEqual([]);
  });
});

describe("an overlap says which days of what meet, and what can be done", () => {
  const overlap: Overlap = {
    key: "payouts:ads",
    from: dayOf("2024-01-01"),
    to: dayOf("2024-12-31"),
    drafts: 1,
    existing: 2,
    there: { from: dayOf("2024-01-01"), to: dayOf("2024-12-31") },
    choices: ["keep", "replace"],
    chosen: "keep",
  };

  test("replacing is named only where the file covers what is there", () => {
    expect(overlapMessage(overlap)).toBe(
      "The file and 2 existing payouts of ads speak of the same days between 2024-01-01 and 2024-12-31. Keep what is there, or replace it by the file; they are not added up.",
    );
    expect(overlapMessage({ ...overlap, choices: ["keep"] })).toMatch(
      /What is there \(2024-01-01 to 2024-12-31\) reaches beyond the file, so it is kept/,
    );
    expect(overlapMessage({ ...overlap, key: "traffic:videos" })).toMatch(/views of videos/);
    expect(overlapMessage({ ...overlap, key: "traffic:channel" })).toMatch(/views of the channel/);
  });

  test("a choice that it does not offer, or that nobody made, keeps what is there", () => {
    const made = { overlaps: { "payouts:ads": "add" } } as const;
    expect(chosenOf("payouts:ads", ["keep", "replace"], made)).toBe("keep");
    expect(chosenOf("payouts:ads", ["keep", "replace", "add"], made)).toBe("add");
    expect(chosenOf("constructor", ["keep"], made)).toBe("keep");
  });
});

test("nothing may be written while rows of one name differ, or a video has no format", () => {
  const twins = { groups: 1, listed: [], choices: ["first" as const], chosen: null };
  expect(isOpen({ twins, videosWithoutFormat: 0 })).toBe(true);
  expect(isOpen({ twins: { ...twins, chosen: "first" }, videosWithoutFormat: 0 })).toBe(false);
  expect(isOpen({ twins: { ...twins, groups: 0 }, videosWithoutFormat: 1 })).toBe(true);
});

test("an import is nothing when it writes nothing, fills nothing and voids nothing", () => {
  const none = {
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
  expect(isNothing(none)).toBe(true);
  for (const name of Object.keys(none)) expect(isNothing({ ...none, [name]: 1 })).toBe(false);
});
