/**
 * A file's drafts, as lines of COPY text on disk, on their way into a temporary table that lives as long as the
 * transaction; a part of imports.ts.
 */
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { sql } from "drizzle-orm";
import type { PlanChoices, SameRows, TwinChoice } from "../lib/import/plan";
import { STAGED_COLUMNS } from "../lib/import/staged";
import { conn } from "./client";
import { copyIn } from "./connection";

const LISTED = 100;
const PIECE_BYTES = 256 * 1024;

export interface Watch {
  signal?: AbortSignal;
  /** from 0 to 1 */
  onProgress?(share: number): void;
}

/** Fills the table `staged`; `n` is the order of the file. Answers the SHA-256 of what was staged. */
export async function stage(path: string, { signal, onProgress }: Watch): Promise<string> {
  const columns = Object.entries(STAGED_COLUMNS).map(([name, type]) => `${name} ${type}`);
  await conn().execute(
    sql.raw(`create temp table staged (n integer generated always as identity (cache 1000), ${columns.join(", ")})
      on commit drop`),
  );
  const hash = createHash("sha256");
  const { size } = await stat(path).catch(() => {
    throw new Error("The drafts of this file are no longer where they were staged.");
  });
  async function* pieces() {
    let read = 0;
    for await (const piece of createReadStream(path, {
      highWaterMark: PIECE_BYTES,
    }) as AsyncIterable<Buffer>) {
      hash.update(piece);
      yield piece;
      read += piece.length;
      onProgress?.(read / size);
    }
  }
  const names = Object.keys(STAGED_COLUMNS).join(", ");
  await copyIn(conn(), `copy staged (${names}) from stdin`, pieces(), signal);
  await conn().execute(sql`analyze staged (what, key, line, video)`);
  return hash.digest("hex");
}

/** Rows of one name: which of them are left out, and which get a name of their own ("…#2"). */
export interface Repeats {
  twins: { groups: number; listed: SameRows[]; choices: TwinChoice[]; chosen: TwinChoice | null };
  repeats: { rows: number; listed: SameRows[]; mayKeep: boolean };
}

/**
 * Of the rows of one name in one file, those that are the same to the letter count once, unless they are payouts
 * and `keepRepeats` says that each is real. Those that differ are a question; payouts that were kept apart once
 * stay so. Until it is answered the first counts.
 */
export async function settleRepeats(
  creatorId: string,
  channelId: string | null,
  choices: PlanChoices,
): Promise<Repeats> {
  const chosen = choices.twins === "sum" ? null : (choices.twins ?? null);
  const [any] = await conn().execute(sql`
    select from staged where what not in ('line', 'video') group by what, key having count(*) > 1 limit 1`);
  if (!any) return NO_REPEATS;
  await conn().execute(sql`
    create temp table repeats on commit drop as
    with again as (
      select what, key from staged where what not in ('line', 'video') group by what, key having count(*) > 1
    ), shares as (
      select s.key, s.line, string_agg(s.video || ' ' || s.minor, ',' order by s.video) as told
      from staged s join again a on a.what = 'payout' and a.key = s.key
      where s.what = 'line' group by s.key, s.line
    ), bodies as (
      select s.n, s.what, s.key, s.line, s.first,
        md5((to_jsonb(s) - 'n' - 'line')::text || coalesce(l.told, '')) as body
      from staged s join again a on a.what = s.what and a.key = s.key
      left join shares l on s.what = 'payout' and l.key = s.key and l.line = s.line
    ), numbered as (
      select b.*, row_number() over (partition by what, key, body order by n) as nth,
        min(body) over (partition by what, key) <> max(body) over (partition by what, key) as is_twin,
        first_value(body) over (partition by what, key order by n) as first_body,
        first_value(body) over (partition by what, key order by n desc) as last_body
      from bodies b
    ), answered as (
      select m.*, coalesce(${chosen}::text, case when m.what = 'payout' and exists (
        select from payouts p
        where p.creator_id = ${creatorId} and p.channel_id is not distinct from ${channelId}::uuid and p.source_key = m.key || '#2' and p.kind <> 'void'
          and not exists (select from payouts l where l.creator_id = p.creator_id and l.replaces = p.id)
      ) then 'keep' end) as answer
      from numbered m
    ), kept as (
      select a.*, (nth = 1 or (what = 'payout' and ${choices.keepRepeats ?? false})) and (
          not is_twin or (answer = 'keep' and what = 'payout')
          or body = case when answer in ('last', 'keep') then last_body else first_body end
        ) as is_kept
      from answered a
    )
    select k.*, count(*) filter (where is_kept) over (partition by what, key order by n) as place from kept k`);
  await conn().execute(sql`
    delete from staged s using repeats r
    where not r.is_kept and (s.n = r.n or (s.what = 'line' and r.what = 'payout' and s.key = r.key and s.line = r.line
      and not exists (
        select from repeats o where o.is_kept and o.what = r.what and o.key = r.key and o.line = r.line)))`);
  await conn().execute(sql`
    update staged s set key = r.key || '#' || r.place from repeats r
    where r.is_kept and r.place > 1
      and (s.n = r.n or (s.what = 'line' and r.what = 'payout' and s.key = r.key and s.line = r.line))`);
  const [told] = await conn().execute<Told>(sql`
    with groups as (
      select what, key, min(first) as first, min(n) as n, bool_or(is_twin) as is_twin, bool_and(answer is not null) as is_answered,
        bool_or(nth > 1) as is_repeated, count(*) filter (where nth > 1)::int as rows,
        (array_agg(line order by n))[1:20] as lines
      from repeats group by what, key
    )
    select count(*) filter (where is_twin)::int as twins, coalesce(sum(rows), 0)::int as repeated,
      bool_and(is_answered) filter (where is_twin) as is_answered,
      coalesce(bool_and(what = 'payout') filter (where is_twin), false) as may_keep_twins,
      coalesce(bool_or(what = 'payout') filter (where is_repeated), false) as may_keep_repeats,
      (select coalesce(json_agg(t order by n), '[]') from (
        select what, first as when, lines, n from groups where is_twin order by n limit ${LISTED}) t) as twin_rows,
      (select coalesce(json_agg(t order by n), '[]') from (
        select what, first as when, lines, n from groups where is_repeated order by n limit ${LISTED}) t) as repeated_rows
    from groups`);
  if (!told) throw new Error("An aggregate without a row.");
  const plain = (rows: SameRows[]) => rows.map(({ what, when, lines }) => ({ what, when, lines }));
  return {
    twins: {
      groups: told.twins,
      listed: plain(told.twin_rows),
      choices: told.may_keep_twins ? ["first", "last", "keep"] : ["first", "last"],
      chosen: chosen ?? (told.is_answered ? "keep" : null),
    },
    repeats: {
      rows: told.repeated,
      listed: plain(told.repeated_rows),
      mayKeep: told.may_keep_repeats,
    },
  };
}

const NO_REPEATS: Repeats = {
  twins: { groups: 0, listed: [], choices: [], chosen: null },
  repeats: { rows: 0, listed: [], mayKeep: false },
};

interface Told extends Record<string, unknown> {
  twins: number;
  repeated: number;
  is_answered: boolean | null;
  may_keep_twins: boolean;
  may_keep_repeats: boolean;
  twin_rows: SameRows[];
  repeated_rows: SameRows[];
}
