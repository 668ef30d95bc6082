/**
 * What happened on a day that figures alone do not tell: a rule change, a new country list, a programme joined.
 * Marked in charts; where it says so, the model trusts the months before it less.
 */
import { and, count, desc, eq, type SQL, sql } from "drizzle-orm";
import { AppError, notFound } from "../lib/errors";
import type { Viewer } from "../lib/model/access";
import type { EventCell } from "../lib/model/histories";
import { type Day, isDay } from "../lib/model/month";
import {
  EVENT_EFFECTS,
  EVENT_KINDS,
  type EventEffect,
  type EventKind,
  type Platform,
  type Stream,
} from "../lib/model/words";
import { note as audit } from "./audit";
import { appendTo, isCurrentIn, removeFrom, undoIn } from "./chain";
import { conn, transaction } from "./client";
import { events } from "./schema";
import { demand, scope } from "./scope";

export interface EventBody {
  /** in the creator's zone; the model reads its month */
  day: string;
  label: string;
  kind: EventKind;
  /** null = all */
  stream: Stream | null;
  /** null = all */
  platform: Platform | null;
  effect: EventEffect;
}

export interface NewEvent extends EventBody {
  /** made by the browser before the first submit */
  id: string;
  /** the entry this one corrects; it must be the newest of its chain */
  replaces?: string | null;
}

export interface Event extends EventBody {
  id: string;
  day: Day;
  replaces: string | null;
  recordedBy: string;
  recordedAt: Date;
}

/**
 * Records an event.
 * Errors: invalid by field; conflict when the id has another body, or when `replaces` was replaced by somebody
 * else meanwhile (the error carries the event that is there now); not_found for an event of somebody else.
 */
export function record(viewer: Viewer, creatorId: string, input: NewEvent): Promise<{ id: string }> {
  return transaction(viewer, async () => {
    await demand(viewer, creatorId, "write");
    check(input);
    if (input.replaces) await getEvent(viewer, creatorId, input.replaces);
    const isNew = await insertEvent(viewer, creatorId, input);
    if (isNew && input.replaces)
      await audit(creatorId, "event.corrected", input.id, { replaces: input.replaces });
    return { id: input.id };
  });
}

/** Takes an event back: nothing marks it any more, and the model forgets it. The database keeps it. */
export function remove(
  viewer: Viewer,
  creatorId: string,
  input: { id: string; replaces: string },
): Promise<void> {
  return removeFrom(CHAIN, viewer, creatorId, input);
}

/** Undoes the newest change of a chain: a first entry is taken back, a later one gives way to what it replaced. */
export function undo(
  viewer: Viewer,
  creatorId: string,
  input: { id: string; entryId: string },
): Promise<void> {
  return undoIn(CHAIN, viewer, creatorId, input);
}

/** The events that count, newest day first, a page at a time. */
export function list(
  viewer: Viewer,
  creatorId: string,
  options: { page?: number; size?: number } = {},
): Promise<{ rows: Event[]; total: number }> {
  const { page = 1, size = 50 } = options;
  return transaction(viewer, async () => {
    const where = and(ofCreator(viewer, creatorId), isCurrent);
    const [rows, [counted]] = await Promise.all([
      select()
        .where(where)
        .orderBy(desc(events.day), desc(events.id))
        .limit(size)
        .offset((page - 1) * size),
      conn().select({ total: count() }).from(events).where(where),
    ]);
    return { rows: rows.map((row) => ({ ...row, day: row.day as Day })), total: counted?.total ?? 0 };
  });
}

// ---------------------------------------------------------------- what was known

/** [day, label, stream, platform, effect] */
export type EventRow = [Day, string, Stream | null, Platform | null, EventEffect];

/** A JSON list of the events as they were known before `asOf`, in calendar order. A part of other queries. */
export function knownEvents(viewer: Viewer, creatorId: string, asOf: SQL = sql`'infinity'`): SQL {
  const whose = scope(viewer, sql`e.creator_id`, "amounts");
  return sql`
    select coalesce(json_agg(json_build_array(e.day, e.label, e.stream, e.platform, e.effect) order by e.day, e.id), '[]')
    from ${events} e
    where ${whose} and e.creator_id = ${creatorId} and not e.is_void and e.recorded_at < ${asOf}::timestamptz
      and not exists (
        select from ${events} l
        where l.creator_id = e.creator_id and l.replaces = e.id and l.recorded_at < ${asOf}::timestamptz)`;
}

export function eventCell([day, label, stream, platform, effect]: EventRow): EventCell {
  return { day, label, stream, platform, effect };
}

// ---------------------------------------------------------------- reading

const isCurrent = isCurrentIn(events);

function ofCreator(viewer: Viewer, creatorId: string): SQL | undefined {
  return and(scope(viewer, events.creatorId, "amounts"), eq(events.creatorId, creatorId));
}

function select() {
  return conn()
    .select({
      id: events.id,
      day: events.day,
      label: events.label,
      kind: events.kind,
      stream: events.stream,
      platform: events.platform,
      effect: events.effect,
      replaces: events.replaces,
      isVoid: events.isVoid,
      recordedBy: events.recordedBy,
      recordedAt: events.recordedAt,
    })
    .from(events)
    .$dynamic();
}

async function getEvent(viewer: Viewer, creatorId: string, id: string) {
  const [row] = await select().where(and(ofCreator(viewer, creatorId), eq(events.id, id)));
  if (!row) throw notFound("event");
  return row;
}

// ---------------------------------------------------------------- writing

type Row = NewEvent & { isVoid?: boolean };

function bodyOf({ day, label, kind, stream, platform, effect }: EventBody): EventBody {
  return { day, label, kind, stream, platform, effect };
}

function check({ day, label, kind, effect }: NewEvent): void {
  const fields: Record<string, string> = {};
  if (!isDay(day)) fields.day = "Write the day as 2026-01-31.";
  if (label.trim() === "") fields.label = "Say what happened, in a few words.";
  if (!EVENT_KINDS.includes(kind)) fields.kind = "Choose what kind of event it was.";
  if (!EVENT_EFFECTS.includes(effect)) fields.effect = "Choose what the model should make of it.";
  if (Object.keys(fields).length > 0)
    throw new AppError("invalid", "Please look at the marked fields.", fields);
}

/** Answers whether the entry is new. */
function insertEvent(viewer: Viewer, creatorId: string, row: Row): Promise<boolean> {
  const { id, replaces, isVoid } = row;
  return appendTo(
    events,
    viewer,
    creatorId,
    { id, replaces, isVoid, ...bodyOf(row) },
    { noun: "event", find: (where) => select().where(where) },
  );
}

const CHAIN = { noun: "event", get: getEvent, insert: insertEvent, bodyOf } as const;
