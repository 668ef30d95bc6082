import "server-only";
import * as channels from "@/db/channels";
import type { Creator } from "@/db/creators";
import * as traffic from "@/db/traffic";
import * as videos from "@/db/videos";
import type { Viewer } from "@/lib/model/access";
import { decimalText, divideHalfEven } from "@/lib/model/money";
import { addDays, addMonths, monthOf } from "@/lib/model/month";
import { FORMAT_LABEL, FORMATS } from "@/lib/model/words";
import { channelOptions, labelled } from "../options";
import { isWholeMonth } from "../period-name";
import type { TrafficChoices, TrafficDefaults } from "./traffic-form";

const VIDEOS_OFFERED = 50;

/** What the form's selects offer; the video at hand is among them however old it is. */
export async function loadChoices(
  viewer: Viewer,
  creatorId: string,
  chosen: { channelId: string; video: { id: string; title: string } | null } | null,
): Promise<TrafficChoices> {
  const [allChannels, recent] = await Promise.all([
    channels.list(viewer, creatorId),
    videos.list(viewer, creatorId, { size: VIDEOS_OFFERED }),
  ]);
  const titles = new Map(recent.rows.map(({ id, title }) => [id, title]));
  if (chosen?.video) titles.set(chosen.video.id, chosen.video.title);
  return {
    channels: channelOptions(allChannels, chosen?.channelId),
    videos: [...titles].map(([value, label]) => ({ value, label })),
    formats: labelled(["all", ...FORMATS], FORMAT_LABEL),
  };
}

/** Last month of the channel that was logged last; one who logs by day begins with yesterday. */
export async function nextDefaults(viewer: Viewer, creator: Creator): Promise<TrafficDefaults> {
  const { rows } = await traffic.list(viewer, creator.id, { filter: { origin: "typed" }, size: 1 });
  const last = rows[0];
  const yesterday = addDays(creator.today, -1);
  const span = last ? spanOf(last) : "month";
  return {
    ...BLANK,
    channelId: last?.channelId ?? "",
    format: last && last.videoId === null ? last.format : "all",
    span: span === "days" ? "month" : span,
    month: addMonths(monthOf(creator.today), -1),
    day: yesterday,
  };
}

/** The form that corrects an entry holds what the entry says. */
export function correctionDefaults(entry: traffic.Traffic): TrafficDefaults {
  const span = spanOf(entry);
  const text = (value: number | null) => (value === null ? "" : String(value));
  return {
    channelId: entry.channelId,
    videoId: entry.videoId ?? "",
    format: entry.format,
    span,
    month: monthOf(entry.fromDay),
    day: entry.fromDay,
    fromDay: entry.fromDay,
    toDay: entry.toDay,
    views: text(entry.views),
    qualifiedViews: text(entry.qualifiedViews),
    engagedViews: text(entry.engagedViews),
    adImpressions: text(entry.adImpressions),
    watchSeconds: entry.watchSeconds === null ? "" : hoursText(entry.watchSeconds),
    finishPpm: entry.finishPpm === null ? "" : decimalText(BigInt(entry.finishPpm), 4).replace(/\.?0+$/, ""),
    likes: text(entry.likes),
    comments: text(entry.comments),
    shares: text(entry.shares),
  };
}

const BLANK: TrafficDefaults = {
  channelId: "",
  videoId: "",
  format: "all",
  span: "month",
  month: "",
  day: "",
  fromDay: "",
  toDay: "",
  views: "",
  qualifiedViews: "",
  engagedViews: "",
  adImpressions: "",
  watchSeconds: "",
  finishPpm: "",
  likes: "",
  comments: "",
  shares: "",
};

function spanOf({ fromDay, toDay }: traffic.Traffic): "month" | "day" | "days" {
  if (isWholeMonth({ fromDay, toDay })) return "month";
  return fromDay === toDay ? "day" : "days";
}

/** Enough decimals that the same number of seconds comes back. */
function hoursText(seconds: number): string {
  const hours = divideHalfEven(BigInt(seconds) * 10_000n, 3600n);
  return decimalText(hours, 4).replace(/\.?0+$/, "");
}
