import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  intervalScore,
  lastRate,
  meanRate,
  medianRate,
  NAIVE_RULES,
  naiveRates,
  ownReach,
  type PaidPeriod,
  seasonalRate,
  trailingRate,
  watchHourRate,
} from "../../lib/model/naive";

/** Minor units, views and watch hours of periods 0, 1, 2 … */
const rows = (...of: readonly (readonly [number, number, number | null])[]): PaidPeriod[] =>
  of.map(([minor, views, hours], at) => ({
    at,
    views,
    watchSeconds: hours === null ? null : hours * 3600,
    minor: BigInt(minor),
  }));

// Rates 3.00, 2.00, 6.00 and 4.00 per 1,000 views; 0.10, 0.05, 0.20 and 0.10 per watch hour.
const PAST = rows([300, 1000, 30], [400, 2000, 80], [600, 1000, 30], [1600, 4000, 160]);
const NOW = { at: 4, views: 2000, watchSeconds: 100 * 3600 };

describe("naive rules, in cents per 1,000 views", () => {
  test("last: 16.00 on 4,000 views is 4.00", () => {
    expect(lastRate(PAST)).toBeCloseTo(400, 12);
  });

  test("trailing 3: (4 + 6 + 16) over (2 + 1 + 4) thousand views is 3.71, not the mean of 2, 6 and 4", () => {
    expect(trailingRate(PAST, 3)).toBeCloseTo(2600 / 7, 10);
  });

  test("trailing 12 of four periods is all four: (3 + 4 + 6 + 16) over 8 thousand is 3.625", () => {
    expect(trailingRate(PAST, 12)).toBeCloseTo(362.5, 10);
  });

  test("mean of all: (3 + 2 + 6 + 4) / 4 is 3.75", () => {
    expect(meanRate(PAST)).toBeCloseTo(375, 10);
  });

  test("median of all logs: of 2, 3, 4, 6 it is the root of 3 x 4, of 2, 3, 6 it is 3", () => {
    expect(medianRate(PAST)).toBeCloseTo(100 * Math.sqrt(12), 8);
    expect(medianRate(PAST.slice(0, 3))).toBeCloseTo(300, 8);
  });

  test("last per watch hour: 0.10 x 100 hours is 10.00, on 2,000 views 5.00", () => {
    expect(watchHourRate(PAST, NOW, 1)).toBeCloseTo(500, 10);
  });

  test("trailing 3 per watch hour: (4 + 6 + 16) over (80 + 30 + 160) hours, x 100 over 2 thousand views, is 4.81", () => {
    expect(watchHourRate(PAST, NOW, 3)).toBeCloseTo((2600 / 270) * 50, 10);
  });

  test("a period without watch time is passed over, and one that is asked about without it has no answer", () => {
    const gap = rows([300, 1000, 30], [400, 2000, null]);
    expect(watchHourRate(gap, NOW, 1)).toBeCloseTo(10 * 50, 10);
    expect(watchHourRate(gap, { ...NOW, watchSeconds: null }, 1)).toBeNull();
    expect(watchHourRate(rows([400, 2000, null]), NOW, 3)).toBeNull();
  });

  test("a year back is the period of that place, not the one so many rows ago; videos have none", () => {
    const past = PAST.filter(({ at }) => at !== 1);
    expect(seasonalRate(past, { ...NOW, at: 14 }, 12)).toBeCloseTo(600, 10);
    expect(seasonalRate(past, { ...NOW, at: 13 }, 12)).toBeNull();
    expect(seasonalRate(past, { ...NOW, at: null }, 12)).toBeNull();
  });

  test("before the first paid period only the fixed rate has something to say", () => {
    const rates = naiveRates([], NOW, { fixed: 300, year: 12 });
    expect(NAIVE_RULES.filter((rule) => rates[rule] !== null)).toEqual(["fixed"]);
  });

  test("money in other units changes every rate by that factor, but not the fixed one", () => {
    const period = fc.record({
      minor: fc.bigInt({ min: 1n, max: 10n ** 9n }),
      views: fc.integer({ min: 1, max: 10 ** 8 }),
      watchSeconds: fc.option(fc.integer({ min: 1, max: 10 ** 9 })),
    });
    fc.assert(
      fc.property(
        fc.array(period, { maxLength: 30 }),
        fc.bigInt({ min: 2n, max: 1000n }),
        (drawn, factor) => {
          const past = drawn.map((row, at) => ({ ...row, at }));
          const now = { at: past.length, views: 5000, watchSeconds: 400_000 };
          const setting = { fixed: 300, year: 12 };
          const rates = naiveRates(past, now, setting);
          const scaled = naiveRates(
            past.map((row) => ({ ...row, minor: row.minor * factor })),
            now,
            setting,
          );
          for (const rule of NAIVE_RULES) {
            const times = rule === "fixed" ? 1 : Number(factor);
            if (rates[rule] === null) expect(scaled[rule]).toBeNull();
            else expect(scaled[rule]! / rates[rule] / times).toBeCloseTo(1, 9);
          }
        },
      ),
    );
  });
});

describe("bands of a rule's own errors", () => {
  test("80 % of five errors reach to the fourth, of four to the largest; without errors there is no band", () => {
    expect(ownReach([0.5, 0.1, 0.2, 0.4, 0.3], 0.8)).toBe(0.4);
    expect(ownReach([0.1, 0.4, 0.2, 0.3], 0.8)).toBe(0.4);
    expect(ownReach([], 0.8)).toBeNull();
  });

  test("inside a band costs its width, 2; a miss by 0.5 costs 10 x 0.5 more, on either side", () => {
    expect(intervalScore(0.9, -1, 1, 80)).toBe(2);
    expect(intervalScore(1.5, -1, 1, 80)).toBe(7);
    expect(intervalScore(-1.5, -1, 1, 80)).toBe(7);
  });
});
