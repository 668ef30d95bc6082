"use server";

import { z } from "zod";
import * as rules from "@/db/rules";
import { id } from "@/lib/input";
import { action } from "@/lib/server/action";

/** `id` is the voiding entry's own; `entryId` the one that is taken back. */
const change = z.object({ creatorId: id, id, entryId: id });

export const removeRule = action(change, async (viewer, { creatorId, id, entryId }) => {
  await rules.remove(viewer, creatorId, { id, replaces: entryId });
  return { message: "Taken back.", value: { entryId: id } };
});

export const undoRule = action(change, async (viewer, { creatorId, id, entryId }) => {
  await rules.undo(viewer, creatorId, { id, entryId });
  return { message: "Undone.", value: { entryId: id } };
});
