import type { Metadata, Route } from "next";
import Link from "next/link";
import { Money } from "@/components/money";
import { ButtonLink } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { MonthField } from "@/components/ui/month-input";
import { PageHeader } from "@/components/ui/page-header";
import { Pagination } from "@/components/ui/pagination";
import { SelectField } from "@/components/ui/select";
import { Table } from "@/components/ui/table";
import * as receipts from "@/db/receipts";
import { count, dayName } from "@/lib/format";
import { listHref, pageParam, type SearchParams, textParam } from "@/lib/list-query";
import { isMonth } from "@/lib/model/month";
import { paths } from "@/lib/paths";
import { FilterBar } from "../filter-bar";
import { openCreator } from "../open-creator";
import { rangeLabel } from "../range-label";
import { ViewerNotice } from "../viewer-notice";
import { NewReceipt } from "./new-receipt";
import { allocationName } from "./receipt-choices";

export const metadata: Metadata = { title: "Receipts" };

const PAGE_SIZE = 50;

type ReceiptsPageProps = { params: Promise<{ creatorId: string }>; searchParams: Promise<SearchParams> };

export default async function ReceiptsPage({ params, searchParams }: ReceiptsPageProps) {
  const { viewer, creator, locale, mayWrite, shared, notShared } = await openCreator(
    (await params).creatorId,
    "all",
    "Receipts",
  );
  if (notShared) return notShared;
  const asked = await searchParams;
  const month = textParam(asked, "month");
  const filter = month && isMonth(month) ? { month } : {};
  const page = pageParam(asked);
  const isOldestFirst = textParam(asked, "order") === "ascending";
  const [{ rows, total }, open, newest] = await Promise.all([
    receipts.list(viewer, creator.id, { filter, descending: !isOldestFirst, page, size: PAGE_SIZE }),
    mayWrite ? receipts.listOpen(viewer, creator.id) : [],
    mayWrite ? receipts.list(viewer, creator.id, { size: 1 }) : null,
  ]);
  const path = paths.receipts(creator.id);
  const isFiltered = filter.month !== undefined;
  const isEmpty = total === 0 && !isFiltered && page === 1;

  return (
    <>
      <PageHeader
        title="Receipts"
        note="Money that arrived, and the payouts it pays."
        actions={
          mayWrite && (
            <span className="md:hidden">
              <ButtonLink href={paths.newReceipt(creator.id)} variant="primary">
                Log receipt
              </ButtonLink>
            </span>
          )
        }
      />
      <div className="grid gap-6">
        {mayWrite ? (
          <div className="max-md:hidden">
            <Card title="Log a receipt">
              <NewReceipt creator={creator} open={open} last={newest?.rows[0]} locale={locale} />
            </Card>
          </div>
        ) : (
          <ViewerNotice shared={shared} />
        )}
        <Card flush>
          {!isEmpty && (
            <FilterBar path={path} keep={{}} isFiltered={isFiltered}>
              <MonthField name="month" label="Month" defaultValue={filter.month} />
              <SelectField
                name="order"
                label="Order"
                options={[{ value: "ascending", label: "Oldest first" }]}
                empty="Newest first"
                defaultValue={isOldestFirst ? "ascending" : ""}
              />
            </FilterBar>
          )}
          <Table
            caption="Receipts"
            rows={rows}
            rowKey={({ id }) => id}
            empty={
              isFiltered || page > 1 ? (
                <EmptyState
                  title="No receipt matches"
                  actions={<ButtonLink href={path}>Show all</ButtonLink>}
                >
                  Change the filter, or clear it to see everything.
                </EmptyState>
              ) : (
                <EmptyState
                  title="Nothing received yet"
                  actions={
                    mayWrite && (
                      <ButtonLink href={paths.newReceipt(creator.id)} variant="primary">
                        Log receipt
                      </ButtonLink>
                    )
                  }
                >
                  {mayWrite
                    ? "When money arrives on your account, log it here: it marks the payouts it pays as paid."
                    : "Receipts appear here once they are logged."}
                </EmptyState>
              )
            }
            columns={[
              {
                key: "day",
                header: "Received",
                lead: true,
                cell: ({ id, receivedOn }) => (
                  <Link href={paths.receipt(creator.id, id) as Route} className="link">
                    {dayName(receivedOn, locale)}
                  </Link>
                ),
              },
              {
                key: "pays",
                header: "Pays",
                cell: ({ allocations }) => <Pays allocations={allocations} locale={locale} />,
              },
              { key: "note", header: "Note", phone: "hidden", cell: ({ note }) => note },
              {
                key: "fee",
                header: "Fee",
                numeric: true,
                cell: ({ feeMinor, currency }) => (
                  <Money minor={feeMinor} currency={currency} locale={locale} />
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
          {total > 0 && (
            <Pagination
              page={page}
              pageSize={PAGE_SIZE}
              total={total}
              href={(page) => listHref(path, asked, { page })}
              label={rangeLabel(page, PAGE_SIZE, rows.length, `${count(total, locale)} receipts`, locale)}
            />
          )}
        </Card>
      </div>
    </>
  );
}

/** The first payout by name, the others by number. */
function Pays({ allocations, locale }: { allocations: readonly receipts.Allocation[]; locale: string }) {
  const [first, ...others] = allocations;
  if (!first) return <span className="text-muted">No payout yet</span>;
  return (
    <>
      {allocationName(first, locale)}
      {others.length > 0 && <span className="text-muted"> and {count(others.length, locale)} more</span>}
    </>
  );
}
