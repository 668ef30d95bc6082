import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  decimalMarkOf,
  parseAmount,
  parseCount,
  parseDuration,
  parseHours,
  roundTogether,
  sumDecimals,
} from "../../lib/import/numbers";

const value = <T>(result: { ok: true; value: T } | { ok: false; error: string }) =>
  result.ok ? result.value : result.error;

describe("a count is whole, and unknown is not zero", () => {
  test.each([
    ["2938.0", 2938],
    ["12100212.0", 12_100_212],
    ["1,234", 1234],
    ["1.234", 1234],
    ["1 234", 1234],
    ["1\u202F234\u202F567", 1_234_567],
    ["1,234,567", 1_234_567],
    ["0", 0],
    ["", null],
    ["  ", null],
    ["--", null],
    ["undefined", null],
    ["NAN", null],
  ])("%j is %j", (text, count) => {
    expect(value(parseCount(text))).toBe(count);
  });

  test.each([
    ["1,000", /two ways/],
    ["12,34", /whole number/],
    ["29.5", /whole number/],
    ["1E+05", /shortened by a spreadsheet/],
    ["-3", /negative/],
    ["3.апр", /not an amount/],
    ["99999999999999999999", /too large/],
  ])("%j is refused with a reason", (text, message) => {
    expect(value(parseCount(text))).toMatch(message);
  });

  test("net counts may be negative where that is said", () => {
    expect(value(parseCount("-9", { signed: true }))).toBe(-9);
  });

  test("a known mark settles what is otherwise open: 1,000 with a point is one thousand, with a comma one", () => {
    expect(value(parseCount("1,000", { mark: "." }))).toBe(1000);
    expect(value(parseCount("1,000", { mark: "," }))).toBe(1);
  });
});

describe("watch time is read from characters, half to even", () => {
  test.each([
    ["689.9667", 2_483_880], // 689.9667 * 3600 = 2,483,880.12
    ["1183689.3666", 4_261_281_720], // * 3600 = 4,261,281,719.76
    ["0.1", 360],
    ["0.000416666666", 1], // 1.4999999976
    ["0.00041666666666666666666", 1], // 1.49999…
    ["0.000138888888888888888889", 1], // 0.5000000000000000000004
    ["0:04:34", 274], // 4 * 60 + 34
    ["", null],
  ])("%j hours are %j seconds", (text, seconds) => {
    expect(value(parseHours(text))).toBe(seconds);
  });

  test("an exact half goes to the even second: 0.125 h is 450 s; 0.00125 h is 4.5 s, so 4", () => {
    expect([value(parseHours("0.125")), value(parseHours("0.00125")), value(parseHours("0.00375"))]).toEqual([
      450, 4, 14,
    ]);
  });

  test("a duration has minutes and seconds below 60", () => {
    expect([value(parseDuration("119:47:31")), value(parseDuration("1:02:03"))]).toEqual([431_251, 3723]);
    expect(value(parseDuration("1:75:00"))).toMatch(/H:MM:SS/);
  });
});

describe("the decimal mark is decided by a whole column", () => {
  test.each([
    [["1,234", "5,67"], ","],
    [["1,234", "1,234.5"], "."],
    [["1.234", "12"], null],
    [["12", "", "7"], "none"],
  ])("%j: %j", (cells, mark) => {
    expect(decimalMarkOf(cells)).toBe(mark);
  });
});

describe("rounding many amounts together", () => {
  const amountOf = (text: string) => {
    const amount = parseAmount(text, ".");
    if (!amount.ok || !amount.value) throw new Error(text);
    return amount.value;
  };

  test("12.345 + 7.005 + 0.500 = 19.850: the lines are 12.35 + 7.00 + 0.50, the earlier half wins", () => {
    const amounts = ["12.345", "7.005", "0.500"].map(amountOf);
    expect(sumDecimals(amounts)).toEqual({ units: 19_850n, scale: 3 });
    expect(roundTogether(amounts, 1985n, 2)).toEqual([1235n, 700n, 50n]);
  });

  test("the lines always add up to the rounded sum, each within one cent of its amount", () => {
    const units = fc.bigInt({ min: -(10n ** 9n), max: 10n ** 9n });
    fc.assert(
      fc.property(fc.array(units, { minLength: 1, maxLength: 50 }), (all) => {
        const sum = all.reduce((a, b) => a + b, 0n);
        const total = BigInt(Math.round(Number(sum) / 10));
        const lines = roundTogether(
          all.map((each) => ({ units: each, scale: 3 })),
          total,
          2,
        );
        expect(lines.reduce((a, b) => a + b, 0n)).toBe(total);
        lines.forEach((line, index) => {
          const off = line * 10n - (all[index] ?? 0n);
          expect(off > -10n && off <= 10n).toBe(true);
        });
      }),
    );
  });
});
