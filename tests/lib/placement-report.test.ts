import { expect, test } from "vitest";
import { currencyOf } from "../../lib/model/money";
import { type PlacementRow, placementsCsv, sortPlacements } from "../../lib/placement-report";

const row = (
  merchant: string,
  minor: bigint | null,
  given: { currency?: string; views?: number } = {},
): PlacementRow => ({
  placement: {
    ...{ merchant, label: "", videoTitle: "Five eggs", channelName: "Mira", platform: "tiktok" },
    ...{ ratePpm: 125_000, fromDay: "2026-01-01", toDay: null },
  },
  earned:
    minor === null
      ? null
      : {
          ...{ currency: currencyOf(given.currency ?? "USD"), minor, takenBackMinor: 0n, clicks: null },
          ...{ orders: 0, valueMinor: 100_000n, refundedMinor: 0n },
        },
  views: given.views ?? null,
});
const order = (rows: readonly PlacementRow[], sort: "commission" | "thousand", descending: boolean) =>
  sortPlacements(rows, { sort, descending }).map(({ placement }) => placement.merchant);

test("offers are ordered within a currency, and what is unknown comes last either way", () => {
  const rows = [row("none", null), row("b", 5n), row("a", 9n), row("yen", 7n, { currency: "JPY" })];
  expect(order(rows, "commission", true)).toEqual(["yen", "a", "b", "none"]);
  expect(order(rows, "commission", false)).toEqual(["yen", "b", "a", "none"]);
  expect(order([row("unseen", 9n), row("seen", 5n, { views: 1_000 })], "thousand", true)).toEqual([
    "seen",
    "unseen",
  ]);
});

test("the file says unknown as nothing, zero as 0 and 125.00 / 1,000.00 as 12.50, and runs no formula", () => {
  const [, line, bare] = placementsCsv([row("=1+1", 12_500n, { views: 50_000 }), row("none", null)]).split(
    "\r\n",
  );
  expect(line).toBe(
    "'=1+1,,Five eggs,Mira,TikTok,2026-01-01,,12.5,USD,,0,1000.00,0.00,125.00,0.00,12.50,50000,2.50",
  );
  expect(bare).toBe("none,,Five eggs,Mira,TikTok,2026-01-01,,12.5,,,,,,,,,,");
});
