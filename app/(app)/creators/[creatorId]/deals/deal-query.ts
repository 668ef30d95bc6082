import type { DealFilter, DealSort } from "@/db/deals";
import { choiceParam, type Order, orderParam, type SearchParams, textParam } from "@/lib/list-query";
import { DEAL_STATES } from "@/lib/model/words";

const DEAL_SORTS = ["expected", "brand", "fee", "state"] as const satisfies readonly DealSort[];

/** What the address of the list asks for; what it does not understand is as if it was not there. */
export function dealQuery(params: SearchParams): { filter: DealFilter; order: Order<DealSort> } {
  const search = textParam(params, "search");
  const state = choiceParam(params, "state", DEAL_STATES);
  return {
    filter: { ...(search && { search }), ...(state && { state }) },
    order: orderParam(params, DEAL_SORTS, { sort: "expected", descending: true }),
  };
}
