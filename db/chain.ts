/**
 * Adding, taking back and undoing in a chain of entries, each of which replaces the one before: what deals, events,
 * rules and LIVE sessions share. Payouts, traffic and receipts have more to look after and do it themselves.
 */
import { and, desc, eq, type InferInsertModel, or, type SQL, sql } from "drizzle-orm";
import type { AnyPgColumn, PgTable } from "drizzle-orm/pg-core";
import { AppError } from "../lib/errors";
import type { Viewer } from "../lib/model/access";
import { note as audit } from "./audit";
import { insertNew } from "./bulk";
import { conn, transaction } from "./client";
import { bodyHash, sameBody } from "./once";
import { demand, scope } from "./scope";

export interface Chain<Body, Entry extends Body & Link> {
  /** in messages and in the audit log: "deal" */
  noun: string;
  /** Throws not_found. */
  get(viewer: Viewer, creatorId: string, id: string): Promise<Entry>;
  /** Answers whether the entry is new. */
  insert(viewer: Viewer, creatorId: string, row: Body & NewLink): Promise<boolean>;
  bodyOf(entry: Body): Body;
}

interface Link {
  id: string;
  replaces: string | null;
  isVoid: boolean;
}
type NewLink = { id: string; replaces: string; isVoid?: boolean };

/** Takes an entry back: it counts no more, and the history keeps it. */
export function removeFrom<Body, Entry extends Body & Link>(
  chain: Chain<Body, Entry>,
  viewer: Viewer,
  creatorId: string,
  { id, replaces }: { id: string; replaces: string },
): Promise<void> {
  return transaction(viewer, async () => {
    await demand(viewer, creatorId, "write");
    const old = await chain.get(viewer, creatorId, replaces);
    const row = { ...chain.bodyOf(old), id, replaces: old.id, isVoid: true };
    if (await chain.insert(viewer, creatorId, row))
      await audit(creatorId, `${chain.noun}.removed`, old.id, {});
  });
}

/** Undoes the newest change of a chain: a first entry is taken back, a later one gives way to what it replaced. */
export function undoIn<Body, Entry extends Body & Link>(
  chain: Chain<Body, Entry>,
  viewer: Viewer,
  creatorId: string,
  { id, entryId }: { id: string; entryId: string },
): Promise<void> {
  return transaction(viewer, async () => {
    await demand(viewer, creatorId, "write");
    const newest = await chain.get(viewer, creatorId, entryId);
    const before = newest.replaces ? await chain.get(viewer, creatorId, newest.replaces) : null;
    const [body, isVoid] =
      before && !before.isVoid ? [chain.bodyOf(before), false] : [chain.bodyOf(newest), true];
    if (await chain.insert(viewer, creatorId, { ...body, id, replaces: newest.id, isVoid }))
      await audit(creatorId, `${chain.noun}.undone`, newest.id, {});
  });
}

type EntryTable = PgTable & Record<"creatorId" | "id" | "replaces" | "isVoid" | "bodyHash", AnyPgColumn>;

/** Newest of its chain, and not taken back. */
export function isCurrentIn(table: EntryTable): SQL {
  return sql`not ${table.isVoid} and not exists (
    select from ${table} as l where l.creator_id = ${table.creatorId} and l.replaces = ${table.id})`;
}

/** The id of the first entry of its chain, which stays the same while the chain grows. */
export function rootOf(table: EntryTable): SQL<string> {
  return sql<string>`(
    with recursive older as (
      select ${table.id} as id, ${table.replaces} as replaces
      union all select o.id, o.replaces from ${table} as o
        join older on o.creator_id = ${table.creatorId} and o.id = older.replaces
    ) select id from older where replaces is null)`;
}

/**
 * Inserts an entry and answers whether it is new; an id that is there with the same body is left as it is.
 * Throws conflict when the id has another body, or when what it replaces was replaced by somebody else meanwhile
 * (with what `find` reads of the entry that is there now).
 */
export async function appendTo<Table extends EntryTable>(
  table: Table,
  viewer: Viewer,
  creatorId: string,
  row: { id: string; replaces?: string | null; isVoid?: boolean } & Readonly<Record<string, unknown>>,
  { noun, find }: { noun: string; find: (where: SQL | undefined) => PromiseLike<readonly unknown[]> },
): Promise<boolean> {
  const { id, replaces = null, isVoid = false, ...body } = row;
  const hash = bodyHash({ ...body, replaces, isVoid });
  const entry = { ...body, creatorId, id, replaces, isVoid, recordedBy: id, bodyHash: hash };
  const isNew = await insertNew(table, [entry as unknown as InferInsertModel<Table> & { id: string }]);
  if (isNew.has(id)) return true;
  const own = and(scope(viewer, table.creatorId, "amounts"), eq(table.creatorId, creatorId));
  const [there] = await conn()
    .select({ bodyHash: sql<Buffer>`${table.bodyHash}` })
    .from(table as PgTable)
    .where(and(own, eq(table.id, id)));
  if (there) {
    sameBody(there.bodyHash, hash);
    return false;
  }
  const [current] = await find(and(own, eq(table.replaces, replaces ?? id)));
  throw new AppError(
    "conflict",
    `This ${noun} was changed by somebody else in the meantime. Look at the newest entry, then change that one.`,
    {},
    current,
  );
}

/**
 * What an entry corrects though nobody named it: the one that counts and that `same` finds, for what is said again of
 * the same day is a correction. Of an entry that is there already, what it replaced then.
 */
export async function replacedBy(
  table: EntryTable,
  viewer: Viewer,
  creatorId: string,
  { id, replaces }: { id: string; replaces?: string | null },
  same: SQL | undefined,
): Promise<string | null> {
  if (replaces) return replaces;
  const [found] = await conn()
    .select({ id: sql<string>`${table.id}`, replaces: sql<string | null>`${table.replaces}` })
    .from(table as PgTable)
    .where(
      and(
        scope(viewer, table.creatorId, "amounts"),
        eq(table.creatorId, creatorId),
        or(eq(table.id, id), and(same, isCurrentIn(table))),
      ),
    )
    .orderBy(desc(eq(table.id, id)))
    .limit(1);
  return found?.id === id ? found.replaces : (found?.id ?? null);
}

/** Oldest first. Follows the links, since two entries of one transaction carry the same time. */
export function inChainOrder<Entry extends { id: string; replaces: string | null }>(
  entries: readonly Entry[],
): Entry[] {
  const byReplaced = new Map(entries.map((entry) => [entry.replaces, entry]));
  const ordered: Entry[] = [];
  for (let entry = byReplaced.get(null); entry; entry = byReplaced.get(entry.id)) ordered.push(entry);
  return ordered;
}
