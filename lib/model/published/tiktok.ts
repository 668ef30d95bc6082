import { figures, type Published } from "./figure";

const US = { place: "United States", regions: ["us_ca_au"] } as const;
const UK = { place: "United Kingdom", regions: ["uk_de_nordics"] } as const;
const CANADA = { place: "Canada", regions: ["us_ca_au"] } as const;
const AUSTRALIA = { place: "Australia", regions: ["us_ca_au"] } as const;
const GERMANY = { place: "Germany", regions: ["uk_de_nordics"] } as const;

const REWARDS = {
  platform: "tiktok",
  programme: "Creator Rewards",
  stream: "rewards",
  measure: "rpm",
  per: "qualified_views",
} as const;
const FUND = { ...REWARDS, programme: "Creator Fund (closed)", per: "views" } as const;
const CPM = {
  platform: "tiktok",
  programme: "Advertising",
  stream: null,
  measure: "cpm",
  per: "ad_impressions",
  note: "What advertisers pay; no creator receives it.",
} as const;

/** By country. Pages of calculatecreator.com print five different ranges for the United States alone. */
const BY_COUNTRY: readonly Published[] = [
  ...figures(REWARDS, [
    { ...US, value: [0.45, 1.1], source: "calculate_fund" },
    { ...US, value: [0.8, 1], source: "calculate_guide" },
    {
      ...US,
      value: 0.7,
      source: "debt_trend",
      note: "A creator's own: $20 on 30,000 qualified of 70,000 views, which is 0.67 per 1,000 qualified views and 0.29 per 1,000 views.",
    },
    { ...UK, value: [0.35, 0.9], source: "calculate_fund" },
    { ...CANADA, value: [0.3, 0.85], source: "calculate_fund" },
    { ...AUSTRALIA, value: [0.3, 0.85], source: "calculate_fund" },
    {
      place: "Germany, France",
      regions: ["uk_de_nordics", "fr_es_jp"],
      value: [0.3, 0.8],
      source: "calculate_fund",
    },
    {
      ...GERMANY,
      value: 0.83,
      currency: "EUR",
      source: "watson",
      note: "A creator's own: EUR 2,170 for 23 to 31 January 2024, the first nine days; implies 2.6 million qualified views.",
    },
    {
      ...GERMANY,
      value: 0.65,
      currency: "EUR",
      source: "watson",
      note: "The same creator: EUR 4,380 for February 2024; implies 6.7 million qualified views.",
    },
    {
      place: "Brazil, Mexico",
      regions: ["latam_east_europe"],
      value: [0.12, 0.45],
      source: "calculate_fund",
    },
    { place: "South-East Asia", regions: ["asia_africa"], value: [0.08, 0.35], source: "calculate_fund" },
    {
      place: "India and others",
      regions: ["asia_africa"],
      value: [null, 0.1],
      source: "calculate_guide",
    },
    { value: [0.4, 1], source: "napolify_work", note: "Called typical; “up to 4 to 8” in good cases." },
    { value: [0.4, 1], source: "napolify_earnings", note: "Called typical; “up to 4 to 8” in good cases." },
  ]),
  ...figures({ ...REWARDS, per: "views" }, [
    { ...US, value: [1, 2], source: "calculate_earnings" },
    { ...US, value: [1, 2.5], source: "calculate_rpm" },
    { ...US, value: [0.4, 1], source: "calculate_pay" },
    {
      place: "United States, United Kingdom, Canada, Australia",
      regions: ["us_ca_au", "uk_de_nordics"],
      value: [0.4, 3],
      source: "napolify_breakdown",
    },
    { ...UK, value: [0.8, 1.5], source: "calculate_earnings" },
    { ...UK, value: [0.8, 1.8], source: "calculate_rpm" },
    { ...CANADA, value: [0.7, 1.3], source: "calculate_earnings" },
    { ...CANADA, value: [0.7, 1.6], source: "calculate_rpm" },
    { ...AUSTRALIA, value: [0.7, 1.2], source: "calculate_earnings" },
    {
      place: "Western Europe",
      regions: ["uk_de_nordics", "fr_es_jp"],
      value: [0.2, 0.5],
      source: "napolify_breakdown",
    },
    { place: "Portugal", regions: ["fr_es_jp"], value: 0.14, currency: "EUR", source: "phongnha" },
    {
      place: "Developing countries",
      regions: ["latam_east_europe", "asia_africa"],
      value: [0.05, 0.2],
      source: "napolify_breakdown",
    },
  ]),
  ...figures({ ...REWARDS, per: "unstated" }, [
    {
      value: 0.46,
      source: "metro",
      note: "A creator's own (178,000 followers); on which views is not said.",
    },
    {
      value: [0.04, 0.82],
      source: "metro",
      note: "Single videos of one creator (4.9 million followers): 20 times apart; on which views is not said.",
    },
  ]),
  ...figures(FUND, [
    {
      ...US,
      value: [0.3, 0.5],
      source: "ranktracker",
      note: "“Legacy style”; a “CPM” of 0.03 to 0.05 is printed beside it.",
    },
    {
      value: [0.03, 0.05],
      source: "ranktracker",
      note: "Printed as “CPM”: it is what the Creator Fund paid per 1,000 views, in cents.",
    },
    {
      value: [0.03, 0.05],
      source: "awisee",
      note: "Printed as “CPM”: it is what the Creator Fund paid per 1,000 views, in cents.",
    },
    { value: [0.02, 0.04], source: "napolify_changes" },
    { place: "North America", regions: ["us_ca_au"], value: [0.03, 0.05], source: "ranktracker_fund" },
    {
      place: "Europe",
      regions: ["uk_de_nordics", "fr_es_jp"],
      value: [0.02, 0.04],
      source: "ranktracker_fund",
    },
    { place: "Asia", regions: ["asia_africa"], value: [0.01, 0.02], source: "ranktracker_fund" },
  ]),
];

const AND_MORE = "“and more” than the upper figure.";
const BROAD = "Comedy, entertainment and lifestyle together.";

/** By niche; none of the tables says on which views. */
const BY_NICHE: readonly Published[] = [
  ...figures({ ...REWARDS, per: "unstated" }, [
    { niche: "finance", value: [1.5, 3], source: "napolify_breakdown" },
    { niche: "finance", value: [2, 3], source: "napolify_changes" },
    { niche: "finance", value: [1.5, 8], source: "calculate_pay" },
    { ...US, niche: "finance", value: [0.8, 1.2], source: "fluxnote", note: AND_MORE },
    { niche: "technology", value: [0.8, 2.5], source: "calculate_pay" },
    { ...US, niche: "technology", value: [0.8, 1.2], source: "fluxnote", note: AND_MORE },
    { niche: "education", value: [0.5, 2.2], source: "napolify_breakdown" },
    { niche: "education", value: [1.5, 2.2], source: "napolify_changes" },
    { ...US, niche: "education", value: [0.5, 0.8], source: "fluxnote" },
    { niche: "gaming", value: [0.4, 1.2], source: "napolify_breakdown" },
    { niche: "beauty", value: [0.5, 0.7], source: "calculate_pay" },
    { niche: "entertainment", value: [0.05, 0.5], source: "napolify_breakdown", note: BROAD },
    { niche: "entertainment", value: [0.4, 0.6], source: "calculate_pay", note: BROAD },
    { niche: "entertainment", value: [0.2, 0.6], source: "napolify_rates", note: BROAD },
    { ...US, niche: "entertainment", value: [0.3, 0.6], source: "fluxnote", note: BROAD },
  ]),
  ...figures({ ...FUND, per: "unstated" }, [
    { niche: "finance", value: [0.05, 0.07], source: "calculate_niche", note: "A page of the Fund's time." },
  ]),
];

const ADVERTISERS: readonly Published[] = figures(CPM, [
  { category: "E-commerce", value: [6, 12], source: "stackmatix" },
  { category: "B2B", niche: "business", value: [5, 12], source: "stackmatix" },
  { category: "Apps", value: [5, 10], source: "stackmatix" },
  { niche: "entertainment", value: [3, 8], source: "stackmatix" },
  { category: "Consumer goods", value: [4, 9], source: "stackmatix" },
  { category: "Health", value: [5, 10], source: "stackmatix" },
  { value: 8, source: "calculate_ads", note: "A median; claims 2,800 campaigns. No creator receives it." },
  { niche: "finance", value: 13.5, source: "calculate_ads" },
  { niche: "entertainment", value: 4.5, source: "calculate_ads" },
  {
    value: [3.2, 10],
    source: "adscalculator",
    note: "January 2025 4.20, June 2025 6.21. No creator receives it.",
  },
]);

const GIFTS: readonly Published[] = [
  ...figures(
    {
      platform: "tiktok",
      programme: "LIVE gifts",
      stream: "gift",
      measure: "payout_share",
      per: "price",
      format: "live",
    },
    [
      {
        value: 18,
        source: "calculate_coins",
        note: "100 coins: the viewer pays $1.39, the creator gets 50 diamonds, $0.25.",
      },
      { value: 25, source: "itechpost", note: "$1.00 paid, $0.25 received." },
      { value: 50, source: "cheerslive", note: "A gift of $10 brings about $5." },
    ],
  ),
  ...figures(
    {
      platform: "tiktok",
      programme: "LIVE gifts",
      stream: "gift",
      measure: "unit",
      per: "gift",
      format: "live",
    },
    [
      {
        category: "Rose (1 coin)",
        value: 0.0025,
        source: "calculate_gifts",
        note: "10,000 roses are $25 to the creator.",
      },
      {
        category: "Universe",
        value: 118,
        source: "calculate_gifts",
        note: "About; whether paid or received was not in what was read.",
      },
    ],
  ),
  ...figures({ platform: "instagram", programme: "Gifts", stream: "gift", measure: "unit", per: "gift" }, [
    { category: "Star", value: 0.01, source: "mediapost", note: "Paid to the creator." },
  ]),
  ...figures(
    { platform: "instagram", programme: "Gifts", stream: "gift", measure: "payout_share", per: "price" },
    [{ ...US, value: 40, source: "socialnation", note: "About." }],
  ),
];

const SHARES: readonly Published[] = [
  ...figures(
    { platform: "tiktok", programme: "Pulse", stream: "ads", measure: "payout_share", per: "revenue" },
    [{ value: 50, source: "hootsuite", note: "From 100,000 followers and 5 posts in 30 days." }],
  ),
  ...figures(
    {
      platform: "tiktok",
      programme: "Super Fan",
      stream: "subscription",
      measure: "payout_share",
      per: "revenue",
    },
    [{ value: 50, source: "rusdy", note: "Of $9.99 a month, after the stores' fees." }],
  ),
  ...figures(
    {
      platform: "tiktok",
      programme: "Creator Rewards",
      stream: null,
      measure: "qualified_share",
      per: "view",
    },
    [
      { ...US, value: 43, source: "debt_trend", note: "A creator's own: 30,000 of 70,000 views." },
      { value: 35, source: "shortimize", note: "An illustration: 175,000 of 500,000 views." },
    ],
  ),
];

export const TIKTOK: readonly Published[] = [...BY_COUNTRY, ...BY_NICHE, ...ADVERTISERS, ...GIFTS, ...SHARES];
