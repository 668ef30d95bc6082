import { describe, expect, test } from "vitest";
import { priorFor } from "../../lib/model/benchmarks";
import { smallViewsNoise } from "../../lib/model/filter";
import { explainGap } from "../../lib/model/gap";
import { addMonths, dayOf, monthOf, splitByMonth } from "../../lib/model/month";
import {
  type HistoryRow,
  projectStream,
  rateOf,
  realFactors,
  reconstruct,
  type StreamHistory,
  type Traffic,
} from "../../lib/model/projection";
import { rpm } from "../../lib/model/rpm";
import { scoreMonths, scoreOf } from "../../lib/model/score";
import { totalOf } from "../../lib/model/total";
import { ADS_KEY, EUR, GOLDEN_PRIOR, USD } from "./stories";

const FIRST = monthOf("2025-01");
const NEXT = monthOf("2025-06");

function months(amounts: readonly (bigint | null)[], over: Partial<HistoryRow> = {}): HistoryRow[] {
  return amounts.map((minor, index) => ({ month: addMonths(FIRST, index), minor, views: 100_000, ...over }));
}
const known = months([30_000n, 31_000n, 29_000n, 30_500n]);
const MAY = monthOf("2025-05");

function project(rows: readonly HistoryRow[], over: Partial<StreamHistory> = {}, target = NEXT) {
  return projectStream({ key: ADS_KEY, rows, prior: GOLDEN_PRIOR, ...over }, target);
}

/** What is learned about the rate is as if the month had not been there; time has passed all the same. */
function expectUnlearned(row: Omit<HistoryRow, "month">) {
  expect(project([...known, { month: MAY, ...row }]).state).toEqual(project(known).state);
}

describe("edge cases of the model, one by one", () => {
  test("views 0: the rate is undefined and unlearned, the money counts all the same", () => {
    expectUnlearned({ minor: 50_000n, views: 0 });
    expect(rpm(50_000n, 0, USD)).toBeNull();
    const gap = explainGap(project(known), { views: 0, minor: 50_000n });
    expect(gap.actualMinor).toBe(50_000n);
  });

  test("views below 100: no update; from 100 to 1,000 the month weighs less: noise 1 + 1000/views", () => {
    expectUnlearned({ minor: 50_000n, views: 99 });
    const jump = (views: number) => {
      const rate = BigInt(views) * 2n;
      return project([...known, { month: MAY, minor: rate, views }]).state!.m[0] - project(known).state!.m[0];
    };
    expect(Math.abs(jump(100))).toBeGreaterThan(0);
    expect(Math.abs(jump(100))).toBeLessThan(Math.abs(jump(100_000)) / 2);
    expect(smallViewsNoise(500)).toBe(3);
  });

  test("no history: the published rate alone, called that, with a wide band and no score", () => {
    const views = { month: FIRST, minor: null, views: 100_000 };
    const projection = project([views]);
    expect([projection.basis, projection.why.payouts, projection.why.ownWeight]).toEqual(["prior", 0, 0]);
    expect(projection.why.tentative).toBe(true);
    const { lo, hi } = rateOf(projection)!.bands[80];
    expect(hi / lo).toBeGreaterThan(10);
    const history = { key: ADS_KEY, rows: [views], prior: GOLDEN_PRIOR };
    expect(scoreOf(scoreMonths(history.rows, reconstruct(history)))).toBeNull();
  });

  test("not eligible yet: 0, with the reason and the distance; unknown never gates", () => {
    const missing = [{ measure: "followers", needed: 10_000, has: 8_200, distance: 1_800 }] as const;
    const gate = {
      status: "not_yet",
      programme: "TikTok Creator Rewards",
      reason: "So far.",
      missing,
    } as const;
    const gated = project([{ month: FIRST, minor: null, views: 100_000 }], { gate });
    expect([gated.medianMinor, gated.bands![95].hi, gated.reason]).toEqual([0n, 0n, "So far."]);
    expect(gated.inputs.gate).toEqual(gate);
    const open = { status: "unknown", programme: "", facts: ["followers"] } as const;
    expect(project(known, { gate: open })).toEqual(project(known));
    expect(totalOf([gated, project(known)], USD)!.medianMinor).toBe(project(known).medianMinor);
  });

  test("not eligible yet, but paid before: whoever was paid has been let in", () => {
    const gate = { status: "not_yet", programme: "", reason: "", missing: [] } as const;
    expect(project(known, { gate })).toEqual(project(known));
  });

  test("months before eligibility never update: their zeros make no stream lumpy", () => {
    const zeros = months([0n, 0n, 0n, 0n]);
    const later = months([30_000n, 31_000n]).map((row, index) => ({
      ...row,
      month: addMonths(FIRST, 4 + index),
    }));
    const gate = { status: "eligible", programme: "", since: addMonths(FIRST, 4) } as const;
    const target = addMonths(FIRST, 6);
    const gated = project([...zeros, ...later], { gate }, target);
    expect(gated.state).toEqual(project(later, {}, target).state);
    expect(gated.basis).toBe("own");
  });

  test("blank month: missing, not zero; nothing is learned and the band widens", () => {
    const blank = project([...known, { month: MAY, minor: null, views: 100_000 }]);
    const full = project([...known, { month: MAY, minor: 30_000n, views: 100_000 }]);
    expect(blank.state).toEqual(project(known).state);
    expect(blank.inputs.gap).toBe(1);
    expect(blank.sd!).toBeGreaterThan(full.sd!);
  });

  test("a confirmed 0 with views teaches the rate nothing; the third in a year makes the stream lumpy", () => {
    expectUnlearned({ minor: 0n, views: 100_000 });
    const zeros = months([30_000n, 0n, 31_000n, 0n, 0n]);
    expect(project(zeros).basis).toBe("lumpy");
    expect(project(zeros.slice(0, 4), {}, MAY).basis).toBe("own");
  });

  test("refund: a month whose total is below 0 is shown and summed, not fed to the filter", () => {
    expectUnlearned({ minor: -4_000n, views: 100_000 });
    const gap = explainGap(project(known), { views: 100_000, minor: -4_000n });
    expect([gap.actualMinor, gap.parts.map(({ cause }) => cause)]).toEqual([-4_000n, ["booked"]]);
  });

  test("refund within a paid month: a cause of its own, to the cent, and the rest is explained as ever", () => {
    const projection = project(known);
    const whole = explainGap(projection, { views: 110_000, minor: 36_000n });
    const refunded = explainGap(projection, { views: 110_000, minor: 33_500n, adjustmentsMinor: -2_500n });
    expect(refunded.parts.filter(({ cause }) => cause !== "adjustments")).toEqual(whole.parts);
    expect(refunded.parts.find(({ cause }) => cause === "adjustments")?.minor).toBe(-2_500n);
    expect(refunded.gapMinor).toBe(whole.gapMinor - 2_500n);
  });

  test("viral outlier: a month of ten times the rate counts as three standard deviations and is called unusual", () => {
    const quiet = months(Array.from({ length: 8 }, (_, index) => (index % 2 === 0 ? 30_000n : 31_000n)));
    const at = addMonths(FIRST, 8);
    const after = addMonths(FIRST, 9);
    const viral = project([...quiet, { month: at, minor: 300_000n, views: 100_000 }], {}, after);
    const more = project([...quiet, { month: at, minor: 3_000_000n, views: 100_000 }], {}, after);
    expect(viral.why.unusual).toEqual([at]);
    expect(viral.state!.m).toEqual(more.state!.m);
  });

  test("viral views at the usual rate: the gap is all views", () => {
    const projection = project(known);
    const gap = explainGap(projection, { views: 1_000_000, minor: projection.medianMinor! * 10n });
    expect(gap.parts.find(({ cause }) => cause === "views")?.minor).toBe(gap.gapMinor);
  });

  test("missing watch time: the last known of the stream, else 25 s for shorts and 200 s for long, and flagged", () => {
    const own = project([{ ...known[0]!, watchSeconds: 100_000 * 300 }, ...known.slice(1)]);
    expect([own.inputs.watchSecondsPerView, own.why.watchTimeAssumed]).toEqual([300, false]);
    expect(project(known).inputs).toMatchObject({ watchSecondsPerView: 200, watchFrom: "usual" });
    expect(project(known).why.watchTimeAssumed).toBe(true);
    const prior = priorFor({ stream: "ads", platform: "youtube", format: "short", perUsd: 1 });
    const short = project(known, { key: { ...ADS_KEY, format: "short" }, prior });
    expect(short.inputs.watchSecondsPerView).toBe(25);
  });

  test("missing views in a paid month: no update, and the gap is one line", () => {
    expectUnlearned({ minor: 50_000n, views: null });
    const gap = explainGap(project(known), { views: null, minor: 50_000n });
    expect(gap.parts.map(({ cause }) => cause)).toEqual(["booked"]);
  });

  test("currency mix: each currency has a state of its own, and a sum without a rate leaves it out by name", () => {
    const euros = project(known, { key: { ...ADS_KEY, currency: EUR } });
    const total = totalOf([project(known), euros], USD)!;
    expect(total.medianMinor).toBe(project(known).medianMinor);
    expect(total.unconverted).toEqual([euros.key]);
  });

  test("split periods: an amount over two months is spread by earned days, to the cent", () => {
    expect(splitByMonth(101n, dayOf("2026-01-15"), dayOf("2026-02-14"))).toEqual([
      { month: "2026-01", minor: 55n },
      { month: "2026-02", minor: 46n },
    ]);
  });

  test("two payouts in one month are summed before they are learned: two rows for it are refused by name", () => {
    expect(() => project([...known, known[0]!])).toThrow(/2025-01.*sum them/);
  });

  test("a silence of more than 12 months: the prior again, with the old level as one observation", () => {
    const far = project(known, {}, monthOf("2026-06"));
    expect([far.why.restarted, far.state!.t]).toEqual([true, 1]);
    expect(project(known, {}, monthOf("2026-05")).why.restarted).toBe(false);
  });
});

describe("what cannot be is refused, by place and with the remedy", () => {
  test.each<[string, Partial<Traffic>, RegExp]>([
    ["negative views", { views: -1 }, /2025-01 has -1 views; write 0 or more/],
    ["10^15 views", { views: 1e15 }, /2025-01 has 1000000000000000 views; check for extra digits/],
    ["infinite views", { views: Number.POSITIVE_INFINITY }, /2025-01 has Infinity views/],
    ["views that are no number", { views: Number.NaN }, /2025-01 has NaN views; write 0 or more, or nothing/],
    ["negative qualified views", { paidViews: -5 }, /2025-01 has -5 paid views/],
    ["endless watch time", { watchSeconds: 1e18 }, /2025-01 has .* seconds of watch time; check/],
    ["a negative share", { regions: { us_ca_au: -0.1 } }, /2025-01 has a share of -0.1/],
    ["a share that is no number", { niches: { music: Number.NaN } }, /2025-01 has a share of NaN/],
  ])("%s", (_, traffic, message) => {
    const row = { ...known[0]!, ...traffic };
    expect(() => project([row])).toThrow(RangeError);
    expect(() => project([row])).toThrow(message);
    expect(() => reconstruct({ key: ADS_KEY, rows: [row], prior: GOLDEN_PRIOR })).toThrow(message);
    const real = () => realFactors(project(known), { ...known[0]!, ...traffic });
    expect(real).toThrow(RangeError);
    expect(real).toThrow(/The real 2025-06/);
  });

  test("an amount that no database holds", () => {
    expect(() => project(months([10n ** 20n]))).toThrow(/2025-01 has an amount of .*extra digits/);
  });

  test("a rate that is infinite, 0 or no number", () => {
    for (const rate of [Number.POSITIVE_INFINITY, 0, -2, Number.NaN])
      expect(() => project(known, { prior: { ...GOLDEN_PRIOR, rate } })).toThrow(
        /benchmark .* above 0 and finite/,
      );
    expect(() => project(known, { prior: { ...GOLDEN_PRIOR, tau: 0 } })).toThrow(RangeError);
  });

  test("a month far in the future, in the past of what is known, or not a month at all", () => {
    const history = { key: ADS_KEY, rows: known, prior: GOLDEN_PRIOR };
    expect(() => projectStream(history, NEXT, 37)).toThrow(/2025-06 is 37 months ahead.*1 to 36/);
    expect(() => projectStream(history, NEXT, 0)).toThrow(RangeError);
    expect(() => projectStream(history, "2025-13" as never)).toThrow(/"2025-13".*YYYY-MM/);
    expect(() => project([{ ...known[0]!, month: "2025-1" as never }])).toThrow(/"2025-1".*YYYY-MM/);
  });
});
