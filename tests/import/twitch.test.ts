import { describe, expect, test } from "vitest";
import { readNow } from "../../lib/import/read";
import { currencyOf } from "../../lib/model/money";
import { csvText, OPTIONS, readTable, utf8 } from "./fixtures";
import { TWITCH, TWITCH_HEADER, TWITCH_ROWS } from "./twitch.fixtures";

const USD = { ...OPTIONS, currency: currencyOf("USD") };

describe("Twitch's revenue by day: the parts are added exactly, by stream", () => {
  const { drafts, found, needs, problems } = readTable(TWITCH, USD);
  const paid = (stream: string) =>
    drafts.payouts.filter((payout) => payout.stream === stream).map(({ from, minor }) => [from, minor]);

  test("it is recognised and nothing is refused", () => {
    expect([found.fileFormat, needs, problems]).toEqual(["twitch", [], []]);
  });

  test("subscriptions: 2.5 + 1.105 + 0.5 + 0.1 = 4.205, half to even 4.20; a day of 0 is stated", () => {
    expect(paid("subscription")).toEqual([
      ["2026-09-04", 420n],
      ["2026-09-05", 0n],
      ["2026-09-06", 250n],
    ]);
  });

  test("gifts: bits 1.01, in extensions 0.02, other bits 0.005 = 1.035, half to even 1.04", () => {
    expect(paid("gift")[0]).toEqual(["2026-09-04", 104n]);
  });

  test("ads: 0.204, and 0.03 of Turbo, which is paid in place of ads, = 0.234", () => {
    expect(paid("ads")).toEqual([
      ["2026-09-04", 23n],
      ["2026-09-05", 0n],
      ["2026-09-06", 50n],
    ]);
  });

  test("a bounty is a sponsorship and a game sale a commission: on their own days alone", () => {
    expect([paid("sponsorship"), paid("affiliate")]).toEqual([
      [["2026-09-06", 4000n]],
      [["2026-09-06", 125n]],
    ]);
  });

  test("live views, and 2,232.5 minutes watched = 133,950 s", () => {
    expect(drafts.traffic[0]).toMatchObject({
      sourceKey: "twitch:2026-09-04:c1",
      platform: "other",
      from: "2026-09-04",
      views: 410,
      watchSeconds: 133_950,
    });
  });
});

test("a stream that never earned gives no payouts, so that zeros do not flood the ledger", () => {
  const { drafts, notices } = readTable(csvText([TWITCH_HEADER, TWITCH_ROWS[1] ?? []]), USD);
  expect([drafts.payouts, drafts.traffic.length]).toEqual([[], 1]);
  expect(notices).toMatchObject([{ message: expect.stringMatching(/no payouts are imported/) }]);
});

describe("the currency", () => {
  test("is asked for", () => {
    expect(readTable(TWITCH).needs).toMatchObject([{ what: "currency" }]);
  });
  test("is taken from the headers where they name it", () => {
    const { drafts, needs } = readTable(TWITCH.replaceAll(" Revenue,", " Revenue (EUR),"));
    expect([needs, drafts.payouts[0]?.currency]).toEqual([[], "EUR"]);
  });
});

test("dates that a spreadsheet rewrote are asked about where no day is above 12", () => {
  const open = readTable(TWITCH.replaceAll(/\w+ Sep (\d+) 2026/g, "$1/09/2026"), USD);
  expect(open.needs).toMatchObject([{ what: "dayOrder", column: "Date" }]);
});

test("rows that cannot be read are named; the others are kept", () => {
  const [first = []] = TWITCH_ROWS;
  const changed = (day: string, at: number, cell: string) =>
    first.map((old, index) => (index === 0 ? day : index === at ? cell : old));
  const rows = [
    first,
    first,
    changed("someday", 1, "1"),
    changed("Mon Sep 07 2026", 6, "much"),
    changed("Tue Sep 08 2026", 4, "-5"),
    ["Wed Sep 09 2026", "1"],
  ];
  const { problems, drafts } = readTable(`${csvText([TWITCH_HEADER, ...rows])}\n`, USD);
  expect(problems.map(({ line, column }) => [line, column])).toEqual([
    [3, "Date"],
    [4, "Date"],
    [5, "Sub Revenue"],
    [6, "Minutes Watched"],
    [7, undefined],
  ]);
  expect(drafts.traffic).toHaveLength(1);
});

test("an export without views and revenue says what to take instead", () => {
  const outcome = readNow(utf8("Date,Average Viewers,Follows\nFri Sep 04 2026,12,3\n"), "x", USD);
  expect(outcome.kind === "not_useful" && outcome.message).toMatch(/Channel Analytics and Revenue by day/);
});
