import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { BENCHMARKS, BUILT_IN, benchmarkFor, priorFor, regionOfCountry } from "../../lib/model/benchmarks";
import { historiesOf, type MoneyCell } from "../../lib/model/histories";
import { addMonths, type Month, monthOf } from "../../lib/model/month";
import {
  type HistoryRow,
  projectStream,
  rateOf,
  reconstruct,
  type StreamHistory,
  withRealTraffic,
} from "../../lib/model/projection";
import { minorOf } from "../../lib/model/rate-money";
import { FORMATS, PLATFORMS, STREAMS } from "../../lib/model/words";
import golden from "./golden/filter.json" with { type: "json" };
import { ADS_KEY, GOLDEN_PRIOR, goldenHistory, goldenRows, JPY, USD } from "./stories";

const JANUARY = monthOf("2026-01");
const runs = { numRuns: 10_000, seed: 20261123 };

function rowsOf(
  from: string,
  amounts: readonly (bigint | null)[],
  views: number | null = 100_000,
): HistoryRow[] {
  return amounts.map((minor, index) => ({ month: addMonths(monthOf(from), index), minor, views }));
}

function history(rows: readonly HistoryRow[], over: Partial<StreamHistory> = {}): StreamHistory {
  return { key: ADS_KEY, rows, prior: GOLDEN_PRIOR, ...over };
}

/** Every bit of it, amounts included. */
const toText = (value: unknown) =>
  JSON.stringify(value, (_, each) => (typeof each === "bigint" ? `${each}n` : each));

const keyOf = (stream: (typeof STREAMS)[number]) => ({ ...ADS_KEY, stream });

describe("benchmarks", () => {
  test("each stream, platform and format has a starting rate that names its source or calls itself a judgement", () => {
    for (const stream of STREAMS)
      for (const platform of PLATFORMS)
        for (const format of [...FORMATS, "all"] as const) {
          const prior = priorFor({ stream, platform, format, perUsd: 1 });
          expect(prior.rate).toBeGreaterThan(0);
          expect(prior.source).not.toBe("");
          expect(prior.published).toBe(prior.grade !== "judgement");
          if (!prior.published) expect(prior.tau).toBeGreaterThanOrEqual(1.2);
        }
    expect(BENCHMARKS.every(({ usd }) => Object.values(usd).every((rate) => rate > 0))).toBe(true);
  });

  test("TikTok rewards are 0.60 per 1,000 qualified views and 0.24 per 1,000 views (0.4 of them qualify)", () => {
    const prior = priorFor({ stream: "rewards", platform: "tiktok", format: "short", perUsd: 1 });
    const row = { month: monthOf("2026-01"), minor: null, views: 1_000_000 };
    const key = { ...keyOf("rewards"), platform: "tiktok", format: "short" } as const;
    const onViews = projectStream({ key, prior, rows: [row] }, monthOf("2026-02"));
    const onQualified = projectStream(
      { key, prior, rows: [{ ...row, paidViews: 430_000 }] },
      monthOf("2026-02"),
    );
    const atSeason = (rate: number) => rate * Math.exp(0.25 * -0.12);
    expect(rateOf(onViews)!.median).toBeCloseTo(atSeason(0.24), 10);
    expect(rateOf(onQualified)!.median).toBeCloseTo(atSeason(0.6), 10);
    expect([onViews.denominator, onQualified.denominator]).toEqual(["views", "qualified_views"]);
    expect(onQualified.inputs.paidViews).toBe(430_000);
  });

  test("a Short is projected at its own few cents, not at the rate of a long video", () => {
    const short = priorFor({ stream: "ads", platform: "youtube", format: "short", perUsd: 1 });
    const long = priorFor({ stream: "ads", platform: "youtube", format: "long", perUsd: 1 });
    expect(short.rate).toBeLessThan(long.rate / 10);
    expect(benchmarkFor("ads", "youtube", "short").referenceWatchSeconds).toBe(25);
  });

  test("half US, half Indian viewers of finance, in yen at 150: (5.0 + 0.6)/2 x 2 x 150 = 840", () => {
    const prior = priorFor({
      stream: "ads",
      platform: "youtube",
      format: "long",
      niche: "finance",
      regions: { us_ca_au: 0.5, asia_africa: 0.5 },
      perUsd: 150,
    });
    expect(prior.rate).toBeCloseTo(840, 9);
    expect(["US", "DE", "JP", "BR", "IN", "ZZ", "us"].map(regionOfCountry)).toEqual([
      "us_ca_au",
      "uk_de_nordics",
      "fr_es_jp",
      "latam_east_europe",
      "asia_africa",
      "unknown",
      "unknown",
    ]);
    expect(() => priorFor({ stream: "ads", platform: "youtube", format: "long", perUsd: 0 })).toThrow(
      RangeError,
    );
  });
});

describe("the golden creator's January", () => {
  const projection = projectStream(goldenHistory(3), JANUARY);

  test("December's 90,000 views and 5,000 hours make 293.31, and say why", () => {
    expect(projection.medianMinor).toBe(29_331n);
    expect(projection.basis).toBe("own");
    expect(projection.inputs).toMatchObject({
      views: 90_000,
      watchSecondsPerView: 200,
      watchFrom: "own",
      gap: 0,
    });
    expect(projection.why.payouts).toBe(3);
    expect(projection.why.ownWeight).toBeGreaterThan(0.99);
    expect(projection.why.seasonFactor).toBeLessThan(1);
    expect(projection.why.watchFactor).toBeGreaterThan(1);
  });

  test("with January's real traffic the same frozen rate makes 371.73", () => {
    const row = goldenRows(4)[3]!;
    const real = withRealTraffic(projection, row)!;
    expect(real.medianMinor).toBe(37_173n);
    expect(Math.exp(real.mu) * 110).toBeCloseTo(Number(golden.gap.withRealTraffic), 4);
    expect(real.mu.toFixed(6)).toBe(golden.rows[3]!.mu);
    expect(real.sd.toFixed(6)).toBe(golden.rows[3]!.sd);
  });

  test("the money's band is the rate's band: the 80 % rate times 90,000 views", () => {
    const { bands } = rateOf(projection)!;
    expect(projection.bands![80]).toEqual({
      lo: minorOf(bands[80].lo * 90, USD),
      hi: minorOf(bands[80].hi * 90, USD),
    });
  });

  test("months recorded after the target's first instant change not one bit", () => {
    const later = goldenHistory(4).rows.map((row) => ({ ...row, minor: row.minor! * 7n }));
    const withLater = [...goldenRows(3), later[3]!, { month: monthOf("2026-05"), minor: 5n, views: 9 }];
    expect(projectStream(history(withLater), JANUARY)).toEqual(projection);
  });

  test("rows may come in any order, but two for one month are refused by name", () => {
    expect(projectStream(history(goldenRows(3).reverse()), JANUARY)).toEqual(projection);
    expect(() => projectStream(history([...goldenRows(2), ...goldenRows(1)]), JANUARY)).toThrow(/2025-10/);
    expect(() => projectStream(goldenHistory(1), JANUARY, 0)).toThrow(RangeError);
  });
});

describe("what a month may be", () => {
  const known = rowsOf("2025-01", [30_000n, 31_000n, 29_000n, 30_500n]);
  const target = monthOf("2025-06");

  test("a blank month is missing, not zero: the rate stays, the band widens", () => {
    const blank = projectStream(history([...known, ...rowsOf("2025-05", [null])]), target);
    const full = projectStream(history([...known, ...rowsOf("2025-05", [30_000n])]), target);
    const absent = projectStream(history(known), target);
    expect(blank).toEqual(absent);
    expect(blank.inputs.gap).toBe(1);
    expect(blank.why.payouts).toBe(4);
    expect(blank.sd!).toBeGreaterThan(full.sd!);
  });

  test("zero, a refund month, no views, or under 100 views teach the rate nothing", () => {
    const absent = projectStream(history(known), target);
    for (const row of [
      { minor: 0n, views: 100_000 },
      { minor: -500n, views: 100_000 },
      { minor: 50_000n, views: null },
      { minor: 50_000n, views: 99 },
    ]) {
      const projection = projectStream(history([...known, { month: monthOf("2025-05"), ...row }]), target);
      expect(projection.state).toEqual(absent.state);
    }
  });

  test("an estimate counts after 45 days: May's is not known on 1 June, but on 1 August", () => {
    const estimate = { ...rowsOf("2025-05", [90_000n])[0]!, state: "estimated" as const };
    expect(projectStream(history([...known, estimate]), target).why.payouts).toBe(4);
    expect(projectStream(history([...known, estimate]), monthOf("2025-08")).why.payouts).toBe(5);
    expect(projectStream(history([...known, estimate]), monthOf("2025-07")).why.payouts).toBe(4);
  });

  test("without views there is a rate but no amount, and a sentence says so", () => {
    const projection = projectStream(history(rowsOf("2025-01", [30_000n], null)), target);
    expect(projection.medianMinor).toBeNull();
    expect(projection.basis).toBe("prior");
    expect(projection.reason).toMatch(/views/);
    expect(rateOf(projection)).not.toBeNull();
  });

  test("zero views in the last month project zero money, not a failure", () => {
    const projection = projectStream(
      history([...known, { month: monthOf("2025-05"), minor: null, views: 0 }]),
      target,
    );
    expect(projection.medianMinor).toBe(0n);
  });

  test("missing watch time is taken as last known, else as usual for the format, and is called assumed", () => {
    const own = projectStream(history([{ ...known[0]!, watchSeconds: 100_000 * 300 }, known[1]!]), target);
    const usual = projectStream(history(known), target);
    expect(own.inputs).toMatchObject({ watchSecondsPerView: 300, watchFrom: "own" });
    expect(usual.inputs).toMatchObject({ watchSecondsPerView: 200, watchFrom: "usual" });
    expect([own.why.watchTimeAssumed, usual.why.watchTimeAssumed]).toEqual([false, true]);
  });

  test("after more than a year of silence it begins anew with the old level as one observation", () => {
    const far = projectStream(history(known), monthOf("2026-06"));
    expect(far.why.restarted).toBe(true);
    expect(far.state!.t).toBe(1);
    const near = projectStream(history(known), monthOf("2026-05"));
    expect(near.why.restarted).toBe(false);
    expect(Math.abs(far.state!.m[0] - near.state!.m[0])).toBeLessThan(0.1);
    const resumed = projectStream(history([...known, ...rowsOf("2026-06", [60_000n])]), monthOf("2026-07"));
    expect(resumed.state!.t).toBe(2);
    expect(resumed.inputs.gap).toBe(0);
  });

  test("two months ahead is the same rate with a wider band", () => {
    const one = projectStream(history(known), monthOf("2025-05"));
    const two = projectStream(history(known), monthOf("2025-06"), 2);
    expect(two.asOf).toBe("2025-05");
    expect(two.state).toEqual(one.state);
    expect(two.sd!).toBeGreaterThan(one.sd!);
  });

  test("from the first month with paid views the rate is per 1,000 of those, at the creator's own share", () => {
    const rows = rowsOf("2025-01", [20_000n, 20_000n, 20_000n, 20_000n, 20_000n]);
    const withShare = rows.map((row, index) => (index < 4 ? row : { ...row, paidViews: 40_000 }));
    const plain = projectStream(history(rows.slice(0, 4)), monthOf("2025-05"));
    const projection = projectStream(history(withShare), monthOf("2025-06"));
    expect(projection.inputs.paidShare).toBe(0.4);
    expect(projection.state!.m[0]).toBeCloseTo(plain.state!.m[0] - Math.log(0.4), 1);
    expect(Number(projection.medianMinor)).toBeGreaterThan(19_000);
    expect(Number(projection.medianMinor)).toBeLessThan(21_500);
  });

  test("an audience that moves from the US to India lowers the projection before the payouts do", () => {
    const rows = rowsOf("2025-01", [30_000n, 30_000n, 30_000n]).map((row) => ({
      ...row,
      regions: { us_ca_au: 1 },
    }));
    const prior = { ...GOLDEN_PRIOR, regions: { us_ca_au: 1 } };
    const moved = { month: monthOf("2025-04"), minor: null, views: 100_000, regions: { asia_africa: 1 } };
    const before = projectStream(history(rows, { prior }), monthOf("2025-05"));
    const after = projectStream(history([...rows, moved], { prior }), monthOf("2025-05"));
    expect(after.mix).toBeCloseTo(0.6 / 5, 12);
    expect(Number(after.medianMinor) / Number(before.medianMinor)).toBeCloseTo(0.12, 3);
  });

  test("a currency without a rate has no benchmark: nothing at first, then the creator's own first payout", () => {
    const key = { ...ADS_KEY, currency: JPY };
    const rows = [{ month: monthOf("2025-01"), minor: 45_000n, views: 100_000 }];
    const first = projectStream({ key, prior: null, rows: [] }, monthOf("2025-01"));
    expect([first.basis, first.medianMinor, first.why.ownWeight]).toEqual(["none", null, 0]);
    expect(first.reason).toMatch(/JPY/);
    const second = projectStream({ key, prior: null, rows }, monthOf("2025-02"));
    expect(second.basis).toBe("own");
    expect(Number(second.medianMinor)).toBeGreaterThan(40_000);
  });

  test("a creator in yen at 150 per dollar gets 150 times the dollar creator's projection", () => {
    const inDollars = projectStream(history(known), target);
    const prior = { ...GOLDEN_PRIOR, rate: GOLDEN_PRIOR.rate * 150 };
    const rows = known.map((row) => ({ ...row, minor: (row.minor! * 150n) / 100n }));
    const inYen = projectStream({ key: { ...ADS_KEY, currency: JPY }, prior, rows }, target);
    expect(inYen.sd).toBeCloseTo(inDollars.sd!, 12);
    expect(inYen.mu! - Math.log(150)).toBeCloseTo(inDollars.mu!, 12);
    expect(Number(inYen.medianMinor)).toBeCloseTo((Number(inDollars.medianMinor) * 150) / 100, -1);
  });
});

describe("lumpy streams", () => {
  const sponsor = keyOf("sponsorship");
  const target = monthOf("2026-01");
  const prior = priorFor({ stream: "sponsorship", platform: "youtube", format: "all", perUsd: 1 });

  test("no deal ever, none booked: no projection, and it says so", () => {
    const projection = projectStream({ key: sponsor, rows: [], prior }, target);
    expect([projection.basis, projection.medianMinor, projection.bands]).toEqual(["none", null, null]);
    expect(projection.reason).toMatch(/nothing to project/);
  });

  test("1,200 once in the last 12 months is 100 a month; months without a deal count as zero", () => {
    const rows = rowsOf("2025-01", [120_000n]);
    const projection = projectStream({ key: sponsor, rows, prior }, target);
    expect(projection.medianMinor).toBe(10_000n);
    expect(projection.basis).toBe("lumpy");
    expect(projection.mu).toBeNull();
    expect(projection.bands![95].lo).toBe(0n);
    expect(projection.bands![95].hi).toBeGreaterThan(50_000n);
    expect(withRealTraffic(projection, { views: 5 })).toBeNull();
  });

  test("a booked deal is the projection, and the range adds what might still come", () => {
    const rows = rowsOf("2025-01", [120_000n, 0n, 130_000n, 0n, 110_000n]);
    const deals = [
      { month: target, minor: 80_000n },
      { month: monthOf("2026-02"), minor: 99_000n },
    ];
    const projection = projectStream({ key: sponsor, rows, prior, deals }, target);
    expect(projection.medianMinor).toBe(80_000n);
    expect(projection.bands![80].lo).toBe(80_000n);
    expect(projection.bands![80].hi).toBeGreaterThan(80_000n);
  });

  test("past months keep only what was not booked beforehand: (500 + 0) / 2", () => {
    const [first, second] = rowsOf("2025-11", [50_000n, 70_000n]);
    const rows = [first!, { ...second!, bookedMinor: 70_000n }];
    expect(projectStream({ key: sponsor, rows, prior }, target).medianMinor).toBe(25_000n);
  });

  test("affiliate money gets a rate from its second payout on, ads from the benchmark at once", () => {
    const affiliate = keyOf("affiliate");
    const start = priorFor({ stream: "affiliate", platform: "youtube", format: "long", perUsd: 1 });
    const basis = (amounts: bigint[]) =>
      projectStream({ key: affiliate, rows: rowsOf("2025-10", amounts), prior: start }, target).basis;
    expect([basis([]), basis([5000n]), basis([5000n, 6000n])]).toEqual(["none", "lumpy", "own"]);
    expect(projectStream(history([]), target).basis).toBe("prior");
  });

  test("three confirmed zero months in the last twelve make a stream lumpy, zeros before its first money do not", () => {
    const gaps = rowsOf("2025-02", [100n, 0n, 20_000n, 0n, 21_000n, 0n, 22_000n]);
    expect(projectStream(history(gaps), monthOf("2025-09")).basis).toBe("lumpy");
    const late = rowsOf("2025-02", [0n, 0n, 0n, 20_000n, 21_000n]);
    expect(projectStream(history(late), monthOf("2025-09")).basis).toBe("own");
  });

  test("a retainer is projected from its money alone, whatever the views", () => {
    const start = priorFor({ stream: "subscription", platform: "youtube", format: "all", perUsd: 1 });
    const rows = rowsOf("2025-07", [50_000n, 52_000n, 51_000n, 50_000n, 53_000n], null);
    const projection = projectStream({ key: keyOf("subscription"), rows, prior: start }, monthOf("2025-12"));
    expect(projection.basis).toBe("own");
    expect(projection.denominator).toBeNull();
    expect(Number(projection.medianMinor)).toBeGreaterThan(42_000);
    expect(Number(projection.medianMinor)).toBeLessThan(60_000);
  });

  test("the range always holds the figure shown", () => {
    const money = fc.oneof(fc.constant(0n), fc.bigInt({ min: 1n, max: 10n ** 9n }));
    fc.assert(
      fc.property(fc.array(money, { minLength: 1, maxLength: 24 }), (amounts) => {
        const projection = projectStream({ key: sponsor, rows: rowsOf("2024-01", amounts), prior }, target);
        if (projection.bands === null) return;
        for (const { lo, hi } of Object.values(projection.bands))
          expect(lo <= projection.medianMinor! && projection.medianMinor! <= hi && lo >= 0n).toBe(true);
      }),
      runs,
    );
  });
});

describe("reconstruct", () => {
  test("each month is what would have been projected then, and is labelled so", () => {
    const rows = rowsOf("2025-01", [30_000n, 31_000n, null, 30_500n, 29_000n]);
    const replayed = reconstruct(history(rows));
    expect(replayed.map(({ target }) => target)).toEqual(rows.map(({ month }) => month));
    for (const projection of replayed) {
      const kept = projectStream(history(rows), projection.target);
      expect(projection).toEqual({ ...kept, reconstructed: true });
    }
    expect(replayed[0]!.basis).toBe("prior");
    expect(reconstruct(history([]))).toEqual([]);
  });
});

describe("any history at all", () => {
  const someRowOf = {
    minor: fc.option(fc.bigInt({ min: -1000n, max: 10n ** 15n })),
    views: fc.option(fc.integer({ min: 0, max: 10 ** 10 })),
    paidViews: fc.option(fc.integer({ min: 0, max: 10 ** 10 })),
    watchSeconds: fc.option(fc.integer({ min: 0, max: 10 ** 12 })),
    state: fc.constantFrom("estimated" as const, "final" as const),
  };
  const someRow = fc.record(someRowOf);
  const someRows = fc.array(someRow, { maxLength: 30 }).map((rows): HistoryRow[] => {
    return rows.map((row, index) => ({ month: addMonths(monthOf("2023-01"), index), ...row }));
  });
  const someStream = fc.constantFrom(...STREAMS);
  const target: Month = monthOf("2025-07");

  test("gives finite, ordered, storable figures, and survives JSON where it says so", () => {
    fc.assert(
      fc.property(someRows, someStream, fc.integer({ min: 1, max: 6 }), (rows, stream, horizon) => {
        const prior = priorFor({ stream, platform: "youtube", format: "long", perUsd: 1 });
        const projection = projectStream({ key: keyOf(stream), rows, prior }, target, horizon);
        const { bands, medianMinor, mu, inputs, state, why } = projection;
        if (mu !== null) expect(Math.exp(mu) > 0 && Number.isFinite(Math.exp(mu))).toBe(true);
        if (bands && medianMinor !== null) {
          const { 50: b50, 80: b80, 95: b95 } = bands;
          const ladder = [0n, b95.lo, b80.lo, b50.lo, medianMinor, b50.hi, b80.hi, b95.hi, 2n ** 63n - 1n];
          expect([...ladder].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0))).toEqual(ladder);
        } else expect(projection.reason).toMatch(/\.$/);
        const plain = { inputs, state, why };
        expect(JSON.parse(JSON.stringify(plain))).toEqual(plain);
        expect(why.ownWeight >= 0 && why.ownWeight <= 1).toBe(true);
      }),
      runs,
    );
  });

  test("what is recorded for the target's month or later, whatever it is, changes not one bit", () => {
    const later = fc.array(fc.record({ ...someRowOf, after: fc.integer({ min: 0, max: 30 }) }), {
      maxLength: 6,
    });
    fc.assert(
      fc.property(
        someRows,
        later,
        someStream,
        fc.integer({ min: 1, max: 6 }),
        (rows, extra, stream, horizon) => {
          const prior = priorFor({ stream, platform: "youtube", format: "long", perUsd: 1 });
          const asOf = addMonths(target, 1 - horizon);
          const before = rows.filter(({ month }) => month < asOf);
          const added = new Map(
            extra.map(({ after, ...row }) => [
              addMonths(asOf, after),
              { ...row, month: addMonths(asOf, after) },
            ]),
          );
          const one = projectStream({ key: keyOf(stream), rows: before, prior }, target, horizon);
          const other = projectStream(
            { key: keyOf(stream), rows: [...added.values(), ...before], prior },
            target,
            horizon,
          );
          expect(toText(other)).toBe(toText(one));
        },
      ),
      runs,
    );
  });

  test("the order in which a month's payouts and the months themselves came plays no part", () => {
    const cell = fc.record({
      month: fc.integer({ min: 0, max: 8 }).map((index) => addMonths(monthOf("2024-10"), index)),
      stream: fc.constantFrom("ads" as const, "affiliate" as const),
      platform: fc.constantFrom("youtube" as const, null),
      format: fc.constant("all" as const),
      currency: fc.constant(USD),
      finalMinor: fc.option(fc.bigInt({ min: 0n, max: 10n ** 9n })),
      estimatedMinor: fc.constant(null),
    });
    const idOf = ({ month, stream, platform }: MoneyCell) => `${month} ${stream} ${platform}`;
    const cells = fc.uniqueArray(cell, { selector: idOf, maxLength: 20 });
    fc.assert(
      fc.property(cells, fc.array(fc.nat(), { minLength: 20, maxLength: 20 }), (money, keys) => {
        const orderOf = new Map(money.map((each, index) => [each, keys[index]!]));
        const shuffled = [...money].sort((a, b) => orderOf.get(a)! - orderOf.get(b)!);
        const projectedFrom = (ordered: readonly MoneyCell[]) =>
          historiesOf(
            {
              money: ordered,
              traffic: [],
              audience: [],
              niches: {},
              deals: [],
              events: [],
              benchmarks: BUILT_IN,
              perUsd: {},
            },
            { asOf: target },
          ).map(({ history }) => projectStream(history, target));
        expect(toText(projectedFrom(shuffled))).toBe(toText(projectedFrom(money)));
      }),
      runs,
    );
  });

  test("money in a unit a hundred times larger projects a hundred times less", () => {
    const positive = fc.array(fc.bigInt({ min: 10_000n, max: 10n ** 9n }), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(positive, (amounts) => {
        const small = projectStream(history(rowsOf("2023-01", amounts)), target);
        const prior = { ...GOLDEN_PRIOR, rate: GOLDEN_PRIOR.rate * 100 };
        const large = projectStream(
          history(
            rowsOf(
              "2023-01",
              amounts.map((minor) => minor * 100n),
            ),
            { prior },
          ),
          target,
        );
        expect(large.mu! - small.mu!).toBeCloseTo(Math.log(100), 8);
        expect(large.sd!).toBeCloseTo(small.sd!, 8);
      }),
      runs,
    );
  });
});

test("a float becomes money once, half to even: 0.125 is 12 cents, 0.375 is 38, and nothing overflows the database", () => {
  expect([0.125, 0.375, -0.125].map((major) => minorOf(major, USD))).toEqual([12n, 38n, -12n]);
  expect(minorOf(1e300, USD)).toBe(9_200_000_000_000_000_000n);
});
