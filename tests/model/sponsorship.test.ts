import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { engagementFactorOf, medianOf, priceOf } from "../../lib/model/sponsorship";
import { DELIVERABLE, RIGHT, SPONSOR_CPM, TYPICAL_ENGAGEMENT } from "../../lib/model/sponsorship-rates";

describe("the price of a sponsorship", () => {
  test("TikTok, 40,000 views: 40 x 5 = 200 to 40 x 15 = 600, the middle 40 x sqrt(75) = 346.41", () => {
    const price = priceOf({
      views: [10_000, 40_000, 900_000],
      cpm: SPONSOR_CPM.tiktok,
      multipliers: [DELIVERABLE.integration],
      engagement: null,
    })!;
    expect(price.expectedViews).toBe(40_000);
    expect(price.price.low).toBeCloseTo(200, 9);
    expect(price.price.middle).toBeCloseTo(346.41, 2);
    expect(price.price.high).toBeCloseTo(600, 9);
  });

  test("YouTube, dedicated, with usage rights: 10 x 15 x 2.7 x 1.25 = 506.25 to 10 x 70 x 2.7 x 2 = 3,780", () => {
    const { price } = priceOf({
      views: [10_000],
      cpm: SPONSOR_CPM.youtube,
      multipliers: [DELIVERABLE.dedicated, RIGHT.usage],
      engagement: null,
    })!;
    expect([price.low, price.high].map((each) => Math.round(each * 100))).toEqual([50_625, 378_000]);
  });

  test("one viral video among ten changes nothing: the middle is taken, not the mean", () => {
    expect(medianOf([1, 2, 3, 4, 1_000_000])).toBe(3);
    expect(medianOf([4, 1, 3, 2])).toBe(2.5);
    expect(medianOf([])).toBeNull();
  });

  test("is none without a video whose views are known", () => {
    expect(priceOf({ views: [], cpm: SPONSOR_CPM.tiktok, multipliers: [], engagement: null })).toBeNull();
  });

  test("engagement of the published 5.1 % changes nothing; four times as much is held at 1.4, none at 0.7", () => {
    const typical = TYPICAL_ENGAGEMENT.tiktok!.rate;
    expect(engagementFactorOf({ own: typical, typical })).toBe(1);
    expect(engagementFactorOf({ own: 4 * typical, typical })).toBe(1.4);
    expect(engagementFactorOf({ own: 0, typical })).toBe(0.7);
    expect(engagementFactorOf({ own: 1.21 * typical, typical })).toBeCloseTo(1.1, 9);
  });

  test("rises with views and with each right, and low, middle and high keep their order", () => {
    const rights = Object.values(RIGHT);
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 1e9 }), { minLength: 1, maxLength: 10 }),
        fc.subarray(rights),
        (views, asked) => {
          const at = (multipliers: typeof rights, factor: number) =>
            priceOf({
              views: views.map((each) => each * factor),
              cpm: SPONSOR_CPM.youtube,
              multipliers,
              engagement: null,
            })!.price;
          const price = at(asked, 1);
          expect(price.low).toBeLessThan(price.middle);
          expect(price.middle).toBeLessThan(price.high);
          expect(at(asked, 2).middle).toBeGreaterThan(price.middle);
          expect(at(rights, 1).low).toBeGreaterThanOrEqual(price.low);
        },
      ),
      { numRuns: 300, seed: 20261126 },
    );
  });

  test("every row names its source, or calls itself our judgement", () => {
    for (const row of [...Object.values(SPONSOR_CPM), ...Object.values(DELIVERABLE), ...rowsOfRights()]) {
      expect(row.low).toBeGreaterThan(0);
      expect(row.high).toBeGreaterThanOrEqual(row.low);
      expect(row.source.includes("our judgement")).toBe(row.grade === "judgement");
    }
  });
});

function rowsOfRights() {
  return Object.values(RIGHT);
}
