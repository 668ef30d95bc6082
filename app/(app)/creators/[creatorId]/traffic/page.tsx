import { randomUUID } from "node:crypto";
import type { Metadata } from "next";
import { ButtonLink } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { MonthField } from "@/components/ui/month-input";
import { PageHeader } from "@/components/ui/page-header";
import { Pagination } from "@/components/ui/pagination";
import { SelectField } from "@/components/ui/select";
import * as channels from "@/db/channels";
import * as traffic from "@/db/traffic";
import { count } from "@/lib/format";
import { isId } from "@/lib/input";
import { choiceParam, listHref, pageParam, type SearchParams, textParam } from "@/lib/list-query";
import { isMonth } from "@/lib/model/month";
import { paths } from "@/lib/paths";
import { FilterBar } from "../filter-bar";
import { openCreator } from "../open-creator";
import { channelOptions } from "../options";
import { rangeLabel } from "../range-label";
import { ViewerNotice } from "../viewer-notice";
import { loadChoices, nextDefaults } from "./traffic-choices";
import { TrafficLog } from "./traffic-log";
import { TrafficTable } from "./traffic-table";

export const metadata: Metadata = { title: "Views" };

const PAGE_SIZE = 50;
const ORIGINS = ["typed", "import", "reading"] as const;

type TrafficPageProps = { params: Promise<{ creatorId: string }>; searchParams: Promise<SearchParams> };

export default async function TrafficPage({ params, searchParams }: TrafficPageProps) {
  const { viewer, creator, locale, mayWrite, shared } = await openCreator(
    (await params).creatorId,
    "traffic",
    "Views",
  );
  const asked = await searchParams;
  const filter = filterOf(asked);
  const page = pageParam(asked);
  const isOldestFirst = textParam(asked, "order") === "ascending";
  const [{ rows, total }, allChannels, defaults, choices] = await Promise.all([
    traffic.list(viewer, creator.id, { filter, descending: !isOldestFirst, page, size: PAGE_SIZE }),
    channels.list(viewer, creator.id),
    mayWrite ? nextDefaults(viewer, creator) : null,
    mayWrite ? loadChoices(viewer, creator.id, null) : null,
  ]);
  const path = paths.traffic(creator.id);
  const isFiltered = Object.keys(filter).length > 0;
  const isEmpty = total === 0 && !isFiltered && page === 1;
  const mayLog = mayWrite && allChannels.length > 0;
  const isSoFar = textParam(asked, "log") === "so-far";

  return (
    <>
      <PageHeader
        title="Views"
        actions={
          mayLog && (
            <span className="md:hidden">
              <ButtonLink href={paths.newTraffic(creator.id)} variant="primary">
                Log views
              </ButtonLink>
            </span>
          )
        }
      />
      <div className="grid gap-6">
        {!mayWrite && <ViewerNotice shared={shared} />}
        {mayLog && defaults && choices && (
          <div className="max-md:hidden">
            <TrafficLog
              creatorId={creator.id}
              initialId={randomUUID()}
              today={creator.today}
              isSoFar={isSoFar}
              soFarHref={listHref(path, asked, { log: "so-far" })}
              periodHref={listHref(path, asked, { log: null })}
              defaults={defaults}
              choices={choices}
            />
          </div>
        )}
        <Card flush>
          {!isEmpty && (
            <FilterBar path={path} keep={{ log: isSoFar ? "so-far" : undefined }} isFiltered={isFiltered}>
              <MonthField name="month" id="filter-month" label="Month" defaultValue={filter.month} />
              <SelectField
                name="channel"
                label="Channel"
                options={channelOptions(allChannels, filter.channelId)}
                empty="All"
                defaultValue={filter.channelId ?? ""}
              />
              <SelectField
                name="from"
                label="From"
                options={[
                  { value: "typed", label: "Typed" },
                  { value: "import", label: "Import" },
                  { value: "reading", label: "Views so far" },
                ]}
                empty="All"
                defaultValue={filter.origin ?? ""}
              />
              <SelectField
                name="order"
                label="Order"
                options={[{ value: "ascending", label: "Oldest first" }]}
                empty="Newest first"
                defaultValue={isOldestFirst ? "ascending" : ""}
              />
            </FilterBar>
          )}
          <TrafficTable
            creatorId={creator.id}
            rows={rows}
            locale={locale}
            empty={
              <NothingHere
                creatorId={creator.id}
                isFiltered={isFiltered || page > 1}
                hasChannels={allChannels.length > 0}
                mayWrite={mayWrite}
              />
            }
          />
          {total > 0 && (
            <Pagination
              page={page}
              pageSize={PAGE_SIZE}
              total={total}
              href={(page) => listHref(path, asked, { page })}
              label={rangeLabel(page, PAGE_SIZE, rows.length, `${count(total, locale)} entries`, locale)}
            />
          )}
        </Card>
      </div>
    </>
  );
}

function filterOf(params: SearchParams): traffic.TrafficFilter {
  const month = textParam(params, "month");
  const channelId = textParam(params, "channel");
  const videoId = textParam(params, "video");
  const origin = choiceParam(params, "from", ORIGINS);
  return {
    ...(month && isMonth(month) && { month }),
    ...(isId(channelId) && { channelId }),
    ...(isId(videoId) && { videoId }),
    ...(origin && { origin }),
  };
}

function NothingHere({
  creatorId,
  isFiltered,
  hasChannels,
  mayWrite,
}: {
  creatorId: string;
  isFiltered: boolean;
  hasChannels: boolean;
  mayWrite: boolean;
}) {
  if (isFiltered)
    return (
      <EmptyState
        title="No views match"
        actions={<ButtonLink href={paths.traffic(creatorId)}>Show all</ButtonLink>}
      >
        Change the filter, or clear it to see everything.
      </EmptyState>
    );
  if (!mayWrite) return <EmptyState title="No views yet">They appear here once they are logged.</EmptyState>;
  if (!hasChannels)
    return (
      <EmptyState
        title="First a channel, then its views"
        actions={
          <ButtonLink href={paths.newChannel(creatorId)} variant="primary">
            Add the first channel
          </ButtonLink>
        }
      >
        Views belong to a channel on one platform.
      </EmptyState>
    );
  return (
    <EmptyState
      title="Log the views of a month"
      actions={
        <>
          <ButtonLink href={paths.newTraffic(creatorId)} variant="primary">
            Log views
          </ButtonLink>
          <ButtonLink href={paths.imports(creatorId)}>Import a file</ButtonLink>
        </>
      }
    >
      Money per 1,000 views needs the views too. One number per channel and month is enough.
    </EmptyState>
  );
}
