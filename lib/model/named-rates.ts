/** Money beside what it was paid for: each month's streams per 1,000 of every denominator that is known, by name. */
import { type MoneyCell, minorOfCell, streamId, type TrafficCell } from "./histories";
import { type LostMonetisation, lostMonetisation, MIN_PERIODS, type Paid } from "./lost-monetisation";
import type { Currency } from "./money";
import { addMonths, type Month, monthsFrom } from "./month";
import { DENOMINATORS, type Denominator, groupRpm } from "./rpm";
import type { Format, Platform, Stream } from "./words";

/** Streams that are paid by views at all. */
const BY_VIEWS: ReadonlySet<Stream> = new Set(["ads", "rewards"]);
const MONTHS_BEFORE = 12;

export type NamedRate = {
  readonly id: string;
  readonly stream: Stream;
  readonly platform: Platform | null;
  readonly format: Format | "all";
  readonly currency: Currency;
  readonly minor: bigint;
  /** in the order of DENOMINATORS; never averaged with each other */
  readonly rates: readonly { readonly per: Denominator; readonly rate: string }[];
};

/**
 * The ads and rewards of a month, or of the months up to `to` together: all money over all counts. A month whose views
 * are unknown has no part in a rate, and a stream of only such months has none.
 */
export function namedRatesOf(
  money: readonly MoneyCell[],
  traffic: readonly TrafficCell[],
  from: Month,
  to = from,
): NamedRate[] {
  const streams = new Map<string, Counted[]>();
  for (const { cell, minor } of monthsFrom(from, to).flatMap((month) => paidByViews(money, month))) {
    const id = streamId(cell);
    streams.set(id, [...(streams.get(id) ?? []), { cell, minor, counts: countsOf(traffic, cell) }]);
  }
  return [...streams].map(([id, months]) => {
    const { stream, platform, format, currency } = months[0]!.cell;
    const rates = DENOMINATORS.flatMap((per) => {
      const items = months.map(({ minor, counts }) => ({ minor, count: counts[per] }));
      const rate = groupRpm(items, currency);
      return rate === null ? [] : [{ per, rate }];
    });
    const minor = months.reduce((sum, month) => sum + month.minor, 0n);
    return { id, stream, platform, format, currency, minor, rates };
  });
}

type Counted = {
  readonly cell: MoneyCell;
  readonly minor: bigint;
  readonly counts: ReturnType<typeof countsOf>;
};

export type LostStream = Omit<NamedRate, "rates"> & {
  readonly lost: LostMonetisation;
  readonly per: Denominator;
};

/**
 * The streams whose views came in `month` as they do and whose money did not, against the 12 months before. The
 * rewards are counted per qualified view where every month knows them, all else per view.
 */
export function lostStreamsOf(
  money: readonly MoneyCell[],
  traffic: readonly TrafficCell[],
  month: Month,
): LostStream[] {
  return paidByViews(money, month).flatMap(({ cell, minor }) => {
    const id = streamId(cell);
    const months = money.filter(
      (each) => streamId(each) === id && each.month >= addMonths(month, -MONTHS_BEFORE) && each.month < month,
    );
    const per = cell.stream === "rewards" && months.length > 0 ? "qualified_views" : "views";
    for (const name of per === "views" ? ([per] as const) : ([per, "views"] as const)) {
      const now = paidOf(cell, traffic, name);
      const before = months.flatMap((each) => paidOf(each, traffic, name) ?? []);
      if (!now || before.length < MIN_PERIODS) continue;
      const lost = lostMonetisation(before, now);
      const { stream, platform, format, currency } = cell;
      return lost ? [{ id, stream, platform, format, currency, minor, lost, per: name }] : [];
    }
    return [];
  });
}

function paidByViews(money: readonly MoneyCell[], month: Month) {
  return money.flatMap((cell) => {
    const minor = minorOfCell(cell);
    return cell.month === month && BY_VIEWS.has(cell.stream) && minor !== null ? [{ cell, minor }] : [];
  });
}

function paidOf(cell: MoneyCell, traffic: readonly TrafficCell[], per: Denominator): Paid | null {
  const [minor, count] = [minorOfCell(cell), countsOf(traffic, cell)[per]];
  return minor === null || count == null ? null : { minor, count };
}

/** What a stream's platform and format drew in the month; of several channels one that is unknown makes it so. */
function countsOf(
  traffic: readonly TrafficCell[],
  { month, platform, format }: Pick<MoneyCell, "month" | "platform" | "format">,
): Partial<Record<Denominator, number | null>> {
  const cells = traffic.filter(
    (each) => each.month === month && each.platform === platform && each.format === format,
  );
  const sum = (name: "views" | "qualifiedViews" | "engagedViews" | "adImpressions") =>
    cells.reduce<number | null>(
      (total, cell) => (total === null || cell[name] === null ? null : total + cell[name]),
      cells.length === 0 ? null : 0,
    );
  return {
    views: sum("views"),
    qualified_views: sum("qualifiedViews"),
    engaged_views: sum("engagedViews"),
    ad_impressions: sum("adImpressions"),
  };
}
