/** What to ask for a deal: the explorer's price, from what a channel's newest videos drew and what is published. */
import { type Price, priceOf, type Span } from "./model/sponsorship";
import {
  RIGHT,
  type Right,
  type Sourced,
  SPONSOR_CPM,
  TYPICAL_ENGAGEMENT,
  YOUTUBE_CPM_BY_NICHE,
} from "./model/sponsorship-rates";
import type { Niche, Platform } from "./model/words";

/** A channel as a price sees it. */
export type PricedChannel = {
  readonly id: string;
  readonly name: string;
  readonly platform: Platform;
  readonly niche: Niche;
  /** of its newest videos; null = unknown */
  readonly views: readonly (number | null)[];
  /** likes, comments and shares by views, 0..1; null = unknown */
  readonly engagement: number | null;
};

export type SuggestedPrice = {
  readonly price: Price;
  readonly cpm: Span & Sourced;
  /** how many of the newest videos have known views */
  readonly known: number;
  readonly typicalEngagement: ({ readonly rate: number } & Sourced) | null;
};

/** In US dollars, as the rates are printed; null while no video's views are known. */
export function suggestPrice(channel: PricedChannel, rights: readonly Right[]): SuggestedPrice | null {
  const { platform, niche, views, engagement } = channel;
  const known = views.filter((each) => each !== null);
  const cpm = (platform === "youtube" ? YOUTUBE_CPM_BY_NICHE[niche] : undefined) ?? SPONSOR_CPM[platform];
  const typical = TYPICAL_ENGAGEMENT[platform];
  const price = priceOf({
    views: known,
    cpm,
    multipliers: rights.map((right) => RIGHT[right]),
    engagement: engagement !== null && typical ? { own: engagement, typical: typical.rate } : null,
  });
  return (
    price && { price, cpm, known: known.length, typicalEngagement: engagement === null ? null : typical }
  );
}
