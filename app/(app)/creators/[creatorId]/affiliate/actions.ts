"use server";

import { z } from "zod";
import * as payouts from "@/db/payouts";
import * as placements from "@/db/placements";
import { id } from "@/lib/input";
import { action } from "@/lib/server/action";
import { commissionForm, placementForm } from "./input";

/** `id` is the new entry's own; `entryId` the one that is taken back. */
const change = z.object({ creatorId: id, id, entryId: id });

export const recordPlacement = action(placementForm, async (viewer, { creatorId, placement }) => {
  const { id } = await placements.record(viewer, creatorId, placement);
  return { message: placement.replaces ? "Corrected." : "Saved.", value: { entryId: id } };
});

export const removePlacement = action(change, async (viewer, { creatorId, id, entryId }) => {
  await placements.remove(viewer, creatorId, { id, replaces: entryId });
  return { message: "Taken back.", value: { entryId: id } };
});

export const undoPlacement = action(change, async (viewer, { creatorId, id, entryId }) => {
  await placements.undo(viewer, creatorId, { id, entryId });
  return { message: "Undone.", value: { entryId: id } };
});

/** What a placement earned is a payout like any other; here it begins with what the placement says. */
export const recordCommission = action(
  commissionForm,
  async (viewer, { creatorId, placementId, ...commission }) => {
    const placement = (await placements.history(viewer, creatorId, placementId)).at(-1);
    const { id } = await payouts.record(viewer, creatorId, {
      ...commission,
      channelId: placement?.channelId ?? null,
      placementId: placement?.chainId ?? placementId,
      format: "all",
      stream: "affiliate",
      kind: "earning",
    });
    return { message: "Saved.", value: { entryId: id } };
  },
);

export const undoCommission = action(change, async (viewer, { creatorId, id, entryId }) => {
  await payouts.undo(viewer, creatorId, { id, entryId });
  return { message: "Undone.", value: { entryId: id } };
});
