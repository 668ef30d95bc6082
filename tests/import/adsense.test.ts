import { describe, expect, test } from "vitest";
import { readNow } from "../../lib/import/read";
import { currencyOf } from "../../lib/model/money";
import { ADSENSE, ADSENSE_BY_COUNTRY, ADSENSE_END, ADSENSE_HEADER, ADSENSE_ROWS } from "./adsense.fixtures";
import { csvText, OPTIONS, readTable, refusalOf, utf8, utf16 } from "./fixtures";

describe("an AdSense report becomes a payout of ads and page views by day", () => {
  const { drafts, found, needs, problems, notices } = readTable(ADSENSE);

  test("1.005 is 1.00, half to even; a stated 0 is a fact; a blank is unknown and gives nothing", () => {
    expect([found.fileFormat, needs, problems, notices]).toEqual(["adsense", [], [], []]);
    expect(drafts.payouts).toEqual([
      {
        sourceKey: "adsense:2024-03-01..2024-03-01:c1",
        platform: "other",
        format: null,
        stream: "ads",
        from: "2024-03-01",
        to: "2024-03-01",
        minor: 100n,
        currency: "USD",
        state: "estimated",
        estimatedMinor: null,
        settledDay: null,
        note: "",
        lines: [],
        line: 2,
      },
      expect.objectContaining({ from: "2024-03-02", minor: 0n }),
    ]);
    expect(drafts.traffic.map(({ from, views, adImpressions }) => [from, views, adImpressions])).toEqual([
      ["2024-03-01", 1000, 3000],
      ["2024-03-02", 800, 0],
    ]);
  });

  test("totals and averages are never imported; a total that differs is told", () => {
    const rows = ADSENSE_ROWS.slice(0, 1);
    const cut = readTable(csvText([ADSENSE_HEADER, ...rows, ...ADSENSE_END]));
    expect(cut.drafts.payouts).toHaveLength(1);
    expect(cut.notices).toMatchObject([
      {
        line: 3,
        column: "Page views",
        message: expect.stringMatching(/^The file says 1800, its rows sum to 1000\./),
      },
    ]);
  });

  test("UTF-16 with tabs, as older reports come, reads alike", () => {
    expect(readTable(utf16(ADSENSE.replaceAll(",", "\t"))).drafts).toEqual(drafts);
  });
});

test("countries and sites add up exactly before rounding: 3 x 1.115 = 3.345, so 3.34, not 3 x 1.12 = 3.36", () => {
  const { drafts, notices } = readTable(ADSENSE_BY_COUNTRY);
  expect(drafts.payouts.map(({ from, to, minor, currency }) => [from, to, minor, currency])).toEqual([
    ["2024-02-01", "2024-02-29", 334n, "EUR"],
    ["2024-03-01", "2024-03-31", 200n, "EUR"],
  ]);
  expect(drafts.traffic.map(({ views, adImpressions }) => [views, adImpressions])).toEqual([
    [22, 60],
    [9, 20],
  ]);
  expect(notices).toEqual([]);
});

test("by ad unit money adds up, page views do not: one view stands on the rows of both units", () => {
  const { drafts, notices } = readTable(
    csvText([
      ["Date", "Ad unit", "Estimated earnings (USD)", "Page views"],
      ["2024-03-01", "Top", "1", "100"],
      ["2024-03-01", "Side", "2", "100"],
    ]),
  );
  expect(drafts.payouts).toMatchObject([{ minor: 300n }]);
  expect(drafts.traffic).toEqual([]);
  expect(notices).toMatchObject([{ message: expect.stringMatching(/^Page views are left out/) }]);
});

describe("weeks, languages and the API's names", () => {
  test.each([
    ["a week begins with its day", "2024-03-04", "2024-03-10"],
    ["a week names both its ends", "2024-03-04 – 2024-03-09", "2024-03-09"],
  ])("%s", (_, text, to) => {
    const { drafts } = readTable(
      csvText([
        ["Week", "Estimated earnings (USD)", "Page views"],
        [text, "1", "5"],
      ]),
    );
    expect(drafts.payouts).toMatchObject([{ from: "2024-03-04", to }]);
  });

  test("a week that ends before it begins is refused", () => {
    const text = "Week,Estimated earnings (USD),Page views\n2024-03-10 - 2024-03-04,1,5\n";
    expect(readTable(text).problems).toMatchObject([{ line: 2, column: "Week" }]);
  });

  test.each([
    ["Taiwan", ["日期", "預估收益 (USD)", "瀏覽量", "網頁千次曝光收益 (USD)", "曝光次數"]],
    ["China", ["日期", "估算收入 (USD)", "网页浏览量", "网页 RPM (USD)", "展示次数"]],
    ["API", ["DATE", "ESTIMATED_EARNINGS", "PAGE_VIEWS", "PAGE_VIEWS_RPM", "IMPRESSIONS"]],
  ])("%s", (_, header) => {
    const text = csvText([header, ["2024-03-01", "1.25", "9", "3", "20"]]);
    const { drafts, found } = readTable(text, { ...OPTIONS, currency: currencyOf("USD") });
    expect(found.fileFormat).toBe("adsense");
    expect(drafts.payouts).toMatchObject([{ from: "2024-03-01", minor: 125n, currency: "USD" }]);
    expect(drafts.traffic).toMatchObject([{ views: 9, adImpressions: 20 }]);
  });

  test("Chinese months", () => {
    const { drafts } = readTable(
      csvText([
        ["月份", "預估收益 (TWD)", "瀏覽量"],
        ["2024年3月", "30", "9"],
      ]),
    );
    expect(drafts.payouts).toMatchObject([{ from: "2024-03-01", to: "2024-03-31", minor: 3000n }]);
  });
});

describe("what an AdSense report leaves open or lacks", () => {
  test("the currency, where no header names it", () => {
    const { needs } = readTable("DATE,ESTIMATED_EARNINGS,PAGE_VIEWS\n2024-03-01,1,2\n");
    expect(needs).toMatchObject([{ what: "currency" }]);
  });

  test("a report without days says what to add", () => {
    const outcome = readNow(utf8("Site,Estimated earnings (USD),Page views\na.example,1,2\n"), "x", OPTIONS);
    expect(outcome.kind === "not_useful" && outcome.message).toMatch(
      /add Date or Month as its first breakdown/,
    );
  });

  test("a row that speaks of the same day and site again is refused by line", () => {
    const twice = readTable(csvText([ADSENSE_HEADER, ADSENSE_ROWS[0] ?? [], ADSENSE_ROWS[0] ?? []]));
    expect(twice.problems).toMatchObject([
      { line: 3, column: "Date", message: expect.stringMatching(/same as line 2/) },
    ]);
  });

  test("dates that contradict each other are refused as a whole", () => {
    const text = csvText([ADSENSE_HEADER, ["13/03/2024", "1", "1"], ["03/13/2024", "1", "1"]]);
    expect(refusalOf(`${text}\n`)).toMatchObject({
      column: "Date",
      message: expect.stringMatching(/Export the file again/),
    });
  });
});
