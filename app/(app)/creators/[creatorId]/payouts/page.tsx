import { randomUUID } from "node:crypto";
import type { Metadata } from "next";
import { ButtonLink } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { TextField } from "@/components/ui/input";
import { MonthField } from "@/components/ui/month-input";
import { PageHeader } from "@/components/ui/page-header";
import { Pagination } from "@/components/ui/pagination";
import { SelectField } from "@/components/ui/select";
import * as channels from "@/db/channels";
import * as payouts from "@/db/payouts";
import { count, monthName } from "@/lib/format";
import { listHref, pageParam, type SearchParams } from "@/lib/list-query";
import { seesAll } from "@/lib/model/access";
import { addMonths, type Month, monthOf } from "@/lib/model/month";
import {
  ENTRY_KIND_LABEL,
  KINDS_OF_ENTRY,
  STATE_LABEL,
  STATES,
  STREAM_LABEL,
  STREAMS,
} from "@/lib/model/words";
import { paths } from "@/lib/paths";
import { FilterBar } from "../filter-bar";
import { openCreator } from "../open-creator";
import { channelOptions, labelled } from "../options";
import { PayoutTabs } from "../payout-tabs";
import { rangeLabel } from "../range-label";
import { ViewerNotice } from "../viewer-notice";
import { loadChoices, nextDefaults } from "./payout-choices";
import { PayoutForm } from "./payout-form";
import { payoutQuery } from "./payout-query";
import { PayoutTable } from "./payout-table";

export const metadata: Metadata = { title: "Payouts" };

const PAGE_SIZE = 50;

type PayoutsPageProps = { params: Promise<{ creatorId: string }>; searchParams: Promise<SearchParams> };

export default async function PayoutsPage({ params, searchParams }: PayoutsPageProps) {
  const { viewer, creator, locale, mayWrite, shared, notShared } = await openCreator(
    (await params).creatorId,
    "figures",
    "Payouts",
  );
  if (notShared) return notShared;
  const asked = await searchParams;
  const { filter, order } = payoutQuery(asked);
  const page = pageParam(asked);
  const [{ rows, total }, last, allChannels, choices] = await Promise.all([
    payouts.list(viewer, creator.id, { filter, ...order, page, size: PAGE_SIZE }),
    payouts.findLast(viewer, creator.id),
    channels.list(viewer, creator.id),
    mayWrite ? loadChoices(viewer, creator, locale, null) : null,
  ]);
  const path = paths.payouts(creator.id);
  const showsNotes = shared?.notes ?? true;
  const isFiltered = Object.keys(filter).length > 0;
  const isEmpty = total === 0 && !isFiltered && page === 1;
  const csvMonth = (filter.month as Month | undefined) ?? addMonths(monthOf(creator.today), -1);

  return (
    <>
      <PageHeader
        title="Payouts"
        actions={
          <>
            {!isEmpty && (
              <ButtonLink href={paths.monthCsv(creator.id, csvMonth)} download>
                CSV of {monthName(csvMonth, locale, "short")}
              </ButtonLink>
            )}
            {mayWrite && (
              <span className="md:hidden">
                <ButtonLink href={paths.newPayout(creator.id)} variant="primary">
                  Log payout
                </ButtonLink>
              </span>
            )}
          </>
        }
      />
      <PayoutTabs creatorId={creator.id} current="payouts" shared={shared} />
      <div className="grid gap-6">
        {choices ? (
          <div className="max-md:hidden">
            <Card title="Log a payout">
              <PayoutForm
                creatorId={creator.id}
                initialId={randomUUID()}
                defaults={await nextDefaults(viewer, creator, last)}
                choices={choices}
                wide
                autoFocus={page === 1 && !isFiltered}
              />
            </Card>
          </div>
        ) : (
          <ViewerNotice shared={shared} />
        )}
        <Card flush>
          {!isEmpty && (
            <FilterBar
              path={path}
              keep={{ sort: order.sort, order: order.descending ? undefined : "ascending" }}
              isFiltered={isFiltered}
              isMoreOpen={Boolean(filter.state || filter.paid || filter.kind)}
              more={
                <>
                  <SelectField
                    name="state"
                    id="filter-state"
                    label="State"
                    options={labelled(STATES, STATE_LABEL)}
                    empty="All"
                    defaultValue={filter.state ?? ""}
                  />
                  {seesAll(shared) && (
                    <SelectField
                      name="paid"
                      label="Paid"
                      options={[
                        { value: "paid", label: "Paid" },
                        { value: "unpaid", label: "Not paid" },
                      ]}
                      empty="All"
                      defaultValue={filter.paid ?? ""}
                    />
                  )}
                  <SelectField
                    name="kind"
                    id="filter-kind"
                    label="Kind"
                    options={labelled(
                      KINDS_OF_ENTRY.filter((kind) => kind !== "void"),
                      ENTRY_KIND_LABEL,
                    )}
                    empty="All"
                    defaultValue={filter.kind ?? ""}
                  />
                </>
              }
            >
              <TextField
                name="search"
                label="Search"
                type="search"
                placeholder={showsNotes ? "Note or channel" : "Channel"}
                defaultValue={filter.search}
              />
              <MonthField name="month" id="filter-month" label="Month" defaultValue={filter.month} />
              <SelectField
                name="stream"
                id="filter-stream"
                label="Stream"
                options={labelled(shared?.streams ?? STREAMS, STREAM_LABEL)}
                empty="All"
                defaultValue={filter.stream ?? ""}
              />
              <SelectField
                name="channel"
                label="Channel"
                options={channelOptions(allChannels, filter.channelId)}
                empty="All"
                defaultValue={filter.channelId ?? ""}
              />
            </FilterBar>
          )}
          <PayoutTable
            creatorId={creator.id}
            rows={rows}
            params={asked}
            order={order}
            locale={locale}
            showsNotes={showsNotes}
            empty={
              <NothingHere
                isFiltered={isFiltered || page > 1}
                hasChannels={allChannels.length > 0}
                mayWrite={mayWrite}
                creatorId={creator.id}
              />
            }
          />
          {total > 0 && (
            <Pagination
              page={page}
              pageSize={PAGE_SIZE}
              total={total}
              href={(page) => listHref(path, asked, { page })}
              label={rangeLabel(page, PAGE_SIZE, rows.length, `${count(total, locale)} payouts`, locale)}
            />
          )}
        </Card>
      </div>
    </>
  );
}

function NothingHere({
  isFiltered,
  hasChannels,
  mayWrite,
  creatorId,
}: {
  isFiltered: boolean;
  hasChannels: boolean;
  mayWrite: boolean;
  creatorId: string;
}) {
  if (isFiltered)
    return (
      <EmptyState
        title="No payout matches"
        actions={<ButtonLink href={paths.payouts(creatorId)}>Show all payouts</ButtonLink>}
      >
        Change the filter, or clear it to see everything.
      </EmptyState>
    );
  if (!mayWrite)
    return <EmptyState title="No payouts yet">They appear here once they are logged.</EmptyState>;
  if (!hasChannels)
    return (
      <EmptyState
        title="First a channel, then a payout"
        actions={
          <ButtonLink href={paths.newChannel(creatorId)} variant="primary">
            Add the first channel
          </ButtonLink>
        }
      >
        A channel says which platform the money comes from, so that it can be compared with what was
        projected.
      </EmptyState>
    );
  return (
    <EmptyState
      title="Log your first payout"
      actions={
        <>
          <ButtonLink href={paths.newPayout(creatorId)} variant="primary">
            Log payout
          </ButtonLink>
          <ButtonLink href={paths.imports(creatorId)}>Import a file</ButtonLink>
        </>
      }
    >
      Type the amount, choose where it came from and the month it was earned in. Or bring a file with many.
    </EmptyState>
  );
}
