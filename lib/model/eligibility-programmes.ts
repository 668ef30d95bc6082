import type { Grade } from "./benchmarks";
import type { Day } from "./month";
import type { Platform, Stream } from "./words";

/** What programmes ask for a number of. The windows end on the day that is asked about. */
export const MEASURES = [
  "followers",
  "views_30d",
  "short_views_90d",
  "watch_hours_365d",
  "uploads_30d",
  "uploads_90d",
  "longest_video_seconds",
  "age_years",
] as const;
export type Measure = (typeof MEASURES)[number];
/** As the end of "1,800 … to go". */
export const MEASURE_LABEL: Readonly<Record<Measure, string>> = {
  followers: "followers",
  views_30d: "views in 30 days",
  short_views_90d: "views of Shorts in 90 days",
  watch_hours_365d: "hours watched in a year",
  uploads_30d: "videos in 30 days",
  uploads_90d: "videos in 90 days",
  longest_video_seconds: "seconds of a video",
  age_years: "years of age",
};

/** One set of thresholds; all of them must be met. */
export type Thresholds = Readonly<Partial<Record<Measure, number>>>;

export const ACCOUNT_TYPES = ["personal", "business"] as const;
export type AccountType = (typeof ACCOUNT_TYPES)[number];
export const ACCOUNT_TYPE_LABEL: Readonly<Record<AccountType, string>> = {
  personal: "Personal or creator account",
  business: "Business account",
};

/** Who may earn from a stream on a platform, as the rules stood in a period. */
export type Programme = {
  /** What a dated rule about it names as its subject; rows of one programme share it. */
  readonly id: string;
  readonly name: string;
  readonly platform: Platform;
  readonly streams: readonly Stream[];
  /** Where the rule holds, as ISO 3166-1 codes; null: everywhere that no row of its own covers. */
  readonly countries: readonly string[] | null;
  /** Countries whose creators are let in; absent or null: no limit is known. */
  readonly openIn?: readonly string[] | null;
  /** Kinds of account that are let in; absent or null: no limit is known. */
  readonly accounts?: readonly AccountType[] | null;
  /** First and last day of the rule; null: not known to begin or end. */
  readonly from: Day | null;
  readonly until: Day | null;
  /** Any one of these lets a creator in. */
  readonly anyOf: readonly Thresholds[];
  readonly source: string;
  /** The page's own date, or null when it shows none. */
  readonly date: string | null;
  readonly grade: Grade;
};

const EXPANDED_YPP = "2023-06-13" as Day;
const YPP = {
  id: "youtube.ads",
  name: "YouTube Partner Program",
  platform: "youtube",
  countries: null,
} as const;
const YPP_SOURCE = "slashgear.com/1312514 (the old and the new thresholds side by side)";

export const TIKTOK_REWARDS = {
  id: "tiktok.rewards",
  name: "TikTok Creator Rewards",
  platform: "tiktok",
  streams: ["rewards"],
  countries: null,
  from: null,
  until: null,
  // Videos must be longer than a minute.
  anyOf: [{ followers: 10_000, views_30d: 100_000, longest_video_seconds: 61, age_years: 18 }],
  accounts: ["personal"],
  source: "zdnet.com on the launch; metricool.com/tiktok-creativity-program and others agree",
  date: "2024-03-19",
  grade: "C",
} as const satisfies Programme;

export const TIKTOK_GIFTS = {
  id: "tiktok.gifts",
  name: "TikTok LIVE gifts",
  platform: "tiktok",
  streams: ["gift"],
  countries: null,
  from: null,
  until: null,
  anyOf: [{ followers: 1000, age_years: 18 }],
  source: "itechpost.com/106915, calculatecreator.com/guides/tiktok-gifts",
  date: "2021-09-03",
  grade: "D",
} as const satisfies Programme;

export const TIKTOK_SHOP = {
  id: "tiktok.shop",
  name: "TikTok Shop affiliate",
  platform: "tiktok",
  streams: ["shop"],
  countries: ["US"],
  from: null,
  until: null,
  anyOf: [{ followers: 1000 }],
  source: "seller-us.tiktok.com/university, page 6939143037667118",
  date: "2025-12-16",
  grade: "A",
} as const satisfies Programme;

/** The first row that fits platform, stream, country and day is the rule. */
export const PROGRAMMES: readonly Programme[] = [
  {
    id: "tiktok.rewards",
    name: "TikTok Creator Rewards",
    platform: "tiktok",
    streams: ["rewards"],
    countries: ["JP", "KR"],
    from: null,
    until: null,
    anyOf: [{ followers: 50_000, views_30d: 100_000, longest_video_seconds: 61 }],
    source: "hithanh.com/tiktok-creator-rewards-program, alone in saying so",
    date: null,
    grade: "D",
  },
  TIKTOK_REWARDS,
  {
    id: "tiktok.pulse",
    name: "TikTok Pulse",
    platform: "tiktok",
    streams: ["ads"],
    countries: null,
    from: null,
    until: null,
    anyOf: [{ followers: 100_000, uploads_30d: 5, age_years: 18 }],
    source: "blog.hootsuite.com on the launch of TikTok Pulse",
    date: null,
    grade: "D",
  },
  TIKTOK_GIFTS,
  TIKTOK_SHOP,
  {
    ...YPP,
    streams: ["ads"],
    from: null,
    until: null,
    anyOf: [
      { followers: 1000, watch_hours_365d: 4000 },
      { followers: 1000, short_views_90d: 10_000_000 },
    ],
    source: YPP_SOURCE,
    date: "2023-06",
    grade: "C",
  },
  {
    ...YPP,
    id: "youtube.fans",
    name: "YouTube Partner Program, fan funding and shopping",
    streams: ["super_like", "gift", "subscription", "shop"],
    from: EXPANDED_YPP,
    until: null,
    anyOf: [
      { followers: 500, uploads_90d: 3, watch_hours_365d: 3000 },
      { followers: 500, uploads_90d: 3, short_views_90d: 3_000_000 },
    ],
    source: YPP_SOURCE,
    date: "2023-06",
    grade: "C",
  },
  {
    ...YPP,
    id: "youtube.fans",
    streams: ["super_like", "gift", "subscription", "shop"],
    from: null,
    until: "2023-06-12" as Day,
    anyOf: [
      { followers: 1000, watch_hours_365d: 4000 },
      { followers: 1000, short_views_90d: 10_000_000 },
    ],
    source: YPP_SOURCE,
    date: "2023-06",
    grade: "C",
  },
];

/** What a creator wrote down about a programme, as rules are stored: it stands from its day on. */
export type WrittenRule = {
  readonly subject: string;
  readonly fromDay: Day;
  readonly body: Readonly<Record<string, unknown>>;
  readonly source: string;
};

/** The part of a programme that a written rule sets. */
export type ProgrammeTerms = Required<Pick<Programme, "anyOf" | "openIn" | "accounts">>;

/**
 * The built-in programmes with the creator's own rules before them: from its day on, a rule of his takes the place
 * of every row of its programme, in all countries. What names no programme, or says nothing that can be read, is
 * left out.
 */
export function programmesWith(written: readonly WrittenRule[]): readonly Programme[] {
  const own = [...written]
    .sort((a, b) => (a.fromDay < b.fromDay ? 1 : a.fromDay > b.fromDay ? -1 : 0))
    .flatMap(({ subject, fromDay, body, source }): Programme[] => {
      const base = PROGRAMMES.find(({ id }) => id === subject);
      const terms = termsOf(body);
      if (!base || !terms) return [];
      return [
        {
          ...base,
          ...terms,
          countries: null,
          from: fromDay,
          until: null,
          source: source || "your own rule",
          date: fromDay,
          grade: "judgement",
        },
      ];
    });
  return own.length === 0 ? PROGRAMMES : [...own, ...PROGRAMMES];
}

/** A stored body as terms; null when it has no set of thresholds that can be read. */
export function termsOf(body: Readonly<Record<string, unknown>>): ProgrammeTerms | null {
  const anyOf = listOf(body.anyOf).flatMap((set) => {
    const numbers = MEASURES.flatMap((measure) => {
      const needed = (set as Partial<Record<Measure, unknown>> | null)?.[measure];
      return typeof needed === "number" && Number.isFinite(needed) && needed > 0
        ? [[measure, needed] as const]
        : [];
    });
    return numbers.length > 0 ? [Object.fromEntries(numbers) as Thresholds] : [];
  });
  if (anyOf.length === 0) return null;
  const countries = listOf(body.openIn).filter((code) => typeof code === "string" && isCountry(code));
  const accounts = ACCOUNT_TYPES.filter((type) => listOf(body.accounts).includes(type));
  return {
    anyOf,
    openIn: countries.length > 0 ? (countries as string[]) : null,
    accounts: accounts.length > 0 ? accounts : null,
  };
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** Whether it is written like an ISO 3166-1 code. */
export function isCountry(code: string): boolean {
  return /^[A-Z]{2}$/.test(code);
}

/** The rule for a stream on a day; null when none with numbers is known. */
export function programmeFor(about: {
  readonly platform: Platform;
  readonly stream: Stream;
  readonly day: Day;
  readonly country?: string | null;
  /** The built-in ones when absent. */
  readonly programmes?: readonly Programme[] | undefined;
}): Programme | null {
  const { platform, stream, day, country = null, programmes = PROGRAMMES } = about;
  return (
    programmes.find(
      (row) => row.platform === platform && row.streams.includes(stream) && holds(row, day, country),
    ) ?? null
  );
}

/** The rule that holds for each programme of a platform on a day, in the order of the table. */
export function programmesOn(about: {
  readonly platform: Platform;
  readonly day: Day;
  readonly country: string | null;
  readonly programmes: readonly Programme[];
}): Programme[] {
  const { platform, day, country, programmes } = about;
  const own = PROGRAMMES.filter((row) => row.platform === platform).map(({ id }) => id);
  return [...new Set(own)].flatMap((id) => {
    const found = programmes.find((row) => row.id === id && holds(row, day, country));
    return found ? [found] : [];
  });
}

function holds({ countries, from, until }: Programme, day: Day, country: string | null): boolean {
  return (
    (countries === null || (country !== null && countries.includes(country))) &&
    (from === null || from <= day) &&
    (until === null || day <= until)
  );
}
