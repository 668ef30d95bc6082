import { type Currency, convert } from "./money";
import { addMonths, type Day, type Month, monthOf, monthsFrom } from "./month";
import { groupRpm } from "./rpm";
import { type Owed, type OwedDeal, scheduleOf } from "./schedule";
import { paymentRulesWith, type WrittenPayment } from "./schedule-rules";
import type { Niche, Platform, Stream, TagColour } from "./words";

/**
 * An agency's roster: what each creator shows of a month or of the months up to it, in the agency's currency. Each
 * cell of creator, month, stream and currency is converted once and rounded; every total is a sum of such cells.
 */

export type RosterCreator = {
  readonly creatorId: string;
  readonly name: string;
  readonly currency: Currency;
  /** null: every stream */
  readonly streams: readonly Stream[] | null;
  readonly amounts: boolean;
  /** the last day of the representation; null: until it is ended */
  readonly toDay: Day | null;
  readonly teamId: string | null;
  readonly teamName: string | null;
  readonly platforms: readonly Platform[];
  readonly niches: readonly Niche[];
  /** whether the filter asks for it */
  readonly isMatch: boolean;
};

/** Money of one creator, month, stream and currency; `stream` null: all streams in the agency's own currency. */
export type RosterCell = {
  readonly month: Month;
  readonly stream: Stream | null;
  readonly currency: Currency;
  readonly minor: bigint;
};

/** A kept projection: of the total in the creator's own currency, or, where that is out of sight, of one stream. */
export type RosterProjection = {
  readonly month: Month;
  readonly currency: Currency;
  readonly minor: bigint;
  /** the total's 80 % band; null for a stream */
  readonly band: { readonly lo: bigint; readonly hi: bigint } | null;
  /** units of the creator's currency that it pinned for one of its own; null: it is in that currency */
  readonly rate: string | null;
};

export type RosterFacts = {
  readonly money: readonly RosterCell[];
  readonly projected: readonly RosterProjection[];
  /** projected streams of which nothing was entered, for the months compared */
  readonly waiting: readonly RosterProjection[];
  /** null: of some channel they are unknown */
  readonly views: ReadonlyMap<Month, number | null>;
  /** the last month with entries in sight */
  readonly lastMonth: Month | null;
};

export type RosterOwed = {
  readonly payouts: readonly Owed[];
  /** agreed and not paid */
  readonly deals: readonly OwedDeal[];
  readonly written: readonly WrittenPayment[];
  readonly keepsReceipts: boolean;
};

export type RosterRate = {
  readonly day: Day;
  /** units of the agency's currency for 1 unit of the other */
  readonly rate: string;
  readonly source: string;
};

/** The rate of a creator's pair for an earned month; null: there is none. */
export type FindRate = (creatorId: string, currency: Currency, month: Month) => RosterRate | null;

export const PERIODS = [1, 3, 12] as const;
export type Period = (typeof PERIODS)[number];

/** How many months the sparkline goes back, and so how far everything is read. */
export const TREND_MONTHS = 12;

/** More cannot be told apart on one chart. */
export const MOST_COMPARED = 6;

export const REASONS = ["below", "missing", "overdue", "apart"] as const;
export type Reason = (typeof REASONS)[number];
export const REASON_LABEL: Readonly<Record<Reason, string>> = {
  below: "Below the band",
  missing: "Not logged yet",
  overdue: "Overdue",
  apart: "No exchange rate",
};

/** A word by which the agency sorts its creators. */
export type RosterTag = { readonly name: string; readonly colour: TagColour };

export type Amount = { readonly currency: Currency; readonly minor: bigint };

/** One month of one creator; null: not known, or not in sight. */
export type RosterMonth = {
  readonly month: Month;
  readonly earnedMinor: bigint | null;
  /** against what was projected of the streams that were entered */
  readonly gapMinor: bigint | null;
  readonly eRpm: string | null;
};

/** How much of a creator an agency sees: all, some streams, or no money at all. */
export type Shares = "all" | "some" | "none";

export type RosterRow = {
  readonly creator: RosterCreator;
  readonly shares: Shares;
  /** of the period; null: nothing was entered, or nothing in sight */
  readonly earnedMinor: bigint | null;
  /** without an exchange rate: in their own currency, never guessed */
  readonly apart: readonly Amount[];
  readonly projectedMinor: bigint | null;
  /** over the months that are over, with what was projected of the streams that were entered */
  readonly gapMinor: bigint | null;
  readonly views: number | null;
  /** what the eRPM is made of: the months whose money and views are both known; null unless all is in sight */
  readonly rated: { readonly minor: bigint; readonly count: number } | null;
  /** all income per 1,000 views, exact decimal text */
  readonly eRpm: string | null;
  /** oldest first, up to the month; gaps of the months compared alone */
  readonly trend: readonly RosterMonth[];
  /** the month against the mean of the months before it in the trend, as a share: 0.1 is a tenth more */
  readonly change: number | null;
  /** where the month lies against its projection's 80 % band; null: not over, not entered in full, or out of sight */
  readonly band: "below" | "inside" | "above" | null;
  /** null: receipts are out of sight */
  readonly overdue: {
    readonly count: number;
    readonly minor: bigint;
    readonly apart: readonly Amount[];
  } | null;
  /** what the agency is owed of commission, due and not paid, at the month's rates; null: nothing was ever accrued */
  readonly commission: { readonly minor: bigint; readonly apart: readonly Amount[] } | null;
  readonly lastMonth: Month | null;
  /** by name; none where tags were not asked for */
  readonly tags: readonly RosterTag[];
  readonly reasons: readonly Reason[];
};

export type RateUse = RosterRate & { readonly currency: Currency; readonly creators: number };

export type RosterInput = {
  readonly currency: Currency;
  readonly creators: readonly RosterCreator[];
  readonly facts: ReadonlyMap<string, RosterFacts>;
  readonly owed: ReadonlyMap<string, RosterOwed>;
  /** due to the agency and not paid, by creator */
  readonly commission: ReadonlyMap<string, readonly Amount[]>;
  readonly tags: ReadonlyMap<string, readonly RosterTag[]>;
  readonly findRate: FindRate;
  readonly month: Month;
  readonly period: Period;
  readonly today: Day;
};

/** One row a creator in the order given, and the rates that turned their money into the agency's. */
export function rosterRows(input: RosterInput): { rows: RosterRow[]; rates: RateUse[] } {
  const used = new Map<string, { rate: RosterRate; currency: Currency; creators: Set<string> }>();
  const rows = input.creators.map((creator) =>
    rowOf(input, creator, (currency, month) => {
      const found = input.findRate(creator.creatorId, currency, month);
      if (!found) return null;
      const key = `${currency} ${found.day} ${found.rate} ${found.source}`;
      const use = used.get(key) ?? { rate: found, currency, creators: new Set() };
      use.creators.add(creator.creatorId);
      used.set(key, use);
      return found.rate;
    }),
  );
  const rates = [...used.values()]
    .map(({ rate, currency, creators }) => ({ ...rate, currency, creators: creators.size }))
    .sort((a, b) => (a.day === b.day ? compare(a.currency, b.currency) : compare(b.day, a.day)));
  return { rows, rates };
}

/** Units of the agency's currency per unit of another in a month, noted as used; null: there is none. */
type RateFor = (currency: Currency, month: Month) => string | null;

const NO_FACTS: RosterFacts = { money: [], projected: [], waiting: [], views: new Map(), lastMonth: null };

function rowOf(input: RosterInput, creator: RosterCreator, rateFor: RateFor): RosterRow {
  const { currency, month, period, today } = input;
  const facts = input.facts.get(creator.creatorId) ?? NO_FACTS;
  const shares = !creator.amounts ? "none" : creator.streams === null ? "all" : "some";
  const months = monthsFrom(addMonths(month, 1 - TREND_MONTHS), month);
  const within = months.slice(-period);
  const current = monthOf(today);

  const earned = new Map<Month, bigint>();
  const apart: Amount[] = [];
  for (const cell of facts.money) {
    const rate = cell.currency === currency ? "1" : rateFor(cell.currency, cell.month);
    if (rate === null) {
      if (within.includes(cell.month)) apart.push(cell);
    } else add(earned, cell.month, convert(cell.minor, cell.currency, currency, rate));
  }
  const inOwn = (projection: RosterProjection, minor = projection.minor): bigint | null => {
    const rate = pinnedRate(projection, creator, currency, rateFor);
    return rate === null ? null : convert(minor, projection.currency, currency, rate);
  };
  const sums = (projections: readonly RosterProjection[]) => {
    const sum = new Map<Month, bigint>();
    for (const projection of projections) {
      const minor = inOwn(projection);
      if (minor !== null) add(sum, projection.month, minor);
    }
    return sum;
  };
  const [projected, waiting] = [sums(facts.projected), sums(facts.waiting)];
  const rated = shares === "all" ? ratedOf(within, earned, facts.views) : null;
  const trend = months.map((each): RosterMonth => {
    const own = shares === "all" ? ratedOf([each], earned, facts.views) : null;
    return {
      month: each,
      earnedMinor: earned.get(each) ?? null,
      gapMinor: each < current ? gapOf(earned.get(each), projected.get(each), waiting.get(each) ?? 0n) : null,
      eRpm: own && groupRpm([own], currency),
    };
  });
  const total = facts.projected.find((each) => each.month === month && each.band !== null);
  const range = total?.band && { lo: inOwn(total, total.band.lo), hi: inOwn(total, total.band.hi) };
  const isLogged = (waiting.get(month) ?? 0n) === 0n;
  const band = month < current && isLogged ? bandOf(earned.get(month), range ?? null) : null;
  const overdue = shares === "all" ? overdueOf(input, creator, rateFor) : null;
  return {
    creator,
    shares,
    earnedMinor: sumOf(within.map((each) => earned.get(each) ?? null)),
    apart: together(apart),
    projectedMinor: sumOf(within.map((each) => projected.get(each) ?? null)),
    gapMinor: sumOf(trend.slice(-period).map(({ gapMinor }) => gapMinor)),
    views: viewsIn(within, facts.views),
    rated,
    eRpm: rated && groupRpm([rated], currency),
    trend,
    change: changeOf(trend.map(({ earnedMinor }) => earnedMinor)),
    band,
    overdue,
    commission: commissionOf(input, creator, rateFor),
    lastMonth: facts.lastMonth,
    tags: input.tags.get(creator.creatorId) ?? [],
    reasons: REASONS.filter(
      (reason) =>
        ({
          below: band === "below",
          missing: month < current && isMissing(month, facts, shares, { earned, projected, isLogged }),
          overdue: overdue !== null && overdue.count > 0,
          apart: apart.length > 0,
        })[reason],
    ),
  };
}

/** As a projection made at the start of its month would have pinned it: the rate at the end of the month before. */
function pinnedRate(
  projection: RosterProjection,
  creator: RosterCreator,
  currency: Currency,
  rateFor: RateFor,
): string | null {
  if (projection.currency === currency) return "1";
  if (projection.rate !== null && creator.currency === currency) return projection.rate;
  const { month } = projection;
  return rateFor(projection.currency, addMonths(month, -1)) ?? rateFor(projection.currency, month);
}

/** Missing is not zero: streams that were not entered are in neither side. */
function gapOf(earned: bigint | undefined, projected: bigint | undefined, waiting: bigint): bigint | null {
  if (earned === undefined || projected === undefined || projected === waiting) return null;
  return earned - (projected - waiting);
}

function bandOf(
  earned: bigint | undefined,
  range: { lo: bigint | null; hi: bigint | null } | null,
): RosterRow["band"] {
  if (earned === undefined || range === null || range.lo === null || range.hi === null) return null;
  return earned < range.lo ? "below" : earned > range.hi ? "above" : "inside";
}

function isMissing(
  month: Month,
  { lastMonth }: RosterFacts,
  shares: Shares,
  of: { earned: Map<Month, bigint>; projected: Map<Month, bigint>; isLogged: boolean },
): boolean {
  if (shares === "none") return lastMonth !== null && lastMonth < month;
  if ((of.projected.get(month) ?? 0n) > 0n) return !of.earned.has(month) || !of.isLogged;
  // Without a projection only somebody who has logged before is waited for.
  return !of.earned.has(month) && lastMonth !== null && lastMonth < month;
}

function ratedOf(
  within: readonly Month[],
  earned: ReadonlyMap<Month, bigint>,
  views: RosterFacts["views"],
): RosterRow["rated"] {
  let [minor, count] = [0n, 0];
  for (const month of within) {
    const [money, drawn] = [earned.get(month), views.get(month) ?? null];
    if (money === undefined || drawn === null) continue;
    minor += money;
    count += drawn;
  }
  return count > 0 ? { minor, count } : null;
}

/** Unknown where a channel's are unknown; nothing where no month has any. */
function viewsIn(within: readonly Month[], views: RosterFacts["views"]): number | null {
  const known = within.filter((month) => views.has(month)).map((month) => views.get(month) ?? null);
  if (known.length === 0 || known.includes(null)) return null;
  return known.reduce<number>((sum, count) => sum + (count ?? 0), 0);
}

function changeOf(amounts: readonly (bigint | null)[]): number | null {
  const now = amounts.at(-1) ?? null;
  const before = amounts.slice(0, -1).filter((minor): minor is bigint => minor !== null);
  if (now === null || before.length === 0) return null;
  const mean = Number(before.reduce((a, b) => a + b, 0n)) / before.length;
  return mean > 0 ? Number(now) / mean - 1 : null;
}

/** What the creator's own calendar calls late. */
function overdueOf(
  { currency, owed, today, findRate }: RosterInput,
  { creatorId }: RosterCreator,
  rateFor: RateFor,
): RosterRow["overdue"] {
  const own = owed.get(creatorId);
  if (!own) return { count: 0, minor: 0n, apart: [] };
  const current = monthOf(today);
  const perUsd: Record<string, string> = {};
  for (const { currency: other } of own.payouts) perUsd[other] ??= usdRate(other) ?? "";
  const late = scheduleOf({
    today,
    rules: paymentRulesWith(own.written),
    payouts: own.payouts,
    deals: own.deals,
    perUsd: Object.fromEntries(Object.entries(perUsd).filter(([, rate]) => rate !== "")),
    keepsReceipts: own.keepsReceipts,
  }).filter(({ state }) => state === "late");
  let minor = 0n;
  const apart: Amount[] = [];
  for (const due of late) {
    const rate = due.currency === currency ? "1" : rateFor(due.currency, monthOf(due.earned.last));
    if (rate === null) apart.push({ currency: due.currency, minor: due.openMinor });
    else minor += convert(due.openMinor, due.currency, currency, rate);
  }
  return { count: late.length, minor, apart: together(apart) };

  /** Units per US dollar, by way of the agency's currency: for thresholds alone, never for money that is shown. */
  function usdRate(other: Currency): string | null {
    const [per, usd] = [other, "USD" as Currency].map((each) =>
      each === currency ? 1 : Number(findRate(creatorId, each, current)?.rate ?? 0),
    ) as [number, number];
    return per > 0 && usd > 0 ? (usd / per).toFixed(10) : null;
  }
}

/** A balance of now, so it is converted at the rates of the month that is shown. */
function commissionOf(
  { currency, commission, month }: RosterInput,
  { creatorId }: RosterCreator,
  rateFor: RateFor,
): RosterRow["commission"] {
  const amounts = commission.get(creatorId);
  if (!amounts) return null;
  let minor = 0n;
  const apart: Amount[] = [];
  for (const amount of amounts) {
    // Nothing is nothing in every currency.
    if (amount.minor === 0n) continue;
    const rate = amount.currency === currency ? "1" : rateFor(amount.currency, month);
    if (rate === null) apart.push(amount);
    else minor += convert(amount.minor, amount.currency, currency, rate);
  }
  return { minor, apart: together(apart) };
}

// ---------------------------------------------------------------- all together

export type Rollup = {
  readonly earnedMinor: bigint | null;
  readonly apart: readonly Amount[];
  readonly projectedMinor: bigint | null;
  readonly gapMinor: bigint | null;
  /** over the creators of whom all is in sight */
  readonly eRpm: string | null;
  readonly views: number | null;
  readonly overdue: { readonly count: number; readonly minor: bigint; readonly apart: readonly Amount[] };
  readonly commission: RosterRow["commission"];
  readonly creators: number;
  readonly byShares: Readonly<Record<Shares, number>>;
  readonly needAttention: number;
};

/** The rows' sums: what stands above the table, below it and in its file. */
export function rollupOf(rows: readonly RosterRow[], currency: Currency): Rollup {
  const byShares = { all: 0, some: 0, none: 0 };
  for (const { shares } of rows) byShares[shares] += 1;
  const overdue = rows.flatMap((row) => row.overdue ?? []);
  const owed = rows.flatMap((row) => row.commission ?? []);
  const views = rows.map((row) => row.views).filter((count): count is number => count !== null);
  return {
    earnedMinor: sumOf(rows.map((row) => row.earnedMinor)),
    apart: together(rows.flatMap((row) => row.apart)),
    projectedMinor: sumOf(rows.map((row) => row.projectedMinor)),
    gapMinor: sumOf(rows.map((row) => row.gapMinor)),
    eRpm: groupRpm(
      rows.flatMap((row) => row.rated ?? []),
      currency,
    ),
    views: views.length > 0 ? views.reduce((a, b) => a + b, 0) : null,
    overdue: {
      count: overdue.reduce((sum, { count }) => sum + count, 0),
      minor: overdue.reduce((sum, { minor }) => sum + minor, 0n),
      apart: together(overdue.flatMap(({ apart }) => apart)),
    },
    commission:
      owed.length === 0
        ? null
        : {
            minor: owed.reduce((sum, { minor }) => sum + minor, 0n),
            apart: together(owed.flatMap(({ apart }) => apart)),
          },
    creators: rows.length,
    byShares,
    needAttention: rows.filter(({ reasons }) => reasons.length > 0).length,
  };
}

export const ROSTER_SORTS = [
  "name",
  "earned",
  "projected",
  "gap",
  "rpm",
  "views",
  "trend",
  "band",
  "overdue",
  "commission",
  "last",
  "attention",
  "team",
] as const;
export type RosterSort = (typeof ROSTER_SORTS)[number];

const BAND_ORDER = { below: 0, inside: 1, above: 2 } as const;

/** What is unknown or out of sight stands last either way, so that no rank tells of it. */
export function sortRoster(
  rows: readonly RosterRow[],
  { sort, descending }: { sort: RosterSort; descending: boolean },
): RosterRow[] {
  const direction = descending ? -1 : 1;
  return rows
    .map((row) => ({ row, key: keyOf(row, sort) }))
    .sort((a, b) => {
      if (a.key === null || b.key === null)
        return a.key === b.key ? byName(a.row, b.row) : a.key === null ? 1 : -1;
      return direction * compare(a.key, b.key) || byName(a.row, b.row);
    })
    .map(({ row }) => row);
}

function keyOf(row: RosterRow, sort: RosterSort): bigint | number | string | null {
  switch (sort) {
    case "name":
      return row.creator.name.toLowerCase();
    case "earned":
      return row.earnedMinor;
    case "projected":
      return row.projectedMinor;
    case "gap":
      return row.gapMinor;
    case "rpm":
      return row.eRpm === null ? null : Number(row.eRpm);
    case "views":
      return row.views;
    case "trend":
      return row.change;
    case "band":
      return row.band && BAND_ORDER[row.band];
    case "overdue":
      return row.overdue?.minor ?? null;
    case "commission":
      return row.commission?.minor ?? null;
    case "last":
      return row.lastMonth;
    case "attention":
      return row.reasons.length;
    case "team":
      return row.creator.teamName?.toLowerCase() ?? null;
  }
}

function byName(a: RosterRow, b: RosterRow): number {
  return compare(a.creator.name, b.creator.name) || compare(a.creator.creatorId, b.creator.creatorId);
}

function add(sums: Map<Month, bigint>, month: Month, minor: bigint): void {
  sums.set(month, (sums.get(month) ?? 0n) + minor);
}

/** null: there is none to add up, which is not 0. */
function sumOf(amounts: readonly (bigint | null)[]): bigint | null {
  return amounts.reduce((sum, minor) => (minor === null ? sum : (sum ?? 0n) + minor), null);
}

/** One amount a currency, in the order of their codes. */
function together(amounts: readonly Amount[]): Amount[] {
  const sums = new Map<Currency, bigint>();
  for (const { currency, minor } of amounts) sums.set(currency, (sums.get(currency) ?? 0n) + minor);
  return [...sums]
    .map(([currency, minor]) => ({ currency, minor }))
    .sort((a, b) => compare(a.currency, b.currency));
}

function compare<Key extends bigint | number | string>(a: Key, b: Key): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
