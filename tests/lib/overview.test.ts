import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { BUILT_IN } from "../../lib/model/benchmarks";
import type { DayCell, Ledger, MoneyCell, TrafficCell } from "../../lib/model/histories";
import { currencyOf } from "../../lib/model/money";
import { addMonths, dayOf, monthOf, monthsFrom } from "../../lib/model/month";
import { earnedOf, type OverviewInput, overviewOf, windowOf } from "../../lib/overview";

const USD = currencyOf("USD");
const EUR = currencyOf("EUR");

function paid(month: string, minor: bigint, given: Partial<MoneyCell> = {}): MoneyCell {
  return {
    month: monthOf(month),
    stream: "ads",
    platform: "youtube",
    format: "long",
    currency: USD,
    finalMinor: minor,
    estimatedMinor: null,
    ...given,
  };
}

function drawn(month: string, views: number, watchHours: number | null = null): TrafficCell[] {
  const counts = {
    month: monthOf(month),
    platform: "youtube" as const,
    views,
    qualifiedViews: null,
    engagedViews: null,
    adImpressions: null,
    watchSeconds: watchHours === null ? null : watchHours * 3600,
  };
  return [
    { ...counts, format: "long" },
    { ...counts, format: "all" },
  ];
}

function ledgerOf(given: Partial<Ledger>): Ledger {
  return {
    money: [],
    traffic: [],
    audience: [],
    niches: {},
    deals: [],
    events: [],
    perUsd: {},
    benchmarks: BUILT_IN,
    ...given,
  };
}

function overview(ledger: Ledger, today: string, given: Partial<OverviewInput> = {}) {
  const window = windowOf(ledger, dayOf(today), { month: null, months: 12 });
  if (window === null) throw new Error("The ledger is empty.");
  return overviewOf({
    reporting: USD,
    today: dayOf(today),
    locale: "en-US",
    ledger,
    rateFor: () => null,
    kept: new Map(),
    window,
    rateStream: null,
    measure: "erpm",
    ...given,
  });
}

/** The four golden months of the model: 2.50 a thousand is what the benchmark says for this audience. */
const GOLDEN = ledgerOf({
  money: [
    paid("2025-10", 30_000n),
    paid("2025-11", 42_000n),
    paid("2025-12", 36_000n),
    paid("2026-01", 24_000n),
  ],
  traffic: [
    ...drawn("2025-10", 100_000, 6_000),
    ...drawn("2025-11", 120_000, 7_000),
    ...drawn("2025-12", 90_000, 5_000),
    ...drawn("2026-01", 110_000, 6_400),
  ],
  audience: [
    { month: monthOf("2025-10"), platform: "youtube", views: null, shares: { fr_es_jp: 1_000_000 } },
  ],
  niches: { youtube: "entertainment" },
});

describe("the golden months", () => {
  const shown = overview(GOLDEN, "2026-02-10");

  it("projects 293.31 for January and explains the gap: views +53.33, watch time +9.64, rate -116.28", () => {
    expect(shown.month).toBe("2026-01");
    expect(shown.projected).toMatchObject({ minor: 29_331n, origin: "reconstructed" });
    expect(shown.gap?.bridge.rows.map(({ key, amount }) => [key, amount])).toEqual([
      ["projected", "$293.31"],
      ["views", "+$53.33"],
      ["region", "$0.00"],
      ["watch_time", "+$9.64"],
      ["rate", "-$116.28"],
      ["actual", "$240.00"],
    ]);
  });

  it("explains January against December when asked: 240.00 - 360.00 = -120.00, less season among it", () => {
    expect(shown.change).toBeNull();
    const { change } = overview(GOLDEN, "2026-02-10", { against: "month" });
    expect(change).toMatchObject({ since: "2025-12", left: [] });
    const rows = change?.bridge.rows ?? [];
    expect([rows[0]?.label, rows[0]?.amount]).toEqual(["December 2025", "$360.00"]);
    expect([rows.at(-1)?.label, rows.at(-1)?.amount]).toEqual(["January 2026", "$240.00"]);
    expect(rows.find(({ key }) => key === "season")?.kind).toBe("less");
    const steps = rows.slice(1, -1).map(({ amount }) => centsOf(amount));
    expect(steps.reduce((sum, step) => sum + step, 0)).toBe(-12_000);
    expect(change?.bridge.summary).toContain(
      "$240.00 was earned, $120.00 less than the $360.00 of December 2025.",
    );
  });

  it("leaves a stream of which one month is not logged out of both, and says so", () => {
    const ledger = ledgerOf({
      ...GOLDEN,
      money: [...GOLDEN.money, paid(monthOf("2026-01"), 5_000n, { stream: "gift" })],
    });
    const { change } = overview(ledger, "2026-02-10", { against: "month" });
    expect(change?.left).toEqual(["Gifts, YouTube, Long"]);
    expect(change?.bridge.rows.at(-1)?.amount).toBe("$240.00");
  });

  it("says what the same rate makes of the traffic that really came: 371.73", () => {
    expect(shown.gap?.withRealTrafficMinor).toBe(37_173n);
  });

  it("divides total by total for the eRPM: 240.00 / 110,000 views = 2.18 per 1,000", () => {
    expect(shown.eRpm).toBe("2.18");
  });

  it("projects the running month without judging it", () => {
    const [january, february] = shown.total.table.rows.slice(-2);
    expect(january?.cells[1]).toBe("$2.18");
    expect(february?.cells.slice(0, 2)).toEqual(["Feb 2026", "not yet"]);
    expect(february?.cells[2]).toContain("(reconstructed)");
    expect(shown.rate?.reconstructed?.months).toBe(4);
    expect(shown.rate?.kept).toBeNull();
  });
});

describe("where the running month is heading", () => {
  const days = Array.from({ length: 10 }, (_, index): DayCell => {
    const day = dayOf(`2026-02-${String(index + 1).padStart(2, "0")}`);
    const { stream, platform, format, currency } = paid("2026-02", 0n);
    return { stream, platform, format, currency, day, minor: 1_000n, isEstimated: false };
  });
  const affiliate = { stream: "affiliate", format: "all" } as const;
  const ledger = {
    ...GOLDEN,
    money: [
      ...GOLDEN.money,
      paid("2026-02", 10_000n),
      paid("2026-01", 4_000n, affiliate),
      paid("2026-02", 7_000n, affiliate),
    ],
  };

  it("goes on at the daily pace, 28 days of 10.00, and takes from the other streams what is projected or there", () => {
    const shown = overview(ledger, "2026-02-10", { running: days });
    expect(shown.heading?.minor).toBe(28_000n + 7_000n);
    expect(shown.heading?.projectedMinor).toBeGreaterThan(0n);
    expect(shown.soFar?.earned.minor).toBe(17_000n);
  });

  it("is silent without payouts by the day, with too few of them, and in months that are not shown", () => {
    expect(overview(ledger, "2026-02-10").heading).toBeNull();
    expect(overview(ledger, "2026-02-10", { running: days.slice(0, 6) }).heading).toBeNull();
    const window = windowOf(ledger, dayOf("2026-02-10"), { month: monthOf("2025-12"), months: 12 });
    const past = { ...window!, to: monthOf("2026-01") };
    expect(overview(ledger, "2026-02-10", { running: days, window: past }).heading).toBeNull();
  });

  it("never feeds the filter: every projection is the same with and without the days", () => {
    const [without, with_] = [
      overview(ledger, "2026-02-10"),
      overview(ledger, "2026-02-10", { running: days }),
    ];
    expect({ ...with_, heading: null }).toEqual(without);
  });
});

describe("refunds and corrections", () => {
  it("are a cause of their own in the gap, to the cent, and not a worse rate", () => {
    const ledger = {
      ...GOLDEN,
      money: GOLDEN.money.map((cell) =>
        cell.month === "2026-01" ? { ...cell, finalMinor: 23_000n, adjustmentsMinor: -1_000n } : cell,
      ),
    };
    const rows = overview(ledger, "2026-02-10").gap?.bridge.rows.map(({ key, amount }) => [key, amount]);
    expect(rows).toContainEqual(["adjustments", "-$10.00"]);
    expect(rows).toContainEqual(["rate", "-$116.28"]);
    expect(rows).toContainEqual(["actual", "$230.00"]);
  });
});

describe("missing, zero and not yet", () => {
  it("shows a month between without payouts as no data, never as zero", () => {
    const ledger = ledgerOf({
      money: [paid("2026-01", 100n), paid("2026-03", 100n)],
      traffic: ["2026-01", "2026-02", "2026-03"].flatMap((month) => drawn(month, 1_000)),
    });
    const { total, streams } = overview(ledger, "2026-04-15");
    expect(total.table.rows.map(({ cells }) => cells[1])).toEqual(["$1.00", "no data", "$1.00", "not yet"]);
    expect(streams.empty[1]).toBe("missing");
  });

  it("shows money without views in the earnings, and no RPM for it", () => {
    const ledger = ledgerOf({ money: [paid("2026-01", 100n)], traffic: drawn("2026-02", 1_000) });
    const { earned, eRpm } = overview(ledger, "2026-02-15");
    expect(earned.minor).toBe(100n);
    expect(eRpm).toBeNull();
  });

  it("leaves a projected stream of which nothing was logged out of the gap and says so", () => {
    const months = ["2026-01", "2026-02", "2026-03", "2026-04"];
    const ledger = ledgerOf({
      money: [
        ...months.map((month) => paid(month, 10_000n)),
        ...months.slice(0, 3).map((month) => paid(month, 5_000n, { stream: "affiliate", format: "all" })),
      ],
      traffic: months.flatMap((month) => drawn(month, 50_000)),
    });
    const { gap, earned } = overview(ledger, "2026-05-02");
    expect(gap?.waiting.map(({ label }) => label)).toEqual(["Affiliate, YouTube"]);
    expect(gap?.bridge.rows.at(-1)?.amount).toBe("$100.00");
    expect(earned.minor).toBe(10_000n);
  });

  it("waits for no money of a programme that does not let the creator in yet", () => {
    const tiktok = { stream: "rewards", platform: "tiktok", format: "all" } as const;
    const { gap, expected } = overview(
      {
        ...GOLDEN,
        money: [...GOLDEN.money, paid("2025-12", 0n, tiktok)],
        traffic: [
          ...GOLDEN.traffic,
          ...drawn("2026-01", 50_000).map((cell) => ({ ...cell, platform: "tiktok" as const })),
        ],
        followers: [{ platform: "tiktok", day: dayOf("2026-01-20"), followers: 8_000 }],
      },
      "2026-02-10",
    );
    expect(expected.find(({ platform }) => platform === "tiktok")?.projection.medianMinor).toBe(0n);
    expect(gap?.waiting).toEqual([]);
  });
});

describe("currencies", () => {
  const rateFor: OverviewInput["rateFor"] = (currency) => (currency === EUR ? "1.1" : null);

  it("keeps an amount without a rate apart, in its own currency", () => {
    const cells = [paid("2026-01", 100n), paid("2026-01", 7_000n, { currency: currencyOf("JPY") })];
    expect(earnedOf(cells, USD, rateFor)).toMatchObject({
      minor: 100n,
      apart: [{ currency: "JPY", minor: 7_000n }],
    });
  });

  it("converts a stream's currency once, not once per platform: 0.05 + 0.05 EUR = 0.11 USD, not 0.06 + 0.06", () => {
    const cells = [
      paid("2026-01", 5n, { currency: EUR }),
      paid("2026-01", 5n, { currency: EUR, platform: "tiktok" }),
    ];
    expect(earnedOf(cells, USD, rateFor).minor).toBe(11n);
  });

  it("shows estimated and final apart, and they add up to the converted sum", () => {
    const cells = [
      paid("2026-01", 5n, { currency: EUR }),
      paid("2026-01", 0n, { currency: EUR, format: "short", finalMinor: null, estimatedMinor: 5n }),
    ];
    const { minor, finalMinor, estimatedMinor, isEstimated } = earnedOf(cells, USD, rateFor);
    expect([minor, finalMinor + estimatedMinor, isEstimated]).toEqual([11n, 11n, true]);
  });
});

describe("deals and events", () => {
  const months = ["2025-10", "2025-11", "2025-12", "2026-01"];
  const deals = [
    { month: monthOf("2026-01"), platform: "youtube" as const, currency: USD, minor: 50_000n },
    { month: monthOf("2026-01"), platform: null, currency: EUR, minor: 10_000n },
  ];
  const booked = ledgerOf({ ...GOLDEN, deals });

  it("counts what was booked before the month into its projection, and says how much of it: 500 + 110", () => {
    const rateFor: OverviewInput["rateFor"] = (currency) => (currency === EUR ? "1.1" : null);
    const shown = overview(booked, "2026-02-10", { rateFor });
    expect(shown.projected).toMatchObject({ minor: 29_331n + 61_000n, bookedMinor: 61_000n });
    expect(overview(GOLDEN, "2026-02-10").projected?.bookedMinor).toBeNull();
  });

  it("explains a deal that did not come as booked or not booked, never as a rate", () => {
    const rows = overview(booked, "2026-02-10").gap?.bridge.rows ?? [];
    expect(rows.find(({ key }) => key === "booked")?.amount).toBe("-$500.00");
  });

  it("marks an event in the total, and in a stream's rate only where it concerns the stream", () => {
    const mark = (stream: "ads" | "gift" | null, label: string) =>
      ({ day: dayOf("2025-12-09"), label, stream, platform: null, effect: "none" }) as const;
    const events = [mark(null, "All"), mark("ads", "Ads"), mark("gift", "Gifts")];
    const shown = overview(ledgerOf({ ...GOLDEN, events }), "2026-01-20");
    const labels = (chart: typeof shown.total | undefined) => chart?.markers.map(({ label }) => label);
    expect(labels(shown.total)).toEqual(["All", "Ads", "Gifts"]);
    expect(labels(shown.rate?.chart)).toEqual(["All", "Ads"]);
    expect(shown.total.table.rows[months.indexOf("2025-12")]?.cells.at(-1)).toBe("All; Ads; Gifts");
    expect(shown.total.tooltips[months.indexOf("2025-12")]?.lines).toContain("Gifts");
  });

  it("an event that is only marked changes no figure; one that widens changes no month up to its own", () => {
    const at = (effect: "none" | "widen") =>
      overview(
        ledgerOf({
          ...GOLDEN,
          events: [{ day: dayOf("2025-12-09"), label: "x", stream: null, platform: null, effect }],
        }),
        "2026-02-10",
      );
    const plain = overview(GOLDEN, "2026-02-10");
    expect(at("none").total.projected).toEqual(plain.total.projected);
    const widened = at("widen").rate?.chart;
    expect(widened?.high80.slice(0, 3)).toEqual(plain.rate?.chart.high80.slice(0, 3));
    expect(widened?.high80[3]).not.toBe(plain.rate?.chart.high80[3]);
  });
});

describe("which months are shown", () => {
  const old = { money: [paid("2020-01", 1n), paid("2022-08", 1n)], traffic: [] };
  const today = dayOf("2026-11-23");

  it("goes back to the last months with money when nothing is newer", () => {
    expect(windowOf(old, today, { month: null, months: 12 })).toMatchObject({
      from: "2021-09",
      to: "2022-08",
      month: "2022-08",
    });
  });

  it("begins no earlier than the first known month", () => {
    const ledger = { money: [paid("2026-09", 1n)], traffic: [] };
    expect(windowOf(ledger, today, { month: null, months: 60 })).toMatchObject({
      from: "2026-09",
      to: "2026-11",
    });
  });

  it("shows another month when the asked one lies outside of what is known", () => {
    expect(windowOf(old, today, { month: monthOf("2031-01"), months: 12 })?.month).toBe("2022-08");
  });

  it("has nothing to show for an empty ledger", () => {
    expect(windowOf({ money: [], traffic: [] }, today, { month: null, months: 12 })).toBeNull();
  });
});

const cellArbitrary = fc.record({
  at: fc.integer({ min: 0, max: 14 }),
  stream: fc.constantFrom("ads", "rewards", "affiliate", "sponsorship", "subscription"),
  platform: fc.constantFrom("youtube", "tiktok", null),
  currency: fc.constantFrom(USD, EUR, currencyOf("JPY")),
  finalMinor: fc.option(fc.bigInt({ min: -5_000n, max: 9_000_000n })),
  estimatedMinor: fc.option(fc.bigInt({ min: 0n, max: 900_000n })),
} as const);

/** "-$1,234.50" in cents; what plays no part is none. */
function centsOf(amount: string): number {
  const digits = Number(amount.replace(/\D/g, ""));
  return amount.startsWith("-") ? -digits : digits;
}

it("makes a gap's causes sum to the cent to what was earned, in total and stream by stream, whatever was logged", () => {
  const first = monthOf("2025-01");
  const months = monthsFrom(first, addMonths(first, 14));
  fc.assert(
    fc.property(
      fc.uniqueArray(cellArbitrary, {
        selector: (cell) => `${cell.at} ${cell.stream} ${cell.platform} ${cell.currency}`,
        minLength: 1,
        maxLength: 60,
      }),
      fc.array(fc.integer({ min: 0, max: 5_000_000 }), { minLength: 15, maxLength: 15 }),
      fc.constantFrom(...months),
      (cells, views, month) => {
        const ledger = ledgerOf({
          money: cells
            .filter(({ finalMinor, estimatedMinor }) => finalMinor !== null || estimatedMinor !== null)
            .map(({ at, ...cell }) => paid(addMonths(first, at), 0n, { ...cell, format: "all" })),
          traffic: months.flatMap((month, at) => drawn(month, views[at] ?? 0)),
          perUsd: { EUR: "0.9" },
        });
        const rateFor: OverviewInput["rateFor"] = (currency, month) =>
          currency === EUR ? `1.${month.slice(5)}` : null;
        const window = windowOf(ledger, dayOf("2026-05-05"), { month, months: 12 });
        // The bridge throws when its parts do not add up.
        if (!window) return;
        const { gap, change } = overview(ledger, "2026-05-05", { window, rateFor, against: "month" });
        for (const explained of [gap, change]) {
          // The last row is the bridge; every column of the streams above sums to it.
          const rows = (explained?.byStream.rows ?? []).map(({ cells }) => cells.slice(1).map(centsOf));
          const [all = [], ...streams] = rows.reverse();
          all.forEach((total, column) => {
            expect(streams.reduce((sum, cells) => sum + (cells[column] ?? 0), 0)).toBe(total);
          });
        }
      },
    ),
    { numRuns: 100 },
  );
});
