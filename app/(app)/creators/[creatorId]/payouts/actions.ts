"use server";

import { z } from "zod";
import * as payouts from "@/db/payouts";
import { id } from "@/lib/input";
import { action } from "@/lib/server/action";
import { askFit } from "./ask-fit";
import { askUnit } from "./ask-unit";
import { payoutForm } from "./input";

/** `id` is the voiding entry's own; `entryId` the one that is taken back. */
const change = z.object({ creatorId: id, id, entryId: id });

export const recordPayout = action(payoutForm, async (viewer, { creatorId, entry, sure }) => {
  await askUnit(viewer, creatorId, entry, sure);
  await askFit(viewer, creatorId, entry, sure);
  const { id } = await payouts.record(viewer, creatorId, entry);
  return { message: entry.replaces ? "Corrected." : "Saved.", value: { entryId: id } };
});

export const removePayout = action(change, async (viewer, { creatorId, id, entryId }) => {
  await payouts.remove(viewer, creatorId, { id, replaces: entryId });
  return { message: "Taken back.", value: { entryId: id } };
});

export const undoPayout = action(change, async (viewer, { creatorId, id, entryId }) => {
  await payouts.undo(viewer, creatorId, { id, entryId });
  return { message: "Undone.", value: { entryId: id } };
});
