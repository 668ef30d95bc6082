import { type BenchmarkTable, denominatorFor, type Prior, priorFor, type RegionShares } from "./benchmarks";
import type { Told } from "./eligibility";
import type { Programme } from "./eligibility-programmes";
import { type FollowerCell, gateOf } from "./gates";
import type { Currency } from "./money";
import { addDays, addMonths, type Day, firstDay, type Month, monthOf, monthsBetween } from "./month";
import { type PooledTable, pooledPrior } from "./pooling";
import type { HistoryRow, Projection, StreamEvent, StreamHistory, StreamKey, Traffic } from "./projection";
import { projectStream, reconstruct } from "./projection";
import type { EventEffect, Format, Niche, Platform, Stream } from "./words";

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
  /** The part of both that entries about other entries made (refunds, tax …); absent when there are none. */
  readonly adjustmentsMinor?: bigint;
};

/** What one stream brought on one day of a month that is still running. */
export type DayCell = Pick<MoneyCell, "stream" | "platform" | "format" | "currency"> & {
  readonly day: Day;
  readonly minor: bigint;
  readonly isEstimated: boolean;
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

/** What the deals expected in a month had booked before it began, as far as is known. */
export type DealCell = {
  readonly month: Month;
  /** null: booked by the creator as a whole, on no channel. */
  readonly platform: Platform | null;
  readonly currency: Currency;
  readonly minor: bigint;
};

/** Something that happened; without a stream or platform it happened to all. */
export type EventCell = {
  readonly day: Day;
  readonly label: string;
  readonly stream: Stream | null;
  readonly platform: Platform | null;
  readonly effect: EventEffect;
};

/** All that a creator's projections are made from. */
export type Ledger = {
  readonly money: readonly MoneyCell[];
  readonly traffic: readonly TrafficCell[];
  readonly audience: readonly AudienceCell[];
  readonly niches: Readonly<Partial<Record<Platform, Niche>>>;
  readonly deals: readonly DealCell[];
  readonly events: readonly EventCell[];
  /** Each channel's latest; absent when nobody asked. */
  readonly followers?: readonly FollowerCell[];
  /** Who lets whom in, with the creator's own rules; absent: as the model knows it. */
  readonly programmes?: readonly Programme[];
  /** Country, kind of account, year of birth, each from its day on. */
  readonly told?: readonly Told[];
  /** Units of a currency per 1 USD, the unit of the benchmarks. */
  readonly perUsd: Readonly<Record<string, string>>;
  /** Where streams begin before their own payouts take over: the installation's table. */
  readonly benchmarks: BenchmarkTable;
  /** What was pooled for a creator who agreed to it; moves the benchmarks where it can. */
  readonly pooled?: PooledTable | null;
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
/** As far as frozen projections look ahead, too. */
const OUTLOOK_MONTHS = 2;

/** "rewards.tiktok.all.USD"; the name of a stream in addresses and stored projections. */
export function streamId(cell: Pick<MoneyCell, "stream" | "platform" | "format" | "currency">): string {
  return `${cell.stream}.${cell.platform ?? "none"}.${cell.format}.${cell.currency}`;
}

/** Both states together; null when neither has an entry. */
export function minorOfCell({ finalMinor, estimatedMinor }: MoneyCell): bigint | null {
  return finalMinor === null && estimatedMinor === null ? null : (finalMinor ?? 0n) + (estimatedMinor ?? 0n);
}

/**
 * The histories of all streams that ever earned or have a deal booked. With `asOf` only months before it are
 * history, and sponsorships dated later are booked too; streams that paid nothing in the 12 months before are
 * left out. Without it, everything is history, and each reaches `until`.
 */
export function historiesOf(ledger: Ledger, when: { asOf: Month } | { until: Month }): StreamLedger[] {
  const asOf = "asOf" in when ? when.asOf : null;
  const known = addDays(firstDay("asOf" in when ? when.asOf : when.until), -1);
  const traffic = trafficIndex(ledger.traffic);
  const audience = audienceIndex(ledger.audience);
  const cells = grouped(ledger.money, streamId);
  const dealCells = grouped(ledger.deals.map(asStream), streamId);
  const isPast = ({ month }: { month: Month }) => asOf === null || month < asOf;
  const found: StreamLedger[] = [];
  for (const id of new Set([...cells.keys(), ...dealCells.keys()])) {
    const [money, deals] = [cells.get(id) ?? [], dealCells.get(id) ?? []];
    const { stream, platform, format, currency } = (money[0] ?? deals[0])!;
    const past = money.filter(isPast);
    const announced = new Map(deals.map(({ month, minor }) => [month, minor]));
    const ahead = stream === "sponsorship" ? money.filter((cell) => !isPast(cell)) : [];
    const booked = bookedOf(announced, ahead);
    const isBooked = booked.some(({ month }) => ("until" in when ? month <= when.until : !isPast({ month })));
    const wasPaid = past.some((cell) => (minorOfCell(cell) ?? 0n) > 0n);
    const isAlive = past.some(({ month }) => asOf === null || month >= addMonths(asOf, -ENDED_AFTER_MONTHS));
    if (!isAlive && !isBooked) continue;

    const key: StreamKey = { channelId: null, platform: platform ?? "other", format, stream, currency };
    const regions = platform ? audience.get(platform) : undefined;
    const drawn = traffic.get(`${platform ?? ""} ${format}`);
    const byMonth = new Map(past.map((cell) => [cell.month, cell]));
    const months = new Set([...byMonth.keys(), ...(drawn?.keys() ?? [])]);
    // A month for which a deal was booked can be replayed, whether or not it paid.
    if ("until" in when) for (const { month } of booked) if (month <= when.until) months.add(month);
    const rows = [...months]
      .filter((month) => isPast({ month }))
      .map((month): HistoryRow => {
        const cell = byMonth.get(month);
        return {
          month,
          minor: cell ? minorOfCell(cell) : null,
          ...(announced.has(month) ? { bookedMinor: announced.get(month)! } : {}),
          state: cell?.estimatedMinor != null ? "estimated" : "final",
          ...(cell?.adjustmentsMinor === undefined ? {} : { adjustmentsMinor: cell.adjustmentsMinor }),
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
        ...(wasPaid || platform === null ? {} : { gate: gateOf(ledger, stream, platform, known) }),
        deals: booked,
        ...eventsFor(ledger.events, key, platform),
      },
    });
  }
  return found.sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** Deals pay sponsorships, whatever format they ask for. */
function asStream(deal: DealCell) {
  return { ...deal, stream: "sponsorship", format: "all" } as const;
}

/**
 * What is booked by month. A payout that was dated ahead may be a deal's own money, which counts once: of the two
 * the larger is taken.
 */
function bookedOf(
  announced: ReadonlyMap<Month, bigint>,
  ahead: readonly MoneyCell[],
): { month: Month; minor: bigint }[] {
  const booked = new Map(announced);
  for (const cell of ahead) {
    const minor = minorOfCell(cell) ?? 0n;
    const fee = booked.get(cell.month);
    if (fee === undefined || minor > fee) booked.set(cell.month, minor);
  }
  return [...booked].map(([month, minor]) => ({ month, minor })).sort((a, b) => (a.month < b.month ? -1 : 1));
}

/** The events that change this stream's level; nothing at all where there are none. */
function eventsFor(
  events: readonly EventCell[],
  { stream }: StreamKey,
  platform: Platform | null,
): { events?: StreamEvent[] } {
  const own = events
    .filter((event) => concerns(event, { stream, platform }))
    .flatMap(({ day, effect }) => (effect === "none" ? [] : [{ month: monthOf(day), effect }]));
  return own.length > 0 ? { events: own } : {};
}

/** Whether an event happened to a stream. */
export function concerns(
  event: Pick<EventCell, "stream" | "platform">,
  { stream, platform }: { stream: Stream; platform: Platform | null },
): boolean {
  return (
    (event.stream === null || event.stream === stream) &&
    (event.platform === null || event.platform === platform)
  );
}

/**
 * What the model says today of a month that has not begun: the months before `current` are known, and what is
 * booked and announced by now. Empty for a month that has, and for one too far to say anything about.
 */
export function outlookOf(
  ledger: Ledger,
  current: Month,
  target: Month,
): { stream: StreamLedger; projection: Projection }[] {
  const ahead = monthsBetween(current, target);
  if (ahead < 1 || ahead > OUTLOOK_MONTHS) return [];
  return historiesOf(ledger, { asOf: current })
    .map((stream) => ({ stream, projection: projectStream(stream.history, target, ahead + 1) }))
    .filter(({ projection }) => projection.medianMinor !== null);
}

/** The first month that knows each currency. */
export function firstMonths(cells: readonly Pick<MoneyCell, "currency" | "month">[]): Map<Currency, Month> {
  const first = new Map<Currency, Month>();
  for (const { currency, month } of cells) {
    const known = first.get(currency);
    if (known === undefined || month < known) first.set(currency, month);
  }
  return first;
}

/** All views of the creator by month; null where a platform's views are unknown, absent where nothing is known. */
export function viewsByMonth(traffic: readonly TrafficCell[]): Map<Month, number | null> {
  const views = new Map<Month, number | null>();
  for (const [month, cell] of trafficIndex(traffic).get(" all") ?? []) views.set(month, cell.views);
  return views;
}

/** What would have been projected, by month from `from` on, while the stream was expected to pay or had a deal. */
export function reconstructLive(history: StreamHistory, from: Month): Map<Month, Projection> {
  const paid = history.rows.filter(({ minor }) => minor !== null).map(({ month }) => month);
  paid.sort();
  let [last, next] = [null as Month | null, 0];
  const booked = new Set(history.deals?.map(({ month }) => month));
  const live = new Map<Month, Projection>();
  for (const projection of reconstruct(history, from)) {
    const { target } = projection;
    while (next < paid.length && paid[next]! <= target) last = paid[next++]!;
    const isAlive = last !== null && last >= addMonths(target, -ENDED_AFTER_MONTHS);
    if (isAlive || booked.has(target)) live.set(target, projection);
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
  const published = priorFor({ ...key, perUsd, niche, regions }, ledger.benchmarks);
  return platform === null ? published : pooledPrior(published, { ...key, niche }, ledger.pooled ?? null);
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
