/**
 * Runs that make the statements of a whole roster. A run holds what its starter may see, so nobody else sees it. Its
 * parts are listed when it begins; each is made once, in one transaction, so a run that was stopped goes on where it was.
 */
import { and, asc, desc, eq, isNull, type SQL, sql } from "drizzle-orm";
import { AppError, notFound } from "../lib/errors";
import type { Viewer } from "../lib/model/access";
import type { Month } from "../lib/model/month";
import type { RosterRow } from "../lib/model/sending";
import type { StatementFormat } from "../lib/model/statement";
import * as agencies from "./agencies";
import { conn, transaction } from "./client";
import { rosterFiles, rosterParts, rosterRuns } from "./schema";

/** The roster's own workbook; creators come from 1 on. */
export const WORKBOOK_PART = 0;
const MAX_OPEN = 2;

export interface Run {
  id: string;
  month: Month;
  attachments: StatementFormat[];
  /** null: begun by hand */
  scheduleId: string | null;
  startedAt: Date;
  /** null = under way */
  finishedAt: Date | null;
  /** not null: its files were dropped after a week */
  sweptAt: Date | null;
  /** creators, those done, and those of them without a statement */
  creators: number;
  made: number;
  refused: number;
}

export interface Part {
  part: number;
  /** null: the workbook */
  representedId: string | null;
  name: string;
  row: RosterRow | null;
  problem: string | null;
  madeAt: Date | null;
}

export interface RosterFile {
  name: string;
  /** hex */
  sha256: string;
  bytes: Buffer;
}

/**
 * Begins a run over the creators of a roster whose amounts the viewer sees in whole, in the order of their names; the
 * others are listed with the reason. The same id answers the same. Errors: not_found to a stranger of the agency;
 * invalid for an empty roster; limit while two runs of his are under way.
 */
export function begin(
  viewer: Viewer,
  agencyId: string,
  { id, month, attachments }: { id: string; month: Month; attachments: StatementFormat[] },
): Promise<void> {
  return transaction(viewer, async () => {
    await agencies.demandMember(viewer, agencyId);
    const startedBy = agencies.personOf(viewer);
    const runs = await conn()
      .select({ id: rosterRuns.id, finishedAt: rosterRuns.finishedAt })
      .from(rosterRuns)
      .where(mine(viewer, agencyId));
    if (runs.some((run) => run.id === id)) return;
    if (runs.filter(({ finishedAt }) => finishedAt === null).length >= MAX_OPEN)
      throw new AppError("limit", `${MAX_OPEN} runs of yours are under way. Wait until one has ended.`);
    // Of a form that is sent twice at once, the second waits here for the first.
    const { count } = await conn()
      .insert(rosterRuns)
      .values({ agencyId, id, month, attachments, startedBy })
      .onConflictDoNothing();
    if (count === 0) return;
    const { creators } = await listCreators(viewer, agencyId, id);
    if (creators === 0)
      throw new AppError("invalid", "There is no creator on your roster yet, so there is nothing to make.");
  });
}

/**
 * Lists whom a run is over, once: the creators of the roster as the viewer sees it at this moment. A run by schedule
 * begins without them. Throws not_found.
 */
export function listCreators(viewer: Viewer, agencyId: string, runId: string): Promise<{ creators: number }> {
  return transaction(viewer, async () => {
    await get(viewer, agencyId, runId);
    const { count } = await conn()
      .insert(rosterParts)
      .values({ agencyId, runId, part: WORKBOOK_PART, name: "" })
      .onConflictDoNothing();
    if (count > 0)
      await conn().execute(sql`
        insert into ${rosterParts} (agency_id, run_id, part, represented_id, name, problem, made_at)
        select ${agencyId}, ${runId}, row_number() over (order by name, id), id, name,
          case when not is_whole then ${LIMITED} end, case when not is_whole then now() end
        from (${represented(agencyId)}) r`);
    const { creators } = await get(viewer, agencyId, runId);
    return { creators };
  });
}

/** The viewer's own runs, newest first. Throws not_found to a stranger of the agency. */
export function list(viewer: Viewer, agencyId: string): Promise<Run[]> {
  return transaction(viewer, async () => {
    await agencies.demandMember(viewer, agencyId);
    return runsWhere(mine(viewer, agencyId));
  });
}

/** One run of the viewer's own. Throws not_found. */
export function get(viewer: Viewer, agencyId: string, id: string): Promise<Run> {
  return transaction(viewer, async () => {
    await agencies.demandMember(viewer, agencyId);
    const [run] = await runsWhere(and(mine(viewer, agencyId), eq(rosterRuns.id, id)));
    if (!run) throw notFound("run");
    return run;
  });
}

/** The parts of a run in order, the workbook first. Throws not_found. */
export function parts(viewer: Viewer, agencyId: string, runId: string): Promise<Part[]> {
  return transaction(viewer, async () => {
    await get(viewer, agencyId, runId);
    return conn()
      .select(PART)
      .from(rosterParts)
      .where(ofRun(viewer, agencyId, runId))
      .orderBy(asc(rosterParts.part));
  });
}

/** The next creator whose part is not made yet; null when all are. Throws not_found. */
export function next(viewer: Viewer, agencyId: string, runId: string): Promise<Part | null> {
  return transaction(viewer, async () => {
    await get(viewer, agencyId, runId);
    const [part] = await conn()
      .select(PART)
      .from(rosterParts)
      .where(
        and(
          ofRun(viewer, agencyId, runId),
          isNull(rosterParts.madeAt),
          sql`${rosterParts.part} <> ${WORKBOOK_PART}`,
        ),
      )
      .orderBy(asc(rosterParts.part))
      .limit(1);
    return part ?? null;
  });
}

/**
 * Keeps what was made of one part, with its files. The first who made it wins; false for everybody after. With the
 * workbook the run ends. Throws not_found.
 */
export function keep(
  viewer: Viewer,
  at: { agencyId: string; runId: string; part: number },
  made: { row?: RosterRow; problem?: string; files: readonly RosterFile[] },
): Promise<boolean> {
  const { agencyId, runId, part } = at;
  return transaction(viewer, async () => {
    await get(viewer, agencyId, runId);
    const { count } = await conn()
      .update(rosterParts)
      .set({ row: made.row ?? null, problem: made.problem ?? null, madeAt: sql`now()` })
      .where(and(ofRun(viewer, agencyId, runId), eq(rosterParts.part, part), isNull(rosterParts.madeAt)));
    if (count === 0) return false;
    if (made.files.length > 0)
      await conn()
        .insert(rosterFiles)
        .values(made.files.map((file) => ({ ...at, ...file })));
    if (part === WORKBOOK_PART)
      await conn()
        .update(rosterRuns)
        .set({ finishedAt: sql`now()` })
        .where(and(mine(viewer, agencyId), eq(rosterRuns.id, runId)));
    return true;
  });
}

/**
 * The files of one part, with their bytes, by name. Throws not_found; forbidden when a creator of the run shows the
 * viewer his amounts no longer, since the roster's sums hold them too.
 */
export function files(
  viewer: Viewer,
  agencyId: string,
  { runId, part }: { runId: string; part: number },
): Promise<RosterFile[]> {
  return transaction(viewer, async () => {
    await get(viewer, agencyId, runId);
    const gone = await conn().execute<{ name: string }>(sql`
      select p.name from ${rosterParts} p
      where p.agency_id = ${agencyId} and p.run_id = ${runId} and p.represented_id is not null and p.problem is null
        and p.represented_id not in (select id from (${represented(agencyId)}) r where is_whole)
      order by p.part limit 1`);
    if (gone[0])
      throw new AppError(
        "forbidden",
        `${gone[0].name} shows you no amounts any more, and this run has them in it. Begin a new run.`,
      );
    return conn()
      .select({ name: rosterFiles.name, sha256: rosterFiles.sha256, bytes: rosterFiles.bytes })
      .from(rosterFiles)
      .where(
        and(
          eq(rosterFiles.agencyId, agencyId),
          eq(rosterFiles.runId, runId),
          eq(rosterFiles.part, part),
          sql`(${rosterFiles.agencyId}, ${rosterFiles.runId}) in (
            select r.agency_id, r.id from roster_runs r where r.started_by = ${agencies.personOf(viewer)})`,
        ),
      )
      .orderBy(asc(rosterFiles.name));
  });
}

// ---------------------------------------------------------------- shared parts

const LIMITED = "Shows you no amounts, or those of some streams only: ask the creator for all of them.";

/** Whom the viewer sees through this agency, and whether with all amounts. Asked by the second wall's own rows. */
function represented(agencyId: string): SQL {
  return sql`
    select c.id, c.name, bool_or(a.amounts and a.streams is null) as is_whole
    from representations r
    join access a on a.creator_id = r.creator_id and a.via = 'representation:' || r.id
    join creators c on c.id = r.creator_id
    where r.agency_id = ${agencyId} and r.accepted_at is not null and r.ended_at is null
      and a.user_id = nullif(current_setting('app.user_id', true), '')::uuid
      and (a.until is null or a.until > now())
    group by c.id, c.name`;
}

const PART = {
  part: rosterParts.part,
  representedId: rosterParts.representedId,
  name: rosterParts.name,
  row: rosterParts.row,
  problem: rosterParts.problem,
  madeAt: rosterParts.madeAt,
};

function runsWhere(where: SQL | undefined): Promise<Run[]> {
  const countOf = (only: SQL) =>
    sql<number>`(
      select count(*)::int from roster_parts p
      where p.agency_id = ${rosterRuns.agencyId} and p.run_id = ${rosterRuns.id} and p.part > 0 and ${only})`;
  return conn()
    .select({
      id: rosterRuns.id,
      month: sql<Month>`${rosterRuns.month}`,
      attachments: rosterRuns.attachments,
      scheduleId: rosterRuns.scheduleId,
      startedAt: rosterRuns.startedAt,
      finishedAt: rosterRuns.finishedAt,
      sweptAt: rosterRuns.sweptAt,
      creators: countOf(sql`true`),
      made: countOf(sql`p.made_at is not null`),
      refused: countOf(sql`p.problem is not null`),
    })
    .from(rosterRuns)
    .where(where)
    .orderBy(desc(rosterRuns.startedAt), desc(rosterRuns.id));
}

function mine(viewer: Viewer, agencyId: string): SQL | undefined {
  return and(eq(rosterRuns.agencyId, agencyId), eq(rosterRuns.startedBy, agencies.personOf(viewer)));
}

function ofRun(viewer: Viewer, agencyId: string, runId: string): SQL | undefined {
  return and(
    eq(rosterParts.agencyId, agencyId),
    eq(rosterParts.runId, runId),
    sql`(${rosterParts.agencyId}, ${rosterParts.runId}) in (
      select r.agency_id, r.id from roster_runs r where r.started_by = ${agencies.personOf(viewer)})`,
  );
}
