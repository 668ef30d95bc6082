import { randomUUID } from "node:crypto";
import { ListTodo } from "lucide";
import type { Metadata } from "next";
import { ButtonLink } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { Icon } from "@/components/ui/icon";
import { PageHeader } from "@/components/ui/page-header";
import { Segments } from "@/components/ui/tabs";
import * as agencyMembers from "@/db/agency-members";
import * as representations from "@/db/representations";
import * as tasks from "@/db/tasks";
import { isId } from "@/lib/input";
import { choiceParam, listHref, type SearchParams, textParam } from "@/lib/list-query";
import { paths } from "@/lib/paths";
import { openAgency } from "../open-agency";
import { TaskForm } from "./task-form";
import { TaskTable } from "./task-table";
import { whomKey } from "./whom";

export const metadata: Metadata = { title: "Tasks" };

const VIEWS = ["all", "mine", "overdue"] as const;
const VIEW_LABEL = { all: "All", mine: "Mine", overdue: "Overdue" } as const;

type TasksPageProps = { params: Promise<{ agencyId: string }>; searchParams: Promise<SearchParams> };

export default async function TasksPage({ params, searchParams }: TasksPageProps) {
  const { viewer, user, agency, locale } = await openAgency((await params).agencyId);
  const query = await searchParams;
  const view = choiceParam(query, "view", VIEWS) ?? "all";
  const creatorId = textParam(query, "creator");
  const [roster, people, found] = await Promise.all([
    representations.roster(viewer, agency.id),
    agencyMembers.list(viewer, agency.id),
    tasks.list(viewer, agency.id, {
      creatorId: isId(creatorId) ? creatorId : undefined,
      assignee: view === "mine" ? user.id : undefined,
    }),
  ]);
  const today = new Date().toISOString().slice(0, 10);
  const open =
    view === "overdue" ? found.open.filter(({ dueOn }) => dueOn !== null && dueOn < today) : found.open;
  const done = view === "overdue" ? [] : found.done;
  const creators = roster.map((each) => ({ value: each.creatorId, label: each.creatorName }));
  const colleagues = people.map(({ userId, name }) => ({ value: `user:${userId}`, label: name }));
  const mayWrite = agency.role !== "assistant";
  const asked = textParam(query, "change");
  const changed = mayWrite ? found.open.find(({ id }) => id === asked) : undefined;
  const path = paths.tasks(agency.id);
  const nameOf = (userId: string) =>
    people.find((person) => person.userId === userId)?.name ?? "Somebody who left";

  return (
    <>
      <PageHeader
        title="Tasks"
        note="What is to be done, by whom and by when. Creators see what they are asked, and can say that it is done."
        actions={
          <Segments
            label="Which tasks"
            tabs={VIEWS.map((each) => ({
              href: listHref(path, query, { view: each === "all" ? null : each, change: null }),
              label: VIEW_LABEL[each],
              current: view === each,
            }))}
          />
        }
      />
      <div className="grid gap-6">
        {mayWrite && (
          <Card
            title={changed ? "Change the task" : "Add a task"}
            actions={
              changed && (
                <ButtonLink href={path} size="sm" variant="quiet">
                  Add another one instead
                </ButtonLink>
              )
            }
          >
            <TaskForm
              agencyId={agency.id}
              initialId={randomUUID()}
              defaults={
                changed
                  ? {
                      title: changed.title,
                      detail: changed.detail,
                      whom: whomKey(changed),
                      about: changed.creatorId ?? "",
                      dueOn: changed.dueOn ?? "",
                    }
                  : { title: "", detail: "", whom: "", about: isId(creatorId) ? creatorId : "", dueOn: "" }
              }
              people={[
                ...(changed
                  ? []
                  : [
                      {
                        label: "A creator",
                        options: creators.map(({ value, label }) => ({ value: `creator:${value}`, label })),
                      },
                    ]),
                { label: "Of the agency", options: colleagues },
              ]}
              creators={changed ? [] : creators}
              {...(changed
                ? { changes: { id: changed.id, version: changed.version, whom: whomKey(changed) } }
                : {})}
            />
          </Card>
        )}
        {open.length + done.length === 0 ? (
          <EmptyState title={EMPTY[view]} icon={<Icon of={ListTodo} />}>
            {mayWrite
              ? "Add one above: ask a creator for a statement, or a colleague to look at something."
              : "Tasks appear here once an admin or manager adds them."}
          </EmptyState>
        ) : (
          <>
            {open.length > 0 && (
              <Card title="Open" flush>
                <TaskTable
                  caption="Open tasks"
                  {...{ tasks: open, agencyId: agency.id, locale, today, nameOf, mayWrite }}
                />
              </Card>
            )}
            {done.length > 0 && (
              <Card title="Done" note="The last fifty." flush>
                <TaskTable
                  caption="Tasks that are done"
                  {...{ tasks: done, agencyId: agency.id, locale, today, nameOf, mayWrite }}
                />
              </Card>
            )}
          </>
        )}
      </div>
    </>
  );
}

const EMPTY = { all: "No task yet", mine: "Nothing is asked of you", overdue: "Nothing is overdue" } as const;
