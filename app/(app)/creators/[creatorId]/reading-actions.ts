"use server";

import { z } from "zod";
import * as readings from "@/db/readings";
import { count, day, id, optionalId, problem } from "@/lib/input";
import { action } from "@/lib/server/action";

const reading = z
  .object({
    creatorId: id,
    id,
    channelId: id,
    videoId: optionalId,
    day,
    views: count,
    likes: count,
    comments: count,
    shares: count,
    followers: count,
  })
  .superRefine(({ views, likes, comments, shares, followers }, ctx) => {
    if ([views, likes, comments, shares, followers].every((value) => value === null))
      problem(ctx, "views", "Type at least one number, as it stands today.");
  });

const change = z.object({ creatorId: id, id, entryId: id });

export const recordReading = action(reading, async (viewer, { creatorId, ...input }) => {
  const { channelId, videoId } = input;
  const { rows } = await readings.list(viewer, creatorId, { filter: { channelId, videoId }, size: 1_000 });
  const isFirstOfDay = !rows.some((row) => row.day === input.day);
  const { id } = await readings.record(viewer, creatorId, input);
  // Taking back a second reading of a day would take the first one with it: that is corrected by a third.
  return { message: "Saved.", ...(isFirstOfDay && { value: { entryId: id } }) };
});

export const removeReading = action(change, async (viewer, { creatorId, id, entryId }) => {
  await readings.remove(viewer, creatorId, { id, replaces: entryId });
  return { message: "Removed.", value: { entryId: id } };
});
