import type { Grade } from "./benchmarks";
import { type Day, daysBetween, isDay, type Month, monthOf } from "./month";
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

/** Who may earn from a stream on a platform, as the rules stood in a period. */
export type Programme = {
  readonly name: string;
  readonly platform: Platform;
  readonly streams: readonly Stream[];
  /** Where the rule holds, as ISO 3166-1 codes; null: everywhere that no row of its own covers. */
  readonly countries: readonly string[] | null;
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

/** A dated number about a creator's channel, as it was at the end of `day`. */
export type Fact = { readonly measure: Measure; readonly day: Day; readonly value: number };

export type Missing = {
  readonly measure: Measure;
  readonly needed: number;
  readonly has: number;
  /** needed - has, above 0. */
  readonly distance: number;
};

export type Eligibility =
  | {
      readonly status: "eligible";
      readonly programme: string;
      /** The month in which it came to be known; null when it was never known to be otherwise. */
      readonly since: Month | null;
    }
  | {
      readonly status: "not_yet";
      readonly programme: string;
      /** A sentence with each missing threshold and its distance. */
      readonly reason: string;
      /** Of the nearest set of thresholds. */
      readonly missing: readonly Missing[];
    }
  | {
      readonly status: "unknown";
      readonly programme: string;
      /** What would have to be known. */
      readonly facts: readonly Measure[];
    };

const EXPANDED_YPP = "2023-06-13" as Day;
const YPP = { name: "YouTube Partner Program", platform: "youtube", countries: null } as const;
const YPP_SOURCE = "slashgear.com/1312514 (the old and the new thresholds side by side)";

export const TIKTOK_REWARDS = {
  name: "TikTok Creator Rewards",
  platform: "tiktok",
  streams: ["rewards"],
  countries: null,
  from: null,
  until: null,
  // Videos must be longer than a minute.
  anyOf: [{ followers: 10_000, views_30d: 100_000, longest_video_seconds: 61, age_years: 18 }],
  source: "zdnet.com on the launch; metricool.com/tiktok-creativity-program and others agree",
  date: "2024-03-19",
  grade: "C",
} as const satisfies Programme;

export const TIKTOK_GIFTS = {
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

/** A number older than this says nothing about today: channels grow. An age is different. */
const STALE_AFTER_DAYS = 62;

/** The rule for a stream on a day; null when none with numbers is known. */
export function programmeFor(about: {
  readonly platform: Platform;
  readonly stream: Stream;
  readonly day: Day;
  readonly country?: string | null;
}): Programme | null {
  const { platform, stream, day, country = null } = about;
  return (
    PROGRAMMES.find(
      (row) =>
        row.platform === platform &&
        row.streams.includes(stream) &&
        (row.countries === null || (country !== null && row.countries.includes(country))) &&
        (row.from === null || row.from <= day) &&
        (row.until === null || day <= row.until),
    ) ?? null
  );
}

/**
 * Whether a programme lets a creator in on a day, from what was known by then: later facts change nothing.
 * "Not yet" only when it is known: a missing or outdated fact leaves it unknown. Throws RangeError on a fact that
 * cannot be.
 */
export function eligibility(facts: readonly Fact[], programme: Programme, day: Day): Eligibility {
  for (const fact of facts) check(fact);
  const known = facts.filter((fact) => fact.day <= day).sort((a, b) => (a.day < b.day ? -1 : 1));
  const now = judged(known, programme, day);
  if (now.status !== "eligible") return now;
  // From the last day on which it was known not to be so.
  let since: Month | null = null;
  let wasNotYet = false;
  for (const at of new Set(known.map((fact) => fact.day))) {
    const { status } = judged(
      known.filter((fact) => fact.day <= at),
      programme,
      at,
    );
    if (status === "eligible" && wasNotYet) since = monthOf(at);
    if (status !== "unknown") wasNotYet = status === "not_yet";
  }
  return { ...now, since: wasNotYet ? monthOf(day) : since };
}

/** `known` in order of day, none after `day`. */
function judged(known: readonly Fact[], programme: Programme, day: Day): Eligibility {
  const latest = new Map<Measure, number>();
  for (const fact of known)
    if (fact.measure === "age_years" || daysBetween(fact.day, day) <= STALE_AFTER_DAYS)
      latest.set(fact.measure, fact.value);

  const { name } = programme;
  const sets = programme.anyOf.map((thresholds) => {
    const [missing, unknown] = [[] as Missing[], [] as Measure[]];
    for (const measure of MEASURES) {
      const needed = thresholds[measure];
      if (needed === undefined) continue;
      const has = latest.get(measure);
      if (has === undefined) unknown.push(measure);
      else if (has < needed) missing.push({ measure, needed, has, distance: needed - has });
    }
    return { missing, unknown };
  });
  if (sets.some(({ missing, unknown }) => missing.length + unknown.length === 0))
    return { status: "eligible", programme: name, since: null };
  if (sets.some(({ missing }) => missing.length === 0)) {
    const facts = sets.filter(({ missing }) => missing.length === 0).flatMap(({ unknown }) => unknown);
    return { status: "unknown", programme: name, facts: [...new Set(facts)] };
  }
  const nearest = sets.reduce((best, set) => (farness(set.missing) < farness(best.missing) ? set : best));
  return {
    status: "not_yet",
    programme: name,
    reason: reasonOf(name, nearest.missing),
    missing: nearest.missing,
  };
}

/** The largest part of a threshold that is still to go, 0..1. */
function farness(missing: readonly Missing[]): number {
  return Math.max(...missing.map(({ distance, needed }) => distance / needed));
}

function reasonOf(name: string, missing: readonly Missing[]): string {
  const parts = missing.map(
    ({ measure, needed, distance }) => `${grouped(distance)} of ${grouped(needed)} ${MEASURE_LABEL[measure]}`,
  );
  const last = parts.pop()!;
  return `Not eligible for ${name} yet: ${parts.length > 0 ? `${parts.join(", ")} and ${last}` : last} to go.`;
}

function grouped(count: number): string {
  return String(Math.ceil(count)).replace(/\B(?=(\d{3})+$)/g, ",");
}

function check({ measure, day, value }: Fact): void {
  if (!isDay(day))
    throw new RangeError(`A fact about ${measure} has the day "${day}"; write it as YYYY-MM-DD.`);
  if (!(value >= 0 && Number.isFinite(value)))
    throw new RangeError(`${day} has ${value} ${MEASURE_LABEL[measure]}; write 0 or more, or leave it out.`);
}
