import { randomUUID } from "node:crypto";
import { Users } from "lucide";
import type { Metadata } from "next";
import { MonthPicker } from "@/components/month-picker";
import { ButtonLink } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { Icon } from "@/components/ui/icon";
import { PageHeader } from "@/components/ui/page-header";
import { Segments } from "@/components/ui/tabs";
import * as agencyMembers from "@/db/agency-members";
import * as rosterViews from "@/db/roster-views";
import * as tags from "@/db/tags";
import { listHref, openHref, type SearchParams } from "@/lib/list-query";
import { addMonths, monthOf } from "@/lib/model/month";
import { PERIODS } from "@/lib/model/roster";
import { pack } from "@/lib/packed";
import { paths } from "@/lib/paths";
import { rosterQuery, viewSearch } from "@/lib/roster-query";
import { agencyToday, readAttention, readRoster, sheetOf } from "@/lib/server/roster";
import { openAgency } from "./open-agency";
import { RosterAttention } from "./roster-attention";
import { RosterFilters } from "./roster-filters";
import { RosterIsland } from "./roster-island";
import { RosterStats } from "./roster-stats";
import { RosterViews } from "./roster-views";

export const metadata: Metadata = { title: "Roster" };

type RosterPageProps = { params: Promise<{ agencyId: string }>; searchParams: Promise<SearchParams> };

/** How far back the months go that can be chosen. */
const REACH_MONTHS = 60;
const PERIOD_LABEL = { 1: "Month", 3: "3 months", 12: "12 months" } as const;

export default async function RosterPage({ params, searchParams }: RosterPageProps) {
  const { viewer, agency, locale, isAdmin } = await openAgency((await params).agencyId);
  const today = agencyToday();
  const asked = withColumns(await searchParams);
  const query = rosterQuery(asked, today);
  const [roster, views, members, agencyTags] = await Promise.all([
    readRoster(viewer, agency.id, query, today),
    rosterViews.list(viewer, agency.id),
    agencyMembers.list(viewer, agency.id),
    tags.list(viewer, agency.id),
  ]);
  if (roster.rows.length === 0) return <NobodyYet agencyId={agency.id} isAdmin={isAdmin} />;

  const attention = await readAttention(viewer, roster, query, locale);
  const base = paths.roster(agency.id);
  const current = monthOf(today);
  const sheet = sheetOf(roster, query, locale);
  const teams = new Map(
    roster.rows.flatMap(({ creator: { teamId, teamName } }) =>
      teamId ? [[teamId, teamName ?? ""] as const] : [],
    ),
  );
  return (
    <>
      <PageHeader
        title="Roster"
        note={query.month === current ? "The month is still running" : undefined}
        actions={
          <>
            <Segments
              label="Months counted"
              tabs={PERIODS.map((period) => ({
                href: listHref(base, asked, { months: period === 1 ? null : period }),
                label: PERIOD_LABEL[period],
                current: query.period === period,
              }))}
            />
            <MonthPicker
              month={query.month}
              first={addMonths(current, -REACH_MONTHS)}
              last={current}
              path={openHref(base, asked, "month")}
              locale={locale}
            />
          </>
        }
      />
      <div className="grid gap-5">
        <RosterStats roster={roster} query={query} locale={locale} />
        <RosterAttention
          attention={attention}
          all={roster.rows.filter(({ reasons }) => reasons.length > 0).length}
          moreHref={listHref(base, asked, { attention: "1", sort: "attention", order: "descending" })}
          locale={locale}
        />
        <RosterViews
          agencyId={agency.id}
          base={base}
          views={views}
          current={viewSearch(asked)}
          freshId={randomUUID()}
        />
        <Card flush>
          <RosterIsland
            key={listHref("", asked, {})}
            agencyId={agency.id}
            params={asked}
            sheet={pack(sheet)}
            columns={query.columns}
            order={query.order}
            filters={
              <RosterFilters
                base={base}
                params={asked}
                query={query}
                teams={[...teams].map(([value, label]) => ({ value, label }))}
                managers={members
                  .filter((member) => member.teams.some((id) => teams.has(id)))
                  .map(({ userId, name }) => ({ value: userId, label: name }))}
                tags={agencyTags.map(({ id, name }) => ({ value: id, label: name }))}
              />
            }
            empty={
              <EmptyState title="Nobody found" icon={<Icon of={Users} />}>
                No creator of this roster fits. Change the search, or clear the filters.
              </EmptyState>
            }
          />
        </Card>
      </div>
    </>
  );
}

/** A form sends a parameter for each column; links carry one. */
function withColumns(params: SearchParams): SearchParams {
  const { columns } = params;
  return Array.isArray(columns) ? { ...params, columns: columns.join(".") } : params;
}

function NobodyYet({ agencyId, isAdmin }: { agencyId: string; isAdmin: boolean }) {
  return (
    <>
      <PageHeader title="Roster" />
      <Card flush>
        <EmptyState
          icon={<Icon of={Users} />}
          title="No creator yet"
          actions={
            isAdmin && (
              <ButtonLink href={`/agencies/${agencyId}/representations`} variant="primary">
                Ask a creator
              </ButtonLink>
            )
          }
        >
          {isAdmin
            ? "Ask creators by mail; each says what you see, and shows here once it is accepted."
            : "An admin of this agency puts you into the teams whose creators you look after."}
        </EmptyState>
      </Card>
    </>
  );
}
