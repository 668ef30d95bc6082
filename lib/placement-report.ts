/** What each placement earned, as its table and its file show it. */
import { decimalOf } from "./model/money";
import { type Earned, paidRate, perThousandViews } from "./model/placement";
import { PLATFORM_LABEL, type Platform } from "./model/words";
import { type CsvCell, writeCsv } from "./report/csv";

export type ReportedPlacement = {
  readonly merchant: string;
  readonly label: string;
  readonly videoTitle: string | null;
  readonly channelName: string | null;
  readonly platform: Platform | null;
  /** offered, in parts per million of the order value */
  readonly ratePpm: number | null;
  readonly fromDay: string;
  readonly toDay: string | null;
};

/** One placement in one currency; `earned` is null while it has earned nothing. */
export type PlacementRow<P extends ReportedPlacement = ReportedPlacement> = {
  readonly placement: P;
  readonly earned: Earned | null;
  /** of its video (or its channel, in whole months) in the days of its commissions; null = unknown */
  readonly views: number | null;
};

export const PLACEMENT_SORTS = ["merchant", "commission", "orders", "rate", "thousand", "from"] as const;
export type PlacementSort = (typeof PLACEMENT_SORTS)[number];

/** Currencies stand apart, since they never compare; what is unknown comes last either way. */
export function sortPlacements<P extends ReportedPlacement>(
  rows: readonly PlacementRow<P>[],
  { sort, descending }: { sort: PlacementSort; descending: boolean },
): PlacementRow<P>[] {
  return [...rows].sort((a, b) => {
    const isMoney = sort === "commission" || sort === "thousand";
    const [left, right] = [a, b].map(({ earned }) => earned?.currency ?? "");
    if (isMoney && left && right && left !== right) return left < right ? -1 : 1;
    const [x, y] = [keyOf(a, sort), keyOf(b, sort)];
    if (x === null || y === null) return Number(x === null) - Number(y === null);
    return (x < y ? -1 : x > y ? 1 : 0) * (descending ? -1 : 1);
  });
}

function keyOf(
  { placement, earned, views }: PlacementRow,
  sort: PlacementSort,
): string | number | bigint | null {
  const number = (text: string | null) => (text === null ? null : Number(text));
  switch (sort) {
    case "merchant":
      return placement.merchant.toLowerCase();
    case "from":
      return placement.fromDay;
    case "commission":
      return earned?.minor ?? null;
    case "orders":
      return earned?.orders ?? null;
    case "rate":
      return earned && number(paidRate(earned));
    case "thousand":
      return earned && number(perThousandViews(earned, views));
  }
}

const HEADER = [
  "Merchant",
  "What and where",
  "Video",
  "Channel",
  "Platform",
  "From",
  "To",
  "Offered rate %",
  "Currency",
  "Clicks",
  "Orders",
  "Order value",
  "Refunded orders",
  "Commission",
  "Commission taken back",
  "Rate paid %",
  "Views in the same days",
  "Earnings per 1,000 views",
];

/** Every placement and currency as CSV: days ISO, amounts exact with a point, what is unknown empty. */
export function placementsCsv(rows: readonly PlacementRow[]): string {
  return writeCsv([HEADER, ...rows.map(cellsOf)]);
}

function cellsOf({ placement, earned, views }: PlacementRow): CsvCell[] {
  const { merchant, label, videoTitle, channelName, platform, ratePpm, fromDay, toDay } = placement;
  const amount = (minor: bigint | null | undefined) =>
    minor === null || minor === undefined || !earned ? null : decimalOf(minor, earned.currency);
  return [
    ...[merchant, label, videoTitle, channelName, platform && PLATFORM_LABEL[platform], fromDay, toDay],
    ratePpm === null ? null : ratePpm / 10_000,
    earned?.currency,
    earned?.clicks,
    earned?.orders,
    amount(earned?.valueMinor),
    amount(earned?.refundedMinor),
    amount(earned?.minor),
    amount(earned?.takenBackMinor),
    earned && paidRate(earned),
    views,
    earned && perThousandViews(earned, views),
  ];
}
