import { createHash } from "node:crypto";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  BENCHMARKS,
  type Benchmark,
  BUILT_IN,
  benchmarkFor,
  PRIOR_VERSION,
  priorFor,
  withOwnRows,
} from "../../lib/model/benchmarks";
import { historiesOf } from "../../lib/model/histories";
import { currencyOf, isCurrency } from "../../lib/model/money";
import { monthOf } from "../../lib/model/month";
import { PRIOR_VERSIONS, priorVersion } from "../../lib/model/prior-versions";
import { projectStream } from "../../lib/model/projection";
import type { Published } from "../../lib/model/published/figure";
import {
  cellKey,
  cellsOf,
  deviation,
  GRADE_WEIGHT,
  middleOf,
  PUBLISHED,
} from "../../lib/model/published/published";
import { SOURCES, siteOf, sourceOf } from "../../lib/model/published/sources";
import { FORMATS, PLATFORMS, STREAMS } from "../../lib/model/words";

describe("published figures", () => {
  test("each has a name of its own, a source with an address, and says what it is counted on", () => {
    expect(PUBLISHED.length).toBeGreaterThan(180);
    expect(new Set(PUBLISHED.map(({ id }) => id)).size).toBe(PUBLISHED.length);
    for (const figure of PUBLISHED) {
      const { url, date, grade } = sourceOf(figure.source);
      expect(new URL(url).protocol, figure.id).toMatch(/^https?:$/);
      expect([figure.date, figure.grade]).toEqual([date, grade]);
      expect(figure.date ?? "2026").toMatch(/^20\d\d(-\d\d(-\d\d)?)?$/);
      expect(figure.per).not.toBe("");
    }
  });

  test("no source stands there that nothing is cited from", () => {
    const cited = new Set<string>(PUBLISHED.map(({ source }) => source));
    expect(Object.keys(SOURCES).filter((source) => !cited.has(source))).toEqual([]);
  });

  test("a range runs upwards, what is typical lies in it, and money has a currency while percent has none", () => {
    for (const { id, low, high, typical, currency, measure } of PUBLISHED) {
      expect(low ?? high, id).not.toBeNull();
      for (const value of [low, high]) if (value !== null) expect(value, id).toBeGreaterThan(0);
      if (low !== null && high !== null) expect(low, id).toBeLessThanOrEqual(high);
      if (typical) {
        expect(typical[0], id).toBeGreaterThanOrEqual(low ?? 0);
        expect(typical[1], id).toBeLessThanOrEqual(high ?? Infinity);
        expect(typical[0], id).toBeLessThanOrEqual(typical[1]);
      }
      const isPercent = ["commission", "payout_share", "qualified_share"].includes(measure);
      if (isPercent) expect(high ?? 0, id).toBeLessThanOrEqual(100);
      expect(currency !== null && isCurrency(currency), id).toBe(!isPercent && measure !== "season");
    }
  });

  test("a figure that pays nobody names no stream, and an advertiser's CPM is never called an RPM", () => {
    for (const { stream, measure } of PUBLISHED)
      expect(stream === null).toBe(measure === "cpm" || measure === "qualified_share");
  });
});

describe("what a cell says together", () => {
  const figure = (given: Partial<Published>): Published => ({
    ...(PUBLISHED[0] as Published),
    typical: null,
    ...given,
  });
  const only = (figures: readonly Published[]) => {
    const cells = [...cellsOf(figures).values()];
    expect(cells).toHaveLength(1);
    return cells[0]!;
  };

  test("the six US ranges of the survey lie 0.63 to 1.58 in their middles, ln-spread 0.37", () => {
    const middles = [
      [0.45, 1.1],
      [0.8, 1],
      [1, 2],
      [1, 2.5],
      [0.4, 1],
      [0.4, 3],
    ].map(([low, high]) => middleOf(figure({ low: low!, high: high! }))!);
    expect(Math.min(...middles)).toBeCloseTo(0.63, 2);
    expect(Math.max(...middles)).toBeCloseTo(1.58, 2);
    expect(deviation(middles.map(Math.log))).toBeCloseTo(0.37, 2);
  });

  test("pages of one site count once: 1 and 4 of one site are 2, beside 8 of another the centre is 4", () => {
    const cell = only([
      figure({ low: 1, high: 1, source: "calculate_fund", grade: "D" }),
      figure({ low: 4, high: 4, source: "calculate_guide", grade: "D" }),
      figure({ low: 8, high: 8, source: "napolify_work", grade: "D" }),
    ]);
    expect(cell.sites).toBe(2);
    expect(cell.centre).toBeCloseTo(4, 10);
    // ln 8 - ln 2 = ln 4; of two values the deviation is their distance / sqrt 2
    expect(cell.spread).toBeCloseTo(Math.log(4) / Math.SQRT2, 10);
  });

  test("a first-hand 1 (weight 4) beside a list's 32 (weight 1): 32^(1/5) = 2", () => {
    expect(GRADE_WEIGHT).toMatchObject({ A: 8, B: 4, C: 2, D: 1 });
    const cell = only([
      figure({ low: 1, high: 1, source: "debt_trend", grade: "B" }),
      figure({ low: 32, high: 32, source: "fluxnote", grade: "D" }),
    ]);
    expect(cell.centre).toBeCloseTo(2, 10);
  });

  test("a half-open figure has no middle and counts for nothing; one site has no spread", () => {
    const cell = only([
      figure({ low: null, high: 1, source: "upgrowth" }),
      figure({ low: 2, high: 8, source: "fluxnote" }),
    ]);
    expect(cell).toEqual({ sites: 1, centre: 4, spread: null });
    expect(only([figure({ low: 5, high: null })])).toEqual({ sites: 0, centre: null, spread: null });
  });

  test("figures on other counts, in other currencies, of other places or subjects are never put together", () => {
    const base = figure({});
    for (const given of [
      { per: "views" },
      { currency: "EUR" },
      { place: "Portugal" },
      { niche: "finance" },
      { measure: "cpm" },
      { tier: "nano" },
      { category: "Home" },
      { programme: "Creator Fund (closed)" },
    ] as const)
      expect(cellKey({ ...base, ...given })).not.toBe(cellKey(base));
  });

  test("the centre lies between the middles, whatever the figures, and their order does not matter", () => {
    const some = fc.array(
      fc.record({
        low: fc.double({ min: 0.001, max: 1000, noNaN: true }),
        wide: fc.double({ min: 1, max: 20, noNaN: true }),
        source: fc.constantFrom(...(Object.keys(SOURCES) as Published["source"][])),
        grade: fc.constantFrom("A", "B", "C", "D"),
      }),
      { minLength: 1, maxLength: 12 },
    );
    fc.assert(
      fc.property(some, (rows) => {
        const figures = rows.map(({ low, wide, ...rest }) => figure({ ...rest, low, high: low * wide }));
        const { sites, centre, spread } = only(figures);
        const middles = figures.map((each) => middleOf(each)!);
        expect(sites).toBe(new Set(figures.map(({ source }) => siteOf(source))).size);
        expect(centre!).toBeGreaterThanOrEqual(Math.min(...middles) * (1 - 1e-9));
        expect(centre!).toBeLessThanOrEqual(Math.max(...middles) * (1 + 1e-9));
        expect(spread === null).toBe(sites < 2);
        const turned = only([...figures].reverse());
        expect(turned.centre!).toBeCloseTo(centre!, 6);
      }),
      { numRuns: 500 },
    );
  });
});

describe("versions of the starting rates", () => {
  const digest = (value: unknown) =>
    createHash("sha256").update(JSON.stringify(value)).digest("hex").slice(0, 16);

  test("no number of a version ever changes: a new number needs a new version, and the old table stays", () => {
    const kept = Object.fromEntries(
      PRIOR_VERSIONS.map(({ version, rows, niches }) => [version, digest({ rows, niches })]),
    );
    expect(kept).toEqual({ "2026-11": "10f2fe14b5b47241" });
  });

  test("the newest is the one in use, each is found by its name, an unknown name is not", () => {
    expect(PRIOR_VERSIONS[0]).toMatchObject(BUILT_IN);
    expect(PRIOR_VERSIONS[0]?.version).toBe(PRIOR_VERSION);
    for (const each of PRIOR_VERSIONS) expect(priorVersion(each.version)).toBe(each);
    expect(priorVersion("2026-11+0123456789ab")).toBeNull();
  });
});

describe("rows of an installation's own", () => {
  const of = (given: Partial<Benchmark>): Benchmark => ({
    ...(BENCHMARKS.find(({ stream }) => stream === "rewards") as Benchmark),
    source: "our own creators",
    grade: "B",
    ...given,
  });
  const everyCell = STREAMS.flatMap((stream) =>
    PLATFORMS.flatMap((platform) =>
      ([...FORMATS, "all"] as const).map((format) => [stream, platform, format] as const),
    ),
  );

  test("none changes nothing: each stream, platform and format begins where it did", () => {
    const table = withOwnRows([], "x");
    for (const cell of everyCell) expect(benchmarkFor(...cell, table)).toBe(benchmarkFor(...cell));
  });

  test("a row for the same cell takes the old one's place, under the table's own version", () => {
    const table = withOwnRows([of({ usd: { ...of({}).usd, unknown: 1.2 } })], "2026-11+abc");
    expect(table.rows).toHaveLength(BENCHMARKS.length);
    const about = { stream: "rewards", platform: "tiktok", format: "short", perUsd: 1 } as const;
    expect(priorFor(about, table)).toMatchObject({
      rate: 1.2,
      version: "2026-11+abc",
      source: "our own creators",
    });
    expect(priorFor(about)).toMatchObject({ rate: 0.6, version: PRIOR_VERSION });
  });

  test("a general row hides no special one: ads on any platform leave YouTube's Shorts as they are", () => {
    const table = withOwnRows([of({ platform: "any", stream: "ads", format: "any" })], "x");
    expect(benchmarkFor("ads", "youtube", "short", table)).toBe(benchmarkFor("ads", "youtube", "short"));
    expect(benchmarkFor("ads", "instagram", "long", table).source).toBe("our own creators");
  });

  test("a special row is used where it fits and nowhere else", () => {
    const table = withOwnRows([of({ platform: "instagram", stream: "ads", format: "short" })], "x");
    for (const cell of everyCell) {
      const isMine = cell.join() === "ads,instagram,short";
      expect(benchmarkFor(...cell, table).source === "our own creators", cell.join()).toBe(isMine);
    }
  });

  test("a projection made with them names their version, and so does its benchmark", () => {
    const usd = currencyOf("USD");
    const ledger = {
      money: ["2026-01", "2026-02"].map((month) => ({
        month: monthOf(month),
        stream: "rewards" as const,
        platform: "tiktok" as const,
        format: "all" as const,
        currency: usd,
        finalMinor: 10_000n,
        estimatedMinor: null,
      })),
      traffic: [],
      audience: [],
      niches: {},
      deals: [],
      events: [],
      perUsd: {},
      benchmarks: withOwnRows([of({})], "2026-11+abc"),
    };
    const [stream] = historiesOf(ledger, { asOf: monthOf("2026-03") });
    const projection = projectStream(stream!.history, monthOf("2026-03"), 1);
    expect(projection.priorVersion).toBe("2026-11+abc");
    expect(projection.inputs.prior?.version).toBe("2026-11+abc");
  });
});
