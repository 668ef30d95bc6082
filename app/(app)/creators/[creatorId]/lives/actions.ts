"use server";

import { z } from "zod";
import * as lives from "@/db/lives";
import { count, day, id, note, optionalId, problem, watchHours } from "@/lib/input";
import { action } from "@/lib/server/action";

const live = z
  .object({
    creatorId: id,
    id,
    replaces: optionalId,
    channelId: z.uuid("Choose the channel it ran on."),
    videoId: optionalId,
    day,
    seconds: watchHours,
    units: count,
    viewers: count,
    note,
  })
  .transform(({ creatorId, seconds, ...entry }, ctx) => {
    if (seconds !== null && seconds > 0) return { creatorId, entry: { ...entry, seconds } };
    return problem(ctx, "seconds", "Type how long it lasted, like 2.5 or 2:30:00.") ?? z.NEVER;
  });

/** `id` is the voiding entry's own; `entryId` the one that is taken back. */
const change = z.object({ creatorId: id, id, entryId: id });

export const recordLive = action(live, async (viewer, { creatorId, entry }) => {
  const { id } = await lives.record(viewer, creatorId, entry);
  return { message: entry.replaces ? "Corrected." : "Saved.", value: { entryId: id } };
});

export const removeLive = action(change, async (viewer, { creatorId, id, entryId }) => {
  await lives.remove(viewer, creatorId, { id, replaces: entryId });
  return { message: "Taken back.", value: { entryId: id } };
});

export const undoLive = action(change, async (viewer, { creatorId, id, entryId }) => {
  await lives.undo(viewer, creatorId, { id, entryId });
  return { message: "Undone.", value: { entryId: id } };
});
