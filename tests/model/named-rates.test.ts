import { describe, expect, test } from "vitest";
import type { MoneyCell, TrafficCell } from "../../lib/model/histories";
import { currencyOf } from "../../lib/model/money";
import { addMonths, monthOf } from "../../lib/model/month";
import { lostStreamsOf, namedRatesOf } from "../../lib/model/named-rates";

const JUNE = monthOf("2026-06");
const money = (given: Partial<MoneyCell> = {}): MoneyCell => ({
  ...{ month: JUNE, stream: "rewards", platform: "tiktok", format: "all", currency: currencyOf("USD") },
  ...{ finalMinor: 2_000n, estimatedMinor: null },
  ...given,
});
const traffic = (given: Partial<TrafficCell> = {}): TrafficCell => ({
  ...{ month: JUNE, platform: "tiktok", format: "all", views: 70_000, qualifiedViews: 30_000 },
  ...{ engagedViews: null, adImpressions: null, watchSeconds: null },
  ...given,
});

describe("a month's rates by name", () => {
  test("20.00 on 70,000 views, 30,000 of them qualified: 0.286 and 0.667 side by side, neither hides the other", () => {
    expect(namedRatesOf([money()], [traffic()], JUNE)).toMatchObject([
      {
        rates: [
          { per: "views", rate: "0.286" },
          { per: "qualified_views", rate: "0.667" },
        ],
      },
    ]);
  });

  test("two channels of a platform add up; one that does not know makes its denominator unknown, not smaller", () => {
    const cells = [traffic(), traffic({ views: 30_000, qualifiedViews: null })];
    expect(namedRatesOf([money()], cells, JUNE)[0]?.rates).toEqual([{ per: "views", rate: "0.200" }]);
  });

  test("another platform's views are not counted, and a stream that is not paid by views has no place here", () => {
    expect(namedRatesOf([money({ platform: "youtube" })], [traffic()], JUNE)[0]?.rates).toEqual([]);
    expect(namedRatesOf([money({ stream: "gift" })], [traffic()], JUNE)).toEqual([]);
  });
});

describe("a month whose views came without their money", () => {
  const months = [-5, -4, -3, -2, -1].map((back) => addMonths(JUNE, back));
  const past = months.map((month) => money({ month }));
  const views = [...months, JUNE].map((month) => traffic({ month }));

  test("is named with what it is counted by, its share of the usual rate and what is missing: 20 - 4 = 16.00", () => {
    const [lost] = lostStreamsOf([...past, money({ finalMinor: 400n })], views, JUNE);
    expect(lost).toMatchObject({ per: "qualified_views", lost: { missingMinor: 1_600 } });
    expect(lost?.lost.rateRatio).toBeCloseTo(0.2, 9);
  });

  test("is counted by views where the qualified ones are not known", () => {
    const blind = views.map((cell) => ({ ...cell, qualifiedViews: null }));
    expect(lostStreamsOf([...past, money({ finalMinor: 400n })], blind, JUNE)[0]?.per).toBe("views");
  });

  test("is none when it paid as usual, or nothing is known of the months before", () => {
    expect(lostStreamsOf([...past, money()], views, JUNE)).toEqual([]);
    expect(lostStreamsOf([money({ finalMinor: 1n })], views, JUNE)).toEqual([]);
  });
});
