import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { lostMonetisation, outliers, type Paid } from "../../lib/model/lost-monetisation";

const paid = (dollars: number, count: number): Paid => ({ minor: BigInt(Math.round(dollars * 100)), count });
/** Around 100,000 views and 50 dollars: 0.50 per 1,000. */
const USUAL = [paid(50, 100_000), paid(45, 90_000), paid(57, 110_000), paid(48, 100_000), paid(51, 102_000)];

describe("views as usual while the money stays away", () => {
  test("100,000 views for 10 dollars where 50 are usual: a fifth of the rate, 40 dollars missing", () => {
    const lost = lostMonetisation(USUAL, paid(10, 100_000));
    expect(lost?.rateRatio).toBeCloseTo(0.2, 2);
    expect(lost?.countRatio).toBeCloseTo(1, 2);
    expect(lost?.missingMinor).toBe(4_000);
  });

  test("no money at all is the plainest case", () => {
    expect(lostMonetisation(USUAL, paid(0, 100_000))).toMatchObject({ rateRatio: 0, missingMinor: 5_000 });
  });

  test("is no alarm when the views fell as well, when the rate is in its band, or with three months to compare", () => {
    expect(lostMonetisation(USUAL, paid(2, 20_000))).toBeNull();
    expect(lostMonetisation(USUAL, paid(40, 100_000))).toBeNull();
    expect(lostMonetisation(USUAL.slice(0, 3), paid(1, 100_000))).toBeNull();
    expect(lostMonetisation(USUAL, paid(-1, 100_000))).toBeNull();
  });

  test("one odd month in the past hides nothing and alarms nobody", () => {
    const odd = [...USUAL, paid(900, 100_000)];
    expect(lostMonetisation(odd, paid(10, 100_000))).not.toBeNull();
    expect(lostMonetisation(odd, paid(48, 100_000))).toBeNull();
  });

  test("a creator whose rate swings widely is not alarmed by a swing", () => {
    const wild = [paid(20, 1e5), paid(90, 1e5), paid(35, 1e5), paid(150, 1e5), paid(60, 1e5)];
    expect(lostMonetisation(wild, paid(25, 1e5))).toBeNull();
  });

  test("no alarm ever for a month that repeats one of the past, whatever the past was made of", () => {
    const month = fc.record({
      minor: fc.bigInt({ min: 1n, max: 10n ** 9n }),
      count: fc.integer({ min: 1, max: 1e9 }),
    });
    fc.assert(
      fc.property(month, fc.integer({ min: 4, max: 12 }), (same, times) => {
        expect(
          lostMonetisation(
            Array.from({ length: times }, () => same),
            same,
          ),
        ).toBeNull();
      }),
    );
  });
});

describe("videos that stand out by money", () => {
  const plain = Array.from({ length: 9 }, (_, index) => ({ id: index, ...paid(5 + index / 10, 10_000) }));

  test("20 times the usual rate and a tenth of it are named, strongest first, each against the median", () => {
    const found = outliers([...plain, { id: 97, ...paid(108, 10_000) }, { id: 98, ...paid(0.54, 10_000) }]);
    expect(found.map(({ item, ratio }) => [item.id, Math.round(ratio * 10) / 10])).toEqual([
      [97, 20],
      [98, 0.1],
    ]);
  });

  test("nobody stands out among alike, among fewer than eight, or without views", () => {
    expect(outliers(plain)).toEqual([]);
    expect(outliers([...plain.slice(0, 6), paid(900, 10_000)])).toEqual([]);
    expect(outliers([...plain, paid(900, 0)])).toEqual([]);
  });
});
