"use server";

import { z } from "zod";
import * as creators from "@/db/creators";
import * as dealPayment from "@/db/deal-payment";
import * as deals from "@/db/deals";
import * as rules from "@/db/rules";
import { currency, day, id, moneyOf, note, problem, typed } from "@/lib/input";
import { LETTERHEAD, letterheadBody } from "@/lib/model/letterhead";
import { DEAL_STATE_LABEL } from "@/lib/model/words";
import { action } from "@/lib/server/action";
import { dealForm } from "./input";

/** `id` is the new entry's own; `entryId` the one that is taken back or moved on. */
const change = z.object({ creatorId: id, id, entryId: id });

export const recordDeal = action(dealForm, async (viewer, { creatorId, deal }) => {
  const { id } = await deals.record(viewer, creatorId, deal);
  return { message: deal.replaces ? "Updated." : "Saved.", value: { entryId: id } };
});

export const moveDeal = action(change, async (viewer, { creatorId, id, entryId }) => {
  const { today } = await creators.get(viewer, creatorId);
  const { state } = await deals.moveOn(viewer, creatorId, { id, entryId, today });
  return { message: `${DEAL_STATE_LABEL[state]}.`, value: { entryId: id } };
});

export const removeDeal = action(change, async (viewer, { creatorId, id, entryId }) => {
  await deals.remove(viewer, creatorId, { id, replaces: entryId });
  return { message: "Taken back.", value: { entryId: id } };
});

export const undoDeal = action(change, async (viewer, { creatorId, id, entryId }) => {
  await deals.undo(viewer, creatorId, { id, entryId });
  return { message: "Undone.", value: { entryId: id } };
});

const payment = z
  .object({ creatorId: id, id, entryId: id, amount: typed, currency, fee: typed, receivedOn: day })
  .transform(({ creatorId, amount, currency, fee, ...form }, ctx) => {
    const minor = moneyOf(ctx, amount, currency, "amount");
    const feeMinor = fee === "" ? 0n : moneyOf(ctx, fee, currency, "fee");
    if (minor !== undefined && minor <= 0n) problem(ctx, "amount", "Type what arrived, without a minus.");
    if (feeMinor !== undefined && feeMinor < 0n) problem(ctx, "fee", "Type the fee without a minus.");
    if (minor === undefined || feeMinor === undefined) return z.NEVER;
    return { creatorId, payment: { ...form, minor, feeMinor } };
  });

export const payDeal = action(payment, async (viewer, { creatorId, payment }) => {
  const { id, isPaid } = await dealPayment.pay(viewer, creatorId, payment);
  return { message: isPaid ? "Paid." : "Saved: a part of it is still open.", value: { entryId: id } };
});

export const undoDealPayment = action(change, async (viewer, { creatorId, id, entryId }) => {
  await dealPayment.undoPayment(viewer, creatorId, { id, entryId });
  return { message: "Undone.", value: { entryId: id } };
});

const letterhead = z.object({ creatorId: id, id, from: note, payTo: note });

export const saveLetterhead = action(letterhead, async (viewer, { creatorId, id, ...head }) => {
  const { today } = await creators.get(viewer, creatorId);
  const body = letterheadBody(head);
  await rules.record(viewer, creatorId, { id, ...LETTERHEAD, fromDay: today, body, source: "" });
  return { message: "Saved: invoices from today on carry it.", value: { entryId: id } };
});

export const undoLetterhead = action(change, async (viewer, { creatorId, id, entryId }) => {
  await rules.undo(viewer, creatorId, { id, entryId });
  return { message: "Undone.", value: { entryId: id } };
});
