import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Point, reachOf } from "../../lib/model/eligibility-reach";
import { addDays, dayOf, daysBetween } from "../../lib/model/month";
import { random } from "../../lib/model/random";

const TODAY = dayOf("2026-06-30");

/** One reading every `every` days up to today, `value(k)` with k = 0 today, -1 before … */
const readings = (count: number, every: number, value: (k: number) => number): Point[] =>
  Array.from({ length: count }, (_, i) => {
    const k = i - count + 1;
    return { day: addDays(TODAY, k * every), value: value(k) };
  });

describe("the day a threshold is reached", () => {
  test("8,000 followers and 100 more every 10 days: 10,000 is 2,000 / 10 = 200 days away by number; by share it would be sooner", () => {
    const points = readings(8, 10, (k) => 8_000 + 100 * k);
    const day = addDays(TODAY, 200);
    const reach = reachOf(points, 10_000, TODAY);
    expect(reach).toMatchObject({ status: "projected", likely: day, late: day, shape: "linear" });
    expect(reach.status === "projected" && reach.early < day).toBe(true);
  });

  test("a doubling every 100 days from 2,500: 10,000 is two doublings, 200 days", () => {
    const points = readings(8, 10, (k) => 2_500 * 2 ** (k / 10));
    expect(reachOf(points, 10_000, TODAY)).toMatchObject({ likely: addDays(TODAY, 200), shape: "log" });
  });

  test("one reading with a digit too many moves nothing", () => {
    const points = readings(9, 10, (k) => (k === -4 ? 76_000 : 8_000 + 100 * k));
    expect(reachOf(points, 100_000, TODAY)).toMatchObject({ status: "not_within" });
    expect(reachOf(points, 9_000, TODAY)).toMatchObject({ likely: addDays(TODAY, 100) });
  });

  test("readings that stray make a band that holds the likely day, wider the farther it is", () => {
    const points = readings(10, 10, (k) => 8_000 + 100 * k + (k % 2 === 0 ? 60 : -60));
    const width = (needed: number) => {
      const reach = reachOf(points, needed, TODAY);
      if (reach.status !== "projected" || reach.late === null) throw new Error(reach.status);
      expect(reach.early < reach.likely && reach.likely < reach.late).toBe(true);
      return daysBetween(reach.early, reach.late);
    };
    expect(width(11_000)).toBeGreaterThan(width(9_000));
  });

  test("three readings, or four within 20 days, are too few; standing still or falling is not within two years", () => {
    expect(
      reachOf(
        readings(3, 30, () => 1),
        10,
        TODAY,
      ),
    ).toEqual({ status: "too_few", known: 3 });
    expect(
      reachOf(
        readings(4, 6, (k) => 9 + k),
        10,
        TODAY,
      ),
    ).toEqual({ status: "too_few", known: 4 });
    expect(reachOf([], 10, TODAY)).toEqual({ status: "too_few", known: 0 });
    expect(
      reachOf(
        readings(6, 30, () => 5),
        10,
        TODAY,
      ),
    ).toEqual({ status: "not_within", early: null });
    expect(
      reachOf(
        readings(6, 30, (k) => 5 - k),
        100,
        TODAY,
      ),
    ).toMatchObject({ status: "not_within" });
  });

  test("it is reached on the first day since which it held, not on the first day ever", () => {
    const values = [10, 12, 9, 10, 11];
    const points = values.map((value, i) => ({ day: addDays(TODAY, 10 * (i - 4)), value }));
    expect(reachOf(points, 10, TODAY)).toEqual({ status: "reached", day: addDays(TODAY, -10) });
  });

  test("numbers that share their days are worth fewer, so the band is wider", () => {
    const points = readings(12, 30, (k) => 1_000 + 50 * k + (k % 2 === 0 ? 20 : -20));
    const width = (overlap: number) => {
      const reach = reachOf(points, 1_500, TODAY, overlap);
      return reach.status === "projected" && reach.late ? daysBetween(reach.early, reach.late) : 730;
    };
    expect(width(3)).toBeGreaterThan(width(1));
  });
});

test("of 1,000 creators whose followers grow by a noisy line, about 8 in 10 reach the threshold within the band", () => {
  const { uniform, normal } = random(7);
  let inside = 0;
  for (let run = 0; run < 1_000; run++) {
    const slope = 5 + 10 * uniform();
    const noise = 30 + 60 * uniform();
    const at = (t: number) => 8_000 + slope * t + noise * normal();
    const points = readings(12, 14, (k) => at(14 * k));
    const reach = reachOf(points, 9_000, TODAY);
    const then = noise * normal();
    let day = 1;
    while (8_000 + slope * day + then < 9_000) day++;
    const met = addDays(TODAY, day);
    if (reach.status === "projected" && met >= reach.early && (reach.late === null || met <= reach.late))
      inside++;
  }
  expect(inside / 1_000).toBeGreaterThan(0.7);
});

test("whatever the readings: later ones change nothing, a lower threshold is never reached later, and a band holds its day", () => {
  const point = fc.record({
    day: fc.integer({ min: -400, max: 0 }).map((days) => addDays(TODAY, days)),
    value: fc.integer({ min: 0, max: 20_000 }),
  });
  fc.assert(
    fc.property(fc.array(point, { maxLength: 15 }), fc.integer({ min: 1, max: 20_000 }), (points, needed) => {
      const reach = reachOf(points, needed, TODAY);
      const later = { day: addDays(TODAY, 1), value: 1e9 };
      expect(reachOf([...points, later], needed, TODAY)).toEqual(reach);
      if (reach.status !== "projected") return;
      expect(reach.early <= reach.likely && (reach.late === null || reach.likely <= reach.late)).toBe(true);
      const lower = reachOf(points, needed / 2, TODAY);
      if (lower.status === "projected") expect(lower.likely <= reach.likely).toBe(true);
    }),
    { numRuns: 1_000, seed: 20261126 },
  );
});
