import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { BENCHMARKS, type Benchmark, priorFor } from "../../lib/model/benchmarks";
import { currencyOf, exponentOf } from "../../lib/model/money";
import { NORMAL } from "../../lib/model/student-t";
import { findRowSlip, findUnitSlip, type SlipQuestion } from "../../lib/model/unit-slip";

const USD = currencyOf("USD");

/** A TikTok month with 1,000,000 views, 400,000 of them qualified: at 0.60 it earns $240. */
const REWARDS: Omit<SlipQuestion, "minor"> = {
  stream: "rewards",
  platform: "tiktok",
  format: "all",
  currency: USD,
  perUsd: 1,
  counts: { views: 1_000_000, qualified_views: 400_000 },
};
const asked = (minor: bigint, given: Partial<SlipQuestion> = {}) =>
  findUnitSlip({ ...REWARDS, ...given, minor });

describe("a payout in another unit", () => {
  test("240.00 on 400,000 qualified views is 0.60 per 1,000: nothing is asked", () => {
    expect(asked(24_000n)).toBeNull();
  });

  test("24,000.00 is 60 per 1,000, a hundred times 0.60: cents typed as dollars, 240.00 was meant", () => {
    expect(asked(2_400_000n)).toMatchObject({
      cause: "hundred",
      rate: 60,
      denominator: "qualified_views",
      from: "benchmark",
      suggestedMinor: 24_000n,
    });
  });

  test("240,000.00 is a thousand times too much, 2.40 a hundred times and 0.24 a thousand times too little", () => {
    expect(asked(24_000_000n)).toMatchObject({ cause: "thousand", suggestedMinor: 24_000n });
    expect(asked(240n, { counts: { qualified_views: 500_000 } })).toMatchObject({
      cause: "hundredth",
      suggestedMinor: 24_000n,
    });
    // 0.24 could be the rate per 1,000 too: 400,000 / 1,000 x 0.24 = 96, but 240 lies nearer to what is usual.
    expect(asked(24n)).toMatchObject({ cause: "thousandth", suggestedMinor: 24_000n });
  });

  test("0.60 as the amount of 400,000 qualified views is the rate: 0.60 x 400 = 240", () => {
    expect(asked(60n)).toMatchObject({ cause: "rate", suggestedMinor: 24_000n });
  });

  test("240.00 on 1,000 qualified of 1,000,000 views: the amount is ordinary, the count is not", () => {
    expect(asked(24_000n, { counts: { views: 1_000_000, qualified_views: 1000 } })).toMatchObject({
      cause: "denominator",
      suggestedMinor: null,
    });
  });

  test("7,000.00 on 1,000,000 views is 7.00 per 1,000 views: an advertiser's CPM, which nobody is paid", () => {
    expect(asked(700_000n)).toMatchObject({ cause: "cpm", suggestedMinor: null });
  });

  test("in yen at 150 the same slip is found, though yen have no cents: 3,600,000 instead of 36,000", () => {
    const yen = { currency: currencyOf("JPY"), perUsd: 150 };
    expect(asked(36_000n, yen)).toBeNull();
    expect(asked(3_600_000n, yen)).toMatchObject({ cause: "hundred", suggestedMinor: 36_000n });
  });

  test("without qualified views, 0.4 of the views are taken: 1,000,000 views are 400,000", () => {
    const given = { counts: { views: 1_000_000, qualified_views: null } };
    expect(asked(2_400_000n, given)).toMatchObject({ rate: 60, suggestedMinor: 24_000n });
  });

  test("nothing is asked where nothing is known: no views, few views, a stream without a published rate, no rate", () => {
    expect(asked(2_400_000n, { counts: {} })).toBeNull();
    expect(asked(2_400_000n, { counts: { qualified_views: 999 } })).toBeNull();
    expect(asked(2_400_000n, { stream: "shop" })).toBeNull();
    expect(asked(2_400_000n, { stream: "sponsorship" })).toBeNull();
    expect(asked(2_400_000n, { perUsd: null })).toBeNull();
    expect(asked(0n)).toBeNull();
    expect(asked(-2_400_000n)).toBeNull();
  });

  test("many small payouts of one month make an ordinary one: 30 of 8.00 are not too small", () => {
    expect(asked(400n)).not.toBeNull();
    expect(asked(400n, { alreadyMinor: 23_200n })).toBeNull();
    expect(asked(2_400_000n, { alreadyMinor: 23_200n })).not.toBeNull();
  });

  test("three months of her own say better what is usual: at 20.00 per 1,000 she is asked about 0.60, not about 20", () => {
    const own = [18, 20, 22].map((rate) => ({
      minor: BigInt(rate * 40_000),
      counts: { qualified_views: 400_000 },
    }));
    expect(asked(800_000n)).not.toBeNull();
    expect(asked(800_000n, { own })).toBeNull();
    expect(asked(24_000n, { own })).toMatchObject({ from: "own", rate: 0.6 });
    expect(asked(8_000n, { own })).toMatchObject({ cause: "hundredth", suggestedMinor: 800_000n });
    expect(asked(800_000n, { own: own.slice(1) })).toMatchObject({ from: "benchmark" });
  });

  test("her own months also tell for a shop, and in a currency without a rate", () => {
    const own = [18, 20, 22].map((rate) => ({ minor: BigInt(rate * 100_000), counts: { views: 1_000_000 } }));
    const shop = { stream: "shop", perUsd: null, own } as const;
    expect(asked(2_000_000n, shop)).toBeNull();
    expect(asked(200_000_000n, shop)).toMatchObject({ cause: "hundred", suggestedMinor: 2_000_000n });
  });
});

/** Streams with a published rate, on counts from a small channel to a huge one. */
const published = BENCHMARKS.filter(({ grade }) => grade !== "judgement");
const payout = (width: number) =>
  fc
    .record({
      row: fc.constantFrom(...published),
      count: fc.integer({ min: 100_000, max: 1_000_000_000 }),
      z: fc.double({ min: -width, max: width, noNaN: true }),
      perUsd: fc.constantFrom(1, 0.92, 150, 0.31),
      currency: fc.constantFrom("USD", "EUR", "JPY", "KWD"),
    })
    .map(({ row, count, z, perUsd, currency: code }): SlipQuestion => {
      const currency = currencyOf(code);
      const about = {
        stream: row.stream,
        platform: row.platform === "any" ? ("other" as const) : row.platform,
        format: row.format === "any" ? ("all" as const) : row.format,
        perUsd,
      };
      const { rate, tau, denominator } = priorFor(about);
      const major = ((rate * Math.exp(z * tau)) / 1000) * count;
      const minor = BigInt(Math.round(major * 10 ** exponentOf(currency)));
      return { ...about, currency, counts: { [denominator ?? "views"]: count }, minor };
    })
    .filter(({ minor }) => minor >= 1000n);

describe("whatever the platform, count and currency", () => {
  test("an ordinary payout (inside the benchmark's central 95 %) is never asked about", () => {
    fc.assert(
      fc.property(payout(NORMAL[95]), (question) => {
        expect(findUnitSlip(question)).toBeNull();
      }),
      { numRuns: 2000 },
    );
  });

  test("a payout inside the central half, times 100 or divided by 100, is always asked about", () => {
    fc.assert(
      fc.property(payout(NORMAL[50]), (question) => {
        const { minor } = question;
        const large = findUnitSlip({ ...question, minor: minor * 100n });
        expect(large).not.toBeNull();
        expect(findUnitSlip({ ...question, minor: minor / 100n })).not.toBeNull();
        // What is suggested is ordinary again.
        if (large?.suggestedMinor != null)
          expect(findUnitSlip({ ...question, minor: large.suggestedMinor })).toBeNull();
      }),
      { numRuns: 2000 },
    );
  });
});

describe("a row of an installation's own", () => {
  const row = BENCHMARKS.find(({ stream }) => stream === "rewards") as Benchmark;
  const at = (factor: number): Benchmark => ({ ...row, usd: { ...row.usd, us_ca_au: 0.7 * factor } });

  test("of 70 or of 0.007 beside the built-in 0.70 is another unit; 30 and 0.02 are another opinion", () => {
    expect(findRowSlip(at(100))).toEqual({ kind: "rate", region: "us_ca_au", usd: 0.7 });
    expect(findRowSlip(at(1 / 100))).toMatchObject({ kind: "rate" });
    expect(findRowSlip(at(40))).toBeNull();
    expect(findRowSlip(at(1 / 40))).toBeNull();
  });

  test("per 1,000 views where TikTok pays on qualified ones is the wrong count", () => {
    expect(findRowSlip({ ...row, denominator: "views" })).toEqual({
      kind: "denominator",
      usual: "qualified_views",
    });
  });

  test("beside a judgement anything goes, since it is nobody's figure", () => {
    const shop = BENCHMARKS.find(({ stream }) => stream === "shop") as Benchmark;
    expect(findRowSlip({ ...shop, usd: { ...shop.usd, unknown: 500 } })).toBeNull();
  });
});
