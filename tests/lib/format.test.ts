import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  compactCount,
  compactMoney,
  count,
  currencyName,
  dayName,
  instant,
  money,
  monthName,
  percent,
  rpm,
  signedMoney,
  signedPercent,
} from "@/lib/format";
import { CURRENCIES, currencyOf, decimalOf } from "@/lib/model/money";
import { dayOf, monthOf } from "@/lib/model/month";

const USD = currencyOf("USD");
const EUR = currencyOf("EUR");
const JPY = currencyOf("JPY");
const KWD = currencyOf("KWD");
const US = "en-US";

/** Some locales part figures with spaces that look alike but are not. */
const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, " ");

describe("money", () => {
  test("zero is a figure, missing is a dash: they are never confused", () => {
    expect(money(0n, USD, US)).toBe("$0.00");
    expect(money(null, USD, US)).toBe("–");
    expect(money(undefined, USD, US)).toBe("–");
    expect(compactMoney(null, USD, US)).toBe("–");
  });

  test("each currency has its own decimals: yen 0, dollars 2, dinars 3", () => {
    expect(money(123456n, JPY, US)).toBe("¥123,456");
    expect(money(123456n, USD, US)).toBe("$1,234.56");
    expect(plain(money(123456n, KWD, US))).toBe("KWD 123.456");
  });

  test("what a float would lose stays: 2^53 + 1 cents and the largest bigint of the database", () => {
    expect(money(9_007_199_254_740_993n, USD, US)).toBe("$90,071,992,547,409.93");
    expect(money(9_223_372_036_854_775_807n, USD, US)).toBe("$92,233,720,368,547,758.07");
  });

  test("below one unit and below zero keep their sign and zeros", () => {
    expect(money(-5n, USD, US)).toBe("-$0.05");
    expect(money(-1n, KWD, US).replace(/\s/g, " ")).toBe("-KWD 0.001");
  });

  test("the reader's locale orders the parts, not the machine's", () => {
    expect(plain(money(-123456n, EUR, "de-DE"))).toBe("-1.234,56 €");
    expect(money(123456n, EUR, "en-GB")).toBe("€1,234.56");
  });

  test("a signed amount says plus, and zero has no sign", () => {
    expect(signedMoney(1690500n, USD, US)).toBe("+$16,905.00");
    expect(signedMoney(-1230n, USD, US)).toBe("-$12.30");
    expect(signedMoney(0n, USD, US)).toBe("$0.00");
    expect(signedMoney(null, USD, US)).toBe("–");
  });

  test("no digit is added or lost for any amount of any currency", () => {
    const amounts = fc.bigInt({ min: -9_223_372_036_854_775_807n, max: 9_223_372_036_854_775_807n });
    fc.assert(
      fc.property(amounts, fc.constantFrom(...CURRENCIES), (minor, currency) => {
        // Some names of currencies end in a point.
        expect(money(minor, currency, US).replace(/\p{L}+\.?|[^\d.-]/gu, "")).toBe(
          decimalOf(minor, currency),
        );
      }),
      { numRuns: 500, seed: 20261123 },
    );
  });

  test("compact stays right at a billion and for negatives", () => {
    expect(compactMoney(100_000_000_000n, USD, US)).toBe("$1B");
    expect(compactMoney(-123_450n, USD, US)).toBe("-$1.23K");
    expect(compactMoney(0n, USD, US)).toBe("$0");
    expect(compactMoney(1500n, JPY, US)).toBe("¥1.5K");
  });
});

describe("rpm", () => {
  test("exact text keeps the decimals the model gave it", () => {
    expect(rpm("0.434", EUR, "en-GB")).toBe("€0.434");
    expect(rpm("8.71", USD, US)).toBe("$8.71");
    expect(rpm("-0.020", USD, US)).toBe("-$0.020");
  });

  test("a number gets two decimals, and three below 1, where the third is still a share of the rate", () => {
    expect(rpm(3.6149, USD, US)).toBe("$3.61");
    expect(rpm(0.0234, USD, US)).toBe("$0.023");
    expect(rpm(123.4, JPY, US)).toBe("¥123.40");
  });

  test("no views means no rate: a dash, not zero and not 100%", () => {
    expect(rpm(null, USD, US)).toBe("–");
    expect(rpm(Number.NaN, USD, US)).toBe("–");
    expect(rpm(Number.POSITIVE_INFINITY, USD, US)).toBe("–");
  });
});

describe("counts and shares", () => {
  test("counts are exact beyond 2^53", () => {
    expect(count(9_007_199_254_740_993n, US)).toBe("9,007,199,254,740,993");
    expect(count(0, US)).toBe("0");
    expect(count(null, US)).toBe("–");
    expect(count(Number.NaN, US)).toBe("–");
  });

  test("a billion is 1B, not 1000M, and negatives shorten too", () => {
    expect(compactCount(1_000_000_000, US)).toBe("1B");
    expect(compactCount(999, US)).toBe("999");
    expect(compactCount(-1_234_567n, US)).toBe("-1.23M");
    expect(compactCount(null, US)).toBe("–");
  });

  test("no share is a dash, never 100%", () => {
    expect(percent(0.123, US)).toBe("12%");
    expect(percent(Number.NaN, US)).toBe("–");
    expect(percent(null, US)).toBe("–");
    expect(signedPercent(0.123, US)).toBe("+12%");
    expect(signedPercent(-0.2249, US, 1)).toBe("-22.5%");
    expect(signedPercent(-0.001, US)).toBe("0%");
  });
});

describe("days, months and instants", () => {
  test("a day is the day it says, wherever the machine stands", () => {
    expect(dayName(dayOf("2026-03-01"), "en-GB")).toBe("1 Mar 2026");
    expect(dayName(dayOf("2026-12-31"), US)).toBe("Dec 31, 2026");
    expect(dayName(null, US)).toBe("–");
  });

  test("a month is the month it says", () => {
    expect(monthName(monthOf("2026-01"), US)).toBe("January 2026");
    expect(monthName(monthOf("2026-01"), US, "short")).toBe("Jan 2026");
    expect(monthName(monthOf("2026-01"), US, "narrow")).toBe("Jan");
    expect(monthName(monthOf("2026-10"), "fr-FR")).toBe("octobre 2026");
    expect(monthName(null, US)).toBe("–");
  });

  test("an instant is read on the clock of the zone that is asked for", () => {
    const at = new Date("2026-10-31T23:30:00Z");
    expect(plain(instant(at, "en-GB", "UTC"))).toBe("31 Oct 2026, 23:30");
    expect(plain(instant(at, "en-GB", "Europe/Berlin"))).toBe("1 Nov 2026, 00:30");
    expect(instant(new Date(Number.NaN), US, "UTC")).toBe("–");
    expect(instant(null, US, "UTC")).toBe("–");
  });
});

test("a currency has a name people know", () => {
  expect(currencyName(USD, "en-GB")).toBe("US dollars");
});
