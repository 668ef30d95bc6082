import "server-only";
import type { Channel } from "@/db/channels";
import type { Creator } from "@/db/creators";
import type { Video } from "@/db/videos";
import { FORMAT_LABEL, FORMATS, NICHE_LABEL, NICHES } from "@/lib/model/words";
import { channelOptions, labelled } from "../options";
import type { VideoChoices, VideoDefaults } from "./video-form";

export function videoChoices(creator: Creator, channels: readonly Channel[]): VideoChoices {
  const platforms = new Map(channels.map(({ id, platform }) => [id, platform]));
  return {
    channels: channelOptions(channels).map((option) => ({
      ...option,
      platform: platforms.get(option.value) ?? "other",
    })),
    formats: labelled(FORMATS, FORMAT_LABEL),
    niches: labelled(NICHES, NICHE_LABEL),
    timeZone: creator.timeZone,
  };
}

/** A new video begins on the channel, and in the format, of the newest one. */
export function nextVideo(channels: readonly Channel[], newest: Video | undefined): VideoDefaults {
  return {
    url: "",
    title: "",
    channelId: newest?.channelId ?? channels[0]?.id ?? "",
    publishedOn: "",
    format: newest?.format ?? "short",
    externalId: "",
    duration: "",
    niche: "",
  };
}
