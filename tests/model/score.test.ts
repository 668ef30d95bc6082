import { describe, expect, test } from "vitest";
import { addMonths, monthOf } from "../../lib/model/month";
import { type HistoryRow, projectStream, reconstruct, type StreamHistory } from "../../lib/model/projection";
import { type Score, scoreApart, scoreMonths, scoreOf } from "../../lib/model/score";
import { random } from "./random";
import { ADS_KEY, GOLDEN_PRIOR, goldenHistory } from "./stories";

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
