import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { addDays, dayOf, daysInMonth, firstDay, lastDay, monthOf } from "../../lib/model/month";
import { nowcast, type ReportedDay, shareReported, ultimate } from "../../lib/model/nowcast";
import { random } from "../../lib/model/random";

const NOVEMBER = monthOf("2025-11");
const END = lastDay(NOVEMBER);
const runs = { numRuns: 10_000, seed: 20261123 };

function daysOf(amounts: readonly bigint[], isEstimated = false): ReportedDay[] {
  return amounts.map((amount, index) => ({ day: addDays(firstDay(NOVEMBER), index), amount, isEstimated }));
}

describe("a running month", () => {
  test("ten final days of 1 to 10: 55 so far, the last seven are 7 a day, 20 days are left: 195", () => {
    const ten = daysOf([1n, 2n, 3n, 4n, 5n, 6n, 7n, 8n, 9n, 10n]);
    expect(nowcast(ten, NOVEMBER, END)).toEqual({ total: 195n, soFar: 55n, reportedDays: 10, daysLeft: 20 });
  });

  test("the newest three days of an estimated feed have not been reported yet: 28 + 4 x 23 = 120", () => {
    const ten = daysOf([1n, 2n, 3n, 4n, 5n, 6n, 7n, 8n, 9n, 10n], true);
    expect(nowcast(ten, NOVEMBER, END)).toEqual({ total: 120n, soFar: 28n, reportedDays: 7, daysLeft: 23 });
  });

  test("under seven reported days there is only the projection", () => {
    expect(nowcast(daysOf(Array(6).fill(100n)), NOVEMBER, END)).toBeNull();
    expect(nowcast(daysOf(Array(9).fill(100n), true), NOVEMBER, END)).toBeNull();
    expect(nowcast([], NOVEMBER, END)).toBeNull();
  });

  test("a day that was not reported is missing, not zero: it is filled at the pace of the others", () => {
    const holed = daysOf(Array(12).fill(100n)).filter((_, index) => index !== 4);
    expect(nowcast(holed, NOVEMBER, END)?.total).toBe(3000n);
  });

  test("the whole month is what it is, to the cent", () => {
    expect(nowcast(daysOf(Array.from({ length: 30 }, (_, index) => BigInt(index))), NOVEMBER, END)).toEqual({
      total: 435n,
      soFar: 435n,
      reportedDays: 30,
      daysLeft: 0,
    });
  });

  test("a day to come, of another month, or told twice is refused by name", () => {
    const days = daysOf(Array(8).fill(1n));
    expect(() => nowcast(days, NOVEMBER, dayOf("2025-11-07"))).toThrow(
      /2025-11-08 has not been yet on 2025-11-07/,
    );
    expect(() => nowcast(days, monthOf("2025-10"), END)).toThrow(/2025-11-01 is not a day of 2025-10/);
    expect(() => nowcast([...days, days[0]!], NOVEMBER, END)).toThrow(/Two rows for 2025-11-01/);
  });

  test("whatever the days: order plays no part, ten times the money is ten times the month, equal days go on", () => {
    const amount = fc.bigInt({ min: -(10n ** 6n), max: 10n ** 12n });
    fc.assert(
      fc.property(fc.array(amount, { maxLength: 30 }), fc.boolean(), (amounts, isEstimated) => {
        const days = daysOf(amounts, isEstimated);
        const now = nowcast(days, NOVEMBER, END);
        expect(nowcast([...days].reverse(), NOVEMBER, END)).toEqual(now);
        const large = nowcast(
          daysOf(
            amounts.map((each) => each * 10n),
            isEstimated,
          ),
          NOVEMBER,
          END,
        );
        if (now === null) {
          expect(large).toBeNull();
          return;
        }
        const off = large!.total - now.total * 10n;
        expect(off <= 5n && off >= -5n).toBe(true);
        expect(now.reportedDays + now.daysLeft).toBe(daysInMonth(NOVEMBER));
        const same = nowcast(
          daysOf(
            amounts.map(() => 700n),
            isEstimated,
          ),
          NOVEMBER,
          END,
        );
        expect(same?.total).toBe(700n * 30n);
      }),
      runs,
    );
  });

  test("on months whose pace drifts it beats the run-rate, by little at day 10 and by far at day 20", () => {
    const source = random(20261123);
    const errors = { 10: [0, 0], 20: [0, 0] };
    for (let series = 0; series < 1000; series++) {
      let level = Math.log(10_000);
      const amounts = Array.from({ length: 30 }, () => {
        level += 0.08 * source.normal();
        return BigInt(Math.round(Math.exp(level + 0.15 * source.normal())));
      });
      const whole = Number(amounts.reduce((a, b) => a + b, 0n));
      for (const day of [10, 20] as const) {
        const soFar = amounts.slice(0, day);
        const rate = (Number(soFar.reduce((a, b) => a + b, 0n)) / day) * 30;
        const now = Number(nowcast(daysOf(soFar), NOVEMBER, END)!.total);
        errors[day][0]! += Math.abs(Math.log(now / whole));
        errors[day][1]! += Math.abs(Math.log(rate / whole));
      }
    }
    const ratio = (day: 10 | 20) => errors[day][0]! / errors[day][1]!;
    expect(ratio(10)).toBeLessThan(0.98);
    expect(ratio(20)).toBeLessThan(0.85);
  });
});

describe("a closed month of which not all has come", () => {
  const own = (count: number, reported: bigint) =>
    Array.from({ length: count }, () => ({ reported, settled: 100n }));

  test("final is all of it, an estimate after day 14 is 97 %, nothing is nothing, an early estimate is not known", () => {
    const share = (state: "none" | "estimated" | "final", age: number) =>
      shareReported({ state, age, own: [] });
    expect([share("final", 3), share("estimated", 15), share("none", 40), share("estimated", 14)]).toEqual([
      1,
      0.97,
      0,
      null,
    ]);
  });

  test("from six closed months of her own on, those decide", () => {
    expect(shareReported({ state: "estimated", age: 20, own: own(6, 80n) })).toBe(0.8);
    expect(shareReported({ state: "estimated", age: 20, own: own(5, 80n) })).toBe(0.97);
    expect(shareReported({ state: "final", age: 20, own: own(6, 130n) })).toBe(1);
  });

  test("600.00 reported at 97 % of a month projected at 1,000.00 comes to 630.00", () => {
    expect(ultimate(60_000n, 100_000n, 0.97)).toBe(63_000n);
    expect(ultimate(0n, 100_000n, 0)).toBe(100_000n);
    expect(ultimate(60_000n, 100_000n, 1)).toBe(60_000n);
    expect(() => ultimate(1n, 1n, 1.2)).toThrow(RangeError);
  });

  test("whatever came: between what was reported and all of the projection on top, and never less with less reported", () => {
    const money = fc.bigInt({ min: 0n, max: 10n ** 15n });
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(money, money, share, share, (reported, projected, one, other) => {
        const [less, more] = one < other ? [one, other] : [other, one];
        const [early, late] = [ultimate(reported, projected, less), ultimate(reported, projected, more)];
        expect(reported <= late && late <= early && early <= reported + projected).toBe(true);
      }),
      runs,
    );
  });
});
