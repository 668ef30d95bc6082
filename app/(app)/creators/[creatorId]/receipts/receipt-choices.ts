import "server-only";
import type { Allocation, OpenPayout, Receipt } from "@/db/receipts";
import { money } from "@/lib/format";
import { decimalOf } from "@/lib/model/money";
import { STREAM_LABEL } from "@/lib/model/words";
import { periodName } from "../period-name";
import type { Payable, ReceiptDefaults } from "./receipt-form";

/** Enough for years of unpaid months; what is left over is paid by the next receipt. */
const OFFERED = 200;

/**
 * The open payouts, those in the receipt's likely currency before others, each oldest first. With `receipt`,
 * what it pays is open to it and stands in its place.
 */
export function payablesOf(
  open: readonly OpenPayout[],
  receipt: Receipt | null,
  currency: string,
  locale: string,
): Payable[] {
  const paying = new Map(receipt?.allocations.map((allocation) => [allocation.chainId, allocation]));
  const likely = open.filter((payout) => payout.currency === currency);
  const others = open.filter((payout) => payout.currency !== currency);
  const offered = [...likely, ...others].slice(0, OFFERED).map((payout) => {
    const own = paying.get(payout.chainId)?.minor ?? 0n;
    return payableOf(payout, payout.openMinor + own, own, locale);
  });
  const isOffered = new Set(offered.map(({ chainId }) => chainId));
  const paidInFull = (receipt?.allocations ?? [])
    .filter(({ chainId }) => !isOffered.has(chainId))
    .map((allocation) => payableOf(allocation, allocation.minor, allocation.minor, locale));
  return [...paidInFull, ...offered];
}

function payableOf(
  payout: Allocation | OpenPayout,
  openMinor: bigint,
  ownMinor: bigint,
  locale: string,
): Payable {
  const { chainId, currency } = payout;
  return {
    chainId,
    currency,
    openMinor,
    title: allocationName(payout, locale),
    open: money(openMinor, currency, locale),
    paid: ownMinor === 0n ? "" : decimalOf(ownMinor, currency),
  };
}

/** "Ads, Oct 2026, Mira Cooks". */
export function allocationName(
  payout: Pick<Allocation, "stream" | "channelName" | "fromDay" | "toDay">,
  locale: string,
): string {
  return [STREAM_LABEL[payout.stream], periodName(payout, locale), payout.channelName]
    .filter(Boolean)
    .join(", ");
}

export function correctionDefaults(receipt: Receipt): ReceiptDefaults {
  return {
    amount: decimalOf(receipt.minor, receipt.currency),
    currency: receipt.currency,
    fee: receipt.feeMinor === 0n ? "" : decimalOf(receipt.feeMinor, receipt.currency),
    rate: receipt.rate ?? "",
    receivedOn: receipt.receivedOn,
    note: receipt.note,
  };
}
