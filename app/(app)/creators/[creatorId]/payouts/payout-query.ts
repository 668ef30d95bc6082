import type { PayoutFilter, PayoutSort } from "@/db/payouts";
import { isId } from "@/lib/input";
import { choiceParam, type Order, orderParam, type SearchParams, textParam } from "@/lib/list-query";
import { isMonth } from "@/lib/model/month";
import { KINDS_OF_ENTRY, STATES, STREAMS } from "@/lib/model/words";

export const PAYOUT_SORTS = [
  "period",
  "amount",
  "stream",
  "recorded",
] as const satisfies readonly PayoutSort[];
export const PAID = ["paid", "unpaid"] as const;

/** What the address of the list asks for; what it does not understand is as if it was not there. */
export function payoutQuery(params: SearchParams): { filter: PayoutFilter; order: Order<PayoutSort> } {
  const month = textParam(params, "month");
  const channelId = textParam(params, "channel");
  const search = textParam(params, "search");
  const stream = choiceParam(params, "stream", STREAMS);
  const state = choiceParam(params, "state", STATES);
  const kind = choiceParam(params, "kind", KINDS_OF_ENTRY);
  const paid = choiceParam(params, "paid", PAID);
  return {
    filter: {
      ...(month && isMonth(month) && { month }),
      ...(isId(channelId) && { channelId }),
      ...(search && { search }),
      ...(stream && { stream }),
      ...(state && { state }),
      ...(kind && { kind }),
      ...(paid && { paid }),
    },
    order: orderParam(params, PAYOUT_SORTS, { sort: "period", descending: true }),
  };
}
