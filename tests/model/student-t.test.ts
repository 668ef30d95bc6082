import { describe, expect, test } from "vitest";
import { BANDS, halfWidth, quantile } from "../../lib/model/student-t";

describe("Student-t quantiles", () => {
  test("the printed table of one-sided 90 % for df 1 to 6", () => {
    const printed = [3.0777, 1.8856, 1.6377, 1.5332, 1.4759, 1.4398];
    expect(printed.map((_, index) => halfWidth(80, index + 1))).toEqual(printed);
  });

  test("each entry of the table is the computed quantile to four decimals, so no digit was mistyped", () => {
    for (const band of BANDS)
      for (let df = 1; df <= 20; df++)
        expect(halfWidth(band, df)).toBe(Math.round(quantile(0.5 + band / 200, df) * 10_000) / 10_000);
  });

  test("wider bands and fewer observations reach further, and df beyond the table is held to its ends", () => {
    for (let df = 1; df < 20; df++) {
      expect(halfWidth(50, df)).toBeLessThan(halfWidth(80, df));
      expect(halfWidth(80, df)).toBeLessThan(halfWidth(95, df));
      expect(halfWidth(95, df + 1)).toBeLessThan(halfWidth(95, df));
    }
    expect(halfWidth(80, 0)).toBe(halfWidth(80, 1));
    expect(halfWidth(80, 99)).toBe(halfWidth(80, 20));
  });

  test("is odd around one half and refuses what is no probability", () => {
    expect(quantile(0.5, 7)).toBeCloseTo(0, 9);
    expect(quantile(0.1, 7)).toBeCloseTo(-quantile(0.9, 7), 9);
    expect(quantile(0.999, 1)).toBeCloseTo(318.3088, 3);
    for (const bad of [0, 1, -1, Number.NaN]) expect(() => quantile(bad, 5)).toThrow(RangeError);
  });
});
