import { type BenchmarkTable, denominatorFor, type Prior, priorFor, type RegionShares } from "./benchmarks";
import type { Currency } from "./money";
import { addMonths, type Month } from "./month";
import type { HistoryRow, Projection, StreamHistory, StreamKey, Traffic } from "./projection";
import { reconstruct } from "./projection";
import {
  FORMAT_LABEL,
  type Format,
  type Niche,
  PLATFORM_LABEL,
  type Platform,
  STREAM_LABEL,
  type Stream,
} from "./words";

/** What one stream earned in one month in one currency; a state without entries is null, which is not 0n. */
export type MoneyCell = {
  readonly month: Month;
  readonly stream: Stream;
  /** null: earned by the creator as a whole, on no channel. */
  readonly platform: Platform | null;
  readonly format: Format | "all";
  readonly currency: Currency;
  readonly finalMinor: bigint | null;
  readonly estimatedMinor: bigint | null;
};

/** What a platform's channels drew in one month; "all" is the whole, a named format a part of it. */
export type TrafficCell = {
  readonly month: Month;
  readonly platform: Platform;
  readonly format: Format | "all";
  readonly views: number | null;
  readonly qualifiedViews: number | null;
  readonly engagedViews: number | null;
  readonly adImpressions: number | null;
  readonly watchSeconds: number | null;
};

/** Where one channel's audience sat: parts per million by region. */
export type AudienceCell = {
  readonly month: Month;
  readonly platform: Platform;
  /** of that channel and month; weighs the channels of a platform against each other */
  readonly views: number | null;
  readonly shares: Readonly<Record<string, number>>;
};

/** All that a creator's projections are made from. */
export type Ledger = {
  readonly money: readonly MoneyCell[];
  readonly traffic: readonly TrafficCell[];
  readonly audience: readonly AudienceCell[];
  readonly niches: Readonly<Partial<Record<Platform, Niche>>>;
  /** Units of a currency per 1 USD, the unit of the benchmarks. */
  readonly perUsd: Readonly<Record<string, string>>;
  /** Where streams begin before their own payouts take over: the installation's table. */
  readonly benchmarks: BenchmarkTable;
};

/** One stream with a rate of its own, and its history as the model wants it. */
export type StreamLedger = {
  readonly id: string;
  readonly platform: Platform | null;
  readonly history: StreamHistory;
};

const PPM = 1_000_000;
/** A stream that paid nothing for this long has ended: nothing more is expected of it. */
const ENDED_AFTER_MONTHS = 12;

/** "rewards.tiktok.all.USD"; the name of a stream in addresses and stored projections. */
export function streamId(cell: Pick<MoneyCell, "stream" | "platform" | "format" | "currency">): string {
  return `${cell.stream}.${cell.platform ?? "none"}.${cell.format}.${cell.currency}`;
}

/** "Platform rewards, TikTok, Short": only what tells it from others. */
export function streamName(cell: Pick<MoneyCell, "stream" | "platform" | "format">): string {
  const platform = cell.platform ? [PLATFORM_LABEL[cell.platform]] : [];
  const format = cell.format === "all" ? [] : [FORMAT_LABEL[cell.format]];
  return [STREAM_LABEL[cell.stream], ...platform, ...format].join(", ");
}

/** Both states together; null when neither has an entry. */
export function minorOfCell({ finalMinor, estimatedMinor }: MoneyCell): bigint | null {
  return finalMinor === null && estimatedMinor === null ? null : (finalMinor ?? 0n) + (estimatedMinor ?? 0n);
}

/**
 * The histories of all streams that ever earned. With `asOf` only months before it are history, and
 * sponsorships dated later are booked deals; streams that paid nothing in the 12 months before are left out.
 * Without it, everything is history, and each reaches `until`.
 */
export function historiesOf(ledger: Ledger, when: { asOf: Month } | { until: Month }): StreamLedger[] {
  const asOf = "asOf" in when ? when.asOf : null;
  const traffic = trafficIndex(ledger.traffic);
  const audience = audienceIndex(ledger.audience);
  const cells = grouped(ledger.money, streamId);
  const found: StreamLedger[] = [];
  for (const [id, money] of cells) {
    const { stream, platform, format, currency } = money[0]!;
    const isPast = ({ month }: { month: Month }) => asOf === null || month < asOf;
    const past = money.filter(isPast);
    const isBooked = stream === "sponsorship" && money.length > past.length;
    const isAlive = past.some(({ month }) => asOf === null || month >= addMonths(asOf, -ENDED_AFTER_MONTHS));
    if (!isAlive && !isBooked) continue;

    const key: StreamKey = { channelId: null, platform: platform ?? "other", format, stream, currency };
    const regions = platform ? audience.get(platform) : undefined;
    const drawn = traffic.get(`${platform ?? ""} ${format}`);
    const byMonth = new Map(past.map((cell) => [cell.month, cell]));
    const months = new Set([...byMonth.keys(), ...(drawn?.keys() ?? [])]);
    const rows = [...months]
      .filter((month) => isPast({ month }))
      .map((month): HistoryRow => {
        const cell = byMonth.get(month);
        return {
          month,
          minor: cell ? minorOfCell(cell) : null,
          state: cell?.estimatedMinor != null ? "estimated" : "final",
          ...trafficOf(drawn?.get(month), key, ledger.benchmarks),
          regions: regions?.get(month) ?? null,
        };
      });
    if ("until" in when && !months.has(when.until) && rows.some(({ month }) => month < when.until))
      rows.push({ month: when.until, minor: null, views: null });
    const firstRegions = regions
      ? [...regions.entries()].sort(byFirst).find(([month]) => isPast({ month }))?.[1]
      : null;
    found.push({
      id,
      platform,
      history: {
        key,
        rows,
        prior: priorOf(key, ledger, platform, firstRegions ?? null),
        deals: isBooked
          ? money.flatMap((cell) =>
              isPast(cell) ? [] : [{ month: cell.month, minor: minorOfCell(cell) ?? 0n }],
            )
          : [],
      },
    });
  }
  return found.sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** All views of the creator by month; null where a platform's views are unknown, absent where nothing is known. */
export function viewsByMonth(traffic: readonly TrafficCell[]): Map<Month, number | null> {
  const views = new Map<Month, number | null>();
  for (const [month, cell] of trafficIndex(traffic).get(" all") ?? []) views.set(month, cell.views);
  return views;
}

/** What would have been projected, by month from `from` on, while the stream was expected to pay. */
export function reconstructLive(history: StreamHistory, from: Month): Map<Month, Projection> {
  const paid = history.rows.filter(({ minor }) => minor !== null).map(({ month }) => month);
  paid.sort();
  let [last, next] = [null as Month | null, 0];
  const live = new Map<Month, Projection>();
  for (const projection of reconstruct(history, from)) {
    const { target } = projection;
    while (next < paid.length && paid[next]! <= target) last = paid[next++]!;
    if (last !== null && last >= addMonths(target, -ENDED_AFTER_MONTHS)) live.set(target, projection);
  }
  return live;
}

type Drawn = Omit<TrafficCell, "platform" | "format" | "month">;

const COUNTS = ["views", "qualifiedViews", "engagedViews", "adImpressions", "watchSeconds"] as const;

/** By "platform format", and by " format" for all platforms together, then by month in calendar order. */
function trafficIndex(cells: readonly TrafficCell[]): Map<string, Map<Month, Drawn>> {
  const index = new Map<string, Map<Month, Drawn>>();
  for (const cell of [...cells].sort((a, b) => (a.month < b.month ? -1 : 1))) {
    for (const place of [`${cell.platform} ${cell.format}`, ` ${cell.format}`]) {
      const months = index.get(place) ?? new Map<Month, Drawn>();
      const there = months.get(cell.month);
      index.set(place, months.set(cell.month, there ? added(there, cell) : cell));
    }
  }
  return index;
}

/** A sum with an unknown part is unknown. */
function added(a: Drawn, b: Drawn): Drawn {
  const sums = COUNTS.map((count) => {
    const [x, y] = [a[count], b[count]];
    return [count, x === null || y === null ? null : x + y];
  });
  return Object.fromEntries(sums) as Drawn;
}

const PAID_COUNT = {
  qualified_views: "qualifiedViews",
  engaged_views: "engagedViews",
  ad_impressions: "adImpressions",
} as const;

function trafficOf(drawn: Drawn | undefined, key: StreamKey, benchmarks: BenchmarkTable): Traffic {
  const denominator = denominatorFor(key.stream, key.platform, key.format, benchmarks);
  const paid = denominator in PAID_COUNT ? PAID_COUNT[denominator as keyof typeof PAID_COUNT] : null;
  return {
    views: drawn?.views ?? null,
    watchSeconds: drawn?.watchSeconds ?? null,
    ...(paid === null ? {} : { paidViews: drawn?.[paid] ?? null }),
  };
}

/** Shares by platform and month, its channels weighed by their views. */
function audienceIndex(cells: readonly AudienceCell[]): Map<Platform, Map<Month, RegionShares>> {
  const index = new Map<Platform, Map<Month, RegionShares>>();
  for (const [platform, own] of grouped(cells, (cell) => cell.platform)) {
    const months = new Map<Month, RegionShares>();
    for (const [month, parts] of grouped(own, (cell) => cell.month)) {
      const weights = parts.map(({ views }) => Math.max(1, views ?? 1));
      const total = weights.reduce((a, b) => a + b, 0);
      const shares: Record<string, number> = {};
      parts.forEach((part, index) => {
        for (const [region, ppm] of Object.entries(part.shares))
          shares[region] = (shares[region] ?? 0) + (ppm / PPM) * (weights[index]! / total);
      });
      months.set(month, shares);
    }
    index.set(platform, months);
  }
  return index;
}

function priorOf(
  key: StreamKey,
  ledger: Ledger,
  platform: Platform | null,
  regions: RegionShares | null,
): Prior | null {
  const perUsd = key.currency === "USD" ? 1 : Number(ledger.perUsd[key.currency] ?? 0);
  if (!(perUsd > 0)) return null;
  const niche = platform === null ? null : (ledger.niches[platform] ?? null);
  return priorFor({ ...key, perUsd, niche, regions }, ledger.benchmarks);
}

function grouped<Item, Key>(items: readonly Item[], keyOf: (item: Item) => Key): Map<Key, Item[]> {
  const groups = new Map<Key, Item[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}

function byFirst([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : 1;
}
