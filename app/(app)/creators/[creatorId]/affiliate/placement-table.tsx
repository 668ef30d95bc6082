import type { Route } from "next";
import Link from "next/link";
import type { ReactNode } from "react";
import { Missing, Money, Rpm } from "@/components/money";
import { Table } from "@/components/ui/table";
import type { Placement } from "@/db/placements";
import { count, dayName } from "@/lib/format";
import { type Order, type SearchParams, sortOf } from "@/lib/list-query";
import { paidRate, perThousandViews } from "@/lib/model/placement";
import { paths } from "@/lib/paths";
import type { PlacementRow, PlacementSort } from "@/lib/placement-report";
import { percentText } from "../options";

type PlacementTableProps = {
  creatorId: string;
  rows: readonly PlacementRow<Placement>[];
  params: SearchParams;
  order: Order<PlacementSort>;
  locale: string;
  empty: ReactNode;
};

/** Offers beside each other: what each brought, in all and for 1,000 views of the same days. */
export function PlacementTable({ creatorId, rows, params, order, locale, empty }: PlacementTableProps) {
  const sort = (key: PlacementSort) => sortOf(paths.affiliate(creatorId), params, order, key);
  return (
    <Table
      caption="Placements"
      wide="desk"
      rows={rows}
      rowKey={({ placement, earned }) => `${placement.id} ${earned?.currency ?? ""}`}
      empty={empty}
      columns={[
        {
          key: "merchant",
          header: "Merchant",
          lead: true,
          sort: sort("merchant"),
          cell: ({ placement: { id, merchant, label } }) => (
            <>
              <Link href={paths.placement(creatorId, id) as Route} className="link wrap-anywhere">
                {merchant}
              </Link>
              {label && <span className="block text-xs font-normal text-muted wrap-anywhere">{label}</span>}
            </>
          ),
        },
        { key: "where", header: "Where", cell: ({ placement }) => placeOf(placement) },
        {
          key: "from",
          header: "From",
          className: "figures",
          sort: sort("from"),
          cell: ({ placement }) => dayName(placement.fromDay, locale),
        },
        {
          key: "orders",
          header: "Orders",
          numeric: true,
          sort: sort("orders"),
          cell: ({ earned }) => <Count value={earned?.orders} locale={locale} />,
        },
        {
          key: "clicks",
          header: "Clicks",
          numeric: true,
          cell: ({ earned }) => <Count value={earned?.clicks} locale={locale} />,
        },
        {
          key: "value",
          header: "Order value",
          numeric: true,
          cell: ({ earned }) =>
            earned ? (
              <Money minor={earned.valueMinor} currency={earned.currency} locale={locale} />
            ) : (
              <Missing />
            ),
        },
        {
          key: "rate",
          header: "Rate paid",
          numeric: true,
          sort: sort("rate"),
          cell: ({ placement: { ratePpm }, earned }) => (
            <>
              {(earned && paidRate(earned)?.concat(" %")) ?? <Missing />}
              {ratePpm !== null && (
                <span className="block text-xs text-muted">offered {percentText(ratePpm)} %</span>
              )}
            </>
          ),
        },
        {
          key: "commission",
          header: "Commission",
          numeric: true,
          sort: sort("commission"),
          cell: ({ earned }) =>
            earned ? <Money minor={earned.minor} currency={earned.currency} locale={locale} /> : <Missing />,
        },
        {
          key: "thousand",
          header: "Per 1,000 views",
          numeric: true,
          sort: sort("thousand"),
          cell: ({ earned, views }) =>
            earned ? (
              <Rpm
                value={perThousandViews(earned, views)}
                per="views"
                currency={earned.currency}
                locale={locale}
              />
            ) : (
              <Missing />
            ),
        },
      ]}
    />
  );
}

function Count({ value, locale }: { value: number | null | undefined; locale: string }) {
  return value === null || value === undefined ? <Missing /> : count(value, locale);
}

export function placeOf({ videoTitle, channelName }: Placement): string {
  return videoTitle ?? channelName ?? "The creator";
}
