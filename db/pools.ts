/**
 * What creators who agreed to it learn from each other: how far each one's rates lie from the published ones, and
 * what was pooled of the others' for him. Written by the operator's nightly job alone; nobody sees another's.
 */
import { type SQL, sql } from "drizzle-orm";
import { AppError } from "../lib/errors";
import type { Viewer } from "../lib/model/access";
import type { PooledStart, PoolOffset } from "../lib/model/pooling";
import { note } from "./audit";
import { conn, transaction } from "./client";
import { poolOffsets, poolStarts } from "./schema";
import { demand, scope } from "./scope";

/** Keeps what a creator gives from now on: an empty list takes it back. What is kept already is not kept again. */
export function saveOffsets(
  viewer: Viewer,
  creatorId: string,
  offsets: readonly PoolOffset[],
): Promise<{ isNew: boolean }> {
  return asOperator(viewer, creatorId, async () => {
    const { count } = await conn().execute(sql`
      insert into pool_offsets (creator_id, recorded_by, offsets)
      select ${creatorId}, viewer_id(), ${JSON.stringify(offsets)}::jsonb
      where ${JSON.stringify(offsets)}::jsonb <> coalesce((
        select ${poolOffsets.offsets} from ${poolOffsets}
        where ${scope(viewer, poolOffsets.creatorId, "amounts")} and ${poolOffsets.creatorId} = ${creatorId}
        order by ${poolOffsets.recordedAt} desc limit 1), '[]')`);
    if (count > 0) await note(creatorId, "pool.offsets", creatorId, { cells: offsets.length });
    return { isNew: count > 0 };
  });
}

/**
 * The newest offsets of all others who agreed to it, without a word of whose they are. Forbidden to all but the
 * operator, and to him for a creator who did not agree.
 */
export function listInputs(viewer: Viewer, creatorId: string): Promise<PoolOffset[]> {
  return asOperator(viewer, creatorId, async () => [
    ...(await conn().execute<PoolOffset & Record<string, unknown>>(sql`select * from pool_inputs()`)),
  ]);
}

/** Keeps what a creator begins from from now on, as offsets to a table of starting rates; nothing twice. */
export function saveStarts(
  viewer: Viewer,
  creatorId: string,
  priorVersion: string,
  starts: readonly PooledStart[],
): Promise<{ isNew: boolean }> {
  return asOperator(viewer, creatorId, async () => {
    const next = sql`${JSON.stringify(starts)}::jsonb`;
    const { count } = await conn().execute(sql`
      insert into pool_starts (creator_id, recorded_by, prior_version, starts)
      select ${creatorId}, viewer_id(), ${priorVersion}, ${next}
      from (select 1) always
      left join (
        select ${poolStarts.starts}, ${poolStarts.priorVersion} from ${poolStarts}
        where ${scope(viewer, poolStarts.creatorId, "amounts")} and ${poolStarts.creatorId} = ${creatorId}
        order by ${poolStarts.recordedAt} desc limit 1
      ) newest on true
      where coalesce(newest.starts, '[]') <> ${next} or (newest.prior_version <> ${priorVersion} and ${next} <> '[]')`);
    if (count > 0) await note(creatorId, "pool.starts", creatorId, { cells: starts.length, priorVersion });
    return { isNew: count > 0 };
  });
}

/** A part of a ledger's query: what was pooled for a creator, the newest that was recorded before an instant. */
export function pooledFor(viewer: Viewer, creatorId: string, asOf: SQL = sql`'infinity'`): SQL {
  const whose = scope(viewer, sql`s.creator_id`, "amounts");
  return sql`
    select json_build_object('priorVersion', s.prior_version, 'starts', s.starts,
      'date', to_char(s.recorded_at at time zone 'UTC', 'YYYY-MM-DD'))
    from ${poolStarts} s
    where ${whose} and s.creator_id = ${creatorId} and s.recorded_at < ${asOf}::timestamptz
    order by s.recorded_at desc limit 1`;
}

function asOperator<T>(viewer: Viewer, creatorId: string, work: () => Promise<T>): Promise<T> {
  return transaction(viewer, async () => {
    if (viewer.kind !== "operator")
      throw new AppError("forbidden", "Creators are pooled by the nightly job alone.");
    await demand(viewer, creatorId, "amounts");
    return work();
  });
}
