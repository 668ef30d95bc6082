import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { chanceOf, type GoalMonth, goalOutlook, type OpenMonth, SHARED_MISS } from "../../lib/model/goal";
import { addMonths, monthOf } from "../../lib/model/month";
import { random } from "../../lib/model/random";

const JUNE = monthOf("2026-06");
const over = (n: number, minor: bigint | null): GoalMonth => ({
  kind: "actual",
  month: addMonths(JUNE, n),
  minor,
});
const ahead = (n: number, medianMinor: bigint, high80Minor: bigint, soFarMinor = 0n): GoalMonth => ({
  ...{ kind: "expected", month: addMonths(JUNE, n), medianMinor, high80Minor, soFarMinor },
});

describe("a goal of 1,000.00", () => {
  test("400.00 earned, three months left: 600.00 missing, 200.00 a month", () => {
    const months = [
      over(-2, 150_00n),
      over(-1, 250_00n),
      ...[0, 1, 2].map((n) => ahead(n, 200_00n, 260_00n)),
    ];
    expect(goalOutlook(1_000_00n, months)).toMatchObject({
      ...{ earnedMinor: 400_00n, missingMinor: 600_00n, monthsLeft: 3, neededEachMinor: 200_00n },
      ...{ expectedMinor: 1_000_00n, unlogged: [] },
    });
  });

  test("is as likely as not when the months left are expected to bring what is missing", () => {
    const { probability, range } = goalOutlook(1_000_00n, [over(-1, 400_00n), ahead(0, 600_00n, 800_00n)]);
    expect(probability).toBeCloseTo(0.5, 6);
    expect(range).toEqual([expect.closeTo(0.5, 6), expect.closeTo(0.5, 6)]);
  });

  test("one in ten months lies above the upper end of an 80 % band: 800.00 of 600.00 to 800.00 is 10 %", () => {
    const { probability } = goalOutlook(1_200_00n, [over(-1, 400_00n), ahead(0, 600_00n, 800_00n)]);
    expect(probability).toBeCloseTo(0.1, 4);
  });

  test("is certain once it is earned, whatever is not known of the rest, and lost when no month is left", () => {
    const unknown: GoalMonth = { kind: "unknown", month: addMonths(JUNE, 1) };
    expect(goalOutlook(100n, [over(0, 100n), unknown])).toMatchObject({ probability: 1, missingMinor: 0n });
    expect(goalOutlook(100n, [over(0, 99n)])).toMatchObject({ probability: 0, neededEachMinor: null });
    expect(goalOutlook(100n, [over(0, 99n), unknown]).probability).toBeNull();
    expect(() => goalOutlook(0n, [])).toThrow(RangeError);
  });

  test("a month of which nothing was logged is named, and counts as nothing", () => {
    expect(goalOutlook(100n, [over(-1, null), over(0, 40n)])).toMatchObject({
      ...{ earnedMinor: 40n, unlogged: ["2026-05"] },
    });
  });

  test("what the running month has counts now: 300.00 of an expected 500.00 leave 200.00 to come", () => {
    const outlook = goalOutlook(1_000_00n, [over(-1, 500_00n), ahead(0, 500_00n, 600_00n, 300_00n)]);
    expect(outlook).toMatchObject({ earnedMinor: 800_00n, expectedMinor: 1_000_00n, missingMinor: 200_00n });
    expect(outlook.probability).toBeCloseTo(0.5, 6);
  });
});

/** How often the months together reach `missing`, drawn 100,000 times with a shared part of each miss. */
function simulated(missing: number, months: readonly OpenMonth[], shared: number): number {
  const { normal } = random(20261126);
  const runs = 100_000;
  let reached = 0;
  for (let run = 0; run < runs; run++) {
    const common = normal();
    const sum = months.reduce((all, { median, spread, soFar }) => {
      const z = Math.sqrt(shared) * common + Math.sqrt(1 - shared) * normal();
      return all + Math.max(0, median * Math.exp(spread * z) - soFar);
    }, 0);
    if (sum >= missing) reached++;
  }
  return reached / runs;
}

describe("the probability against 100,000 drawn years", () => {
  const years: readonly { name: string; months: OpenMonth[] }[] = [
    {
      name: "12 even months",
      months: Array.from({ length: 12 }, () => ({ median: 100, spread: 0.3, soFar: 0 })),
    },
    {
      name: "6 months that grow",
      months: [1, 2, 3, 4, 5, 6].map((n) => ({ median: 40 * n, spread: 0.4, soFar: 0 })),
    },
    {
      name: "3 uncertain months",
      months: [80, 100, 120].map((median) => ({ median, spread: 0.7, soFar: 0 })),
    },
    {
      name: "a running month of which most has come, and one after it",
      months: [
        { median: 400, spread: 0.3, soFar: 380 },
        { median: 400, spread: 0.3, soFar: 0 },
      ],
    },
  ];

  test.each(years)(
    "$name: within a point, at every part of the expected sum and every dependence",
    ({ months }) => {
      const medians = months.reduce((sum, { median, soFar }) => sum + median - soFar, 0);
      for (const shared of [0, SHARED_MISS, 1])
        for (const part of [0.7, 0.9, 1, 1.2, 1.5]) {
          const missing = part * medians;
          expect(
            Math.abs(chanceOf(missing, months, shared) - simulated(missing, months, shared)),
          ).toBeLessThan(0.01);
        }
    },
  );
});

test("whatever the goal: it lies between never and surely, more is never likelier, and a certain month is exact", () => {
  const month = fc.record({
    median: fc.integer({ min: 0, max: 1e6 }),
    spread: fc.double({ min: 0, max: 2, noNaN: true }),
    soFar: fc.integer({ min: 0, max: 1e6 }),
  });
  fc.assert(
    fc.property(
      fc.array(month, { maxLength: 12 }),
      fc.integer({ min: 1, max: 1e7 }),
      fc.constantFrom(0, 0.5, 1),
      (months, missing, shared) => {
        const chance = chanceOf(missing, months, shared);
        expect(chance >= 0 && chance <= 1).toBe(true);
        expect(chanceOf(missing * 2, months, shared)).toBeLessThanOrEqual(chance + 1e-9);
        const certain = months.map((each) => ({ ...each, spread: 0 }));
        const sum = certain.reduce((all, { median, soFar }) => all + Math.max(0, median - soFar), 0);
        expect(chanceOf(missing, certain, shared)).toBe(sum >= missing ? 1 : 0);
      },
    ),
    { numRuns: 500, seed: 20261126 },
  );
});
