/**
 * One connection to PostgreSQL that is never used again once anything went wrong with it.
 *
 * postgres.js reconnects behind a running transaction when its backend dies: later statements, and its own
 * COMMIT, then run on the new connection (porsager/postgres#1215). Here each client gets exactly one socket
 * in its life; when that closes, every statement, waiting or new, fails.
 */
import net from "node:net";
import { Readable, type Writable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { drizzle, type PostgresJsDatabase } from "drizzle-orm/postgres-js";
import postgres from "postgres";

export type Database = PostgresJsDatabase & { $client: postgres.Sql };

export interface Connection {
  readonly db: Database;
  /** The same connection; the server keeps the plan of each query with parameters for the next time. */
  readonly prepared: Database;
  /** Runs one or more statements without parameters. */
  run(statement: string): Promise<readonly postgres.Row[]>;
  /** Cuts the socket. What the server had not committed is rolled back there. */
  destroy(): void;
  readonly isDead: boolean;
  /** Settles like `work`, or rejects with ConnectionLost as soon as the connection is lost. */
  untilLost<T>(work: Promise<T>): Promise<T>;
}

export interface Target {
  host: string;
  port: number;
  user: string;
  password: string;
  database: string;
  ssl: boolean | "require" | "prefer" | "allow" | "verify-full";
}

export class ConnectionLost extends Error {
  override readonly name = "ConnectionLost";
}

/** Reads a libpq-style URL; `?host=/folder` names a unix socket. */
export function targetOf(url: string): Target {
  const { hostname, port, username, password, pathname, searchParams } = new URL(url);
  const sslmode = searchParams.get("sslmode");
  return {
    host: searchParams.get("host") ?? decodeURIComponent(hostname || "localhost"),
    port: Number(searchParams.get("port") ?? (port || 5432)),
    user: decodeURIComponent(username),
    password: decodeURIComponent(password),
    database: decodeURIComponent(pathname.slice(1)),
    ssl: sslmode === null || sslmode === "disable" ? false : (sslmode as Target["ssl"]),
  };
}

export function connect(
  target: Target,
  options: { name: string; connectSeconds: number; settings?: Record<string, string> },
): Connection {
  let socket: net.Socket | null = null;
  let isDead = false;
  const watchers = new Set<(error: Error) => void>();
  const die = () => {
    if (isDead) return;
    isDead = true;
    for (const reject of watchers) reject(new ConnectionLost("The connection to the database was lost."));
    watchers.clear();
    socket?.destroy();
  };

  // Not a race against one promise of the connection: each race would stay with it, and its result, for good.
  function untilLost<T>(work: Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      if (isDead) reject(new ConnectionLost("The connection to the database was lost."));
      else watchers.add(reject);
      work.then(resolve, reject).finally(() => watchers.delete(reject));
    });
  }

  const client = postgres({
    host: target.host,
    port: target.port,
    user: target.user,
    password: target.password,
    database: target.database,
    ssl: target.ssl,
    max: 1,
    fetch_types: false,
    idle_timeout: 0,
    max_lifetime: null,
    connect_timeout: options.connectSeconds,
    backoff: false,
    connection: { application_name: options.name, ...options.settings },
    onnotice: () => {},
    // An option that postgres.js reads but does not declare.
    ...({ socket: () => openOnce() } as object),
  });

  function openOnce(): net.Socket {
    if (socket || isDead) throw new ConnectionLost("The connection to the database was lost.");
    socket = target.host.startsWith("/")
      ? net.connect({ path: `${target.host}/.s.PGSQL.${target.port}` })
      : Object.assign(net.connect({ host: target.host, port: target.port }), { host: target.host });
    socket.setNoDelay(true);
    socket.once("close", die);
    return socket;
  }

  const unsafe: typeof client.unsafe = (...args) =>
    isDead
      ? (Promise.reject(new ConnectionLost("The connection to the database was lost.")) as never)
      : client.unsafe(...args);
  const unsafePrepared: typeof client.unsafe = (query, values, given) =>
    unsafe(query, values, values?.length ? { ...given, prepare: true } : given);
  const guarded = (guard: typeof client.unsafe) =>
    drizzle(new Proxy(client, { get: (of, key) => (key === "unsafe" ? guard : Reflect.get(of, key)) }));

  return {
    db: guarded(unsafe),
    prepared: guarded(unsafePrepared),
    run: (statement) => untilLost(unsafe(statement)),
    destroy: die,
    get isDead() {
      return isDead;
    },
    untilLost,
  };
}

/**
 * Sends `source` to a statement `COPY … FROM STDIN`. Rejects with what the server says against it, when the
 * connection is lost, with what went wrong in the source, or with the signal's reason.
 */
export async function copyIn(
  db: Database,
  statement: string,
  source: AsyncIterable<Buffer>,
  signal?: AbortSignal,
): Promise<void> {
  const query = db.$client.unsafe(statement);
  // postgres.js answers the statement with its stream, so that what comes later against it reaches nobody.
  const refused = new Promise<never>((_, reject) => Object.assign(query, { reject }));
  refused.catch(() => {});
  const target: Writable = await Promise.race([query.writable(), refused]);
  await Promise.race([pipeline(Readable.from(source), target, signal ? { signal } : {}), refused]);
}

/**
 * What `COPY … TO STDOUT` in CSV answers, as RFC 4180 has it (CRLF after each row), in pieces; the next rows are not
 * taken in before `take` has had its piece. Rejects with what the server says against it, or with what `take` throws;
 * then the rest still has to be read off the connection, or the connection cut.
 */
export async function copyOut(
  db: Database,
  statement: string,
  take: (piece: Buffer) => Promise<void>,
): Promise<void> {
  const query = db.$client.unsafe(statement);
  // As in copyIn.
  const refused = new Promise<never>((_, reject) => Object.assign(query, { reject }));
  refused.catch(() => {});
  const source: Readable = await Promise.race([query.readable(), refused]);
  await Promise.race([takeRows(source, take), refused]);
}

const PIECE_BYTES = 64 * 1024;

/** The server sends each row by itself, ended by a line feed. */
function takeRows(source: Readable, take: (piece: Buffer) => Promise<void>): Promise<void> {
  return new Promise((resolve, reject) => {
    let piece = Buffer.allocUnsafe(PIECE_BYTES);
    let used = 0;
    const give = async () => {
      if (used === 0) return;
      const full = piece.subarray(0, used);
      piece = Buffer.allocUnsafe(PIECE_BYTES);
      used = 0;
      await take(full);
    };
    source.on("data", (row: Buffer) => {
      if (used + row.length + 1 > piece.length) {
        const larger = Buffer.allocUnsafe(Math.max(piece.length, 2 * (used + row.length + 1)));
        piece.copy(larger, 0, 0, used);
        piece = larger;
      }
      used += row.copy(piece, used);
      piece[used - 1] = CARRIAGE_RETURN;
      piece[used++] = LINE_FEED;
      if (used < PIECE_BYTES - ROOM_BYTES) return;
      source.pause();
      give().then(() => source.resume(), reject);
    });
    source.once("error", reject);
    source.once("end", () => {
      // postgres.js pauses the socket behind a full stream, and one that has ended asks for no more.
      source._read(0);
      give().then(resolve, reject);
    });
  });
}

/** Most rows fit, so that a piece is rarely made anew. */
const ROOM_BYTES = 2 * 1024;
const [CARRIAGE_RETURN, LINE_FEED] = [13, 10];
