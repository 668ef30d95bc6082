import { describe, expect, it } from "vitest";
import { BUILT_IN, priorFor } from "../../lib/model/benchmarks";
import { tableOf } from "../../lib/server/benchmarks";

const ROW = {
  platform: "tiktok",
  programme: "Creator Rewards",
  stream: "rewards",
  format: "any",
  denominator: "qualified_views",
  usd: { us_ca_au: 0.9, unknown: 0.5 },
  tau: 0.6,
  referenceWatchSeconds: 25,
  source: "the payouts of our own 40 creators",
  date: "2026-10",
  grade: "B",
};
const read = (rows: readonly unknown[]) => tableOf(JSON.stringify({ rows }), "benchmarks.json");
const said = (rows: readonly unknown[]) => {
  try {
    read(rows);
  } catch (error) {
    return (error as Error).message;
  }
  return "";
};

describe("a good file of benchmarks", () => {
  it("replaces the row of its cell, and a region it leaves out is as unknown", () => {
    const about = { stream: "rewards", platform: "tiktok", format: "short", perUsd: 1 } as const;
    const table = read([ROW]);
    expect(table.rows).toHaveLength(BUILT_IN.rows.length);
    expect(priorFor({ ...about, regions: { us_ca_au: 1 } }, table)).toMatchObject({ rate: 0.9, tau: 0.6 });
    expect(priorFor({ ...about, regions: { asia_africa: 1 } }, table).rate).toBe(0.5);
  });

  it("has a version that its content decides: the same rows the same one, another number another one", () => {
    const [first, again] = [read([ROW]), read([{ ...ROW }])];
    const changed = read([{ ...ROW, tau: 0.7 }]);
    expect(first.version).toMatch(/^2026-11\+[0-9a-f]{12}$/);
    expect(again.version).toBe(first.version);
    expect(changed.version).not.toBe(first.version);
  });

  it("without rows is the built-in table; a byte order mark does not matter", () => {
    expect(read([])).toBe(BUILT_IN);
    expect(tableOf(`\uFEFF${JSON.stringify({ rows: [ROW] })}`, "x").version).toBe(read([ROW]).version);
  });

  it("takes what looks like a slip when its row says that it is meant", () => {
    expect(said([{ ...ROW, usd: { unknown: 60 } }])).not.toBe("");
    expect(
      read([{ ...ROW, usd: { unknown: 60 }, sure: true }]).rows.some(({ usd }) => usd.unknown === 60),
    ).toBe(true);
  });

  it("takes money that is not paid on views by the month", () => {
    const row = {
      ...ROW,
      platform: "any",
      stream: "subscription",
      denominator: "month",
      usd: { unknown: 250 },
    };
    expect(
      priorFor({ stream: "subscription", platform: "youtube", format: "all", perUsd: 1 }, read([row])),
    ).toMatchObject({ rate: 250, denominator: null });
  });
});

describe("a mistake in a file of benchmarks is named with its place", () => {
  it.each<[string, Record<string, unknown>, string]>([
    ["an unknown platform", { platform: "vine" }, "rows[0].platform must be one of any, tiktok, youtube"],
    ["an unknown stream", { stream: "tips" }, "rows[0].stream must be one of ads, rewards"],
    ["an unknown format", { format: "all" }, "rows[0].format must be one of any, short, long, live"],
    ["an unknown count", { denominator: "clicks" }, "rows[0].denominator must be one of views"],
    [
      "a count on which it is not paid",
      { denominator: "views" },
      "rows[0].denominator is not what this is usually paid on (qualified views)",
    ],
    ["views paid by the month", { denominator: "month" }, "rows[0].denominator must be one of views"],
    [
      "a month paid on views",
      { stream: "subscription", platform: "any", denominator: "views" },
      'rows[0].denominator must be "month"',
    ],
    ["no rate for unknown", { usd: { us_ca_au: 1 } }, "rows[0].usd.unknown must be a number of USD"],
    ["a rate as text", { usd: { unknown: "0.6" } }, "rows[0].usd.unknown must be a number of USD"],
    ["a rate of 0", { usd: { unknown: 0 } }, "rows[0].usd.unknown must be above 0"],
    [
      "a rate in cents",
      { usd: { unknown: 60 } },
      "rows[0].usd.unknown is more than 50 times off the built-in",
    ],
    [
      "an advertiser's CPM",
      { usd: { us_ca_au: 36, unknown: 0.6 } },
      "rows[0].usd.us_ca_au is more than 50 times off",
    ],
    ["an unknown region", { usd: { unknown: 0.6, mars: 1 } }, 'rows[0].usd Unrecognized key: "mars"'],
    ["no spread", { tau: undefined }, "rows[0].tau must be a number"],
    ["a spread of 0", { tau: 0 }, "rows[0].tau must be at least 0.05"],
    ["a watch time below 0", { referenceWatchSeconds: -1 }, "rows[0].referenceWatchSeconds must be above 0"],
    ["no source", { source: " " }, "rows[0].source must not be empty"],
    ["no date at all", { date: undefined }, "rows[0].date must be a date"],
    ["a date in words", { date: "last year" }, "rows[0].date must be a date"],
    ["a grade of its own", { grade: "A+" }, "rows[0].grade must be one of A, B, C, D, judgement"],
    ["a name that is not known", { rate: 1 }, 'rows[0] Unrecognized key: "rate"'],
  ])("%s", (_, change, sentence) => {
    const message = said([{ ...ROW, ...change }]);
    expect(message).toContain("benchmarks.json cannot be used: ");
    expect(message).toContain(sentence);
  });

  it("two rows for one cell", () => {
    expect(said([ROW, { ...ROW, tau: 0.7 }])).toContain(
      "rows[1] is for the same platform, stream and format as rows[0]",
    );
  });

  it("what is no JSON, no list, or far too large", () => {
    expect(() => tableOf("{ rows: [", "benchmarks.json")).toThrow(/^benchmarks\.json is not JSON: /);
    expect(() => tableOf("[]", "benchmarks.json")).toThrow(/^benchmarks\.json cannot be used: the file /);
    expect(() => tableOf("null", "benchmarks.json")).toThrow(/^benchmarks\.json cannot be used: the file /);
    expect(() => tableOf('{"rows": 7}', "benchmarks.json")).toThrow("rows must be a list of rows");
    expect(() => tableOf(" ".repeat(2_000_000), "benchmarks.json")).toThrow("larger than 1 MB");
  });
});
