import "server-only";
import * as projections from "@/db/projections";
import type { Viewer } from "@/lib/model/access";
import { type Benchmark, type BenchmarkTable, benchmarkFor } from "@/lib/model/benchmarks";
import { isPooledVersion } from "@/lib/model/pooling";
import { PRIOR_VERSIONS, priorVersion } from "@/lib/model/prior-versions";
import { FORMATS, type Platform } from "@/lib/model/words";

export type Version = {
  readonly version: string;
  /** What changed with it. */
  readonly change: string;
  /** The day it came into use; null for an installation's own. */
  readonly since: string | null;
  readonly isInstalled: boolean;
  /** How this creator's projections use it; null when none does. */
  readonly used: projections.UsedPriors | null;
};

/** Every version that can be looked at: the built-in ones, the installed one, and those that projections name. */
export function versionsOf(
  installed: BenchmarkTable,
  used: readonly projections.UsedPriors[],
): readonly Version[] {
  const builtIn = PRIOR_VERSIONS.map(({ version }) => version);
  const own = [installed.version, ...used.map(({ version }) => version)];
  return [...new Set([...own.filter((version) => !builtIn.includes(version)), ...builtIn])].map(
    (version) => ({
      version,
      since: priorVersion(version)?.since ?? null,
      change:
        priorVersion(version)?.change ??
        (isPooledVersion(version)
          ? "Pooled from creators who agreed to it."
          : "With rows of this installation's own."),
      isInstalled: version === installed.version,
      used: used.find((each) => each.version === version) ?? null,
    }),
  );
}

/**
 * A version's rows: the installed or a built-in table whole; of an installation's earlier own rows, what this
 * creator's projections kept of them. Empty when nothing names it.
 */
export async function rowsOfVersion(
  viewer: Viewer,
  creatorId: string,
  version: string,
  installed: BenchmarkTable,
): Promise<{ rows: readonly Benchmark[]; isWhole: boolean }> {
  const table = version === installed.version ? installed : priorVersion(version);
  if (table) return { rows: table.rows, isWhole: true };
  const used = await projections.listPriorsUsed(viewer, creatorId, version);
  const rows = new Map<string, Benchmark>();
  for (const { stream, format, prior } of used) {
    const { platform, programme, denominator, tau, source, date, grade } = prior;
    const { regionUsd: usd, referenceWatchSeconds, usualWatchSeconds } = prior;
    const row = {
      stream,
      format: format === "all" ? "any" : format,
      platform,
      programme,
      denominator,
    } as const;
    rows.set(`${platform} ${stream} ${row.format}`, {
      ...row,
      usd,
      referenceWatchSeconds,
      usualWatchSeconds,
      tau,
      source,
      date,
      grade,
    });
  }
  return { rows: [...rows.values()], isWhole: false };
}

/** The rows that a creator's platforms begin from, those of a platform of its own first, and all others. */
export function splitByUse(
  rows: readonly Benchmark[],
  platforms: ReadonlySet<Platform>,
): { mine: Benchmark[]; others: Benchmark[] } {
  const table = { version: "", rows, niches: {} as BenchmarkTable["niches"] };
  const streams = new Set(rows.map(({ stream }) => stream));
  const used = new Set<Benchmark>();
  for (const platform of platforms)
    for (const stream of streams)
      for (const format of [...FORMATS, "all"] as const)
        used.add(benchmarkFor(stream, platform, format, table));
  const isOwn = (row: Benchmark) => (row.platform === "any" ? 1 : 0);
  return {
    mine: rows.filter((row) => used.has(row)).sort((a, b) => isOwn(a) - isOwn(b)),
    others: rows.filter((row) => !used.has(row)),
  };
}
