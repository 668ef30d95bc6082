import type { Grade } from "../benchmarks";

export type Source = {
  readonly url: string;
  /** The page's own date, or null when it shows none. */
  readonly date: string | null;
  readonly grade: Grade;
  /** Whose figures it passes on, if it says so. */
  readonly quotes?: string;
};

const D = (url: string, date: string | null = null): Source => ({ url, date, grade: "D" });
const C = (url: string, date: string | null = null): Source => ({ url, date, grade: "C" });
const B = (url: string, date: string | null = null): Source => ({ url, date, grade: "B" });
const A = (url: string, date: string | null = null): Source => ({ url, date, grade: "A" });

/** The pages that the figures come from, read from stored excerpts: often not the whole page. */
export const SOURCES = {
  debt_trend: B(
    "https://profileredefined.com/2025/03/19/calculative-content-the-tiktok-trend-to-payoffdebt-2",
    "2025-03-19",
  ),
  shortimize: D("https://www.shortimize.com/blog/qualified-views-vs-total-views"),
  metro: B(
    "https://www.metroworldnews.com.br/ciencia-e-tecnologia/2024/08/05/tiktok-o-que-significa-rpm-na-rede-social/",
    "2024-08-05",
  ),
  watson: B(
    "https://www.watson.de/leben/alltagsfrage/801993868-social-media-wie-viel-geld-kann-man-mit-tiktok-verdienen",
    "2024",
  ),
  calculate_guide: D(
    "https://calculatecreator.com/guides/monetization/tiktok-monetization-by-country",
    "2026",
  ),
  calculate_fund: D("https://calculatecreator.com/data/creator-fund-rates-by-country"),
  calculate_earnings: D(
    "https://calculatecreator.com/calculators/tiktok-money/tiktok-earnings-by-country",
    "2026",
  ),
  calculate_rpm: D("https://calculatecreator.com/calculators/rpm/tiktok-rpm-by-country", "2026-02-20"),
  calculate_pay: D("https://calculatecreator.com/guides/tiktok-pay"),
  calculate_niche: D("https://calculatecreator.com/data/rpm-rates-by-niche"),
  calculate_ads: D("https://calculatecreator.com/data/earnings/tiktok-advertising-rates-benchmarks"),
  calculate_shop: D("https://calculatecreator.com/reference/shop-commission-rates"),
  calculate_coins: D("https://calculatecreator.com/calculators/coins-gifts-diamonds"),
  calculate_gifts: D("https://calculatecreator.com/guides/tiktok-gifts"),
  napolify_breakdown: D("https://napolify.com/blogs/news/tiktok-rpm-breakdown", "2025"),
  napolify_changes: D("https://napolify.com/blogs/news/tiktok-rpm-rate-changes"),
  napolify_rates: D("https://napolify.com/blogs/news/tiktok-rpm-rates"),
  napolify_work: D("https://napolify.com/blogs/news/tiktok-creator-rewards-work"),
  napolify_earnings: D("https://napolify.com/blogs/news/tiktok-creator-rewards-earnings"),
  awisee: D("https://awisee.com/blog/tiktok-cpm"),
  ranktracker: D("https://ranktracker.com/blog/differences-in-tiktok-earnings-based-on-country-of-origin"),
  ranktracker_fund: D("https://ranktracker.com/blog/tiktok-creator-fund-regional-pay-rates"),
  phongnha: D("https://phongnhaexplorer.com/per/financas/quanto-e-que-o-tiktok-paga-em-portugal.html"),
  fluxnote: D("https://fluxnote.io/guides/tiktok-rpm-by-niche-usa", "2026-02-26"),
  techtips: {
    ...C("https://techtipswithtea.com/youtube/average-youtube-cpm/", "2024"),
    quotes: "IsThisChannelMonetized",
  },
  instantviews_cpm: D("https://instantviews.net/tools/youtube/revenue/country-cpm-comparison"),
  instantviews: D("https://instantviews.net/sponsorship-rate-calculator"),
  upgrowth: D("https://upgrowth.in/youtube-cpm-by-country-global-comparison-2026", "2026-02-21"),
  tubeanalytics: {
    ...C("https://www.tubeanalytics.net/blog/youtube-cpm-by-country", "2026-04-07"),
    quotes: "Influencer Marketing Hub 2025",
  },
  lenostube: D("https://www.lenostube.com/en/youtube-cpm-rpm-rates", "2025"),
  digitalmusicnews: B("https://www.digitalmusicnews.com/2017/08/23/youtube-cpm-global/", "2017-08-23"),
  directai: D("https://www.directai.app/blog/youtube-rpm-by-niche", "2026"),
  celticana: D("https://celticana.com/blog/calculate-youtube-rpm-by-category"),
  klezmocracy: D("https://klezmocracy.com/blog/youtube-rpm-calculator-by-category"),
  quepavera: D("https://quepavera.com/blog/youtube-rpm-calculator-estimate-revenue"),
  clipstack: D("https://clipstack.cc/blog/understanding-shorts-rpm", "2025"),
  ytestimator: D("https://ytestimator.xyz/guide/youtube-shorts-cpm-rates-2025.html", "2025-12-07"),
  basitbuilds: D("https://basitbuilds.tech/tools/youtube-shorts-revenue-calculator/"),
  postplanify: D("https://postplanify.com/blog/how-much-does-facebook-reels-pay-per-1000-views", "2026"),
  growthscribe: D("https://growthscribe.com/how-much-does-facebook-reels-pay-per-1000-views", "2025"),
  revenuelab_season: D("https://www.revenuelab.fyi/blog/youtube-seasonal-revenue-calendar"),
  revenuelab: D("https://revenuelab.fyi/youtube-sponsorship-rate-calculator"),
  scalelab: C("https://scalelab.com/en/blog/cpm-drop"),
  ritualnetwork: C("https://www.ritualnetwork.com/post/why-does-my-cpm-drop-in-january", "2023-06-30"),
  stackmatix: C("https://www.stackmatix.com/blog/tiktok-cpm-benchmarks-2026", "2026"),
  adscalculator: D("https://adscalculator.xyz/blog/tiktok-ads-cost-calculator-2025"),
  alittleclass: D(
    "https://alittleclass.blogspot.com/2021/01/how-much-do-influencers-cost.html",
    "2021-01-18",
  ),
  wordontheblock: D("https://www.wordontheblock.com/blog/influencer-pricing-guide", "2023"),
  marketingkeys: C(
    "http://www.marketingkeys.net/post/do-you-earn-more-from-being-an-instagram-influencer-or-from-tik-tok",
    "2023-02-27",
  ),
  iidb: D("https://iidb.com/blog/influencer-marketing-benchmarks-2026", "2026"),
  gamut_guide: {
    ...D("https://gamutapp.com/blog/how-to-price-youtube-sponsorships-a-calculator-free-guide"),
    quotes: "Descript",
  },
  gamut: D("https://gamutapp.com/sponsorship-calculator"),
  sponsorrate: D("https://sponsorrate-com.pages.dev/methodology"),
  creatorledger: D("https://t.me/s/CreatorLedger/10"),
  tiktok_ads_help: A(
    "https://ads.tiktok.com/help/article/about-setting-different-affiliate-commission-rates-for-tiktok-shop-ads",
    "2024-11",
  ),
  socialtale: C("https://socialtale.co/blog/tiktok-shop-commission-benchmarks", "2026"),
  hubfluence: D("https://www.hubfluence.io/resources/glossary/affiliate-commission"),
  earnfacts: D("https://earnfacts.com/tiktok-shop-affiliate-commission-rates/"),
  itechpost: D(
    "https://www.itechpost.com/articles/106915/20210903/tiktok-live-gifts-tiktokers-earn-diamonds-exchange-money.htm",
    "2021-09-03",
  ),
  cheerslive: D("https://www.cheerslive.agency/blog/blog-post-title-one-sznwr-ptxrc-gykf2-ph8kj-jyepy"),
  mediapost: D(
    "https://www.mediapost.com/publications/article/389275/instagram-to-expand-gifts-feature-to-reels-creat.html",
  ),
  socialnation: D(
    "https://www.socialnationnow.com/instagram-expands-gifts-for-reels-creators-to-all-us-creators",
  ),
  youtube_help: A("https://support.google.com/youtube/answer/72902"),
  topview: D("https://topview.ai/blog/detail/NEW-Shorts-Ad-Revenue-New-Paths-to-YPP-Shorts-Super-Thanks-"),
  hootsuite: D(
    "https://blog.hootsuite.com/social-media-updates/tiktok/tiktok-finally-launches-tiktok-pulse-ad-revenue-sharing-for-top-creators/",
  ),
  rusdy: D("https://rusdy.com/posts/tiktok-super-fan-creator-monetization-guide"),
} as const satisfies Readonly<Record<string, Source>>;

export type SourceId = keyof typeof SOURCES;

export function sourceOf(id: SourceId): Source {
  return SOURCES[id];
}

/** "calculatecreator.com": pages of one site count as one voice. */
export function siteOf(id: SourceId): string {
  return /^https?:\/\/(?:www\.)?([^/]+)/.exec(SOURCES[id].url)![1]!;
}
