import type { Route } from "next";
import Link from "next/link";
import { Instant } from "@/components/instant";
import { Badge } from "@/components/ui/badge";
import { ButtonLink } from "@/components/ui/button";
import { type Column, Table } from "@/components/ui/table";
import type { Task } from "@/db/tasks";
import { dayName } from "@/lib/format";
import { dayOf } from "@/lib/model/month";
import { paths } from "@/lib/paths";
import { SettleButton } from "./settle-button";

type TaskTableProps = {
  caption: string;
  tasks: readonly Task[];
  agencyId: string;
  locale: string;
  /** in UTC: an agency has no zone of its own */
  today: string;
  nameOf: (userId: string) => string;
  mayWrite: boolean;
};

export function TaskTable({ caption, tasks, agencyId, locale, today, nameOf, mayWrite }: TaskTableProps) {
  const columns: readonly Column<Task>[] = [
    {
      key: "task",
      header: "Task",
      lead: true,
      cell: ({ title, detail, byline, recordedAt, doneAt, doneBy }) => (
        <div className="max-w-prose">
          <p className="wrap-anywhere">{title}</p>
          {detail && (
            <p className="text-sm font-normal wrap-anywhere whitespace-pre-wrap text-muted">{detail}</p>
          )}
          <p className="text-xs font-normal text-muted">
            {doneAt ? `Done by ${doneBy}, ` : `By ${byline}, `}
            <Instant at={doneAt ?? recordedAt} locale={locale} />
          </p>
        </div>
      ),
    },
    {
      key: "whom",
      header: "Asked of",
      cell: ({ ofCreator, assignee, creatorName }) =>
        ofCreator ? creatorName : assignee ? nameOf(assignee) : "Nobody yet",
    },
    {
      key: "creator",
      header: "Creator",
      cell: ({ creatorId, creatorName }) =>
        creatorId ? (
          <Link href={`${paths.tasks(agencyId)}?creator=${creatorId}` as Route} className="link">
            {creatorName}
          </Link>
        ) : (
          "–"
        ),
    },
    {
      key: "due",
      header: "Due",
      cell: ({ dueOn, doneAt }) =>
        dueOn === null ? (
          "–"
        ) : (
          <span className="inline-flex flex-wrap items-center gap-2 whitespace-nowrap">
            {dayName(dayOf(dueOn), locale)}
            {!doneAt && dueOn < today && <Badge tone="warn">Overdue</Badge>}
          </span>
        ),
    },
    {
      key: "change",
      header: "Change",
      hideHeader: true,
      phone: "bare",
      cell: (task) => (
        <div className="flex items-center justify-end gap-1">
          {mayWrite && !task.doneAt && (
            <ButtonLink
              href={`${paths.tasks(agencyId)}?change=${task.id}`}
              size="sm"
              variant="quiet"
              aria-label={`Change "${task.title}"`}
            >
              Change
            </ButtonLink>
          )}
          <SettleButton agencyId={agencyId} task={task} isDone={task.doneAt !== null} />
        </div>
      ),
    },
  ];
  return <Table caption={caption} columns={columns} rows={tasks} rowKey={({ id }) => id} wide="desk" />;
}
