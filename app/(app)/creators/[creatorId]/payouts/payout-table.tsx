import type { Route } from "next";
import Link from "next/link";
import type { ReactNode } from "react";
import { Money } from "@/components/money";
import { Badge } from "@/components/ui/badge";
import { Table } from "@/components/ui/table";
import type { Payout, PayoutSort } from "@/db/payouts";
import { type Order, type SearchParams, sortOf } from "@/lib/list-query";
import type { Currency } from "@/lib/model/money";
import { ENTRY_KIND_LABEL, STATE_LABEL, STREAM_LABEL } from "@/lib/model/words";
import { paths } from "@/lib/paths";
import { channelName } from "../options";
import { periodName } from "../period-name";

type PayoutTableProps = {
  creatorId: string;
  rows: readonly Payout[];
  params: SearchParams;
  order: Order<PayoutSort>;
  locale: string;
  showsNotes: boolean;
  empty: ReactNode;
};

export function PayoutTable(props: PayoutTableProps) {
  const { creatorId, rows, params, order, locale, showsNotes, empty } = props;
  const sort = (key: PayoutSort) => sortOf(paths.payouts(creatorId), params, order, key);
  return (
    <Table
      caption="Payouts"
      rows={rows}
      rowKey={(payout) => payout.id}
      empty={empty}
      columns={[
        {
          key: "stream",
          header: "Stream",
          lead: true,
          className: "sm:whitespace-nowrap",
          sort: sort("stream"),
          cell: (payout) => (
            <Link href={paths.payout(creatorId, payout.chainId) as Route} className="link">
              {payoutName(payout)}
            </Link>
          ),
        },
        {
          key: "period",
          header: "Earned",
          className: "figures",
          sort: sort("period"),
          cell: (payout) => periodName(payout, locale),
        },
        {
          key: "channel",
          header: "Channel",
          cell: (payout) =>
            payout.channelName && payout.platform
              ? channelName({ name: payout.channelName, platform: payout.platform })
              : "No channel",
        },
        ...(showsNotes
          ? [
              {
                key: "note",
                header: "Note",
                phone: "hidden" as const,
                cell: (payout: Payout) => <Note text={payout.note ?? ""} />,
              },
            ]
          : []),
        { key: "state", header: "State", cell: (payout) => <PayoutState payout={payout} /> },
        {
          key: "amount",
          header: "Amount",
          numeric: true,
          sort: sort("amount"),
          cell: (payout) => (
            <Money minor={payout.minor} currency={payout.currency as Currency} locale={locale} />
          ),
        },
      ]}
    />
  );
}

/** "Ads", or "Refund · Ads". */
export function payoutName({ kind, stream }: Payout): string {
  return kind === "earning" ? STREAM_LABEL[stream] : `${ENTRY_KIND_LABEL[kind]} · ${STREAM_LABEL[stream]}`;
}

/** How sure the amount is, and whether it has arrived. */
export function PayoutState({ payout }: { payout: Payout }) {
  return (
    <span className="inline-flex flex-wrap gap-1.5">
      <Badge tone={payout.state === "final" ? "neutral" : "accent"}>{STATE_LABEL[payout.state]}</Badge>
      {payout.kind === "earning" && payout.minor > 0n && <Paid payout={payout} />}
    </span>
  );
}

function Paid({ payout: { paidMinor, dueMinor } }: { payout: Payout }) {
  if (paidMinor === null || dueMinor === null) return null;
  if (paidMinor >= dueMinor) return <Badge tone="good">Paid</Badge>;
  return paidMinor > 0n ? <Badge tone="warn">Part paid</Badge> : null;
}

function Note({ text }: { text: string }) {
  return (
    <span className="block max-w-40 truncate text-muted" title={text || undefined}>
      {text}
    </span>
  );
}
