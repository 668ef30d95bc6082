/**
 * A product's commission over time, as TikTok Shop's rules have it (seller-us.tiktok.com, knowledge 6077860360177451,
 * 2025-09-26): a rise applies at once; a cut leaves everyone who promotes the product already at the old rate for a
 * number of days. Orders that came by paid ads have a rate of their own, without a lock.
 */
import { partOf } from "./money";
import { addDays, type Day } from "./month";

export type ProductRate = {
  readonly fromDay: Day;
  readonly ratePpm: number;
  /** null: orders by ads pay the ordinary rate */
  readonly adsRatePpm: number | null;
  /** how long a cut to this rate leaves those who promote already at the old one */
  readonly lockDays: number;
};

export const LOCK_DAYS = 30;

/**
 * The rate of an order in parts per million; null before the product had one. `promotedSince` is the first day of
 * a promotion that was never interrupted since: who takes the product down loses the lock. Null: not promoted.
 */
export function rateOn(
  rates: readonly ProductRate[],
  day: Day,
  { promotedSince, isByAds = false }: { promotedSince: Day | null; isByAds?: boolean },
): number | null {
  const steps = rates
    .filter(({ fromDay }) => fromDay <= day)
    .sort((a, b) => (a.fromDay < b.fromDay ? -1 : 1));
  const standing = steps.at(-1);
  if (!standing) return null;
  if (isByAds && standing.adsRatePpm !== null) return standing.adsRatePpm;
  const locked = steps.flatMap((step, index) => {
    const before = steps[index - 1];
    const isCut = before !== undefined && step.ratePpm < before.ratePpm;
    const isKept =
      promotedSince !== null && promotedSince < step.fromDay && day < addDays(step.fromDay, step.lockDays);
    return isCut && isKept ? [before.ratePpm] : [];
  });
  return Math.max(standing.ratePpm, ...locked);
}

/** The commission on orders, half to even: a partial refund cuts it, a full one voids it. */
export function commissionOn(order: { valueMinor: bigint; refundedMinor: bigint; ratePpm: number }): bigint {
  const left = order.valueMinor - order.refundedMinor;
  return left > 0n ? partOf(left, order.ratePpm) : 0n;
}

/** A rule of kind "commission" as it was kept; null for what is not one. */
export function readProductRate(fromDay: Day, body: Readonly<Record<string, unknown>>): ProductRate | null {
  const { ratePpm, adsRatePpm = null, lockDays = LOCK_DAYS } = body;
  if (!isPpm(ratePpm) || !(adsRatePpm === null || isPpm(adsRatePpm))) return null;
  if (!Number.isSafeInteger(lockDays) || Number(lockDays) < 0) return null;
  return { fromDay, ratePpm, adsRatePpm, lockDays: Number(lockDays) };
}

function isPpm(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0 && Number(value) <= 1_000_000;
}
