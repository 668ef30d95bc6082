import type { Route } from "next";
import Link from "next/link";
import { Money } from "@/components/money";
import { Badge } from "@/components/ui/badge";
import { EmptyState } from "@/components/ui/empty-state";
import { Table } from "@/components/ui/table";
import type { VideoIncome } from "@/db/videos";
import { ENTRY_KIND_LABEL, STATE_LABEL, STREAM_LABEL } from "@/lib/model/words";
import { paths } from "@/lib/paths";
import { periodName } from "../period-name";

type IncomeLinesProps = {
  creatorId: string;
  rows: readonly VideoIncome[];
  mayWrite: boolean;
  locale: string;
};

/** A video's lines of the payouts that count. */
export function IncomeLines({ creatorId, rows, mayWrite, locale }: IncomeLinesProps) {
  return (
    <Table
      caption="Income of this video"
      rows={rows}
      rowKey={({ payoutId }) => payoutId}
      empty={
        <EmptyState title="No income yet">
          {mayWrite
            ? "Log a payout for it, or split a payout by video under More."
            : "It appears here once a payout is split by video."}
        </EmptyState>
      }
      columns={[
        {
          key: "payout",
          header: "Payout",
          lead: true,
          cell: ({ chainId, kind, stream }) => (
            <Link href={paths.payout(creatorId, chainId) as Route} className="link">
              {kind === "earning"
                ? STREAM_LABEL[stream]
                : `${ENTRY_KIND_LABEL[kind]} · ${STREAM_LABEL[stream]}`}
            </Link>
          ),
        },
        { key: "earned", header: "Earned", cell: (line) => periodName(line, locale) },
        {
          key: "state",
          header: "State",
          cell: ({ state }) => (
            <Badge tone={state === "final" ? "neutral" : "accent"}>{STATE_LABEL[state]}</Badge>
          ),
        },
        {
          key: "amount",
          header: "Amount",
          numeric: true,
          cell: ({ minor, currency }) => <Money minor={minor} currency={currency} locale={locale} />,
        },
      ]}
    />
  );
}
