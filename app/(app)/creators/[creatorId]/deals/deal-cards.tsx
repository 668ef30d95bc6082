import type { Route } from "next";
import Link from "next/link";
import { Missing, Money } from "@/components/money";
import { Card } from "@/components/ui/card";
import { Table } from "@/components/ui/table";
import type { Deal } from "@/db/deals";
import type { Payout } from "@/db/payouts";
import { count, dayName, money, percent, rpm } from "@/lib/format";
import { feeParts } from "@/lib/model/deal";
import type { Currency } from "@/lib/model/money";
import { RIGHT } from "@/lib/model/sponsorship-rates";
import { paths } from "@/lib/paths";
import { periodName } from "../period-name";
import type { Delivered } from "./delivered-data";

/** What the fee is made of; the parts add up to it. */
export function FeePartsCard({ deal, locale }: { deal: Deal; locale: string }) {
  if (deal.extras.length === 0) return null;
  const { contentMinor, extras } = feeParts(deal.feeMinor, deal.extras);
  const rows = [
    { name: "The content itself", days: null, minor: contentMinor },
    ...extras.map(({ what, days, minor }) => ({ name: RIGHT[what].label, days, minor })),
  ];
  return (
    <Card title="What the fee is for" flush>
      <Table
        caption="Parts of the fee"
        rows={rows}
        rowKey={({ name }) => name}
        columns={[
          { key: "part", header: "Part", lead: true, cell: ({ name }) => name, footer: "Fee" },
          {
            key: "days",
            header: "For",
            cell: ({ days }) => (days === null ? "" : `${count(days, locale)} days`),
          },
          {
            key: "amount",
            header: "Amount",
            numeric: true,
            cell: ({ minor }) => <Money minor={minor} currency={deal.currency} locale={locale} />,
            footer: <Money minor={deal.feeMinor} currency={deal.currency} locale={locale} />,
          },
        ]}
      />
    </Card>
  );
}

type DeliveredCardProps = { creatorId: string; deal: Deal; delivered: Delivered; locale: string };

/** What was promised and by which video it came, and what 1,000 of its views cost the brand against what was agreed. */
export function DeliveredCard({ creatorId, deal, delivered, locale }: DeliveredCardProps) {
  const { items, toDate, after30Days, rate } = delivered;
  if (items.length === 0 && deal.promisedViews === null) return null;
  const fee = money(deal.feeMinor, deal.currency, locale);
  const lines = [
    ["Agreed", deal.promisedViews, rate.agreed, "views were promised"],
    ["Delivered to date", toDate, rate.toDate, "views so far"],
    ["In the 30 days after publication", after30Days, rate.after30Days, "views in 30 days"],
  ] as const;
  return (
    <Card title="Promised and delivered" flush={items.length > 0}>
      {items.length > 0 && (
        <Table
          caption="Deliverables"
          rows={items}
          rowKey={({ id }) => id}
          columns={[
            { key: "what", header: "Deliverable", lead: true, cell: ({ what }) => what },
            { key: "due", header: "Due", cell: ({ dueOn }) => dayName(dueOn, locale) },
            {
              key: "delivered",
              header: "Delivered",
              cell: ({ deliveredOn }) => (deliveredOn ? dayName(deliveredOn, locale) : "Not yet"),
            },
            {
              key: "video",
              header: "Video",
              cell: ({ videoId, title }) =>
                videoId && title ? (
                  <Link href={paths.video(creatorId, videoId) as Route} className="link wrap-anywhere">
                    {title}
                  </Link>
                ) : (
                  <Missing word="no video yet" />
                ),
            },
            {
              key: "views",
              header: "Views to date",
              numeric: true,
              cell: ({ toDate }) => (toDate === null ? <Missing /> : count(toDate, locale)),
            },
            {
              key: "views30",
              header: "In 30 days",
              numeric: true,
              cell: ({ videoId, isRipe, after30Days }) =>
                after30Days !== null ? (
                  count(after30Days, locale)
                ) : videoId && !isRipe ? (
                  "Not over yet"
                ) : (
                  <Missing />
                ),
            },
          ]}
        />
      )}
      <dl
        className={`grid gap-2 text-sm ${items.length > 0 ? "border-t border-line px-5 py-4 max-md:px-4" : ""}`}
      >
        {lines.map(([name, views, value, words]) => (
          <div key={name} className="flex flex-wrap gap-x-3">
            <dt className="text-muted">{name}</dt>
            <dd>
              {value === null || views === null ? (
                <Missing />
              ) : (
                <>
                  <span className="figures font-medium">{rpm(value, deal.currency, locale)}</span> per 1,000
                  views
                  <span className="text-muted">
                    {" "}
                    = {fee} / {count(views, locale)} × 1,000 ({words})
                  </span>
                </>
              )}
            </dd>
          </div>
        ))}
        {deal.promisedViews !== null && toDate !== null && (
          <p className="text-muted">
            {percent(toDate / deal.promisedViews, locale)} of the promised views were delivered to date.
          </p>
        )}
      </dl>
    </Card>
  );
}

type DealPayoutsProps = { creatorId: string; payouts: readonly Payout[]; locale: string };

/** The ledger's entries of a deal: only they count as money. */
export function DealPayouts({ creatorId, payouts, locale }: DealPayoutsProps) {
  if (payouts.length === 0) return null;
  return (
    <Table
      caption="Payouts of this deal"
      rows={payouts}
      rowKey={({ id }) => id}
      columns={[
        {
          key: "payout",
          header: "Payout",
          lead: true,
          cell: (payout) => (
            <Link href={paths.payout(creatorId, payout.chainId) as Route} className="link">
              Earned {periodName(payout, locale)}
            </Link>
          ),
        },
        {
          key: "amount",
          header: "Amount",
          numeric: true,
          cell: ({ minor, currency }) => (
            <Money minor={minor} currency={currency as Currency} locale={locale} />
          ),
        },
        {
          key: "received",
          header: "Received",
          numeric: true,
          cell: ({ paidMinor, currency }) => (
            <Money minor={paidMinor} currency={currency as Currency} locale={locale} />
          ),
        },
      ]}
    />
  );
}
