import { Percent } from "lucide";
import type { Metadata, Route } from "next";
import Link from "next/link";
import { Money } from "@/components/money";
import { ButtonLink } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { Icon } from "@/components/ui/icon";
import { PageHeader } from "@/components/ui/page-header";
import { Stat, StatRow } from "@/components/ui/stat";
import { type Column, Table } from "@/components/ui/table";
import * as commissions from "@/db/commissions";
import { monthName } from "@/lib/format";
import { listHref, type SearchParams } from "@/lib/list-query";
import type { Currency } from "@/lib/model/money";
import { paths } from "@/lib/paths";
import { openAgency } from "../open-agency";
import { CommissionTabs } from "./commission-tabs";
import { YearMenu, yearOf } from "./year";

export const metadata: Metadata = { title: "Commission" };

type OwedPageProps = { params: Promise<{ agencyId: string }>; searchParams: Promise<SearchParams> };

/** What the agency and its managers are owed, by creator and by month. */
export default async function OwedPage({ params, searchParams }: OwedPageProps) {
  const { viewer, agency, locale, isAdmin } = await openAgency((await params).agencyId);
  const { year, range } = yearOf(await searchParams);
  const [creators, months] = await Promise.all([
    commissions.byCreator(viewer, agency.id, range),
    commissions.byMonth(viewer, agency.id, range),
  ]);
  const path = paths.agencyCommission(agency.id);
  return (
    <>
      <PageHeader
        title="Commission"
        note={`What ${agency.name} and its managers are owed. What others take by your terms stands in the ledger.`}
        actions={<YearMenu path={path} year={year} />}
      />
      <CommissionTabs agencyId={agency.id} current="owed" />
      {creators.length === 0 ? (
        <EmptyState
          icon={<Icon of={Percent} />}
          title="Nothing is owed yet"
          actions={
            isAdmin && (
              <ButtonLink href={paths.agencyCommissionTerms(agency.id)} variant="primary">
                Propose terms
              </ButtonLink>
            )
          }
        >
          Once a creator has accepted terms, commission accrues with each payout and falls due as it arrives.
        </EmptyState>
      ) : (
        <div className="grid gap-6">
          {totalsOf(creators).map((total) => (
            <StatRow key={total.currency}>
              <Stat
                label={`Accrued in ${year}`}
                value={<Money minor={total.accruedMinor} currency={total.currency} locale={locale} />}
                note="earned, after refunds"
              />
              <Stat
                label="Of it due"
                value={<Money minor={total.dueMinor} currency={total.currency} locale={locale} />}
                note="the payouts have arrived"
              />
              <Stat
                label={`Paid in ${year}`}
                value={<Money minor={total.paidMinor} currency={total.currency} locale={locale} />}
                note="by the day it was paid"
              />
              <Stat
                label="Outstanding"
                value={<Money minor={total.outstandingMinor} currency={total.currency} locale={locale} />}
                note={
                  total.outstandingMinor < 0n
                    ? "paid beyond what is due, of all years"
                    : "due and not paid, of all years"
                }
              />
            </StatRow>
          ))}
          <Card title="By creator" flush>
            <Table
              caption={`Commission by creator in ${year}`}
              columns={creatorColumns(agency.id, locale)}
              rows={creators}
              rowKey={({ creatorId, currency }) => `${creatorId} ${currency}`}
              wide="desk"
            />
          </Card>
          <Card
            title="By month"
            note="Accrued and due by the payout's last day, paid by the day it was paid."
            flush
          >
            <Table
              caption={`Commission by month in ${year}`}
              columns={[
                {
                  key: "month",
                  header: "Month",
                  lead: true,
                  cell: ({ month }) => monthName(month, locale),
                },
                ...amountColumns(locale),
              ]}
              rows={months}
              rowKey={({ month, currency }) => `${month} ${currency}`}
              empty={<p className="px-5 pb-5 text-sm text-muted">Nothing in {year}.</p>}
              wide="desk"
            />
          </Card>
        </div>
      )}
    </>
  );
}

type Amount = "accruedMinor" | "dueMinor" | "paidMinor" | "outstandingMinor";

function amountColumn<Row extends { currency: Currency }, Key extends Amount & keyof Row>(
  key: Key,
  header: string,
  locale: string,
): Column<Row> {
  const amount = (row: Row) => row[key] as bigint;
  return {
    key,
    header,
    numeric: true,
    cell: (row) => <Money minor={amount(row)} currency={row.currency} locale={locale} />,
  };
}

function amountColumns(locale: string): Column<commissions.Owed & { month: string }>[] {
  return [
    amountColumn("accruedMinor", "Accrued", locale),
    amountColumn("dueMinor", "Of it due", locale),
    amountColumn("paidMinor", "Paid", locale),
  ];
}

function creatorColumns(agencyId: string, locale: string): Column<commissions.OwedBy>[] {
  return [
    {
      key: "creator",
      header: "Creator",
      lead: true,
      cell: ({ creatorId, creatorName }) => (
        <Link
          className="link"
          href={listHref(paths.agencyCommissionLedger(agencyId), {}, { creator: creatorId }) as Route}
        >
          {creatorName}
        </Link>
      ),
    },
    amountColumn("accruedMinor", "Accrued", locale),
    amountColumn("dueMinor", "Of it due", locale),
    amountColumn("paidMinor", "Paid", locale),
    amountColumn("outstandingMinor", "Outstanding", locale),
  ];
}

type Total = commissions.Owed & { outstandingMinor: bigint };

/** Currencies never add: a row each. */
function totalsOf(rows: readonly commissions.OwedBy[]): Total[] {
  const totals = new Map<Currency, Total>();
  for (const { currency, accruedMinor, dueMinor, paidMinor, outstandingMinor } of rows) {
    const so = totals.get(currency);
    totals.set(currency, {
      currency,
      accruedMinor: (so?.accruedMinor ?? 0n) + accruedMinor,
      dueMinor: (so?.dueMinor ?? 0n) + dueMinor,
      paidMinor: (so?.paidMinor ?? 0n) + paidMinor,
      outstandingMinor: (so?.outstandingMinor ?? 0n) + outstandingMinor,
    });
  }
  return [...totals.values()];
}
