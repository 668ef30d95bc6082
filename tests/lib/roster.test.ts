import { describe, expect, it } from "vitest";
import { type Currency, currencyOf } from "../../lib/model/money";
import { dayOf, monthOf } from "../../lib/model/month";
import {
  type RosterCreator,
  type RosterFacts,
  type RosterInput,
  type RosterRow,
  rollupOf,
  rosterRows,
  sortRoster,
} from "../../lib/model/roster";
import { lineOf } from "../../lib/roster-lines";
import { comparedIds, rosterQuery, viewSearch } from "../../lib/roster-query";

const USD = currencyOf("USD");
const EUR = currencyOf("EUR");
const MONTH = monthOf("2026-03");
const NOTHING: RosterFacts = { money: [], projected: [], waiting: [], views: new Map(), lastMonth: null };

function creatorOf(name: string, given: Partial<RosterCreator> = {}): RosterCreator {
  return {
    ...{ creatorId: name, name, currency: USD, streams: null, amounts: true, toDay: null },
    ...{ teamId: null, teamName: null, platforms: [], niches: [], isMatch: true },
    ...given,
  };
}

const projected = (minor: bigint, lo: bigint, hi: bigint) => ({
  ...{ month: MONTH, currency: USD, minor, band: { lo, hi }, rate: null },
});
const earned = (minor: bigint, currency: Currency = USD) => ({ month: MONTH, stream: null, currency, minor });

function rows(given: [RosterCreator, Partial<RosterFacts>][], input: Partial<RosterInput> = {}): RosterRow[] {
  return rosterRows({
    ...{
      currency: USD,
      month: MONTH,
      period: 1,
      today: dayOf("2026-05-01"),
      owed: new Map(),
      commission: new Map(),
      tags: new Map(),
    },
    creators: given.map(([creator]) => creator),
    facts: new Map(given.map(([{ creatorId }, facts]) => [creatorId, { ...NOTHING, ...facts }])),
    findRate: () => null,
    ...input,
  }).rows;
}

describe("a row", () => {
  it("700 earned of 1,000 projected, of which 200 wait: a gap of 700 − 800 = −100, and no word about the band yet", () => {
    const waiting = [{ ...projected(200n, 0n, 0n), band: null }];
    const [row] = rows([
      [creatorOf("Ana"), { money: [earned(700n)], projected: [projected(1_000n, 900n, 1_100n)], waiting }],
    ]);
    expect(row).toMatchObject({ gapMinor: -100n, band: null, reasons: ["missing"] });
  });

  it("money without a rate is not missing: alone it stands in its own currency, else beside the rest; 0 owed needs none", () => {
    const look = { currency: USD, locale: "en-US", month: MONTH };
    const [alone, beside] = rows(
      [
        [creatorOf("Ana"), { money: [earned(500n, EUR)] }],
        [creatorOf("Bo"), { money: [earned(500n, EUR), earned(700n)] }],
      ],
      { commission: new Map([["Ana", [{ currency: EUR, minor: 0n }]]]) },
    ).map((row) => lineOf(row, look));
    expect(alone?.cells.earned).toEqual({ text: "€5.00", note: "no rate yet" });
    expect(alone?.cells.commission).toEqual({ text: "$0.00" });
    expect(beside?.cells.earned).toEqual({ text: "$7.00", note: "and €5.00 without a rate" });
  });

  it("nothing earned is no gap and no zero, and is waited for", () => {
    const [row] = rows([[creatorOf("Ana"), { projected: [projected(1_000n, 900n, 1_100n)] }]]);
    expect(row).toMatchObject({ earnedMinor: null, gapMinor: null, band: null, reasons: ["missing"] });
  });

  it("a month that is still running has neither gap nor band", () => {
    const facts = { money: [earned(700n)], projected: [projected(1_000n, 900n, 1_100n)] };
    const [row] = rows([[creatorOf("Ana"), facts]], { today: dayOf("2026-03-20") });
    expect(row).toMatchObject({ earnedMinor: 700n, gapMinor: null, band: null, reasons: [] });
  });

  it("899 is below a band of 900 to 1,100, 900 inside, 1,101 above", () => {
    const bands = [899n, 900n, 1_101n].map(
      (minor) =>
        rows([
          [creatorOf("Ana"), { money: [earned(minor)], projected: [projected(1_000n, 900n, 1_100n)] }],
        ])[0]?.band,
    );
    expect(bands).toEqual(["below", "inside", "above"]);
  });

  it("amounts without a rate stand apart, in their own currency", () => {
    const [row] = rows([[creatorOf("Ana"), { money: [earned(100n), earned(55n, EUR)] }]]);
    expect(row).toMatchObject({
      earnedMinor: 100n,
      apart: [{ currency: EUR, minor: 55n }],
      reasons: ["apart"],
    });
  });
});

describe("the whole", () => {
  it("3,000 over 1,000 views and 1,000 over 3,000 are 1.00 per view in all: 10.00 per 1,000, not the mean of 30.00 and 3.33", () => {
    const views = (count: number) => new Map([[MONTH, count]]);
    const all = rows([
      [creatorOf("Ana"), { money: [earned(3_000n)], views: views(1_000) }],
      [creatorOf("Bo"), { money: [earned(1_000n)], views: views(3_000) }],
      [creatorOf("Cy", { streams: ["ads"] }), { money: [earned(9_999n)], views: views(1) }],
    ]);
    expect(all.map(({ eRpm }) => eRpm)).toEqual(["30.00", "3.33", null]);
    expect(rollupOf(all, USD)).toMatchObject({
      eRpm: "10.00",
      earnedMinor: 13_999n,
      byShares: { all: 2, some: 1, none: 0 },
    });
  });

  it("is sorted with what is not known last, whichever way", () => {
    const all = rows([
      [creatorOf("Ana"), {}],
      [creatorOf("Bo"), { money: [earned(1n)] }],
      [creatorOf("Cy"), { money: [earned(2n)] }],
    ]);
    const names = (descending: boolean) =>
      sortRoster(all, { sort: "earned", descending }).map(({ creator }) => creator.name);
    expect([names(true), names(false)]).toEqual([
      ["Cy", "Bo", "Ana"],
      ["Bo", "Cy", "Ana"],
    ]);
  });
});

describe("the address", () => {
  it("says nothing that a roster does not know, and the last month that is over by itself", () => {
    const query = rosterQuery(
      { month: "2031-01", months: "4", platform: "x", team: "x", tag: "x", q: "a\u0000na" },
      dayOf("2026-03-20"),
    );
    expect(query).toMatchObject({ month: "2026-02", period: 1, page: 1, filter: { search: "ana" } });
    expect(query.filter).toMatchObject({ platform: undefined, teamId: undefined, tagId: undefined });
  });

  it("as a view keeps filters, order and columns, and neither month nor page", () => {
    const params = {
      month: "2026-01",
      page: "3",
      sort: "gap",
      order: "ascending",
      columns: "gap.rpm",
      other: "x",
    };
    expect(viewSearch(params)).toBe("?sort=gap&order=ascending&columns=gap.rpm");
  });

  it("compares at most six creators, each once, from boxes or a link", () => {
    const ids = Array.from({ length: 8 }, (_, index) => `00000000-0000-4000-8000-00000000000${index}`);
    expect(comparedIds({ creatorIds: [...ids, ids[0]!] })).toEqual(ids.slice(0, 6));
    expect(comparedIds({ creators: `${ids[0]}.x.${ids[1]}` })).toEqual(ids.slice(0, 2));
  });
});
