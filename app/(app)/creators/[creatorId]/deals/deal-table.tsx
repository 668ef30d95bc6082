import type { Route } from "next";
import Link from "next/link";
import type { ReactNode } from "react";
import { Money } from "@/components/money";
import { Badge } from "@/components/ui/badge";
import { Table } from "@/components/ui/table";
import type { Deal, DealSort } from "@/db/deals";
import { dayName } from "@/lib/format";
import { type Order, type SearchParams, sortOf } from "@/lib/list-query";
import { STANDING_LABEL, type Standing } from "@/lib/model/deal";
import { paths } from "@/lib/paths";
import { channelName } from "../options";

type DealTableProps = {
  creatorId: string;
  rows: readonly Deal[];
  params: SearchParams;
  order: Order<DealSort>;
  locale: string;
  empty: ReactNode;
};

export function DealTable({ creatorId, rows, params, order, locale, empty }: DealTableProps) {
  const sort = (key: DealSort) => sortOf(paths.deals(creatorId), params, order, key);
  return (
    <Table
      caption="Deals"
      rows={rows}
      rowKey={({ id }) => id}
      empty={empty}
      columns={[
        {
          key: "brand",
          header: "Brand",
          lead: true,
          sort: sort("brand"),
          cell: ({ id, brand }) => (
            <Link href={paths.deal(creatorId, id) as Route} className="link wrap-anywhere">
              {brand}
            </Link>
          ),
        },
        {
          key: "expected",
          header: "Expected",
          className: "figures",
          sort: sort("expected"),
          cell: ({ expectedOn }) => dayName(expectedOn, locale),
        },
        { key: "channel", header: "Channel", cell: channelOf },
        {
          key: "state",
          header: "State",
          sort: sort("state"),
          cell: ({ state }) => <DealBadge standing={state} />,
        },
        {
          key: "fee",
          header: "Fee",
          numeric: true,
          sort: sort("fee"),
          cell: ({ feeMinor, currency }) => <Money minor={feeMinor} currency={currency} locale={locale} />,
        },
      ]}
    />
  );
}

export function channelOf({ channelName: name, platform }: Deal): string {
  return name && platform ? channelName({ name, platform }) : "No channel";
}

const TONE = {
  pitched: "neutral",
  agreed: "accent",
  delivered: "accent",
  invoiced: "accent",
  paid: "good",
  lost: "warn",
  late: "bad",
} as const satisfies Record<Standing, string>;

/** Booked states stand out: they are what a projection counts on. */
export function DealBadge({ standing }: { standing: Standing }) {
  return <Badge tone={TONE[standing]}>{STANDING_LABEL[standing]}</Badge>;
}
