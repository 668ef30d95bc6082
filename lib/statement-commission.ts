import type { Currency } from "./model/money";
import type { StatementFacts } from "./model/statement";
import type { StatementSection } from "./report/statement";
import { type Conversion, cash, column, currenciesOf, section, sumOf } from "./statement-tables";

/** What one party takes, as booked in the months of a statement. */
export type CommissionShare = {
  /** an agency, one of its managers, somebody else by its terms */
  readonly party: string;
  /** what the terms call it */
  readonly claim: string;
  readonly currency: Currency;
  readonly accruedMinor: bigint;
  /** of that, what is due because the payouts were paid */
  readonly dueMinor: bigint;
};

/** From gross to net, currency by currency; null where nobody takes anything. */
export function commissionSection(
  { cells }: StatementFacts,
  { reporting }: Conversion,
  shares: readonly CommissionShare[],
): StatementSection | null {
  if (shares.length === 0) return null;
  const grossOf = (currency: Currency) => sumOf(cells.filter((cell) => cell.currency === currency));
  const takenOf = (currency: Currency) =>
    shares.reduce((sum, share) => sum + (share.currency === currency ? share.accruedMinor : 0n), 0n);
  const currencies = currenciesOf([...cells, ...shares], reporting);
  return section("commission", {
    note: "Of everything booked in these months, adjustments included. Due: of payouts that were paid.",
    columns: [
      column("party", "Who"),
      column("claim", "For what"),
      column("amount", "Amount", "money"),
      column("due", "Due", "money"),
    ],
    rows: currencies.flatMap((currency) => [
      { party: `Gross in ${currency}`, amount: cash(grossOf(currency), currency) },
      ...shares
        .filter((share) => share.currency === currency)
        .map(({ party, claim, accruedMinor, dueMinor }) => ({
          ...{ party, claim },
          amount: cash(-accruedMinor, currency),
          due: cash(-dueMinor, currency),
        })),
    ]),
    totals: currencies.map((currency) => ({
      party: `Net in ${currency}`,
      amount: cash(grossOf(currency) - takenOf(currency), currency),
    })),
    empty: "",
  });
}
