/** Who earns: the tenant. Everything else belongs to one of these. */
import { and, asc, eq, type SQL, sql } from "drizzle-orm";
import { AppError, notFound, stale } from "../lib/errors";
import type { Viewer } from "../lib/model/access";
import type { Currency } from "../lib/model/money";
import { type Day, dayOf } from "../lib/model/month";
import type { Role } from "../lib/model/words";
import { note } from "./audit";
import { conn, OPERATOR_ID, read, transaction } from "./client";
import { creators } from "./schema";
import { demand, scope } from "./scope";

export interface Creator {
  id: string;
  name: string;
  /** what reports are converted to */
  currency: Currency;
  /** IANA name; days and months are counted in it */
  timeZone: string;
  /** the day it is in that zone now */
  today: Day;
  isSample: boolean;
  /** whether an owner agreed to pool its rates with other creators' */
  pools: boolean;
  createdAt: Date;
  version: number;
  /** what the viewer may do here: an editor who does not see all may only look, the operator may do what an editor may */
  role: Role;
}

export interface NewCreator {
  /** made by the browser before the first submit */
  id: string;
  name: string;
  currency: Currency;
  timeZone: string;
  isSample?: boolean;
}

/** Makes a creator with the viewer as its owner. The same id with the same values answers the same. */
export function create(viewer: Viewer, input: NewCreator): Promise<Creator> {
  return transaction(viewer, async () => {
    if (viewer.kind !== "person") throw new AppError("forbidden", "Only a person can own a creator.");
    const { id, name, currency, timeZone, isSample = false } = input;
    await refuseUnknownZone(timeZone);
    // No RETURNING: the row is visible to its maker only after the trigger that makes him its owner.
    const { count } = await conn()
      .insert(creators)
      .values({ id, name, currency, timeZone, isSample, createdBy: viewer.userId })
      .onConflictDoNothing();
    const [creator] = await select(viewer, eq(creators.id, id));
    if (count === 1 && creator) {
      await note(id, "creator.created", id, { name, currency, timeZone });
      return creator;
    }
    if (creator?.name !== name || creator.currency !== currency || creator.timeZone !== timeZone) {
      throw new AppError("conflict", "This form was already saved with other values. Reload the page.");
    }
    return creator;
  });
}

/** All creators shared with the viewer, by name; a sample comes last. */
export function list(viewer: Viewer): Promise<Creator[]> {
  return read(viewer, () => select(viewer));
}

/** Those that the viewer belongs to, and one more beside them, in the same order. */
export function listOwn(viewer: Viewer, besideId: string): Promise<Creator[]> {
  return read(viewer, () =>
    select(viewer, sql`(${scope(viewer, creators.id, "house")} or ${creators.id} = ${besideId})`),
  );
}

/** Throws not_found for one that is not there or not shared. */
export function get(viewer: Viewer, id: string): Promise<Creator> {
  return transaction(viewer, async () => {
    const [creator] = await select(viewer, eq(creators.id, id));
    if (!creator) throw notFound("creator");
    return creator;
  });
}

/** Owners only. A stale version gets the current values back. */
export function update(
  viewer: Viewer,
  input: { id: string; name: string; currency: Currency; timeZone: string; version: number },
): Promise<Creator> {
  return transaction(viewer, async () => {
    const { id, name, currency, timeZone, version } = input;
    await demand(viewer, id, "manage");
    await refuseUnknownZone(timeZone);
    const { count } = await conn()
      .update(creators)
      .set({ name, currency, timeZone, version: version + 1 })
      .where(and(scope(viewer, creators.id, "manage"), eq(creators.id, id), eq(creators.version, version)));
    const [creator] = await select(viewer, eq(creators.id, id));
    if (!creator) throw notFound("creator");
    if (count === 0) throw stale("creator", creator);
    await note(id, "creator.updated", id, { name, currency, timeZone });
    return creator;
  });
}

/** Owners only: agrees to pool with other creators, or takes it back from the next nightly run on. */
export function setPools(
  viewer: Viewer,
  { id, pools, version }: { id: string; pools: boolean; version: number },
): Promise<Creator> {
  return transaction(viewer, async () => {
    await demand(viewer, id, "manage");
    const { count } = await conn()
      .update(creators)
      .set({ pools, version: version + 1 })
      .where(and(scope(viewer, creators.id, "manage"), eq(creators.id, id), eq(creators.version, version)));
    const [creator] = await select(viewer, eq(creators.id, id));
    if (!creator) throw notFound("creator");
    if (count === 0) throw stale("creator", creator);
    await note(id, pools ? "creator.pools" : "creator.pools_no_more", id, {});
    return creator;
  });
}

async function select(viewer: Viewer, which?: SQL): Promise<Creator[]> {
  const userId = viewer.kind === "person" ? viewer.userId : OPERATOR_ID;
  const role = sql<Role>`(
    select may.role from access a
    cross join lateral (
      select case when a.role = 'operator' then 'editor' when a.amounts and a.streams is null then a.role else 'viewer' end as role
    ) may
    where a.user_id = ${userId} and a.creator_id = ${creators.id} and (a.until is null or a.until > now())
    order by array_position(array['owner', 'editor', 'viewer'], may.role)
    limit 1
  )`;
  const rows = await conn()
    .select({
      id: creators.id,
      name: creators.name,
      currency: creators.currency,
      timeZone: creators.timeZone,
      today: sql<string>`to_char(now() at time zone ${creators.timeZone}, 'YYYY-MM-DD')`,
      isSample: creators.isSample,
      pools: creators.pools,
      createdAt: creators.createdAt,
      version: creators.version,
      role,
    })
    .from(creators)
    .where(and(scope(viewer, creators.id), which))
    .orderBy(asc(creators.isSample), asc(creators.name), asc(creators.id));
  return rows.map((row) => ({ ...row, currency: row.currency as Currency, today: dayOf(row.today) }));
}

/** Days are counted in the zone by the database too, so it must know the name. */
async function refuseUnknownZone(timeZone: string): Promise<void> {
  try {
    await conn().execute(sql`select now() at time zone ${timeZone}`);
  } catch (error) {
    if ((error as { cause?: { code?: string } }).cause?.code !== "22023") throw error;
    throw new AppError("invalid", "Please look at the marked fields.", {
      timeZone: "The database does not know this time zone. Choose another of the same region.",
    });
  }
}
