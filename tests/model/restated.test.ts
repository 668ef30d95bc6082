import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { monthOf } from "../../lib/model/month";
import { cellsAt, firstJudged, lastChanged, lastJudged, type MoneySteps } from "../../lib/model/restated";
import { USD } from "./stories";

function cellOf(steps: MoneySteps["steps"], month = "2026-05"): MoneySteps {
  return { month: monthOf(month), stream: "ads", platform: "youtube", format: "long", currency: USD, steps };
}

describe("when a month is judged", () => {
  it("is judged two months after it began: on 1 July May, on 1 January November of the year before", () => {
    expect(lastJudged(monthOf("2026-07"))).toBe("2026-05");
    expect(lastJudged(monthOf("2026-01"))).toBe("2025-11");
  });

  it("is judged with the first of its streams that came, and never without one", () => {
    const [early, late] = [cellOf([{ at: 10, minor: 1n }]), cellOf([{ at: 30, minor: 2n }])];
    expect(firstJudged([late, early])).toBe(10);
    expect(lastChanged([early, late])).toBe(30);
    expect([firstJudged([]), lastChanged([])]).toEqual([null, null]);
  });
});

describe("amounts as they stood", () => {
  const cell = cellOf([
    { at: 10, minor: 90n },
    { at: 20, minor: 60n },
    { at: 30, minor: null },
  ]);
  const at = (instant: number) => cellsAt([cell], instant).map(({ finalMinor }) => finalMinor);

  it("stood at 90 from 10 on, at 60 from 20 on, and are missing, not zero, once taken back", () => {
    expect([9, 10, 19, 20, 29, 30].map(at)).toEqual([[], [90n], [90n], [60n], [60n], []]);
  });

  it("are not touched by anything that comes later", () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ after: fc.integer({ min: 1, max: 50 }), minor: fc.option(fc.bigInt()) }), {
          minLength: 1,
          maxLength: 8,
        }),
        fc.integer({ min: 1, max: 50 }),
        fc.bigInt(),
        (changes, after, minor) => {
          let now = 0;
          const steps = changes.map((change) => {
            now += change.after;
            return { at: now, minor: change.minor };
          });
          const later = cellOf([...steps, { at: now + after, minor }]);
          const first = firstJudged([later])!;
          expect(first).toBe(firstJudged([cellOf(steps)]));
          expect(cellsAt([later], first)).toEqual(cellsAt([cellOf(steps)], first));
          expect(lastChanged([later])).toBe(now + after);
        },
      ),
    );
  });
});
