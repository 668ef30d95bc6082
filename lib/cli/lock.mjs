import { randomBytes } from "node:crypto";
import { mkdirSync, readdirSync, renameSync, rmSync } from "node:fs";
import net from "node:net";
import path from "node:path";
import { Refusal, sleep } from "./process.mjs";

// A lock is a listening unix socket in the folder it guards. It dies with its process, even on kill -9;
// it is seen from every container that shares the folder (process ids are not); and it can be asked who
// holds it. Each contender listens under a name of its own, `<name>-<pid>-<random>.sock`, which no other
// ever uses, so a dead one can be removed without a race. The name appears only once the socket listens:
// a name that refuses a connection is dead for certain.

/**
 * @typedef {{ pid: number, since: string, held: boolean, command?: string, url?: string, socketFolder?: string, ready?: boolean }} Holder
 * @typedef {{ about: Partial<Holder>, guests: () => number, release: () => void }} Lock
 */

/** Thrown when somebody else holds the lock. */
export class Held extends Refusal {
  /** @param {Holder} holder @param {string} name */
  constructor(holder, name) {
    super(`Lock "${name}" is held by ${describeHolder(holder)}.`);
    /** @type {Holder} */
    this.holder = holder;
  }
}

/** @param {Holder} holder */
export function describeHolder(holder) {
  const since = holder.since ? `, since ${new Date(holder.since).toLocaleString("sv-SE")}` : "";
  const url = holder.url ? `, ${holder.url}` : "";
  return `${holder.command ?? "another Permille"} (process ${holder.pid}${since}${url})`;
}

/**
 * Runs `act` inside a folder, because the path of a unix socket may not be longer than about 100 bytes.
 * Binding and connecting by path happen before `listen` and `connect` return.
 * @template T @param {string} folder @param {() => T} act @returns {T}
 */
function inside(folder, act) {
  const before = process.cwd();
  process.chdir(folder);
  try {
    return act();
  } finally {
    process.chdir(before);
  }
}

/**
 * Listens in the folder under a name of our own; whoever connects is told `about`.
 * @param {string} folder @param {string} name @param {Partial<Holder>} about
 * @returns {Promise<Lock & { file: string }>}
 */
async function publish(folder, name, about) {
  // Windows has no socket files; it has no embedded database to guard either.
  if (process.platform === "win32") return { file: name, about: {}, guests: () => 0, release() {} };
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = `${name}-${process.pid}-${randomBytes(8).toString("hex")}.sock`;
  const known = { pid: process.pid, since: new Date().toISOString(), held: false, ...about };
  /** @type {Set<net.Socket>} */
  const open = new Set();
  /** @type {Set<net.Socket>} */
  const guests = new Set();
  const server = net.createServer((socket) => {
    open.add(socket);
    socket.on("error", () => socket.destroy());
    socket.on("close", () => {
      open.delete(socket);
      guests.delete(socket);
    });
    socket.on("data", () => guests.add(socket));
    socket.unref();
    socket.write(`${JSON.stringify(known)}\n`);
  });
  await new Promise((resolve, reject) => {
    server.once("error", reject);
    inside(folder, () => server.listen(`${file}.new`, () => resolve(undefined)));
  });
  server.unref();
  renameSync(path.join(folder, `${file}.new`), path.join(folder, file));
  return {
    file,
    about: known,
    guests: () => guests.size,
    release() {
      rmSync(path.join(folder, file), { force: true });
      server.close();
      for (const socket of open) socket.destroy();
    },
  };
}

/**
 * Asks the process behind a socket who it is.
 * @param {string} folder @param {string} file
 * @returns {Promise<Holder | null>} null when nobody listens any more
 */
function ask(folder, file) {
  const pid = Number(/-(\d+)-[0-9a-f]+\.sock$/.exec(file)?.[1] ?? 0);
  return new Promise((resolve) => {
    const silent = { pid, since: "", held: true };
    const socket = inside(folder, () => net.connect({ path: file }));
    // It listens but does not answer (stopped, or very busy): it is there all the same.
    const timer = setTimeout(() => done(silent), 1000);
    /** @param {Holder | null} answer */
    function done(answer) {
      clearTimeout(timer);
      socket.destroy();
      resolve(answer);
    }
    let text = "";
    socket.setEncoding("utf8");
    socket.on("data", (part) => {
      text += part;
      if (text.endsWith("\n")) done(JSON.parse(text));
    });
    socket.on("end", () => done(null));
    socket.on("error", (/** @type {NodeJS.ErrnoException} */ error) =>
      done(["ECONNREFUSED", "ENOENT", "ECONNRESET", "EPIPE"].includes(error.code ?? "") ? null : silent),
    );
  });
}

/**
 * Everybody alive under a name, by socket file; the dead are removed.
 * @param {string} folder @param {string} name
 * @returns {Promise<(Holder & { file: string })[]>}
 */
export async function presentIn(folder, name) {
  /** @type {string[]} */
  let files;
  try {
    files = readdirSync(folder).filter((file) => file.startsWith(`${name}-`) && file.endsWith(".sock"));
  } catch {
    return [];
  }
  const found = await Promise.all(
    files.map(async (file) => {
      const holder = await ask(folder, file);
      if (holder === null) rmSync(path.join(folder, file), { force: true });
      return holder && { ...holder, file };
    }),
  );
  return found.filter((holder) => holder !== null);
}

/**
 * Says that we are here, beside any number of others.
 * @param {string} folder @param {string} name @param {Partial<Holder>} about
 * @returns {Promise<Lock>}
 */
export function announce(folder, name, about) {
  return publish(folder, name, { ...about, held: true });
}

/**
 * Takes a lock that one process at a time may hold. Everyone publishes before looking, so of two
 * contenders at least one sees the other: the one with the greater name steps back, the one with the
 * smaller name waits until it has.
 * @param {string} folder @param {string} name @param {Partial<Holder>} about
 * @param {{ patienceMs?: number, onWait?: (holder: Holder) => void }} [how] how long to wait for it
 * @returns {Promise<Lock>} throws Held
 */
export async function acquire(folder, name, about, { patienceMs = 0, onWait } = {}) {
  const end = performance.now() + patienceMs;
  let told = false;
  for (;;) {
    const mine = await publish(folder, name, about);
    const winner = await contest(folder, name, mine.file);
    if (winner === null) {
      mine.about.held = true;
      return mine;
    }
    mine.release();
    if (performance.now() >= end) throw new Held(winner, name);
    if (!told) onWait?.(winner);
    told = true;
    await sleep(200 + Math.random() * 100);
  }
}

/**
 * @param {string} folder @param {string} name @param {string} mine
 * @returns {Promise<Holder | null>} who won instead of us
 */
async function contest(folder, name, mine) {
  for (;;) {
    const others = (await presentIn(folder, name)).filter((other) => other.file !== mine);
    const holder = others.find((other) => other.held) ?? others.find((other) => other.file < mine);
    if (holder) return holder;
    if (others.length === 0) return null;
    await sleep(10);
  }
}

/**
 * Tells a holder that we use what it holds, for as long as the returned function is not called.
 * @param {string} folder @param {string} file
 * @returns {Promise<() => void>}
 */
export function visit(folder, file) {
  return new Promise((resolve, reject) => {
    const socket = inside(folder, () => net.connect({ path: file }));
    socket.once("error", reject);
    socket.once("connect", () => {
      socket.on("error", () => socket.destroy());
      socket.write("guest\n");
      socket.resume();
      socket.unref();
      resolve(() => socket.destroy());
    });
  });
}
