import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { errorBars } from "../../lib/error-bars";
import { addMonths, monthOf } from "../../lib/model/month";

const JANUARY = monthOf("2026-01");
const months = (errors: readonly (number | null)[], reconstructed = false) =>
  errors.map((errorShown, index) => ({
    month: addMonths(JANUARY, index),
    scored:
      errorShown === null
        ? null
        : { errorShown, insideShown: { 80: Math.abs(errorShown) < 0.5 }, reconstructed },
  }));

describe("how far each month came out", () => {
  it("says twice as +100%, half as -50%, and places them equally far from zero", () => {
    const { marks, table, hits, summary } = errorBars(months([Math.log(2), -Math.log(2), 0.1]), "en-US");
    expect(marks[0]).toBe(-marks[1]!);
    expect(table.rows.map(({ cells }) => cells)).toEqual([
      ["Jan 2026", "+100%", "outside"],
      ["Feb 2026", "-50%", "outside"],
      ["Mar 2026", "+11%", "inside"],
    ]);
    expect(hits).toEqual(["miss", "miss", "hit"]);
    expect(summary).toBe(
      "2 of 3 months came out above what was projected; farthest off, January 2026: +100%.",
    );
  });

  it("draws nothing for a month that was not judged, which is not a month without error", () => {
    const { marks, hits, table } = errorBars(months([null, 0]), "en-US");
    expect([marks, hits]).toEqual([
      [null, 0],
      [null, "hit"],
    ]);
    expect(table.rows[0]?.cells).toEqual(["Jan 2026", "not judged", "–"]);
    expect(errorBars(months([null]), "en-US").summary).toBe("No month could be judged here yet.");
  });

  it("says which months were reconstructed", () => {
    const { reconstructed, tooltips } = errorBars(months([0.1], true), "en-US");
    expect(reconstructed).toEqual([true]);
    expect(tooltips[0]?.lines).toEqual(["+11% against projected", "80% band: inside (reconstructed)"]);
  });

  it("holds every mark on an axis that is the same both ways, with zero among its ticks", () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: -9, max: 9, noNaN: true }), { minLength: 1 }), (errors) => {
        const { axis, marks } = errorBars(months(errors), "en-US");
        expect(axis.min).toBe(-axis.max);
        expect(axis.ticks.map(({ at }) => at)).toContain(0);
        for (const mark of marks) expect(Math.abs(mark!)).toBeLessThanOrEqual(axis.max);
      }),
    );
  });
});
