"use server";

import type { Route } from "next";
import { redirect } from "next/navigation";
import { z } from "zod";
import * as channels from "@/db/channels";
import { id, line, month, niche, optionalLine, percentPpm, platform, problem, version } from "@/lib/input";
import { REGIONS, type Region } from "@/lib/model/words";
import { paths } from "@/lib/paths";
import { action } from "@/lib/server/action";

const name = line("Type the channel's name as you want to see it here.", 100);
const handle = optionalLine(100);

const newChannel = z.object({ creatorId: id, id, platform, name, handle, niche });

const editedChannel = z
  .object({ creatorId: id, id, version, name, handle, niche, isArchived: z.string().optional() })
  .transform(({ isArchived, ...rest }) => ({ ...rest, isArchived: isArchived === "on" }));

/** "unknown" is what the others leave of 100 %. */
const ASKED = REGIONS.filter((region) => region !== "unknown");

const audience = z
  .object({
    creatorId: id,
    id,
    channelId: id,
    month,
    ...(Object.fromEntries(ASKED.map((region) => [region, percentPpm])) as Record<
      Exclude<Region, "unknown">,
      typeof percentPpm
    >),
  })
  .transform(({ creatorId, id, channelId, month, ...typed }, ctx) => {
    const known = Object.entries(typed).filter((entry): entry is [Region, number] => entry[1] !== null);
    if (known.length === 0) problem(ctx, ASKED[0] ?? "month", "Type the share of at least one region.");
    const shares: channels.AudienceShares = Object.fromEntries(known);
    return { creatorId, id, channelId, month, shares };
  });

export const recordChannel = action(newChannel, async (viewer, { creatorId, ...channel }) => {
  await channels.record(viewer, creatorId, channel);
  redirect(paths.channels(creatorId) as Route);
});

export const updateChannel = action(editedChannel, async (viewer, { creatorId, ...channel }) => ({
  message: "Saved.",
  value: await channels.update(viewer, creatorId, channel),
}));

export const recordAudience = action(audience, async (viewer, { creatorId, ...input }) => {
  await channels.recordAudience(viewer, creatorId, input);
  return { message: "Saved." };
});
