import { describe, expect, test } from "vitest";
import type { Currency } from "../../lib/model/money";
import { monthOf } from "../../lib/model/month";
import { projectStream, type StreamHistory } from "../../lib/model/projection";
import { type Rates, totalOf } from "../../lib/model/total";
import { ADS_KEY, EUR, goldenHistory, JPY, USD } from "./stories";

const JANUARY = monthOf("2026-01");
const ads = goldenHistory(3);
const deals: StreamHistory = {
  key: { ...ADS_KEY, stream: "sponsorship", format: "all" },
  rows: [{ month: monthOf("2025-01"), minor: 120_000n, views: 500_000 }],
  prior: null,
};
const inYen: StreamHistory = { ...ads, key: { ...ADS_KEY, channelId: "c2", currency: JPY } };
const empty: StreamHistory = { key: { ...ADS_KEY, stream: "affiliate" }, rows: [], prior: null };

/** All streams for January, and their total. */
function projected(histories: readonly StreamHistory[], reporting: Currency, rates?: Rates) {
  const streams = histories.map((history) => projectStream(history, JANUARY));
  return { streams, total: totalOf(streams, reporting, rates) };
}

describe("a creator's total", () => {
  test("293.31 of ads and 100.00 of deals are 393.31", () => {
    const { streams, total } = projected([ads, deals], USD);
    expect(streams.map(({ medianMinor }) => medianMinor)).toEqual([29_331n, 10_000n]);
    expect(total).toMatchObject({
      medianMinor: 39_331n,
      unconverted: [],
      without: [],
    });
  });

  test("each stream is converted once and the total sums the rounded cells: 269.85 + 92.00 EUR", () => {
    const { total } = projected([ads, deals], EUR, { USD: "0.92" });
    expect(total!.medianMinor).toBe(26_985n + 9200n);
  });

  test("a stream without a rate, or without a projection, is named apart and never guessed", () => {
    const { total } = projected([ads, inYen, empty], USD);
    expect(total!.medianMinor).toBe(29_331n);
    expect(total!.unconverted).toEqual([inYen.key]);
    expect(total!.without).toEqual([empty.key]);
    expect(projected([empty], USD).total).toBeNull();
    expect(projected([], USD).total).toBeNull();
  });

  test("the bands hold the total and each other, and two like streams are surer than one twice as large", () => {
    const one = projectStream(ads, JANUARY);
    const other = projectStream({ ...ads, key: { ...ADS_KEY, channelId: "c2" } }, JANUARY);
    const single = totalOf([one], USD)!;
    const pair = totalOf([one, other], USD)!;
    const { 50: b50, 80: b80, 95: b95 } = pair.bands;
    const ladder = [b95.lo, b80.lo, b50.lo, pair.medianMinor, b50.hi, b80.hi, b95.hi];
    expect([...ladder].sort((a, b) => Number(a - b))).toEqual(ladder);
    const width = (total: typeof pair) => Number(total.bands[80].hi) / Number(total.medianMinor);
    expect(width(pair)).toBeLessThan(width(single));
  });
});
