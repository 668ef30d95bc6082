"use server";

import { z } from "zod";
import * as receipts from "@/db/receipts";
import {
  currency,
  day,
  id,
  moneyOf,
  note,
  optionalId,
  optionalRate,
  problem,
  rowsOf,
  typed,
} from "@/lib/input";
import { isCurrency } from "@/lib/model/money";
import { action } from "@/lib/server/action";

const receipt = z
  .looseObject({
    creatorId: id,
    id,
    replaces: optionalId,
    receivedOn: day,
    amount: typed,
    currency,
    fee: typed,
    rate: optionalRate,
    note,
  })
  .transform((form, ctx) => {
    const { creatorId, id, replaces, receivedOn, currency, rate, note } = form;
    const minor = moneyOf(ctx, form.amount, currency, "amount");
    const feeMinor = form.fee === "" ? 0n : moneyOf(ctx, form.fee, currency, "fee");
    if (minor !== undefined && minor <= 0n)
      problem(
        ctx,
        "amount",
        "Money that arrived is more than 0. Money taken back is a refund under Payouts.",
      );
    if (feeMinor !== undefined && feeMinor < 0n) problem(ctx, "fee", "Type the fee without a minus.");
    const allocations = rowsOf(form, "pay", ["amount"]).flatMap((row) => {
      const chainId = String(form[`${row.at}-chainId`] ?? "");
      const code = String(form[`${row.at}-currency`] ?? "");
      if (!z.uuid().safeParse(chainId).success || !isCurrency(code))
        return (
          problem(ctx, `${row.at}-amount`, "This form is not complete: reload the page and try again.") ?? []
        );
      const paid = moneyOf(ctx, row.amount, code, `${row.at}-amount`);
      if (paid === undefined || paid === 0n) return [];
      if (paid < 0n) return problem(ctx, `${row.at}-amount`, "Type what was paid, without a minus.") ?? [];
      return [{ chainId, minor: paid }];
    });
    if (minor === undefined || feeMinor === undefined) return z.NEVER;
    return {
      creatorId,
      receipt: { id, replaces, receivedOn, minor, currency, feeMinor, rate, note, allocations },
    };
  });

const change = z.object({ creatorId: id, id, entryId: id });

export const recordReceipt = action(receipt, async (viewer, { creatorId, receipt }) => {
  const { id } = await receipts.record(viewer, creatorId, receipt);
  return { message: receipt.replaces ? "Corrected." : "Saved.", value: { entryId: id } };
});

export const removeReceipt = action(change, async (viewer, { creatorId, id, entryId }) => {
  await receipts.remove(viewer, creatorId, { id, replaces: entryId });
  return { message: "Taken back.", value: { entryId: id } };
});

export const undoReceipt = action(change, async (viewer, { creatorId, id, entryId }) => {
  await receipts.undo(viewer, creatorId, { id, entryId });
  return { message: "Undone.", value: { entryId: id } };
});
