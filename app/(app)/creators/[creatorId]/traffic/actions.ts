"use server";

import { z } from "zod";
import * as traffic from "@/db/traffic";
import * as videos from "@/db/videos";
import {
  count,
  formatOrAll,
  id,
  optionalDay,
  optionalId,
  percentPpm,
  periodOf,
  problem,
  typed,
  watchHours,
} from "@/lib/input";
import { action } from "@/lib/server/action";

const SPANS = ["month", "day", "days"] as const;

const entry = z
  .object({
    creatorId: id,
    id,
    replaces: optionalId,
    channelId: optionalId,
    videoId: optionalId,
    format: formatOrAll,
    span: z.enum(SPANS, "Choose whether it is a month, a day or a period."),
    month: typed,
    day: optionalDay,
    fromDay: optionalDay,
    toDay: optionalDay,
    views: count,
    qualifiedViews: count,
    engagedViews: count,
    adImpressions: count,
    watchSeconds: watchHours,
    finishPpm: percentPpm,
    likes: count,
    comments: count,
    shares: count,
  })
  .transform(({ span, month, day, fromDay, toDay, channelId, ...rest }, ctx) => {
    if (!channelId && !rest.videoId) problem(ctx, "channelId", "Choose the channel that was watched.");
    const period = spanOf(ctx, span, { month, day, fromDay, toDay });
    return period ? { ...rest, channelId, ...period } : z.NEVER;
  });

type Days = Pick<Parameters<typeof periodOf>[1], "month" | "fromDay" | "toDay"> & {
  day: Parameters<typeof periodOf>[1]["fromDay"];
};

/** Only the fields of the chosen span count; the others keep what they held. */
function spanOf(ctx: z.RefinementCtx, span: (typeof SPANS)[number], typed: Days) {
  if (span === "month") return periodOf(ctx, { month: typed.month, fromDay: null, toDay: null });
  if (span === "days") {
    if (!typed.fromDay && !typed.toDay) return problem(ctx, "fromDay", "Choose the first and the last day.");
    return periodOf(ctx, typed);
  }
  return typed.day ? { fromDay: typed.day, toDay: typed.day } : problem(ctx, "day", "Choose the day.");
}

const change = z.object({ creatorId: id, id, entryId: id });

export const recordTraffic = action(entry, async (viewer, { creatorId, channelId, ...input }) => {
  // A video's traffic belongs to the video's channel, whatever the form said.
  const channel = input.videoId ? (await videos.get(viewer, creatorId, input.videoId)).channelId : channelId;
  await traffic.record(viewer, creatorId, { ...input, channelId: channel ?? "", origin: "typed" });
  return { message: input.replaces ? "Corrected." : "Saved.", value: { entryId: input.id } };
});

export const removeTraffic = action(change, async (viewer, { creatorId, id, entryId }) => {
  await traffic.remove(viewer, creatorId, { id, replaces: entryId });
  return { message: "Taken back.", value: { entryId: id } };
});

export const undoTraffic = action(change, async (viewer, { creatorId, id, entryId }) => {
  await traffic.undo(viewer, creatorId, { id, entryId });
  return { message: "Undone.", value: { entryId: id } };
});
