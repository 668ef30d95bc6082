import type { Prior, RegionShares } from "./benchmarks";
import {
  type FilterState,
  ownWeight,
  type Prediction,
  predict,
  reach,
  smallViewsNoise,
  start,
} from "./filter";
import { KINDS, type Kind, type KindName, kindOf, seasonOf } from "./kinds";
import { type Currency, divideHalfEven } from "./money";
import type { Month } from "./month";
import type { Projection } from "./projection";
import { logWatch, minorOf, mixOf, moneyOf, type Range } from "./rate-money";
import type { Denominator } from "./rpm";
import type { Band } from "./student-t";
import { type Niche, REGIONS, type Stream } from "./words";

/**
 * "What if": one stream's projection redone under other circumstances, by the same filter and the same rounding
 * as lib/model/projection. Small, for the browser: what it needs of a creator comes as plain JSON.
 */

/** What is known of one stream today; a scenario changes the circumstances around it. */
export type Ground = {
  readonly stream: Stream;
  readonly currency: Currency;
  readonly kind: KindName;
  /** null when there is neither a benchmark in this currency nor a payout. */
  readonly state: FilterState | null;
  /** Months without an update. */
  readonly gap: number;
  readonly payouts: number;
  readonly prior: Prior | null;
  readonly denominator: Denominator | null;
  /** The subject that the level was learned in. */
  readonly niche: Niche | null;
  readonly referenceRegions: RegionShares | null;
  /** The latest known circumstances: where a scenario begins. */
  readonly views: number | null;
  readonly paidViews: number | null;
  readonly paidShare: number | null;
  readonly watchSeconds: number | null;
  /** True when the watch time is the benchmark's, for want of one's own. */
  readonly isWatchAssumed: boolean;
  readonly regions: RegionShares | null;
  /** Money that comes in lumps has no rate to move: its projection as it stands, minor units as text. */
  readonly lumpy: { readonly median: string; readonly bands: Readonly<Record<Band, LumpyRange>> } | null;
  /** Why there is no amount, where circumstances cannot change that. */
  readonly reason: string | null;
};
type LumpyRange = { readonly lo: string; readonly hi: string };

export type Scenario = {
  readonly month: Month;
  /** 1 for the month after what is known, 2 for the one after. */
  readonly horizon: number;
  readonly views: number | null;
  /** Of the platform's own denominator per view; plays no part where rates are per view. */
  readonly paidShare: number | null;
  readonly watchSeconds: number | null;
  readonly regions: RegionShares | null;
  /** What the subject multiplies the rate by, against the ground's own; 1 for the same one. */
  readonly nicheFactor: number;
  /** Shop only: the commission against the present one, and sales where they are known. */
  readonly shop: Shop | null;
};
/** Rates in millionths of the sales, so that money stays exact. */
export type Shop = {
  readonly ratePpm: number;
  readonly presentPpm: number;
  /** Sales after refunds; null: as many as the views bring. */
  readonly salesMinor: bigint | null;
};

/** A step from the benchmark to the rate. The benchmark's is the rate itself; all others multiply it. */
export type Step = {
  readonly of: "benchmark" | "own" | "watch" | "mix" | "niche" | "season" | "commission";
  readonly factor: number;
};

export type Outcome = {
  readonly basis: "prior" | "own" | "lumpy" | "none";
  readonly reason: "no_views" | "nothing_known" | null;
  readonly medianMinor: bigint | null;
  readonly bands: Readonly<Record<Band, Range>> | null;
  /** Per 1,000 of the ground's denominator (or a month's money) in major units; null where money is lumpy or there are no views. */
  readonly rate: {
    readonly median: number;
    readonly bands: Readonly<Record<Band, { lo: number; hi: number }>>;
  } | null;
  /** How many of the denominator. */
  readonly count: number | null;
  /** They multiply to the rate; none where known sales stand for it. */
  readonly steps: readonly Step[];
  /** Share of the level that own payouts decide, 0..1. */
  readonly ownWeight: number;
};

/**
 * Standard deviation of the log of a published niche factor between sources: 0.16 to 0.58 for cells that several
 * sites print. A subject without own payouts widens the band by it.
 */
const NICHE_SPREAD = 0.4;

/** A projection as the ground of scenarios. `niche` is what its benchmark was made for. */
export function groundOf(projection: Projection, niche: Niche | null): Ground {
  const { key, basis, inputs, medianMinor, bands, why } = projection;
  const isLumpy = basis === "lumpy" || basis === "none";
  const written = (band: Band) => ({ lo: String(bands?.[band].lo), hi: String(bands?.[band].hi) });
  return {
    stream: key.stream,
    currency: key.currency,
    kind: inputs.kind,
    state: isLumpy ? null : projection.state,
    gap: inputs.gap,
    payouts: why.payouts,
    prior: inputs.prior,
    denominator: projection.denominator,
    niche,
    referenceRegions: inputs.referenceRegions,
    views:
      inputs.views ??
      (inputs.paidViews === null ? null : Math.round(inputs.paidViews / (inputs.paidShare ?? 1))),
    paidViews: inputs.paidViews,
    paidShare: inputs.paidShare,
    watchSeconds: inputs.watchSecondsPerView,
    isWatchAssumed: inputs.watchFrom !== "own",
    regions: inputs.regions,
    lumpy:
      basis === "lumpy" && medianMinor !== null && bands
        ? { median: String(medianMinor), bands: { 50: written(50), 80: written(80), 95: written(95) } }
        : null,
    reason: basis === "none" ? projection.reason : null,
  };
}

/** A stream that has earned nothing yet: the benchmark alone. */
export function freshGround(
  stream: Stream,
  currency: Currency,
  prior: Prior,
  niche: Niche | null,
  known: { readonly views: number | null; readonly watchSeconds: number | null },
): Ground {
  const { views, watchSeconds } = known;
  const kind = kindOf(stream);
  const { perView }: Kind = KINDS[kind];
  const paidShare = perView && prior.denominator !== "views" ? prior.typicalPaidShare : null;
  return {
    stream,
    currency,
    kind,
    state: start(Math.log(prior.rate), KINDS[kind], prior.tau),
    gap: 0,
    payouts: 0,
    prior,
    denominator: perView ? prior.denominator : null,
    niche,
    referenceRegions: prior.regions,
    views,
    paidViews: views === null ? null : views * (paidShare ?? 1),
    paidShare,
    watchSeconds: watchSeconds ?? prior.usualWatchSeconds,
    isWatchAssumed: watchSeconds === null,
    regions: prior.regions,
    lumpy: null,
    reason: null,
  };
}

/** The ground's own circumstances: its outcome is the projection itself. */
export function asItIs(ground: Ground, month: Month, horizon = 1): Scenario {
  const { views, paidShare, watchSeconds, regions } = ground;
  return { month, horizon, views, paidShare, watchSeconds, regions, nicheFactor: 1, shop: null };
}

/** What the stream would earn. Watch time, regions and views that are null are taken as unknown, never as zero. */
export function explore(ground: Ground, scenario: Scenario): Outcome {
  const { state, prior, currency } = ground;
  const kind: Kind = KINDS[ground.kind];
  if (ground.lumpy) return lumpyOutcome(ground.lumpy);
  if (!state) return NOTHING;

  const count = kind.perView ? countOf(ground, scenario) : 1000;
  const x = kind.perView ? logWatch(scenario.watchSeconds, prior) : 0;
  const mix = kind.perView ? mixOf(prior, scenario.regions, referenceOf(ground, scenario)) : 1;
  const niche = kind.perView ? scenario.nicheFactor : 1;
  const season = seasonOf(scenario.month);
  const noise = kind.perView && count !== null ? smallViewsNoise(count) : 1;
  const plain = predict(state, kind, { x, season, gap: ground.gap, horizon: scenario.horizon, noise });
  const prediction = niche === 1 ? plain : { ...plain, sd: Math.hypot(plain.sd, NICHE_SPREAD) };

  const { shop } = scenario;
  const commission = shop ? shop.ratePpm / shop.presentPpm : 1;
  const frame = { basis: state.t === 0 ? "prior" : "own", count, ownWeight: ownWeight(state) } as const;
  if (shop?.salesMinor != null) {
    const minor = divideHalfEven(shop.salesMinor * BigInt(shop.ratePpm), 1_000_000n);
    const major = Number(minor) / Number(minorOf(1, currency));
    // The stream's own month-to-month swing around a known amount: what comes back as refunds is not known.
    const around = { ...prediction, mu: Math.log(major) };
    return {
      ...frame,
      reason: null,
      medianMinor: minor,
      bands: moneyOf(around, 1, 1000, currency)?.bands ?? null,
      rate: count ? rateOf(around, 1000 / count) : null,
      steps: [],
    };
  }
  const base = mix * niche * commission;
  const money = moneyOf(prediction, base, count, currency);
  return {
    ...frame,
    reason: money === null ? "no_views" : null,
    medianMinor: money?.median ?? null,
    bands: money?.bands ?? null,
    // Nothing divides by no views.
    rate: count === 0 ? null : rateOf(prediction, base),
    steps: stepsOf(ground, { x, season, mix, niche, commission }),
  };
}

/** Shares in thousandths that sum to 1000, as near to `shares` as whole numbers are; what is missing is unknown. */
export function permilleOf(shares: RegionShares | null): number[] {
  const known = REGIONS.map((region) => Math.max(0, shares?.[region] ?? 0));
  const sum = known.reduce((a, b) => a + b, 0);
  if (sum < 1) known[REGIONS.length - 1]! += 1 - sum;
  return spread(1000, known);
}

export function sharesOf(permille: readonly number[]): RegionShares {
  return Object.fromEntries(REGIONS.map((region, index) => [region, (permille[index] ?? 0) / 1000]));
}

/** One region's share set (0 to 1000), the others keeping their proportions, so that the sum stays 1000. */
export function withShare(permille: readonly number[], index: number, share: number): number[] {
  const others = permille.map((part, each) => (each === index ? 0 : part));
  const isAlone = others.every((part) => part === 0);
  const last = REGIONS.length - 1;
  // Nothing to share the rest by: it is unknown; when that is the one set, all others take the same.
  const weights = isAlone
    ? others.map((_, each) => Number(index === last ? each !== last : each === last))
    : others;
  return spread(1000 - share, weights).map((part, each) => (each === index ? share : part));
}

/** Whole parts of `total` in proportion to the weights, by largest remainder; the earlier wins ties. */
function spread(total: number, weights: readonly number[]): number[] {
  const sum = weights.reduce((a, b) => a + b, 0);
  const exact = weights.map((weight) => (total * weight) / sum);
  const parts = exact.map(Math.floor);
  const order = exact.map((part, index) => ({ index, rest: part - Math.floor(part) }));
  order.sort((a, b) => b.rest - a.rest || a.index - b.index);
  const left = total - parts.reduce((a, b) => a + b, 0);
  for (const { index } of order.slice(0, left)) parts[index]! += 1;
  return parts;
}

/** Own views stand for own paid views exactly; other views for their share of paid ones. */
function countOf(ground: Ground, { views, paidShare }: Scenario): number | null {
  if (ground.paidShare === null) return views;
  if (views === ground.views && paidShare === ground.paidShare) return ground.paidViews;
  return views === null ? null : views * (paidShare ?? ground.paidShare);
}

/** Where no regions were ever known, others are compared with "unknown". */
function referenceOf(ground: Ground, scenario: Scenario): RegionShares | null {
  return ground.referenceRegions ?? (scenario.regions === ground.regions ? null : {});
}

function stepsOf(
  { prior, state, kind: name, denominator }: Ground,
  at: { x: number; season: number; mix: number; niche: number; commission: number },
): Step[] {
  const [level = 0, beta = 0, kappa = 0] = state?.m ?? [];
  const { perView }: Kind = KINDS[name];
  // Until paid views are known, a rate per paid view is worth its typical share per plain view.
  const paid = prior && perView && denominator !== prior.denominator ? prior.typicalPaidShare : 1;
  const published = prior ? prior.rate * paid : null;
  const steps: Step[] = [
    ...(published === null ? [] : [{ of: "benchmark", factor: published } as const]),
    { of: "own", factor: Math.exp(level) / (published ?? 1) },
    ...(perView
      ? ([
          { of: "watch", factor: Math.exp(beta * at.x) },
          { of: "mix", factor: at.mix },
        ] as const)
      : []),
    ...(at.niche === 1 ? [] : [{ of: "niche", factor: at.niche } as const]),
    { of: "season", factor: Math.exp(kappa * at.season) },
    ...(at.commission === 1 ? [] : [{ of: "commission", factor: at.commission } as const]),
  ];
  return steps;
}

function rateOf(prediction: Prediction, base: number): NonNullable<Outcome["rate"]> {
  const ends = (band: Band) => {
    const half = reach(prediction, band);
    return { lo: base * Math.exp(prediction.mu - half), hi: base * Math.exp(prediction.mu + half) };
  };
  return { median: base * Math.exp(prediction.mu), bands: { 50: ends(50), 80: ends(80), 95: ends(95) } };
}

function lumpyOutcome({ median, bands }: NonNullable<Ground["lumpy"]>): Outcome {
  const range = ({ lo, hi }: LumpyRange) => ({ lo: BigInt(lo), hi: BigInt(hi) });
  return {
    ...NOTHING,
    basis: "lumpy",
    reason: null,
    medianMinor: BigInt(median),
    bands: { 50: range(bands[50]), 80: range(bands[80]), 95: range(bands[95]) },
  };
}

const NOTHING: Outcome = {
  basis: "none",
  reason: "nothing_known",
  medianMinor: null,
  bands: null,
  rate: null,
  count: null,
  steps: [],
  ownWeight: 0,
};
