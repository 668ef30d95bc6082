import type { ReactNode } from "react";
import { Money } from "@/components/money";
import { Badge } from "@/components/ui/badge";
import { type Column, Table } from "@/components/ui/table";
import { percent } from "@/lib/format";
import { cutOf } from "@/lib/model/makings";
import { STREAM_LABEL } from "@/lib/model/words";
import { type MonthLadder, netOf } from "@/lib/model/year";

type LadderTableProps = { cells: readonly MonthLadder[]; locale: string; empty: ReactNode };

/** A month's streams from gross to net, each currency by itself. A step that took nothing anywhere has no column. */
export function LadderTable({ cells, locale, empty }: LadderTableProps) {
  const amount = (
    key: string,
    header: string,
    minorOf: (cell: MonthLadder) => bigint | null | undefined,
    signed = true,
  ): Column<MonthLadder>[] =>
    signed && !cells.some((cell) => minorOf(cell))
      ? []
      : [
          {
            key,
            header,
            numeric: true,
            cell: (cell) => (
              <Money minor={minorOf(cell)} currency={cell.currency} locale={locale} signed={signed} />
            ),
          },
        ];
  return (
    <Table
      caption="Streams from gross to net"
      wide="desk"
      rows={cells}
      rowKey={({ stream, currency }) => `${stream} ${currency}`}
      empty={empty}
      columns={[
        {
          key: "stream",
          header: "Stream",
          lead: true,
          cell: (cell) => (
            <>
              {STREAM_LABEL[cell.stream]} <span className="font-normal text-muted">{cell.currency}</span>
              {cell.estimatedMinor !== 0n && (
                <span className="ml-1.5">
                  <Badge tone="accent">Estimated</Badge>
                </span>
              )}
            </>
          ),
        },
        ...amount("gross", "Gross", ({ made }) => made?.gross, false),
        {
          key: "platform",
          header: "Platform keeps",
          numeric: true,
          cell: ({ made, currency }) => (
            <>
              <Money minor={made?.platform} currency={currency} locale={locale} signed />
              {made && made.platform !== 0n && (
                <span className="ml-1.5 text-muted">
                  {shareOf(made.gross, made.gross + made.platform, locale)}
                </span>
              )}
            </>
          ),
        },
        ...amount("made", "Adjusted, refunded", ({ made }) => made && made.adjustment + made.refunded),
        ...amount(
          "credited",
          "Credited",
          ({ finalMinor, estimatedMinor }) => finalMinor + estimatedMinor,
          false,
        ),
        ...amount(
          "corrected",
          "Refunds, clawbacks",
          ({ refundMinor, clawbackMinor, adjustmentMinor }) => refundMinor + clawbackMinor + adjustmentMinor,
        ),
        ...amount("withheld", "Tax withheld", ({ withheldMinor }) => withheldMinor),
        ...amount("fees", "Fees", ({ feeMinor }) => feeMinor),
        ...amount("net", "Net", netOf, false),
      ]}
    />
  );
}

function shareOf(gross: bigint, rest: bigint, locale: string): string | null {
  const cut = cutOf(gross, rest);
  return cut === null ? null : percent(cut / 1_000_000, locale, 1);
}
