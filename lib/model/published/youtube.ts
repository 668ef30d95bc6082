import { figures, type Published } from "./figure";

const US = { place: "United States", regions: ["us_ca_au"] } as const;
const UK = { place: "United Kingdom", regions: ["uk_de_nordics"] } as const;
const NEW_ZEALAND = { place: "New Zealand", regions: ["uk_de_nordics"] } as const;
const AUSTRALIA = { place: "Australia", regions: ["us_ca_au"] } as const;
const SWITZERLAND = { place: "Switzerland", regions: ["us_ca_au"] } as const;
const NORWAY = { place: "Norway", regions: ["us_ca_au"] } as const;

const PARTNER = {
  platform: "youtube",
  programme: "Partner Program",
  stream: "ads",
  measure: "rpm",
  per: "views",
} as const;
const CPM = {
  platform: "youtube",
  programme: "Advertising",
  stream: null,
  measure: "cpm",
  per: "ad_impressions",
} as const;
const SHORTS = {
  platform: "youtube",
  programme: "Partner Program, Shorts",
  stream: "ads",
  measure: "rpm",
  per: "engaged_views",
  format: "short",
} as const;

const ADVERTISERS: readonly Published[] = [
  ...figures(CPM, [
    {
      ...US,
      value: [8.19, 15.51],
      typical: [11.04, 11.04],
      source: "techtips",
      note: "Mean and its 95 % interval on 352.8 million views: the best-formed figure found.",
    },
    {
      ...NEW_ZEALAND,
      value: [2.73, 17.02],
      typical: [6.81, 6.81],
      source: "techtips",
      note: "Mean and its 95 % interval on 5.8 million views.",
    },
    {
      ...UK,
      value: [4.2, 10.01],
      typical: [6.31, 6.31],
      source: "techtips",
      note: "Mean and its 95 % interval on 102.7 million views.",
    },
    { ...AUSTRALIA, value: 36, source: "instantviews_cpm" },
    { ...SWITZERLAND, value: 34, source: "instantviews_cpm" },
    { ...NORWAY, value: 32, source: "instantviews_cpm" },
    { ...US, value: 30, source: "instantviews_cpm" },
    { ...AUSTRALIA, value: 36.21, source: "upgrowth" },
    { place: "India", regions: ["asia_africa"], value: [null, 1], source: "upgrowth" },
    {
      ...US,
      value: [4, 8],
      source: "tubeanalytics",
      note: "One range for the United States and the United Kingdom.",
    },
    {
      ...UK,
      value: [4, 8],
      source: "tubeanalytics",
      note: "One range for the United States and the United Kingdom.",
    },
    {
      place: "South Asia, Africa, South-East Asia",
      regions: ["asia_africa"],
      value: [null, 1.5],
      source: "tubeanalytics",
    },
    { place: "Worldwide", value: 3.5, source: "lenostube", note: "About." },
    { niche: "music", value: 1.36, source: "techtips" },
    { niche: "entertainment", value: 1.82, source: "techtips" },
    { category: "Pets", value: 1.82, source: "techtips" },
    { niche: "gaming", value: 4.45, source: "techtips" },
    { category: "How-to", value: 6.36, source: "techtips" },
    { niche: "technology", value: 7.31, source: "techtips" },
    { niche: "finance", value: [14.55, 36.36], source: "techtips" },
  ]),
  ...figures(
    { ...CPM, per: "monetised_playbacks", note: "One channel in 2017; shows the noise of small samples." },
    [
      { ...NORWAY, value: 55.49, source: "digitalmusicnews" },
      { place: "Germany", regions: ["uk_de_nordics"], value: 38.88, source: "digitalmusicnews" },
      { place: "South Korea", regions: ["fr_es_jp"], value: 17.04, source: "digitalmusicnews" },
      { place: "Argentina", regions: ["latam_east_europe"], value: 0.46, source: "digitalmusicnews" },
      { place: "Mexico", regions: ["latam_east_europe"], value: 0.32, source: "digitalmusicnews" },
      { place: "Slovakia", regions: ["latam_east_europe"], value: 0.27, source: "digitalmusicnews" },
      { place: "Hungary", regions: ["latam_east_europe"], value: 0.01, source: "digitalmusicnews" },
    ],
  ),
];

const BY_NICHE: readonly Published[] = figures(PARTNER, [
  { niche: "finance", value: [10, 26], source: "directai" },
  { niche: "finance", value: [8, 20], source: "celticana" },
  { niche: "finance", value: [5, 15], source: "klezmocracy" },
  { niche: "technology", value: [5, 15], source: "celticana" },
  { niche: "technology", value: [4, 12], source: "klezmocracy" },
  { niche: "education", value: [4, 12], source: "celticana" },
  { niche: "education", value: [3, 10], source: "klezmocracy" },
  { category: "Health", value: [3, 8], source: "klezmocracy" },
  { niche: "gaming", value: [0.5, 4], source: "directai" },
  { niche: "gaming", value: [1, 4], source: "celticana" },
  { niche: "gaming", value: [1, 5], source: "klezmocracy" },
  { niche: "gaming", value: [3, 10], source: "quepavera" },
  { niche: "entertainment", value: [2, 5], source: "celticana", note: "Entertainment and vlogs." },
  { niche: "entertainment", value: [1, 4], source: "klezmocracy", note: "Entertainment and vlogs." },
]);

const TIER_1 = { place: "Tier 1 countries", regions: ["us_ca_au", "uk_de_nordics"] } as const;
const CONTRADICTS = "The page contradicts itself: 0.10 to 0.25 in its text, 0.15 to 0.33 in its table.";

const SHORT_VIDEOS: readonly Published[] = [
  ...figures(SHORTS, [
    { place: "Worldwide", value: [0.01, 0.06], source: "clipstack" },
    { place: "Worldwide", value: [0.01, 0.06], source: "ytestimator" },
    { place: "Worldwide", value: [0.04, 0.07], source: "basitbuilds" },
    { ...TIER_1, value: [0.1, 0.25], source: "ytestimator", note: CONTRADICTS },
    { ...TIER_1, value: [0.15, 0.33], source: "ytestimator", note: CONTRADICTS },
    { place: "Tier 2 countries", regions: ["fr_es_jp"], value: [0.05, 0.12], source: "ytestimator" },
    { place: "Tier 3 countries", regions: ["asia_africa"], value: [0.001, 0.01], source: "ytestimator" },
    { niche: "finance", value: [0.35, 0.45], source: "clipstack" },
    { niche: "technology", value: [0.08, 0.22], source: "clipstack" },
    { niche: "education", value: [0.05, 0.12], source: "clipstack", note: "DIY and education." },
    { niche: "gaming", value: [0.01, 0.06], source: "clipstack" },
  ]),
  ...figures(
    {
      platform: "facebook",
      programme: "Reels",
      stream: "ads",
      measure: "rpm",
      per: "views",
      format: "short",
    },
    [
      {
        value: [0.02, 0.2],
        source: "postplanify",
        note: "Says that high figures elsewhere are in-stream ads.",
      },
      { value: [4, 10], source: "growthscribe", note: "20 to 500 times the other: probably in-stream ads." },
    ],
  ),
];

const SHARES: readonly Published[] = figures(
  {
    platform: "youtube",
    programme: "Partner Program",
    stream: "ads",
    measure: "payout_share",
    per: "revenue",
  },
  [
    { programme: "Partner Program, watch page", format: "long", value: 55, source: "youtube_help" },
    {
      programme: "Partner Program, Shorts",
      format: "short",
      value: 45,
      source: "topview",
      note: "After music.",
    },
    {
      programme: "Fan funding",
      stream: "subscription",
      value: 70,
      source: "youtube_help",
      note: "Of net revenue.",
    },
  ],
);

const YEAR = {
  platform: "youtube",
  programme: "Advertising",
  stream: "ads",
  measure: "season",
  per: "year",
} as const;

const SEASON: readonly Published[] = [
  ...figures({ ...YEAR, ...US, note: "Mostly viewers in the United States." }, [
    { category: "January", value: [0.55, 0.7], source: "revenuelab_season" },
    { category: "February", value: [0.7, 0.8], source: "revenuelab_season" },
    { category: "March", value: [0.85, 0.95], source: "revenuelab_season" },
    { category: "April, May", value: [0.95, 1.05], source: "revenuelab_season" },
    { category: "June", value: [1, 1.1], source: "revenuelab_season" },
    { category: "July, August", value: [0.85, 0.95], source: "revenuelab_season" },
    { category: "September", value: [1.05, 1.15], source: "revenuelab_season" },
    { category: "October", value: [1.1, 1.25], source: "revenuelab_season" },
    { category: "November", value: [1.3, 1.5], source: "revenuelab_season" },
    { category: "December", value: [1.4, 1.7], source: "revenuelab_season" },
  ]),
  ...figures({ ...YEAR, per: "december", category: "January" }, [
    { value: [0.5, 0.65], source: "revenuelab_season", note: "A fall of 35 to 50 %." },
    { value: [0.5, null], source: "scalelab", note: "A fall of up to 50 %, says a network." },
    { value: 0.6, source: "ritualnetwork", note: "A fall of typically 40 %, says a network." },
  ]),
];

export const YOUTUBE: readonly Published[] = [
  ...ADVERTISERS,
  ...BY_NICHE,
  ...SHORT_VIDEOS,
  ...SHARES,
  ...SEASON,
];
