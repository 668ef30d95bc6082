import "server-only";
import * as channels from "@/db/channels";
import type { Live } from "@/db/lives";
import * as videos from "@/db/videos";
import type { Viewer } from "@/lib/model/access";
import { channelOptions } from "../options";
import type { LiveDefaults } from "./live-form";

const OFFERED = 50;

/** The channels and recent videos a session can belong to; those of `shown` are among them. */
export async function loadLiveChoices(viewer: Viewer, creatorId: string, shown: Live | null) {
  const [all, recent] = await Promise.all([
    channels.list(viewer, creatorId),
    videos.list(viewer, creatorId, { sort: "published", descending: true, size: OFFERED }),
  ]);
  const titles = new Map(recent.rows.map(({ id, title }) => [id, title]));
  if (shown?.videoId) titles.set(shown.videoId, shown.videoTitle ?? "");
  return {
    channels: channelOptions(all, shown?.channelId),
    videos: [...titles].map(([value, label]) => ({ value, label })),
  };
}

export function liveDefaults(live: Live): LiveDefaults {
  const text = (value: number | null) => (value === null ? "" : String(value));
  const { channelId, day, note } = live;
  return {
    ...{ channelId, day, note, videoId: live.videoId ?? "" },
    seconds: clockText(live.seconds),
    units: text(live.units),
    viewers: text(live.viewers),
  };
}

/** "2:30:00": every second survives, which hours with decimals would not. */
export function clockText(seconds: number): string {
  const two = (value: number) => String(value).padStart(2, "0");
  return `${Math.floor(seconds / 3_600)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
}
