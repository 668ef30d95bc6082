import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  addDays,
  addMonths,
  dayOf,
  daysBetween,
  daysInMonth,
  firstDay,
  isDay,
  isMonth,
  lastDay,
  monthNumber,
  monthOf,
  monthsBetween,
  monthsFrom,
  splitByMonth,
} from "../../lib/model/month";

const someDay = fc.integer({ min: -20_000, max: 60_000 }).map((n) => addDays(dayOf("1990-01-01"), n));
const runs = { numRuns: 10_000, seed: 20261123 };

describe("days and months", () => {
  test("only days that exist are days: 2024 leaps, 1900 does not, 2000 does", () => {
    expect(["2024-02-29", "2000-02-29", "2026-12-31"].every(isDay)).toBe(true);
    expect(
      ["2023-02-29", "1900-02-29", "2026-13-01", "2026-00-10", "2026-1-1", "26-01-01", ""].some(isDay),
    ).toBe(false);
    expect(["2026-13", "2026-00", "0000-01", "2026"].some(isMonth)).toBe(false);
    expect(() => dayOf("2026-02-30")).toThrow(/YYYY-MM-DD/);
    expect(() => monthOf("2026-02-30")).toThrow(/YYYY-MM/);
  });

  test("the months around a year's end", () => {
    const december = monthOf("2025-12-31");
    expect(addMonths(december, 1)).toBe("2026-01");
    expect(addMonths(december, -12)).toBe("2024-12");
    expect(monthsBetween(december, monthOf("2026-02"))).toBe(2);
    expect(monthsFrom(december, monthOf("2026-02"))).toEqual(["2025-12", "2026-01", "2026-02"]);
    expect(monthsFrom(monthOf("2026-02"), december)).toEqual([]);
    expect(monthNumber(december)).toBe(12);
    expect([firstDay(december), lastDay(monthOf("2024-02"))]).toEqual(["2025-12-01", "2024-02-29"]);
    expect(daysInMonth(monthOf("2026-04"))).toBe(30);
    expect(() => addMonths(monthOf("9999-12"), 1)).toThrow(RangeError);
    expect(() => addDays(dayOf("9999-12-31"), 1)).toThrow(RangeError);
  });

  test("adding days and counting them are inverse, across any zone's summer time", () => {
    fc.assert(
      fc.property(someDay, fc.integer({ min: -5000, max: 5000 }), (day, n) => {
        expect(daysBetween(day, addDays(day, n))).toBe(n);
      }),
      runs,
    );
  });
});

describe("splitByMonth", () => {
  test("100.00 from 16 January to 14 February, 16 + 14 of 30 days: 53.33 + 46.67", () => {
    expect(splitByMonth(10_000n, dayOf("2026-01-16"), dayOf("2026-02-14"))).toEqual([
      { month: "2026-01", minor: 5333n },
      { month: "2026-02", minor: 4667n },
    ]);
  });

  test("one day, or one month, is itself", () => {
    expect(splitByMonth(-7n, dayOf("2026-01-31"), dayOf("2026-01-31"))).toEqual([
      { month: "2026-01", minor: -7n },
    ]);
  });

  test("a period that ends before it begins is refused", () => {
    expect(() => splitByMonth(1n, dayOf("2026-02-01"), dayOf("2026-01-31"))).toThrow(/cannot end/);
  });

  test("sums exactly, names each month once in order, and mirrors the sign", () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: -(10n ** 18n), max: 10n ** 18n }),
        someDay,
        fc.integer({ min: 0, max: 800 }),
        (minor, from, length) => {
          const to = addDays(from, length);
          const parts = splitByMonth(minor, from, to);
          expect(parts.reduce((sum, part) => sum + part.minor, 0n)).toBe(minor);
          expect(parts.map(({ month }) => month)).toEqual(monthsFrom(monthOf(from), monthOf(to)));
          expect(splitByMonth(-minor, from, to).map((part) => -part.minor)).toEqual(
            parts.map((part) => part.minor),
          );
        },
      ),
      { numRuns: 10_000, seed: 20261123 },
    );
  });
});
