import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { currencyOf } from "../../lib/model/money";
import { addDays, dayOf, daysBetween } from "../../lib/model/month";
import {
  type Commission,
  earnedOf,
  mergedSpans,
  paidRate,
  perThousandViews,
} from "../../lib/model/placement";

const commission = (given: Partial<Commission> = {}): Commission => ({
  kind: "earning",
  minor: 10_000n,
  currency: currencyOf("USD"),
  fromDay: dayOf("2026-03-01"),
  toDay: dayOf("2026-03-31"),
  clicks: 400,
  orders: 20,
  valueMinor: 100_000n,
  refundedMinor: 0n,
  ...given,
});

describe("what a placement earned", () => {
  test("100.00 + 50.00 - 12.00 refunded = 138.00 on 20 + 10 orders; tax and fees are not the offer's", () => {
    const [earned, ...rest] = earnedOf([
      commission(),
      commission({ minor: 5_000n, orders: 10, valueMinor: 50_000n, refundedMinor: 12_000n }),
      commission({ kind: "refund", minor: -1_200n, orders: null, clicks: null, valueMinor: null }),
      commission({ kind: "withheld", minor: -999n }),
      commission({ kind: "fee", minor: -999n }),
    ]);
    expect(rest).toEqual([]);
    expect(earned).toMatchObject({
      ...{ minor: 13_800n, takenBackMinor: 1_200n, orders: 30, clicks: 800 },
      ...{ valueMinor: 150_000n, refundedMinor: 12_000n },
    });
    expect(paidRate(earned!), "138.00 / (1,500.00 - 120.00) = 10 %").toBe("10.00");
    expect(perThousandViews(earned!, 69_000), "138.00 / 69").toBe("2.00");
  });

  test("currencies never add, and a sum with an unknown part is unknown", () => {
    const rows = earnedOf([
      commission({ currency: currencyOf("EUR"), minor: 1n }),
      commission({ clicks: null }),
      commission(),
    ]);
    expect(rows.map(({ currency, minor }) => [currency, minor])).toEqual([
      ["USD", 20_000n],
      ["EUR", 1n],
    ]);
    expect(rows[0]).toMatchObject({ clicks: null, orders: 40 });
  });

  test("without orders, or with all of them refunded, there is no rate; without views no RPM", () => {
    const [none] = earnedOf([commission({ valueMinor: null })]);
    const [all] = earnedOf([commission({ refundedMinor: 100_000n })]);
    expect([
      paidRate(none!),
      paidRate(all!),
      perThousandViews(none!, null),
      perThousandViews(none!, 0),
    ]).toEqual([...[null, null, null, null]]);
  });
});

test("merged days hold each day of the spans once, and no other", () => {
  const first = dayOf("2026-01-01");
  const span = fc
    .tuple(fc.nat(60), fc.nat(20))
    .map(([from, length]) => ({ fromDay: addDays(first, from), toDay: addDays(first, from + length) }));
  const daysOf = ({ fromDay, toDay }: { fromDay: typeof first; toDay: typeof first }) =>
    Array.from({ length: daysBetween(fromDay, toDay) + 1 }, (_, n) => addDays(fromDay, n));
  fc.assert(
    fc.property(fc.array(span, { maxLength: 8 }), (spans) => {
      expect(mergedSpans(spans).flatMap(daysOf)).toEqual([...new Set(spans.flatMap(daysOf))].sort());
    }),
  );
});
