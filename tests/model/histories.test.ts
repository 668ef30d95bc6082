import { describe, expect, test } from "vitest";
import { BUILT_IN } from "../../lib/model/benchmarks";
import {
  concerns,
  type DealCell,
  type EventCell,
  historiesOf,
  type Ledger,
  type MoneyCell,
  outlookOf,
  reconstructLive,
} from "../../lib/model/histories";
import { addMonths, dayOf, type Month, monthOf } from "../../lib/model/month";
import { projectStream } from "../../lib/model/projection";
import { EUR, USD } from "./stories";

const MAY = monthOf("2026-05");
const back = (n: number) => addMonths(MAY, -n);

function paid(month: Month, minor: bigint, given: Partial<MoneyCell> = {}): MoneyCell {
  return {
    ...{ month, stream: "sponsorship", platform: "youtube", format: "all", currency: USD },
    ...{ finalMinor: minor, estimatedMinor: null },
    ...given,
  };
}
const deal = (month: Month, minor: bigint, given: Partial<DealCell> = {}): DealCell => ({
  ...{ month, platform: "youtube", currency: USD, minor },
  ...given,
});
const happened = (day: string, given: Partial<EventCell> = {}): EventCell => ({
  ...{ day: dayOf(day), label: "Rules", stream: null, platform: null, effect: "restart" },
  ...given,
});
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

describe("deals in a ledger", () => {
  test("a deal alone makes a stream of its platform and currency, with its month's projection", () => {
    const ledger = ledgerOf({ deals: [deal(MAY, 500n), deal(MAY, 7n, { currency: EUR, platform: null })] });
    const streams = historiesOf(ledger, { asOf: MAY });
    expect(streams.map(({ id }) => id)).toEqual(["sponsorship.none.all.EUR", "sponsorship.youtube.all.USD"]);
    expect(projectStream(streams[1]!.history, MAY)).toMatchObject({ medianMinor: 500n, bookedMinor: 500n });
  });

  test("what was booked for a past month is taken off what it paid; the rest alone is expected again", () => {
    const ledger = ledgerOf({
      money: [paid(back(2), 500n), paid(back(1), 700n)],
      deals: [deal(back(1), 700n)],
    });
    const [stream] = historiesOf(ledger, { asOf: MAY });
    expect(stream?.history.rows.map(({ minor, bookedMinor }) => [minor, bookedMinor])).toEqual([
      [500n, undefined],
      [700n, 700n],
    ]);
    expect(projectStream(stream!.history, MAY).medianMinor).toBe(250n);
  });

  test("a payout dated ahead and a deal may be the same money: the larger counts, never both", () => {
    const booked = (minor: bigint, fee: bigint) => {
      const ledger = ledgerOf({ money: [paid(MAY, minor)], deals: [deal(MAY, fee)] });
      return projectStream(historiesOf(ledger, { asOf: MAY })[0]!.history, MAY).medianMinor;
    };
    expect([booked(500n, 500n), booked(300n, 500n), booked(500n, 300n)]).toEqual([500n, 500n, 500n]);
  });

  test("a deal of a month long past revives no stream", () => {
    const ledger = ledgerOf({ money: [paid(back(20), 1n)], deals: [deal(back(15), 5n)] });
    expect(historiesOf(ledger, { asOf: MAY })).toEqual([]);
  });

  test("a replay projects what was booked for a month, even where nothing was ever paid", () => {
    const ledger = ledgerOf({ deals: [deal(back(1), 900n), deal(addMonths(MAY, 1), 5n)] });
    const [stream] = historiesOf(ledger, { until: MAY });
    const live = reconstructLive(stream!.history, back(6));
    expect([...live].map(([month, { medianMinor }]) => [month, medianMinor])).toEqual([[back(1), 900n]]);
  });

  test("without deals and events a history has nothing of them, so its hash is what it was", () => {
    const [stream] = historiesOf(ledgerOf({ money: [paid(back(1), 1n)] }), { asOf: MAY });
    expect(stream?.history.deals).toEqual([]);
    expect(stream?.history).not.toHaveProperty("events");
    expect(stream?.history.rows[0]).not.toHaveProperty("bookedMinor");
  });
});

describe("events in a ledger", () => {
  test("reach the streams they concern: by stream, by platform, or all", () => {
    const ads = { stream: "ads", platform: "youtube" } as const;
    const cases = [
      [{}, true],
      [{ stream: "ads" }, true],
      [{ platform: "youtube" }, true],
      [{ stream: "ads", platform: "tiktok" }, false],
      [{ stream: "gift" }, false],
    ] as const;
    for (const [given, expected] of cases)
      expect(concerns(happened("2026-01-01", given), ads)).toBe(expected);
    expect(concerns(happened("2026-01-01", { platform: "youtube" }), { ...ads, platform: null })).toBe(false);
  });

  test("that are only marked leave the history as it is", () => {
    const events = [
      happened("2026-03-09", { effect: "none" }),
      happened("2026-04-09", { effect: "widen" }),
      happened("2026-04-10", { stream: "ads" }),
    ];
    const [stream] = historiesOf(ledgerOf({ money: [paid(back(1), 1n)], events }), { asOf: MAY });
    expect(stream?.history.events).toEqual([{ month: "2026-04", effect: "widen" }]);
  });
});

describe("the outlook on a month that has not begun", () => {
  const ledger = ledgerOf({
    money: [paid(back(1), 300n), paid(MAY, 99_999n)],
    deals: [deal(addMonths(MAY, 1), 800n), deal(addMonths(MAY, 2), 900n)],
  });
  const medians = (n: number) =>
    outlookOf(ledger, MAY, addMonths(MAY, n)).map(({ projection }) => projection.medianMinor);

  test("takes what is booked by now, and never learns the month that still runs", () => {
    expect([medians(1), medians(2)]).toEqual([[800n], [900n]]);
    const { deals: _, ...unbooked } = ledger;
    const [next] = outlookOf({ ...unbooked, deals: [] }, MAY, addMonths(MAY, 1));
    expect(next?.projection).toMatchObject({ horizon: 2, asOf: MAY, medianMinor: 300n });
  });

  test("says nothing of months that have begun or lie further ahead than projections look", () => {
    expect([medians(0), medians(-1), medians(3)]).toEqual([[], [], []]);
  });
});
