import { Missing, Money } from "@/components/money";
import { Table } from "@/components/ui/table";
import type { LiveMonth } from "@/db/lives";
import { count, decimal, monthName } from "@/lib/format";
import { perHour, perUnit } from "@/lib/model/lives";
import type { MonthLadder } from "@/lib/model/year";

type Row = { live: LiveMonth; gifts: MonthLadder | null };

/** A month's hours and diamonds beside the gifts that were credited for it; each currency a row of its own. */
export function LiveMonths({
  months,
  money,
  locale,
}: {
  months: readonly LiveMonth[];
  money: readonly MonthLadder[];
  locale: string;
}) {
  const rows = months.flatMap((live): Row[] => {
    const gifts = money.filter(({ month, stream }) => month === live.month && stream === "gift");
    return gifts.length > 0 ? gifts.map((each) => ({ live, gifts: each })) : [{ live, gifts: null }];
  });
  return (
    <Table
      caption="LIVE by month"
      rows={rows}
      rowKey={({ live, gifts }) => `${live.month} ${gifts?.currency ?? ""}`}
      columns={[
        {
          key: "month",
          header: "Month",
          lead: true,
          cell: ({ live }) => monthName(live.month, locale, "short"),
        },
        {
          key: "sessions",
          header: "Sessions",
          numeric: true,
          cell: ({ live }) => count(live.sessions, locale),
        },
        {
          key: "hours",
          header: "Hours",
          numeric: true,
          cell: ({ live }) => decimal(Number(live.seconds) / 3_600, locale, 1),
        },
        {
          key: "units",
          header: "Diamonds",
          numeric: true,
          cell: ({ live: { units, unknown } }) => (
            <>
              {units === null ? <Missing /> : count(units, locale)}
              {units !== null && unknown > 0 && <span className="ml-1.5 text-muted">{unknown} unknown</span>}
            </>
          ),
        },
        {
          key: "gifts",
          header: "Gifts credited",
          numeric: true,
          cell: ({ gifts }) =>
            gifts ? (
              <Money minor={creditedOf(gifts)} currency={gifts.currency} locale={locale} />
            ) : (
              <Missing />
            ),
        },
        {
          key: "hour",
          header: "Per hour",
          numeric: true,
          cell: ({ live, gifts }) =>
            gifts ? (
              <Money
                minor={perHour(creditedOf(gifts), live.seconds)}
                currency={gifts.currency}
                locale={locale}
              />
            ) : (
              <Missing />
            ),
        },
        {
          key: "unit",
          header: "Per diamond",
          numeric: true,
          cell: ({ live: { units, unknown }, gifts }) => {
            // Money of all sessions over the diamonds of some would be too much for each.
            const each =
              gifts && units !== null && unknown === 0 && perUnit(creditedOf(gifts), units, gifts.currency);
            return each ? `${each} ${gifts.currency}` : <Missing />;
          },
        },
      ]}
    />
  );
}

function creditedOf({ finalMinor, estimatedMinor }: MonthLadder): bigint {
  return finalMinor + estimatedMinor;
}
