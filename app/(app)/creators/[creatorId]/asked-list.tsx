import { Badge } from "@/components/ui/badge";
import type { Task } from "@/db/tasks";
import { dayName, instant } from "@/lib/format";
import { dayOf } from "@/lib/model/month";
import { settleAsked } from "./asked-actions";
import { ActionButton } from "./saved";

type AskedListProps = {
  asked: { open: readonly Task[]; done: readonly Task[] };
  creator: { id: string; timeZone: string; today: string };
  locale: string;
  mayWrite: boolean;
};

/** What agencies ask of the creator: what is open first, each with who asks and by when. */
export function AskedList({ asked, creator, locale, mayWrite }: AskedListProps) {
  return (
    <ul className="grid gap-5">
      {[...asked.open, ...asked.done].map((task) => (
        <li key={task.id} className="flex flex-wrap items-start justify-between gap-x-6 gap-y-2">
          <div className="min-w-0">
            <p className="flex flex-wrap items-center gap-2">
              <span className="font-medium wrap-anywhere">{task.title}</span>
              <Due task={task} today={creator.today} locale={locale} />
            </p>
            {task.detail && <p className="text-sm wrap-anywhere whitespace-pre-wrap">{task.detail}</p>}
            <p className="text-sm text-muted">
              Asked by {task.byline}, {instant(task.recordedAt, locale, creator.timeZone)}
              {task.doneAt && `. Done by ${task.doneBy}, ${instant(task.doneAt, locale, creator.timeZone)}`}
            </p>
          </div>
          {mayWrite && (
            <ActionButton
              action={settleAsked}
              creatorId={creator.id}
              fields={{
                agencyId: task.agencyId,
                entryId: task.id,
                version: String(task.version),
                isDone: task.doneAt ? "no" : "yes",
              }}
              pendingLabel="Saving…"
              variant={task.doneAt ? "quiet" : "secondary"}
              size="sm"
            >
              {task.doneAt ? "Open it again" : "Mark as done"}
            </ActionButton>
          )}
        </li>
      ))}
    </ul>
  );
}

function Due({ task, today, locale }: { task: Task; today: string; locale: string }) {
  if (task.doneAt) return <Badge tone="good">Done</Badge>;
  if (!task.dueOn) return null;
  const day = dayName(dayOf(task.dueOn), locale);
  return task.dueOn < today ? <Badge tone="warn">Was due {day}</Badge> : <Badge>Due {day}</Badge>;
}
