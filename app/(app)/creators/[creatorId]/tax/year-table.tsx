import type { ReactNode } from "react";
import { Missing, Money } from "@/components/money";
import { type Column, Table } from "@/components/ui/table";
import type { Currency } from "@/lib/model/money";
import { STREAM_LABEL } from "@/lib/model/words";
import type { Year } from "@/lib/model/year";

type YearTableProps = { year: Year; reporting: Currency; locale: string; empty: ReactNode };
type Row = Omit<Year["streams"][number], "stream"> & { name: string; isSum: boolean };

/** A year by stream and currency, each currency with its sum where it has more than one stream. */
export function YearTable({ year, reporting, locale, empty }: YearTableProps) {
  const streams = year.streams.map((row): Row => ({ ...row, name: STREAM_LABEL[row.stream], isSum: false }));
  const sums = year.currencies
    .filter(({ currency }) => streams.filter((row) => row.currency === currency).length > 1)
    .map((row): Row => ({ ...row, name: "Together", isSum: true }));
  const reported = sumOf(year.months.map(({ reportedMinor }) => reportedMinor));
  const amount = (key: string, header: string, minorOf: (row: Row) => bigint): Column<Row> => ({
    key,
    header,
    numeric: true,
    cell: (row) => <Money minor={minorOf(row)} currency={row.currency} locale={locale} />,
  });
  return (
    <Table
      caption="The year by stream and currency"
      wide="desk"
      rows={[...streams, ...sums]}
      rowKey={({ name, currency }) => `${name} ${currency}`}
      rowClassName={({ isSum }) => (isSum ? "font-medium" : undefined)}
      empty={empty}
      columns={[
        {
          key: "stream",
          header: "Stream",
          lead: true,
          cell: ({ name, currency }) => (
            <>
              {name} <span className="font-normal text-muted">{currency}</span>
            </>
          ),
          footer: `All in ${reporting}`,
        },
        amount("final", "Credited, final", ({ finalMinor }) => finalMinor),
        amount("estimated", "Estimated", ({ estimatedMinor }) => estimatedMinor),
        amount(
          "corrected",
          "Refunds, clawbacks",
          ({ refundMinor, clawbackMinor, adjustmentMinor }) => refundMinor + clawbackMinor + adjustmentMinor,
        ),
        amount("withheld", "Tax withheld", ({ withheldMinor }) => withheldMinor),
        amount("fees", "Fees", ({ feeMinor }) => feeMinor),
        amount("net", "Net", ({ netMinor }) => netMinor),
        amount("received", "Received", ({ receivedMinor }) => receivedMinor),
        {
          key: "reported",
          header: `Net in ${reporting}`,
          numeric: true,
          cell: ({ reportedMinor }) =>
            reportedMinor === null ? (
              <Missing word="a month has no exchange rate" />
            ) : (
              <Money minor={reportedMinor} currency={reporting} locale={locale} />
            ),
          footer:
            reported === null ? (
              <Missing word="a month has no exchange rate" />
            ) : (
              <Money minor={reported} currency={reporting} locale={locale} />
            ),
        },
      ]}
    />
  );
}

/** Unknown as soon as one part is. */
function sumOf(parts: readonly (bigint | null)[]): bigint | null {
  return parts.reduce<bigint | null>((sum, part) => (sum === null || part === null ? null : sum + part), 0n);
}
