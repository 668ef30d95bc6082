import { randomUUID } from "node:crypto";
import { Send } from "lucide";
import type { Metadata } from "next";
import { ButtonLink } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { Icon } from "@/components/ui/icon";
import { Notice } from "@/components/ui/notice";
import { PageHeader } from "@/components/ui/page-header";
import * as schedules from "@/db/statement-schedules";
import * as sends from "@/db/statement-sends";
import { type SearchParams, textParam } from "@/lib/list-query";
import { canManage } from "@/lib/model/access";
import { paths } from "@/lib/paths";
import { Fold } from "../../fold";
import { openCreator } from "../../open-creator";
import { ViewerNotice } from "../../viewer-notice";
import { formOf } from "./form-choices";
import { RecipientForm, RecipientList, ScheduleMenu, SendButtons } from "./schedule-buttons";
import { ScheduleForm } from "./schedule-form";
import { contentText, nextText, whenText } from "./schedule-words";
import { SendTable } from "./send-table";

export const metadata: Metadata = { title: "Sending statements" };

type SchedulesPageProps = { params: Promise<{ creatorId: string }>; searchParams: Promise<SearchParams> };

export default async function SchedulesPage({ params, searchParams }: SchedulesPageProps) {
  const { viewer, creator, locale, mayWrite, shared, notShared } = await openCreator(
    (await params).creatorId,
    "house",
    "Sending statements",
  );
  if (notShared) return notShared;
  const header = (
    <PageHeader
      title="Sending statements"
      crumbs={[{ href: paths.statements(creator.id), label: "Statements" }]}
      note="By mail, on days you choose, to people without an account: an accountant, a partner, yourself."
    />
  );
  if (!mayWrite) {
    return (
      <>
        {header}
        <ViewerNotice shared={shared} alone />
      </>
    );
  }
  const mayManage = canManage(creator.role);
  const list = await schedules.list(viewer, creator.id);
  const history = await sends.history(viewer, creator.id);
  const files = await sends.listFiles(
    viewer,
    creator.id,
    history.map(({ id }) => id),
  );
  const asked = textParam(await searchParams, "change");
  const changed = mayManage ? list.find(({ id }) => id === asked) : undefined;
  const form = formOf(changed ?? null, creator.timeZone, locale);
  return (
    <>
      {header}
      <div className="grid gap-6">
        {!mayManage && (
          <Notice title="Only owners decide who gets statements.">
            You see what is set up and what was sent. To change it, ask an owner.
          </Notice>
        )}
        {changed && (
          <Card
            title="Change the schedule"
            actions={
              <ButtonLink href={paths.statementSchedules(creator.id)} size="sm" variant="quiet">
                Leave it as it is
              </ButtonLink>
            }
          >
            <ScheduleForm
              key={changed.id}
              {...form}
              creatorId={creator.id}
              id={changed.id}
              version={changed.version}
            />
          </Card>
        )}
        {list.map((schedule) => (
          <Card
            key={schedule.id}
            title={whenText(schedule)}
            note={`${nextText(schedule, locale)} ${contentText(schedule)}`}
            actions={
              mayManage && (
                <>
                  <ButtonLink
                    href={`${paths.statementSchedules(creator.id)}?change=${schedule.id}`}
                    size="sm"
                    variant="quiet"
                  >
                    Change
                  </ButtonLink>
                  <ScheduleMenu
                    creatorId={creator.id}
                    scheduleId={schedule.id}
                    version={schedule.version}
                    isPaused={schedule.nextAt === null}
                  />
                </>
              )
            }
          >
            <div className="grid gap-4">
              {schedule.recipients.length === 0 ? (
                <p className="text-sm text-muted">Nobody gets it yet.</p>
              ) : (
                <RecipientList
                  creatorId={creator.id}
                  mayManage={mayManage}
                  recipients={schedule.recipients.map(({ id, email, name, offAt }) => ({
                    ...{ id, email, name, isOff: offAt !== null },
                  }))}
                />
              )}
              {mayManage && (
                <>
                  <RecipientForm creatorId={creator.id} scheduleId={schedule.id} initialId={randomUUID()} />
                  <SendButtons
                    creatorId={creator.id}
                    scheduleId={schedule.id}
                    initialIds={[randomUUID(), randomUUID()]}
                    hasRecipients={schedule.recipients.some(({ offAt }) => offAt === null)}
                  />
                </>
              )}
            </div>
          </Card>
        ))}
        {mayManage && !changed && (
          <Card
            title={list.length === 0 ? "Send statements on a schedule" : "Another schedule"}
            note="Everybody who gets one can unsubscribe with one click. Add only people who expect it."
          >
            {list.length === 0 ? (
              <ScheduleForm {...form} creatorId={creator.id} id={randomUUID()} version={null} />
            ) : (
              <Fold label="Add a schedule">
                <ScheduleForm {...form} creatorId={creator.id} id={randomUUID()} version={null} />
              </Fold>
            )}
          </Card>
        )}
        <Card title="What was sent" note="To whom, when, and exactly which files." flush={history.length > 0}>
          {history.length === 0 ? (
            <EmptyState title="Nothing was sent yet" icon={<Icon of={Send} />}>
              Each statement that goes out is listed here, with what became of every mail.
            </EmptyState>
          ) : (
            <SendTable
              creatorId={creator.id}
              timeZone={creator.timeZone}
              locale={locale}
              sends={history}
              files={files}
            />
          )}
        </Card>
      </div>
    </>
  );
}
