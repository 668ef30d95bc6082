import { KINDS, kindOf } from "./kinds";
import { fits, priorFrom } from "./prior";
import type { Denominator } from "./rpm";
import { type Format, type Niche, type Platform, REGIONS, type Region, type Stream } from "./words";

/** Goes up with any change to the tables below; stored with each projection. */
export const PRIOR_VERSION = "2026-11";

/** A official, B first-hand, C a vendor that states its method, D unsourced list; "judgement" is our own. */
export type Grade = "A" | "B" | "C" | "D" | "judgement";

/** A published rate in USD per 1,000 of its denominator (or per month, when `denominator` is null). */
export type Benchmark = {
  readonly platform: Platform | "any";
  readonly programme: string;
  readonly stream: Stream;
  readonly format: Format | "any";
  readonly denominator: Denominator | null;
  readonly usd: Readonly<Record<Region, number>>;
  /** Watch time per view at which the rate holds; null when watch time plays no part. */
  readonly referenceWatchSeconds: number | null;
  /** Watch time taken for a month that has none; null means: as the reference. */
  readonly usualWatchSeconds: number | null;
  /** Standard deviation of a creator's own log rate around this one. */
  readonly tau: number;
  readonly source: string;
  /** The page's own date, or null when it shows none. */
  readonly date: string | null;
  readonly grade: Grade;
};

/** All starting rates under one name; a projection keeps the name of the table it began from. */
export type BenchmarkTable = {
  readonly version: string;
  /** The first row that fits stream, platform and format is used. */
  readonly rows: readonly Benchmark[];
  /** What a subject multiplies the rate by. */
  readonly niches: Readonly<Record<Niche, number>>;
};

/** Shares of an audience by region; they need not sum to 1, the rest counts as unknown. */
export type RegionShares = Readonly<Partial<Record<Region, number>>>;
/** Shares of the views by what the videos are about; the rest counts as unknown. */
export type NicheShares = Readonly<Partial<Record<Niche, number>>>;

type RegionTable = Benchmark["usd"];
const everywhere = (usd: number): RegionTable =>
  Object.fromEntries(REGIONS.map((region) => [region, usd])) as Record<Region, number>;

const LONG: RegionTable = {
  us_ca_au: 5,
  uk_de_nordics: 4,
  fr_es_jp: 2.5,
  latam_east_europe: 1,
  asia_africa: 0.6,
  unknown: 2,
};
const LONG_SOURCE = "ytincome.in, fluxnote.io, thinkingoutsidethesandbox.ca: long video by country";
const JUDGEMENT = {
  source: "our judgement, nothing published fits",
  date: null,
  grade: "judgement",
} as const;

/** The first row that fits is used; docs/benchmarks.md says what a change of them takes. */
export const BENCHMARKS: readonly Benchmark[] = [
  {
    platform: "youtube",
    programme: "Partner Program, Shorts",
    stream: "ads",
    format: "short",
    denominator: "engaged_views",
    // Middle (geometric) of the published range of each tier; eastern Europe and unknown are interpolated.
    usd: {
      us_ca_au: 0.16,
      uk_de_nordics: 0.16,
      fr_es_jp: 0.08,
      latam_east_europe: 0.03,
      asia_africa: 0.005,
      unknown: 0.04,
    },
    referenceWatchSeconds: 25,
    usualWatchSeconds: 25,
    tau: 0.9,
    source: "ytestimator.xyz, clipstack.cc, basitbuilds.tech: Shorts by country tier",
    date: "2025-12-07",
    grade: "D",
  },
  {
    platform: "youtube",
    programme: "Partner Program, watch page",
    stream: "ads",
    format: "any",
    denominator: "views",
    usd: LONG,
    referenceWatchSeconds: 180,
    usualWatchSeconds: 200,
    tau: 0.9,
    source: LONG_SOURCE,
    date: null,
    grade: "D",
  },
  {
    platform: "tiktok",
    programme: "Creator Rewards",
    stream: "rewards",
    format: "any",
    denominator: "qualified_views",
    // Middle (geometric) of the ranges per country; "unknown" is the 0.6 the first-hand reports centre on.
    usd: {
      us_ca_au: 0.7,
      uk_de_nordics: 0.56,
      fr_es_jp: 0.49,
      latam_east_europe: 0.23,
      asia_africa: 0.17,
      unknown: 0.6,
    },
    referenceWatchSeconds: 25,
    usualWatchSeconds: null,
    tau: 0.9,
    source: "calculatecreator.com rewards by country; first-hand reports of 0.46 to 0.83",
    date: "2025-03-19",
    grade: "D",
  },
  {
    platform: "facebook",
    programme: "Reels",
    stream: "ads",
    format: "short",
    denominator: "views",
    usd: everywhere(0.06),
    referenceWatchSeconds: 25,
    usualWatchSeconds: 25,
    tau: 1.2,
    source: "postplanify.com: Facebook Reels 0.02 to 0.20",
    date: "2026",
    grade: "D",
  },
  {
    platform: "other",
    programme: "display ads",
    stream: "ads",
    format: "any",
    denominator: "views",
    usd: LONG,
    referenceWatchSeconds: null,
    usualWatchSeconds: null,
    tau: 0.9,
    source: LONG_SOURCE,
    date: null,
    grade: "D",
  },
  judged("ads", "short", 0.05, 25),
  judged("ads", "any", 2, 180),
  judged("rewards", "any", 0.1, null),
  judged("affiliate", "any", 0.5, null),
  judged("shop", "any", 0.5, null),
  judged("gift", "any", 0.2, null),
  judged("super_like", "any", 0.2, null),
  { ...judged("subscription", "any", 100, null), denominator: null, tau: 2.5 },
  { ...judged("other", "any", 100, null), denominator: null, tau: 2.5 },
  { ...judged("sponsorship", "any", 300, null), denominator: null, tau: 2.5 },
];

/** What a subject multiplies the rate by: ytincome.in, fluxnote.io (grade D); missing niches are 1. */
export const NICHE_FACTOR: Readonly<Record<Niche, number>> = {
  finance: 2,
  business: 2,
  technology: 1.4,
  education: 1.4,
  lifestyle: 1.1,
  beauty: 1.1,
  food: 1.1,
  entertainment: 1,
  gaming: 0.7,
  music: 0.6,
  sports: 1,
  news: 1,
  other: 1,
};

/** What every installation begins with. Its owner may replace rows: `withOwnRows`. */
export const BUILT_IN: BenchmarkTable = { version: PRIOR_VERSION, rows: BENCHMARKS, niches: NICHE_FACTOR };

/** Where a projection begins before the creator's own payouts take over; plain JSON, frozen with each one. */
export type Prior = {
  /** Per 1,000 `denominator` (or per month), in major units of the payout's currency. */
  readonly rate: number;
  readonly tau: number;
  readonly denominator: Denominator | null;
  readonly referenceWatchSeconds: number | null;
  readonly usualWatchSeconds: number | null;
  /** Denominator per plain view, for a creator who knows only views; 1 when the two are taken as one. */
  readonly typicalPaidShare: number;
  /** USD by region behind the rate, for the audience mix of later months. */
  readonly regionUsd: RegionTable;
  /** The audience that m0 was made for; null when unknown, then later mixes change nothing. */
  readonly regions: RegionShares | null;
  /** True when somebody published the rate; false for our judgement. */
  readonly published: boolean;
  /** How many creators moved the rate from what the table says; absent when nobody did. */
  readonly pooled?: { readonly creators: number; readonly tableRate: number };
  readonly platform: Platform | "any";
  readonly programme: string;
  readonly source: string;
  readonly date: string | null;
  readonly grade: Grade;
  readonly version: string;
};

/**
 * The shared starting point of a stream. `perUsd` is units of the payout's currency per 1 USD (1 for USD).
 * Throws RangeError when `perUsd` is not above 0.
 */
export function priorFor(
  about: {
    readonly stream: Stream;
    readonly platform: Platform;
    readonly format: Format | "all";
    readonly perUsd: number;
    readonly niche?: Niche | null;
    readonly regions?: RegionShares | null;
  },
  table: BenchmarkTable = BUILT_IN,
): Prior {
  if (!(about.perUsd > 0 && Number.isFinite(about.perUsd)))
    throw new RangeError("A benchmark needs the currency's rate: units per 1 USD, above 0.");
  const row = benchmarkFor(about.stream, about.platform, about.format, table);
  const nicheFactor = about.niche ? table.niches[about.niche] : 1;
  return priorFrom(row, { ...about, nicheFactor, version: table.version });
}

/** The table's row for a stream on a platform; there always is one. */
export function benchmarkFor(
  stream: Stream,
  platform: Platform,
  format: Format | "all",
  { rows }: BenchmarkTable = BUILT_IN,
): Benchmark {
  return rows.find((row) => fits(row, stream, platform, format))!;
}

/** The denominator a platform pays a stream on: what `paidViews` of a month counts. */
export function denominatorFor(
  stream: Stream,
  platform: Platform,
  format: Format | "all",
  table: BenchmarkTable = BUILT_IN,
): Denominator {
  return benchmarkFor(stream, platform, format, table).denominator ?? "views";
}

/**
 * The built-in table with an installation's own rows under a name of its own: a row for the same platform,
 * stream and format takes the old one's place, any other is added. A row for one platform goes before one for
 * any, and then one for a format before one for any, so that an added general row hides no special one.
 */
export function withOwnRows(own: readonly Benchmark[], version: string): BenchmarkTable {
  const cellOf = ({ platform, stream, format }: Benchmark) => `${platform} ${stream} ${format}`;
  const replaced = new Set(own.map(cellOf));
  const kept = BENCHMARKS.filter((row) => !replaced.has(cellOf(row)));
  const breadth = ({ platform, format }: Benchmark) =>
    (platform === "any" ? 2 : 0) + (format === "any" ? 1 : 0);
  return { ...BUILT_IN, version, rows: [...own, ...kept].sort((a, b) => breadth(a) - breadth(b)) };
}

function judged(
  stream: Stream,
  format: Format | "any",
  usd: number,
  referenceWatchSeconds: number | null,
): Benchmark {
  return {
    platform: "any",
    programme: "none in particular",
    stream,
    format,
    denominator: "views",
    usd: everywhere(usd),
    referenceWatchSeconds,
    usualWatchSeconds: referenceWatchSeconds === 180 ? 200 : referenceWatchSeconds,
    tau: Math.max(1.2, KINDS[kindOf(stream)].tau),
    ...JUDGEMENT,
  };
}

/** ISO 3166-1 alpha-2 codes; countries that the sources do not name are placed by judgement. */
const COUNTRIES: Readonly<Record<Exclude<Region, "unknown">, string>> = {
  us_ca_au: "US CA AU CH NO",
  uk_de_nordics: "GB DE NL SE DK FI IS IE AT BE LU NZ",
  fr_es_jp: "FR ES IT JP KR PT GR IL SG HK TW AE",
  latam_east_europe:
    "MX BR AR CL CO PE VE EC UY PY BO CR PA GT HN NI SV DO PR CU JM TT PL CZ SK HU RO BG HR SI RS BA MK AL ME " +
    "EE LV LT UA BY MD RU GE AM AZ KZ TR",
  asia_africa:
    "IN PK BD LK NP BT MV ID MY TH VN PH MM KH LA BN TL MN UZ KG TJ TM AF IQ IR JO LB EG MA DZ TN LY SD SS NG GH KE " +
    "ET TZ UG RW BI CD CG CM CI SN ML BF NE TD GN SL LR TG BJ GA GQ AO ZM ZW MW MZ BW NA ZA LS SZ MG MU SC SO DJ " +
    "ER GM GW CV KM ST MR CF",
};

/** The region of a country's two-letter ISO 3166-1 code; "unknown" for any other text. */
export function regionOfCountry(code: string): Region {
  const found = Object.entries(COUNTRIES).find(([, codes]) => codes.split(" ").includes(code));
  return found ? (found[0] as Region) : "unknown";
}
