import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readNow } from "../../lib/import/read";
import { addDays, type Day, dayOf } from "../../lib/model/month";
import { OPTIONS, readTable, refusalOf, utf8 } from "./fixtures";
import {
  ACTIVITY,
  BUSINESS_AUDIENCE,
  BUSINESS_DAYS,
  FOLLOWERS,
  GENDER,
  OVERVIEW,
  OVERVIEW_HEADER,
  SELLER_SIDE,
  studioText,
  TERRITORIES,
  VIEWERS,
} from "./tiktok.fixtures";

const MONTHS = [
  ...["January", "February", "March", "April", "May", "June"],
  ...["July", "August", "September", "October", "November", "December"],
];
const printed = (day: Day) => `${MONTHS[Number(day.slice(5, 7)) - 1]} ${Number(day.slice(8))}`;
const overview = (...labels: string[]) =>
  studioText([OVERVIEW_HEADER, ...labels.map((label) => [label, "1", "1", "1", "1", "1"])]);
const daysOf = (text: string, options = OPTIONS) =>
  readTable(text, options).drafts.traffic.map(({ from }) => from);

describe("Overview.csv tells the channel's views by day", () => {
  const { drafts, needs, problems, notices, found } = readTable(OVERVIEW);

  test("years follow backwards from the last row; a row of which nothing is known is left out", () => {
    expect([found.fileFormat, needs, problems]).toEqual(["tiktok-days", [], []]);
    expect(drafts.traffic.map(({ from, views }) => [from, views])).toEqual([
      ["2025-12-31", 100],
      ["2026-01-01", 200],
      ["2026-01-02", 0],
    ]);
    expect(drafts.traffic[0]).toMatchObject({
      sourceKey: "tt:day:2025-12-31:c1",
      platform: "tiktok",
      format: null,
      videoExternalId: null,
      to: "2025-12-31",
      likes: 10,
      comments: 2,
      shares: 1,
      watchSeconds: null,
      line: 3,
    });
  });

  test("how the years were read is told, with what to do if the file is older", () => {
    expect(notices[0]?.message).toMatch(/read as 2025-12-30 to 2026-01-02.*If the file is older/);
  });

  test("likes below zero (more taken back than given) stay unknown and are told; the views are read", () => {
    expect(drafts.traffic[1]).toMatchObject({ views: 200, likes: null, comments: null, shares: 0 });
    expect(notices[1]).toMatchObject({ line: 4, message: expect.stringMatching(/^On 1 day more likes/) });
  });
});

describe("a day without a year belongs to the one year that fits", () => {
  test("the last row is at most today: June 16 of a file read on 2026-06-15 is of 2025", () => {
    expect(daysOf(overview("June 15", "June 16"))).toEqual(["2025-06-15", "2025-06-16"]);
    expect(daysOf(overview("June 14", "June 15"))).toEqual(["2026-06-14", "2026-06-15"]);
  });

  test("the day of the export, when given, is the end instead of today", () => {
    const options = { ...OPTIONS, asOf: dayOf("2024-03-05") };
    expect(daysOf(overview("February 28", "February 29", "March 1"), options)).toEqual([
      "2024-02-28",
      "2024-02-29",
      "2024-03-01",
    ]);
    expect(readTable(overview("March 1"), options).notices).toEqual([]);
  });

  test("a day of export before TikTok is a slip, and is not believed", () => {
    const options = { ...OPTIONS, asOf: dayOf("0001-01-01") };
    expect(daysOf(overview("June 14", "June 15"), options)).toEqual(["2026-06-14", "2026-06-15"]);
    expect(readTable(TERRITORIES, options).needs).toMatchObject([{ what: "asOf" }]);
  });

  test("a day of which only a fall of likes is known says nothing, and is left out", () => {
    const text = studioText([OVERVIEW_HEADER, ["June 1", "undefined", "1", "-4", "undefined", "undefined"]]);
    expect(readTable(text).drafts.traffic).toEqual([]);
  });

  test("a 29th of February shows that the file is of an earlier year: it is asked which", () => {
    const { needs, drafts } = readTable(overview("February 28", "February 29", "March 1"));
    expect([needs[0]?.what, drafts.traffic]).toEqual(["asOf", []]);
  });

  test("a leap year without its 29th shows it too", () => {
    const today = dayOf("2024-06-15");
    expect(readTable(overview("February 28", "March 1"), { ...OPTIONS, today }).needs[0]?.what).toBe("asOf");
    expect(daysOf(overview("February 28", "March 1"))).toEqual(["2026-02-28", "2026-03-01"]);
  });

  test("rows that a spreadsheet sorted newest first are the same days", () => {
    expect(daysOf(overview("January 1", "December 31", "December 30"))).toEqual([
      "2025-12-30",
      "2025-12-31",
      "2026-01-01",
    ]);
  });

  test("a hole of days is read; one that hides the year is refused by line", () => {
    expect(daysOf(overview("May 1", "May 20"))).toEqual(["2026-05-01", "2026-05-20"]);
    expect(refusalOf(overview("June 1", "March 1", "March 2"))).toMatchObject({
      line: 2,
      column: "Date",
      message: expect.stringMatching(/before line 3.*Export the file again/),
    });
  });

  test("a day that comes twice is refused, for no year can hold both", () => {
    expect(refusalOf(overview("June 1", "June 1", "June 2"))).toMatchObject({ line: 2 });
  });

  test("a cell that is no day is refused by line, and the others are read", () => {
    const { problems, drafts } = readTable(overview("June 1", "Total", "June 2"));
    expect(problems).toMatchObject([{ line: 3, column: "Date", message: expect.stringMatching(/"Total"/) }]);
    expect(drafts.traffic).toHaveLength(2);
  });

  test("any run of up to 365 days that ends within a year before today is read to the day", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 365 }),
        fc.integer({ min: 0, max: 300 }),
        fc.integer({ min: 0, max: 2000 }),
        (length, before, later) => {
          const today = addDays(dayOf("2023-01-01"), later);
          const last = addDays(today, -before);
          const days = Array.from({ length }, (_, index) => addDays(last, index - length + 1));
          const read = readTable(overview(...days.map(printed)), { ...OPTIONS, today, asOf: last });
          expect(read.drafts.traffic.map(({ from }) => from)).toEqual(days);
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe("followers and where they are", () => {
  test("FollowerHistory.csv gives the channel's followers by day; `undefined` is unknown, and gives no reading", () => {
    const { drafts, found } = readTable(FOLLOWERS);
    expect(found.fileFormat).toBe("tiktok-followers");
    expect(drafts.readings).toEqual([
      {
        sourceKey: "tt:followers:2025-12-31:c1",
        platform: "tiktok",
        videoExternalId: null,
        day: "2025-12-31",
        views: null,
        likes: null,
        comments: null,
        shares: null,
        followers: 1200,
        line: 3,
      },
      expect.objectContaining({ day: "2026-01-01", followers: 1195 }),
    ]);
  });

  test("FollowerTopTerritories.csv is of the day of its export, which is asked", () => {
    expect(readTable(TERRITORIES)).toMatchObject({ needs: [{ what: "asOf" }], drafts: { audiences: [] } });
  });

  test("0.125 US + 0.055 Germany + 0.2 Mexico leave 0.62 unknown: together a million", () => {
    const { drafts, notices } = readTable(TERRITORIES, { ...OPTIONS, asOf: dayOf("2026-05-20") });
    expect(notices).toEqual([]);
    expect(drafts.audiences).toEqual([
      {
        sourceKey: "tt:audience:2026-05:c1",
        platform: "tiktok",
        month: "2026-05",
        regions: { us_ca_au: 125_000, uk_de_nordics: 55_000, latam_east_europe: 200_000, unknown: 620_000 },
        line: 2,
      },
    ]);
  });

  const shares = (...rows: [string, string][]) =>
    readTable(studioText([["Top territories", "Distribution"], ...rows]), {
      ...OPTIONS,
      asOf: dayOf("2026-05-20"),
    });

  test("shares are exact whatever is printed: they add up to a million and none is negative", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 100 }), { minLength: 1, maxLength: 20 }), (weights) => {
        const sum = weights.reduce((a, b) => a + b, 0);
        if (sum === 0) return;
        // Rounding may carry the printed fractions a little past one.
        const rows = weights.map((weight, index): [string, string] => [
          ["US", "Germany", "Japan", "Brasil", "Indien", "Atlantis"][index % 6] ?? "",
          (Math.round((weight / sum) * 100) / 100).toFixed(2),
        ]);
        if (rows.reduce((total, [, share]) => total + Number(share), 0) > 1.05) return;
        const [audience] = shares(...rows).drafts.audiences;
        if (!audience) return;
        const parts = Object.values(audience.regions);
        expect(parts.every((part) => part >= 0)).toBe(true);
        expect(parts.reduce((a, b) => a + b, 0)).toBe(1_000_000);
      }),
      { numRuns: 200 },
    );
  });

  test("percentages are understood, an unknown place is told, and a share above one is refused", () => {
    const { drafts, notices, problems } = shares(["US", "59%"], ["Atlantis", "0.1"], ["FR", "7"]);
    expect(drafts.audiences[0]?.regions).toEqual({ us_ca_au: 590_000, unknown: 410_000 });
    expect(notices).toMatchObject([{ line: 3, message: expect.stringMatching(/"Atlantis" is no country/) }]);
    expect(problems).toMatchObject([{ line: 4, column: "Distribution" }]);
  });

  test("shares of more than all followers are refused", () => {
    const text = studioText([
      ["Top territories", "Distribution"],
      ["US", "0.6"],
      ["DE", "0.6"],
    ]);
    expect(refusalOf(text)).toMatchObject({ message: expect.stringMatching(/add up to 120 %/) });
  });
});

describe("a business account writes full dates", () => {
  test("days: NAN is unknown, and a header with a space at its end is known", () => {
    const { drafts, notices, found } = readTable(BUSINESS_DAYS);
    expect([found.fileFormat, notices]).toEqual(["tiktok-days", []]);
    expect(drafts.traffic).toMatchObject([
      { sourceKey: "tt:day:2025-10-31:c1", views: 1500, likes: 30, comments: 5, shares: 2 },
      { from: "2025-11-02", views: 1600, likes: 31, comments: 6, shares: 3 },
    ]);
  });

  test("a day has one key in both kinds of export, so that a change of account adds nothing twice", () => {
    const personal = readTable(overview("October 31"), { ...OPTIONS, asOf: dayOf("2025-11-05") });
    expect(personal.drafts.traffic[0]?.sourceKey).toBe(readTable(BUSINESS_DAYS).drafts.traffic[0]?.sourceKey);
  });

  test("audience: the total of followers is the reading; new followers are not", () => {
    const { drafts, found } = readTable(BUSINESS_AUDIENCE);
    expect(found.fileFormat).toBe("tiktok-followers");
    expect(drafts.readings).toMatchObject([{ day: "2025-10-31", followers: 12000 }]);
    expect(drafts.readings).toHaveLength(1);
  });

  test("a day that comes twice is read once and named", () => {
    const twice = `${BUSINESS_DAYS}\n2025/10/31,9,9,9,9,9,9,9,9,9,9,9`;
    expect(readTable(twice).problems).toMatchObject([
      { line: 5, message: expect.stringMatching(/also on line 2/) },
    ]);
  });

  test("dates a spreadsheet rewrote are asked about where they can be read two ways", () => {
    const text = BUSINESS_DAYS.replace("2025/10/31", "03/04/2025")
      .replace("2025/11/01", "04/04/2025")
      .replace("2025/11/02", "05/04/2025");
    expect(readTable(text)).toMatchObject({ needs: [{ what: "dayOrder" }], drafts: { traffic: [] } });
    expect(daysOf(text, { ...OPTIONS, dayOrder: "dmy" })).toEqual(["2025-04-03", "2025-04-05"]);
    const mixed = BUSINESS_DAYS.replace("2025/10/31", "13/04/2025").replace("2025/11/02", "04/13/2025");
    expect(refusalOf(mixed)).toMatchObject({
      column: "Date",
      message: expect.stringMatching(/Export the file again/),
    });
  });
});

describe("an export that holds nothing to import gets one sentence that says which to take", () => {
  test.each([
    ["Viewers.csv", VIEWERS, /people and not views; take Overview\.csv/],
    ["FollowerActivity.csv", ACTIVITY, /take FollowerHistory\.csv/],
    ["FollowerGender.csv", GENDER, /take FollowerTopTerritories\.csv/],
    ["the seller's side of the shop", SELLER_SIDE, /what a seller sees.*creator side/],
    [
      "a seller's orders",
      studioText([
        ["Order ID", "Order Status", "Seller SKU"],
        ["1", "Shipped", "x"],
      ]),
      /seller's list/,
    ],
    [
      "the ads manager",
      studioText([
        ["Campaign name", "Ad group name", "Cost"],
        ["a", "b", "1"],
      ]),
      /what was spent/,
    ],
    ["an empty FollowerHistory.csv", FOLLOWERS.split("\n")[0] ?? "", /has no rows/],
    ["an empty FollowerTopTerritories.csv", TERRITORIES.split("\n")[0] ?? "", /has no rows/],
  ])("%s", (_, text, what) => {
    const outcome = readNow(utf8(text), "file.csv", OPTIONS);
    if (outcome.kind !== "not_useful") throw new Error(outcome.kind);
    expect(outcome.message).toMatch(what);
    expect(outcome.message.match(/\.(\s|$)/g)).toHaveLength(1);
  });
});
