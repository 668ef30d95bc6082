import fc from "fast-check";
import { expect, test } from "vitest";
import { addDays, dayOf } from "../../lib/model/month";
import { isWeek, monthOfWeek, weekIndex, weekOf } from "../../lib/model/week";

test("the first days of a year may belong to the last week of the year before, and the last to the next", () => {
  // ISO 8601: week 1 holds the year's first Thursday.
  const known = {
    "2021-01-03": "2020-W53",
    "2021-01-04": "2021-W01",
    "2024-12-29": "2024-W52",
    "2024-12-30": "2025-W01",
    "2026-01-01": "2026-W01",
    "2026-12-31": "2026-W53",
  };
  for (const [day, week] of Object.entries(known)) expect(weekOf(dayOf(day))).toBe(week);
});

test("a week 53 exists only in long years, and no week 0", () => {
  expect(["2020-W53", "2026-W53", "2024-W01"].map(isWeek)).toEqual([true, true, true]);
  expect(["2021-W53", "2024-W00", "2024-W54", "2024-W1", "2024-01", ""].map(isWeek)).toEqual(
    Array(6).fill(false),
  );
});

test("a week has the month of its Thursday, as it has that day's year", () => {
  expect(monthOfWeek(weekOf(dayOf("2024-12-30")))).toBe("2025-01");
  expect(monthOfWeek(weekOf(dayOf("2024-10-29")))).toBe("2024-10");
});

test("seven days on is one week on, over any new year", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 45_000 }), (days) => {
      const day = addDays(dayOf("1970-01-01"), days);
      const [week, next] = [weekOf(day), weekOf(addDays(day, 7))];
      expect(weekIndex(next) - weekIndex(week)).toBe(1);
      expect(isWeek(week)).toBe(true);
    }),
  );
});
