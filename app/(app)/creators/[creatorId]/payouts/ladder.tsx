import { Money } from "@/components/money";
import { Table } from "@/components/ui/table";
import { percent } from "@/lib/format";
import type { Currency } from "@/lib/model/money";
import type { LadderStep } from "@/lib/model/payout-ladder";

const STEP_LABEL: Readonly<Record<LadderStep["what"], string>> = {
  gross: "Gross",
  platform: "Platform keeps",
  adjustment: "Adjustments",
  refunded: "Refunded orders",
  unexplained: "Not explained by its making",
  credited: "Credited",
  refund: "Refunds",
  clawback: "Clawbacks",
  withheld: "Tax withheld",
  fee: "Fees",
  net: "Net",
};
const SUMS: ReadonlySet<LadderStep["what"]> = new Set(["gross", "credited", "net"]);

/** One payout from gross to net, step by step. */
export function Ladder({
  steps,
  currency,
  locale,
}: {
  steps: readonly LadderStep[];
  currency: Currency;
  locale: string;
}) {
  return (
    <Table
      caption="From gross to net"
      rows={steps}
      rowKey={(step) => `${step.what} ${steps.indexOf(step)}`}
      rowClassName={({ what }) => (SUMS.has(what) ? "font-medium" : undefined)}
      columns={[
        {
          key: "step",
          header: "Step",
          lead: true,
          cell: ({ what, ppm, isDerived }) => (
            <>
              <span className={SUMS.has(what) ? undefined : "font-normal text-muted"}>
                {STEP_LABEL[what]}
              </span>
              {ppm !== undefined && (
                <span className="ml-1.5 font-normal text-muted">
                  {percent(ppm / 1_000_000, locale, 2)}
                  {isDerived && ", derived from the amount"}
                </span>
              )}
            </>
          ),
        },
        {
          key: "amount",
          header: "Amount",
          numeric: true,
          cell: ({ what, minor }) => (
            <Money minor={minor} currency={currency} locale={locale} signed={!SUMS.has(what)} />
          ),
        },
      ]}
    />
  );
}
