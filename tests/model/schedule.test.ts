import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { currencyOf } from "../../lib/model/money";
import { addDays, type Day, dayOf, monthOf } from "../../lib/model/month";
import { daysAfter, dealDueOn, type Owed, type ScheduleInput, scheduleOf } from "../../lib/model/schedule";
import { PAYMENT_RULES, paymentRulesWith, timingOf } from "../../lib/model/schedule-rules";
import { USD } from "./stories";

const EUR = currencyOf("EUR");
const TODAY = dayOf("2026-03-10");

function owed(given: Partial<Owed> = {}): Owed {
  return {
    chainId: "a",
    channelId: "c",
    channelName: "Mira cooks",
    platform: "youtube",
    stream: "ads",
    fromDay: dayOf("2026-02-01"),
    toDay: dayOf("2026-02-28"),
    currency: USD,
    dueMinor: 150_00n,
    receivedMinor: 0n,
    receivedOn: null,
    state: "estimated",
    settledOn: null,
    dueOn: null,
    ...given,
  };
}

function schedule(payouts: readonly Owed[], given: Partial<ScheduleInput> = {}) {
  return scheduleOf({
    today: TODAY,
    rules: PAYMENT_RULES,
    payouts,
    deals: [],
    perUsd: { EUR: "0.5" },
    keepsReceipts: true,
    ...given,
  });
}
const month = (name: string, dueMinor: bigint, given: Partial<Owed> = {}): Owed =>
  owed({
    ...{ chainId: name, fromDay: dayOf(`${name}-01`), toDay: dayOf(`${name}-28`), dueMinor, state: "final" },
    ...given,
  });

describe("YouTube: final on the 7th to 12th, paid on the 21st to 26th of the next month, from 100 USD", () => {
  const on = (today: string) => schedule([owed()], { today: dayOf(today) })[0]!;

  test("February's money is accrued until 12 March, final until 20, expected until 26, late from the 27th", () => {
    const states = ["2026-02-28", "2026-03-01", "2026-03-12", "2026-03-13", "2026-03-20", "2026-03-21"].map(
      (today) => on(today).state,
    );
    expect(states).toEqual(["accruing", "accrued", "accrued", "final", "final", "expected"]);
    expect([on("2026-03-26").state, on("2026-03-27").state, on("2026-03-27").daysLate]).toEqual([
      ...["expected", "late", 1],
    ]);
    expect(on("2026-03-01")).toMatchObject({
      finalOn: { first: "2026-03-07", last: "2026-03-12" },
      expectedOn: { first: "2026-03-21", last: "2026-03-26" },
    });
  });

  test("60.00 in January and 39.99 in February wait below 100.00; with 40.00 both come in March", () => {
    const short = schedule([month("2026-01", 60_00n), month("2026-02", 39_99n)]);
    expect(short.map(({ state, balance }) => [state, balance?.minor])).toEqual([
      ["below_minimum", 99_99n],
      ["below_minimum", 99_99n],
    ]);
    const enough = schedule([month("2026-01", 60_00n), month("2026-02", 40_00n)]);
    expect(enough.map(({ state, expectedOn }) => [state, expectedOn?.first])).toEqual([
      ["final", "2026-03-21"],
      ["final", "2026-03-21"],
    ]);
  });

  test("60.00 of January and 50.00 so far in March, which still runs, make April's payment", () => {
    const dues = schedule([month("2026-01", 60_00n), month("2026-03", 50_00n)]);
    expect(dues.map(({ state, expectedOn }) => [state, expectedOn?.first])).toEqual([
      ["final", "2026-04-21"],
      ["accruing", "2026-04-21"],
    ]);
  });

  test("a rule of March that drops the minimum pays out what waited for it: 40.00 of February come with March's", () => {
    const timing = { kind: "monthly", final: null, paid: [21, 26] };
    const rules = paymentRulesWith([
      { subject: "youtube.monthly", fromDay: dayOf("2026-03-01"), body: { timing }, source: "" },
    ]);
    const dues = schedule([month("2026-02", 40_00n), month("2026-03", 1_00n)], { rules });
    expect(dues.map(({ state, expectedOn }) => [state, expectedOn?.first])).toEqual([
      ["final", "2026-04-21"],
      ["accruing", "2026-04-21"],
    ]);
  });

  test("what has arrived no longer waits: 60.00 that came leave 40.00 below", () => {
    const paid = month("2026-01", 60_00n, { receivedMinor: 60_00n, receivedOn: dayOf("2026-02-22") });
    const dues = schedule([paid, month("2026-02", 40_00n)]);
    expect(dues.map(({ state, openMinor }) => [state, openMinor])).toEqual([
      ["below_minimum", 40_00n],
      ["received", 0n],
    ]);
  });

  test("a part that came leaves the rest open: 150.00 less 30.00 is 120.00", () => {
    const [due] = schedule([owed({ receivedMinor: 30_00n, receivedOn: TODAY })]);
    expect([due!.openMinor, due!.dueMinor]).toEqual([120_00n, 150_00n]);
  });

  test("100 USD are 50 EUR at 0.5: 49.99 EUR wait, and in a currency without a rate nobody says below", () => {
    const state = (currency: Owed["currency"], minor: bigint) =>
      schedule([month("2026-02", minor, { currency })])[0]!.state;
    expect([state(EUR, 49_99n), state(EUR, 50_00n)]).toEqual(["below_minimum", "final"]);
    expect(state(currencyOf("SEK"), 1n)).toBe("final");
  });

  test("without one logged receipt nothing is called late: it may have come unnoticed", () => {
    const [due] = schedule([owed()], { today: dayOf("2026-06-01"), keepsReceipts: false });
    expect([due!.state, due!.daysLate]).toEqual(["expected", 0]);
  });
});

describe("TikTok's 50 or 100 USD: the sources disagree", () => {
  const rewards = (minor: bigint, today = "2026-03-20") =>
    schedule([month("2026-02", minor, { platform: "tiktok", stream: "rewards" })], {
      today: dayOf(today),
    })[0]!;

  test("49.99 wait, 50.00 are expected on the 15th but never late, 100.00 are late on the 16th", () => {
    expect([rewards(49_99n).state, rewards(50_00n).state, rewards(100_00n).state]).toEqual([
      ...["below_minimum", "expected", "late"],
    ]);
    expect(rewards(100_00n)).toMatchObject({
      expectedOn: { first: "2026-03-15", last: "2026-03-15" },
      daysLate: 5,
    });
    expect(rewards(60_00n).balance?.minimums.map(({ minor }) => minor)).toEqual([50_00n, 100_00n]);
  });

  test("gifts come when they are asked for, a Shop order 15 days after 28 February is 15 March", () => {
    const gift = schedule([month("2026-02", 60_00n, { platform: "tiktok", stream: "gift" })])[0]!;
    const shop = schedule([month("2026-02", 1n, { platform: "tiktok", stream: "shop" })])[0]!;
    expect([gift.state, gift.expectedOn]).toEqual(["on_request", null]);
    expect([shop.state, shop.expectedOn?.first]).toEqual(["final", "2026-03-15"]);
  });
});

test("a rule of the creator's moves money earned from its day on, and none of before", () => {
  const rules = paymentRulesWith([
    {
      subject: "youtube.monthly",
      fromDay: dayOf("2026-02-01"),
      body: { timing: { kind: "monthly", final: null, paid: [5, 5] }, minimums: [] },
      source: "a letter",
    },
  ]);
  const dues = schedule([month("2026-01", 150_00n), month("2026-02", 1n)], {
    rules,
    today: dayOf("2026-02-25"),
  });
  expect(dues.map(({ id, expectedOn }) => [id, expectedOn?.first])).toEqual([
    ["payout:2026-01", "2026-02-21"],
    ["payout:2026-02", "2026-03-05"],
  ]);
  expect(timingOf({ kind: "monthly", paid: [9, 3] })).toBeNull();
  expect(paymentRulesWith([{ subject: "nothing", fromDay: TODAY, body: {}, source: "" }])).toBe(
    PAYMENT_RULES,
  );
});

describe("a deal", () => {
  const deal = {
    ...{ dealId: "d", brand: "Lumo", platform: null, currency: USD, feeMinor: 1_000_00n },
    ...{ expectedOn: dayOf("2026-01-31"), invoicedOn: dayOf("2026-02-01"), termsDays: 30 },
    state: "invoiced",
  } as const;

  test("invoiced on 1 February at net 30 is due on 3 March and 7 days late on the 10th", () => {
    expect(dealDueOn(deal)).toBe("2026-03-03");
    const [due] = schedule([], { deals: [deal] });
    expect(due).toMatchObject({ id: "deal:d", state: "late", daysLate: 7, openMinor: 1_000_00n });
  });

  test("that nobody invoiced is expected, and never late", () => {
    const [due] = schedule([], {
      deals: [{ ...deal, state: "delivered", invoicedOn: null, termsDays: null }],
    });
    expect(due).toMatchObject({ state: "expected", daysLate: 0, expectedOn: { first: "2026-01-31" } });
  });
});

test("the 31st of a short month is its last day", () => {
  expect(daysAfter(monthOf("2026-01"), [1, 31])).toEqual({ first: "2026-02-01", last: "2026-02-28" });
});

test("whatever is owed: each payment appears once, late ones first, open money is what has not come, and time only moves it on", () => {
  const payout = fc.record({
    days: fc.integer({ min: -200, max: 20 }),
    dueMinor: fc.bigInt({ min: -100n, max: 200_00n }),
    receivedMinor: fc.bigInt({ min: 0n, max: 200_00n }),
    place: fc.constantFrom(
      ...([
        ["youtube", "ads"],
        ["tiktok", "rewards"],
        ["tiktok", "gift"],
        ["instagram", "gift"],
        ["other", "other"],
      ] as const),
    ),
  });
  fc.assert(
    fc.property(fc.array(payout, { maxLength: 12 }), (list) => {
      const payouts = list.map(({ days, place: [platform, stream], ...money }, index) => {
        const toDay = addDays(TODAY, days);
        return owed({
          ...money,
          chainId: String(index),
          platform,
          stream,
          fromDay: addDays(toDay, -20),
          toDay,
        });
      });
      const dues = schedule(payouts);
      expect(dues.map(({ id }) => id).sort()).toEqual(
        payouts.map(({ chainId }) => `payout:${chainId}`).sort(),
      );
      const late = dues.map(({ state }) => state === "late");
      expect(late.lastIndexOf(true)).toBeLessThan(late.includes(false) ? late.indexOf(false) : late.length);
      for (const due of dues) {
        const rest = payouts.find(({ chainId }) => `payout:${chainId}` === due.id)!;
        const open = rest.dueMinor - rest.receivedMinor;
        expect(due.openMinor).toBe(open > 0n ? open : 0n);
        expect(due.daysLate > 0).toBe(due.state === "late");
      }
      const later = schedule(payouts, { today: addDays(TODAY, 40) as Day });
      const stillLate = later.filter(({ state }) => state === "late").map(({ id }) => id);
      for (const { id, state } of dues) if (state === "late") expect(stillLate).toContain(id);
    }),
    { numRuns: 2_000, seed: 20261126 },
  );
});
