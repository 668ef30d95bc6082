import type { Prior, RegionShares } from "./benchmarks";
import { KINDS } from "./kinds";
import type { Day } from "./month";
import type { Projection } from "./projection";
import type { Format, Niche, Platform, Region, Stream } from "./words";

/** What is learned from one creator who agreed to it: where his own rate lies beside his published one. */
export type PooledCreator = {
  /** Level minus the log of the published rate. */
  readonly level: number;
  /** Of `level`, above 0. */
  readonly variance: number;
  readonly regions: RegionShares;
  readonly niche: Niche | null;
};

/** What a stream on a platform is pooled by; never across two of them. */
export type PoolCell = {
  readonly stream: Stream;
  readonly platform: Platform;
  readonly format: Format | "all";
};

/** One cell of one creator, as it is stored with him. */
export type PoolOffset = PoolCell & PooledCreator;

/** One cell as it is stored for a creator who begins from it. */
export type PooledStart = PoolCell & { readonly pooled: Pooled };

/** What a creator begins from beside the published rates. */
export type PooledTable = {
  /** The table that the starts are offsets to; beside any other they mean nothing. */
  readonly priorVersion: string;
  readonly date: Day;
  readonly starts: readonly PooledStart[];
};

/** Offsets to the logs of published rates. A cell that is not here keeps the published value. */
export type Pooled = {
  readonly overall: number;
  readonly regions: Readonly<Partial<Record<Region, number>>>;
  readonly niches: Readonly<Partial<Record<Niche, number>>>;
  /** Variance of creators around their cells. */
  readonly between: number;
  /** Spread of a new creator around his pooled start, for the filter's prior. */
  readonly tau: number;
  readonly creators: number;
};

/** With fewer a level is the published rate more than the creator's own. */
const MIN_PAYOUTS = 3;
const MIN_CREATORS = 5;
const MAX_WEIGHT = 0.4;
/** Prior variances of the overall offset and of a cell's. */
const OVERALL = 0.25;
const CELL = 0.09;
const BETWEEN = { least: 0.01, most: 0.81, first: 0.25 };
const MOMENT_ROUNDS = 5;
/** What a new creator's level still adds to the spread between creators. */
const NEW_LEVEL = 0.05;

/**
 * What a creator gives to the pool: of each stream paid on counts and paid three times or more, how far his level
 * lies from its published start. The projections must have begun from published rates alone, or the pool would
 * learn from itself. One offset a cell, of several currencies the surest; rounded to thousandths of a log.
 */
export function offsetsOf(
  streams: readonly { readonly projection: Projection; readonly niche: Niche | null }[],
): PoolOffset[] {
  const cells = new Map<string, PoolOffset>();
  for (const { projection, niche } of streams) {
    const { key, state, basis, inputs } = projection;
    const { prior } = inputs;
    if (basis !== "own" || !KINDS[inputs.kind].perView || !prior || !state || state.t < MIN_PAYOUTS) continue;
    // A creator who knows only views has his level per view, as the filter began it.
    const start = Math.log(prior.rate * (inputs.paidShare === null ? prior.typicalPaidShare : 1));
    const offset: PoolOffset = {
      stream: key.stream,
      platform: key.platform,
      format: key.format,
      level: rounded(state.m[0] - start),
      variance: Math.max(0.001, rounded(state.C[0] * state.S)),
      regions: prior.regions ?? {},
      niche,
    };
    const id = cellId(key);
    const known = cells.get(id);
    if (!known || offset.variance < known.variance) cells.set(id, offset);
  }
  return [...cells.values()];
}

/** The cells of many creators' offsets that are safe to begin from, each by itself. */
export function startsFrom(offsets: readonly PoolOffset[]): PooledStart[] {
  const cells = new Map<string, PoolOffset[]>();
  for (const offset of offsets) cells.set(cellId(offset), [...(cells.get(cellId(offset)) ?? []), offset]);
  return [...cells.values()].flatMap((creators) => {
    const { stream, platform, format } = creators[0]!;
    const pooled = pool(creators);
    return pooled ? [{ stream, platform, format, pooled }] : [];
  });
}

/**
 * A published start moved to where the pooled creators with the same audience and niche are; the same when its cell
 * is not pooled. The offset is exact for the rate; the regions' rates all move by it, so their ratios stay.
 */
export function pooledPrior(
  prior: Prior,
  about: PoolCell & { readonly niche: Niche | null },
  table: PooledTable | null,
): Prior {
  if (!table || table.priorVersion !== prior.version) return prior;
  const start = table.starts.find((each) => cellId(each) === cellId(about));
  if (!start) return prior;
  const { pooled } = start;
  const factor = Math.exp(offsetFor(pooled, { regions: prior.regions ?? {}, niche: about.niche }));
  const regionUsd = Object.fromEntries(
    Object.entries(prior.regionUsd).map(([region, usd]) => [region, usd * factor]),
  ) as Prior["regionUsd"];
  return {
    ...prior,
    rate: prior.rate * factor,
    regionUsd,
    tau: pooled.tau,
    pooled: { creators: pooled.creators, tableRate: prior.rate },
    source: `Pooled from ${pooled.creators} creators here who agreed to it, beside: ${prior.source}`,
    date: table.date,
    grade: "B",
    version: `${prior.version}${POOLED}${table.date}`,
  };
}

const POOLED = "+pool-";

/** Whether a version names a pooled start. */
export function isPooledVersion(version: string): boolean {
  return version.includes(POOLED);
}

function cellId({ stream, platform, format }: PoolCell): string {
  return `${stream} ${platform} ${format}`;
}

function rounded(log: number): number {
  return Math.round(log * 1000) / 1000;
}

/**
 * The creators' offsets as overall + regions by share + niche + creator (normal priors; weights 1/(between +
 * variance)). A cell is used only with five creators or more and none above 40 % of its weight, so that nobody's
 * pay can be read from another's start; null when even the whole is too few. `between` is estimated by moments
 * unless given. Throws RangeError on a level or variance that is not finite.
 */
export function pool(creators: readonly PooledCreator[], between?: number): Pooled | null {
  for (const { level, variance } of creators)
    if (!(Number.isFinite(level) && variance > 0 && Number.isFinite(variance)))
      throw new RangeError(
        `A creator's level ${level} with variance ${variance} cannot be pooled; leave it out.`,
      );
  let spread = between ?? BETWEEN.first;
  let fit = fitWith(creators, spread);
  for (let round = 0; between === undefined && round < MOMENT_ROUNDS && fit; round++) {
    spread = spreadAround(creators, fit, spread);
    fit = fitWith(creators, spread);
  }
  return fit;
}

/** What is added to the log of a published rate: of a creator with this audience and niche. */
export function offsetFor(
  { overall, regions, niches }: Pick<Pooled, "overall" | "regions" | "niches">,
  about: Pick<PooledCreator, "regions" | "niche">,
): number {
  const byRegion = Object.entries(about.regions).reduce(
    (sum, [region, share]) => sum + share * (regions[region as Region] ?? 0),
    0,
  );
  return overall + byRegion + (about.niche === null ? 0 : (niches[about.niche] ?? 0));
}

type Cell = { readonly name: string; readonly shares: readonly number[]; readonly variance: number };

function fitWith(creators: readonly PooledCreator[], between: number): Pooled | null {
  const weights = creators.map(({ variance }) => 1 / (between + variance));
  const cells = cellsOf(creators).filter((cell) => isSafe(cell, weights));
  if (cells[0]?.name !== "overall") return null;
  // The normal equations of the ridge regression; a direct solution, where sweeps would have to converge.
  const equations = cells.map((row) => [
    ...cells.map(
      (column) =>
        sumOver(weights, (w, c) => w * row.shares[c]! * column.shares[c]!) +
        (row === column ? 1 / row.variance : 0),
    ),
    sumOver(weights, (w, c) => w * row.shares[c]! * creators[c]!.level),
  ]);
  const offsets = new Map(solve(equations).map((offset, index) => [cells[index]!.name, offset]));
  const within = <Name extends string>(kind: string) =>
    Object.fromEntries(
      [...offsets].flatMap(([name, offset]) =>
        name.startsWith(kind) ? [[name.slice(kind.length), offset]] : [],
      ),
    ) as Partial<Record<Name, number>>;
  return {
    overall: offsets.get("overall")!,
    regions: within<Region>("region "),
    niches: within<Niche>("niche "),
    between,
    tau: Math.sqrt(between + NEW_LEVEL),
    creators: creators.length,
  };
}

/** The whole first, then each region and niche that anybody has. */
function cellsOf(creators: readonly PooledCreator[]): Cell[] {
  const regions = new Set(creators.flatMap((creator) => Object.keys(creator.regions) as Region[]));
  const niches = new Set(creators.flatMap(({ niche }) => niche ?? []));
  return [
    { name: "overall", shares: creators.map(() => 1), variance: OVERALL },
    ...[...regions].sort().map((region) => ({
      name: `region ${region}`,
      shares: creators.map((creator) => creator.regions[region] ?? 0),
      variance: CELL,
    })),
    ...[...niches].sort().map((niche) => ({
      name: `niche ${niche}`,
      shares: creators.map((creator) => (creator.niche === niche ? 1 : 0)),
      variance: CELL,
    })),
  ];
}

function isSafe({ shares }: Cell, weights: readonly number[]): boolean {
  const parts = shares.flatMap((share, index) => (share > 0 ? [share * weights[index]!] : []));
  const sum = parts.reduce((a, b) => a + b, 0);
  return parts.length >= MIN_CREATORS && Math.max(...parts) <= MAX_WEIGHT * sum;
}

/** Weighted mean of squared distance less the creators' own variance. */
function spreadAround(creators: readonly PooledCreator[], fit: Pooled, between: number): number {
  const weights = creators.map(({ variance }) => 1 / (between + variance));
  const moment = sumOver(weights, (w, c) => {
    const creator = creators[c]!;
    return w * ((creator.level - offsetFor(fit, creator)) ** 2 - creator.variance);
  });
  const mean = moment / weights.reduce((a, b) => a + b, 0);
  return Math.min(BETWEEN.most, Math.max(BETWEEN.least, mean));
}

/** Gaussian elimination; the matrix is positive definite by its ridge, so no pivot is 0. */
function solve(equations: number[][]): number[] {
  const n = equations.length;
  const rows = equations.map((row) => [...row]);
  for (let pivot = 0; pivot < n; pivot++)
    for (let row = pivot + 1; row < n; row++) {
      const factor = rows[row]![pivot]! / rows[pivot]![pivot]!;
      for (let column = pivot; column <= n; column++)
        rows[row]![column] = rows[row]![column]! - factor * rows[pivot]![column]!;
    }
  const solution = new Array<number>(n).fill(0);
  for (let row = n - 1; row >= 0; row--) {
    let rest = rows[row]![n]!;
    for (let column = row + 1; column < n; column++) rest -= rows[row]![column]! * solution[column]!;
    solution[row] = rest / rows[row]![row]!;
  }
  return solution;
}

function sumOver(weights: readonly number[], value: (weight: number, index: number) => number): number {
  return weights.reduce((sum, weight, index) => sum + value(weight, index), 0);
}
