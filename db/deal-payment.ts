/** A deal's money arrives: its payout, its receipt and its last state, in one transaction. */
import { AppError } from "../lib/errors";
import type { Viewer } from "../lib/model/access";
import { dealMoney } from "../lib/model/deal";
import { decimalOf } from "../lib/model/money";
import { type Day, isDay } from "../lib/model/month";
import { note as audit } from "./audit";
import { transaction } from "./client";
import * as deals from "./deals";
import { idBeside } from "./once";
import * as payouts from "./payouts";
import * as receipts from "./receipts";
import { demand } from "./scope";

export interface DealPayment {
  /** made by the browser; the rows it makes have ids beside it */
  id: string;
  /** the deal's newest entry */
  entryId: string;
  receivedOn: Day;
  /** what arrived, in the deal's currency; above 0 */
  minor: bigint;
  /** what the bank kept of it, from 0 */
  feeMinor: bigint;
}

/** More payouts than a deal ever has. */
const MOST = 1_000;

/**
 * Records what arrived for a deal. What of the fee no payout says yet becomes a final sponsorship payout on the day the
 * deal is expected, and the receipt pays what is open, oldest first. A deal that is then covered is paid; one that is
 * paid in part stays where it is. The same id again changes nothing.
 * Errors: invalid by field, also for more than is open; not_found for a deal of somebody else; conflict when the deal
 * was changed meanwhile.
 */
export function pay(
  viewer: Viewer,
  creatorId: string,
  payment: DealPayment,
): Promise<{ id: string; isPaid: boolean }> {
  return transaction(viewer, async () => {
    await demand(viewer, creatorId, "write");
    const { id, entryId, receivedOn, minor, feeMinor } = payment;
    check(payment);
    const deal = await deals.get(viewer, creatorId, entryId);
    const { chainId, channelId, currency, expectedOn, brand } = deal;
    const logged = await payoutsOf(viewer, creatorId, chainId);
    const receiptId = idBeside(id, "receipt");
    if (await isThere(receipts.get(viewer, creatorId, receiptId)))
      return { id, isPaid: dealMoney(deal, logged).isCovered };
    const newest = (await deals.history(viewer, creatorId, entryId)).at(-1);
    if (newest?.id !== entryId || newest.isVoid)
      throw new AppError(
        "conflict",
        "This deal was changed in the meantime. Reload the page, then record it there.",
      );
    const missing = deal.feeMinor - dealMoney(deal, logged).loggedMinor;
    const body = {
      channelId,
      format: "all",
      stream: "sponsorship",
      kind: "earning",
      state: "final",
    } as const;
    if (missing > 0n && logged.every((payout) => payout.currency === currency))
      await payouts.record(viewer, creatorId, {
        ...{ id: idBeside(id, "payout"), ...body, fromDay: expectedOn, toDay: expectedOn },
        ...{ minor: missing, currency, note: brand, dealId: chainId },
      });
    const open = (await payoutsOf(viewer, creatorId, chainId)).filter(
      (payout) => payout.currency === currency,
    );
    let rest = minor + feeMinor;
    const allocations = open.flatMap(({ chainId: payoutChain, dueMinor, paidMinor }) => {
      const lacks = (dueMinor ?? 0n) - (paidMinor ?? 0n);
      const part = lacks < rest ? lacks : rest;
      if (part <= 0n) return [];
      rest -= part;
      return [{ chainId: payoutChain, minor: part }];
    });
    if (rest > 0n) {
      const wanted = decimalOf(minor + feeMinor - rest, currency);
      throw invalid({
        amount: `Only ${wanted} ${currency} of this deal is open. Type that, and log the rest as a payout of its own.`,
      });
    }
    await receipts.record(viewer, creatorId, {
      ...{ id: receiptId, receivedOn, minor, currency, feeMinor, rate: null, note: brand, allocations },
    });
    await audit(creatorId, "deal.payment", chainId, { receipt: receiptId });
    const { isCovered } = dealMoney(deal, await payoutsOf(viewer, creatorId, chainId));
    if (isCovered && deal.state !== "paid")
      await deals.record(viewer, creatorId, { ...deals.bodyOf(deal), state: "paid", id, replaces: entryId });
    return { id, isPaid: isCovered };
  });
}

/** Undoes a payment as a whole: receipt, payout and state are as before, the history keeps both. */
export function undoPayment(
  viewer: Viewer,
  creatorId: string,
  { id, entryId: paymentId }: { id: string; entryId: string },
): Promise<void> {
  return transaction(viewer, async () => {
    await demand(viewer, creatorId, "write");
    const receiptId = idBeside(paymentId, "receipt");
    const payoutId = idBeside(paymentId, "payout");
    await receipts.undo(viewer, creatorId, { id: idBeside(id, "receipt"), entryId: receiptId });
    if (await isThere(payouts.get(viewer, creatorId, payoutId)))
      await payouts.undo(viewer, creatorId, { id: idBeside(id, "payout"), entryId: payoutId });
    if (await isThere(deals.get(viewer, creatorId, paymentId)))
      await deals.undo(viewer, creatorId, { id, entryId: paymentId });
  });
}

async function payoutsOf(viewer: Viewer, creatorId: string, dealId: string): Promise<payouts.Payout[]> {
  const filter = { dealId, kind: "earning" } as const;
  const { rows } = await payouts.list(viewer, creatorId, { filter, descending: false, size: MOST });
  return rows;
}

async function isThere(reading: Promise<unknown>): Promise<boolean> {
  try {
    await reading;
    return true;
  } catch (error) {
    if (error instanceof AppError && error.code === "not_found") return false;
    throw error;
  }
}

function check({ receivedOn, minor, feeMinor }: DealPayment): void {
  const fields: Record<string, string> = {};
  if (!isDay(receivedOn)) fields.receivedOn = "Write the day as 2026-01-31.";
  if (minor <= 0n) fields.amount = "Write what arrived as an amount above 0.";
  if (feeMinor < 0n) fields.fee = "Write the fee as an amount from 0, or leave it empty.";
  if (Object.keys(fields).length > 0) throw invalid(fields);
}

function invalid(fields: Record<string, string>): AppError {
  return new AppError("invalid", "Please look at the marked fields.", fields);
}
