/** What an agency sends by mail: to the owners of its creators, or to one of its own people. Once is once. */
import { and, eq, inArray, isNull, or, type SQL, sql } from "drizzle-orm";
import type { Viewer } from "../lib/model/access";
import { demandMember, personOf } from "./agencies";
import { asMember, demandOnRoster, demandToWrite, ofAgencies, represented } from "./agency-scope";
import { insertNew } from "./bulk";
import { conn, transaction } from "./client";
import { bodyHash, sameBody } from "./once";
import * as representations from "./representations";
import { creators, letterMails, letters, tasks } from "./schema";

export interface NewLetter {
  readonly id: string;
  readonly subject: string;
  readonly text: string;
  /** whose owners get it; null: `to` gets it */
  readonly creatorId: string | null;
  readonly to: string | null;
  readonly taskId: string | null;
}

/** A letter on its way to one person. */
export interface Waiting {
  readonly agencyId: string;
  readonly letterId: string;
  readonly userId: string;
}

export interface Letter {
  readonly subject: string;
  readonly text: string;
  readonly byline: string;
  readonly creatorId: string | null;
  readonly creatorName: string | null;
  readonly dueOn: string | null;
  readonly taskId: string | null;
}

/** What became of a reminder, by creator. */
export interface Reminded {
  readonly creatorId: string;
  /** how many owners it goes to; 0: the creator has nobody with an account yet */
  readonly owners: number;
}

/**
 * Writes one letter to the owners of each creator. The same ids again write nothing new and answer the same.
 * Throws not_found for a creator who is not on the roster, forbidden to an assistant.
 */
export function remind(
  viewer: Viewer,
  agencyId: string,
  reminders: readonly { id: string; creatorId: string; subject: string; text: string }[],
): Promise<Reminded[]> {
  return transaction(viewer, async () => {
    await demandToWrite(viewer, agencyId);
    demandOnRoster(
      await representations.roster(viewer, agencyId),
      reminders.map(({ creatorId }) => creatorId),
    );
    await write(
      viewer,
      agencyId,
      reminders.map((reminder) => ({ ...reminder, to: null, taskId: null })),
    );
    const ids = reminders.map(({ id }) => id);
    const counts = await conn()
      .select({ letterId: letterMails.letterId, owners: sql<number>`count(*)::int` })
      .from(letterMails)
      .where(and(ofLetters(viewer, agencyId), inArray(letterMails.letterId, ids)))
      .groupBy(letterMails.letterId);
    const owners = new Map(counts.map((row) => [row.letterId, row.owners]));
    return reminders.map(({ id, creatorId }) => ({ creatorId, owners: owners.get(id) ?? 0 }));
  });
}

/** Letters of the agency that have not been sent to everybody yet, by whom they are for. */
export function listWaiting(viewer: Viewer, agencyId: string): Promise<Waiting[]> {
  return transaction(viewer, async () => {
    await demandMember(viewer, agencyId);
    return conn()
      .select({
        agencyId: letterMails.agencyId,
        letterId: letterMails.letterId,
        userId: letterMails.userId,
      })
      .from(letterMails)
      .where(and(ofLetters(viewer, agencyId), isNull(letterMails.mailedAt)));
  });
}

/** A mail is on its way to a mail server for at most so long. */
const MAIL_MS = 60_000;

/**
 * Sends a letter to the viewer, once: `send` runs while the row that says so is held and unwritten. What he may
 * not read any more is not sent, nor what was asked and is done.
 */
export function mailOnce(
  viewer: Viewer,
  { agencyId, letterId }: { agencyId: string; letterId: string },
  send: (letter: Letter) => Promise<void>,
): Promise<void> {
  return transaction(
    viewer,
    async () => {
      const own = and(
        eq(letterMails.agencyId, agencyId),
        eq(letterMails.letterId, letterId),
        eq(letterMails.userId, personOf(viewer)),
      );
      const [held] = await conn()
        .select({ mailedAt: letterMails.mailedAt })
        .from(letterMails)
        .where(and(own, isNull(letterMails.mailedAt)))
        .for("update");
      if (!held) return;
      const [letter] = await conn()
        .select({
          subject: letters.subject,
          text: letters.text,
          byline: letters.byline,
          creatorId: letters.creatorId,
          creatorName: creators.name,
          dueOn: tasks.dueOn,
          taskId: letters.taskId,
          doneAt: tasks.doneAt,
        })
        .from(letters)
        .leftJoin(tasks, and(eq(tasks.agencyId, letters.agencyId), eq(tasks.id, letters.taskId)))
        .leftJoin(creators, eq(creators.id, letters.creatorId))
        .where(and(eq(letters.agencyId, agencyId), eq(letters.id, letterId), readable(viewer)));
      if (!letter) return;
      if (!letter.doneAt) await send(letter);
      await conn().update(letterMails).set({ mailedAt: sql`now()` }).where(own);
    },
    { deadlineMs: MAIL_MS },
  );
}

/** Adds letters with those they go to, in the transaction of the one who writes them. Whoever writes gets none. */
export async function write(viewer: Viewer, agencyId: string, given: readonly NewLetter[]): Promise<void> {
  const by = personOf(viewer);
  const rows = given.map(({ to, ...letter }) => ({
    ...letter,
    agencyId,
    byline: "",
    recordedBy: by,
    bodyHash: bodyHash({ ...letter, to }),
  }));
  const isNew = await insertNew(letters, rows);
  const repeated = rows.filter(({ id }) => !isNew.has(id));
  if (repeated.length > 0) {
    const ids = repeated.map(({ id }) => id);
    const there = await conn()
      .select({ id: letters.id, bodyHash: letters.bodyHash })
      .from(letters)
      .where(and(eq(letters.agencyId, agencyId), inArray(letters.id, ids), readable(viewer)));
    const stored = new Map(there.map((row) => [row.id, row.bodyHash]));
    for (const { id, bodyHash: sent } of repeated) sameBody(stored.get(id) ?? Buffer.alloc(0), sent);
  }
  const people = JSON.stringify(given.flatMap(({ id, to }) => (to && isNew.has(id) ? [{ id, to }] : [])));
  await conn().execute(sql`
    insert into ${letterMails} (agency_id, letter_id, user_id)
    select l.agency_id, l.id, m.user_id from ${letters} l
      join members m on m.creator_id = l.creator_id and m.role = 'owner' and m.removed_at is null
    where l.agency_id = ${agencyId} and m.user_id <> ${by}
      and l.id in (select i::uuid from json_array_elements_text(${JSON.stringify([...isNew])}::json) i)
    union all
    select ${agencyId}::uuid, p.id, p.to from json_to_recordset(${people}::json) as p(id uuid, "to" uuid)
    where p.to <> ${by}
    on conflict do nothing`);
}

function readable(viewer: Viewer): SQL | undefined {
  return or(
    and(ofAgencies(viewer, letters.agencyId), or(isNull(letters.creatorId), represented(viewer, letters))),
    asMember(viewer, letters.creatorId),
  );
}

function ofLetters(viewer: Viewer, agencyId: string): SQL | undefined {
  return and(ofAgencies(viewer, letterMails.agencyId), eq(letterMails.agencyId, agencyId));
}
