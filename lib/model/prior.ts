import type { Benchmark, Prior, RegionShares } from "./benchmarks";
import { type Format, type Platform, REGIONS, type Stream } from "./words";

/** From one published row to where a projection begins; apart from the tables, so that a browser can do it too. */

/** Qualified views per view on TikTok, between 0.43 (a creator's own figures) and 0.35 (an illustration). */
const TYPICAL_QUALIFIED_SHARE = 0.4;

/** True when a row speaks for a stream on a platform; of several the first in the table is meant. */
export function fits(row: Benchmark, stream: Stream, platform: Platform, format: Format | "all"): boolean {
  return (
    row.stream === stream &&
    (row.platform === platform || row.platform === "any") &&
    (row.format === format || row.format === "any")
  );
}

/** `perUsd` is units of the payout's currency per 1 USD; a niche changes nothing where money has no denominator. */
export function priorFrom(
  row: Benchmark,
  about: {
    readonly perUsd: number;
    readonly nicheFactor: number;
    readonly regions?: RegionShares | null;
    readonly version: string;
  },
): Prior {
  const niche = row.denominator === null ? 1 : about.nicheFactor;
  return {
    rate: mixUsd(row.usd, about.regions ?? null) * niche * about.perUsd,
    tau: row.tau,
    denominator: row.denominator,
    referenceWatchSeconds: row.referenceWatchSeconds,
    usualWatchSeconds: row.usualWatchSeconds,
    typicalPaidShare: row.denominator === "qualified_views" ? TYPICAL_QUALIFIED_SHARE : 1,
    regionUsd: row.usd,
    regions: about.regions ?? null,
    published: row.grade !== "judgement",
    platform: row.platform,
    programme: row.programme,
    source: row.source,
    date: row.date,
    grade: row.grade,
    version: about.version,
  };
}

/** What an audience is worth per 1,000, in USD: the mean of the regions' rates, weighted by views. */
export function mixUsd(usd: Benchmark["usd"], shares: RegionShares | null): number {
  let known = 0;
  let total = 0;
  for (const region of REGIONS) {
    const share = Math.max(0, shares?.[region] ?? 0);
    known += share;
    total += share * usd[region];
  }
  return known >= 1 ? total / known : total + (1 - known) * usd.unknown;
}
