import { describe, expect, test } from "vitest";
import { currencyOf } from "../../lib/model/money";
import { monthOf } from "../../lib/model/month";
import { type MonthLadder, yearOf } from "../../lib/model/year";

const [USD, EUR] = [currencyOf("USD"), currencyOf("EUR")];
const ladder = (month: string, given: Partial<MonthLadder> = {}): MonthLadder => ({
  ...{ month: monthOf(month), stream: "ads", currency: EUR, finalMinor: 0n, estimatedMinor: 0n },
  ...{ refundMinor: 0n, clawbackMinor: 0n, adjustmentMinor: 0n, withheldMinor: 0n, feeMinor: 0n, made: null },
  ...given,
});
const rates: Readonly<Record<string, string>> = { "2026-01": "1.05", "2026-02": "1.10" };
const rateFor = (currency: typeof EUR, month: MonthLadder["month"]) => {
  const rate = rates[month];
  return rate ? { currency, month, day: `${month}-28`, rate, source: "ECB" } : null;
};

describe("a year for the accountant", () => {
  const year = yearOf(
    [
      ladder("2026-01", { finalMinor: 10_001n, withheldMinor: -1_500n, feeMinor: -1n }),
      ladder("2026-02", { finalMinor: 333n }),
      ladder("2026-02", { stream: "gift", currency: USD, finalMinor: 70n, estimatedMinor: 5n }),
    ],
    [
      { month: monthOf("2026-02"), stream: "ads", currency: EUR, minor: 8_500n },
      { month: monthOf("2026-04"), stream: "shop", currency: USD, minor: 42n },
    ],
    USD,
    rateFor,
  );

  test("converts each month's net once: 85.00 x 1.05 = 89.25, 3.33 x 1.10 = 3.663 → 3.66, together 92.91", () => {
    expect(year.months.map(({ reportedMinor }) => reportedMinor)).toEqual([8_925n, 366n, 75n, 0n]);
    expect(year.streams[0]).toMatchObject({
      ...{ stream: "ads", currency: EUR, finalMinor: 10_334n, withheldMinor: -1_500n, feeMinor: -1n },
      ...{ netMinor: 8_833n, receivedMinor: 8_500n, reportedMinor: 9_291n },
    });
  });

  test("names the rates it used, each once, and none for the reporting currency itself", () => {
    expect(year.rates.map(({ month, rate }) => `${month} ${rate}`)).toEqual(["2026-01 1.05", "2026-02 1.10"]);
  });

  test("shows what arrived for another year's work in the month it came, with nothing earned beside it", () => {
    expect(year.months.at(-1)).toMatchObject({
      month: "2026-04",
      stream: "shop",
      netMinor: 0n,
      receivedMinor: 42n,
    });
    expect(year.currencies.map(({ currency, receivedMinor }) => [currency, receivedMinor])).toEqual([
      ["EUR", 8_500n],
      ["USD", 42n],
    ]);
  });

  test("a month without a rate leaves the sum unknown, never short", () => {
    const { streams } = yearOf(
      [ladder("2026-01", { finalMinor: 1n }), ladder("2026-05", { finalMinor: 1n })],
      [],
      USD,
      rateFor,
    );
    expect(streams).toMatchObject([{ netMinor: 2n, reportedMinor: null }]);
  });
});
