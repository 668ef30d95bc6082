import "server-only";
import { z } from "zod";
import type { NewPayout } from "@/db/payouts";
import type { NewPlacement } from "@/db/placements";
import {
  count,
  currency,
  day,
  id,
  line,
  moneyOf,
  note,
  optionalDay,
  optionalId,
  optionalLine,
  payoutState,
  percentPpm,
  periodOf,
  problem,
  typed,
} from "@/lib/input";
import { packMakings } from "@/lib/model/makings";
import type { Currency } from "@/lib/model/money";

type PlacementForm = { creatorId: string; placement: NewPlacement };

/** A placement as its form sends it: a new one, or a correction (`replaces`). */
export const placementForm = z
  .object({
    creatorId: id,
    id,
    replaces: optionalId,
    merchant: line("Name who pays the commission."),
    label: optionalLine(),
    videoId: optionalId,
    channelId: optionalId,
    rate: percentPpm,
    fromDay: day,
    toDay: optionalDay,
    dealId: optionalId,
    note,
  })
  .transform(({ creatorId, rate, ...form }, ctx): PlacementForm => {
    const { fromDay, toDay } = form;
    if (toDay && toDay < fromDay)
      return problem(ctx, "toDay", "The last day is before the first: swap them.") ?? z.NEVER;
    return { creatorId, placement: { ...form, ratePpm: rate } };
  });

type CommissionForm = { creatorId: string; placementId: string } & Pick<
  NewPayout,
  "id" | "fromDay" | "toDay" | "minor" | "currency" | "state" | "note" | "makings"
>;

/** What a placement earned in a period, with what it was counted from. */
export const commissionForm = z
  .object({
    creatorId: id,
    id,
    placementId: id,
    amount: typed,
    currency,
    month: typed,
    fromDay: optionalDay,
    toDay: optionalDay,
    state: payoutState,
    clicks: count,
    orders: count,
    value: typed,
    refunded: typed,
    rate: percentPpm,
    note,
  })
  .transform((form, ctx): CommissionForm => {
    const { creatorId, placementId, currency, state, clicks, orders, rate: ratePpm, note } = form;
    const minor = moneyOf(ctx, form.amount, currency, "amount");
    if (minor !== undefined && minor < 0n)
      problem(ctx, "amount", "An earning is not negative. Log a refund on the payout's own page.");
    const period = periodOf(ctx, form);
    const valueMinor = optionalMoney(ctx, form.value, currency, "value");
    const refundedMinor = optionalMoney(ctx, form.refunded, currency, "refunded");
    if (valueMinor != null && refundedMinor != null && refundedMinor > valueMinor)
      problem(ctx, "refunded", "More was refunded than was ordered: check both.");
    if (minor === undefined || !period || valueMinor === undefined || refundedMinor === undefined)
      return z.NEVER;
    const makings = packMakings(
      {
        ...{ of: "orders", clicks, orders, valueMinor, refundedMinor, ratePpm },
        ...{ adsValueMinor: null, adsRefundedMinor: null, adsRatePpm: null, taxableMinor: null },
      },
      currency,
    );
    return { creatorId, placementId, id: form.id, ...period, minor, currency, state, note, makings };
  });

/** Blank is unknown; undefined when it was refused. */
function optionalMoney(
  ctx: z.RefinementCtx,
  text: string,
  currency: Currency,
  name: string,
): bigint | null | undefined {
  if (text === "") return null;
  const minor = moneyOf(ctx, text, currency, name);
  return minor !== undefined && minor < 0n ? problem(ctx, name, "Type it without a minus.") : minor;
}
