import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { divideHalfEven } from "../../lib/model/money";
import { eRpm, groupRpm, rpm } from "../../lib/model/rpm";
import { JPY, KWD, USD } from "./stories";

describe("rpm", () => {
  test("20.00 on 30,000 qualified views is 0.667 per 1,000; on 70,000 views it is 0.286", () => {
    expect(rpm(2000n, 30_000, USD)).toBe("0.667");
    expect(rpm(2000n, 70_000n, USD)).toBe("0.286");
  });

  test("without views there is no rate, never 0; earned nothing on views is 0", () => {
    expect(rpm(2000n, 0, USD)).toBeNull();
    expect(rpm(2000n, null, USD)).toBeNull();
    expect(rpm(2000n, undefined, USD)).toBeNull();
    expect(rpm(0n, 1000, USD)).toBe("0.000");
  });

  test("300.00 on 100,000 views is 3.00 in dollars; 300 yen are 3.00 too; -5 is -5.00", () => {
    expect(rpm(30_000n, 100_000, USD)).toBe("3.00");
    expect(rpm(300n, 100_000, JPY)).toBe("3.00");
    expect(rpm(300_000n, 100_000, KWD)).toBe("3.00");
    expect(rpm(-500n, 1000, USD)).toBe("-5.00");
    expect(rpm(500n, 1000, USD, 3)).toBe("5.000");
  });

  test("a group's rate is total over total: 1.00 on 1,000 and 10.00 on 99,000 are 0.110, not 0.55", () => {
    const items = [
      { minor: 100n, count: 1000 },
      { minor: 1000n, count: 99_000 },
      { minor: 5000n, count: null },
    ];
    expect(groupRpm(items, USD)).toBe("0.110");
    expect(groupRpm([{ minor: 5n, count: null }], USD)).toBeNull();
    expect(eRpm(1100n, 100_000, USD)).toBe("0.110");
  });

  test("is the exact fraction, rounded half to even, far beyond a float's digits", () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 0n, max: 10n ** 18n }),
        fc.bigInt({ min: 1n, max: 10n ** 12n }),
        (minor, views) => {
          const text = rpm(minor, views, USD, 3)!;
          expect(BigInt(text.replace(".", ""))).toBe(divideHalfEven(minor * 10_000n, views));
        },
      ),
      { numRuns: 10_000, seed: 20261123 },
    );
  });
});
