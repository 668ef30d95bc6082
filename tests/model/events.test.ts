import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { addMonths, type Month, monthOf } from "../../lib/model/month";
import {
  type HistoryRow,
  projectStream,
  reconstruct,
  type StreamEvent,
  type StreamHistory,
} from "../../lib/model/projection";
import { ADS_KEY, GOLDEN_PRIOR } from "./stories";

const START = monthOf("2024-01");
const runs = { numRuns: 2000, seed: 20261126 };
const at = (n: number): Month => addMonths(START, n);
const event = (n: number, effect: StreamEvent["effect"]): StreamEvent => ({ month: at(n), effect });

function rowsOf(amounts: readonly (bigint | null)[]): HistoryRow[] {
  return amounts.map((minor, index) => ({ month: at(index), minor, views: 100_000 }));
}

function history(rows: readonly HistoryRow[], events?: readonly StreamEvent[]): StreamHistory {
  return { key: ADS_KEY, rows, prior: GOLDEN_PRIOR, ...(events ? { events } : {}) };
}

const steady = rowsOf(Array.from({ length: 18 }, (_, index) => 30_000n + BigInt(index % 3) * 500n));

describe("widen", () => {
  test("adds a year's drift to the level's variance once: the middle stays, the band is wider, and it passes", () => {
    const plain = projectStream(history(steady), at(18));
    const wide = projectStream(history(steady, [event(18, "widen")]), at(18));
    expect(wide.mu).toBe(plain.mu);
    expect(wide.state!.C[0] - plain.state!.C[0]).toBeCloseTo(12, 12);
    expect(wide.state!.C.slice(1)).toEqual(plain.state!.C.slice(1));
    expect(wide.sd!).toBeGreaterThan(plain.sd! * 2);
    const longAgo = projectStream(history(steady, [event(3, "widen")]), at(18));
    expect(longAgo.sd!).toBeLessThan(plain.sd! * 1.2);
  });

  test("lets the next payout count for more: after a jump to 60,000 the rate is nearer to it", () => {
    const jumped = [...steady, { month: at(18), minor: 60_000n, views: 100_000 }];
    const plain = projectStream(history(jumped), at(19));
    const wide = projectStream(history(jumped, [event(18, "widen")]), at(19));
    expect(wide.mu!).toBeGreaterThan(plain.mu!);
    expect(wide.why.events).toEqual([event(18, "widen")]);
  });
});

describe("restart", () => {
  test("begins anew with the old level as one observation, as after a year of silence", () => {
    const projection = projectStream(history(steady, [event(18, "restart")]), at(18));
    expect(projection.state!.t).toBe(1);
    expect(projection.why).toMatchObject({ restarted: true, payouts: 18, events: [event(18, "restart")] });
    expect(projection.inputs.gap).toBe(0);
    const silent = projectStream(history(steady), at(18 + 13));
    expect(silent.state!.t).toBe(1);
    expect(projection.state!.m[0]).toBeCloseTo(silent.state!.m[0], 12);
    const learned = projectStream(history(steady, [event(10, "restart")]), at(18));
    expect(learned.state!.t).toBe(1 + 8);
  });

  test("counts silence from the event on", () => {
    const projection = projectStream(history(steady, [event(20, "restart")]), at(22));
    expect(projection.inputs.gap).toBe(2);
  });

  test("before the first payout there is no level to begin anew, nor to widen", () => {
    for (const effect of ["widen", "restart"] as const) {
      const events = [event(0, effect)];
      const rows = rowsOf([null, 30_000n]);
      expect(projectStream(history(rows, events), at(2))).toEqual(projectStream(history(rows), at(2)));
    }
  });
});

describe("which month feels an event", () => {
  test("a frozen projection knows what was announced for its month; a replayed one learns it at the month's end", () => {
    const events = [event(10, "widen")];
    const plain = reconstruct(history(steady));
    const replayed = reconstruct(history(steady, events));
    expect(replayed.slice(0, 11)).toEqual(plain.slice(0, 11));
    expect(replayed[11]!.state).not.toEqual(plain[11]!.state);
    expect(projectStream(history(steady, events), at(10)).why.events).toEqual(events);
    expect(projectStream(history(steady, events), at(11), 2).why.events).toEqual(events);
    expect(projectStream(history(steady, events), at(9)).why.events).toBeUndefined();
  });
});

describe("any history and any events", () => {
  const someRows = fc
    .array(
      fc.record({
        minor: fc.option(fc.bigInt({ min: -100n, max: 10n ** 9n })),
        views: fc.option(fc.integer({ min: 0, max: 10 ** 8 })),
        paidViews: fc.option(fc.integer({ min: 0, max: 10 ** 8 })),
      }),
      { maxLength: 30 },
    )
    .map((rows): HistoryRow[] => rows.map((row, index) => ({ month: at(index), ...row })));
  const someEvents = fc.array(
    fc.record({ n: fc.integer({ min: 0, max: 40 }), effect: fc.constantFrom("widen", "restart") }),
    { maxLength: 8 },
  );

  test("without an event nothing changes, not one bit, nor by one of a later month", () => {
    fc.assert(
      fc.property(
        someRows,
        someEvents,
        fc.integer({ min: 1, max: 35 }),
        fc.integer({ min: 1, max: 3 }),
        (rows, events, n, horizon) => {
          const target = at(n);
          const plain = projectStream(history(rows), target, horizon);
          expect(projectStream(history(rows, []), target, horizon)).toEqual(plain);
          const later = events.filter((each) => each.n > n).map(({ n, effect }) => event(n, effect));
          expect(projectStream(history(rows, later), target, horizon)).toEqual(plain);
          expect(plain.why).not.toHaveProperty("events");
        },
      ),
      runs,
    );
  });

  test("their order plays no part, and figures stay finite and ordered", () => {
    fc.assert(
      fc.property(someRows, someEvents, fc.integer({ min: 1, max: 35 }), (rows, drawn, n) => {
        const events = drawn.map(({ n, effect }) => event(n, effect));
        const projection = projectStream(history(rows, events), at(n));
        expect(projectStream(history(rows, [...events].reverse()), at(n))).toEqual(projection);
        const { sd, state, bands, medianMinor } = projection;
        if (sd !== null) expect(Number.isFinite(sd) && sd > 0).toBe(true);
        if (state) expect(state.C[0] > 0 && state.C[3] > 0 && state.C[5] > 0).toBe(true);
        if (bands && medianMinor !== null)
          expect(bands[80].lo <= medianMinor && medianMinor <= bands[80].hi).toBe(true);
      }),
      runs,
    );
  });
});
