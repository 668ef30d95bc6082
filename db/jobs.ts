/** The job queue (pg-boss) over our own connections, as the sign-in role: no creator's data is in its reach. */
import { sql } from "drizzle-orm";
import PgBoss from "pg-boss";
import { authTransaction, conn } from "./client";

export const QUEUES = [
  "mail",
  "projections",
  "pools",
  "uploads",
  "ecb",
  "alerts",
  "alert-mails",
  "letters",
  "letter-mails",
  "statements",
  "creator-statements",
  "roster-runs",
  "roster-mails",
  "roster-sweep",
] as const;
export type Queue = (typeof QUEUES)[number];

/** Of these, one job of a key waits at a time (of those without a key, one at all): what looks again does not pile up. */
export const ONE_WAITS = [
  "alerts",
  "alert-mails",
  "letters",
  "letter-mails",
  "statements",
  "creator-statements",
  "roster-runs",
  "roster-mails",
] as const satisfies readonly Queue[];

/** pg-boss hands over plain objects where it means JSON, and lists and undefined as its own driver takes them. */
export function jobParameters(values: readonly unknown[] = []): never[] {
  return values.map((value) => {
    if (Array.isArray(value)) return `{${value.map((item) => JSON.stringify(String(item))).join(",")}}`;
    if (value && typeof value === "object" && !(value instanceof Date)) return JSON.stringify(value);
    return value ?? null;
  }) as never[];
}

/** A pg-boss that runs each of its statements on a connection of the pool. `start` and `stop` it yourself. */
export function openQueue(): PgBoss {
  return new PgBoss({
    db: {
      executeSql: (text, values) =>
        authTransaction(async () => ({ rows: await conn().$client.unsafe(text, jobParameters(values)) })),
    },
    schema: "pgboss",
    migrate: false,
  });
}

/**
 * Puts a job in line. Where a queue has keys, a job of a key that waits already stands for this one too; one that is
 * being worked on does not, since it may have looked before.
 */
export async function enqueue<Name extends Queue>(
  queue: Name,
  data: Record<string, unknown>,
  ...[key]: Name extends (typeof ONE_WAITS)[number] ? [key?: string] : []
): Promise<void> {
  await openQueue().send(queue, data, {
    retryLimit: 5,
    retryDelay: 30,
    retryBackoff: true,
    expireInMinutes: 10,
    ...(key ? { singletonKey: key } : {}),
  });
}

/** Every creator with the zone its months are counted in: what the projections job walks through. */
export async function listCreatorsForOperator(): Promise<{ creatorId: string; timeZone: string }[]> {
  return authTransaction(async () => {
    const rows = await conn().execute<{ creator_id: string; time_zone: string }>(
      sql`select creator_id, time_zone from operator_creators()`,
    );
    return rows.map((row) => ({ creatorId: row.creator_id, timeZone: row.time_zone }));
  });
}

/** Writes the letters of tasks that fall due, and answers every letter that is waiting, by whom it is for. */
export async function listWaitingLetters(): Promise<
  { agencyId: string; letterId: string; userId: string }[]
> {
  return authTransaction(async () => {
    await conn().execute(sql`select write_due_letters()`);
    const rows = await conn().execute<{ agency_id: string; letter_id: string; user_id: string }>(
      sql`select agency_id, letter_id, user_id from waiting_letters()`,
    );
    return rows.map((row) => ({ agencyId: row.agency_id, letterId: row.letter_id, userId: row.user_id }));
  });
}

/** Creators with a schedule that is due, or a mail that waits and whose time has come. */
export async function listCreatorsToSend(): Promise<string[]> {
  return authTransaction(async () => {
    const rows = await conn().execute<{ creator_id: string }>(sql`select creator_id from creators_to_send()`);
    return rows.map((row) => row.creator_id);
  });
}

export interface OpenRun {
  agencyId: string;
  runId: string;
  /** as whom it reads: what this person may see, and no more */
  startedBy: string;
}

/** Begins the runs of rosters whose schedule is due, each once. Resolves to how many are new. */
export async function openDueRosters(): Promise<number> {
  return authTransaction(async () => {
    const [row] = await conn().execute<{ opened: number }>(sql`select open_due_rosters() as opened`);
    return row?.opened ?? 0;
  });
}

/** Runs that ended, whose mail is to be looked at. */
export async function listRosterMailsToSend(): Promise<OpenRun[]> {
  return authTransaction(async () => {
    const rows = await conn().execute<{ agency_id: string; run_id: string; started_by: string }>(
      sql`select agency_id, run_id, started_by from roster_mails_to_send()`,
    );
    return rows.map((row) => ({ agencyId: row.agency_id, runId: row.run_id, startedBy: row.started_by }));
  });
}

/** Runs over a roster that have not ended, oldest first. */
export async function listOpenRosterRuns(): Promise<OpenRun[]> {
  return authTransaction(async () => {
    const rows = await conn().execute<{ agency_id: string; run_id: string; started_by: string }>(
      sql`select agency_id, run_id, started_by from open_roster_runs()`,
    );
    return rows.map((row) => ({ agencyId: row.agency_id, runId: row.run_id, startedBy: row.started_by }));
  });
}

/** Drops the files of runs that are a week old. Resolves to how many runs that were. */
export async function sweepRosterRuns(): Promise<number> {
  return authTransaction(async () => {
    const [row] = await conn().execute<{ swept: number }>(sql`select sweep_roster_runs() as swept`);
    return row?.swept ?? 0;
  });
}
