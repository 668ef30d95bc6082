import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  bookings,
  type Commissioned,
  type CommissionTerm,
  divide,
  dueOf,
  type PercentTerm,
  termsFor,
} from "../../lib/model/commission-terms";
import { dayOf } from "../../lib/model/month";

const TERM = {
  kind: "percent",
  claim: "management",
  parties: ["Ana"],
  ppm: 200_000,
  base: "gross",
  split: "even",
  streams: null,
  dealId: null,
  fromDay: dayOf("2026-01-01"),
  toDay: null,
  sunsetUntil: null,
} satisfies PercentTerm;
const AGENCY = { ...TERM, claim: "agency", parties: ["Agency"], ppm: 100_000 } satisfies PercentTerm;

const PAYOUT: Commissioned = {
  stream: "sponsorship",
  dealId: null,
  earnedOn: dayOf("2026-03-31"),
  agreedOn: null,
  grossMinor: 100_000n,
  netMinor: 100_000n,
  currency: "USD",
};

const flat = (minor: bigint, currency = "USD"): CommissionTerm => {
  const { ppm: _ppm, base: _base, ...rest } = TERM;
  return { ...rest, kind: "flat", claim: "lawyer", parties: ["Lee & Co"], minor, currency };
};
const amounts = (terms: readonly CommissionTerm[], payout: Partial<Commissioned> = {}) =>
  divide(terms, { ...PAYOUT, ...payout }).shares.map(({ minor }) => minor);

describe("what each takes", () => {
  it("20% manager + 10% agency on 1,000.00 = 200.00 + 100.00, 700.00 left", () => {
    const { shares, creatorMinor } = divide([TERM, AGENCY], PAYOUT);
    expect(shares.map(({ party, minor }) => [party, minor])).toEqual([
      ["Ana", 20_000n],
      ["Agency", 10_000n],
    ]);
    expect(creatorMinor).toBe(70_000n);
  });

  it("10% split evenly between two = 5% each; in full each = 10% each", () => {
    const two = { ...AGENCY, parties: ["Ana", "Ben"] };
    expect(amounts([two])).toEqual([5_000n, 5_000n]);
    expect(amounts([{ ...two, split: "full" }])).toEqual([10_000n, 10_000n]);
  });

  it("an odd cent of an even split goes to the first: 10% of 10.10 = 1.01 = 0.51 + 0.50", () => {
    expect(amounts([{ ...AGENCY, parties: ["Ana", "Ben"] }], { grossMinor: 1_010n })).toEqual([51n, 50n]);
  });

  it("gross against net: 20% of 1,000.00 or of the 850.00 that fees and tax leave = 200.00 or 170.00", () => {
    const payout = { netMinor: 85_000n };
    expect(amounts([TERM], payout)).toEqual([20_000n]);
    expect(amounts([{ ...TERM, base: "net" }], payout)).toEqual([17_000n]);
    expect(divide([TERM], { ...PAYOUT, ...payout }).creatorMinor).toBe(65_000n);
  });

  it("a lawyer's flat 150.00 stands beside the percentages, in its own currency only", () => {
    expect(amounts([TERM, flat(15_000n)])).toEqual([20_000n, 15_000n]);
    expect(amounts([TERM, flat(15_000n, "EUR")])).toEqual([20_000n, 0n]);
  });

  it("claims of more than there is are cut in proportion, and the creator is never left owing", () => {
    const { shares, creatorMinor, isCut } = divide([flat(30_000n), TERM], {
      ...PAYOUT,
      netMinor: 25_000n,
    });
    // 300.00 + 200.00 claimed of 250.00
    expect(shares.map(({ minor }) => minor)).toEqual([15_000n, 10_000n]);
    expect([creatorMinor, isCut]).toEqual([0n, true]);
  });

  it("nobody to take it, or less than nothing to take, is a mistake and says so", () => {
    expect(() => divide([{ ...TERM, parties: [] }], PAYOUT)).toThrow(/names nobody/);
    expect(() => divide([{ ...TERM, ppm: -1 }], PAYOUT)).toThrow(/below 0/);
    expect(() => divide([flat(-1n)], PAYOUT)).toThrow(/below 0/);
  });
});

describe("which terms count", () => {
  const rates = (terms: readonly CommissionTerm[], payout: Partial<Commissioned> = {}) =>
    termsFor(terms, { ...PAYOUT, ...payout }).map((term) => term.kind === "percent" && term.ppm);

  it("new terms count from their day on, the old ones before it", () => {
    const lower = { ...TERM, ppm: 150_000, fromDay: dayOf("2026-04-01") };
    expect(rates([lower, TERM])).toEqual([200_000]);
    expect(rates([lower, TERM], { earnedOn: dayOf("2026-04-01") })).toEqual([150_000]);
    expect(rates([TERM], { earnedOn: dayOf("2025-12-31") })).toEqual([]);
  });

  it("a deal's own terms go before its stream's, those before the general ones, of the same claim only", () => {
    const ofStream = { ...TERM, ppm: 100_000, streams: ["sponsorship" as const] };
    const ofDeal = { ...TERM, ppm: 50_000, dealId: "deal" };
    expect(rates([TERM, ofStream, ofDeal, AGENCY], { dealId: "deal" })).toEqual([50_000, 100_000]);
    expect(rates([ofDeal, ofStream, TERM], { dealId: "other" })).toEqual([100_000]);
    expect(rates([ofDeal, ofStream, TERM], { stream: "ads" })).toEqual([200_000]);
  });

  it("after the end only what was agreed in the term counts, and only until the sunset", () => {
    const ended = { ...TERM, toDay: dayOf("2026-06-30"), sunsetUntil: dayOf("2026-12-31") };
    const earned = (earnedOn: string, agreedOn: string | null) =>
      rates([ended], { earnedOn: dayOf(earnedOn), agreedOn: agreedOn === null ? null : dayOf(agreedOn) })
        .length;
    expect(earned("2026-06-30", null)).toBe(1);
    expect(earned("2026-07-01", null)).toBe(0);
    expect(earned("2026-12-31", "2026-06-30")).toBe(1);
    expect(earned("2026-12-31", "2026-07-01")).toBe(0);
    expect(earned("2026-12-31", "2025-12-31")).toBe(0);
    expect(earned("2027-01-01", "2026-06-30")).toBe(0);
  });
});

describe("due and taken back", () => {
  it("half of 1,000.00 paid makes half of 200.00 due, all of it with the rest", () => {
    const due = (paidMinor: bigint) => dueOf(20_000n, { paidMinor, netMinor: 100_000n });
    expect([0n, 50_000n, 100_000n, 120_000n].map(due)).toEqual([0n, 10_000n, 20_000n, 20_000n]);
  });

  it("a refund of 400.00 of 1,000.00 takes back 80.00 of 200.00, the rest of the refund the other 120.00", () => {
    const owed = (left: bigint) => divide([TERM], { ...PAYOUT, grossMinor: left, netMinor: left }).shares;
    const change = (from: bigint, to: bigint) => bookings(owed(from), owed(to)).map(({ minor }) => minor);
    expect(change(100_000n, 60_000n)).toEqual([-8_000n]);
    expect(change(60_000n, 0n)).toEqual([-12_000n]);
    expect(change(60_000n, 60_000n)).toEqual([]);
  });
});

describe("whatever the terms", () => {
  const party = fc.constantFrom("Ana", "Ben", "Agency", "Lee & Co");
  const common = {
    claim: fc.constantFrom("management", "agency", "lawyer"),
    parties: fc.uniqueArray(party, { minLength: 1 }),
    split: fc.constantFrom("even" as const, "full" as const),
    streams: fc.constantFrom(null, ["sponsorship" as const], ["ads" as const]),
    dealId: fc.constantFrom(null, "deal"),
    fromDay: fc.constantFrom(dayOf("2025-06-01"), dayOf("2026-03-31"), dayOf("2026-04-01")),
    toDay: fc.constant(null),
    sunsetUntil: fc.constant(null),
  };
  const term: fc.Arbitrary<CommissionTerm> = fc.oneof(
    fc.record({
      ...common,
      kind: fc.constant("percent" as const),
      ppm: fc.integer({ min: 0, max: 1_000_000 }),
      base: fc.constantFrom("gross" as const, "net" as const),
    }),
    fc.record({
      ...common,
      kind: fc.constant("flat" as const),
      minor: fc.bigInt({ min: 0n, max: 1_000_000n }),
      currency: fc.constantFrom("USD", "EUR"),
    }),
  );
  const terms = fc.array(term, { maxLength: 6 });
  const payout = fc
    .record({
      net: fc.bigInt({ min: -1_000_000n, max: 1_000_000n }),
      fees: fc.bigInt({ min: 0n, max: 100_000n }),
    })
    .map(
      ({ net, fees }): Commissioned => ({ ...PAYOUT, dealId: "deal", netMinor: net, grossMinor: net + fees }),
    );
  const total = (shares: readonly { minor: bigint }[]) => shares.reduce((sum, { minor }) => sum + minor, 0n);

  it("shares and the creator's rest are the net to the cent, and nobody's share is below 0", () => {
    fc.assert(
      fc.property(terms, payout, (agreed, of) => {
        const { shares, creatorMinor } = divide(agreed, of);
        expect(total(shares) + creatorMinor).toBe(of.netMinor);
        expect(shares.every(({ minor }) => minor >= 0n)).toBe(true);
        if (of.netMinor >= 0n) expect(creatorMinor >= 0n).toBe(true);
      }),
    );
  });

  it("bookings from one state to the next add up to the last, and back to nothing with a full refund", () => {
    fc.assert(
      fc.property(terms, fc.array(payout, { minLength: 1, maxLength: 5 }), (agreed, states) => {
        let before: ReturnType<typeof divide>["shares"] = [];
        let booked = 0n;
        for (const state of [...states, { ...PAYOUT, dealId: "deal", grossMinor: 0n, netMinor: 0n }]) {
          const { shares } = divide(agreed, state);
          booked += total(bookings(before, shares));
          expect(booked).toBe(total(shares));
          before = shares;
        }
        expect(booked).toBe(0n);
      }),
    );
  });

  it("what is due never shrinks with a further payment, and never passes the share", () => {
    const amount = fc.bigInt({ min: 0n, max: 1_000_000n });
    fc.assert(
      fc.property(amount, amount, amount, amount, (share, net, paid, more) => {
        const first = dueOf(share, { paidMinor: paid, netMinor: net });
        const then = dueOf(share, { paidMinor: paid + more, netMinor: net });
        expect(first <= then && then <= share).toBe(true);
      }),
    );
  });
});
