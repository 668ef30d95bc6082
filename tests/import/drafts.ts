/** Drafts with everything that a test does not care about filled in. */
import {
  type AudienceDraft,
  NO_FIGURES,
  type PayoutDraft,
  type ReadingDraft,
  type TrafficDraft,
  type VideoDraft,
} from "../../lib/import/draft";
import { currencyOf } from "../../lib/model/money";
import { dayOf, monthOf } from "../../lib/model/month";

/** A final payout of ads in USD on one day, named by that day unless told. */
export function payoutDraft(
  day: string,
  minor: bigint,
  more: Partial<Omit<PayoutDraft, "from" | "to">> & { to?: string } = {},
): PayoutDraft {
  const { to = day, ...rest } = more;
  return {
    sourceKey: `k:${day}..${to}`,
    platform: "youtube",
    format: null,
    stream: "ads",
    from: dayOf(day),
    to: dayOf(to),
    minor,
    currency: currencyOf("USD"),
    state: "final",
    estimatedMinor: null,
    settledDay: null,
    note: "",
    lines: [],
    line: 2,
    ...rest,
  };
}

/** Views of the channel, or of a video, on one day. */
export function trafficDraft(
  day: string,
  views: number | null,
  more: Partial<Omit<TrafficDraft, "from" | "to">> & { to?: string } = {},
): TrafficDraft {
  const { to = day, ...rest } = more;
  return {
    sourceKey: `k:${day}..${to}:${more.videoExternalId ?? ""}`,
    platform: "youtube",
    format: null,
    videoExternalId: null,
    from: dayOf(day),
    to: dayOf(to),
    ...NO_FIGURES,
    views,
    line: 2,
    ...rest,
  };
}

export function readingDraft(
  day: string,
  views: number | null,
  more: Partial<ReadingDraft> = {},
): ReadingDraft {
  return {
    sourceKey: `r:${day}:${more.videoExternalId ?? ""}`,
    platform: "youtube",
    videoExternalId: null,
    day: dayOf(day),
    views,
    likes: null,
    comments: null,
    shares: null,
    followers: null,
    line: 2,
    ...more,
  };
}

export function audienceDraft(month: string, regions: AudienceDraft["regions"]): AudienceDraft {
  return { sourceKey: `a:${month}`, platform: "youtube", month: monthOf(`${month}-01`), regions, line: 2 };
}

/** A long video without a title. */
export function videoDraft(externalId: string, more: Partial<VideoDraft> = {}): VideoDraft {
  return {
    sourceKey: `v:${externalId}`,
    platform: "youtube",
    externalId,
    url: "",
    title: null,
    publishedDay: null,
    durationSeconds: null,
    format: "long",
    line: 2,
    ...more,
  };
}
