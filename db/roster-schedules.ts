/**
 * When the statements of a roster are made by themselves, and who of the agency gets the mail that says so. Each of
 * them gets a run of his own (roster-runs.ts), made with his rights at that moment: nobody is sent what he may not see.
 */
import { and, asc, eq, isNull, type SQL, sql } from "drizzle-orm";
import { AppError, notFound, stale } from "../lib/errors";
import type { Viewer } from "../lib/model/access";
import type { MailState } from "../lib/model/sending";
import type { StatementFormat } from "../lib/model/statement";
import * as agencies from "./agencies";
import * as agencyMembers from "./agency-members";
import { conn, transaction } from "./client";
import * as line from "./mail-line";
import { rosterMails, rosterRuns, rosterSchedules } from "./schema";
import { dueAfter, inLine } from "./statement-schedules";

export const MAX_ROSTER_SCHEDULES = 3;
export const MAX_PEOPLE = 10;

export interface RosterScheduleBody {
  /** of the month, from 1 to 28 */
  day: number;
  /** 0 to 23, by the clock of `timeZone` */
  hour: number;
  timeZone: string;
  attachments: StatementFormat[];
  /** users who belong to the agency */
  people: string[];
}

export interface RosterSchedule extends RosterScheduleBody {
  id: string;
  /** null = removed */
  nextAt: Date | null;
  version: number;
}

/** The agency's schedules, oldest first: for its members. Throws not_found to a stranger. */
export function list(viewer: Viewer, agencyId: string): Promise<RosterSchedule[]> {
  return transaction(viewer, async () => {
    await agencies.demandMember(viewer, agencyId);
    return conn()
      .select(SCHEDULE)
      .from(rosterSchedules)
      .where(of(agencyId))
      .orderBy(asc(rosterSchedules.recordedAt), asc(rosterSchedules.id));
  });
}

/**
 * Makes a schedule. Admins only: it sends figures to others. The same id with the same body answers the same. Errors:
 * not_found, forbidden, limit; invalid for people who do not belong to the agency; conflict when the id was used with
 * another body.
 */
export function create(
  viewer: Viewer,
  agencyId: string,
  { id, ...body }: RosterScheduleBody & { id: string },
): Promise<void> {
  return transaction(viewer, async () => {
    await agencies.demandAdmin(viewer, agencyId);
    await inLine(`roster schedules ${agencyId}`);
    const there = await list(viewer, agencyId);
    const same = there.find((schedule) => schedule.id === id);
    if (same) return demandSame(same, body);
    if (there.length >= MAX_ROSTER_SCHEDULES)
      throw new AppError(
        "limit",
        `An agency has at most ${MAX_ROSTER_SCHEDULES} schedules: change or remove one.`,
      );
    await demandMembers(viewer, agencyId, body.people);
    const { count } = await conn()
      .insert(rosterSchedules)
      .values({ agencyId, id, ...body, nextAt: next(body), recordedBy: agencies.personOf(viewer) })
      .onConflictDoNothing();
    if (count === 0) throw new AppError("conflict", "This form was already sent. Reload the page.");
  });
}

/** Changes a schedule, from the next time on. Admins only. Errors as `create`; stale with the current one. */
export function update(
  viewer: Viewer,
  agencyId: string,
  { id, version, ...body }: RosterScheduleBody & { id: string; version: number },
): Promise<void> {
  return transaction(viewer, async () => {
    await agencies.demandAdmin(viewer, agencyId);
    await demandMembers(viewer, agencyId, body.people);
    await change(viewer, agencyId, { id, version }, { ...body, nextAt: next(body) });
  });
}

/** Ends a schedule; the runs it began stay. Admins only. Errors as `update`. */
export function remove(
  viewer: Viewer,
  agencyId: string,
  { id, version }: { id: string; version: number },
): Promise<void> {
  return transaction(viewer, async () => {
    await agencies.demandAdmin(viewer, agencyId);
    await change(viewer, agencyId, { id, version }, { nextAt: null, removedAt: sql`now()` });
  });
}

// ---------------------------------------------------------------- the mail of a run, as its person

export interface RosterMail extends line.LinedMail {
  /** tries whose answer was lost */
  doubts: number;
  endedAt: Date | null;
  reply: string;
}

/** The mail of a run of the viewer's own when it is to be looked at now; else null. Throws not_found to a stranger. */
export function openMail(viewer: Viewer, agencyId: string, runId: string): Promise<RosterMail | null> {
  return transaction(viewer, async () => {
    await agencies.demandMember(viewer, agencyId);
    const [mail] = await conn()
      .select({ id: rosterMails.runId, ...MAIL })
      .from(rosterMails)
      .where(and(mine(viewer, agencyId, runId), line.isOpen(rosterMails)));
    return mail ?? null;
  });
}

/** What became of the mails of the viewer's own runs, by run. Throws not_found to a stranger. */
export function listMails(viewer: Viewer, agencyId: string): Promise<RosterMail[]> {
  return transaction(viewer, async () => {
    await agencies.demandMember(viewer, agencyId);
    return conn()
      .select({ id: rosterMails.runId, ...MAIL })
      .from(rosterMails)
      .where(mine(viewer, agencyId));
  });
}

/** Whether this caller may give a mail's end to the server (mail-line.ts). Throws not_found to a stranger. */
export function handOver(viewer: Viewer, agencyId: string, runId: string): Promise<boolean> {
  return transaction(viewer, async () => {
    await agencies.demandMember(viewer, agencyId);
    return line.handOver(rosterMails, mine(viewer, agencyId, runId));
  });
}

/** What became of a try (mail-line.ts). Throws not_found to a stranger. */
export function settle(
  viewer: Viewer,
  agencyId: string,
  { id, tries }: Pick<RosterMail, "id" | "tries">,
  end: line.MailEnd,
): Promise<void> {
  return transaction(viewer, async () => {
    await agencies.demandMember(viewer, agencyId);
    await line.settle(rosterMails, mine(viewer, agencyId, id), tries, end);
  });
}

// ---------------------------------------------------------------- shared parts

const SCHEDULE = {
  id: rosterSchedules.id,
  day: rosterSchedules.day,
  hour: rosterSchedules.hour,
  timeZone: rosterSchedules.timeZone,
  attachments: rosterSchedules.attachments,
  people: rosterSchedules.people,
  nextAt: rosterSchedules.nextAt,
  version: rosterSchedules.version,
};

const MAIL = {
  state: sql<MailState>`${rosterMails.state}`,
  tries: rosterMails.tries,
  doubts: rosterMails.doubts,
  endedAt: rosterMails.endedAt,
  reply: rosterMails.reply,
};

function of(agencyId: string): SQL | undefined {
  return and(eq(rosterSchedules.agencyId, agencyId), isNull(rosterSchedules.removedAt));
}

function mine(viewer: Viewer, agencyId: string, runId?: string): SQL | undefined {
  return and(
    eq(rosterMails.agencyId, agencyId),
    runId === undefined ? undefined : eq(rosterMails.runId, runId),
    sql`exists (
      select from ${rosterRuns}
      where ${rosterRuns.agencyId} = ${rosterMails.agencyId} and ${rosterRuns.id} = ${rosterMails.runId}
        and ${rosterRuns.startedBy} = ${agencies.personOf(viewer)})`,
  );
}

function next({ day, hour, timeZone }: RosterScheduleBody): SQL {
  return dueAfter({ pace: "month", day, hour, timeZone }, sql`now()`);
}

async function demandMembers(viewer: Viewer, agencyId: string, people: readonly string[]): Promise<void> {
  const members = new Set((await agencyMembers.list(viewer, agencyId)).map(({ userId }) => userId));
  const problem =
    people.length === 0
      ? "Choose at least one person."
      : people.length > MAX_PEOPLE
        ? `Choose at most ${MAX_PEOPLE} people.`
        : people.some((userId) => !members.has(userId))
          ? "Somebody chosen has left the agency. Reload the page and choose again."
          : null;
  if (problem) throw new AppError("invalid", "Please look at the marked fields.", { people: problem });
}

async function change(
  viewer: Viewer,
  agencyId: string,
  { id, version }: { id: string; version: number },
  values: Record<string, unknown>,
): Promise<void> {
  const { count } = await conn()
    .update(rosterSchedules)
    .set({ ...values, version: version + 1 })
    .where(and(of(agencyId), eq(rosterSchedules.id, id), eq(rosterSchedules.version, version)));
  if (count > 0) return;
  const current = (await list(viewer, agencyId)).find((schedule) => schedule.id === id);
  if (!current) throw notFound("schedule");
  throw stale("schedule", current);
}

function demandSame(there: RosterScheduleBody, sent: RosterScheduleBody): void {
  const text = ({ day, hour, timeZone, attachments, people }: RosterScheduleBody) =>
    JSON.stringify([day, hour, timeZone, attachments, people]);
  if (text(there) !== text(sent))
    throw new AppError("conflict", "This form was already sent with other values. Reload the page.");
}
