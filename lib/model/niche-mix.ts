import type { NicheShares } from "./benchmarks";
import type { Niche } from "./words";

/** What the videos were about, beside what the level was learned at. */
export type Niches = {
  readonly shares: NicheShares;
  readonly reference: NicheShares;
  readonly factors: Readonly<Record<Niche, number>>;
};

/** What the videos' niches are worth beside those the level was learned at; 1 when either is unknown. */
export function nicheMixOf(niches: Niches | undefined, shares: NicheShares | null | undefined): number {
  if (!niches || !shares) return 1;
  return nicheWorth(niches.factors, shares) / nicheWorth(niches.factors, niches.reference);
}

/** Mean factor of the niches, weighted by views; what no niche is given for counts as 1. */
function nicheWorth(factors: Readonly<Record<Niche, number>>, shares: NicheShares): number {
  let [known, sum] = [0, 0];
  for (const [niche, share] of Object.entries(shares)) {
    known += share;
    sum += share * factors[niche as Niche];
  }
  return known >= 1 ? sum / known : sum + (1 - known);
}
