import { Bell } from "lucide";
import type { Metadata, Route } from "next";
import Link from "next/link";
import { Badge } from "@/components/ui/badge";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { Icon } from "@/components/ui/icon";
import { PageHeader } from "@/components/ui/page-header";
import * as alerts from "@/db/alerts";
import * as tasks from "@/db/tasks";
import { alertWords } from "@/lib/alert-words";
import { instant } from "@/lib/format";
import { ALERT_LABEL } from "@/lib/model/alerts";
import { AskedList } from "../asked-list";
import { openCreator } from "../open-creator";
import { ChoiceForm, SeenButton } from "./alert-forms";

export const metadata: Metadata = { title: "Alerts" };

export default async function AlertsPage({ params }: { params: Promise<{ creatorId: string }> }) {
  const { viewer, creator, locale, mayWrite, notShared } = await openCreator(
    (await params).creatorId,
    "all",
    "Alerts",
  );
  if (notShared) return notShared;
  const [list, choices, { open }] = await Promise.all([
    alerts.list(viewer, creator.id, { ended: true }),
    alerts.listChoices(viewer, creator.id),
    tasks.listAsked(viewer, creator.id),
  ]);
  const unseen = list.some(({ seenAt, endedAt }) => seenAt === null && endedAt === null);
  return (
    <>
      <PageHeader
        title="Alerts"
        note="What needs somebody, looked for every night and after an import. Each is raised once."
        actions={unseen && <SeenButton creatorId={creator.id} />}
      />
      <div className="grid gap-6">
        {open.length > 0 && (
          <Card title="Asked of you">
            <AskedList asked={{ open, done: [] }} creator={creator} locale={locale} mayWrite={mayWrite} />
          </Card>
        )}
        {list.length === 0 ? (
          <EmptyState title="Nothing needs you" icon={<Icon of={Bell} />}>
            Late money, months that are out of the ordinary, thresholds that are reached and goals at risk
            appear here.
          </EmptyState>
        ) : (
          <Card>
            <ul className="grid gap-5">
              {list.map((alert) => {
                const { title, sentence, path } = alertWords(alert, creator.id, locale);
                return (
                  <li key={alert.id}>
                    <p className="flex flex-wrap items-center gap-2">
                      <Link href={path as Route} prefetch={false} className="link font-medium wrap-anywhere">
                        {title}
                      </Link>
                      {alert.endedAt ? (
                        <Badge>Over</Badge>
                      ) : (
                        alert.seenAt === null && <Badge tone="accent">New</Badge>
                      )}
                    </p>
                    <p className="text-sm wrap-anywhere">{sentence}</p>
                    <p className="text-sm text-muted">
                      Since {instant(alert.raisedAt, locale, creator.timeZone)}
                      {alert.endedAt && `, until ${instant(alert.endedAt, locale, creator.timeZone)}`}
                    </p>
                  </li>
                );
              })}
            </ul>
          </Card>
        )}
        <Card
          title="What you want to hear of"
          note="For you alone; everybody who works here chooses separately."
        >
          <ChoiceForm
            creatorId={creator.id}
            choices={choices.map((choice) => ({ ...choice, label: ALERT_LABEL[choice.kind] }))}
          />
        </Card>
      </div>
    </>
  );
}
