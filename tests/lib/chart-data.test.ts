import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  gapBridge,
  moneyScale,
  type ProjectedMonth,
  projectionChart,
  rpmScale,
  type StreamMonth,
  streamBars,
} from "@/lib/chart-data";
import { currencyOf } from "@/lib/model/money";
import { addMonths, type Month, monthOf } from "@/lib/model/month";

const USD = currencyOf("USD");
const JPY = currencyOf("JPY");
const KWD = currencyOf("KWD");
const US = "en-US";
const dollars = moneyScale(USD, US);
const january = monthOf("2026-01");
const month = (n: number): Month => addMonths(january, n);

const earned = (
  n: number,
  minor: bigint,
  rest: Partial<ProjectedMonth<bigint>> = {},
): ProjectedMonth<bigint> => ({
  month: month(n),
  actual: { kind: "value", value: minor, sure: "final" },
  projection: null,
  ...rest,
});
const band = (value: bigint, low80: bigint, high80: bigint) =>
  ({ value, low80, high80, origin: "kept" }) as const;

describe("actual against projected", () => {
  test("missing, zero and not-yet are three values: a gap, a mark at 0, nothing", () => {
    const chart = projectionChart(
      [
        earned(0, 10_000n),
        earned(1, 0n, { actual: { kind: "missing" } }),
        earned(2, 0n),
        earned(3, 0n, { actual: { kind: "not_yet" } }),
      ],
      dollars,
    );
    expect(chart.actual).toEqual([100, null, 0, null]);
    expect(chart.points).toEqual(["solid", null, "solid", null]);
    expect(chart.table.rows.map(({ cells }) => cells[1])).toEqual(["$100.00", "no data", "$0.00", "not yet"]);
    expect(chart.tooltips.map(({ lines }) => lines[0])).toEqual([
      "Actual $100.00",
      "Actual no data",
      "Actual $0.00",
      "Actual not yet",
    ]);
  });

  test("what may still change is hollow and says so, and no line leads to a running month", () => {
    const chart = projectionChart(
      [
        earned(0, 5n, { actual: { kind: "value", value: 5n, sure: "estimated" } }),
        earned(1, 7n, { actual: { kind: "value", value: 7n, sure: "so_far" } }),
      ],
      dollars,
    );
    expect(chart.points).toEqual(["hollow", "hollow"]);
    expect(chart.running).toEqual([false, true]);
    expect(chart.table.rows.map(({ cells }) => cells[1])).toEqual(["$0.05 (estimated)", "$0.07 (so far)"]);
  });

  test("gap is actual − projected, exact: 1,200.00 − 1,000.00 = +200.00 (+20%)", () => {
    const chart = projectionChart(
      [earned(0, 120_000n, { projection: band(100_000n, 80_000n, 130_000n) })],
      dollars,
    );
    expect(chart.table.rows[0]?.cells).toEqual([
      "Jan 2026",
      "$1,200.00",
      "$1,000.00",
      "$800.00 to $1,300.00",
      "+$200.00 (+20%)",
    ]);
    expect(chart.summary).toBe(
      "Inside the 80% band: 1 of 1 month. Latest, January 2026: $1,200.00 against $1,000.00 projected, +$200.00 (+20%).",
    );
  });

  test("kept and reconstructed months are counted apart: 1 of 2 and 1 of 1", () => {
    const chart = projectionChart(
      [
        earned(0, 100n, { projection: { ...band(100n, 90n, 110n), origin: "reconstructed" } }),
        earned(1, 100n, { projection: band(100n, 90n, 110n) }),
        earned(2, 200n, { projection: { ...band(100n, 90n, 110n), origin: "late" } }),
      ],
      dollars,
    );
    expect(chart.summary).toMatch(/^Inside the 80% band: 1 of 2 months, 1 of 1 reconstructed\./);
    expect(chart.table.rows.map(({ cells }) => cells[2])).toEqual([
      "$1.00 (reconstructed)",
      "$1.00",
      "$1.00 (made late)",
    ]);
  });

  test("a running month is not judged against its projection", () => {
    const running = { kind: "value", value: 1n, sure: "so_far" } as const;
    const chart = projectionChart(
      [earned(0, 1n, { actual: running, projection: band(100n, 90n, 110n) })],
      dollars,
    );
    expect(chart.table.rows[0]?.cells.at(-1)).toBe("–");
    expect(chart.summary).toBe("No month with both a figure and a projection yet.");
  });

  test("an empty list and a list without figures still make a chart", () => {
    expect(projectionChart([], dollars)).toMatchObject({
      labels: [],
      axis: { min: 0, max: 1, ticks: [{ at: 0, label: "$0" }] },
      summary: "No figures in these months yet.",
    });
    expect(projectionChart([earned(0, 0n, { actual: { kind: "missing" } })], dollars).summary).toBe(
      "No figures in these months yet.",
    );
  });

  test("the axis is round, holds zero, and a wide first band does not flatten the line", () => {
    const rates = rpmScale(USD, "views", US);
    const chart = projectionChart(
      [
        {
          month: january,
          actual: { kind: "value", value: "3.00", sure: "final" },
          projection: { value: 2.9363, low80: 0.6576, high80: 13.1103, origin: "kept" },
        },
      ],
      rates,
    );
    expect(chart.axis).toEqual({
      min: 0,
      max: 6,
      ticks: [0, 2, 4, 6].map((at) => ({ at, label: `$${at}` })),
    });
    expect(chart.high80).toEqual([13.1103]);
    expect(chart.unit).toBe("USD per 1,000 views");
  });

  test("a refund below zero, yen, dinars and amounts beyond 2^53 keep their exact text", () => {
    const huge = 9_007_199_254_740_993n;
    expect(projectionChart([earned(0, -5_000n)], dollars).axis.min).toBeLessThanOrEqual(-50);
    expect(projectionChart([earned(0, huge)], dollars).table.rows[0]?.cells[1]).toBe(
      "$90,071,992,547,409.93",
    );
    expect(projectionChart([earned(0, 1500n)], moneyScale(JPY, US)).actual).toEqual([1500]);
    expect(projectionChart([earned(0, 1500n)], moneyScale(KWD, US)).actual).toEqual([1.5]);
  });

  test("an event stands at its month and in its text", () => {
    const chart = projectionChart([earned(0, 1n), earned(1, 1n, { events: ["Joined rewards"] })], dollars);
    expect(chart.markers).toEqual([{ index: 1, label: "Joined rewards" }]);
    expect(chart.table.columns.at(-1)).toBe("Events");
    expect(chart.table.rows.map(({ cells }) => cells.at(-1))).toEqual(["–", "Joined rewards"]);
    const plain = projectionChart([earned(0, 1n)], dollars);
    expect(plain.table.columns).not.toContain("Events");
    expect(chart.tooltips[1]?.lines).toContain("Joined rewards");
  });

  test("every tick is labelled, in order and inside the axis, for amounts of any size", () => {
    const minor = fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n });
    fc.assert(
      fc.property(fc.array(minor, { minLength: 1, maxLength: 36 }), (amounts) => {
        const { axis, actual } = projectionChart(
          amounts.map((amount, n) => earned(n, amount)),
          dollars,
        );
        const marks = actual.map(Number);
        const hair = 1e-12 * (axis.max - axis.min);
        expect(axis.min).toBeLessThanOrEqual(Math.min(0, ...marks) + hair);
        expect(axis.max).toBeGreaterThanOrEqual(Math.max(0, ...marks) - hair);
        expect(axis.ticks.length).toBeLessThanOrEqual(7);
        expect(axis.ticks.map(({ at }) => at)).toEqual(
          [...axis.ticks.map(({ at }) => at)].sort((a, b) => a - b),
        );
        expect(new Set(axis.ticks.map(({ label }) => label)).size).toBe(axis.ticks.length);
      }),
      { numRuns: 500, seed: 20261123 },
    );
  });
});

describe("earnings by stream", () => {
  const value = (n: number, streams: Partial<Record<"ads" | "gift" | "shop", bigint>>): StreamMonth => ({
    month: month(n),
    earned: { kind: "value", sure: "final", value: streams },
  });

  test("only streams that earned are listed, and the row sums to its total: 10.00 + 2.50 = 12.50", () => {
    const bars = streamBars([value(0, { gift: 250n, ads: 1000n, shop: 0n })], USD, US);
    expect(bars.table.columns).toEqual(["Month", "Ads", "Gifts", "Total"]);
    expect(bars.table.rows[0]?.cells).toEqual(["Jan 2026", "$10.00", "$2.50", "$12.50"]);
    expect(bars.series.map(({ stream, marks }) => [stream, marks])).toEqual([
      ["ads", [10]],
      ["gift", [2.5]],
    ]);
    expect(bars.summary).toBe("$12.50 in 1 month; the largest part, 80%, from ads.");
  });

  test("missing, zero and not-yet months look and read differently", () => {
    const bars = streamBars(
      [
        value(0, { ads: 1n }),
        { month: month(1), earned: { kind: "missing" } },
        value(2, {}),
        { month: month(3), earned: { kind: "not_yet" } },
      ],
      USD,
      US,
    );
    expect(bars.empty).toEqual([null, "missing", "zero", "not_yet"]);
    expect(bars.series[0]?.marks).toEqual([0.01, null, 0, null]);
    expect(bars.table.rows.map(({ cells }) => cells.at(-1))).toEqual([
      "$0.01",
      "no data",
      "$0.00",
      "not yet",
    ]);
    expect(bars.table.rows.map(({ cells }) => cells[1])).toEqual(["$0.01", "–", "$0.00", "–"]);
  });

  test("a refund stands below the axis beside what was earned above it", () => {
    const bars = streamBars([value(0, { ads: 10_000n, shop: -6_000n })], USD, US);
    expect(bars.axis.min).toBeLessThanOrEqual(-60);
    expect(bars.axis.max).toBeGreaterThanOrEqual(100);
    expect(bars.table.rows[0]?.cells.at(-1)).toBe("$40.00");
  });

  test("nothing logged is a sentence, not a zero", () => {
    expect(streamBars([{ month: january, earned: { kind: "missing" } }], USD, US).summary).toBe(
      "Nothing logged in these months yet.",
    );
    expect(streamBars([], USD, US).series).toEqual([]);
  });
});

describe("gap bridge", () => {
  const causes = [
    { key: "views", label: "Views", minor: -2_773_700n },
    { key: "watch", label: "Watch time per view", minor: 4_416_800n },
    { key: "rate", label: "Rate", minor: 47_400n },
  ];

  test("42,668 − 27,737 + 44,168 + 474 = 59,573: each bar begins where the one before ended", () => {
    const bridge = gapBridge({ projected: 4_266_800n, actual: 5_957_300n, causes }, USD, US);
    expect(bridge.rows.map(({ amount }) => amount)).toEqual([
      "$42,668.00",
      "-$27,737.00",
      "+$44,168.00",
      "+$474.00",
      "$59,573.00",
    ]);
    expect(bridge.rows.map(({ kind }) => kind)).toEqual(["total", "less", "more", "more", "total"]);
    const [projected, views, watch, rate, actual] = bridge.rows;
    expect(views?.end).toBe(projected?.end);
    expect(watch?.start).toBe(views?.start);
    expect(rate?.start).toBe(watch?.end);
    expect(rate?.end).toBe(actual?.end);
    expect(actual).toMatchObject({ start: 0, end: 100 });
    expect(bridge.summary).toBe(
      "$59,573.00 was earned, $16,905.00 more than the $42,668.00 projected. Largest cause: watch time per view, +$44,168.00.",
    );
  });

  test("a rest that no cause explains is refused, to the cent", () => {
    expect(() => gapBridge({ projected: 4_266_800n, actual: 5_957_301n, causes }, USD, US)).toThrow(
      new RangeError("The causes sum to 16905.00, but the gap is 16905.01."),
    );
  });

  test("below zero the zero line moves in, and nothing at all still draws", () => {
    const refund = gapBridge(
      { projected: 100n, actual: -100n, causes: [{ key: "refund", label: "Refund", minor: -200n }] },
      USD,
      US,
    );
    expect(refund.zeroAt).toBe(50);
    expect(refund.rows.at(-1)).toMatchObject({ start: 0, end: 50, amount: "-$1.00" });
    expect(gapBridge({ projected: 0n, actual: 0n, causes: [] }, USD, US)).toMatchObject({
      zeroAt: 0,
      summary: "$0.00 was earned, exactly as projected.",
    });
  });
});
