/** What is to be done, by whom and by when: within an agency, or asked of one of its creators. */
import { and, asc, desc, eq, inArray, isNotNull, isNull, or, type SQL, sql } from "drizzle-orm";
import { AppError, notFound, stale } from "../lib/errors";
import type { Viewer } from "../lib/model/access";
import { isDay } from "../lib/model/month";
import { demandMember, personOf } from "./agencies";
import { asMember, demandOnRoster, demandToWrite, ofAgencies, represented } from "./agency-scope";
import { insertNew } from "./bulk";
import { conn, read, transaction } from "./client";
import * as letters from "./letters";
import { bodyHash, idBeside, sameBody } from "./once";
import * as representations from "./representations";
import { creators, tasks } from "./schema";
import { demand } from "./scope";

export interface TaskBody {
  readonly title: string;
  readonly detail: string;
  /** a member of the agency; null: nobody yet, or the creator */
  readonly assignee: string | null;
  readonly dueOn: string | null;
}

export interface NewTask extends TaskBody {
  /** made by the browser before the first submit */
  readonly id: string;
  readonly creatorId: string | null;
  /** asked of the creator: her members see it and may say that it is done */
  readonly ofCreator: boolean;
}

export interface Task extends NewTask {
  readonly agencyId: string;
  readonly creatorName: string | null;
  /** null = it is open */
  readonly doneAt: Date | null;
  /** who said so, as he was called then; blank while it is open */
  readonly doneBy: string;
  /** who asked */
  readonly byline: string;
  readonly recordedAt: Date;
  readonly version: number;
}

/**
 * Adds tasks, and the letters that tell those who are asked. The same ids again add nothing and answer the same.
 * Errors: invalid by field; conflict when an id has another body; not_found for a creator who is not on the
 * roster; forbidden to an assistant.
 */
export function ask(viewer: Viewer, agencyId: string, given: readonly NewTask[]): Promise<void> {
  return transaction(viewer, async () => {
    await demandToWrite(viewer, agencyId);
    demandOnRoster(
      await representations.roster(viewer, agencyId),
      given.flatMap(({ creatorId }) => creatorId ?? []),
    );
    for (const task of given) check(task);
    const by = { agencyId, byline: "", recordedBy: personOf(viewer) };
    const rows = given.map((task) => ({ ...task, ...by, bodyHash: bodyHash({ ...task }) }));
    const isNew = await insertNew(tasks, rows).catch(refused);
    const repeated = rows.filter(({ id }) => !isNew.has(id));
    if (repeated.length > 0) {
      const there = await conn()
        .select({ id: tasks.id, bodyHash: tasks.bodyHash })
        .from(tasks)
        .where(
          and(
            ofAgency(viewer, agencyId),
            inArray(
              tasks.id,
              repeated.map(({ id }) => id),
            ),
          ),
        );
      const stored = new Map(there.map((row) => [row.id, row.bodyHash]));
      for (const { id, bodyHash: sent } of repeated) sameBody(stored.get(id) ?? Buffer.alloc(0), sent);
    }
    await tell(
      viewer,
      agencyId,
      given.filter(({ id }) => isNew.has(id)),
    );
  });
}

/** Says it anew; who is newly assigned gets a letter. Admins and managers. A stale version gets the current one back. */
export function change(
  viewer: Viewer,
  agencyId: string,
  { id, version, ...body }: TaskBody & { id: string; version: number },
): Promise<void> {
  return transaction(viewer, async () => {
    await demandToWrite(viewer, agencyId);
    const old = await get(viewer, agencyId, id);
    check({ ...old, ...body });
    const { count } = await conn()
      .update(tasks)
      .set({ ...body, version: version + 1 })
      .where(and(ofAgency(viewer, agencyId), eq(tasks.id, id), eq(tasks.version, version)))
      .catch(refused);
    if (count === 0) throw stale("task", old);
    if (body.assignee && body.assignee !== old.assignee) await tell(viewer, agencyId, [{ ...old, ...body }]);
  });
}

/**
 * Says that a task is done, or open again: any member of the agency who sees it, or an owner or editor of the
 * creator it is asked of. A stale version gets the current one back.
 */
export function settle(
  viewer: Viewer,
  { agencyId, id, version, isDone }: { agencyId: string; id: string; version: number; isDone: boolean },
): Promise<void> {
  return transaction(viewer, async () => {
    const mine = or(
      ofAgency(viewer, agencyId),
      and(tasks.ofCreator, eq(tasks.agencyId, agencyId), asMember(viewer, tasks.creatorId, "write")),
    );
    const { count } = await conn()
      .update(tasks)
      .set({ doneAt: isDone ? sql`now()` : null, version: version + 1 })
      .where(and(mine, eq(tasks.id, id), eq(tasks.version, version)));
    if (count === 1) return;
    const [there] = await select().where(and(mine, eq(tasks.id, id)));
    if (there) throw stale("task", there);
    const [shown] = await select().where(
      and(eq(tasks.agencyId, agencyId), eq(tasks.id, id), tasks.ofCreator, asMember(viewer, tasks.creatorId)),
    );
    if (!shown) throw notFound("task");
    throw new AppError(
      "forbidden",
      "You can look at this creator, but not change it. Ask an owner for the role of editor.",
    );
  });
}

/** One task of the agency. Throws not_found. */
export function get(viewer: Viewer, agencyId: string, id: string): Promise<Task> {
  return transaction(viewer, async () => {
    const [task] = await select().where(and(ofAgency(viewer, agencyId), eq(tasks.id, id)));
    if (!task) throw notFound("task");
    return task;
  });
}

/** How many of what is done is still listed. */
const MOST_DONE = 50;

/** The agency's tasks that the viewer may see: those that are open, the first due first, then the last that were done. */
export function list(
  viewer: Viewer,
  agencyId: string,
  { creatorId, assignee }: { creatorId?: string | undefined; assignee?: string | undefined } = {},
): Promise<{ open: Task[]; done: Task[] }> {
  return transaction(viewer, async () => {
    await demandMember(viewer, agencyId);
    return both(
      and(
        ofAgency(viewer, agencyId),
        creatorId ? eq(tasks.creatorId, creatorId) : undefined,
        assignee ? eq(tasks.assignee, assignee) : undefined,
      ),
    );
  });
}

/** What agencies asked of the creator, for her members; an agency's people see it in their own list. */
export function listAsked(viewer: Viewer, creatorId: string): Promise<{ open: Task[]; done: Task[] }> {
  return transaction(viewer, async () => {
    await demand(viewer, creatorId, "read");
    return both(askedOf(viewer, creatorId));
  });
}

/** How many of them are open; 0 to a stranger. */
export function countAsked(viewer: Viewer, creatorId: string): Promise<number> {
  return read(viewer, async () => {
    if (viewer.kind !== "person") return 0;
    const [row] = await conn()
      .select({ open: sql<number>`count(*)::int` })
      .from(tasks)
      .where(and(askedOf(viewer, creatorId), isNull(tasks.doneAt)));
    return row?.open ?? 0;
  });
}

// ---------------------------------------------------------------- shared parts

function askedOf(viewer: Viewer, creatorId: string): SQL | undefined {
  return and(tasks.ofCreator, eq(tasks.creatorId, creatorId), asMember(viewer, tasks.creatorId));
}

async function both(where: SQL | undefined): Promise<{ open: Task[]; done: Task[] }> {
  const open = await select()
    .where(and(where, isNull(tasks.doneAt)))
    .orderBy(sql`${tasks.dueOn} nulls last`, asc(tasks.recordedAt), asc(tasks.id));
  const done = await select()
    .where(and(where, isNotNull(tasks.doneAt)))
    .orderBy(desc(tasks.doneAt), asc(tasks.id))
    .limit(MOST_DONE);
  return { open, done };
}

function select() {
  return conn()
    .select({
      agencyId: tasks.agencyId,
      id: tasks.id,
      creatorId: tasks.creatorId,
      creatorName: creators.name,
      title: tasks.title,
      detail: tasks.detail,
      ofCreator: tasks.ofCreator,
      assignee: tasks.assignee,
      dueOn: tasks.dueOn,
      doneAt: tasks.doneAt,
      doneBy: tasks.doneBy,
      byline: tasks.byline,
      recordedAt: tasks.recordedAt,
      version: tasks.version,
    })
    .from(tasks)
    .leftJoin(creators, eq(creators.id, tasks.creatorId))
    .$dynamic();
}

function ofAgency(viewer: Viewer, agencyId: string): SQL | undefined {
  return and(
    ofAgencies(viewer, tasks.agencyId),
    eq(tasks.agencyId, agencyId),
    or(isNull(tasks.creatorId), represented(viewer, tasks)),
  );
}

/** A letter to those who are asked; each assignment makes one. */
async function tell(
  viewer: Viewer,
  agencyId: string,
  given: readonly (NewTask & { version?: number })[],
): Promise<void> {
  const asked = given.filter(({ ofCreator, assignee }) => ofCreator || assignee !== null);
  await letters.write(
    viewer,
    agencyId,
    asked.map(({ id, creatorId, ofCreator, assignee, title, detail, version = 0 }) => ({
      id: idBeside(id, `asked ${version} ${assignee ?? ""}`),
      creatorId: ofCreator ? creatorId : null,
      to: assignee,
      taskId: id,
      subject: title,
      text: detail,
    })),
  );
}

function check({ title, creatorId, ofCreator, assignee, dueOn }: NewTask): void {
  const fields: Record<string, string> = {};
  if (title === "") fields.title = "Say what is to be done.";
  if (dueOn !== null && !isDay(dueOn)) fields.dueOn = "Choose a day, like 2026-11-23, or leave it empty.";
  if (ofCreator && creatorId === null) fields.creatorId = "Choose the creator whom you ask.";
  if (ofCreator && assignee !== null)
    fields.assignee = "Ask either the creator or somebody of the agency: choose one of them.";
  if (Object.keys(fields).length > 0)
    throw new AppError("invalid", "Please look at the marked fields.", fields);
}

/** The database knows who belongs to the agency. */
function refused(error: unknown): never {
  const cause = (error as { cause?: { constraint_name?: string } } | null)?.cause;
  if (cause?.constraint_name === "tasks_assignee") {
    throw new AppError("invalid", "Please look at the marked fields.", {
      assignee: "This person does not belong to the agency: choose somebody from the list.",
    });
  }
  throw error;
}
