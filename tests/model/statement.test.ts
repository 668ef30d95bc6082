import fc from "fast-check";
import { expect, it } from "vitest";
import { addMonths, monthOf } from "../../lib/model/month";
import { MOST_MONTHS, rangeText, readRange } from "../../lib/model/statement";

it("a range is written one way, and read as what it was", () => {
  const ranges = fc.tuple(fc.integer({ min: 0, max: 1_200 }), fc.integer({ min: 0, max: MOST_MONTHS - 1 }));
  fc.assert(
    fc.property(ranges, ([start, more]) => {
      const from = addMonths(monthOf("1990-01"), start);
      const range = { from, to: addMonths(from, more) };
      expect(readRange(rangeText(range))).toEqual(range);
    }),
  );
});

it.each([
  ["2026-03", "2026-03", "2026-03"],
  ["2026-Q1", "2026-01", "2026-03"],
  ["2026-Q4", "2026-10", "2026-12"],
  ["2026", "2026-01", "2026-12"],
  ["2025-11..2026-01", "2025-11", "2026-01"],
])("%s is %s to %s, and has no other name", (text, from, to) => {
  expect(readRange(text)).toEqual({ from, to });
  expect(rangeText({ from: monthOf(from), to: monthOf(to) })).toBe(text);
});

it.each([
  "",
  "2026-13",
  "2026-Q5",
  "2026-Q0",
  "26",
  "2026-03..2026-01",
  "2026-01..2031-01",
  "2026-01..2026-02..2026-03",
  "2026-01..",
  "..",
  "2026-01-01",
])("%j is no range", (text) => {
  expect(readRange(text)).toBeNull();
});
