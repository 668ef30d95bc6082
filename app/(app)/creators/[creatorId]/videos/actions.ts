"use server";

import type { Route } from "next";
import { redirect } from "next/navigation";
import { z } from "zod";
import * as channels from "@/db/channels";
import * as creators from "@/db/creators";
import * as videos from "@/db/videos";
import { AppError } from "@/lib/errors";
import {
  format,
  id,
  line,
  niche,
  optionalDay,
  optionalLine,
  typed,
  version,
  videoSeconds,
} from "@/lib/input";
import type { Viewer } from "@/lib/model/access";
import { PLATFORM_LABEL } from "@/lib/model/words";
import { paths } from "@/lib/paths";
import { action } from "@/lib/server/action";
import { linkFacts } from "./link-facts";

const about = {
  url: typed.transform((text, ctx) => {
    if (text === "") return "";
    const address = /^https?:\/\//i.test(text) ? text : `https://${text}`;
    if (text.length <= 2_000 && URL.canParse(address)) return new URL(address).href;
    ctx.addIssue({
      code: "custom",
      message: "This is not a link. Paste the video's full address, or leave it empty.",
    });
    return z.NEVER;
  }),
  externalId: optionalLine(100).transform((text) => text || null),
  title: line("Type the title, or a few words by which you know the video.", 300),
  publishedOn: optionalDay,
  format,
  niche: z.union([niche, z.literal("").transform(() => null)], "Choose a niche from the list."),
  durationSeconds: videoSeconds,
};

const newVideo = z.object({ creatorId: id, id, channelId: id, ...about });
const editedVideo = z.object({ creatorId: id, id, version, channelId: id, ...about });
const oneVideo = z.object({ creatorId: id, id, version });

export const recordVideo = action(newVideo, async (viewer, { creatorId, ...video }) => {
  await videos.record(viewer, creatorId, await withLinkFacts(viewer, creatorId, video));
  return { message: "Saved.", value: { entryId: video.id } };
});

export const updateVideo = action(editedVideo, async (viewer, { creatorId, ...video }) => {
  const { channelId: _channelId, ...edited } = await withLinkFacts(viewer, creatorId, video);
  return { message: "Saved.", value: await videos.update(viewer, creatorId, edited) };
});

/** Leads to the list, which offers the undo: the video's own page is no longer there. */
export const removeVideo = action(oneVideo, async (viewer, { creatorId, ...video }) => {
  await videos.remove(viewer, creatorId, video);
  redirect(`${paths.videos(creatorId)}?removed=${video.id}` as Route);
});

export const restoreVideo = action(z.object({ creatorId: id, id }), async (viewer, { creatorId, id }) => {
  await videos.restore(viewer, creatorId, { id });
  redirect(paths.video(creatorId, id) as Route);
});

/** The undo of a video that was just added: takes it back where it still is as it was. */
export const undoVideo = action(
  z.object({ creatorId: id, entryId: id }),
  async (viewer, { creatorId, entryId }) => {
    const { version } = await videos.get(viewer, creatorId, entryId);
    await videos.remove(viewer, creatorId, { id: entryId, version });
    return { message: "Undone.", value: { entryId } };
  },
);

/** The link fills what was left empty; what was typed wins. */
async function withLinkFacts<
  Video extends { url: string; channelId: string; externalId: string | null; publishedOn: string | null },
>(viewer: Viewer, creatorId: string, video: Video): Promise<Video> {
  if (video.url === "") return video;
  const [creator, channel] = await Promise.all([
    creators.get(viewer, creatorId),
    channels.get(viewer, creatorId, video.channelId),
  ]);
  const facts = linkFacts(video.url, creator.timeZone);
  if (!facts.ok) return video;
  const { platform, externalId, publishedOn } = facts.value;
  if (platform !== channel.platform) {
    const named = PLATFORM_LABEL[platform];
    throw new AppError("invalid", "The link and the channel do not fit together.", {
      channelId: `This link leads to ${named}: choose a channel on ${named}, or change the link.`,
    });
  }
  return {
    ...video,
    externalId: video.externalId ?? externalId,
    publishedOn: video.publishedOn ?? publishedOn,
  };
}
