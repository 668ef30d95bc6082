import { describe, expect, test } from "vitest";
import { currencyOf } from "../../lib/model/money";
import { OPTIONS, readTable } from "./fixtures";
import { MEDIAVINE } from "./mediavine.fixtures";

const USD = { ...OPTIONS, currency: currencyOf("USD") };

describe("Mediavine's pages become one payout of ads and the views of the period", () => {
  test("18.755 + 1.25 = 20.005, half to even 20.00; 1,250 + 250 views", () => {
    const { drafts, found, needs, problems } = readTable(MEDIAVINE, USD);
    expect([found.fileFormat, needs, problems]).toEqual(["mediavine", [], []]);
    expect(drafts.payouts).toMatchObject([
      {
        sourceKey: "mediavine:2024-01-01..2024-12-31:c1",
        stream: "ads",
        from: "2024-01-01",
        to: "2024-12-31",
        minor: 2000n,
        currency: "USD",
        lines: [],
      },
    ]);
    expect(drafts.traffic).toMatchObject([{ views: 1500, platform: "other" }]);
  });

  test("the file names neither days nor currency: both are asked for", () => {
    const { period: _, ...open } = OPTIONS;
    expect(readTable(MEDIAVINE, open).needs.map(({ what }) => what)).toEqual(["period", "currency"]);
  });

  test("a page whose views are unknown leaves the sum unknown, and its money counts", () => {
    const { drafts } = readTable(`${MEDIAVINE}\n/new,,3,,,,,\n`, USD);
    expect([drafts.traffic, drafts.payouts[0]?.minor]).toEqual([[], 2300n]);
  });

  test("a page twice: to the letter it counts once, with other figures it is refused", () => {
    const { notices, problems, drafts } = readTable(
      `${MEDIAVINE}\n/bread,1250,18.755,15.0,2.5,0.72,0.94,4.2\n/bread,1,1,1,1,1,1,1\n/x,many,1,,,,,\n`,
      USD,
    );
    expect(notices).toMatchObject([{ line: 4, message: expect.stringMatching(/counts once/) }]);
    expect(problems.map(({ line, column }) => [line, column])).toEqual([
      [5, "slug"],
      [6, "views"],
    ]);
    expect(drafts.payouts).toMatchObject([{ minor: 2000n }]);
  });
});
