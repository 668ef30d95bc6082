import { type Dated, type DealPayout, daysLate, dealMoney, dueDayOf } from "./deal";
import type { Day } from "./month";

/** A deal whose due day has passed and whose money has not arrived. */
export interface Overdue<Deal> {
  readonly deal: Deal;
  readonly dueOn: Day;
  /** from 1 */
  readonly days: number;
  /** what is missing of the fee, in the deal's currency */
  readonly openMinor: bigint;
}

/**
 * The deals that are late on a day, the latest first. `payouts` are those that name a deal by its chain; a deal that
 * they cover is not late, whatever its state says.
 */
export function overdue<
  Deal extends Dated & { readonly chainId: string; readonly feeMinor: bigint; readonly currency: string },
>(
  deals: readonly Deal[],
  payouts: readonly (DealPayout & { readonly dealId: string | null })[],
  today: Day,
): Overdue<Deal>[] {
  return deals
    .flatMap((deal) => {
      const days = daysLate(deal, today);
      const dueOn = dueDayOf(deal);
      if (days === 0 || !dueOn) return [];
      const money = dealMoney(
        deal,
        payouts.filter(({ dealId }) => dealId === deal.chainId),
      );
      return money.isCovered ? [] : [{ deal, dueOn, days, openMinor: money.openMinor }];
    })
    .sort((a, b) => b.days - a.days);
}
