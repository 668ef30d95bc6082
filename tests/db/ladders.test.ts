import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { beforeEach, describe, expect, it } from "vitest";
import * as ladders from "../../db/ladders";
import * as payouts from "../../db/payouts";
import * as receipts from "../../db/receipts";
import * as totals from "../../db/totals";
import type { Viewer } from "../../lib/model/access";
import { minorOfCell } from "../../lib/model/histories";
import { packMakings } from "../../lib/model/makings";
import { currencyOf } from "../../lib/model/money";
import { addDays, dayOf, monthOf } from "../../lib/model/month";
import { STREAMS } from "../../lib/model/words";
import { netOf } from "../../lib/model/year";
import { makePayout, makeStudio, newPayout } from "../studio";

const USD = currencyOf("USD");
const YEAR = { from: monthOf("2026-01"), to: monthOf("2026-12") };
let viewer: Viewer;
let creatorId: string;

beforeEach(async () => {
  ({ viewer, creatorId } = await makeStudio());
});

const share = (gross: bigint, platformPpm: number | null, adjustment: bigint | null = null) =>
  packMakings(
    {
      ...{ of: "share", grossMinor: gross, platformPpm, adjustmentMinor: adjustment, per: null, count: null },
      taxableMinor: null,
    },
    USD,
  );

describe("a month's ladder", () => {
  it("has gross, share and adjustments of what says them, then what is about it: 200 - 90 - 14 = 96, - 15 - 1 = 80.00", async () => {
    const earning = await makePayout(viewer, creatorId, {
      ...{ stream: "ads", minor: 9_600n, makings: share(20_000n, 450_000, -1_400n) },
    });
    await makePayout(viewer, creatorId, { stream: "ads", minor: 5_000n });
    await makePayout(viewer, creatorId, { stream: "ads", kind: "withheld", about: earning, minor: -1_500n });
    await makePayout(viewer, creatorId, { stream: "ads", kind: "fee", about: earning, minor: -100n });
    const [cell, ...more] = await ladders.byMonth(viewer, creatorId, YEAR);
    expect(more).toEqual([]);
    expect(cell).toEqual({
      ...{ month: "2026-01", stream: "ads", currency: "USD", finalMinor: 14_600n, estimatedMinor: 0n },
      ...{ refundMinor: 0n, clawbackMinor: 0n, adjustmentMinor: 0n, withheldMinor: -1_500n, feeMinor: -100n },
      made: {
        ...{ minor: 9_600n, gross: 20_000n, platform: -9_000n, adjustment: -1_400n, refunded: 0n },
        units: null,
      },
    });
    expect(cell && netOf(cell)).toBe(13_000n);
  });

  it("adds up in each month of a payout that spans two: 1.00 - 0.45 = 0.55 is 0.50 - 0.23 = 0.27 and 0.50 - 0.22 = 0.28", async () => {
    await makePayout(viewer, creatorId, {
      ...{ stream: "ads", minor: 55n, makings: share(100n, 450_000) },
      ...{ fromDay: "2026-01-31", toDay: "2026-02-01" },
    });
    const cells = await ladders.byMonth(viewer, creatorId, YEAR);
    expect(cells.map(({ made }) => [made?.gross, made?.platform, made?.minor])).toEqual([
      [50n, -23n, 27n],
      [50n, -22n, 28n],
    ]);
  });

  it("derives the platform's part where only the gross was said, and sums the pieces viewers bought", async () => {
    await makePayout(viewer, creatorId, {
      stream: "gift",
      minor: 1_800n,
      makings: packMakings(
        {
          ...{ of: "units", units: 5_000, unitPrice: { units: 2n, scale: 2 }, platformPpm: null },
          taxableMinor: null,
        },
        USD,
      ),
    });
    const [cell] = await ladders.byMonth(viewer, creatorId, YEAR);
    expect(cell?.made).toMatchObject({ gross: 10_000n, platform: -8_200n, minor: 1_800n, units: 5_000n });
  });

  it("leaves out what was corrected or taken back, and makings that are not ours", async () => {
    const first = await makePayout(viewer, creatorId, { minor: 1n, makings: share(9n, null) });
    const second = await makePayout(viewer, creatorId, {
      ...{ minor: 2n, replaces: first, makings: { of: "share", ladder: { gross: "much" } } },
    });
    expect(await ladders.byMonth(viewer, creatorId, YEAR)).toMatchObject([{ finalMinor: 2n, made: null }]);
    await payouts.remove(viewer, creatorId, { id: randomUUID(), replaces: second });
    expect(await ladders.byMonth(viewer, creatorId, YEAR)).toEqual([]);
    expect(await ladders.span(viewer, creatorId)).toBeNull();
  });
});

it("any entries over any periods come to the totals' own cells, to the minor unit", async () => {
  const entry = fc.record({
    at: fc.nat(300),
    days: fc.nat(90),
    stream: fc.constantFrom(...STREAMS),
    currency: fc.constantFrom("USD", "EUR", "JPY"),
    kind: fc.constantFrom("earning" as const, "withheld" as const, "fee" as const, "refund" as const),
    state: fc.constantFrom("final" as const, "estimated" as const),
    size: fc.bigInt({ min: 1n, max: 10n ** 12n }),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(entry, { minLength: 1, maxLength: 40 }), async (entries) => {
      ({ viewer, creatorId } = await makeStudio());
      const about = await makePayout(viewer, creatorId, { minor: 10n ** 15n });
      await payouts.recordAll(
        viewer,
        creatorId,
        entries.map(({ at, days, stream, currency, kind, state, size }) => {
          const fromDay = addDays(dayOf("2026-01-01"), at);
          const sign = kind === "earning" ? 1n : -1n;
          return newPayout({
            ...{ stream, currency, kind, state, fromDay, toDay: addDays(fromDay, days), minor: sign * size },
            about: kind === "earning" ? null : about,
          });
        }),
      );
      const range = { from: monthOf("2026-01"), to: monthOf("2027-12") };
      const summed = (
        cells: readonly { month: string; stream: string; currency: string; minor: bigint }[],
      ) => {
        const sums: Record<string, bigint> = {};
        for (const { month, stream, currency, minor } of cells) {
          const key = `${month} ${stream} ${currency}`;
          sums[key] = (sums[key] ?? 0n) + minor;
        }
        return Object.entries(sums).sort();
      };
      const ours = await ladders.byMonth(viewer, creatorId, range);
      const { money } = await totals.byMonth(viewer, creatorId, range);
      expect(summed(ours.map((cell) => ({ ...cell, minor: netOf(cell) })))).toEqual(
        summed(money.map((cell) => ({ ...cell, minor: minorOfCell(cell) ?? 0n }))),
      );
    }),
    { numRuns: 15 },
  );
});

describe("what was received", () => {
  it("counts in the month it came, under the stream and currency of the payout it paid, while its receipt counts", async () => {
    const chainId = await makePayout(viewer, creatorId, { stream: "shop", minor: 10_000n, currency: "EUR" });
    const id = randomUUID();
    await receipts.record(viewer, creatorId, {
      ...{
        id,
        receivedOn: "2026-03-02",
        minor: 11_000n,
        currency: "USD",
        feeMinor: 0n,
        rate: "1.1",
        note: "",
      },
      allocations: [{ chainId, minor: 10_000n }],
    });
    expect(await ladders.received(viewer, creatorId, YEAR)).toEqual([
      { month: "2026-03", stream: "shop", currency: "EUR", minor: 10_000n },
    ]);
    await receipts.remove(viewer, creatorId, { id: randomUUID(), replaces: id });
    expect(await ladders.received(viewer, creatorId, YEAR)).toEqual([]);
  });
});
