import {
  type Benchmark,
  type BenchmarkTable,
  BUILT_IN,
  benchmarkFor,
  type Prior,
  priorFor,
} from "./benchmarks";
import { type Currency, divideHalfEven, exponentOf } from "./money";
import type { Denominator } from "./rpm";
import { NORMAL } from "./student-t";
import type { Format, Niche, Platform, Region, Stream } from "./words";

/**
 * Finds amounts that were meant in another unit: cents typed as dollars, a rate typed as a payout. Such slips are
 * 100 or 1,000 times off, ordinary differences between creators are not, so a wide gap lies between the two.
 */

/** Counts of a period; absent or null: unknown. */
export type Counts = Readonly<Partial<Record<Denominator, number | null>>>;

export type PaidPeriod = {
  /** Minor units of the payout's currency. */
  readonly minor: bigint;
  readonly counts: Counts;
};

export type SlipQuestion = PaidPeriod & {
  readonly stream: Stream;
  readonly platform: Platform;
  readonly format: Format | "all";
  readonly currency: Currency;
  /** Units of `currency` per 1 USD; null when no rate is known: then only one's own history can tell. */
  readonly perUsd: number | null;
  readonly niche?: Niche | null;
  /** What the same period already has from this stream: many small payouts make an ordinary one. */
  readonly alreadyMinor?: bigint;
  /** Months of the same stream, in any order; from three on they say better than a benchmark what is usual. */
  readonly own?: readonly PaidPeriod[];
};

/**
 * hundred, thousand: typed so many times too large. hundredth, thousandth: too small. rate: the money per 1,000
 * instead of the money. denominator: the amount is ordinary, the count it is paid on is not. cpm: what
 * advertisers pay. other: no slip that has a name.
 */
export type SlipCause =
  | "hundred"
  | "thousand"
  | "hundredth"
  | "thousandth"
  | "rate"
  | "denominator"
  | "cpm"
  | "other";

export type UnitSlip = {
  readonly cause: SlipCause;
  /** Money per 1,000 of `denominator`, in major units of the payout's currency. */
  readonly rate: number;
  readonly denominator: Denominator;
  /** The central 95 % of what is usual, in the same unit. */
  readonly usual: { readonly low: number; readonly high: number };
  readonly from: "own" | "benchmark";
  /** What was probably meant; null when the cause does not say. */
  readonly suggestedMinor: bigint | null;
};

/** How far beyond the central 95 % an amount lies before it is asked about. */
const MARGIN = 4;
/** Below so many counts a rate says nothing. */
const LEAST_COUNT = 1000;
const LEAST_MONTHS = 3;
/** A creator's own months around their middle: wide, since single months go viral. A judgement. */
const OWN_TAU = 0.6;
/** What advertisers pay per 1,000 ad impressions, in USD: roughly the span of the rows in published/. */
const ADVERTISER_CPM: Readonly<Partial<Record<Platform, { low: number; high: number }>>> = {
  tiktok: { low: 3, high: 13.5 },
  youtube: { low: 4, high: 36 },
};
/** A row of one's own further than this from the built-in rate is more likely another unit than another opinion. */
const ROW_LIMIT = 50;

/**
 * Asks about an amount whose rate lies more than 4 times beyond the central 95 % of its benchmark (or of the
 * creator's own last months); null when it is ordinary or nothing can be said: no count, a stream without a
 * published rate, nothing paid.
 */
export function findUnitSlip(about: SlipQuestion, table: BenchmarkTable = BUILT_IN): UnitSlip | null {
  const { stream, platform, format, niche = null, currency, minor } = about;
  const prior = priorFor({ stream, platform, format, niche, perUsd: about.perUsd ?? 1 }, table);
  const count = countOf(about.counts, prior);
  if (prior.denominator === null || count === null || minor <= 0n) return null;
  const usual = usualOf(about, prior);
  if (usual === null) return null;

  const rateFor = (amount: bigint) => (majorOf(amount, currency) / count) * 1000;
  const reach = usual.tau * NORMAL[95] + Math.log(MARGIN);
  const off = (rate: number) => Math.log(rate / usual.rate);
  const rate = rateFor(minor);
  const isHigh = off(rate) > reach;
  if (!isHigh && off(rateFor(minor + (about.alreadyMinor ?? 0n))) >= -reach) return null;

  const found = isHigh ? tooHigh() : tooLow();
  const [best] = found.filter(({ z }) => z <= NORMAL[95]).sort((a, b) => a.z - b.z);
  const spread = Math.exp(usual.tau * NORMAL[95]);
  return {
    cause: best?.cause ?? "other",
    rate,
    denominator: prior.denominator,
    usual: { low: usual.rate / spread, high: usual.rate * spread },
    from: usual.from,
    suggestedMinor: best?.suggestedMinor ?? null,
  };

  type Guess = { cause: SlipCause; suggestedMinor: bigint | null; z: number };

  /** How well a guess explains the amount: standard deviations from what is usual. */
  function guess(cause: SlipCause, suggestedMinor: bigint): Guess {
    const meant = rateFor(suggestedMinor);
    return {
      cause,
      suggestedMinor,
      z: meant > 0 ? Math.abs(off(meant)) / usual!.tau : Number.POSITIVE_INFINITY,
    };
  }

  function tooHigh(): Guess[] {
    const guesses = [
      guess("hundred", divideHalfEven(minor, 100n)),
      guess("thousand", divideHalfEven(minor, 1000n)),
    ];
    const { views } = about.counts;
    // Ordinary per view, far too much per qualified view: then the count is the odd one.
    if (prior.denominator !== "views" && about.counts[prior.denominator!] != null && views) {
      const perView = (majorOf(minor, currency) / (views * prior.typicalPaidShare)) * 1000;
      guesses.push({
        cause: "denominator",
        suggestedMinor: null,
        z: Math.abs(off(perView)) / usual!.tau,
      });
    }
    const cpm = stream === "ads" || stream === "rewards" ? ADVERTISER_CPM[platform] : undefined;
    if (cpm && about.perUsd !== null) {
      const [low, high] = [Math.log(cpm.low), Math.log(cpm.high)];
      const perView = Math.log((majorOf(minor, currency) / (views ?? count!) / about.perUsd) * 1000);
      guesses.push({
        cause: "cpm",
        suggestedMinor: null,
        z: Math.abs(perView - (low + high) / 2) / ((high - low) / 2 / NORMAL[95]),
      });
    }
    return guesses;
  }

  function tooLow(): Guess[] {
    return [
      guess("hundredth", minor * 100n),
      guess("thousandth", minor * 1000n),
      guess("rate", divideHalfEven(minor * BigInt(Math.round(count!)), 1000n)),
    ];
  }
}

/**
 * A row of an installation's own whose rate is more than 50 times off the built-in one of the same cell, or is
 * counted per 1,000 of something else; null when it is plausible, or when the built-in one is only a judgement.
 */
export function findRowSlip(
  row: Benchmark,
): { kind: "rate"; region: Region; usd: number } | { kind: "denominator"; usual: Denominator } | null {
  const platform = row.platform === "any" ? "other" : row.platform;
  const usual = benchmarkFor(row.stream, platform, row.format === "any" ? "all" : row.format);
  if (usual.denominator === null || usual.grade === "judgement") return null;
  if (row.denominator !== usual.denominator) return { kind: "denominator", usual: usual.denominator };
  for (const [region, usd] of Object.entries(row.usd) as [Region, number][]) {
    const factor = usd / usual.usd[region];
    if (factor > ROW_LIMIT || factor < 1 / ROW_LIMIT) return { kind: "rate", region, usd: usual.usd[region] };
  }
  return null;
}

/** What is usual, as a log-normal: its middle and the standard deviation of its logs. */
function usualOf(
  { own = [], currency, perUsd }: SlipQuestion,
  prior: Prior,
): { rate: number; tau: number; from: "own" | "benchmark" } | null {
  const rates = own
    .flatMap(({ minor, counts }) => {
      const count = countOf(counts, prior);
      return count === null || minor <= 0n ? [] : [(majorOf(minor, currency) / count) * 1000];
    })
    .sort((a, b) => a - b);
  if (rates.length >= LEAST_MONTHS)
    return { rate: rates[Math.floor(rates.length / 2)]!, tau: OWN_TAU, from: "own" };
  if (!prior.published || perUsd === null) return null;
  return { rate: prior.rate, tau: prior.tau, from: "benchmark" };
}

/** The count that the prior's rate is per 1,000 of, from plain views where it is not known itself. */
function countOf(counts: Counts, { denominator, typicalPaidShare }: Prior): number | null {
  const known = denominator && counts[denominator];
  const count = known ?? (counts.views == null ? null : counts.views * typicalPaidShare);
  return count !== null && count >= LEAST_COUNT ? count : null;
}

function majorOf(minor: bigint, currency: Currency): number {
  return Number(minor) / 10 ** exponentOf(currency);
}
