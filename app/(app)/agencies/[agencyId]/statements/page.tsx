import { randomUUID } from "node:crypto";
import { FileArchive } from "lucide";
import type { Metadata } from "next";
import { Instant } from "@/components/instant";
import { ButtonLink } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { Icon } from "@/components/ui/icon";
import { PageHeader } from "@/components/ui/page-header";
import { type Column, Table } from "@/components/ui/table";
import * as agencyMembers from "@/db/agency-members";
import * as runs from "@/db/roster-runs";
import * as schedules from "@/db/roster-schedules";
import { count, monthName } from "@/lib/format";
import { type SearchParams, textParam } from "@/lib/list-query";
import { addMonths, monthOf } from "@/lib/model/month";
import { paths } from "@/lib/paths";
import { openAgency } from "../open-agency";
import { RunForm } from "./run-form";
import { RunProgress } from "./run-progress";
import { ScheduleList } from "./schedule-list";

export const metadata: Metadata = { title: "Roster statements" };

type RosterStatementsPageProps = {
  params: Promise<{ agencyId: string }>;
  searchParams: Promise<SearchParams>;
};

export default async function RosterStatementsPage({ params, searchParams }: RosterStatementsPageProps) {
  const { viewer, user, agency, locale, isAdmin } = await openAgency((await params).agencyId);
  const [list, mails, scheduled, people] = await Promise.all([
    runs.list(viewer, agency.id),
    schedules.listMails(viewer, agency.id),
    schedules.list(viewer, agency.id),
    agencyMembers.list(viewer, agency.id),
  ]);
  const asked = textParam(await searchParams, "change");
  const lastMonth = addMonths(monthOf(new Date().toISOString().slice(0, 10)), -1);
  return (
    <>
      <PageHeader
        title="Roster statements"
        note="The statements of every creator you see in whole, in one zip, with a workbook that adds them up."
      />
      <div className="grid gap-6">
        <Card title="Make them" note="It goes on without you, and after a restart where it was.">
          <RunForm agencyId={agency.id} initialId={randomUUID()} month={lastMonth} />
        </Card>
        <ScheduleList
          agencyId={agency.id}
          isAdmin={isAdmin}
          locale={locale}
          userId={user.id}
          schedules={scheduled}
          people={people}
          changed={isAdmin ? scheduled.find(({ id }) => id === asked) : undefined}
        />
        <Card
          title="Your runs"
          note="Only you see them. Their files are kept for a week."
          flush={list.length > 0}
        >
          {list.length === 0 ? (
            <EmptyState title="No run yet" icon={<Icon of={FileArchive} />}>
              Choose a month above. A hundred creators take a minute or so.
            </EmptyState>
          ) : (
            <Table
              caption="Your runs"
              columns={columnsOf(agency.id, locale, mails)}
              rows={list}
              rowKey={({ id }) => id}
            />
          )}
        </Card>
      </div>
    </>
  );
}

function columnsOf(
  agencyId: string,
  locale: string,
  mails: readonly schedules.RosterMail[],
): readonly Column<runs.Run>[] {
  return [
    { key: "month", header: "Month", lead: true, cell: ({ month }) => monthName(month, locale) },
    {
      key: "begun",
      header: "Begun",
      cell: ({ id, startedAt, scheduleId }) => (
        <>
          <Instant at={startedAt} locale={locale} />
          {scheduleId && (
            <span className="block text-xs text-muted wrap-anywhere">
              By schedule. {mailText(mails.find((mail) => mail.id === id))}
            </span>
          )}
        </>
      ),
    },
    {
      key: "creators",
      header: "Creators",
      cell: (run) =>
        run.finishedAt ? (
          <>
            {count(run.creators - run.refused, locale)}
            {run.refused > 0 && (
              <span className="block text-xs text-muted">
                {count(run.refused, locale)} without a statement: the workbook says why
              </span>
            )}
          </>
        ) : (
          <RunProgress made={run.made} creators={run.creators} />
        ),
    },
    {
      key: "file",
      header: "File",
      hideHeader: true,
      phone: "bare",
      cell: ({ id, month, finishedAt, sweptAt }) =>
        sweptAt ? (
          <span className="text-muted">Kept for a week</span>
        ) : (
          finishedAt && (
            <ButtonLink
              href={paths.rosterZip(agencyId, id)}
              size="sm"
              download
              aria-label={`Download the zip of ${monthName(month, locale)}`}
            >
              Download the zip
            </ButtonLink>
          )
        ),
    },
  ];
}

function mailText(mail: schedules.RosterMail | undefined): string {
  switch (mail?.state) {
    case "sent":
      return "You got a mail.";
    case "failed":
      return `The mail was not sent: ${mail.reply}`;
    default:
      return mail && mail.tries > 0 ? "The mail is tried again." : "A mail comes when it is ready.";
  }
}
