import { type Eligibility, eligibility, type Fact, personOn } from "./eligibility";
import { programmeFor } from "./eligibility-programmes";
import type { Ledger, TrafficCell } from "./histories";
import { addMonths, type Day, lastDay, type Month, monthOf, monthsFrom } from "./month";
import type { Platform, Stream } from "./words";

/** The latest number of followers of one channel. */
export type FollowerCell = { readonly platform: Platform; readonly day: Day; readonly followers: number };

type Known = Pick<Ledger, "traffic" | "followers" | "programmes" | "told">;

/**
 * Whether the programme behind a stream lets the creator in on `day`; null when no programme with numbers is
 * known. Of several channels the largest counts, and the traffic of all of them: who is "not yet" by that is so
 * by each. Months of traffic stand for the programmes' 30, 90 and 365 days. The creator's own rules and what he told
 * count from their days on.
 */
export function gateOf(known: Known, stream: Stream, platform: Platform, day: Day): Eligibility | null {
  const person = personOn(known.told ?? [], day, { platform });
  const { country } = person;
  const programme = programmeFor({ platform, stream, day, country, programmes: known.programmes });
  return programme && eligibility(factsOf(known, platform, day), programme, day, person);
}

/** The programme that pays for views on each platform; those for gifts and shops are no goal of everybody. */
const MAIN: Readonly<Partial<Record<Platform, Stream>>> = { tiktok: "rewards", youtube: "ads" };

/** Programmes of the platforms a creator is on that never paid him and are known not to let him in yet. */
export function closedGates(
  known: Known & Pick<Ledger, "money">,
  day: Day,
): Extract<Eligibility, { status: "not_yet" }>[] {
  const platforms = [...new Set(known.traffic.map(({ platform }) => platform))].sort();
  return platforms.flatMap((platform) => {
    const stream = MAIN[platform];
    const wasPaid = known.money.some(
      (cell) =>
        cell.platform === platform &&
        cell.stream === stream &&
        ((cell.finalMinor ?? 0n) > 0n || (cell.estimatedMinor ?? 0n) > 0n),
    );
    const gate = stream && !wasPaid ? gateOf(known, stream, platform, day) : null;
    return gate?.status === "not_yet" ? [gate] : [];
  });
}

function factsOf({ traffic, followers = [] }: Known, platform: Platform, day: Day): Fact[] {
  const own = followers.filter((cell) => cell.platform === platform && cell.day <= day);
  const largest = own.reduce<FollowerCell | null>(
    (best, cell) => (best === null || cell.followers > best.followers ? cell : best),
    null,
  );
  // The last month that was over.
  const last = lastDay(monthOf(day)) === day ? monthOf(day) : addMonths(monthOf(day), -1);
  const sum = (format: TrafficCell["format"], count: "views" | "watchSeconds", months: number) =>
    sumOver(traffic, platform, format, count, monthsFrom(addMonths(last, 1 - months), last));
  const watched = sum("all", "watchSeconds", 12);
  const values = [
    ["followers", largest?.followers ?? null, largest?.day ?? day],
    ["views_30d", sum("all", "views", 1), lastDay(last)],
    ["short_views_90d", sum("short", "views", 3), lastDay(last)],
    ["watch_hours_365d", watched === null ? null : watched / 3600, lastDay(last)],
  ] as const;
  return values.flatMap(([measure, value, at]) => (value === null ? [] : [{ measure, value, day: at }]));
}

/** null when any of the months is unknown. */
function sumOver(
  traffic: readonly TrafficCell[],
  platform: Platform,
  format: TrafficCell["format"],
  count: "views" | "watchSeconds",
  months: readonly Month[],
): number | null {
  let sum = 0;
  for (const month of months) {
    const cells = traffic.filter(
      (cell) => cell.platform === platform && cell.format === format && cell.month === month,
    );
    if (cells.length === 0) return null;
    for (const cell of cells) {
      const value = cell[count];
      if (value === null) return null;
      sum += value;
    }
  }
  return sum;
}
