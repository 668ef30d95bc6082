import { type Prior, priorFor, type RegionShares } from "../../model/benchmarks";
import { type Currency, currencyOf } from "../../model/money";
import { isDay, type Month } from "../../model/month";
import type { StreamKey } from "../../model/projection";
import { FORMAT_LABEL, PLATFORM_LABEL, REGIONS, type Region, type Stream } from "../../model/words";
import { type FileRow, type FileRows, ownStreamOf, refuse, type Unit } from "./rows";

/** One period of a series; what is null is unknown. */
export type BacktestPeriod = {
  readonly label: string;
  /** Counted in units; null for videos. */
  readonly at: number | null;
  /** Whose ad season holds; null when unknown. */
  readonly month: Month | null;
  readonly views: number | null;
  readonly watchSeconds: number | null;
  readonly regions: RegionShares | null;
  readonly minor: bigint | null;
};

/** Money of one stream, period by period, the oldest first. */
export type Series = {
  readonly name: string;
  readonly unit: Unit;
  readonly key: StreamKey;
  /** Units of the currency per US dollar; null when not known, and then there is no benchmark. */
  readonly perUsd: number | null;
  readonly prior: Prior | null;
  readonly periods: readonly BacktestPeriod[];
};

/** A row of the file as far as one series goes. */
type Part = Omit<FileRow, "amounts"> & { readonly minor: bigint | null };
/** The parts of one column, platform, format and currency. */
type Group = {
  readonly column: string;
  readonly stream: Stream;
  readonly currency: Currency;
  readonly parts: Part[];
};

const USD = currencyOf("USD");

/**
 * The series of a file: one for each stream, platform, format and currency, and the total of a currency that has
 * several of them and no total of its own. `perUsd` is the rate of the one currency that is not the US dollar.
 * Throws Unreadable when there is not exactly one such currency.
 */
export function seriesOf({ rows, unit }: FileRows, perUsd: number | null): Series[] {
  const groups = groupsOf(rows);
  const currencies = [...new Set(groups.map(({ currency }) => currency))];
  const foreign = currencies.filter((currency) => currency !== USD);
  if (perUsd !== null && foreign.length !== 1)
    refuse({
      message: `--per-usd is the rate of one currency beside the US dollar, and the file has ${foreign.length}; leave it out.`,
    });
  const rateOf = (currency: Currency) => (currency === USD ? 1 : perUsd);
  const suffix = (currency: Currency) => (currencies.length > 1 ? `, ${currency}` : "");
  const hasSeveralPlatforms = new Set(rows.map(({ platform }) => platform)).size > 1;
  const named = groups.map((group) => {
    const { platform, format } = group.parts[0]!;
    const apart = [
      ...(hasSeveralPlatforms ? [PLATFORM_LABEL[platform]] : []),
      ...(format === "all" ? [] : [FORMAT_LABEL[format].toLowerCase()]),
    ];
    const name = [group.column, ...apart].join(", ") + suffix(group.currency);
    return seriesFrom(name, unit, group, rateOf(group.currency));
  });
  const totals = currencies.flatMap((currency) => {
    const total = totalOf(groups.filter((group) => group.currency === currency));
    return total ? [seriesFrom(`total${suffix(currency)}`, unit, total, rateOf(currency))] : [];
  });
  return [...named, ...totals];
}

function groupsOf(rows: readonly FileRow[]): Group[] {
  const groups = new Map<string, Group>();
  for (const { amounts, ...row } of rows)
    for (const { name, stream, currency, minor } of amounts) {
      const id = [name, stream, row.platform, row.format, currency].join(" ");
      const group = groups.get(id) ?? { column: name, stream, currency, parts: [] };
      group.parts.push({ ...row, minor });
      groups.set(id, group);
    }
  return [...groups.values()];
}

/**
 * All of a currency's money as one group; null when there is but one group, or a column of totals. What one row
 * earned by several streams adds up over its traffic, which counts once; an unknown part makes the sum unknown.
 */
function totalOf(groups: readonly Group[]): Group | null {
  const stated = groups.filter(({ column }) => column.startsWith("total"));
  const summed = stated.length > 0 ? stated : groups;
  if (summed.length < 2) return null;
  const parts = new Map<string, Part>();
  for (const { parts: each } of summed)
    for (const part of each) {
      const id = [part.label, part.day, part.platform, part.format, part.line].join(" ");
      const before = parts.get(id);
      parts.set(id, before ? { ...before, minor: plusMinor(before.minor, part.minor) } : part);
    }
  const platforms = new Set([...parts.values()].map(({ platform }) => platform));
  const platform = platforms.size === 1 ? [...platforms][0]! : "other";
  const all = [...parts.values()].map((part): Part => ({ ...part, platform, format: "all" }));
  return { column: "total", stream: ownStreamOf(platform), currency: summed[0]!.currency, parts: all };
}

function seriesFrom(name: string, unit: Unit, group: Group, perUsd: number | null): Series {
  const { stream, currency, parts } = group;
  const { platform, format } = parts[0]!;
  const key: StreamKey = { channelId: null, platform, format, stream, currency };
  const periods = unit === "video" ? inOrder(parts) : onCalendar(parts);
  // The audience of the first period is known with its traffic, and the first period is not judged.
  const regions = periods[0]?.regions ?? null;
  const prior = perUsd === null ? null : priorFor({ ...key, perUsd, regions });
  return { name, unit, key, perUsd, prior, periods };
}

/** Videos named by their day in the order of days; any others as the file has them. */
function inOrder(parts: readonly Part[]): BacktestPeriod[] {
  const periods = parts.map((part) => periodFrom(part, part));
  if (!periods.every(({ label }) => isDay(label))) return periods;
  return periods.sort((a, b) => (a.label < b.label ? -1 : a.label > b.label ? 1 : 0));
}

function onCalendar(parts: readonly Part[]): BacktestPeriod[] {
  const byLabel = new Map<string, Part[]>();
  for (const part of parts) byLabel.set(part.label, [...(byLabel.get(part.label) ?? []), part]);
  const periods = [...byLabel.values()].map((each) => periodFrom(each[0]!, summed(each)));
  return periods.sort((a, b) => a.at! - b.at!);
}

type Sums = Pick<BacktestPeriod, "views" | "watchSeconds" | "regions" | "minor">;

function periodFrom(
  { label, at, month }: Part,
  { views, watchSeconds, regions, minor }: Sums,
): BacktestPeriod {
  return { label, at, month, views, watchSeconds, regions, minor };
}

/**
 * Parts of a period together. An unknown figure of a format makes the period's unknown; a day that lacks its
 * views or its money is left out of both, so that a rate never sets the money of some days over the views of others.
 */
function summed(parts: readonly Part[]): Sums {
  const byDay = new Map<string, Part[]>();
  for (const part of parts) byDay.set(part.day ?? "", [...(byDay.get(part.day ?? "") ?? []), part]);
  const days = [...byDay.values()].map((each) => each.map(sumsOf).reduce(together));
  const whole = days.filter(({ views, minor }) => views !== null && minor !== null);
  return (whole.length > 0 ? whole : days).reduce(together);
}

function sumsOf({ views, watchSeconds, regions, minor }: Part): Sums {
  return { views, watchSeconds, regions, minor };
}

function together(a: Sums, b: Sums): Sums {
  return {
    views: plus(a.views, b.views),
    watchSeconds: plus(a.watchSeconds, b.watchSeconds),
    regions: mixed(a, b),
    minor: plusMinor(a.minor, b.minor),
  };
}

function mixed(a: Sums, b: Sums): RegionShares | null {
  if (!a.regions || !b.regions || a.views === null || b.views === null) return null;
  const views = a.views + b.views;
  if (views === 0) return a.regions;
  const shares: Partial<Record<Region, number>> = {};
  for (const region of REGIONS)
    shares[region] = ((a.regions[region] ?? 0) * a.views + (b.regions[region] ?? 0) * b.views) / views;
  return shares;
}

/** What is unknown makes the sum unknown. */
function plus(a: number | null, b: number | null): number | null {
  return a === null || b === null ? null : a + b;
}

function plusMinor(a: bigint | null, b: bigint | null): bigint | null {
  return a === null || b === null ? null : a + b;
}
