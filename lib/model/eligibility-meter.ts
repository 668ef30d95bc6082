import {
  type Eligibility,
  eligibility,
  type Fact,
  type Limit,
  limitsOf,
  type Person,
  personOn,
  type Threshold,
  type Told,
  thresholdsOf,
} from "./eligibility";
import { type Measure, type Programme, programmesOn } from "./eligibility-programmes";
import { type Point, type Reach, reachOf } from "./eligibility-reach";
import { addDays, addMonths, type Day, daysBetween, lastDay, type Month, monthOf } from "./month";
import type { Format, Platform } from "./words";

/** What is known of one channel over time. */
export type ChannelRecord = {
  readonly channelId: string;
  readonly name: string;
  readonly platform: Platform;
  readonly followers: readonly Point[];
  /** One for each month and format with traffic. */
  readonly months: readonly {
    readonly month: Month;
    readonly format: Format | "all";
    readonly views: number | null;
    readonly watchSeconds: number | null;
  }[];
  readonly videos: readonly { readonly publishedOn: Day | null; readonly seconds: number | null }[];
};

/** One programme for one channel: how far, why not, and when. */
export type Meter = {
  readonly channelId: string;
  readonly channelName: string;
  readonly programme: Programme;
  readonly now: Eligibility;
  readonly limits: readonly Limit[];
  /** Each way in; all thresholds of one must be met. */
  readonly ways: readonly (readonly (Threshold & { readonly reach: Reach | null })[])[];
};

/** The meters of every programme that a channel's platform has, as the rules and facts stand on `today`. */
export function metersOf(
  channel: ChannelRecord,
  {
    today,
    programmes,
    told,
  }: {
    readonly today: Day;
    readonly programmes: readonly Programme[];
    readonly told: readonly Told[];
  },
): Meter[] {
  const { channelId, platform, name } = channel;
  const person = personOn(told, today, { platform, channelId });
  const series = seriesOf(channel, today);
  const facts: Fact[] = [...series].flatMap(([measure, points]) =>
    points.map(({ day, value }) => ({ measure, day, value })),
  );
  return programmesOn({ platform, day: today, country: person.country, programmes }).map((programme) => ({
    channelId,
    channelName: name,
    programme,
    now: eligibility(facts, programme, today, person),
    limits: limitsOf(programme, person),
    ways: thresholdsOf(facts, programme, today, person).map((way) =>
      way.map((threshold) => ({ ...threshold, reach: reachIn(series, threshold, person, today) })),
    ),
  }));
}

/** Months whose days a measure's window shares with its neighbours. */
const OVERLAP: Readonly<Partial<Record<Measure, number>>> = {
  followers: 1,
  views_30d: 1,
  short_views_90d: 3,
  watch_hours_365d: 12,
};

/** null where no trend could tell: of what one does, and not of what grows. */
function reachIn(
  series: ReadonlyMap<Measure, readonly Point[]>,
  { measure, needed }: Threshold,
  { birthYear }: Person,
  today: Day,
): Reach | null {
  if (measure === "age_years") return birthYear === null ? null : reachOfAge(needed, birthYear, today);
  const overlap = OVERLAP[measure];
  return overlap === undefined ? null : reachOf(series.get(measure) ?? [], needed, today, overlap);
}

/** The birthday that counts lies somewhere in its year. */
function reachOfAge(needed: number, birthYear: number, today: Day): Reach {
  const year = String(birthYear + needed).padStart(4, "0");
  const [first, last] = [`${year}-01-01` as Day, `${year}-12-31` as Day];
  if (last < today) return { status: "reached", day: last };
  if (daysBetween(today, first) > 730) return { status: "not_within", early: null };
  const early = first > today ? first : today;
  const likely = addDays(early, Math.floor(daysBetween(early, last) / 2));
  return { status: "projected", early, likely, late: last, shape: "linear" };
}

/** Each measure over time. Full months stand for the programmes' 30, 90 and 365 days, as in gates.ts. */
export function seriesOf(channel: ChannelRecord, today: Day): ReadonlyMap<Measure, readonly Point[]> {
  const last = lastDay(monthOf(today)) === today ? monthOf(today) : addMonths(monthOf(today), -1);
  const published = channel.videos.flatMap(({ publishedOn, seconds }) =>
    publishedOn !== null && publishedOn <= today ? [{ publishedOn, seconds }] : [],
  );
  const uploads = (days: number): Point[] =>
    channel.videos.length === 0
      ? []
      : [
          {
            day: today,
            value: published.filter((each) => daysBetween(each.publishedOn, today) < days).length,
          },
        ];
  const lengths = published.flatMap(({ seconds }) => (seconds === null ? [] : [seconds]));
  return new Map<Measure, readonly Point[]>([
    ["followers", channel.followers],
    ["views_30d", sums(channel, last, "all", "views", 1)],
    ["short_views_90d", sums(channel, last, "short", "views", 3)],
    ["watch_hours_365d", sums(channel, last, "all", "watchSeconds", 12).map(inHours)],
    ["uploads_30d", uploads(30)],
    ["uploads_90d", uploads(90)],
    ["longest_video_seconds", lengths.length === 0 ? [] : [{ day: today, value: Math.max(...lengths) }]],
  ]);
}

function inHours({ day, value }: Point): Point {
  return { day, value: value / 3600 };
}

/** The sum of `span` months, for each month that has it whole; a month without traffic leaves its sums unknown. */
function sums(
  { months }: ChannelRecord,
  last: Month,
  format: Format | "all",
  count: "views" | "watchSeconds",
  span: number,
): Point[] {
  const values = new Map(
    months
      .filter((cell) => cell.format === format && cell.month <= last)
      .map((cell) => [cell.month, cell[count]]),
  );
  return [...values.keys()].sort().flatMap((month) => {
    let sum = 0;
    for (let back = 0; back < span; back++) {
      const value = values.get(addMonths(month, -back));
      if (value === undefined || value === null) return [];
      sum += value;
    }
    return [{ day: lastDay(month), value: sum }];
  });
}
