import fc from "fast-check";
import { expect, test } from "vitest";
import { fillOldestFirst } from "@/app/(app)/creators/[creatorId]/receipts/fill";

const open = [
  { chainId: "january", currency: "USD", openMinor: 10_000n },
  { chainId: "january-euro", currency: "EUR", openMinor: 5_000n },
  { chainId: "february", currency: "USD", openMinor: 2_550n },
  { chainId: "march", currency: "USD", openMinor: 7_000n },
];
const typed = { amount: "", fee: "", currency: "USD", rate: "" };
const fill = (change: Partial<typeof typed>) =>
  Object.fromEntries(fillOldestFirst(open, { ...typed, ...change }));

test("124.00 arrived + 1.50 fee = 125.50 pays January's 100.00 and all of February's 25.50", () => {
  expect(fill({ amount: "124.00", fee: "1.50" })).toEqual({ january: 10_000n, february: 2_550n });
});

test("130.00 = 100.00 + 25.50 + 4.50: the last payout is paid in part", () => {
  expect(fill({ amount: "130" })).toEqual({ january: 10_000n, february: 2_550n, march: 450n });
});

test("with the bank's rate, 47.50 USD at 0.95 USD for 1 EUR pay the euro payout's 50.00", () => {
  expect(fill({ amount: "47.50", rate: "0.95" })).toEqual({ "january-euro": 5_000n });
});

test.each([
  ["nothing typed yet", {}],
  ["an amount that can be read two ways", { amount: "1,234" }],
  ["money that did not arrive", { amount: "-5" }],
  ["a fee that cannot be read", { amount: "5", fee: "x" }],
  ["a rate that cannot be read", { amount: "5", rate: "x" }],
  ["a currency that is not known", { amount: "5", currency: "XXX" }],
])("%s fills in nothing", (_what, change) => {
  expect(fill(change)).toEqual({});
});

test("never hands out more than arrived, nor more than is open", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 5_000_000 }),
      fc.array(fc.bigInt({ min: 1n, max: 1_000_000n }), { maxLength: 20 }),
      (cents, amounts) => {
        const payouts = amounts.map((openMinor, index) => ({
          chainId: String(index),
          currency: "USD",
          openMinor,
        }));
        const filled = fillOldestFirst(payouts, { ...typed, amount: (cents / 100).toFixed(2) });
        const sum = [...filled.values()].reduce((a, b) => a + b, 0n);
        const all = amounts.reduce((a, b) => a + b, 0n);
        expect(sum).toBe(all < BigInt(cents) ? all : BigInt(cents));
        for (const payout of payouts)
          expect(filled.get(payout.chainId) ?? 0n).toBeLessThanOrEqual(payout.openMinor);
      },
    ),
  );
});
