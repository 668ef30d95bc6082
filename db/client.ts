/**
 * The one door to the data. A transaction carries its viewer; row-level security answers with what that
 * viewer may see. Nothing connects before the first transaction: importing this file opens nothing.
 */
import { AsyncLocalStorage } from "node:async_hooks";
import type { SQL } from "drizzle-orm";
import { PgDialect } from "drizzle-orm/pg-core";
import { AppError, type ErrorCode } from "../lib/errors";
import type { Viewer } from "../lib/model/access";
import { type Connection, ConnectionLost, connect, copyOut, type Database, targetOf } from "./connection";

/** The user as whom jobs and the command line act, for one creator at a time (drizzle/0002_walls.sql). */
export const OPERATOR_ID = "00000000-0000-4000-8000-000000000001";

/** A request without an answer after this long counts as hung; it is cut and answered. */
const DEADLINE_MS = 8_000;
const CONNECT_SECONDS = 5;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

interface Running {
  readonly db: Database;
  readonly connection: Connection;
  readonly door: Door;
  readonly as: string;
}

const running = new AsyncLocalStorage<Running>();

/** The running transaction's database. Throws outside of one: a query without a viewer is a bug. */
export function conn(): Database {
  const current = running.getStore();
  if (!current) throw new Error("A query outside a transaction: wrap it in transaction(viewer, …).");
  return current.db;
}

/**
 * The rows of a query as CSV without a header, in pieces, in the running transaction. Who stops taking them ends the
 * transaction with its connection: nobody waits for rows that nobody wants.
 */
export async function copyCsv(query: SQL, take: (piece: Buffer) => Promise<void>): Promise<void> {
  const { connection, db } = running.getStore() ?? {};
  if (!connection || !db)
    throw new Error("A query outside a transaction: wrap it in transaction(viewer, …).");
  // COPY takes no parameters.
  const { sql: text } = dialect.sqlToQuery(query.inlineParams());
  await copyOut(db, `copy (${text}) to stdout with (format csv)`, async (piece) => {
    try {
      await take(piece);
    } catch (error) {
      // A moment later, so that what is thrown is why, and not that the connection was lost.
      setImmediate(() => connection.destroy());
      throw error;
    }
  });
}

const dialect = new PgDialect();

/**
 * Runs `work` in one transaction that sees what the viewer sees; commits when it resolves, rolls back when it
 * throws. Inside a transaction of the same viewer it joins that one.
 *
 * Errors: AppError "unavailable" when the database cannot be reached, was lost, or took over 8 s. Then nothing
 * was saved, unless COMMIT was already under way: a retry with the same id answers with what is there.
 */
export function transaction<T>(viewer: Viewer, work: () => Promise<T>, options: Options = {}): Promise<T> {
  const [userId, creatorId] =
    viewer.kind === "person" ? [viewer.userId, null] : [OPERATOR_ID, viewer.creatorId];
  return perform("app", `${uuid(userId)}/${creatorId ?? ""}`, settings(userId, creatorId), work, options);
}

/** For accounts and the job queue: no creator's data is in reach here. */
export function authTransaction<T>(work: () => Promise<T>, options: Options = {}): Promise<T> {
  return perform("auth", "", "", work, options);
}

/**
 * Like `transaction`, for work that only reads and whose queries are few and of fixed text: they are sent along
 * with BEGIN, planned once per connection, and COMMIT is not waited for. Set DATABASE_PREPARE=no behind a pooler
 * in transaction mode that cannot keep prepared statements. A lost connection is tried again.
 */
export function read<T>(viewer: Viewer, work: () => Promise<T>): Promise<T> {
  const [userId, creatorId] =
    viewer.kind === "person" ? [viewer.userId, null] : [OPERATOR_ID, viewer.creatorId];
  return look("app", `${uuid(userId)}/${creatorId ?? ""}`, settings(userId, creatorId), work);
}

/** `read` for accounts, each statement by itself: they carry no viewer, so they need no transaction around them. */
export function authRead<T>(work: () => Promise<T>): Promise<T> {
  return look("auth", "", null, work);
}

interface Options {
  /** Long work that a person does not wait for (a job, an import of a large file). */
  deadlineMs?: number;
  /** Only reads, and every query sees the data as the first one did. */
  oneMoment?: boolean;
}

function settings(userId: string, creatorId: string | null): string {
  const user = `select set_config('app.user_id', '${uuid(userId)}', true)`;
  return creatorId === null ? user : `${user}, set_config('app.creator_id', '${uuid(creatorId)}', true)`;
}

function uuid(text: string): string {
  if (!UUID.test(text)) throw new AppError("not_found", "This page does not exist.");
  return text;
}

async function perform<T>(
  door: Door,
  as: string,
  setup: string,
  work: () => Promise<T>,
  { deadlineMs = DEADLINE_MS, oneMoment = false }: Options,
): Promise<T> {
  const current = running.getStore();
  if (current) {
    if (current.door !== door || current.as !== as) throw new Error("A transaction inside another's.");
    return work();
  }
  const until = Date.now() + deadlineMs;
  const opening = oneMoment ? "begin isolation level repeatable read read only" : "begin";
  const connection = await begin(door, setup ? `${opening}; ${setup}` : opening, until);
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => {
        connection.destroy();
        reject(new ConnectionLost("The database took too long."));
      },
      Math.max(0, until - Date.now()),
    );
  });
  late.catch(() => {});
  try {
    const answered = running.run({ db: connection.db, connection, door, as }, work);
    const result = await Promise.race([connection.untilLost(answered), late]);
    // A COMMIT of a failed transaction answers ROLLBACK and raises nothing.
    const answer = await Promise.race([connection.run("commit"), late]);
    if ((answer as { command?: string }).command !== "COMMIT")
      throw new Error("The transaction had failed before its commit.");
    return result;
  } catch (error) {
    if (!connection.isDead) {
      await Promise.race([connection.run("rollback"), late]).catch(() => connection.destroy());
    }
    throw explain(error);
  } finally {
    clearTimeout(timer);
    release(door, connection);
  }
}

/** Nothing here can be torn: a statement that outlives its BEGIN sees no viewer, so no rows, and may not write. */
async function look<T>(door: Door, as: string, setup: string | null, work: () => Promise<T>): Promise<T> {
  const current = running.getStore();
  if (current) {
    if (current.door !== door || current.as !== as) throw new Error("A transaction inside another's.");
    return work();
  }
  const until = Date.now() + DEADLINE_MS;
  for (let attempt = 0; ; attempt++) {
    const connection = await acquire(door, until).catch((error) => {
      throw explain(error);
    });
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(
        () => {
          connection.destroy();
          reject(new ConnectionLost("The database took too long."));
        },
        Math.max(0, until - Date.now()),
      );
    });
    try {
      const db = process.env.DATABASE_PREPARE === "no" ? connection.db : connection.prepared;
      const begun = setup === null ? null : connection.run(`begin read only; ${setup}`);
      const answered = running.run({ db, connection, door, as }, work);
      const [result] = await Promise.race([connection.untilLost(Promise.all([answered, begun])), late]);
      if (begun) connection.run("commit").catch(() => connection.destroy());
      return result;
    } catch (error) {
      if (connection.isDead && attempt < 2 && Date.now() < until) continue;
      if (!connection.isDead && setup !== null) {
        await Promise.race([connection.run("rollback"), late]).catch(() => connection.destroy());
      }
      throw explain(error);
    } finally {
      clearTimeout(timer);
      late.catch(() => {});
      release(door, connection);
    }
  }
}

/** Begins on an idle connection; one that died unnoticed costs a retry, for nothing had run on it. */
async function begin(door: Door, statements: string, until: number): Promise<Connection> {
  for (let attempt = 0; ; attempt++) {
    let connection: Connection;
    try {
      connection = await acquire(door, until);
    } catch (error) {
      throw explain(error);
    }
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(
        () => reject(new ConnectionLost("The database took too long.")),
        Math.max(0, until - Date.now()),
      );
    });
    try {
      await Promise.race([connection.run(statements), late]);
      return connection;
    } catch (error) {
      connection.destroy();
      release(door, connection);
      if (attempt >= 2 || Date.now() >= until) throw explain(error);
    } finally {
      clearTimeout(timer);
      late.catch(() => {});
    }
  }
}

/** Turns what the database refuses into what a person can be told; anything else passes through. */
function explain(error: unknown): unknown {
  if (error instanceof AppError) return error;
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const { code = "", constraint_name: constraint = "" } = cause as {
    code?: string;
    constraint_name?: string;
  };
  const told =
    cause instanceof ConnectionLost || LOST.test(code) ? UNREACHABLE : (REFUSED[constraint] ?? REFUSED[code]);
  return told ? Object.assign(new AppError(...told), { cause: error }) : error;
}

const LOST = /^(CONNECTION_|CONNECT_TIMEOUT|ECONN|ENOENT|ENOTFOUND|EPIPE|ETIMEDOUT|57P0|57014|53300|25P03)/;

const UNREACHABLE: [ErrorCode, string] = [
  "unavailable",
  "The database did not answer. What you typed is still here: try again in a moment; a repeat is never counted twice.",
];

const REPLACED =
  "An entry was corrected by somebody else in the meantime, so nothing was saved. Look at the newest one, then try again.";

/** By constraint, else by SQLSTATE. */
const REFUSED: Readonly<Record<string, [ErrorCode, string]>> = {
  traffic_overlap: [
    "conflict",
    "Part of this period already has views for the same channel or video. Correct the entry that is there, or choose another period.",
  ],
  payout_lines_sum: [
    "invalid",
    "The amounts by video add up to more than the payout. Lower them, or raise the payout.",
  ],
  payouts_period: [
    "invalid",
    "A period cannot end before it begins, nor last three years or more. Change one of its days.",
  ],
  payouts_about: [
    "invalid",
    "An earning stands alone. Choose what this entry adds to the payout: a refund, a fee …",
  ],
  creators_pools: ["invalid", "A sample's figures are made up: nobody can learn from them."],
  members_last_owner: ["invalid", "A creator keeps at least one owner. Make somebody else an owner first."],
  commission_answers_replaced: [
    "conflict",
    "Other terms were accepted in the place of the same ones in the meantime. Reload the page to see what counts.",
  ],
  payouts_replaces: ["conflict", REPLACED],
  traffic_replaces: ["conflict", REPLACED],
  videos_external: ["conflict", "A video with this id is already there on this channel."],
  // A key that points at nothing this viewer may see, and the null that comes of it.
  "23503": ["not_found", "Something this refers to does not exist, or it is not shared with you."],
  "23502": ["not_found", "Something this refers to does not exist, or it is not shared with you."],
  "42501": ["forbidden", "You are not allowed to do this here."],
};

// ---------------------------------------------------------------- the pools

type Door = "app" | "auth";

interface Pool {
  idle: Connection[];
  open: number;
  waiting: ((connection: Connection | null) => void)[];
}

const SIZE: Record<Door, number> = { app: 10, auth: 4 };
const VARIABLE: Record<Door, string> = { app: "DATABASE_APP_URL", auth: "DATABASE_AUTH_URL" };

// Next bundles this module more than once in a process; the pools must be one.
const shared = globalThis as { permillePools?: Record<Door, Pool> };
shared.permillePools ??= {
  app: { idle: [], open: 0, waiting: [] },
  auth: { idle: [], open: 0, waiting: [] },
};
const pools = shared.permillePools;

async function acquire(door: Door, until: number): Promise<Connection> {
  const pool = pools[door];
  for (let idle = pool.idle.pop(); idle; idle = pool.idle.pop()) {
    if (!idle.isDead) return idle;
    pool.open--;
  }
  if (pool.open >= SIZE[door]) {
    const handed = await new Promise<Connection | null>((resolve, reject) => {
      const waiter = (connection: Connection | null) => {
        clearTimeout(timer);
        resolve(connection);
      };
      const timer = setTimeout(
        () => {
          pool.waiting.splice(pool.waiting.indexOf(waiter), 1);
          reject(new ConnectionLost("All connections to the database were busy."));
        },
        Math.max(0, until - Date.now()),
      );
      pool.waiting.push(waiter);
    });
    return handed ?? acquire(door, until);
  }
  pool.open++;
  return connect(targetOf(databaseUrl(door)), {
    name: `permille ${door}`,
    connectSeconds: CONNECT_SECONDS,
    // Compiling a query takes longer than any of ours runs.
    settings: { idle_in_transaction_session_timeout: "30000", jit: "off" },
  });
}

function release(door: Door, connection: Connection): void {
  const pool = pools[door];
  const next = pool.waiting.shift();
  if (connection.isDead) {
    pool.open--;
    next?.(null);
  } else if (next) {
    next(connection);
  } else {
    pool.idle.push(connection);
  }
}

function databaseUrl(door: Door): string {
  const url = process.env[VARIABLE[door]];
  if (process.env.NEXT_PHASE === "phase-production-build")
    throw new Error("The database is not opened while building.");
  if (!url) throw new Error(`${VARIABLE[door]} is not set: start with "npm start".`);
  return url;
}

/** Ends all idle connections (tests, the command line). */
export async function closePools(): Promise<void> {
  for (const door of ["app", "auth"] as const) {
    const pool = pools[door];
    for (const connection of pool.idle.splice(0)) {
      pool.open--;
      connection.destroy();
    }
  }
}
