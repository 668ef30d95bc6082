/**
 * The price of a sponsored video: expected views / 1,000 x CPM x format, rights and engagement. What multiplies is
 * published with its source in sponsorship-rates.ts, or called our judgement; here it is only worked out.
 */

/** A range of what is asked in print; the middle of two rates is their geometric mean. */
export type Span = { readonly low: number; readonly high: number };
export type Spot = Span & { readonly middle: number };

export type Engagement = {
  /** (likes + comments + shares) / views of the channel, 0..1. */
  readonly own: number;
  /** The published one it is set against. */
  readonly typical: number;
};

export type Price = {
  /** The middle one of what recent videos drew; of two middles their mean. */
  readonly expectedViews: number;
  /** 1 where no typical engagement is published. */
  readonly engagementFactor: number;
  /** Major units of the currency the CPM is in. */
  readonly price: Spot;
};

/** How far engagement may move a price either way: the bounds that sponsorrate.com publishes for all its factors. */
export const ENGAGEMENT_BOUNDS: Span = { low: 0.7, high: 1.4 };

/** null without any video whose views are known. */
export function priceOf(input: {
  readonly views: readonly number[];
  readonly cpm: Span;
  readonly multipliers: readonly Span[];
  readonly engagement: Engagement | null;
}): Price | null {
  const expectedViews = medianOf(input.views);
  if (expectedViews === null) return null;
  const engagementFactor = input.engagement ? engagementFactorOf(input.engagement) : 1;
  const at = (pick: (span: Span) => number) =>
    input.multipliers.reduce(
      (price, span) => price * pick(span),
      (expectedViews / 1000) * pick(input.cpm) * engagementFactor,
    );
  return {
    expectedViews,
    engagementFactor,
    price: { low: at(({ low }) => low), middle: at(middleOf), high: at(({ high }) => high) },
  };
}

/** sqrt(own / typical) within the bounds: twice the typical engagement asks for 1.4 times the price (our judgement). */
export function engagementFactorOf({ own, typical }: Engagement): number {
  return Math.min(ENGAGEMENT_BOUNDS.high, Math.max(ENGAGEMENT_BOUNDS.low, Math.sqrt(own / typical)));
}

export function middleOf({ low, high }: Span): number {
  return Math.sqrt(low * high);
}

export function medianOf(values: readonly number[]): number | null {
  if (values.length === 0) return null;
  const sorted = [...values].sort((a, b) => a - b);
  const half = (sorted.length - 1) / 2;
  return (sorted[Math.floor(half)]! + sorted[Math.ceil(half)]!) / 2;
}
