import { Missing, Money } from "@/components/money";
import { Table } from "@/components/ui/table";
import { count, monthName, percent } from "@/lib/format";
import { cutOf } from "@/lib/model/makings";
import { STREAM_LABEL } from "@/lib/model/words";
import type { MonthLadder } from "@/lib/model/year";

/** Pieces that viewers bought, their price in all, what was credited, and so the platform's cut: newest first. */
export function UnitsTable({ cells, locale }: { cells: readonly MonthLadder[]; locale: string }) {
  return (
    <Table
      caption="Units by month"
      wide="desk"
      rows={[...cells].reverse()}
      rowKey={({ month, stream, currency }) => `${month} ${stream} ${currency}`}
      columns={[
        { key: "month", header: "Month", lead: true, cell: ({ month }) => monthName(month, locale, "short") },
        { key: "stream", header: "Stream", cell: ({ stream }) => STREAM_LABEL[stream] },
        {
          key: "units",
          header: "Units",
          numeric: true,
          cell: ({ made }) => count(made?.units, locale),
        },
        {
          key: "bought",
          header: "Paid by viewers",
          numeric: true,
          cell: ({ made, currency }) => <Money minor={made?.gross} currency={currency} locale={locale} />,
        },
        {
          key: "credited",
          header: "Credited of it",
          numeric: true,
          cell: ({ made, currency }) => <Money minor={made?.minor} currency={currency} locale={locale} />,
        },
        {
          key: "cut",
          header: "Cut, derived",
          numeric: true,
          cell: ({ made }) => {
            const cut = made && cutOf(made.gross, made.minor);
            return cut === null ? <Missing /> : percent(cut / 1_000_000, locale, 1);
          },
        },
      ]}
    />
  );
}
