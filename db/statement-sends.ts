/**
 * Every statement that was sent, or is on its way: what was made, and what became of each mail. The rows are the
 * line that sends stand in: what is due, made and handed over is decided here, in transactions; the job queue only
 * says when to look.
 */
import { randomUUID } from "node:crypto";
import { and, asc, desc, eq, inArray, isNull, type SQL, sql } from "drizzle-orm";
import { AppError, notFound } from "../lib/errors";
import type { Viewer } from "../lib/model/access";
import type { Month } from "../lib/model/month";
import type { MailState, SendKind } from "../lib/model/sending";
import type { StatementFormat } from "../lib/model/statement";
import { note as audit } from "./audit";
import { conn, transaction } from "./client";
import * as line from "./mail-line";
import {
  statementFiles,
  statementMails,
  statementRecipients,
  statementSchedules,
  statementSends,
} from "./schema";
import { demand, scope } from "./scope";
import {
  demandOperator,
  dueAfter,
  inLine,
  ofMails,
  ofRecipients,
  ofSchedules,
  SCHEDULE,
  type ScheduleBody,
} from "./statement-schedules";

/** Sends that somebody asks for, tests among them, of one creator within a day. */
export const MAX_ASKED_A_DAY = 20;

export interface Mail {
  id: string;
  recipientId: string | null;
  email: string;
  name: string;
  state: MailState;
  tries: number;
  tryAt: Date;
  /** tries whose answer was lost: the server may have taken each */
  doubts: number;
  handedAt: Date | null;
  endedAt: Date | null;
  reply: string;
}

export interface Send {
  id: string;
  scheduleId: string;
  kind: SendKind;
  period: string;
  month: Month;
  attachments: StatementFormat[];
  sections: string[] | null;
  locale: string;
  note: string;
  /** the paragraphs of the mail; null = not made yet */
  summary: string[] | null;
  recordedBy: string;
  recordedAt: Date;
  mails: Mail[];
}

/**
 * Sends a schedule's statement now: to its recipients, or as a test to the address `to` alone. The same id answers
 * the same. Owners only. Errors: forbidden, not_found; invalid when nobody gets it; limit after too many in a day.
 */
export function ask(
  viewer: Viewer,
  creatorId: string,
  { id, scheduleId, to }: { id: string; scheduleId: string; to: { email: string; name: string } | null },
): Promise<{ mails: number }> {
  return transaction(viewer, async () => {
    await demand(viewer, creatorId, "manage");
    await inLine(`schedules ${creatorId}`);
    const [schedule] = await conn()
      .select(SCHEDULE)
      .from(statementSchedules)
      .where(
        and(
          ofSchedules(viewer, creatorId),
          eq(statementSchedules.id, scheduleId),
          isNull(statementSchedules.removedAt),
        ),
      );
    if (!schedule) throw notFound("schedule");
    const there = await mailsOf(viewer, creatorId, [id]);
    if (there.length > 0) return { mails: there.length };
    const [asked] = await conn().execute<{ today: number }>(sql`
      select count(*)::int as today from ${statementSends}
      where ${ofSends(viewer, creatorId)} and ${statementSends.kind} <> 'due'
        and ${statementSends.recordedAt} > now() - interval '1 day'`);
    if ((asked?.today ?? 0) >= MAX_ASKED_A_DAY)
      throw new AppError(
        "limit",
        `At most ${MAX_ASKED_A_DAY} mails of this kind go out in a day. Try again tomorrow.`,
      );
    const mails = await open(viewer, creatorId, {
      id,
      kind: to ? "test" : "now",
      schedule,
      at: sql`now()`,
      to,
    });
    if (mails === 0)
      throw new AppError("invalid", "Nobody gets this statement yet: add an address below, then send it.");
    await audit(creatorId, "statement.sent", id, { kind: to ? "test" : "now", mails });
    return { mails };
  });
}

/** What was sent to whom, newest first. For owners and editors of the creator's own. */
export function history(viewer: Viewer, creatorId: string, limit = 50): Promise<Send[]> {
  return transaction(viewer, async () => {
    await demand(viewer, creatorId, "post");
    const sends = await conn()
      .select(SEND)
      .from(statementSends)
      .where(ofSends(viewer, creatorId))
      .orderBy(desc(statementSends.recordedAt), desc(statementSends.id))
      .limit(limit);
    return withMails(viewer, creatorId, sends);
  });
}

export interface KeptFile {
  sendId: string;
  name: string;
  mediaType: string;
  /** hex */
  sha256: string;
}

/** The files of these sends, by name, without their bytes. For those who belong to the creator. */
export function listFiles(
  viewer: Viewer,
  creatorId: string,
  sendIds: readonly string[],
): Promise<KeptFile[]> {
  return transaction(viewer, async () => {
    await demand(viewer, creatorId, "house");
    return conn()
      .select(FILE)
      .from(statementFiles)
      .where(and(ofFiles(viewer, creatorId), inArray(statementFiles.sendId, [...sendIds])))
      .orderBy(asc(statementFiles.name));
  });
}

/** A file as it was sent, byte by byte. For those who belong to the creator. Errors: forbidden, not_found. */
export function file(
  viewer: Viewer,
  creatorId: string,
  { sendId, name }: { sendId: string; name: string },
): Promise<KeptFile & { bytes: Buffer }> {
  return transaction(viewer, async () => {
    await demand(viewer, creatorId, "house");
    const [found] = await conn()
      .select({ ...FILE, bytes: statementFiles.bytes })
      .from(statementFiles)
      .where(
        and(ofFiles(viewer, creatorId), eq(statementFiles.sendId, sendId), eq(statementFiles.name, name)),
      );
    if (!found) throw notFound("file");
    return found;
  });
}

// ---------------------------------------------------------------- the operator's part

/**
 * Opens a send for each schedule that is due, with its mails, and says when the next one is, in one transaction:
 * once per schedule and period, whoever looks and whatever crashes. A schedule of months that was slept through
 * sends each of them; one of weeks only the last. Resolves to how many sends are new. The operator's.
 */
export function openDue(viewer: Viewer, creatorId: string): Promise<number> {
  return transaction(viewer, async () => {
    await demandOperator(viewer, creatorId);
    const due = await conn()
      .select({ ...SCHEDULE, dueAt: sql<string>`to_json(${statementSchedules.nextAt}) #>> '{}'` })
      .from(statementSchedules)
      .where(and(ofSchedules(viewer, creatorId), sql`${statementSchedules.nextAt} <= now()`))
      .for("update");
    let opened = 0;
    for (const { dueAt, ...schedule } of due) {
      const at = sql`${dueAt}::timestamptz`;
      opened += Number(
        (await open(viewer, creatorId, { id: randomUUID(), kind: "due", schedule, at, to: null })) >= 0,
      );
      const after = schedule.pace === "month" ? at : sql`now()`;
      await conn()
        .update(statementSchedules)
        .set({ nextAt: dueAfter(schedule, after) })
        .where(and(ofSchedules(viewer, creatorId), eq(statementSchedules.id, schedule.id)));
    }
    return opened;
  });
}

/** Sends with mails whose time has come, with those mails alone. The operator's. */
export function listOpen(viewer: Viewer, creatorId: string): Promise<Send[]> {
  return transaction(viewer, async () => {
    await demandOperator(viewer, creatorId);
    const isDue = line.isOpen(statementMails);
    const sends = await conn()
      .select(SEND)
      .from(statementSends)
      .where(
        and(
          ofSends(viewer, creatorId),
          sql`exists (
            select from ${statementMails}
            where ${ofMails(viewer, creatorId)} and ${statementMails.sendId} = ${statementSends.id} and ${isDue})`,
        ),
      )
      .orderBy(asc(statementSends.recordedAt));
    return withMails(viewer, creatorId, sends, isDue);
  });
}

export interface NewFile {
  name: string;
  mediaType: string;
  /** hex */
  sha256: string;
  bytes: Buffer;
}

/**
 * Keeps what is attached to a send, once: of two who made it at the same time, one's files are kept, for every mail
 * of it. Resolves to what is kept. The operator's.
 */
export function keep(
  viewer: Viewer,
  creatorId: string,
  sendId: string,
  made: { summary: string[]; files: readonly NewFile[] } | null,
): Promise<{ summary: string[]; files: NewFile[] } | null> {
  return transaction(viewer, async () => {
    await demandOperator(viewer, creatorId);
    const one = and(ofSends(viewer, creatorId), eq(statementSends.id, sendId));
    const [send] = await conn().select(SEND).from(statementSends).where(one).for("update");
    if (!send) throw notFound("send");
    if (!send.summary) {
      if (!made) return null;
      if (made.files.length > 0)
        await conn()
          .insert(statementFiles)
          .values(made.files.map((each) => ({ creatorId, sendId, ...each, recordedBy: sendId })));
      await conn().update(statementSends).set({ summary: made.summary, madeAt: sql`now()` }).where(one);
    }
    const files = await conn()
      .select({ ...FILE, bytes: statementFiles.bytes })
      .from(statementFiles)
      .where(and(ofFiles(viewer, creatorId), eq(statementFiles.sendId, sendId)))
      .orderBy(asc(statementFiles.name));
    return { summary: send.summary ?? made?.summary ?? [], files };
  });
}

/** Whether this caller may give a mail's end to the server (mail-line.ts). The operator's. */
export function handOver(viewer: Viewer, creatorId: string, mailId: string): Promise<boolean> {
  return transaction(viewer, async () => {
    await demandOperator(viewer, creatorId);
    return line.handOver(statementMails, one(viewer, creatorId, mailId));
  });
}

/** What became of a try (mail-line.ts). The operator's. */
export function settle(
  viewer: Viewer,
  creatorId: string,
  mail: Pick<Mail, "id" | "tries">,
  end: line.MailEnd,
): Promise<void> {
  return transaction(viewer, async () => {
    await demandOperator(viewer, creatorId);
    await line.settle(statementMails, one(viewer, creatorId, mail.id), mail.tries, end);
  });
}

// ---------------------------------------------------------------- shared parts

const SEND = {
  id: statementSends.id,
  scheduleId: statementSends.scheduleId,
  kind: statementSends.kind,
  period: statementSends.period,
  month: sql<Month>`${statementSends.month}`,
  attachments: statementSends.attachments,
  sections: statementSends.sections,
  locale: statementSends.locale,
  note: statementSends.note,
  summary: statementSends.summary,
  recordedBy: statementSends.recordedBy,
  recordedAt: statementSends.recordedAt,
};

const MAIL = {
  id: statementMails.id,
  sendId: statementMails.sendId,
  recipientId: statementMails.recipientId,
  email: statementMails.email,
  name: statementMails.name,
  state: statementMails.state,
  tries: statementMails.tries,
  tryAt: statementMails.tryAt,
  doubts: statementMails.doubts,
  handedAt: statementMails.handedAt,
  endedAt: statementMails.endedAt,
  reply: statementMails.reply,
};

const FILE = {
  sendId: statementFiles.sendId,
  name: statementFiles.name,
  mediaType: statementFiles.mediaType,
  sha256: statementFiles.sha256,
};

function ofSends(viewer: Viewer, creatorId: string): SQL | undefined {
  return and(scope(viewer, statementSends.creatorId, "post"), eq(statementSends.creatorId, creatorId));
}

function ofFiles(viewer: Viewer, creatorId: string): SQL | undefined {
  return and(scope(viewer, statementFiles.creatorId, "house"), eq(statementFiles.creatorId, creatorId));
}

function one(viewer: Viewer, creatorId: string, mailId: string): SQL | undefined {
  return and(ofMails(viewer, creatorId), eq(statementMails.id, mailId));
}

interface Opening {
  id: string;
  kind: SendKind;
  schedule: ScheduleBody & { id: string };
  /** the instant in whose turn it goes */
  at: SQL;
  /** a test's one address */
  to: { email: string; name: string } | null;
}

/**
 * A send with a mail for each address that wants it; -1 when the period's is there already. It is about the month
 * before, or for a week about the month of the day before.
 */
async function open(
  viewer: Viewer,
  creatorId: string,
  { id, kind, schedule, at, to }: Opening,
): Promise<number> {
  const { id: scheduleId, pace, timeZone, attachments, sections, locale, note } = schedule;
  const local = sql`((${at}) at time zone ${timeZone}::text)`;
  const month = sql`to_char(${local} - ${sql.raw(pace === "month" ? "interval '1 month'" : "interval '1 day'")}, 'YYYY-MM')`;
  const period = pace === "month" ? month : sql`to_char(${local}, 'IYYY-"W"IW')`;
  const [isNew] = await conn()
    .insert(statementSends)
    .values({
      creatorId,
      id,
      scheduleId,
      kind,
      period,
      month,
      attachments,
      sections,
      locale,
      note,
      recordedBy: id,
    })
    .onConflictDoNothing()
    .returning({ id: statementSends.id });
  if (!isNew) return -1;
  const addresses = to
    ? [{ ...to, recipientId: null }]
    : await conn()
        .select({
          recipientId: statementRecipients.id,
          email: statementRecipients.email,
          name: statementRecipients.name,
        })
        .from(statementRecipients)
        .where(
          and(
            ofRecipients(viewer, creatorId),
            eq(statementRecipients.scheduleId, scheduleId),
            isNull(statementRecipients.removedAt),
            isNull(statementRecipients.offAt),
          ),
        );
  if (addresses.length > 0)
    await conn()
      .insert(statementMails)
      .values(addresses.map((each) => ({ creatorId, id: randomUUID(), sendId: id, ...each })));
  return addresses.length;
}

async function mailsOf(viewer: Viewer, creatorId: string, sendIds: readonly string[], only?: SQL) {
  if (sendIds.length === 0) return [];
  return conn()
    .select(MAIL)
    .from(statementMails)
    .where(and(ofMails(viewer, creatorId), inArray(statementMails.sendId, [...sendIds]), only))
    .orderBy(asc(statementMails.email), asc(statementMails.id));
}

async function withMails<Row extends { id: string }>(
  viewer: Viewer,
  creatorId: string,
  sends: readonly Row[],
  only?: SQL,
): Promise<(Row & { mails: Mail[] })[]> {
  const mails = await mailsOf(
    viewer,
    creatorId,
    sends.map(({ id }) => id),
    only,
  );
  return sends.map((send) => ({ ...send, mails: mails.filter(({ sendId }) => sendId === send.id) }));
}
