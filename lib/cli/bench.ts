/**
 * `npm run bench [-- --n=200]`, or a part of it (`-- --model`, `--statements`, `--overview`, `--import [--rows=1000000]`,
 * `--ledger`, `--roster`):
 * - what the model costs and how often its bands hold (bench-model.ts)
 * - what a statement costs as a workbook and on paper, against the bare libraries (bench-statements.ts)
 * - what the overview's document costs, against the least a page can cost: a dynamic page of the same Next version that
 *   asks the database for `select 1`; both on one machine at once, one request after the other in turn
 * - what it costs to bring a file, against COPY (bench-import.ts)
 * - what the download of everything costs, against COPY (bench-ledger.ts)
 * - what a roster of a thousand creators costs, against the bare SQL (bench-roster.ts)
 *
 * Prints a JSON line for each and a sentence; exits with 1 when a bar is missed.
 */
import { type ChildProcess, spawn } from "node:child_process";
import {
  copyFileSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import http from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { encode } from "next-auth/jwt";
import { closePools } from "../../db/client";
import { migrate } from "../../db/migrate";
import { dayOf } from "../model/month";
import { fillBench } from "./bench-data";
import { benchImport } from "./bench-import";
import { benchLedger } from "./bench-ledger";
import { benchModel } from "./bench-model";
import { benchRoster } from "./bench-roster";
import { benchStatements } from "./bench-statements";
import { ensureBuild, SERVER_FLAGS } from "./build.mjs";
import { databaseEnvironment } from "./database.mjs";
import { temporaryCluster } from "./embedded.mjs";
import { ROOT } from "./places.mjs";
import { endProcess, runLogged } from "./process.mjs";
import { freePort, listening } from "./prove/studio";
import { databaseUrl } from "./urls.mjs";

const BARS = { ratio: 2.5, scriptBytes: 206_000 };
const WARM_UP = 40;

const HELLO = {
  "package.json": `{ "name": "hello", "private": true, "type": "module" }`,
  "next.config.mjs": `export default { poweredByHeader: false, serverExternalPackages: ["postgres"] };`,
  "app/layout.jsx": `
    export default function Layout({ children }) {
      return <html lang="en"><body>{children}</body></html>;
    }`,
  "app/page.jsx": `
    import postgres from "postgres";
    import { postgresArguments } from "../urls.mjs";
    export const dynamic = "force-dynamic";
    const sql = postgres(...postgresArguments(process.env.DATABASE_URL, { max: 1 }));
    export default async function Page() {
      const [row] = await sql\`select 1 as one\`;
      return <p>Hello {row.one}</p>;
    }`,
};

const only = ["model", "statements", "overview", "import", "ledger", "roster"].find((part) =>
  process.argv.includes(`--${part}`),
);
const isWanted = (part: string) => only === undefined || only === part;

const missed: string[] = [];
for (const [part, measure] of [
  ["model", benchModel],
  ["statements", benchStatements],
] as const) {
  if (!isWanted(part)) continue;
  const found = await measure();
  console.log(JSON.stringify(found.figures));
  missed.push(...found.missed);
}
if (only === "model" || only === "statements") {
  if (missed.length > 0) console.log(`Missed: ${missed.join("; ")}.`);
  process.exit(missed.length > 0 ? 1 : 0);
}

const n = numberOf("n", 300);
const today = dayOf(new Date().toISOString().slice(0, 10));
const folder = mkdtempSync(path.join(tmpdir(), "permille-bench-"));
const servers: ChildProcess[] = [];
const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
const cluster = await temporaryCluster({ durable: true });
try {
  await migrate(cluster.ownerUrl, cluster.secret);
  const environment = databaseEnvironment({
    ownerUrl: cluster.ownerUrl,
    secret: cluster.secret,
    data: folder,
  });
  Object.assign(process.env, environment);
  if (isWanted("overview")) missed.push(...(await benchOverview(environment, cluster.secret)));
  const superUrl = databaseUrl(cluster.superUrl, new URL(cluster.ownerUrl).pathname.slice(1));
  const sentences: string[] = [];
  if (isWanted("import")) {
    const bringing = await benchImport(superUrl, folder, today, numberOf("rows", 100_000));
    console.log(JSON.stringify(bringing.figures));
    missed.push(...bringing.missed);
    sentences.push(
      `A file is imported at ${bringing.figures.share} times the speed of COPY into the same tables.`,
    );
  }
  if (isWanted("ledger")) {
    const ledger = await benchLedger(superUrl);
    console.log(JSON.stringify(ledger.figures));
    missed.push(...ledger.missed);
    sentences.push(`Everything is downloaded at ${ledger.figures.ledgerShare} times the speed of COPY.`);
  }
  if (isWanted("roster")) {
    const roster = await benchRoster(superUrl, today, numberOf("turns", 30));
    console.log(JSON.stringify(roster.figures));
    missed.push(...roster.missed);
    sentences.push(
      `A roster of ${roster.figures.creators} creators costs ${roster.figures.pageP50Ratio} times the bare SQL, a search in it ${roster.figures.searchP50Ratio} times.`,
    );
  }
  await closePools();
  console.log(missed.length > 0 ? `Missed: ${missed.join("; ")}.` : sentences.join(" "));
  process.exitCode = missed.length > 0 ? 1 : 0;
} finally {
  for (const { pid } of servers) {
    if (pid)
      await endProcess(pid, [
        ["SIGTERM", 3_000],
        ["SIGKILL", 1_000],
      ]);
  }
  await cluster.stop();
  rmSync(folder, { recursive: true, force: true });
}

/** What the overview's document costs. Answers the bars it missed. */
async function benchOverview(environment: Record<string, string>, secret: string): Promise<string[]> {
  const creator = await fillBench(today);
  await closePools();
  const token = await encode({
    token: { sub: creator.userId, sid: creator.sessionId },
    secret,
  });

  await ensureBuild((note) => console.error(`${note} …`));
  const hello = await serve(await buildHello(), environment);
  const app = await serve(ROOT, environment);
  const overview = { port: app, path: `/creators/${creator.creatorId}`, cookie: `permille.session=${token}` };
  const plain = { port: hello, path: "/", cookie: "" };

  const [cold] = [await visit(overview), await visit(plain)];
  for (let turn = 0; turn < WARM_UP; turn++) {
    await visit(plain);
    await visit(overview);
  }
  const times = { hello: [] as number[], overview: [] as number[] };
  for (let turn = 0; turn < n; turn++) {
    times.hello.push((await visit(plain)).ms);
    times.overview.push((await visit(overview)).ms);
  }
  const page = await visit(overview);
  const scripts = await scriptBytes(app, page.html);
  const [helloMs, overviewMs] = [median(times.hello), median(times.overview)];
  const ratio = overviewMs / helloMs;
  const missed = [
    ...(page.status === 200 && page.html.includes("<figure") ? [] : [`the overview answered ${page.status}`]),
    ...(ratio > BARS.ratio
      ? [`the overview costs ${ratio.toFixed(2)} times a hello page (${BARS.ratio} allowed)`]
      : []),
    ...(scripts > BARS.scriptBytes
      ? [`first-load scripts are ${scripts} bytes (${BARS.scriptBytes} allowed)`]
      : []),
  ];
  console.log(
    JSON.stringify({
      n,
      ratio: round(ratio),
      helloMs: round(helloMs),
      overviewMs: round(overviewMs),
      firstOverviewMs: round(cold.ms),
      documentBytes: Buffer.byteLength(page.html),
      documentBytesGzip: gzipSync(page.html).length,
      firstLoadScriptBytesGzip: scripts,
    }),
  );
  if (missed.length === 0)
    console.log(
      `The overview of five years costs ${ratio.toFixed(2)} times a hello page, with ${Math.round(scripts / 1000)} kB of scripts at first.`,
    );
  return missed;
}

/** The smallest app there is, with the same Next. Answers its folder. */
async function buildHello(): Promise<string> {
  const home = path.join(folder, "hello");
  mkdirSync(path.join(home, "app"), { recursive: true });
  for (const [name, text] of Object.entries(HELLO)) writeFileSync(path.join(home, name), text);
  copyFileSync(path.join(ROOT, "lib", "cli", "urls.mjs"), path.join(home, "urls.mjs"));
  // Next's bundler refuses a linked folder of packages; linked files are as good as copies.
  linkTree(path.join(ROOT, "node_modules"), path.join(home, "node_modules"));
  await runLogged("next build of the hello page", [process.execPath, nextOf(home), "build"], {
    cwd: home,
    log: path.join(folder, "hello.log"),
    env: { ...process.env, NEXT_TELEMETRY_DISABLED: "1", NODE_ENV: "production" },
  });
  return home;
}

/** Each app runs the Next of its own folder: two copies of React in one process do not get along. */
function nextOf(home: string): string {
  return path.join(home, "node_modules", "next", "dist", "bin", "next");
}

function linkTree(from: string, to: string): void {
  mkdirSync(to, { recursive: true });
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const [source, target] = [path.join(from, entry.name), path.join(to, entry.name)];
    if (entry.isDirectory()) linkTree(source, target);
    else if (entry.isSymbolicLink()) symlinkSync(source, target);
    else linkOrCopy(source, target);
  }
}

/** Files of another disk cannot be linked. */
function linkOrCopy(source: string, target: string): void {
  try {
    linkSync(source, target);
  } catch {
    copyFileSync(source, target);
  }
}

/** Serves a built app the way `npm start` does. Answers the port. */
async function serve(home: string, environment: Record<string, string>): Promise<number> {
  const port = await freePort();
  const server = spawn(
    process.execPath,
    [...SERVER_FLAGS, nextOf(home), "start", "-H", "127.0.0.1", "-p", String(port)],
    {
      cwd: home,
      stdio: ["ignore", "ignore", "inherit"],
      env: {
        ...process.env,
        ...environment,
        NEXTAUTH_URL: `http://localhost:${port}`,
        NEXT_TELEMETRY_DISABLED: "1",
        NODE_ENV: "production",
      },
    },
  );
  servers.push(server);
  await listening(port);
  return port;
}

interface Visit {
  port: number;
  path: string;
  cookie: string;
}

/** One request over a kept connection, to the last byte. */
function visit({ port, path: at, cookie }: Visit): Promise<{ ms: number; status: number; html: string }> {
  const begun = performance.now();
  return new Promise((resolve, reject) => {
    http
      .get(
        { host: "127.0.0.1", port, path: at, headers: { cookie, "accept-encoding": "identity" }, agent },
        (answer) => {
          const parts: Buffer[] = [];
          answer.on("data", (part: Buffer) => parts.push(part));
          answer.on("error", reject);
          answer.on("end", () =>
            resolve({
              ms: performance.now() - begun,
              status: answer.statusCode ?? 0,
              html: Buffer.concat(parts).toString("utf8"),
            }),
          );
        },
      )
      .on("error", reject);
  });
}

/** All scripts the document names, as they travel. */
async function scriptBytes(port: number, html: string): Promise<number> {
  const names = new Set([...html.matchAll(/\/_next\/static\/chunks\/[\w.~-]+\.js/g)].map(([name]) => name));
  // Only browsers without modules load this one.
  for (const [, name] of html.matchAll(/<script src="([^"]+)"[^>]*noModule/gi)) names.delete(name ?? "");
  let bytes = 0;
  for (const name of names) {
    const answer = await fetch(`http://127.0.0.1:${port}${name}`);
    bytes += gzipSync(Buffer.from(await answer.arrayBuffer())).length;
  }
  return bytes;
}

function numberOf(name: string, usual: number): number {
  const given = process.argv.find((word) => word.startsWith(`--${name}=`));
  return given ? Number(given.slice(name.length + 3)) : usual;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
