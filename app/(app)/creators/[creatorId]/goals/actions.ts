"use server";

import { z } from "zod";
import * as goals from "@/db/goals";
import { currency, id, moneyOf, month, note, optionalId, optionalStream, typed } from "@/lib/input";
import { action } from "@/lib/server/action";

const goal = z
  .object({
    creatorId: id,
    id,
    replaces: optionalId,
    fromMonth: month,
    toMonth: month,
    stream: optionalStream,
    amount: typed,
    currency,
    note,
  })
  .transform(({ creatorId, amount, ...form }, ctx) => {
    const minor = moneyOf(ctx, amount, form.currency, "amount");
    return minor === undefined ? z.NEVER : { creatorId, goal: { ...form, minor } };
  });

/** `id` is the new entry's own; `entryId` the one that is taken back. */
const change = z.object({ creatorId: id, id, entryId: id });

export const recordGoal = action(goal, async (viewer, { creatorId, goal }) => {
  const { id } = await goals.record(viewer, creatorId, goal);
  return { message: goal.replaces ? "Updated." : "Saved.", value: { entryId: id } };
});

export const removeGoal = action(change, async (viewer, { creatorId, id, entryId }) => {
  await goals.remove(viewer, creatorId, { id, replaces: entryId });
  return { message: "Taken back.", value: { entryId: id } };
});

export const undoGoal = action(change, async (viewer, { creatorId, id, entryId }) => {
  await goals.undo(viewer, creatorId, { id, entryId });
  return { message: "Undone.", value: { entryId: id } };
});
