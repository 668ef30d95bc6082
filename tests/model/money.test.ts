import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  allocate,
  CURRENCIES,
  convert,
  currencyOf,
  decimalOf,
  divideHalfEven,
  exponentOf,
  isCurrency,
  parseDecimal,
  parseMoney,
  roundToMinor,
} from "../../lib/model/money";
import { EUR, JPY, KWD, USD } from "./stories";

const amount = fc.bigInt({ min: -9_223_372_036_854_775_807n, max: 9_223_372_036_854_775_807n });
const weights = fc.array(fc.bigInt({ min: 0n, max: 10n ** 12n }), { minLength: 1, maxLength: 12 });
const runs = { numRuns: 10_000, seed: 20261123 };
const sum = (parts: readonly bigint[]) => parts.reduce((a, b) => a + b, 0n);

describe("currencies", () => {
  test("yen have no decimals, dollars 2, dinars 3, and a guess is refused by name", () => {
    expect([JPY, USD, KWD].map(exponentOf)).toEqual([0, 2, 3]);
    expect(isCurrency("usd")).toBe(false);
    expect(isCurrency("toString")).toBe(false);
    expect(() => currencyOf("XYZ")).toThrow(/"XYZ".*ISO 4217/);
    expect(CURRENCIES.length).toBeGreaterThan(150);
  });
});

describe("parseMoney reads what people and files write", () => {
  test.each([
    ["1234.56", 123456n, "plain"],
    ["1,234.56", 123456n, "English grouping"],
    ["1.234,56", 123456n, "German grouping"],
    ["1\u00a0234,56", 123456n, "French grouping by no-break space"],
    ["1\u202f234,56", 123456n, "French grouping by narrow no-break space"],
    ["1 234.56", 123456n, "grouping by space"],
    ["1'234.50", 123450n, "Swiss grouping"],
    ["1’234.50", 123450n, "Swiss grouping by curly apostrophe"],
    ["12,34,567.89", 123456789n, "Indian grouping"],
    ["1,234,567", 123456700n, "two groups can only be groups"],
    ["12,5", 1250n, "one decimal after a comma"],
    [".5", 50n, "no whole part"],
    ["0.120", 12n, "a zero too many is exact"],
    ["$12.34", 1234n, "dollar sign before"],
    ["-$5", -500n, "sign, then currency"],
    ["USD 12.34", 1234n, "code before"],
    ["12.34 usd", 1234n, "code after"],
    ["(5.00)", -500n, "accounting brackets"],
    ["5.00-", -500n, "sign after"],
    ["\u22125", -500n, "true minus sign"],
    ["-0", 0n, "minus zero is zero"],
    ["90071992547409931.23", 9007199254740993123n, "beyond 2^53, where a float loses cents"],
  ])("%j is %d minor units of USD: %s", (text, minor) => {
    expect(parseMoney(text, USD)).toEqual({ ok: true, value: minor });
  });

  test.each([
    ["1e3", "an exponent"],
    ["0x10", "hexadecimal"],
    ["NaN", "no number"],
    ["Infinity", "no number"],
    ["٣٤", "digits other than 0-9"],
    ["", "empty"],
    ["  ", "blank"],
    ["--5", "two signs"],
    ["5.", "a mark without decimals"],
    ["1,23,4", "broken groups"],
    ["1.234.56", "broken groups"],
    ["1,234", "read as 1234 or 1.23"],
    ["1.234", "read as 1234 or 1.23"],
    ["0.123", "a tenth of a cent"],
    ["5 USD 6", "two numbers"],
    ["€5", "another currency"],
    ["EUR 5", "another currency"],
    ["999999999999999999999", "more than the database holds"],
  ])("%j is refused with a sentence (%s)", (text) => {
    const parsed = parseMoney(text, USD);
    expect(parsed.ok).toBe(false);
    if (!parsed.ok) expect(parsed.error).toMatch(/[a-z].*\.$/);
  });

  test("a text that can be read two ways names both remedies", () => {
    expect(parseMoney("1,234", USD)).toEqual({
      ok: false,
      error: '"1,234" can be read two ways; write 1234 or 1.23.',
    });
  });

  test("the currency's decimals settle what is unclear for dollars: yen group, dinars divide", () => {
    expect(parseMoney("1,234", JPY)).toEqual({ ok: true, value: 1234n });
    expect(parseMoney("1.234", KWD)).toEqual({ ok: true, value: 1234n });
    expect(parseMoney("1.5", JPY).ok).toBe(false);
    expect(parseMoney("¥500", JPY)).toEqual({ ok: true, value: 500n });
  });

  test("a file that says which mark divides is read without guessing", () => {
    expect(parseMoney("1,234", USD, ".")).toEqual({ ok: true, value: 123400n });
    expect(parseMoney("1.234", EUR, ",")).toEqual({ ok: true, value: 123400n });
    expect(parseMoney("1,5", USD, ".").ok).toBe(false);
  });

  test("an import may round thousandths itself, half to even: 0.125 is 12 cents, 0.135 is 14", () => {
    const cents = (text: string) => {
      const parsed = parseDecimal(text, ".");
      return parsed.ok ? roundToMinor(parsed.value, USD) : null;
    };
    expect([cents("0.125"), cents("0.135"), cents("-0.125"), cents("12.3456")]).toEqual([
      12n,
      14n,
      -12n,
      1235n,
    ]);
  });

  test("every amount of every currency survives being written and read again", () => {
    fc.assert(
      fc.property(amount, fc.constantFrom(...CURRENCIES), (minor, currency) => {
        expect(parseMoney(decimalOf(minor, currency), currency)).toEqual({ ok: true, value: minor });
      }),
      runs,
    );
  });

  test("no text whatever throws", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 30 }), (text) => {
        expect(typeof parseMoney(text, USD).ok).toBe("boolean");
      }),
      runs,
    );
    fc.assert(
      fc.property(fc.stringMatching(/^[-+(]?[0-9.,' ]{0,12}[)-]?$/), (text) => {
        expect(typeof parseMoney(text, KWD).ok).toBe("boolean");
      }),
      runs,
    );
  });
});

describe("decimalOf", () => {
  test("keeps the sign and the currency's own decimals", () => {
    expect(decimalOf(-5n, USD)).toBe("-0.05");
    expect(decimalOf(123456n, USD)).toBe("1234.56");
    expect(decimalOf(1234n, JPY)).toBe("1234");
    expect(decimalOf(1n, KWD)).toBe("0.001");
  });
});

describe("divideHalfEven", () => {
  test("halves go to the even neighbour on both sides of zero, so many roundings do not drift", () => {
    const halves = [-5n, -3n, -1n, 1n, 3n, 5n].map((n) => divideHalfEven(n, 2n));
    expect(halves).toEqual([-2n, -2n, 0n, 0n, 2n, 2n]);
    expect(() => divideHalfEven(1n, 0n)).toThrow(RangeError);
  });

  test("is never further than half a unit away, whatever the signs", () => {
    fc.assert(
      fc.property(
        amount,
        amount.filter((d) => d !== 0n),
        (n, d) => {
          const rest = 2n * (n - divideHalfEven(n, d) * d);
          const size = d < 0n ? -d : d;
          expect(rest <= size && rest >= -size).toBe(true);
        },
      ),
      runs,
    );
  });
});

describe("allocate", () => {
  test("100 by 1:1:1 is 34 + 33 + 33: the earlier wins the odd cent", () => {
    expect(allocate(100n, [1n, 1n, 1n])).toEqual([34n, 33n, 33n]);
    expect(allocate(-100n, [1n, 1n, 1n])).toEqual([-34n, -33n, -33n]);
    expect(allocate(0n, [0n, 0n])).toEqual([0n, 0n]);
  });

  test("refuses what has no answer", () => {
    expect(() => allocate(1n, [0n])).toThrow(/all weights are zero/);
    expect(() => allocate(1n, [])).toThrow(RangeError);
    expect(() => allocate(1n, [1n, -1n])).toThrow(/negative/);
  });

  test("sums exactly, gives nothing to weight 0, and no part is a unit or more from its share", () => {
    fc.assert(
      fc.property(amount, weights, (total, shares) => {
        const all = sum(shares);
        fc.pre(all > 0n);
        const parts = allocate(total, shares);
        expect(sum(parts)).toBe(total);
        for (const [index, part] of parts.entries()) {
          const off = part * all - total * shares[index]!;
          expect(off < all && off > -all).toBe(true);
          if (shares[index] === 0n) expect(part).toBe(0n);
        }
      }),
      runs,
    );
  });
});

describe("convert", () => {
  test("12.34 EUR at 1.0785 is 13.308690 USD, 13.31; at 162.5 it is 2005.25 yen, 2005", () => {
    expect(convert(1234n, EUR, USD, "1.0785")).toBe(1331n);
    expect(convert(1234n, EUR, JPY, "162.5")).toBe(2005n);
    expect(convert(2005n, JPY, KWD, "0.0020")).toBe(4010n);
  });

  test("refuses a rate that is zero, negative, an exponent, or not 1 within one currency", () => {
    for (const rate of ["0", "-1", "1e-5", "", "1,5", "NaN"])
      expect(() => convert(1n, EUR, USD, rate)).toThrow(RangeError);
    expect(() => convert(1n, USD, USD, "1.01")).toThrow(/rate 1/);
    expect(convert(7n, USD, USD, "1.000")).toBe(7n);
  });

  test("mirrors the sign, keeps order and is within half a unit of the exact product", () => {
    const rate = fc.tuple(fc.integer({ min: 1, max: 10 ** 9 }), fc.integer({ min: 0, max: 6 }));
    fc.assert(
      fc.property(amount, amount, rate, (a, b, [digits, places]) => {
        const text = `${String(digits).padStart(places + 1, "0")}`.replace(
          new RegExp(`(\\d{${places}})$`),
          places > 0 ? ".$1" : "$1",
        );
        const [inA, inB] = [convert(a, EUR, USD, text), convert(b, EUR, USD, text)];
        expect(convert(-a, EUR, USD, text)).toBe(-inA);
        expect(a <= b ? inA <= inB : inA >= inB).toBe(true);
        const off = 2n * (inA * 10n ** BigInt(places) - a * BigInt(digits));
        expect(off <= 10n ** BigInt(places) && off >= -(10n ** BigInt(places))).toBe(true);
      }),
      runs,
    );
  });
});
