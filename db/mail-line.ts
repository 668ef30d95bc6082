/**
 * Mails of which each must come, and come once. The row is a mail's place in the line: `waiting` until `try_at`, then
 * `handed` from the moment its end is about to be given to a mail server, until the server's answer is known. A mail
 * that is still `handed` at `try_at` belongs to a process that died, or lost its connection: nobody knows whether it
 * was taken. That counts as a miss in doubt, and it is tried again: the same mail byte for byte, so that mailboxes can
 * tell a copy. To leave it out would lose it, which nobody can tell.
 */
import { and, type SQL, sql } from "drizzle-orm";
import type { MailState } from "../lib/model/sending";
import { conn } from "./client";
import type { rosterMails, statementMails } from "./schema";

type MailTable = typeof statementMails | typeof rosterMails;

/**
 * For so long whoever handed a mail over is waited for. Longer than a mail server may be silent (lib/server/mail.ts),
 * so a process that lives has written the answer, or the miss, before.
 */
const ANSWER_SECONDS = 180;

export interface MailEnd {
  state: "waiting" | "sent" | "failed";
  /** what the server said, or why it was not reached */
  reply: string;
  /** its end was given, and no answer came */
  isInDoubt?: boolean;
  waitSeconds?: number;
}

/** Mails that are to be looked at now. */
export function isOpen(table: MailTable): SQL {
  return sql`${table.state} in ('waiting', 'handed') and ${table.tryAt} <= now()`;
}

/**
 * The last word before a mail's end is given to the server: true for one caller, and for nobody else until it is
 * settled or its time is over. False when it was handed over meanwhile, or is not wanted any more.
 */
export async function handOver(table: MailTable, one: SQL | undefined): Promise<boolean> {
  const { count } = await conn().execute(sql`
    update ${table} set state = 'handed', handed_at = now(), try_at = now() + make_interval(secs => ${ANSWER_SECONDS})
    where ${and(one, isOpen(table), sql`${table.state} = 'waiting'`)}`);
  return count === 1;
}

/** What became of the try that was the mail's `tries` + 1st. A yes is the truth whenever it is heard; all else counts once. */
export async function settle(
  table: MailTable,
  one: SQL | undefined,
  tries: number,
  { state, reply, isInDoubt = false, waitSeconds = 0 }: MailEnd,
): Promise<void> {
  const isStill =
    state === "sent"
      ? sql`${table.state} <> 'sent'`
      : sql`${table.state} in ('waiting', 'handed') and ${table.tries} = ${tries}`;
  await conn().execute(sql`
    update ${table} set state = ${state}, reply = ${reply}, tries = tries + 1, doubts = doubts + ${Number(isInDoubt)}::int,
      try_at = now() + make_interval(secs => ${waitSeconds}), ended_at = ${state === "waiting" ? null : sql`now()`},
      handed_at = ${state === "waiting" ? null : table.handedAt}
    where ${and(one, isStill)}`);
}

/** A mail as the line needs it. */
export interface LinedMail {
  id: string;
  state: MailState;
  tries: number;
}
