import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Accuracy, type AccuracyInput, accuracyOf, judgedMonths, TOTAL } from "../../lib/accuracy";
import type { KeptMonth } from "../../lib/expectations";
import { BUILT_IN } from "../../lib/model/benchmarks";
import { historiesOf, type Ledger, type TrafficCell } from "../../lib/model/histories";
import { dayOf, type Month, monthOf, monthsFrom } from "../../lib/model/month";
import { projectStream } from "../../lib/model/projection";
import { cellsAt, type MoneySteps } from "../../lib/model/restated";
import { totalOf } from "../../lib/model/total";
import { USD } from "../model/stories";

const FIRST = monthOf("2025-01");
const LAST = monthOf("2025-12");
const MONTHS = monthsFrom(FIRST, LAST);
/** Each month is first judged at its own number; corrections come after. */
const dueOf = (month: Month) => 10 * (MONTHS.indexOf(month) + 1);

type Entry = { month: Month; stream?: "ads" | "affiliate" | "sponsorship"; steps: MoneySteps["steps"] };

function cellOf({ month, stream = "ads", steps }: Entry): MoneySteps {
  return {
    month,
    stream,
    platform: "youtube",
    format: stream === "ads" ? "long" : "all",
    currency: USD,
    steps,
  };
}

function drawn(month: Month, views: number): TrafficCell[] {
  const counts = { qualifiedViews: null, engagedViews: null, adImpressions: null, watchSeconds: null };
  return (["long", "all"] as const).map((format) => ({
    month,
    platform: "youtube",
    format,
    views,
    ...counts,
  }));
}

function ledgerOf(steps: readonly MoneySteps[], views: (month: Month) => number = () => 100_000): Ledger {
  return {
    money: cellsAt(steps, Number.MAX_SAFE_INTEGER),
    traffic: MONTHS.flatMap((month) => drawn(month, views(month))),
    audience: [],
    niches: {},
    deals: [],
    events: [],
    benchmarks: BUILT_IN,
    perUsd: {},
  };
}

function accuracy(steps: readonly MoneySteps[], given: Partial<AccuracyInput> = {}): Accuracy {
  return accuracyOf({
    reporting: USD,
    rateFor: () => null,
    kept: new Map(),
    locale: "en-US",
    ledger: ledgerOf(steps),
    steps,
    window: { from: FIRST, to: LAST, first: FIRST },
    subject: null,
    ...given,
  });
}

/** As the job freezes it at the month's start. */
function keptOf(ledger: Ledger, month: Month): KeptMonth {
  const before = { ...ledger, money: ledger.money.filter((cell) => cell.month < month) };
  const streams = historiesOf(before, { asOf: month }).map(({ id, history }) => ({
    id,
    projection: projectStream(history, month),
  }));
  const total = totalOf(
    streams.map(({ projection }) => projection),
    USD,
  )!;
  return {
    isLate: false,
    total: { medianMinor: total.medianMinor, bands: total.bands, currency: USD, viewsProjected: null },
    streams: new Map(streams.map(({ id, projection }) => [id, { projection, rate: "1" }])),
  };
}

const steady = MONTHS.map((month, index) =>
  cellOf({ month, steps: [{ at: dueOf(month) - 1, minor: 20_000n + 500n * BigInt(index) }] }),
);
const subjectOf = ({ subjects }: Accuracy, id: string) => subjects.find((subject) => subject.id === id);
const ADS = "ads.youtube.long.USD";

describe("which months are judged", () => {
  const ledger = ledgerOf(steady);
  it("are the last twelve that began two months ago, none before the first payout", () => {
    expect(judgedMonths(ledger, dayOf("2026-03-15"), 12)).toEqual({
      from: "2025-02",
      to: "2026-01",
      first: FIRST,
    });
    expect(judgedMonths(ledger, dayOf("2025-05-01"), 24)).toEqual({
      from: FIRST,
      to: "2025-03",
      first: FIRST,
    });
    expect(judgedMonths(ledger, dayOf("2026-03-15"), "all")).toMatchObject({ from: FIRST });
  });

  it("are none while the first month has not settled", () => {
    expect(judgedMonths(ledger, dayOf("2025-02-28"), "all")).toBeNull();
    expect(judgedMonths({ money: [] }, dayOf("2025-02-28"), 12)).toBeNull();
  });
});

describe("first made and restated", () => {
  it("are the same while no amount has changed", () => {
    const { subjects } = accuracy(steady);
    // Before the first views are known there is a rate to judge, but no money.
    expect(subjects.map(({ id, reconstructed }) => [id, reconstructed.restated?.months])).toEqual([
      [TOTAL, 11],
      [ADS, 12],
    ]);
    for (const { kept, reconstructed } of subjects) {
      expect(kept).toEqual({ first: null, restated: null });
      expect(reconstructed.first).toEqual(reconstructed.restated);
    }
  });

  it("differ after a clawback of December: the first score stands, the restated one moves by ln 2", () => {
    const december = steady.at(-1)!;
    const clawed = { ...december, steps: [...december.steps, { at: 999, minor: 12_750n }] };
    const [before, after] = [accuracy(steady), accuracy([...steady.slice(0, -1), clawed])];
    for (const id of [TOTAL, ADS]) {
      const [was, is] = [subjectOf(before, id)!.reconstructed, subjectOf(after, id)!.reconstructed];
      expect(is.first).toEqual(was.first);
      expect(is.restated!.error).toBeGreaterThan(was.restated!.error);
      // 12,750 instead of 25,500: half, so one month of all moves by ln 2.
      const moved = is.restated!.bias - was.restated!.bias;
      expect(moved * is.restated!.months).toBeCloseTo(-Math.log(2), 4);
    }
  });

  it("leave the first score to a stream whose payouts were all taken back later", () => {
    const shop = MONTHS.map((month) =>
      cellOf({ month, stream: "affiliate", steps: [{ at: dueOf(month) - 1, minor: 3_000n }] }),
    );
    const gone = shop.map((cell) => ({ ...cell, steps: [...cell.steps, { at: 999, minor: null }] }));
    const id = "affiliate.youtube.all.USD";
    const [was, is] = [accuracy([...steady, ...shop]), accuracy([...steady, ...gone])];
    expect(subjectOf(is, id)?.reconstructed.restated).toBeNull();
    expect(subjectOf(is, id)?.reconstructed.first).toEqual(subjectOf(was, id)?.reconstructed.first);
  });

  it("take an import of old months as it was first recorded", () => {
    const imported = steady.map((cell) => ({
      ...cell,
      steps: [
        { at: 500, minor: cell.steps[0]!.minor },
        { at: 600, minor: 1n },
      ],
    }));
    const first = subjectOf(accuracy(imported), ADS)!.reconstructed.first;
    expect(first).toEqual(subjectOf(accuracy(steady), ADS)!.reconstructed.restated);
  });
});

describe("kept and reconstructed", () => {
  it("stand apart: each month is judged once, as the one or the other", () => {
    const ledger = ledgerOf(steady);
    const kept = new Map(MONTHS.slice(8).map((month) => [month, keptOf(ledger, month)]));
    const { subjects, chart } = accuracy(steady, { kept });
    expect(subjects.map((each) => [each.kept.restated?.months, each.reconstructed.restated?.months])).toEqual(
      [
        [4, 7],
        [4, 8],
      ],
    );
    expect(chart.reconstructed).toEqual(MONTHS.map((_, index) => index >= 1 && index < 8));
    // What the total says it hit is what the chart shows.
    const hits = chart.hits.filter((hit, index) => hit === "hit" && index >= 8).length;
    expect(subjects[0]?.kept.restated?.hitsShown[80]).toBe(hits);
  });
});

describe("like with like", () => {
  const affiliate = (months: readonly Month[]) =>
    months.map((month) =>
      cellOf({ month, stream: "affiliate", steps: [{ at: dueOf(month) - 1, minor: 20_000n }] }),
    );

  it("leaves a stream without an entry out of that month's total: missing is not zero", () => {
    const all = accuracy([...steady, ...affiliate(MONTHS)]);
    const some = accuracy([...steady, ...affiliate(MONTHS.slice(0, 11))]);
    const off = ({ chart }: Accuracy) => Math.abs(chart.marks.at(-1)!);
    expect(off(all)).toBeLessThan(0.1);
    expect(off(some)).toBeLessThan(0.1);
  });

  it("counts a deal that was not made as zero, and judges deals by no rate of their own", () => {
    const deals = MONTHS.slice(0, 6).map((month) =>
      cellOf({ month, stream: "sponsorship", steps: [{ at: dueOf(month) - 1, minor: 20_000n }] }),
    );
    const { subjects, lumpy, chart } = accuracy([...steady, ...deals]);
    expect(subjects.map(({ id }) => id)).toEqual([TOTAL, ADS]);
    expect(lumpy).toEqual(["Sponsorship, YouTube"]);
    expect(chart.marks[6]).toBeLessThan(-0.3);
  });

  it("says plainly where repeating last month is better", () => {
    const saw = MONTHS.map((month, index) =>
      cellOf({ month, steps: [{ at: dueOf(month) - 1, minor: index < 6 ? 20_000n : 60_000n }] }),
    );
    const { restated } = subjectOf(accuracy(saw), ADS)!.reconstructed;
    expect(restated!.skillAgainstLast).toBeGreaterThan(0);
  });
});

const stepsArbitrary = fc.array(
  fc.record({
    at: fc.integer({ min: 0, max: 11 }),
    stream: fc.constantFrom("ads" as const, "affiliate" as const, "sponsorship" as const),
    minor: fc.bigInt({ min: -500n, max: 90_000n }),
    recorded: fc.integer({ min: 0, max: 200 }),
  }),
  { minLength: 1, maxLength: 40 },
);

/** Entries in any order, as the database groups them: one step at the month's own instant, then one per change. */
function grouped(
  entries: readonly { at: number; stream: Entry["stream"]; minor: bigint; recorded: number }[],
) {
  const cells = new Map<string, { month: Month; stream: Entry["stream"]; changes: Map<number, bigint> }>();
  for (const { at, stream, minor, recorded } of entries) {
    const month = MONTHS[at]!;
    const key = `${month} ${stream}`;
    const cell = cells.get(key) ?? { month, stream, changes: new Map() };
    const instant = Math.max(recorded, dueOf(month) - 1);
    cell.changes.set(instant, (cell.changes.get(instant) ?? 0n) + minor);
    cells.set(key, cell);
  }
  return [...cells.values()].map(({ month, stream, changes }) => {
    let sum = 0n;
    const steps = [...changes]
      .sort(([a], [b]) => a - b)
      .map(([at, minor]) => {
        sum += minor;
        return { at, minor: sum };
      });
    return cellOf({ month, stream, steps });
  });
}

it("a later correction changes no score as first made, whatever was logged before", {
  timeout: 30_000,
}, () => {
  fc.assert(
    fc.property(
      stepsArbitrary,
      fc.integer({ min: 0, max: 39 }),
      fc.bigInt({ min: -9_999n, max: 9_999n }),
      (entries, which, minor) => {
        const corrected = entries[which % entries.length]!;
        const later = [...entries, { ...corrected, minor, recorded: 1_000 }];
        const views = (month: Month) => 50_000 + 10_000 * MONTHS.indexOf(month);
        const [before, after] = [entries, later].map((all) => {
          const steps = grouped(all);
          return accuracy(steps, { ledger: ledgerOf(steps, views) });
        }) as [Accuracy, Accuracy];
        for (const { id, kept, reconstructed } of before.subjects) {
          const now = subjectOf(after, id);
          expect(now?.reconstructed.first ?? null).toEqual(reconstructed.first);
          expect(now?.kept.first ?? null).toEqual(kept.first);
        }
      },
    ),
    { numRuns: 60 },
  );
});

it("a month is judged as kept or as reconstructed, never as both", { timeout: 30_000 }, () => {
  fc.assert(
    fc.property(stepsArbitrary, fc.subarray(MONTHS), (entries, frozen) => {
      const steps = grouped(entries);
      const ledger = ledgerOf(steps);
      const kept = new Map(
        frozen.flatMap((month) =>
          ledger.money.some((cell) => cell.month < month && cell.stream === "ads")
            ? [[month, keptOf(ledger, month)] as const]
            : [],
        ),
      );
      const { subjects } = accuracy(steps, { ledger, kept });
      for (const subject of subjects) {
        const months = (pair: "kept" | "reconstructed") => subject[pair].restated?.months ?? 0;
        expect(months("kept")).toBeLessThanOrEqual(kept.size);
        expect(months("reconstructed")).toBeLessThanOrEqual(MONTHS.length - kept.size);
      }
    }),
    { numRuns: 60 },
  );
});
