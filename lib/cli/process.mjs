import { execFileSync, spawn } from "node:child_process";
import { closeSync, mkdirSync, openSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";

/** An error whose message is the whole answer to the user: shown without a stack. */
export class Refusal extends Error {}

/** @param {number} ms */
export const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** Seconds since `since` (from `performance.now()`), as text such as "1.4 s". @param {number} since */
export const secondsSince = (since) => `${((performance.now() - since) / 1000).toFixed(1)} s`;

/**
 * What tells a process apart from a later one with the same pid: null when it does not run (a zombie
 * does not run either).
 * @param {number} pid
 * @returns {string | null}
 */
export function signatureOf(pid) {
  if (!Number.isInteger(pid) || pid < 1) return null;
  try {
    if (process.platform === "linux") {
      const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
      // The name in brackets may hold anything; the fields after the last bracket are state … starttime.
      const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
      // While its other threads end, a killed process is a zombie that still holds its ports.
      if ("ZX".includes(fields[0] ?? "") && readdirSync(`/proc/${pid}/task`).length < 2) return null;
      return `${readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim()}:${fields[19]}`;
    }
    const started = execFileSync("ps", ["-o", "stat=,lstart=", "-p", String(pid)], {
      encoding: "utf8",
    }).trim();
    return started === "" || started.startsWith("Z") ? null : started.replace(/^\S+\s+/, "");
  } catch {
    return null;
  }
}

/**
 * Waits until a process no longer runs.
 * @param {number} pid
 * @param {number} limitMs
 * @returns {Promise<boolean>} false when it still runs after the limit
 */
export async function goneWithin(pid, limitMs) {
  const end = performance.now() + limitMs;
  while (signatureOf(pid) !== null) {
    if (performance.now() > end) return false;
    await sleep(20);
  }
  return true;
}

/**
 * Ends a process with signals of rising force, waiting for each.
 * @param {number} pid
 * @param {[NodeJS.Signals, number][]} steps signal and how long it gets, in ms
 * @returns {Promise<boolean>} whether it is gone
 */
export async function endProcess(pid, steps) {
  for (const [signal, limitMs] of steps) {
    try {
      process.kill(pid, signal);
    } catch {
      return signatureOf(pid) === null;
    }
    if (await goneWithin(pid, limitMs)) return true;
  }
  return false;
}

/** Children of `runLogged` that run now: a stop signal ends them too. @type {Set<import("node:child_process").ChildProcess>} */
const running = new Set();

/** Ends what `runLogged` has under way. */
export function endRunning() {
  for (const child of running) child.kill("SIGTERM");
}

/**
 * Runs a command with its output in a log file; says now and then that it still runs.
 * @param {string} what for the messages: "npm ci"
 * @param {string[]} command program and arguments
 * @param {{ cwd: string, log: string, env?: NodeJS.ProcessEnv, remedy?: string }} how
 * @returns {Promise<void>} throws a Refusal with the end of the output when it fails
 */
export async function runLogged(what, command, { cwd, log, env = process.env, remedy = "" }) {
  mkdirSync(path.dirname(log), { recursive: true });
  const output = openSync(log, "w");
  const begun = performance.now();
  const [program = "", ...args] = command;
  const child = spawn(program, args, { cwd, env, stdio: ["ignore", output, output] });
  running.add(child);
  const patience = setInterval(() => console.log(`     ${what}: ${secondsSince(begun)} so far …`), 15_000);
  try {
    const end = await new Promise((resolve, reject) => {
      child.once("error", reject);
      child.once("exit", (code, signal) => resolve(code ?? signal));
    });
    if (end !== 0) {
      throw new Refusal(
        `${what} failed (${end}). The end of its output (whole: ${log}):\n${tailOf(log)}${remedy && `\n${remedy}`}`,
      );
    }
  } finally {
    clearInterval(patience);
    running.delete(child);
    closeSync(output);
  }
}

/**
 * The last lines of a log, indented.
 * @param {string} file
 * @param {number} [lines]
 */
export function tailOf(file, lines = 30) {
  try {
    const text = readFileSync(file, "utf8").trimEnd().split("\n").slice(-lines);
    return text.map((line) => `  | ${line}`).join("\n");
  } catch {
    return "  | (no output)";
  }
}

/**
 * Runs a command's main function: a Refusal is shown as its sentence, everything else with its stack.
 * @param {() => Promise<void>} main
 */
export async function orRefuse(main) {
  try {
    await main();
  } catch (error) {
    console.error(error instanceof Refusal ? error.message : error);
    process.exitCode = 1;
  }
}
