import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { commissionOn, type ProductRate, rateOn, readProductRate } from "../../lib/model/commission";
import { addDays, dayOf } from "../../lib/model/month";

const day = dayOf;
const rate = (fromDay: string, percent: number, adsPercent: number | null = null): ProductRate => ({
  ...{ fromDay: day(fromDay), ratePpm: percent * 10_000, lockDays: 30 },
  adsRatePpm: adsPercent === null ? null : adsPercent * 10_000,
});

describe("a product's rate that falls from 15 to 12 % on 1 March", () => {
  const rates = [rate("2026-01-01", 15, 8), rate("2026-03-01", 12, 6)];
  const old = { promotedSince: day("2026-02-01") };
  const fresh = { promotedSince: day("2026-03-01") };

  test("who promoted it before keeps 15 % for 30 days, to 30 March; a new promoter gets 12 % at once", () => {
    expect(rateOn(rates, day("2026-02-28"), old)).toBe(150_000);
    expect(rateOn(rates, day("2026-03-01"), old)).toBe(150_000);
    expect(rateOn(rates, day("2026-03-30"), old)).toBe(150_000);
    expect(rateOn(rates, day("2026-03-31"), old)).toBe(120_000);
    expect(rateOn(rates, day("2026-03-01"), fresh)).toBe(120_000);
    expect(rateOn(rates, day("2026-03-01"), { promotedSince: null })).toBe(120_000);
  });

  test("an order by ads pays the ads' rate, without a lock: 8 % in February, 6 % from 1 March", () => {
    expect(rateOn(rates, day("2026-02-28"), { ...old, isByAds: true })).toBe(80_000);
    expect(rateOn(rates, day("2026-03-01"), { ...old, isByAds: true })).toBe(60_000);
  });

  test("before its first day there is none", () => {
    expect(rateOn(rates, day("2025-12-31"), old)).toBeNull();
  });
});

test("a rise applies at once, to everybody, also while an older rate is locked", () => {
  const rates = [rate("2026-01-01", 15), rate("2026-03-01", 12), rate("2026-03-10", 20)];
  expect(rateOn(rates, day("2026-03-09"), { promotedSince: day("2026-02-01") })).toBe(150_000);
  expect(rateOn(rates, day("2026-03-10"), { promotedSince: day("2026-02-01") })).toBe(200_000);
});

test("of two cuts each leaves its own lock: 15 until 30 March, then 12 until 8 April, then 10", () => {
  const rates = [rate("2026-01-01", 15), rate("2026-03-01", 12), rate("2026-03-10", 10)];
  const since = { promotedSince: day("2026-02-01") };
  expect(rateOn(rates, day("2026-03-30"), since)).toBe(150_000);
  expect(rateOn(rates, day("2026-03-31"), since)).toBe(120_000);
  expect(rateOn(rates, day("2026-04-08"), since)).toBe(120_000);
  expect(rateOn(rates, day("2026-04-09"), since)).toBe(100_000);
});

test("who promotes already never gets less than who begins today", () => {
  const rates = fc.array(fc.record({ at: fc.nat(200), percent: fc.integer({ min: 1, max: 80 }) }), {
    minLength: 1,
    maxLength: 6,
  });
  fc.assert(
    fc.property(rates, fc.nat(260), fc.nat(200), (steps, at, since) => {
      const start = day("2026-01-01");
      const days = new Map(steps.map((step) => [step.at, step.percent]));
      const all = [...days].map(([at, percent]) => rate(addDays(start, at), percent));
      const order = addDays(start, at);
      const mine = rateOn(all, order, { promotedSince: addDays(start, Math.min(since, at)) });
      const theirs = rateOn(all, order, { promotedSince: order });
      if (theirs !== null) expect(mine).toBeGreaterThanOrEqual(theirs);
    }),
  );
});

describe("the commission on an order of 80.00 at 15 %", () => {
  const order = { valueMinor: 8_000n, ratePpm: 150_000 };

  test("is 12.00; with 20.00 refunded 60 x 15 % = 9.00; refunded in full it is void", () => {
    expect(commissionOn({ ...order, refundedMinor: 0n })).toBe(1_200n);
    expect(commissionOn({ ...order, refundedMinor: 2_000n })).toBe(900n);
    expect(commissionOn({ ...order, refundedMinor: 8_000n })).toBe(0n);
  });
});

test("a rule is read with 30 days of lock where it names none; what is no rate is none", () => {
  expect(readProductRate(day("2026-01-01"), { ratePpm: 5 })).toEqual({
    ...{ fromDay: "2026-01-01", ratePpm: 5, adsRatePpm: null, lockDays: 30 },
  });
  for (const body of [{}, { ratePpm: "15" }, { ratePpm: 1_000_001 }, { ratePpm: 5, lockDays: -1 }])
    expect(readProductRate(day("2026-01-01"), body)).toBeNull();
});
