import { figures, type Published } from "./figure";

const FEE = { programme: "Sponsored post", stream: "sponsorship", measure: "fee", per: "post" } as const;
const RATE = {
  programme: "Sponsored post",
  stream: "sponsorship",
  measure: "sponsor_cpm",
  per: "views",
} as const;

/** Two rate cards that print the same lower tiers and part above them. */
const BY_TIER: readonly Published[] = (
  [
    ["instagram", [10, 100], [100, 500], [500, 5000], [500, 10_000], 10_000],
    ["tiktok", [5, 25], [25, 125], [125, 1250], [125, 2500], 2500],
    ["youtube", [20, 200], [200, 1000], [1000, 10_000], [1000, 20_000], 20_000],
  ] as const
).flatMap(([platform, nano, micro, mid, macro, mega]) =>
  figures({ ...FEE, platform }, [
    { tier: "nano", value: nano, source: "alittleclass" },
    { tier: "nano", value: nano, source: "wordontheblock" },
    { tier: "micro", value: micro, source: "alittleclass" },
    { tier: "micro", value: micro, source: "wordontheblock" },
    { tier: "mid", value: mid, source: "alittleclass" },
    { tier: "macro", value: macro, source: "wordontheblock" },
    { tier: "mega", value: [mega, null], source: "wordontheblock" },
  ]),
);

const BY_DEAL: readonly Published[] = [
  ...figures({ ...FEE, platform: "instagram", per: "deal", note: "About; from a rate calculator's data." }, [
    { tier: "mega", value: 15_000, source: "marketingkeys" },
  ]),
  ...figures({ ...FEE, platform: "tiktok", per: "deal", note: "About; from a rate calculator's data." }, [
    { tier: "mega", value: 10_000, source: "marketingkeys" },
  ]),
];

const ALL_PLATFORMS: readonly Published[] = figures(
  { ...FEE, platform: "any", note: "For all platforms alike; 2 to 20 times the older tables." },
  [
    { tier: "nano", value: [50, 250], source: "iidb" },
    { tier: "micro", value: [250, 2000], source: "iidb" },
    { tier: "mid", value: [2000, 10_000], source: "iidb" },
    { tier: "macro", value: [10_000, 50_000], source: "iidb" },
    { tier: "mega", value: [50_000, 500_000], source: "iidb", note: "And more. For all platforms alike." },
  ],
);

const PER_VIEW: readonly Published[] = [
  ...figures({ ...RATE, platform: "instagram" }, [{ value: [5, 15], source: "wordontheblock" }]),
  ...figures({ ...RATE, platform: "tiktok" }, [
    { value: [5, 15], source: "wordontheblock" },
    { value: 6, source: "sponsorrate", note: "A constant of its model." },
  ]),
  ...figures({ ...RATE, platform: "youtube" }, [
    { value: [15, 30], source: "wordontheblock" },
    { value: [30, 70], typical: [50, 50], source: "gamut_guide" },
    { value: [15, 80], source: "revenuelab" },
    { category: "Mid-roll", value: [30, 50], source: "instantviews" },
    { category: "Mid-roll", value: 12, source: "sponsorrate", note: "A constant of its model." },
    { category: "Dedicated video", value: [50, 100], source: "instantviews" },
    { category: "Dedicated video", value: 20, source: "sponsorrate", note: "A constant of its model." },
    { niche: "finance", value: [30, 50], source: "gamut" },
    { niche: "business", value: [28, 45], source: "gamut" },
    { niche: "technology", value: [25, 40], source: "gamut" },
    { category: "Health", value: [22, 38], source: "gamut" },
    { niche: "education", value: [20, 35], source: "gamut" },
    { niche: "beauty", value: [20, 35], source: "gamut" },
  ]),
];

const SEASON: readonly Published[] = figures(
  { platform: "any", programme: "Sponsored post", stream: "sponsorship", measure: "season", per: "q2" },
  [
    {
      category: "October to December",
      value: [1.3, 1.55],
      source: "creatorledger",
      note: "Claims 300 fees; cannot be checked.",
    },
  ],
);

export const SPONSORSHIP: readonly Published[] = [
  ...BY_TIER,
  ...BY_DEAL,
  ...ALL_PLATFORMS,
  ...PER_VIEW,
  ...SEASON,
];
