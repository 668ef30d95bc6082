import { Percent } from "lucide";
import type { Metadata } from "next";
import { ChangesTable } from "@/components/commission/changes-table";
import { Money } from "@/components/money";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { Icon } from "@/components/ui/icon";
import { PageHeader } from "@/components/ui/page-header";
import { Pagination } from "@/components/ui/pagination";
import { Table } from "@/components/ui/table";
import { Segments } from "@/components/ui/tabs";
import * as payments from "@/db/commission-payments";
import * as commissionTerms from "@/db/commission-terms";
import * as commissions from "@/db/commissions";
import { count, dayName } from "@/lib/format";
import { listHref, pageParam, type SearchParams, textParam } from "@/lib/list-query";
import { canManage } from "@/lib/model/access";
import { monthOf } from "@/lib/model/month";
import { paths } from "@/lib/paths";
import { openCreator } from "../open-creator";
import { PayoutTabs } from "../payout-tabs";
import { rangeLabel } from "../range-label";
import { DivisionCard } from "./division-card";
import { TermsCards } from "./terms-cards";

export const metadata: Metadata = { title: "Commission" };

const PAGE_SIZE = 50;
const YEARS = 4;

type CommissionPageProps = { params: Promise<{ creatorId: string }>; searchParams: Promise<SearchParams> };

/** Who takes what of the creator's money by terms that were agreed, and what is left. */
export default async function CommissionPage({ params, searchParams }: CommissionPageProps) {
  const { viewer, creator, locale, notShared } = await openCreator(
    (await params).creatorId,
    "house",
    "Commission",
  );
  if (notShared) return notShared;
  const asked = await searchParams;
  const year = yearOf(asked, creator.today);
  const page = pageParam(asked);
  const path = paths.commission(creator.id);
  const last = Number(creator.today.slice(0, 4));
  const years = Array.from({ length: YEARS }, (_, ago) => String(last - ago));
  const [divisions, { rows, total }, paid, terms] = await Promise.all([
    commissions.ofCreator(viewer, creator.id, { from: monthOf(`${year}-01`), to: monthOf(`${year}-12`) }),
    commissions.listOfCreator(viewer, creator.id, { page, size: PAGE_SIZE }),
    payments.listOfCreator(viewer, creator.id),
    canManage(creator.role) ? commissionTerms.ofCreator(viewer, creator.id) : [],
  ]);
  const isEmpty = terms.length === 0 && total === 0;
  return (
    <>
      <PageHeader
        title="Payouts"
        note="Who takes what of each payout by the terms you agreed to, and what is left."
        actions={
          <Segments
            label="Year"
            tabs={years.map((each) => ({
              label: each,
              href: listHref(path, {}, { year: each }),
              current: each === year,
            }))}
          />
        }
      />
      <PayoutTabs creatorId={creator.id} current="commission" />
      {isEmpty ? (
        <EmptyState icon={<Icon of={Percent} />} title="Nobody takes a commission">
          When an agency that represents you proposes terms, you accept or refuse them here.
        </EmptyState>
      ) : (
        <div className="grid gap-6">
          <TermsCards creator={creator} terms={terms} locale={locale} />
          {divisions.map((division) => (
            <DivisionCard key={division.currency} division={division} year={year} locale={locale} />
          ))}
          {paid.length > 0 && (
            <Card title="Paid" note="What agencies say they received of you." flush>
              <Table
                caption="Commission paid"
                columns={[
                  { key: "agency", header: "Agency", lead: true, cell: ({ agencyName }) => agencyName },
                  { key: "day", header: "Paid on", cell: ({ paidOn }) => dayName(paidOn, locale) },
                  {
                    key: "how",
                    header: "How",
                    cell: ({ isWithheld }) => (isWithheld ? "Kept at source" : "Paid by you"),
                  },
                  { key: "note", header: "Note", phone: "hidden", cell: ({ note }) => note },
                  {
                    key: "amount",
                    header: "Amount",
                    numeric: true,
                    cell: ({ minor, currency }) => (
                      <Money minor={minor} currency={currency} locale={locale} />
                    ),
                  },
                ]}
                rows={paid}
                rowKey={({ id }) => id}
              />
            </Card>
          )}
          {rows.length > 0 && (
            <Card title="Every change" note="What each payout, receipt and refund did, of all years." flush>
              <ChangesTable rows={rows} locale={locale} timeZone={creator.timeZone} />
              <Pagination
                page={page}
                pageSize={PAGE_SIZE}
                total={total}
                href={(to) => listHref(path, asked, { page: to })}
                label={rangeLabel(page, PAGE_SIZE, rows.length, `${count(total, locale)} changes`, locale)}
              />
            </Card>
          )}
        </div>
      )}
    </>
  );
}

function yearOf(asked: SearchParams, today: string): string {
  const year = textParam(asked, "year");
  return year && /^(19|20)\d\d$/.test(year) ? year : today.slice(0, 4);
}
