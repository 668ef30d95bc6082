import { expect, test } from "vitest";
import { perHour, perUnit } from "../../lib/model/lives";
import { currencyOf } from "../../lib/model/money";

test("12.50 in 2 h 30 min is 5.00 an hour; no time is no rate", () => {
  expect(perHour(1_250n, 9_000n)).toBe(500n);
  expect(perHour(1_250n, 0n)).toBeNull();
});

test("12.50 for 2,500 diamonds is 0.0050 each, 1,250 yen for 500 is 2.5000; no diamonds are no rate", () => {
  expect(perUnit(1_250n, 2_500n, currencyOf("USD"))).toBe("0.0050");
  expect(perUnit(1_250n, 500n, currencyOf("JPY"))).toBe("2.5000");
  expect(perUnit(1n, 0n, currencyOf("USD"))).toBeNull();
});
