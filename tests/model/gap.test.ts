import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { priorFor } from "../../lib/model/benchmarks";
import { predict, start, update } from "../../lib/model/filter";
import {
  type Cause,
  decompose,
  type Explained,
  explainChange,
  explainGap,
  explainTotal,
  type Gap,
  sumGaps,
} from "../../lib/model/gap";
import { KINDS, type Kind, seasonOf } from "../../lib/model/kinds";
import { monthOf } from "../../lib/model/month";
import { type Projection, projectStream, type Traffic } from "../../lib/model/projection";
import type { Format, Platform } from "../../lib/model/words";
import golden from "./golden/filter.json" with { type: "json" };
import { ADS_KEY, EUR, GOLDEN_PRIOR, goldenHistory, goldenRows, JPY, KWD, USD } from "./stories";

const JANUARY = monthOf("2026-01");
const projection = projectStream(goldenHistory(3), JANUARY);
const runs = { numRuns: 10_000, seed: 20261123 };

const partOf = (gap: Gap, cause: Cause) => gap.parts.find((part) => part.cause === cause)?.minor;
const abs = (minor: bigint) => (minor < 0n ? -minor : minor);
const sumOf = (gap: Gap) => gap.parts.reduce((sum, { minor }) => sum + minor, 0n);

describe("the golden January: 293.3080 projected, 240 came", () => {
  test("views +53.3310, watch time +9.6402, rate -116.2791, together -53.3080, to the last digit", () => {
    const ads: Kind = KINDS.ads;
    const [october, november, december, january] = golden.rows.map((row) => ({
      x: Math.log((row.watchHours * 3600) / row.views / 180),
      season: seasonOf(monthOf(row.month)),
      y: Math.log(Number(row.revenueMinor) / 100 / (row.views / 1000)),
    })) as [Row, Row, Row, Row];
    type Row = { x: number; season: number; y: number };
    const state = [october, november, december].reduce(
      (before, row) => update(before, ads, row.y, row).state,
      start(Math.log(2.5), ads),
    );
    const projected = 90 * Math.exp(predict(state, ads, { ...january, x: december.x }).mu);
    expect(projected.toFixed(4)).toBe(golden.gap.projected);
    const parts = decompose(projected, 240, [
      { cause: "views", log: Math.log(110_000 / 90_000) },
      { cause: "watch_time", log: state.m[1] * (january.x - december.x) },
    ]);
    expect(parts.map(({ amount }) => amount.toFixed(4))).toEqual([
      golden.gap.views,
      golden.gap.watchTime,
      golden.gap.rate,
    ]);
    expect(parts.reduce((sum, { amount }) => sum + amount, 0).toFixed(4)).toBe(golden.gap.sum);
  });

  test("in whole cents 53.33 + 0.00 + 9.64 - 116.28 = -53.31", () => {
    const gap = explainGap(projection, { ...goldenRows(4)[3]!, minor: 24_000n });
    expect(gap).toEqual({
      currency: USD,
      projectedMinor: 29_331n,
      actualMinor: 24_000n,
      gapMinor: -5331n,
      parts: [
        { cause: "views", minor: 5333n },
        { cause: "region", minor: 0n },
        { cause: "watch_time", minor: 964n },
        { cause: "rate", minor: -11_628n },
      ],
    });
  });

  test("what is unknown about the month explains nothing: without watch time its part is 0", () => {
    const gap = explainGap(projection, { views: 110_000, minor: 24_000n });
    expect(partOf(gap, "watch_time")).toBe(0n);
    expect(sumOf(gap)).toBe(-5331n);
  });

  test("no gap has no parts to speak of, and the same traffic leaves all to the rate", () => {
    const same = { ...goldenRows(3)[2]!, minor: 29_331n };
    expect(explainGap(projection, same).parts.map(({ minor }) => minor)).toEqual([0n, 0n, 0n, 0n]);
    expect(partOf(explainGap(projection, { ...same, minor: 30_331n }), "rate")).toBe(1000n);
  });
});

describe("money that no rate explains is one line", () => {
  const traffic = { views: 110_000, watchSeconds: 6400 * 3600 };

  test.each<[bigint, Traffic, string]>([
    [0n, traffic, "nothing came"],
    [-500n, traffic, "more was taken back than came"],
    [24_000n, { views: null }, "the views are not known"],
    [24_000n, { views: 0 }, "there were no views"],
  ])("%d minor units: booked or not booked, since %s", (minor, actual) => {
    const gap = explainGap(projection, { ...actual, minor });
    expect(gap.parts).toEqual([{ cause: "booked", minor: minor - 29_331n }]);
  });

  test("a deal that was not in the projection is booked money", () => {
    const key = { ...ADS_KEY, stream: "sponsorship" as const };
    const none = projectStream({ key, rows: [], prior: null }, JANUARY);
    const gap = explainGap(none, { views: 5000, minor: 80_000n });
    expect([gap.projectedMinor, gap.parts]).toEqual([0n, [{ cause: "booked", minor: 80_000n }]]);
  });
});

describe("qualified views", () => {
  const key = {
    ...ADS_KEY,
    platform: "tiktok" as const,
    stream: "rewards" as const,
    format: "short" as const,
  };
  const prior = priorFor({ stream: "rewards", platform: "tiktok", format: "short", perUsd: 1 });
  const rows = [{ month: monthOf("2025-12"), minor: 24_000n, views: 1_000_000, paidViews: 400_000 }];

  test("the same views of which half as many qualify cost half the money, and the cause is named", () => {
    const rewards = projectStream({ key, rows, prior }, JANUARY);
    const half = rewards.medianMinor! / 2n;
    const gap = explainGap(rewards, { views: 1_000_000, paidViews: 200_000, minor: half });
    expect(partOf(gap, "views")).toBe(0n);
    expect(Math.abs(Number(partOf(gap, "qualified")! - gap.gapMinor))).toBeLessThanOrEqual(1);
  });
});

describe("niches", () => {
  test("half the views moved from music to finance: worth (2.0 + 0.6)/2 / 0.6 of before, named apart from regions", () => {
    const rows = goldenRows(3).map((row) => ({ ...row, niches: { music: 1 }, regions: { us_ca_au: 1 } }));
    const musician = projectStream({ ...goldenHistory(3), rows }, JANUARY);
    expect(musician.mix).toBe(1);
    const factor = 1.3 / 0.6;
    const minor = BigInt(Math.round(Number(musician.medianMinor) * factor));
    const moved = { ...rows[2]!, niches: { music: 0.5, finance: 0.5 }, minor };
    const gap = explainGap(musician, moved);
    expect(partOf(gap, "region")).toBe(0n);
    expect(abs(partOf(gap, "niche")! - gap.gapMinor)).toBeLessThanOrEqual(1n);
    const next = projectStream(
      { ...goldenHistory(3), rows: [...rows, { ...moved, month: JANUARY, minor: null }] },
      monthOf("2026-02"),
    );
    expect(next.mix).toBeCloseTo(factor, 12);
  });
});

describe("over several streams the views are split by where they went", () => {
  const rowsOf = (views: number) => [{ month: monthOf("2025-12"), minor: 100_000n, views }];
  const streamOf = (platform: Platform, format: Format, views: number) =>
    projectStream(
      { key: { ...ADS_KEY, platform, format }, rows: rowsOf(views), prior: GOLDEN_PRIOR },
      JANUARY,
    );
  const asProjected = (projection: Projection, views: number) => ({
    projection,
    actual: { views, minor: (projection.medianMinor! * BigInt(views)) / BigInt(projection.inputs.views!) },
  });

  test("as many views as before, moved from a poor format to a rich one: no part for views, all for formats", () => {
    const poor = projectStream(
      {
        key: { ...ADS_KEY, format: "short" },
        rows: [{ ...rowsOf(800_000)[0]!, minor: 4000n }],
        prior: GOLDEN_PRIOR,
      },
      JANUARY,
    );
    const rich = streamOf("youtube", "long", 200_000);
    const gap = explainTotal([asProjected(poor, 600_000), asProjected(rich, 400_000)], USD);
    expect(gap.gapMinor).toBeGreaterThan(0n);
    expect(partOf(gap, "views")).toBe(0n);
    expect(partOf(gap, "streams")).toBeUndefined();
    expect(abs(partOf(gap, "formats")! - gap.gapMinor)).toBeLessThanOrEqual(4n);
  });

  test("half of all views on each of two platforms, then twice as many on one: views and the mix of platforms", () => {
    const [one, other] = [streamOf("youtube", "long", 100_000), streamOf("tiktok", "short", 100_000)];
    const gap = explainTotal([asProjected(one, 200_000), asProjected(other, 100_000)], USD);
    expect(partOf(gap, "views")).toBeGreaterThan(0n);
    expect(partOf(gap, "streams")).toBeDefined();
    expect(partOf(gap, "formats")).toBeUndefined();
    expect(sumOf(gap)).toBe(gap.gapMinor);
  });

  test("a format's own stream beside one of the whole platform: only what its format did otherwise is a mix", () => {
    const whole = projectStream(
      { key: { ...ADS_KEY, format: "all" }, rows: rowsOf(100_000), prior: GOLDEN_PRIOR },
      JANUARY,
    );
    const shorts = streamOf("youtube", "short", 40_000);
    const gap = explainTotal([asProjected(whole, 100_000), asProjected(shorts, 80_000)], USD);
    expect(partOf(gap, "views")).toBe(0n);
    expect(abs(partOf(gap, "formats")! - gap.gapMinor)).toBeLessThanOrEqual(2n);
  });

  test("one stream alone has no mix: its gap is what explainGap says", () => {
    const one = streamOf("youtube", "long", 100_000);
    const alone = asProjected(one, 130_000);
    expect(explainTotal([alone], USD)).toEqual(explainGap(alone.projection, alone.actual));
  });
});

describe("refunds and corrections are their own exact part", () => {
  test("-25.00 of refunds among 240.00, at 0.90 instead of 0.92 EUR: -23.00 at the pinned rate, the rest is currency", () => {
    const actual = { ...goldenRows(4)[3]!, minor: 24_000n, adjustmentsMinor: -2500n };
    const gap = explainGap(projection, actual, { to: EUR, pinnedRate: "0.92", actualRate: "0.90" });
    expect([partOf(gap, "adjustments"), partOf(gap, "currency")]).toEqual([-2300n, -480n]);
    expect(sumOf(gap)).toBe(-5385n);
    expect(partOf(explainGap(projection, actual), "adjustments")).toBe(-2500n);
  });
});

describe("currency is its own exact part", () => {
  test("240 USD at 0.90 instead of the pinned 0.92 EUR: 216.00 - 220.80 = -4.80 currency", () => {
    const actual = { ...goldenRows(4)[3]!, minor: 24_000n };
    const gap = explainGap(projection, actual, { to: EUR, pinnedRate: "0.92", actualRate: "0.90" });
    expect([gap.projectedMinor, gap.actualMinor, gap.gapMinor]).toEqual([26_985n, 21_600n, -5385n]);
    expect(partOf(gap, "currency")).toBe(-480n);
    expect(sumOf(gap)).toBe(-5385n);
  });
});

describe("from month to month the ad season is a cause of its own", () => {
  test("December 360 to January 240: the season's part is below 0 and all parts sum to -120", () => {
    const [, , december, january] = goldenRows(4);
    const gap = explainChange(
      projection,
      USD,
      { ...december!, minor: december!.minor! },
      { ...january!, minor: january!.minor! },
    );
    expect([gap.projectedMinor, gap.actualMinor, sumOf(gap)]).toEqual([36_000n, 24_000n, -12_000n]);
    expect(gap.parts.map(({ cause }) => cause)).toEqual(["views", "region", "watch_time", "season", "rate"]);
    expect(partOf(gap, "season")).toBeLessThan(0n);
    expect(partOf(gap, "views")).toBeGreaterThan(0n);
  });
});

describe("any month at all", () => {
  const money = fc.bigInt({ min: -1_000_000n, max: 10n ** 17n });
  const traffic = fc.record({
    views: fc.option(fc.integer({ min: 0, max: 10 ** 10 })),
    paidViews: fc.option(fc.integer({ min: 0, max: 10 ** 10 })),
    watchSeconds: fc.option(fc.integer({ min: 0, max: 10 ** 12 })),
    regions: fc.option(
      fc.record({ us_ca_au: fc.double({ min: 0, max: 1, noNaN: true }), asia_africa: fc.constant(0.2) }),
    ),
  });
  const rate = fc.integer({ min: 1, max: 10 ** 6 }).map((n) => (n / 1000).toFixed(3));
  const target = monthOf("2025-03");

  test("the parts sum to the gap to the cent, in any currency, and so does the sum of streams", () => {
    const month = fc.record({ traffic, minor: money });
    const conversion = fc.option(
      fc.record({ to: fc.constantFrom(EUR, JPY, KWD), pinnedRate: rate, actualRate: rate }),
      { nil: undefined },
    );
    fc.assert(
      fc.property(month, month, conversion, (before, now, into) => {
        const rows = [{ month: monthOf("2025-02"), minor: before.minor, ...before.traffic }];
        const any = projectStream({ key: ADS_KEY, rows, prior: GOLDEN_PRIOR }, target);
        const gap = explainGap(any, { ...now.traffic, minor: now.minor }, into);
        expect(gap.gapMinor).toBe(gap.actualMinor - gap.projectedMinor);
        expect(sumOf(gap)).toBe(gap.gapMinor);
        const both = sumGaps([gap, gap], gap.currency);
        expect([both.gapMinor, sumOf(both)]).toEqual([2n * gap.gapMinor, 2n * gap.gapMinor]);
      }),
      runs,
    );
  });

  test("over all streams too, with refunds among them, and without one residual that no cause owns", () => {
    // Within what a float holds to the cent at any of the rates.
    const some = fc.bigInt({ min: -1_000_000n, max: 10n ** 11n });
    const stream = fc.record({
      platform: fc.constantFrom("youtube" as const, "tiktok" as const),
      format: fc.constantFrom("all" as const, "short" as const, "long" as const),
      before: fc.record({ traffic, minor: some }),
      now: fc.record({ traffic, minor: some }),
      adjustmentsMinor: fc.bigInt({ min: -50_000n, max: 50_000n }),
      conversion: fc.option(fc.record({ to: fc.constant(EUR), pinnedRate: rate, actualRate: rate })),
    });
    fc.assert(
      fc.property(fc.array(stream, { minLength: 1, maxLength: 4 }), (streams) => {
        const explained = streams.map(
          ({ platform, format, before, now, adjustmentsMinor, conversion }): Explained => {
            const key = { ...ADS_KEY, platform, format, currency: conversion ? USD : EUR };
            const rows = [{ month: monthOf("2025-02"), minor: before.minor, ...before.traffic }];
            return {
              projection: projectStream({ key, rows, prior: GOLDEN_PRIOR }, target),
              actual: { ...now.traffic, minor: now.minor, adjustmentsMinor },
              ...(conversion && { conversion }),
            };
          },
        );
        const total = explainTotal(explained, EUR);
        const apart = explained.map((each) => explainGap(each.projection, each.actual, each.conversion));
        expect(sumOf(total)).toBe(total.gapMinor);
        expect(total.gapMinor).toBe(apart.reduce((sum, { gapMinor }) => sum + gapMinor, 0n));
        // Apart from the cents of rounding, the mixes and the views are what the streams' own views were.
        const inTotal = (["views", "streams", "formats"] as const).reduce(
          (sum, cause) => sum + (partOf(total, cause) ?? 0n),
          0n,
        );
        const inStreams = apart.reduce((sum, gap) => sum + (partOf(gap, "views") ?? 0n), 0n);
        expect(abs(inTotal - inStreams)).toBeLessThanOrEqual(4n * BigInt(streams.length));
      }),
      runs,
    );
  });

  test("exchanging projected and actual exchanges the signs, so no cause depends on the point of view", () => {
    const positive = fc.double({ min: 0.01, max: 1e9, noNaN: true });
    const log = fc.double({ min: -3, max: 3, noNaN: true });
    fc.assert(
      fc.property(positive, positive, log, (a, b, views) => {
        const there = decompose(a, b, [{ cause: "views", log: views }]);
        const back = decompose(b, a, [{ cause: "views", log: -views }]);
        for (const [index, { amount }] of there.entries())
          expect(Math.abs(amount + back[index]!.amount)).toBeLessThan(1e-6 * (a + b));
      }),
      runs,
    );
  });
});

test("gaps in two currencies do not add", () => {
  const gap = explainGap(projection, { views: 1, minor: 1n });
  expect(() => sumGaps([gap], EUR)).toThrow(/USD.*EUR/);
  expect(sumGaps([], EUR)).toMatchObject({ gapMinor: 0n, parts: [] });
});
