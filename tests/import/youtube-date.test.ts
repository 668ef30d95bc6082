import { describe, expect, test } from "vitest";
import { csvText, OPTIONS, readTable, refusalOf } from "./fixtures";
import { TOTALS } from "./youtube.fixtures";

const HEADER = ["Date", "Views", "Watch time (hours)", "Average view duration", "Estimated revenue (USD)"];
const ROWS = [
  ["Total", "300", "30", "0:06:00", "1.505"],
  ["2024-03-03", "100", "10", "0:06:00", ""],
  ["2024-03-02", "120", "12", "0:06:00", "1.005"],
  ["2024-02-28", "80", "8", "0:06:00", "0.500"],
];

describe("a date table becomes daily traffic of the channel and daily payouts", () => {
  const { drafts, needs, problems, notices, found } = readTable(csvText([HEADER, ...ROWS]));

  test("it is recognised, agrees with its total, and asks nothing", () => {
    expect([found.fileFormat, needs, problems, notices]).toEqual(["youtube-date", [], [], []]);
  });

  test("a day without data stays absent, and blank revenue is unknown: no payout of zero", () => {
    expect(drafts.traffic.map(({ from, views }) => [from, views])).toEqual([
      ["2024-03-03", 100],
      ["2024-03-02", 120],
      ["2024-02-28", 80],
    ]);
    expect(drafts.payouts.map(({ from }) => from)).toEqual(["2024-03-02", "2024-02-28"]);
  });

  test("each day is rounded by itself, half to even: 1.005 is 1.00", () => {
    expect(drafts.payouts[0]).toMatchObject({
      sourceKey: "yt:date:2024-03-02:c1",
      platform: "youtube",
      format: null,
      stream: "ads",
      from: "2024-03-02",
      to: "2024-03-02",
      minor: 100n,
      currency: "USD",
      state: "estimated",
      lines: [],
      line: 4,
    });
  });
});

test("views without revenue, with YouTube's total row, are traffic all the same", () => {
  const { drafts } = readTable(
    csvText([
      ["Date", "Views"],
      ["Total", "5"],
      ["2024-03-02", "5"],
    ]),
  );
  expect([drafts.traffic.length, drafts.payouts.length]).toEqual([1, 0]);
});

test("totals with views alone are days like any other; of which platform, they do not say", () => {
  const { drafts, found } = readTable(TOTALS);
  expect(found.fileFormat).toBe("youtube-date");
  expect(drafts.traffic.map(({ from, views, platform }) => [from, views, platform])).toEqual([
    ["2024-01-01", 0, "other"],
    ["2024-01-02", 37_509, "other"],
  ]);
  const [watched] = readTable("Date,Views,Watch time (hours)\n2024-01-01,5,1\n").drafts.traffic;
  expect(watched?.platform).toBe("youtube");
});

describe("dates that a spreadsheet rewrote", () => {
  const days = (...dates: string[]) =>
    csvText([HEADER, ...dates.map((date) => [date, "1", "1", "0:00:01", "1"])]);

  test("one value above 12 decides for the column", () => {
    expect(readTable(days("13-06-2025", "12-06-2025")).drafts.traffic.map(({ from }) => from)).toEqual([
      "2025-06-13",
      "2025-06-12",
    ]);
  });

  test("otherwise it is asked, and nothing is read before the answer", () => {
    const open = readTable(days("03/04/2025", "02/04/2025"));
    expect([open.needs[0]?.what, open.drafts.traffic]).toEqual(["dayOrder", []]);
    const answered = readTable(days("03/04/2025", "02/04/2025"), { ...OPTIONS, dayOrder: "dmy" });
    expect(answered.drafts.traffic.map(({ from }) => from)).toEqual(["2025-04-03", "2025-04-02"]);
  });

  test("a column that contradicts itself is refused as a whole", () => {
    expect(refusalOf(days("13/06/2025", "06/13/2025"))).toMatchObject({
      column: "Date",
      message: expect.stringMatching(/Export the file again/),
    });
  });

  test("a day that comes twice is read once and named", () => {
    const { problems, drafts } = readTable(days("2025-06-13", "2025-06-13"));
    expect(problems).toMatchObject([
      { line: 3, column: "Date", message: expect.stringMatching(/also on line 2/) },
    ]);
    expect(drafts.payouts).toHaveLength(1);
  });
});
