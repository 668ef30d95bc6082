import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type Dated,
  type DealPayout,
  daysLate,
  dealMoney,
  dealRate,
  dueDayOf,
  type Extra,
  feeParts,
  nextStepOf,
  standingOf,
} from "../../lib/model/deal";
import { currencyOf } from "../../lib/model/money";
import { dayOf } from "../../lib/model/month";

const USD = currencyOf("USD");
const deal = (given: Partial<Dated> = {}): Dated => ({
  state: "invoiced",
  expectedOn: dayOf("2026-03-31"),
  invoicedOn: dayOf("2026-03-01"),
  termsDays: 30,
  ...given,
});
const FEE = { feeMinor: 100_000n, currency: "USD" };
const payout = (minor: bigint, paidMinor: bigint, given: Partial<DealPayout> = {}): DealPayout => ({
  ...{ minor, currency: "USD", dueMinor: minor, paidMinor },
  ...given,
});

describe("what a fee is made of", () => {
  test("1,000.00 with 250.00 for usage and 300.00 for exclusivity is 450.00 for the content", () => {
    const extras: Extra[] = [
      { what: "usage", minor: 25_000n, days: 90 },
      { what: "exclusivity", minor: 30_000n, days: null },
    ];
    expect(feeParts(100_000n, extras).contentMinor).toBe(45_000n);
  });

  test("whatever the parts, they add up to the fee to the cent, or are refused", () => {
    const amount = fc.bigInt({ min: 0n, max: 10n ** 15n });
    fc.assert(
      fc.property(amount, fc.array(amount, { maxLength: 4 }), (fee, parts) => {
        const extras = parts.map((minor): Extra => ({ what: "rush", minor, days: null }));
        const sum = parts.reduce((a, b) => a + b, 0n);
        if (sum > fee) expect(() => feeParts(fee, extras)).toThrow(RangeError);
        else expect(feeParts(fee, extras).contentMinor + sum).toBe(fee);
      }),
    );
  });
});

describe("when a deal is late", () => {
  test("an invoice of 2026-03-01 at net 30 is due on 2026-03-31, late by 1 day on 2026-04-01", () => {
    expect(dueDayOf(deal())).toBe("2026-03-31");
    expect(daysLate(deal(), dayOf("2026-03-31"))).toBe(0);
    expect(daysLate(deal(), dayOf("2026-04-01"))).toBe(1);
  });

  test("net 60 across a leap day: 2028-01-15 + 60 days = 2028-03-15", () => {
    expect(dueDayOf(deal({ invoicedOn: dayOf("2028-01-15"), termsDays: 60 }))).toBe("2028-03-15");
  });

  test("an invoice without terms is due on the day it is expected; what is not invoiced is never late", () => {
    expect(dueDayOf(deal({ termsDays: null }))).toBe("2026-03-31");
    expect(dueDayOf(deal({ invoicedOn: null, termsDays: null, state: "agreed" }))).toBeNull();
    for (const state of ["pitched", "agreed", "delivered", "paid", "lost"] as const)
      expect(daysLate(deal({ state }), dayOf("2030-01-01")), state).toBe(0);
  });

  test("late from the first day after it is due, by 10 and 40 days on 2026-04-10, until its money has come", () => {
    const today = dayOf("2026-04-10");
    const open = { isCovered: false };
    expect(daysLate(deal(), today)).toBe(10);
    expect(daysLate(deal({ invoicedOn: dayOf("2026-01-30") }), today)).toBe(40);
    expect(standingOf(deal(), open, today)).toBe("late");
    expect(standingOf(deal(), open, dayOf("2026-03-31"))).toBe("invoiced");
    expect(standingOf(deal({ termsDays: 90 }), open, today)).toBe("invoiced");
    expect(standingOf(deal(), { isCovered: true }, today)).toBe("paid");
  });
});

describe("a deal's state follows the money", () => {
  test("1,000.00 in two payouts of 500.00: open 500.00 after the first arrived, paid after the second", () => {
    const first = payout(50_000n, 50_000n);
    expect(dealMoney(FEE, [first])).toEqual({
      ...{ payouts: 1, loggedMinor: 50_000n, openMinor: 50_000n, isCovered: false },
    });
    expect(dealMoney(FEE, [first, payout(50_000n, 0n)]).isCovered).toBe(false);
    expect(dealMoney(FEE, [first, payout(50_000n, 50_000n)])).toMatchObject({
      openMinor: 0n,
      isCovered: true,
    });
  });

  test("tax withheld never arrives: 1,000.00 - 150.00 = 850.00 received is paid in full", () => {
    const money = dealMoney(FEE, [payout(100_000n, 85_000n, { dueMinor: 85_000n })]);
    expect(money).toMatchObject({ openMinor: 0n, isCovered: true });
  });

  test("a payout in another currency covers the fee once it has arrived, and not before", () => {
    expect(dealMoney(FEE, [payout(92_000n, 0n, { currency: "EUR" })])).toMatchObject({
      ...{ isCovered: false, openMinor: 100_000n },
    });
    expect(dealMoney(FEE, [payout(92_000n, 92_000n, { currency: "EUR" })]).isCovered).toBe(true);
  });

  test("without a payout nothing is covered, not even a fee of 0", () => {
    expect(dealMoney({ feeMinor: 0n, currency: "USD" }, []).isCovered).toBe(false);
  });

  test("what is open is never below 0 nor above the fee, whatever was paid", () => {
    const amount = fc.bigInt({ min: 0n, max: 10n ** 12n });
    fc.assert(
      fc.property(amount, fc.array(fc.tuple(amount, amount), { maxLength: 5 }), (feeMinor, paid) => {
        const money = dealMoney(
          { feeMinor, currency: "USD" },
          paid.map(([minor, received]) => payout(minor, received)),
        );
        expect(money.openMinor >= 0n && money.openMinor <= feeMinor).toBe(true);
        if (money.isCovered) expect(money.openMinor).toBe(0n);
      }),
    );
  });

  test("covered is paid, due is late, lost stays lost", () => {
    const [open, covered] = [{ isCovered: false }, { isCovered: true }];
    const today = dayOf("2026-05-01");
    expect(standingOf(deal(), open, today)).toBe("late");
    expect(standingOf(deal(), covered, today)).toBe("paid");
    expect(standingOf(deal({ state: "agreed" }), open, today)).toBe("agreed");
    expect(standingOf(deal({ state: "lost" }), covered, today)).toBe("lost");
  });
});

describe("the next thing to do", () => {
  const money = dealMoney(FEE, []);
  const today = dayOf("2026-03-10");
  const promised = { id: "1", what: "Video", dueOn: dayOf("2026-03-20"), deliveredOn: null, videoId: null };
  const next = (given: Partial<Dated>, deliverables: Parameters<typeof nextStepOf>[0]["deliverables"] = []) =>
    nextStepOf({ ...deal(given), deliverables }, money, today);

  test("follows the state, with the deliverable that is due first", () => {
    const story = { ...promised, id: "2", what: "Story", dueOn: dayOf("2026-03-15") };
    expect(next({ state: "agreed" }, [promised, story])).toEqual({
      ...{ what: "deliver", item: "Story", on: "2026-03-15" },
    });
    expect(next({ state: "agreed" }, [{ ...promised, deliveredOn: today }])?.what).toBe("close");
    expect(next({ state: "delivered" })).toMatchObject({ what: "invoice", on: today });
    expect(next({})).toMatchObject({ what: "wait", on: "2026-03-31" });
    expect(next({ invoicedOn: dayOf("2026-01-01") })).toMatchObject({ what: "remind", on: "2026-01-31" });
    expect(next({ state: "lost" })).toBeNull();
  });

  test("money that arrived asks to be booked; a deal called paid asks for its receipt", () => {
    const covered = dealMoney(FEE, [payout(100_000n, 100_000n)]);
    expect(nextStepOf({ ...deal(), deliverables: [] }, covered, today)?.what).toBe("book");
    expect(nextStepOf({ ...deal({ state: "paid" }), deliverables: [] }, money, today)?.what).toBe("receive");
    expect(nextStepOf({ ...deal({ state: "paid" }), deliverables: [] }, covered, today)).toBeNull();
  });
});

describe("what 1,000 views cost the brand", () => {
  test("1,000.00 for 50,000 promised is 20.00; of 80,000 drawn 12.50; unknown is unknown, never 0", () => {
    const agreed = { feeMinor: 100_000n, currency: USD, promisedViews: 50_000 };
    expect(dealRate(agreed, { toDate: 80_000, after30Days: null })).toEqual({
      ...{ agreed: "20.00", toDate: "12.50", after30Days: null },
    });
  });
});
