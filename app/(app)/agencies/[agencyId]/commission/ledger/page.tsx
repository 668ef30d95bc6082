import type { Metadata } from "next";
import { ChangesTable } from "@/components/commission/changes-table";
import { ButtonLink } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { Pagination } from "@/components/ui/pagination";
import * as commissions from "@/db/commissions";
import { count } from "@/lib/format";
import { isId } from "@/lib/input";
import { listHref, pageParam, type SearchParams, textParam } from "@/lib/list-query";
import { paths } from "@/lib/paths";
import { openAgency } from "../../open-agency";
import { CommissionTabs } from "../commission-tabs";
import { YearMenu, yearOf } from "../year";

export const metadata: Metadata = { title: "Commission ledger" };

const PAGE_SIZE = 50;

type LedgerPageProps = { params: Promise<{ agencyId: string }>; searchParams: Promise<SearchParams> };

/** Every change of what is owed by the agency's terms, and why. */
export default async function CommissionLedgerPage({ params, searchParams }: LedgerPageProps) {
  const { viewer, agency, locale } = await openAgency((await params).agencyId);
  const asked = await searchParams;
  const { year, range } = yearOf(asked);
  const page = pageParam(asked);
  const creator = textParam(asked, "creator");
  const creatorId = isId(creator) ? creator : undefined;
  const { rows, total } = await commissions.list(viewer, agency.id, {
    ...{ range, page, size: PAGE_SIZE },
    ...(creatorId && { creatorId }),
  });
  const path = paths.agencyCommissionLedger(agency.id);
  const first = (page - 1) * PAGE_SIZE + 1;
  const name = creatorId && rows[0]?.creatorName;
  return (
    <>
      <PageHeader
        title="Commission"
        note={`Every change of what is owed on payouts earned in ${year}${name ? ` by ${name}` : ""}, and by which terms.`}
        actions={
          <>
            <YearMenu path={path} year={year} />
            <ButtonLink href={paths.agencyCommissionCsv(agency.id, year)} download>
              CSV
            </ButtonLink>
          </>
        }
      />
      <CommissionTabs agencyId={agency.id} current="ledger" />
      <Card
        flush
        title={name}
        actions={
          creatorId && (
            <ButtonLink href={listHref(path, {}, { year })} size="sm" variant="quiet">
              Show all creators
            </ButtonLink>
          )
        }
      >
        {rows.length === 0 ? (
          <EmptyState title={`Nothing in ${year}`}>
            A line appears here when a payout that your terms cover is logged, arrives or is taken back.
          </EmptyState>
        ) : (
          <>
            <ChangesTable rows={rows} locale={locale} timeZone={null} withCreator />
            <Pagination
              page={page}
              pageSize={PAGE_SIZE}
              total={total}
              href={(to) => listHref(path, asked, { page: to })}
              label={`${count(first, locale)}–${count(first + rows.length - 1, locale)} of ${count(total, locale)} changes`}
            />
          </>
        )}
      </Card>
    </>
  );
}
