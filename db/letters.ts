/** What an agency sends by mail: to the owners of its creators, or to one of its own people. Once is once. */
import { and, eq, inArray, isNull, or, type SQL, sql } from "drizzle-orm";
import type { Viewer } from "../lib/model/access";
import { personOf } from "./agencies";
import { asMember, demandOnRoster, demandToWrite, ofAgencies, represented } from "./agency-scope";
import { insertAll, insertNew } from "./bulk";
import { conn, transaction } from "./client";
import { bodyHash, sameBody } from "./once";
import * as representations from "./representations";
import { commissionTerms, creators, letterMails, letters, tasks } from "./schema";

export interface NewLetter {
  readonly id: string;
  readonly subject: string;
  readonly text: string;
  /** whose owners get it; null: `to` gets it */
  readonly creatorId: string | null;
  readonly to: string | null;
  readonly taskId: string | null;
}

export interface Letter {
  readonly subject: string;
  readonly text: string;
  readonly byline: string;
  readonly creatorId: string | null;
  readonly creatorName: string | null;
  readonly dueOn: string | null;
  readonly taskId: string | null;
  /** whether it tells of terms of commission, which wait for an answer */
  readonly ofTerms: boolean;
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
          ofTerms: sql<boolean>`${commissionTerms.id} is not null`,
          doneAt: tasks.doneAt,
        })
        .from(letters)
        .leftJoin(tasks, and(eq(tasks.agencyId, letters.agencyId), eq(tasks.id, letters.taskId)))
        .leftJoin(
          commissionTerms,
          and(eq(commissionTerms.agencyId, letters.agencyId), eq(commissionTerms.id, letters.id)),
        )
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
  // A creator's owners are written down by the database: the agency need not know them.
  const people = given.flatMap(({ id, to }) =>
    to !== null && to !== by && isNew.has(id) ? [{ agencyId, letterId: id, userId: to }] : [],
  );
  await insertAll(letterMails, people);
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
