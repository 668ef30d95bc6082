import { describe, expect, it } from "vitest";
import type { MoneyCell } from "../../lib/model/histories";
import { currencyOf } from "../../lib/model/money";
import { dayOf, monthOf } from "../../lib/model/month";
import type { Due } from "../../lib/model/schedule";
import { type ReviewInput, remarkWords, reviewOf } from "../../lib/review";

const USD = currencyOf("USD");
const march = monthOf("2026-03");

const cell = (month: string, given: Partial<MoneyCell> = {}): MoneyCell => ({
  ...{ month: monthOf(month), stream: "ads", platform: "youtube", format: "long", currency: USD },
  ...{ finalMinor: 10_000n, estimatedMinor: null, ...given },
});
const due = (given: Partial<Due>): Due =>
  ({
    ...{
      id: "payout:1",
      stream: "ads",
      platform: "youtube",
      name: "Mira",
      currency: USD,
      dueMinor: 5n,
      openMinor: 5n,
    },
    ...{ earned: { first: dayOf("2026-02-01"), last: dayOf("2026-02-28") }, finalOn: null, receivedOn: null },
    ...{ expectedOn: { first: dayOf("2026-03-21"), last: dayOf("2026-03-26") }, state: "late", daysLate: 3 },
    ...({ rule: null, balance: null } as object),
    ...given,
  }) as Due;
const input = (given: Partial<ReviewInput> = {}): ReviewInput => ({
  month: march,
  money: [cell("2026-01"), cell("2026-02"), cell("2026-03")],
  earned: {
    minor: 10_000n,
    finalMinor: 10_000n,
    estimatedMinor: 0n,
    isEstimated: false,
    byStream: {},
    apart: [],
  },
  ...{ reporting: USD, band95: { lo: 8_000n, hi: 12_000n }, dues: [], differences: [], closed: new Set() },
  ...given,
});
const kinds = (given: Partial<ReviewInput>) => reviewOf(input(given)).map(({ kind }) => kind);

describe("what to look at before a month is closed", () => {
  it("is nothing when all that usually pays is there, final, and inside of the band, its ends included", () => {
    expect(kinds({})).toEqual([]);
    expect(kinds({ band95: { lo: 10_000n, hi: 10_000n } })).toEqual([]);
    expect(kinds({ band95: null })).toEqual([]);
  });

  it("is a month a cent outside of the band, above or below", () => {
    expect(kinds({ band95: { lo: 10_001n, hi: 12_000n } })).toEqual(["unusual"]);
    expect(kinds({ band95: { lo: 8_000n, hi: 9_999n } })).toEqual(["unusual"]);
  });

  it("misses a stream that paid in two of the three months before; 0 that was logged is no gap, one month no habit", () => {
    expect(kinds({ money: [cell("2025-12"), cell("2026-02")] })).toEqual(["missing_stream"]);
    expect(kinds({ money: [cell("2025-11"), cell("2026-02")] })).toEqual([]);
    expect(kinds({ money: [cell("2025-12"), cell("2026-02"), cell("2026-03", { finalMinor: 0n })] })).toEqual(
      [],
    );
  });

  it("names late payments of the month and before, not of later ones", () => {
    const later = { first: dayOf("2026-04-01"), last: dayOf("2026-04-30") };
    expect(kinds({ dues: [due({}), due({ earned: later }), due({ state: "expected" })] })).toEqual([
      "overdue",
    ]);
  });

  it("says each in words with the page where it is put right", () => {
    const look = { creatorId: "c", month: march, locale: "en-US" };
    const [late] = reviewOf(input({ dues: [due({ openMinor: 123_456n })] }));
    expect(remarkWords(late!, look)).toEqual({
      title: "Ads, YouTube of February 2026 has not arrived",
      sentence: "$1,234.56 were expected by Mar 26, 2026. Log the receipt if the money has come.",
      path: "/creators/c/payouts/1",
      fix: "Look at it",
    });
    const [estimated] = reviewOf(
      input({ money: [cell("2026-03", { finalMinor: null, estimatedMinor: 700n })] }),
    );
    expect(remarkWords(estimated!, look)).toMatchObject({
      title: "Ads, YouTube, Long is only estimated",
      path: "/creators/c/payouts?month=2026-03&state=estimated",
    });
  });
});
