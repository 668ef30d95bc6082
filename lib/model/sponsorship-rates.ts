import type { Grade } from "./benchmarks";
import { type Thresholds, TIKTOK_GIFTS, TIKTOK_REWARDS, TIKTOK_SHOP } from "./eligibility-programmes";
import type { Span } from "./sponsorship";
import type { Niche, Platform, Stream } from "./words";

/** What is printed about the price of a sponsored video, each with its source; USD. */

export type Sourced = { readonly source: string; readonly date: string | null; readonly grade: Grade };
export type Rated<Name extends string> = Sourced & Span & { readonly name: Name; readonly label: string };

const JUDGEMENT = {
  source: "our judgement, nothing published fits",
  date: null,
  grade: "judgement",
} as const;
const WORD_ON_THE_BLOCK = {
  source: "wordontheblock.com, influencer pricing guide",
  date: "2023",
  grade: "D",
} as const;
const GAMUT = { source: "gamutapp.com, sponsorship calculator", date: null, grade: "D" } as const;
const STARSCOUT = {
  source: "starscout.ai, sponsorship pricing guide",
  date: "2025-08-17",
  grade: "D",
} as const;

/** What a brand pays per 1,000 views of a video on the platform. */
export const SPONSOR_CPM: Readonly<Record<Platform, Span & Sourced>> = {
  tiktok: { low: 5, high: 15, ...WORD_ON_THE_BLOCK },
  instagram: { low: 5, high: 15, ...WORD_ON_THE_BLOCK },
  youtube: {
    low: 15,
    high: 70,
    source: "wordontheblock.com (15 to 30); Descript, quoted by gamutapp.com (30 to 70)",
    date: "2023",
    grade: "D",
  },
  facebook: { low: 5, high: 15, ...JUDGEMENT },
  other: { low: 5, high: 15, ...JUDGEMENT },
};

/** A YouTube integration by the channel's subject, narrower than SPONSOR_CPM; subjects that are absent have none. */
export const YOUTUBE_CPM_BY_NICHE: Readonly<Partial<Record<Niche, Span & Sourced>>> = {
  finance: { low: 30, high: 50, ...GAMUT },
  business: { low: 28, high: 45, ...GAMUT },
  technology: { low: 25, high: 40, ...GAMUT },
  education: { low: 20, high: 35, ...GAMUT },
  beauty: { low: 20, high: 35, ...GAMUT },
};

export const DELIVERABLES = ["integration", "mention", "semi_dedicated", "dedicated", "short"] as const;
export type Deliverable = (typeof DELIVERABLES)[number];

const once = (factor: number): Span => ({ low: factor, high: factor });

/** Against a 60-second integration. Other platforms' CPM is for a whole video already, the first row. */
export const DELIVERABLE: Readonly<Record<Deliverable, Rated<Deliverable>>> = {
  integration: {
    name: "integration",
    label: "Integration, 60 s",
    ...once(1),
    source: "what the CPM is quoted for",
    date: null,
    grade: "D",
  },
  mention: { name: "mention", label: "Mention, 30 s", ...once(0.7), ...GAMUT },
  semi_dedicated: { name: "semi_dedicated", label: "Semi-dedicated video", ...once(1.75), ...GAMUT },
  dedicated: { name: "dedicated", label: "Dedicated video", ...once(2.7), ...GAMUT },
  short: { name: "short", label: "YouTube Short", ...once(0.55), ...GAMUT },
};

export const RIGHTS = ["usage", "exclusivity", "whitelisting", "rush"] as const;
export type Right = (typeof RIGHTS)[number];

/** What each right multiplies a fee by; a creators' guide says that there is no clear standard (curlsnpearlsss.com). */
export const RIGHT: Readonly<Record<Right, Rated<Right>>> = {
  usage: { name: "usage", label: "Usage rights", low: 1.25, high: 2, ...STARSCOUT },
  exclusivity: {
    name: "exclusivity",
    label: "Exclusivity in the category",
    low: 1.3,
    high: 1.5,
    ...STARSCOUT,
  },
  whitelisting: {
    name: "whitelisting",
    label: "Whitelisting (ads from your account)",
    low: 1.1,
    high: 1.3,
    ...JUDGEMENT,
    source: "our judgement; influencerdb.net says it is priced apart, and gives no figure",
  },
  rush: {
    name: "rush",
    label: "Rush",
    low: 1.1,
    high: 1.25,
    ...JUDGEMENT,
    source: "our judgement; gamutapp.com prices it apart, and gives no figure",
  },
};

/** Likes, comments and shares per view that a channel is set against; null where nobody publishes it by views. */
export const TYPICAL_ENGAGEMENT: Readonly<Record<Platform, ({ readonly rate: number } & Sourced) | null>> = {
  tiktok: {
    rate: 0.051,
    source: "polis.consulting, social media industry benchmarks, by views",
    date: "2023-04-11",
    grade: "C",
  },
  youtube: null,
  instagram: null,
  facebook: null,
  other: null,
};

/** Printed fees by number of followers: a cross-check, never part of the price. */
export type Tier = Span & { readonly from: number; readonly name: string };
const TIER_SOURCE: Sourced = {
  source: "alittleclass.blogspot.com (2021) and wordontheblock.com (2023), per post",
  date: "2023",
  grade: "D",
};
const tiers = (...fees: readonly (readonly [number, number])[]): Tier[] =>
  (
    [
      [1_000, "nano"],
      [10_000, "micro"],
      [50_000, "mid"],
      [500_000, "macro"],
    ] as const
  ).map(([from, name], index) => ({ from, name, low: fees[index]![0], high: fees[index]![1] }));

export const FEES_BY_FOLLOWERS: Readonly<Partial<Record<Platform, readonly Tier[]>>> = {
  tiktok: tiers([5, 25], [25, 125], [125, 1_250], [125, 2_500]),
  instagram: tiers([10, 100], [100, 500], [500, 5_000], [500, 10_000]),
  youtube: tiers([20, 200], [200, 1_000], [1_000, 10_000], [1_000, 20_000]),
};
export const FEES_BY_FOLLOWERS_SOURCE = TIER_SOURCE;

/** A programme's printed terms, as of a date. */
export type RewardRule = Sourced & {
  readonly platform: Platform;
  readonly stream: Stream;
  readonly programme: string;
  readonly followers: number;
  /** Views of the last 30 days; null: not asked for. */
  readonly views: number | null;
  /** What it says about engagement. */
  readonly engagement: string | null;
};

export const REWARD_RULES: readonly RewardRule[] = [
  {
    ...termsOf(TIKTOK_REWARDS),
    engagement:
      "TikTok names engagement (likes, comments, shares) as one of four things that move the reward, and pays more for engaging videos; by how much is not published",
    source: "zdnet.com, 2024-03-19; logie.ai, 2025; metricool.com",
    date: "2024-11-15",
    grade: "C",
  },
  {
    ...termsOf(TIKTOK_SHOP),
    programme: "TikTok Shop affiliate, US",
    engagement: null,
    source: "seller-us.tiktok.com, affiliate creators; under 5,000 followers as a 30-day pilot",
    date: "2025-12-16",
    grade: "A",
  },
  {
    ...termsOf(TIKTOK_GIFTS),
    engagement: null,
    source: "itechpost.com, calculatecreator.com: about 1,000 followers to go live",
    date: "2021-09-03",
    grade: "D",
  },
];

/** What the programme asks for, of the figures that a scenario has. */
function termsOf(programme: {
  readonly name: string;
  readonly platform: Platform;
  readonly streams: readonly [Stream];
  readonly anyOf: readonly [Thresholds & { readonly followers: number }];
}): Pick<RewardRule, "platform" | "stream" | "programme" | "followers" | "views"> {
  const [stream] = programme.streams;
  const [{ followers, views_30d: views = null }] = programme.anyOf;
  return { platform: programme.platform, stream, programme: programme.name, followers, views };
}
