import { describe, expect, test } from "vitest";
import type { ReadOptions } from "../../lib/import/format";
import { currencyOf } from "../../lib/model/money";
import { dayOf } from "../../lib/model/month";
import { OPTIONS, readTable, refusalOf } from "./fixtures";
import { LIVE, LIVE_HEADER, studioText } from "./tiktok.fixtures";

const ANSWERED: ReadOptions = {
  channelKey: "c1",
  today: OPTIONS.today,
  subject: "7359000000000000001",
  unitPrice: "0.005",
  currency: currencyOf("USD"),
};
const row = (period: string, diamonds: string, id = "7359000000000000001") => [
  ...[period, id, "a.creator", diamonds],
  ...["3h 0m 0s", "2d", "0"],
];
const read = (rows: string[][], options = ANSWERED) => readTable(studioText([LIVE_HEADER, ...rows]), options);

describe("diamonds of LIVE become gifts only once it is said whose and what they are worth", () => {
  test("all that is open is asked at once: creator, worth of a diamond (with the convention named as such), currency", () => {
    const { needs, drafts, found } = readTable(LIVE, { ...OPTIONS, period: undefined });
    expect(found.fileFormat).toBe("tiktok-live");
    expect(drafts.payouts).toEqual([]);
    expect(needs).toEqual([
      {
        what: "subject",
        options: [
          { value: "7359000000000000001", label: "a.creator" },
          { value: "7359000000000000002", label: "b.creator" },
        ],
        message: expect.stringMatching(/2 creators/),
      },
      {
        what: "unitPrice",
        unit: "diamond",
        suggested: "0.005",
        message: expect.stringMatching(/TikTok states no rate.*third parties reckon with 0\.005/),
      },
      { what: "currency", message: expect.any(String) },
    ]);
  });

  test("1,234,567 diamonds at 0.005 are 6,172.835, half to even 6,172.84, estimated for the month so far", () => {
    const { drafts, needs, problems } = readTable(LIVE, ANSWERED);
    expect([needs, problems]).toEqual([[], []]);
    expect(drafts.payouts).toEqual([
      {
        sourceKey: "tt:live/7359000000000000001:2026-05:c1",
        platform: "tiktok",
        format: "live",
        stream: "gift",
        from: "2026-05-01",
        to: "2026-05-15",
        minor: 617_284n,
        currency: "USD",
        state: "estimated",
        estimatedMinor: null,
        settledDay: null,
        note: "1,234,567 diamonds at 0.005 USD each; LIVE 119h 47m 31s; 21 valid days",
        lines: [],
        line: 2,
      },
    ]);
  });

  test("one creator in the file needs no question; the other creator's `1,000` diamonds are 5.00", () => {
    expect(readTable(LIVE, { ...ANSWERED, subject: "7359000000000000002" }).drafts.payouts).toMatchObject([
      { minor: 500n },
    ]);
    const { needs } = read([row("2026-05-01 ~ 2026-05-15", "10")], { ...ANSWERED, subject: undefined });
    expect(needs).toEqual([]);
  });

  test("a later file of the month has the same key, so that a month is never added up from its parts", () => {
    const [early] = read([row("2026-05-01 ~ 2026-05-15", "10")]).drafts.payouts;
    const [late] = read([row("2026-05-01 ~ 2026-05-31", "90")]).drafts.payouts;
    expect(early?.sourceKey).toBe(late?.sourceKey);
    expect(late).toMatchObject({ to: "2026-05-31", minor: 45n });
  });

  test("within a file the furthest count of a month holds", () => {
    const { drafts, problems } = read([
      row("2026-05-01 ~ 2026-05-31", "90"),
      row("2026-05-01 ~ 2026-05-15", "10"),
      row("2026-04-01 ~ 2026-04-30", "40"),
    ]);
    expect(problems).toEqual([]);
    expect(drafts.payouts.map(({ to, minor }) => [to, minor])).toEqual([
      ["2026-05-31", 45n],
      ["2026-04-30", 20n],
    ]);
  });

  test("no diamonds are zero, an unknown count is none", () => {
    expect(read([row("2026-05-01 ~ 2026-05-15", "0")]).drafts.payouts).toMatchObject([{ minor: 0n }]);
    expect(read([row("2026-05-01 ~ 2026-05-15", "--")]).drafts.payouts).toEqual([]);
  });
});

describe("what cannot be believed is refused or asked", () => {
  test.each([
    ["2026-05-10 ~ 2026-05-20", /begins on the 1st/],
    ["2026-05-01 ~ 2026-06-03", /ends in the same month/],
    ["2026-05-20 ~ 2026-05-01", /is not a period/],
    ["May", /is not a period/],
  ])("the period %s", (period, message) => {
    expect(read([row(period, "10")]).problems).toMatchObject([
      { line: 2, column: "Data period", message: expect.stringMatching(message) },
    ]);
  });

  test("two counts for the same days are not added", () => {
    const { problems, drafts } = read([
      row("2026-05-01 ~ 2026-05-15", "10"),
      row("2026-05-01 ~ 2026-05-15", "20"),
    ]);
    expect(problems).toMatchObject([
      { line: 3, message: expect.stringMatching(/Line 2 tells another count/) },
    ]);
    expect(drafts.payouts).toMatchObject([{ minor: 5n }]);
  });

  test.each(["0", "-1", "abc"])("a worth of %s is asked again", (unitPrice) => {
    expect(readTable(LIVE, { ...ANSWERED, unitPrice }).needs).toMatchObject([{ what: "unitPrice" }]);
  });

  test("a creator who is not in the file is asked again", () => {
    expect(readTable(LIVE, { ...ANSWERED, subject: "1" }).needs).toMatchObject([{ what: "subject" }]);
  });

  test("without a column of the period it is asked, and the answer is taken", () => {
    const text = studioText([LIVE_HEADER.slice(1), row("", "10").slice(1)]);
    expect(readTable(text, ANSWERED).needs).toMatchObject([{ what: "period" }]);
    const period = { from: dayOf("2026-05-01"), to: dayOf("2026-05-31") };
    expect(readTable(text, { ...ANSWERED, period }).drafts.payouts).toMatchObject([{ ...period, minor: 5n }]);
  });

  test("diamonds beyond all money, and a table that names no creator", () => {
    expect(
      read([row("2026-05-01 ~ 2026-05-15", "1000000000")], { ...ANSWERED, unitPrice: "999999999" }).problems,
    ).toMatchObject([{ line: 2, message: expect.stringMatching(/too much to be true/) }]);
    expect(refusalOf(studioText([LIVE_HEADER]), ANSWERED)).toMatchObject({
      message: expect.stringMatching(/no creator/),
    });
  });
});
