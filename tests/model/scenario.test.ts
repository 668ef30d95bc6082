import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { NICHE_FACTOR, priorFor } from "../../lib/model/benchmarks";
import { addMonths, type Month, monthOf } from "../../lib/model/month";
import { type HistoryRow, projectStream, rateOf, withRealTraffic } from "../../lib/model/projection";
import {
  asItIs,
  explore,
  freshGround,
  groundOf,
  permilleOf,
  sharesOf,
  withShare,
} from "../../lib/model/scenario";
import { REGIONS, STREAMS } from "../../lib/model/words";
import { GOLDEN_PRIOR, goldenHistory, USD } from "./stories";

const FIRST = monthOf("2025-01");
const TARGET = monthOf("2026-01");
const runs = { numRuns: 1000, seed: 20261126 };

const shares = fc
  .array(fc.integer({ min: 0, max: 100 }), { minLength: 6, maxLength: 6 })
  .map((parts) => Object.fromEntries(REGIONS.map((region, index) => [region, (parts[index] ?? 0) / 600])));
const row = fc.record({
  minor: fc.option(fc.bigInt({ min: 0n, max: 5_000_000n })),
  views: fc.option(fc.integer({ min: 0, max: 3_000_000 })),
  paid: fc.option(fc.integer({ min: 1, max: 1000 })),
  watchSeconds: fc.option(fc.integer({ min: 1, max: 90_000_000 })),
  regions: fc.option(shares),
});
const history = fc
  .record({
    stream: fc.constantFrom(...STREAMS),
    platform: fc.constantFrom("tiktok", "youtube", "other"),
    rows: fc.array(row, { maxLength: 12 }),
    hasPrior: fc.boolean(),
  })
  .map(({ stream, platform, rows, hasPrior }) => {
    const key = { channelId: null, platform, format: "all", stream, currency: USD } as const;
    return {
      key,
      prior: hasPrior ? priorFor({ ...key, perUsd: 1, niche: "food", regions: { us_ca_au: 0.5 } }) : null,
      rows: rows.map(
        ({ paid, ...each }, index): HistoryRow => ({
          ...each,
          month: addMonths(FIRST, index),
          paidViews: paid === null || each.views === null ? null : (each.views * paid) / 1000,
        }),
      ),
    };
  });

describe("a scenario", () => {
  test("at the creator's own figures is the projection itself, to the cent, for this month and the two after it", () => {
    fc.assert(
      fc.property(history, fc.integer({ min: 1, max: 3 }), (given, horizon) => {
        const projection = projectStream(given, addMonths(TARGET, horizon - 1), horizon);
        const ground = groundOf(projectStream(given, TARGET), "food");
        const outcome = explore(ground, asItIs(ground, addMonths(TARGET, horizon - 1), horizon));
        expect(outcome.medianMinor).toEqual(projection.medianMinor);
        expect(outcome.bands).toEqual(projection.bands);
        const rate = rateOf(projection);
        if (outcome.rate && rate) expect(outcome.rate).toEqual(rate);
      }),
      runs,
    );
  });

  test("at the month's real traffic is what the projection says with the real traffic, to the cent", () => {
    fc.assert(
      fc.property(history, row, (given, actual) => {
        const projection = projectStream(given, TARGET);
        const real = withRealTraffic(projection, { ...actual, paidViews: null });
        if (!real || projection.inputs.referenceRegions === null) return;
        const ground = groundOf(projection, "food");
        const { views, watchSeconds, regions } = actual;
        const outcome = explore(ground, {
          ...asItIs(ground, TARGET),
          views,
          ...(watchSeconds && views ? { watchSeconds: watchSeconds / views } : {}),
          ...(regions ? { regions } : {}),
        });
        expect(outcome.medianMinor).toEqual(real.medianMinor);
        expect(outcome.bands).toEqual(real.bands);
      }),
      runs,
    );
  });

  test("never pays less for more views", () => {
    const count = fc.integer({ min: 0, max: 100_000_000_000 });
    fc.assert(
      fc.property(history, count, count, (given, a, b) => {
        const ground = groundOf(projectStream(given, TARGET), null);
        const at = (views: number) => explore(ground, { ...asItIs(ground, TARGET), views }).medianMinor ?? 0n;
        expect(at(Math.max(a, b))).toBeGreaterThanOrEqual(at(Math.min(a, b)));
      }),
      runs,
    );
  });

  test("has steps that multiply to its rate", () => {
    fc.assert(
      fc.property(history, shares, fc.constantFrom(0.5, 1, 2), (given, regions, nicheFactor) => {
        const ground = groundOf(projectStream(given, TARGET), null);
        const { rate, steps } = explore(ground, { ...asItIs(ground, TARGET), regions, nicheFactor });
        if (!rate) return;
        expect(steps.length).toBeGreaterThan(0);
        const product = steps.reduce((all, { factor }) => all * factor, 1);
        expect(product / rate.median).toBeCloseTo(1, 9);
      }),
      runs,
    );
  });

  test("golden: 90,000 views and 200 s after three months project 293.31; 180,000 views twice that, 586.62", () => {
    const ground = groundOf(projectStream(goldenHistory(3), TARGET), null);
    const at = asItIs(ground, TARGET);
    expect(explore(ground, at).medianMinor).toBe(29_331n);
    expect(explore(ground, { ...at, views: 180_000 }).medianMinor).toBe(58_662n);
  });

  test("without views has a rate and no amount; with zero views an amount of zero and no RPM", () => {
    const ground = groundOf(projectStream(goldenHistory(3), TARGET), null);
    const unknown = explore(ground, { ...asItIs(ground, TARGET), views: null });
    expect([unknown.medianMinor, unknown.reason, unknown.rate !== null]).toEqual([null, "no_views", true]);
    const none = explore(ground, { ...asItIs(ground, TARGET), views: 0 });
    expect([none.medianMinor, none.bands?.[80], none.rate]).toEqual([0n, { lo: 0n, hi: 0n }, null]);
  });

  test("without watch time takes the benchmark's usual one, never zero seconds", () => {
    const ground = groundOf(projectStream(goldenHistory(3), TARGET), null);
    const at = asItIs(ground, TARGET);
    expect(explore(ground, { ...at, watchSeconds: null })).toEqual(
      explore(ground, { ...at, watchSeconds: 200 }),
    );
  });

  test("of another niche multiplies by the published factors and is less sure: finance 2 / food 1.1", () => {
    const ground = groundOf(projectStream(goldenHistory(4), TARGET), "food");
    const at = asItIs(ground, TARGET);
    const own = explore(ground, at);
    const other = explore(ground, { ...at, nicheFactor: NICHE_FACTOR.finance / NICHE_FACTOR.food });
    expect(other.rate!.median / own.rate!.median).toBeCloseTo(2 / 1.1, 9);
    const width = ({ rate }: typeof own) => rate!.bands[80].hi / rate!.bands[80].lo;
    expect(width(other)).toBeGreaterThan(width(own));
  });

  test("of a lumpy stream is its projection whatever the views: nothing measured says that they move it", () => {
    const key = {
      channelId: null,
      platform: "youtube",
      format: "all",
      stream: "sponsorship",
      currency: USD,
    } as const;
    const rows = [0, 3].map((n) => ({ month: addMonths(FIRST, n), minor: 90_000n, views: 1_000 }));
    const projection = projectStream({ key, rows, prior: null }, TARGET);
    const ground = groundOf(projection, null);
    const outcome = explore(ground, { ...asItIs(ground, TARGET), views: 9_000_000 });
    expect([outcome.medianMinor, outcome.bands]).toEqual([projection.medianMinor, projection.bands]);
  });
});

describe("a benchmark alone", () => {
  const prior = priorFor({ stream: "rewards", platform: "tiktok", format: "short", perUsd: 1 });

  test("pays 0.60 x 100,000 views x 0.4 qualified / 1,000 = 24.00, as a stream without payouts does", () => {
    const ground = freshGround("rewards", USD, prior, null, { views: 100_000, watchSeconds: null });
    const at = { ...asItIs(ground, monthOf("2026-05")), views: 100_000 };
    const outcome = explore(ground, at);
    expect([outcome.medianMinor, outcome.count, outcome.basis]).toEqual([2_400n, 40_000, "prior"]);
    const key = {
      channelId: null,
      platform: "tiktok",
      format: "short",
      stream: "rewards",
      currency: USD,
    } as const;
    const row = { month: monthOf("2026-04"), minor: null, views: 100_000 };
    const projection = projectStream({ key, rows: [row], prior }, monthOf("2026-05"));
    expect([outcome.medianMinor, outcome.bands]).toEqual([projection.medianMinor, projection.bands]);
  });
});

describe("a shop", () => {
  const prior = priorFor({ stream: "shop", platform: "tiktok", format: "all", perUsd: 1 });
  const ground = freshGround("shop", USD, prior, null, { views: 1_000_000, watchSeconds: null });
  const shop = { ratePpm: 150_000, presentPpm: 150_000, salesMinor: null };
  const at = { ...asItIs(ground, monthOf("2026-05")), shop };

  test("at 12 % instead of 15 % commission pays 12/15 of it: 0.50 x 1,000 x 0.8 = 400.00", () => {
    expect(explore(ground, at).medianMinor).toBe(50_000n);
    expect(explore(ground, { ...at, shop: { ...shop, ratePpm: 120_000 } }).medianMinor).toBe(40_000n);
  });

  test("with known sales pays their commission exactly: 12,345.67 x 12.5 % = 1,543.21, whatever the views", () => {
    const known = { ...at, views: null, shop: { ...shop, ratePpm: 125_000, salesMinor: 1_234_567n } };
    const outcome = explore(ground, known);
    expect([outcome.medianMinor, outcome.reason]).toEqual([154_321n, null]);
    expect(outcome.bands![80].lo).toBeLessThan(154_321n);
    const { rate } = explore(ground, { ...known, views: 1_000_000 });
    expect(rate!.median, "1,543.21 over 1,000 thousand views").toBeCloseTo(1.54321, 9);
  });

  test("with sales of nothing pays nothing", () => {
    const none = { ...at, shop: { ...shop, salesMinor: 0n } };
    expect(explore(ground, none)).toMatchObject({ medianMinor: 0n, bands: { 80: { lo: 0n, hi: 0n } } });
  });
});

describe("shares of an audience", () => {
  const mix = fc.array(fc.integer({ min: 0, max: 1000 }), { minLength: 6, maxLength: 6 });

  test("always sum to 1000 thousandths, whichever is set to whatever", () => {
    fc.assert(
      fc.property(
        mix,
        fc.integer({ min: 0, max: 5 }),
        fc.integer({ min: 0, max: 1000 }),
        (parts, index, share) => {
          const start = permilleOf(sharesOf(parts));
          const changed = withShare(start, index, share);
          for (const each of [start, changed]) {
            expect(each.reduce((a, b) => a + b, 0)).toBe(1000);
            expect(each.every((part) => Number.isInteger(part) && part >= 0)).toBe(true);
          }
          expect(changed[index]).toBe(share);
        },
      ),
      runs,
    );
  });

  test("give way in proportion: 500, 300, 200 with the first at 0 are 0, 600, 400", () => {
    expect(withShare([500, 300, 200, 0, 0, 0], 0, 0)).toEqual([0, 600, 400, 0, 0, 0]);
  });

  test("leave the rest unknown when one region had everything, and spread it when that was the unknown", () => {
    expect(withShare([1000, 0, 0, 0, 0, 0], 0, 400)).toEqual([400, 0, 0, 0, 0, 600]);
    expect(withShare([0, 0, 0, 0, 0, 1000], 5, 500)).toEqual([100, 100, 100, 100, 100, 500]);
  });

  test("count what is missing as unknown", () => {
    expect(permilleOf({ us_ca_au: 0.25 })).toEqual([250, 0, 0, 0, 0, 750]);
    expect(permilleOf(null)).toEqual([0, 0, 0, 0, 0, 1000]);
  });
});

test("a season far ahead is the month's own: January falls below December for ads", () => {
  const ground = groundOf(
    projectStream({ ...goldenHistory(4), prior: GOLDEN_PRIOR }, monthOf("2026-02")),
    null,
  );
  const rate = (month: Month) => explore(ground, asItIs(ground, month)).rate!.median;
  expect(rate(monthOf("2027-01"))).toBeLessThan(rate(monthOf("2026-12")));
});
