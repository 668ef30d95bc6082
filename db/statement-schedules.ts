/**
 * Statements that go out by themselves: when, with exactly what, and to whom. What was sent stands in
 * statement-sends.ts. Figures leave the house here, so owners alone change anything.
 */
import { and, asc, eq, inArray, isNull, type SQL, sql } from "drizzle-orm";
import { AppError, notFound, stale } from "../lib/errors";
import type { Viewer } from "../lib/model/access";
import type { Pace } from "../lib/model/sending";
import type { StatementFormat } from "../lib/model/statement";
import { note as audit } from "./audit";
import { conn, transaction } from "./client";
import { statementMails, statementRecipients, statementSchedules } from "./schema";
import { demand, scope } from "./scope";

export const MAX_SCHEDULES = 10;
export const MAX_RECIPIENTS = 20;

export interface Timing {
  pace: Pace;
  /** of the month from 1 to 28, or of the week from 1, Monday */
  day: number;
  /** 0 to 23, by the clock of `timeZone` */
  hour: number;
  timeZone: string;
}

export interface ScheduleBody extends Timing {
  attachments: StatementFormat[];
  /** parts of the statement; null is all of them */
  sections: string[] | null;
  /** how numbers and dates are written, like "de-DE" */
  locale: string;
  note: string;
}

export interface Recipient {
  id: string;
  scheduleId: string;
  email: string;
  name: string;
  /** unsubscribed, by the recipient */
  offAt: Date | null;
}

export interface Schedule extends ScheduleBody {
  id: string;
  /** null = paused */
  nextAt: Date | null;
  version: number;
  recipients: Recipient[];
}

/** The schedules of a creator, oldest first, with who gets them. For owners and editors of the creator's own. */
export function list(viewer: Viewer, creatorId: string): Promise<Schedule[]> {
  return transaction(viewer, async () => {
    await demand(viewer, creatorId, "post");
    const schedules = await conn()
      .select(SCHEDULE)
      .from(statementSchedules)
      .where(and(ofSchedules(viewer, creatorId), isNull(statementSchedules.removedAt)))
      .orderBy(asc(statementSchedules.recordedAt), asc(statementSchedules.id));
    const recipients = await conn()
      .select(RECIPIENT)
      .from(statementRecipients)
      .where(and(ofRecipients(viewer, creatorId), isNull(statementRecipients.removedAt)))
      .orderBy(asc(statementRecipients.email));
    return schedules.map((schedule) => ({
      ...schedule,
      recipients: recipients.filter(({ scheduleId }) => scheduleId === schedule.id),
    }));
  });
}

/**
 * Makes a schedule; the same id with the same body answers the same. Owners only: figures leave the house.
 * Errors: forbidden, not_found, limit; conflict when the id was used with another body.
 */
export function create(
  viewer: Viewer,
  creatorId: string,
  { id, ...body }: ScheduleBody & { id: string },
): Promise<void> {
  return transaction(viewer, async () => {
    await demand(viewer, creatorId, "manage");
    await inLine(`schedules ${creatorId}`);
    const there = await conn()
      .select({ ...SCHEDULE, removedAt: statementSchedules.removedAt })
      .from(statementSchedules)
      .where(ofSchedules(viewer, creatorId));
    const same = there.find((schedule) => schedule.id === id);
    if (same) return sameSchedule(same, body);
    if (there.filter(({ removedAt }) => removedAt === null).length >= MAX_SCHEDULES)
      throw new AppError("limit", `A creator has at most ${MAX_SCHEDULES} schedules: change or remove one.`);
    await conn()
      .insert(statementSchedules)
      .values({ creatorId, id, ...body, nextAt: dueAfter(body, sql`now()`), recordedBy: id });
    await audit(creatorId, "statement.scheduled", id, { pace: body.pace });
  });
}

/** Changes a schedule, from the next time on. Owners only. Errors: forbidden, not_found; stale with the current one. */
export function update(
  viewer: Viewer,
  creatorId: string,
  { id, version, ...body }: ScheduleBody & { id: string; version: number },
): Promise<void> {
  return transaction(viewer, async () => {
    await demand(viewer, creatorId, "manage");
    const next = sql`case when ${statementSchedules.nextAt} is null then null else ${dueAfter(body, sql`now()`)} end`;
    await change(viewer, creatorId, { id, version }, { ...body, nextAt: next });
    await audit(creatorId, "statement.rescheduled", id, { pace: body.pace });
  });
}

/** Stops a schedule, or lets it go on with the next time from now. Owners only. Errors as `update`. */
export function pause(
  viewer: Viewer,
  creatorId: string,
  { id, version, isPaused }: { id: string; version: number; isPaused: boolean },
): Promise<void> {
  return transaction(viewer, async () => {
    await demand(viewer, creatorId, "manage");
    const [timing] = await conn()
      .select(SCHEDULE)
      .from(statementSchedules)
      .where(and(ofSchedules(viewer, creatorId), eq(statementSchedules.id, id)));
    if (!timing) throw notFound("schedule");
    await change(
      viewer,
      creatorId,
      { id, version },
      {
        nextAt: isPaused ? null : dueAfter(timing, sql`now()`),
      },
    );
    await audit(creatorId, isPaused ? "statement.paused" : "statement.resumed", id, {});
  });
}

/** Ends a schedule; what it sent stays in the history. Owners only. Errors as `update`. */
export function remove(
  viewer: Viewer,
  creatorId: string,
  { id, version }: { id: string; version: number },
): Promise<void> {
  return transaction(viewer, async () => {
    await demand(viewer, creatorId, "manage");
    await change(viewer, creatorId, { id, version }, { nextAt: null, removedAt: sql`now()` });
    await audit(creatorId, "statement.unscheduled", id, {});
  });
}

/**
 * Adds somebody who gets the mails. Owners only. The same id with the same address answers the same; so does an
 * address that is there already. Errors: forbidden, not_found, limit; conflict for an address that unsubscribed.
 */
export function addRecipient(
  viewer: Viewer,
  creatorId: string,
  input: { id: string; scheduleId: string; email: string; name: string },
): Promise<void> {
  return transaction(viewer, async () => {
    await demand(viewer, creatorId, "manage");
    await inLine(`schedules ${creatorId}`);
    const [schedule] = await conn()
      .select({ id: statementSchedules.id })
      .from(statementSchedules)
      .where(
        and(
          ofSchedules(viewer, creatorId),
          eq(statementSchedules.id, input.scheduleId),
          isNull(statementSchedules.removedAt),
        ),
      );
    if (!schedule) throw notFound("schedule");
    const known = await conn()
      .select({ ...RECIPIENT, removedAt: statementRecipients.removedAt })
      .from(statementRecipients)
      .where(ofRecipients(viewer, creatorId));
    const isOff = known.some(({ email, offAt }) => email === input.email && offAt !== null);
    if (isOff)
      throw new AppError(
        "conflict",
        `${input.email} unsubscribed from these mails. Only they can take that back, with the link in the last one they got.`,
        { email: "This address unsubscribed." },
      );
    const there = known.filter((each) => each.scheduleId === input.scheduleId && each.removedAt === null);
    if (there.some(({ id, email }) => id === input.id || email === input.email)) return;
    if (there.length >= MAX_RECIPIENTS)
      throw new AppError(
        "limit",
        `A schedule goes to at most ${MAX_RECIPIENTS} addresses: remove one first.`,
      );
    await conn()
      .insert(statementRecipients)
      .values({ creatorId, ...input, recordedBy: input.id });
    await audit(creatorId, "statement.recipient.added", input.id, { email: input.email });
  });
}

/** Takes somebody off a schedule, mails under way included. Owners only. Errors: forbidden, not_found. */
export function removeRecipient(viewer: Viewer, creatorId: string, id: string): Promise<void> {
  return transaction(viewer, async () => {
    await demand(viewer, creatorId, "manage");
    const [gone] = await conn()
      .update(statementRecipients)
      .set({ removedAt: sql`now()` })
      .where(
        and(
          scope(viewer, statementRecipients.creatorId, "manage"),
          ofRecipients(viewer, creatorId),
          eq(statementRecipients.id, id),
          isNull(statementRecipients.removedAt),
        ),
      )
      .returning({ email: statementRecipients.email });
    if (!gone) throw notFound("recipient");
    await skip(viewer, creatorId, [id], "Taken off the schedule before it was sent.");
    await audit(creatorId, "statement.recipient.removed", id, { email: gone.email });
  });
}

// ---------------------------------------------------------------- by the link in a mail

/** Who a link in a mail was written to; null when there is nobody (any more). The operator's. */
export function findRecipient(viewer: Viewer, creatorId: string, id: string): Promise<Recipient | null> {
  return transaction(viewer, async () => {
    await demandOperator(viewer, creatorId);
    const [found] = await conn()
      .select(RECIPIENT)
      .from(statementRecipients)
      .where(and(ofRecipients(viewer, creatorId), eq(statementRecipients.id, id)));
    return found ?? null;
  });
}

/**
 * Unsubscribes an address from everything of this creator, at once, or takes that back; mails that wait for it are
 * skipped. The operator's, for the one who has the mail. Errors: not_found.
 */
export function unsubscribe(viewer: Viewer, creatorId: string, id: string, isOff: boolean): Promise<void> {
  return transaction(viewer, async () => {
    await demandOperator(viewer, creatorId);
    const [meant] = await conn()
      .select(RECIPIENT)
      .from(statementRecipients)
      .where(and(ofRecipients(viewer, creatorId), eq(statementRecipients.id, id)));
    if (!meant) throw notFound("recipient");
    const ofAddress = and(ofRecipients(viewer, creatorId), eq(statementRecipients.email, meant.email));
    const changed = await conn()
      .update(statementRecipients)
      .set({ offAt: isOff ? sql`now()` : null })
      .where(
        and(
          ofAddress,
          isOff ? isNull(statementRecipients.offAt) : sql`${statementRecipients.offAt} is not null`,
        ),
      )
      .returning({ id: statementRecipients.id });
    if (changed.length === 0) return;
    if (isOff) {
      const ids = changed.map((each) => each.id);
      await skip(viewer, creatorId, ids, "Unsubscribed before it was sent.");
    }
    await audit(creatorId, isOff ? "statement.unsubscribed" : "statement.resubscribed", id, {
      email: meant.email,
    });
  });
}

// ---------------------------------------------------------------- shared parts

export const SCHEDULE = {
  id: statementSchedules.id,
  pace: statementSchedules.pace,
  day: statementSchedules.day,
  hour: statementSchedules.hour,
  timeZone: statementSchedules.timeZone,
  attachments: statementSchedules.attachments,
  sections: statementSchedules.sections,
  locale: statementSchedules.locale,
  note: statementSchedules.note,
  nextAt: statementSchedules.nextAt,
  version: statementSchedules.version,
};

export const RECIPIENT = {
  id: statementRecipients.id,
  scheduleId: statementRecipients.scheduleId,
  email: statementRecipients.email,
  name: statementRecipients.name,
  offAt: statementRecipients.offAt,
};

export function ofSchedules(viewer: Viewer, creatorId: string): SQL | undefined {
  return and(
    scope(viewer, statementSchedules.creatorId, "post"),
    eq(statementSchedules.creatorId, creatorId),
  );
}

export function ofRecipients(viewer: Viewer, creatorId: string): SQL | undefined {
  return and(
    scope(viewer, statementRecipients.creatorId, "post"),
    eq(statementRecipients.creatorId, creatorId),
  );
}

export function ofMails(viewer: Viewer, creatorId: string): SQL | undefined {
  return and(scope(viewer, statementMails.creatorId, "post"), eq(statementMails.creatorId, creatorId));
}

/** Changes of one creator's schedules wait for each other. */
export async function inLine(name: string): Promise<void> {
  await conn().execute(sql`select pg_advisory_xact_lock(hashtextextended(${name}, 0))`);
}

/**
 * The first time of a schedule after an instant. The clock of its zone counts: an hour that a change of the clock
 * leaves out comes an hour later, one that comes twice is taken once.
 */
export function dueAfter({ pace, day, hour, timeZone }: Timing, after: SQL): SQL {
  const length = sql.raw(pace === "month" ? "interval '1 month'" : "interval '1 week'");
  return sql`(
    select min(t) from (
      select (date_trunc(${pace}, (${after}) at time zone ${timeZone}::text) + n * ${length}
        + make_interval(days => ${day - 1}, hours => ${hour})) at time zone ${timeZone}::text as t
      from generate_series(0, 1) n
    ) times where t > (${after}))`;
}

export async function demandOperator(viewer: Viewer, creatorId: string): Promise<void> {
  await demand(viewer, creatorId, "read");
  if (viewer.kind !== "operator") throw new AppError("forbidden", "Only the operator can do this.");
}

async function skip(
  viewer: Viewer,
  creatorId: string,
  recipientIds: readonly string[],
  reply: string,
): Promise<void> {
  await conn()
    .update(statementMails)
    .set({ state: "skipped", reply, endedAt: sql`now()` })
    .where(
      and(
        ofMails(viewer, creatorId),
        inArray(statementMails.recipientId, [...recipientIds]),
        inArray(statementMails.state, ["waiting", "handed"]),
      ),
    );
}

async function change(
  viewer: Viewer,
  creatorId: string,
  { id, version }: { id: string; version: number },
  values: Record<string, unknown>,
): Promise<void> {
  const one = and(
    scope(viewer, statementSchedules.creatorId, "manage"),
    ofSchedules(viewer, creatorId),
    eq(statementSchedules.id, id),
    isNull(statementSchedules.removedAt),
  );
  const { count } = await conn()
    .update(statementSchedules)
    .set({ ...values, version: version + 1 })
    .where(and(one, eq(statementSchedules.version, version)));
  if (count > 0) return;
  const [current] = await conn().select(SCHEDULE).from(statementSchedules).where(one);
  if (!current) throw notFound("schedule");
  throw stale("schedule", current);
}

function sameSchedule(there: ScheduleBody, sent: ScheduleBody): void {
  const text = ({ pace, day, hour, timeZone, attachments, sections, locale, note }: ScheduleBody) =>
    JSON.stringify([pace, day, hour, timeZone, attachments, sections, locale, note]);
  if (text(there) !== text(sent))
    throw new AppError("conflict", "This form was already sent with other values. Reload the page.");
}
