"use server";

import { z } from "zod";
import * as deals from "@/db/deals";
import { currency, day, dealState, id, line, moneyOf, note, optionalId, problem, typed } from "@/lib/input";
import { action } from "@/lib/server/action";

const deal = z
  .object({
    creatorId: id,
    id,
    replaces: optionalId,
    brand: line("Name the brand."),
    fee: typed,
    currency,
    channelId: optionalId,
    expectedOn: day,
    state: dealState,
    note,
  })
  .transform(({ creatorId, fee, ...form }, ctx) => {
    const feeMinor = moneyOf(ctx, fee, form.currency, "fee");
    if (feeMinor !== undefined && feeMinor < 0n) problem(ctx, "fee", "Type the fee without a minus.");
    if (feeMinor === undefined) return z.NEVER;
    return { creatorId, deal: { ...form, feeMinor } };
  });

/** `id` is the new entry's own; `entryId` the one that is taken back. */
const change = z.object({ creatorId: id, id, entryId: id });

export const recordDeal = action(deal, async (viewer, { creatorId, deal }) => {
  const { id } = await deals.record(viewer, creatorId, deal);
  return { message: deal.replaces ? "Updated." : "Saved.", value: { entryId: id } };
});

export const removeDeal = action(change, async (viewer, { creatorId, id, entryId }) => {
  await deals.remove(viewer, creatorId, { id, replaces: entryId });
  return { message: "Taken back.", value: { entryId: id } };
});

export const undoDeal = action(change, async (viewer, { creatorId, id, entryId }) => {
  await deals.undo(viewer, creatorId, { id, entryId });
  return { message: "Undone.", value: { entryId: id } };
});
