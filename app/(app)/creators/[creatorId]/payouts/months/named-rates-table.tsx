import { Missing, Money } from "@/components/money";
import { type Column, Table } from "@/components/ui/table";
import { rpm } from "@/lib/format";
import type { NamedRate } from "@/lib/model/named-rates";
import { DENOMINATOR_LABEL, type Denominator } from "@/lib/model/rpm";
import { streamName } from "@/lib/model/words";

const SHOWN = [
  "views",
  "qualified_views",
  "engaged_views",
  "ad_impressions",
] as const satisfies Denominator[];

/** What 1,000 of each denominator earned: one column a name. */
export function NamedRatesTable({ rows, locale }: { rows: readonly NamedRate[]; locale: string }) {
  const known = SHOWN.filter((per) => rows.some(({ rates }) => rates.some((rate) => rate.per === per)));
  return (
    <Table
      caption="Money per 1,000, by name"
      wide="desk"
      rows={rows}
      rowKey={({ id }) => id}
      columns={[
        {
          key: "stream",
          header: "Stream",
          lead: true,
          cell: (row) => (
            <>
              {streamName(row)} <span className="font-normal text-muted">{row.currency}</span>
            </>
          ),
        },
        {
          key: "money",
          header: "Earned",
          numeric: true,
          cell: ({ minor, currency }) => <Money minor={minor} currency={currency} locale={locale} />,
        },
        ...known.map(
          (per): Column<NamedRate> => ({
            key: per,
            header: `Per 1,000 ${DENOMINATOR_LABEL[per]}`,
            numeric: true,
            cell: ({ rates, currency }) => {
              const found = rates.find((rate) => rate.per === per);
              return found ? rpm(found.rate, currency, locale) : <Missing />;
            },
          }),
        ),
      ]}
    />
  );
}
