import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { CONVENTION_WORDS, readConvention, worthOfCoins } from "../../lib/model/gift-convention";
import {
  cutOf,
  ladderOf,
  type Makings,
  makingsSortOf,
  misfitOf,
  type OrderMakings,
  packMakings,
  readMakings,
  type ShareMakings,
  type UnitMakings,
} from "../../lib/model/makings";
import { currencyOf, partOf } from "../../lib/model/money";
import { rpmByName } from "../../lib/model/rpm";
import { STREAMS } from "../../lib/model/words";

const USD = currencyOf("USD");
const JPY = currencyOf("JPY");

const share = (given: Partial<ShareMakings>): ShareMakings => ({
  ...{ of: "share", grossMinor: null, platformPpm: null, adjustmentMinor: null },
  ...{ per: null, count: null, taxableMinor: null },
  ...given,
});
const units = (given: Partial<UnitMakings>): UnitMakings => ({
  ...{ of: "units", units: null, unitPrice: null, platformPpm: null, taxableMinor: null },
  ...given,
});
const orders = (given: Partial<OrderMakings>): OrderMakings => ({
  ...{ of: "orders", clicks: null, orders: null, valueMinor: null, refundedMinor: null, ratePpm: null },
  ...{ adsValueMinor: null, adsRefundedMinor: null, adsRatePpm: null, taxableMinor: null },
  ...given,
});

describe("from gross to credited", () => {
  test("watch-page ads: 200.00 gross, 45 % kept by the platform, a claim of 14.00: 200 - 90 - 14 = 96.00", () => {
    const makings = share({ grossMinor: 20_000n, platformPpm: 450_000, adjustmentMinor: -1_400n });
    expect(ladderOf(makings, USD)).toEqual({
      ...{ gross: 20_000n, platform: -9_000n, adjustment: -1_400n, refunded: 0n, gives: 9_600n },
    });
    expect(misfitOf(makings, 9_600n, USD)).toBeNull();
    expect(misfitOf(makings, 9_500n, USD)).toEqual({ gives: 9_600n, off: 100n });
  });

  test("1,200 super likes at 0.99 with 30 % kept: 1,188.00 - 356.40 = 831.60", () => {
    const makings = units({ units: 1_200, unitPrice: { units: 99n, scale: 2 }, platformPpm: 300_000 });
    expect(ladderOf(makings, USD)).toMatchObject({ gross: 118_800n, platform: -35_640n, gives: 83_160n });
  });

  test("a diamond at half a cent: 2,501 x 0.005 = 12.505, half to even 12.50; without a share nothing is given", () => {
    const makings = units({ units: 2_501, unitPrice: { units: 5n, scale: 3 } });
    expect(ladderOf(makings, USD)).toMatchObject({ gross: 1_250n, platform: null, gives: null });
    expect(misfitOf(makings, 1n, USD), "no share, no opinion").toBeNull();
  });

  test("shop: (1,000 - 100 refunded) x 15 % + 200 by ads x 8 % = 135 + 16 = 151.00, the refunds having cost 15.00", () => {
    const makings = orders({
      ...{ orders: 40, valueMinor: 100_000n, refundedMinor: 10_000n, ratePpm: 150_000 },
      ...{ adsValueMinor: 20_000n, adsRatePpm: 80_000 },
    });
    expect(ladderOf(makings, USD)).toMatchObject({ gross: 16_600n, refunded: -1_500n, gives: 15_100n });
  });

  test("orders are rounded one by one: 40 of them may be 20 cents off, 21 are asked about", () => {
    const makings = orders({ orders: 40, valueMinor: 100_000n, ratePpm: 150_000 });
    expect(misfitOf(makings, 14_980n, USD)).toBeNull();
    expect(misfitOf(makings, 14_979n, USD)).toEqual({ gives: 15_000n, off: 21n });
  });

  test("a value without its rate says nothing, even beside a part that is whole", () => {
    expect(ladderOf(orders({ valueMinor: 100n }), USD)).toBeNull();
    expect(
      ladderOf(orders({ valueMinor: 100n, ratePpm: 1, adsValueMinor: 5n, adsRatePpm: null }), USD),
    ).toBeNull();
    expect(ladderOf(orders({ clicks: 3 }), USD)).toBeNull();
  });

  test("withheld: 15 % of 100.00 takes 15.00, whatever its sign in the ledger", () => {
    const makings: Makings = { of: "withheld", taxableMinor: 10_000n, ratePpm: 150_000, rule: "US" };
    expect(misfitOf(makings, -1_500n, USD)).toBeNull();
    expect(misfitOf(makings, -1_400n, USD)).toEqual({ gives: -1_500n, off: -100n });
  });

  test("in yen there are no cents: 3 x 0.5 = 1.5, half to even 2", () => {
    expect(ladderOf(units({ units: 3, unitPrice: { units: 5n, scale: 1 } }), JPY)?.gross).toBe(2n);
  });
});

describe("the platform's cut", () => {
  test("is derived from what was bought and what came: 1 - 18.00 / 100.00 = 82 %", () => {
    expect(cutOf(10_000n, 1_800n)).toBe(820_000);
  });

  test("is unknown without a gross, and negative when more came than was bought", () => {
    expect(cutOf(0n, 5n)).toBeNull();
    expect(cutOf(100n, 110n)).toBe(-100_000);
  });
});

describe("a gift's worth by convention", () => {
  test("5,000 coins / 2 = 2,500 diamonds / 200 = 12.50 dollars, flagged as not official", () => {
    expect(worthOfCoins(5_000n)).toBe(1_250n);
    expect(CONVENTION_WORDS).toBe("convention, not official");
  });

  test("is another under a rule of its own: 5,000 / 1 / 100 = 50.00; what is no such rule is none", () => {
    const rule = readConvention({ coinsPerUnit: 1, unitsPerMoney: 100, currency: "EUR" });
    expect(rule && worthOfCoins(5_000n, rule)).toBe(5_000n);
    for (const body of [{}, { coinsPerUnit: 0, unitsPerMoney: 1, currency: "USD" }, { currency: "USD" }])
      expect(readConvention(body)).toBeNull();
  });
});

test("same video, same money: 20.00 on 70,000 views of which 30,000 qualified is 0.286 and 0.667, both by name", () => {
  expect(rpmByName(2_000n, { views: 70_000, qualified_views: 30_000, engaged_views: null }, USD)).toEqual([
    { per: "views", rate: "0.286" },
    { per: "qualified_views", rate: "0.667" },
  ]);
});

const minor = fc.bigInt({ min: 0n, max: 10n ** 12n });
const ppm = fc.integer({ min: 0, max: 1_000_000 });
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null });
const anyMakings: fc.Arbitrary<Makings> = fc.oneof(
  fc.record({
    of: fc.constant("share" as const),
    grossMinor: maybe(minor),
    platformPpm: maybe(ppm),
    adjustmentMinor: maybe(fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n })),
    per: maybe(fc.constant("qualified_views" as const)),
    count: maybe(fc.nat()),
    taxableMinor: maybe(minor),
  }),
  fc.record({
    of: fc.constant("units" as const),
    units: maybe(fc.nat()),
    unitPrice: maybe(
      fc.record({ units: fc.bigInt({ min: 0n, max: 10n ** 9n }), scale: fc.integer({ min: 0, max: 6 }) }),
    ),
    platformPpm: maybe(ppm),
    taxableMinor: maybe(minor),
  }),
  fc.record({
    of: fc.constant("orders" as const),
    clicks: maybe(fc.nat()),
    orders: maybe(fc.nat()),
    valueMinor: maybe(minor),
    refundedMinor: maybe(minor),
    ratePpm: maybe(ppm),
    adsValueMinor: maybe(minor),
    adsRefundedMinor: maybe(minor),
    adsRatePpm: maybe(ppm),
    taxableMinor: maybe(minor),
  }),
  fc.record({
    of: fc.constant("withheld" as const),
    taxableMinor: maybe(minor),
    ratePpm: maybe(ppm),
    rule: maybe(fc.string()),
  }),
);

describe("whatever was typed", () => {
  test("the steps of a ladder sum to what it gives, and fit it to the minor unit", () => {
    fc.assert(
      fc.property(anyMakings, (makings) => {
        const ladder = ladderOf(makings, USD);
        if (!ladder || ladder.gives === null) return;
        const { gross, platform, adjustment, refunded, gives } = ladder;
        expect(gross + (platform ?? 0n) + adjustment + refunded).toBe(gives);
        expect(misfitOf(makings, gives, USD)).toBeNull();
      }),
    );
  });

  test("is read back from its JSON as it was, and nothing at all is kept as none", () => {
    fc.assert(
      fc.property(anyMakings, (makings) => {
        const kept = packMakings(makings, USD);
        const isBlank = Object.values(makings).filter((value) => value !== null).length === 1;
        if (isBlank) expect(kept).toBeNull();
        else expect(readMakings(JSON.parse(JSON.stringify(kept)))).toEqual(makings);
      }),
    );
  });

  test("JSON of somebody else's is none of ours, and never throws", () => {
    fc.assert(fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (json) => void readMakings(json)));
    expect(readMakings({ of: "share", grossMinor: 5, platformPpm: -1 })).toEqual(share({}));
    expect(readMakings({ of: "magic" })).toBeNull();
  });

  test("a share of an amount is never more than a half off, and all of it is the amount", () => {
    fc.assert(
      fc.property(minor, ppm, (amount, share) => {
        const twice = 2n * (partOf(amount, share) * 1_000_000n - amount * BigInt(share));
        expect(twice <= 1_000_000n && twice >= -1_000_000n).toBe(true);
        expect(partOf(amount, 1_000_000)).toBe(amount);
      }),
    );
  });
});

test("every stream's earning has makings of one sort, its withheld tax of its own, a fee none", () => {
  for (const stream of STREAMS) {
    expect(makingsSortOf(stream, "earning")).toMatch(/share|units|orders/);
    expect(makingsSortOf(stream, "withheld")).toBe("withheld");
    expect(makingsSortOf(stream, "fee")).toBeNull();
  }
});
