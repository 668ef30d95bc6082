import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { priorFor } from "../../lib/model/benchmarks";
import { addMonths, monthOf } from "../../lib/model/month";
import { type HistoryRow, projectStream, reconstruct, type StreamHistory } from "../../lib/model/projection";
import { random } from "../../lib/model/random";
import {
  type Score,
  scoreApart,
  scoreMonths,
  scoreOf,
  scoreTotal,
  type TotalMonth,
  typicalShare,
} from "../../lib/model/score";
import { ADS_KEY, GOLDEN_PRIOR, goldenHistory, USD } from "./stories";

function scoreFrom(history: StreamHistory, skip = 1): Score {
  return scoreOf(scoreMonths(history.rows, reconstruct(history)).slice(skip))!;
}

/** Money per view that follows watch time, the season and a slow walk: what the model says the world is. */
function synthetic(seed: number, months: number): StreamHistory {
  const source = random(seed);
  let level = Math.log(3);
  const rows: HistoryRow[] = Array.from({ length: months }, (_, index) => {
    const views = Math.round(100_000 * Math.exp(0.3 * source.normal()));
    const watch = 180 * Math.exp(0.5 * source.normal());
    level += 0.1 * source.normal();
    const rate = Math.exp(level + 0.8 * Math.log(watch / 180) + 0.1 * source.normal());
    return {
      month: addMonths(monthOf("2023-01"), index),
      minor: BigInt(Math.round((rate * views) / 10)),
      views,
      watchSeconds: Math.round(watch * views),
    };
  });
  return { key: ADS_KEY, rows, prior: GOLDEN_PRIOR };
}

describe("the score", () => {
  test("one month by hand: 293.31 projected, 3.3794 per 1,000 expected at its traffic, 240 / 110 came", () => {
    const history = goldenHistory(4);
    const [month] = scoreMonths(history.rows, [projectStream(history, monthOf("2026-01"))]);
    // 240.00 on 110,000 views is 2.1818; expected 3.3794 at its traffic; last month paid 4.00.
    expect(month!.error).toBeCloseTo(Math.log(240 / 110 / 3.3794), 4);
    expect(month!.errorLast).toBeCloseTo(Math.log(240 / 110 / 4), 10);
    expect(month!.errorTrailing).toBeCloseTo(Math.log(240 / 110 / (1080 / 310)), 10);
    expect(month!.inside).toEqual({ 50: false, 80: false, 95: true });
    expect(month!.money).toEqual({ actual: 240, projected: 293.31 });
  });

  test("beside a flat 2.50 per 1,000: 240.00 came, 275.00 was said, the model says 371.73 at 110,000 views", () => {
    const history = goldenHistory(4);
    const [month] = scoreMonths(history.rows, [projectStream(history, monthOf("2026-01"))], 3);
    expect(month!.flat).toEqual({ actual: 240, said: 275, model: expect.closeTo(371.7299, 3) });
    expect(month!.calculator).toEqual({ actual: 240, said: 330, model: expect.closeTo(371.7299, 3) });
    const { flat, error } = scoreOf([month!])!;
    expect(flat!.error).toBeCloseTo(Math.log(275 / 240), 10);
    expect(flat!.modelError).toBeCloseTo(error, 10);
    // |ln(240 / 371.73)| is 0.4376, |ln(240 / 275)| is 0.1361: worse by 221 %, and said so.
    expect(flat!.skill).toBeCloseTo(0.4376 / 0.1361 - 1, 2);
  });

  test("a published rate per qualified view is taken at 0.4 per view while qualified views are unknown", () => {
    const prior = priorFor({ stream: "rewards", platform: "tiktok", format: "all", perUsd: 1 });
    const key = { ...ADS_KEY, platform: "tiktok", format: "all", stream: "rewards" } as const;
    const row = { month: monthOf("2026-01"), minor: 10_000n, views: 1_000_000 };
    const flatOf = (rows: HistoryRow[]) =>
      scoreMonths(rows, reconstruct({ key, rows, prior })).at(-1)!.flat!.said;
    expect(flatOf([row])).toBeCloseTo(0.6 * 0.4 * 1000, 6);
    const known = { ...row, paidViews: 300_000 };
    expect(flatOf([known, { ...known, month: monthOf("2026-02") }])).toBeCloseTo(0.6 * 300, 6);
  });

  test("a start pooled from creators is still set beside what was published", () => {
    const prior = priorFor({ stream: "ads", platform: "youtube", format: "all", perUsd: 1 });
    const pooled = { ...prior, rate: 3 * prior.rate, pooled: { creators: 5, tableRate: prior.rate } };
    const rows = [{ month: monthOf("2026-01"), minor: 10_000n, views: 100_000 }];
    const [month] = scoreMonths(rows, reconstruct({ key: ADS_KEY, rows, prior: pooled }));
    expect(month!.flat!.said).toBeCloseTo(prior.rate * 100, 6);
  });

  test("our own judgement is no published rate", () => {
    const prior = priorFor({ stream: "shop", platform: "tiktok", format: "all", perUsd: 1 });
    const rows = [1, 2, 3].map((n) => ({ month: monthOf(`2026-0${n}`), minor: 5_000n, views: 90_000 }));
    const history = { key: { ...ADS_KEY, stream: "shop" as const }, rows, prior };
    expect(scoreFrom(history, 0).flat).toBeNull();
  });

  test("kept and reconstructed months are never one score", () => {
    const history = goldenHistory(4);
    const kept = scoreMonths(history.rows, [projectStream(history, monthOf("2026-01"))]);
    const replayed = scoreMonths(history.rows, reconstruct(history));
    const apart = scoreApart([...kept, ...replayed]);
    expect([apart.kept!.months, apart.reconstructed!.months]).toEqual([1, 4]);
    expect(() => scoreOf([...kept, ...replayed])).toThrow(/apart/);
    expect(scoreOf([])).toBeNull();
    expect(scoreApart([]).kept).toBeNull();
  });

  test("where the rate simply repeats, repeating is perfect and no skill is claimed", () => {
    const rows = Array.from({ length: 6 }, (_, index) => {
      return { month: addMonths(monthOf("2025-01"), index), minor: 25_000n, views: 100_000 };
    });
    const score = scoreFrom({ key: ADS_KEY, rows, prior: GOLDEN_PRIOR });
    expect(score.skillAgainstLast).toBeNull();
    expect(score.hits[80]).toBe(score.months);
  });

  test("months without money, without views, or lumpy are not judged by rate", () => {
    const rows = [
      { month: monthOf("2025-01"), minor: 0n, views: 100_000 },
      { month: monthOf("2025-02"), minor: null, views: 100_000 },
      { month: monthOf("2025-03"), minor: 500n, views: null },
    ];
    const history = { key: ADS_KEY, rows, prior: GOLDEN_PRIOR };
    expect(scoreMonths(rows, reconstruct(history))).toEqual([]);
    const deals = { key: { ...ADS_KEY, stream: "sponsorship" as const }, rows, prior: null };
    expect(scoreMonths(rows, reconstruct(deals))).toEqual([]);
  });
});

describe("the total", () => {
  const JUNE: TotalMonth = {
    month: monthOf("2026-06"),
    reconstructed: false,
    actualMinor: 30_000n,
    projectedMinor: 20_000n,
    bands: {
      50: { lo: 18_000n, hi: 22_000n },
      80: { lo: 15_000n, hi: 26_000n },
      95: { lo: 10_000n, hi: 40_000n },
    },
    withRealTrafficMinor: 24_000n,
    views: 120_000,
    flat: [
      { actual: 100, said: 50, model: 80 },
      { actual: 60, said: 30, model: 40 },
    ],
    calculator: [],
  };
  const before = [
    { month: monthOf("2026-02"), minor: 99_999n, views: 1 },
    { month: monthOf("2026-03"), minor: 10_000n, views: 100_000 },
    { month: monthOf("2026-04"), minor: null, views: 100_000 },
    { month: monthOf("2026-05"), minor: 30_000n, views: 100_000 },
    { month: monthOf("2026-01"), minor: 20_000n, views: 0 },
  ];

  test("300 came, 200 projected, 240 at its traffic: off by 50 % as shown, by 25 % at its traffic", () => {
    const scored = scoreTotal(JUNE, before, USD)!;
    expect(typicalShare(scored.errorShown)).toBeCloseTo(0.5, 10);
    expect(typicalShare(scored.error)).toBeCloseTo(0.25, 10);
    expect(scored.insideShown).toEqual({ 50: false, 80: false, 95: true });
    // 300 at its traffic is 250 at the traffic that was expected.
    expect(scored.inside).toEqual({ 50: false, 80: true, 95: true });
    expect(scored.money).toEqual({ actual: 300, projected: 200 });
  });

  test("last month's eRPM 3.00 x 120,000 views says 360; the last three paid months' says 839.99", () => {
    const scored = scoreTotal(JUNE, before, USD)!;
    expect(scored.errorLast).toBeCloseTo(Math.log(300 / 360), 10);
    expect(scored.errorTrailing).toBeCloseTo(Math.log(300 / ((1399.99 / 200_001) * 120_000)), 10);
    expect(scoreTotal({ ...JUNE, views: null }, before, USD)!.errorLast).toBeNull();
    expect(scoreTotal(JUNE, [], USD)!.errorTrailing).toBeNull();
  });

  test("flat rates add up over the streams that have one, and are compared on the same money", () => {
    const score = scoreOf([scoreTotal(JUNE, before, USD)!])!;
    expect(score.flat).toMatchObject({ actual: 160, said: 80 });
    expect(score.flat!.skill).toBeCloseTo(Math.log(160 / 120) / Math.log(160 / 80) - 1, 10);
    expect(score.calculator).toBeNull();
  });

  test("a month without money, or with more refunds than income, has no log and is not judged", () => {
    for (const given of [{ actualMinor: 0n }, { actualMinor: -5n }, { projectedMinor: 0n }])
      expect(scoreTotal({ ...JUNE, ...given }, before, USD)).toBeNull();
  });

  test("twice the money in the same unit is the same error: nothing depends on the currency's size", () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 1n, max: 10n ** 9n }),
        fc.bigInt({ min: 2n, max: 1000n }),
        (minor, factor) => {
          const scaled = (amount: bigint) => amount * factor;
          const one = { ...JUNE, actualMinor: minor };
          const many = {
            ...one,
            actualMinor: scaled(minor),
            projectedMinor: scaled(JUNE.projectedMinor),
            withRealTrafficMinor: scaled(JUNE.withRealTrafficMinor),
          };
          const past = before.map((each) => ({ ...each, minor: each.minor && scaled(each.minor) }));
          const [a, b] = [scoreTotal(one, before, USD)!, scoreTotal(many, past, USD)!];
          for (const error of ["error", "errorShown", "errorLast", "errorTrailing"] as const)
            expect(b[error]).toBeCloseTo(a[error]!, 9);
        },
      ),
    );
  });
});

describe("backtests", () => {
  test("on series that follow watch time it beats last month and trailing three by a third or more", () => {
    const scores = Array.from({ length: 50 }, (_, seed) => scoreFrom(synthetic(seed, 36)));
    const geomean = (pick: (score: Score) => number) =>
      Math.exp(scores.reduce((sum, score) => sum + Math.log(1 + pick(score)), 0) / scores.length);
    expect(geomean((score) => score.skillAgainstLast!)).toBeLessThan(0.67);
    expect(geomean((score) => score.skillAgainstTrailing!)).toBeLessThan(0.67);
    const inside = scores.reduce((sum, { hits }) => sum + hits[80], 0);
    const judged = scores.reduce((sum, { months }) => sum + months, 0);
    expect(inside / judged).toBeGreaterThan(0.78);
    expect(inside / judged).toBeLessThan(0.86);
  });
});
