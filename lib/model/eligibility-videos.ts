import { personOn, type Told } from "./eligibility";
import { type Programme, programmeFor } from "./eligibility-programmes";
import type { Day } from "./month";
import type { Platform, Stream } from "./words";

/** Why a video earns nothing from the programme that pays for views. Only what the data say. */
export const NO_PAY_REASONS = ["no_programme", "too_short", "before_joining", "no_qualified_views"] as const;
export type NoPayReason = (typeof NO_PAY_REASONS)[number];

export type VideoRecord = {
  readonly videoId: string;
  readonly channelId: string;
  readonly title: string;
  readonly platform: Platform;
  readonly publishedOn: Day | null;
  readonly seconds: number | null;
  readonly views: number | null;
  /** null: not known, which is not 0. */
  readonly qualifiedViews: number | null;
  /** Whether a payout's line names it. */
  readonly isPaid: boolean;
};

/** The stream that pays for each view, by platform; elsewhere none with numbers is known. */
const PER_VIEW: Readonly<Partial<Record<Platform, Stream>>> = { tiktok: "rewards", youtube: "ads" };

/**
 * Every reason that holds for one video; empty when it earns, or when nothing is known against it. `joinedOn` is
 * the day its channel joined the programme, as it was logged; null when it was not.
 */
export function whyNoPay(
  video: VideoRecord,
  {
    programmes,
    told,
    joinedOn,
    today,
  }: {
    readonly programmes: readonly Programme[];
    readonly told: readonly Told[];
    readonly joinedOn: Day | null;
    readonly today: Day;
  },
): NoPayReason[] {
  if (video.isPaid) return [];
  const { platform, channelId } = video;
  const stream = PER_VIEW[platform];
  const day = video.publishedOn ?? today;
  const { country } = personOn(told, day, { platform, channelId });
  const programme = stream ? programmeFor({ platform, stream, day, country, programmes }) : null;
  if (!programme) return ["no_programme"];
  const reasons: NoPayReason[] = [];
  const shortest = Math.min(...programme.anyOf.map((way) => way.longest_video_seconds ?? 0));
  if (video.seconds !== null && video.seconds < shortest) reasons.push("too_short");
  if (
    joinedOn !== null &&
    video.publishedOn !== null &&
    video.publishedOn < joinedOn &&
    platform === "tiktok"
  )
    reasons.push("before_joining");
  if (video.qualifiedViews === 0 && (video.views ?? 0) > 0) reasons.push("no_qualified_views");
  return reasons;
}

/** As a sentence about the video. */
export const NO_PAY_LABEL: Readonly<Record<NoPayReason, string>> = {
  no_programme: "No programme with known rules pays for views here.",
  too_short: "Shorter than the programme asks for.",
  before_joining: "Posted before the channel joined the programme; such videos earn nothing.",
  no_qualified_views: "None of its views were qualified.",
};
