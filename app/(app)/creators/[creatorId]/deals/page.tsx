import { randomUUID } from "node:crypto";
import type { Metadata } from "next";
import { ButtonLink } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { TextField } from "@/components/ui/input";
import { Notice } from "@/components/ui/notice";
import { PageHeader } from "@/components/ui/page-header";
import { Pagination } from "@/components/ui/pagination";
import { SelectField } from "@/components/ui/select";
import * as deals from "@/db/deals";
import { count } from "@/lib/format";
import { listHref, pageParam, type SearchParams } from "@/lib/list-query";
import { missingInvoiceNumbers } from "@/lib/model/invoice-number";
import { monthOf } from "@/lib/model/month";
import { DEAL_STATE_LABEL, DEAL_STATES } from "@/lib/model/words";
import { paths } from "@/lib/paths";
import { FilterBar } from "../filter-bar";
import { openCreator } from "../open-creator";
import { labelled } from "../options";
import { rangeLabel } from "../range-label";
import { ViewerNotice } from "../viewer-notice";
import { BookedMonths } from "./booked-months";
import { loadChoices, newDefaults } from "./deal-choices";
import { DealForm } from "./deal-form";
import { dealQuery } from "./deal-query";
import { DealTable } from "./deal-table";
import { Pipeline } from "./pipeline";
import { loadPipeline } from "./pipeline-data";
import { StepOutcome } from "./step-button";

export const metadata: Metadata = { title: "Deals" };

const PAGE_SIZE = 50;

type DealsPageProps = { params: Promise<{ creatorId: string }>; searchParams: Promise<SearchParams> };

export default async function DealsPage({ params, searchParams }: DealsPageProps) {
  const { viewer, creator, locale, mayWrite, shared, notShared } = await openCreator(
    (await params).creatorId,
    "all",
    "Deals",
  );
  if (notShared) return notShared;
  const asked = await searchParams;
  const { filter, order } = dealQuery(asked);
  const page = pageParam(asked);
  const [{ rows, total }, ahead, newest, open, numbers] = await Promise.all([
    deals.list(viewer, creator.id, { filter, ...order, page, size: PAGE_SIZE }),
    deals.byMonth(viewer, creator.id, { from: monthOf(creator.today) }),
    mayWrite ? deals.list(viewer, creator.id, { size: 1 }) : null,
    loadPipeline(viewer, creator.id, creator.today),
    deals.listInvoiceNumbers(viewer, creator.id),
  ]);
  const last = newest?.rows[0];
  const choices = mayWrite ? await loadChoices(viewer, creator, locale, last) : null;
  const missing = missingInvoiceNumbers(numbers);
  const path = paths.deals(creator.id);
  const isFiltered = Object.keys(filter).length > 0;
  const isEmpty = total === 0 && !isFiltered && page === 1;

  return (
    <>
      <PageHeader
        title="Deals"
        note="Brand collaborations. What is agreed, delivered or invoiced before a month begins is booked in its projection."
        actions={
          mayWrite && (
            <span className="md:hidden">
              <ButtonLink href={paths.newDeal(creator.id)} variant="primary">
                Log deal
              </ButtonLink>
            </span>
          )
        }
      />
      <div className="grid gap-6">
        <StepOutcome creatorId={creator.id}>
          {" "}
          <Pipeline
            creatorId={creator.id}
            deals={open}
            today={creator.today}
            locale={locale}
            mayWrite={mayWrite}
          />
        </StepOutcome>
        {missing.length > 0 && (
          <Notice
            tone="warn"
            title={`Between your invoices ${missing.length === 1 ? "a number is" : "numbers are"} missing`}
          >
            {missing.join(", ")}. Give the number to a deal, or note why it was left out.
          </Notice>
        )}
        {choices ? (
          <div className="max-md:hidden">
            <Card title="Log a deal">
              <DealForm
                creatorId={creator.id}
                initialId={randomUUID()}
                defaults={newDefaults(creator, last, choices)}
                choices={choices}
              />
            </Card>
          </div>
        ) : (
          <ViewerNotice shared={shared} />
        )}
        <BookedMonths creatorId={creator.id} sums={ahead} locale={locale} />
        <Card flush>
          {!isEmpty && (
            <FilterBar
              path={path}
              keep={{ sort: order.sort, order: order.descending ? undefined : "ascending" }}
              isFiltered={isFiltered}
            >
              <TextField
                name="search"
                label="Search"
                type="search"
                placeholder="Brand"
                defaultValue={filter.search}
              />
              <SelectField
                name="state"
                id="filter-state"
                label="State"
                options={labelled(DEAL_STATES, DEAL_STATE_LABEL)}
                empty="All"
                defaultValue={filter.state ?? ""}
              />
            </FilterBar>
          )}
          <DealTable
            creatorId={creator.id}
            rows={rows}
            params={asked}
            order={order}
            locale={locale}
            empty={
              isFiltered || page > 1 ? (
                <EmptyState title="No deal matches" actions={<ButtonLink href={path}>Show all</ButtonLink>}>
                  Change the filter, or clear it to see everything.
                </EmptyState>
              ) : (
                <EmptyState
                  title="No deal yet"
                  actions={
                    mayWrite && (
                      <span className="md:hidden">
                        <ButtonLink href={paths.newDeal(creator.id)} variant="primary">
                          Log deal
                        </ButtonLink>
                      </span>
                    )
                  }
                >
                  {mayWrite
                    ? "A brand has said yes? Log its fee and the month you expect it in: until it is paid, the projection of that month counts on it."
                    : "Deals appear here once they are logged."}
                </EmptyState>
              )
            }
          />
          {total > 0 && (
            <Pagination
              page={page}
              pageSize={PAGE_SIZE}
              total={total}
              href={(page) => listHref(path, asked, { page })}
              label={rangeLabel(page, PAGE_SIZE, rows.length, `${count(total, locale)} deals`, locale)}
            />
          )}
        </Card>
      </div>
    </>
  );
}
