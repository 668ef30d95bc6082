// `npm test`: sets up what is missing and runs everything, on a temporary database of its own.
// `npm test -- --only=db,pure FILTER…` runs a part: static, pure, db, app, cli, build, e2e, promises.
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { refuseNode } from "./node-version.mjs";

const refusal = refuseNode(process.versions.node);
if (refusal) {
  console.error(refusal);
  process.exit(1);
}

const { ensureBuild, NEXT } = await import("./build.mjs");
const { ensureChromium } = await import("./chromium.mjs");
const { typescriptCommand } = await import("./database.mjs");
const { temporaryCluster } = await import("./embedded.mjs");
const { ensureDependencies } = await import("./install.mjs");
const { acquire, describeHolder } = await import("./lock.mjs");
const { CHECKOUT_STATE, privateFolder, ROOT } = await import("./places.mjs");
const { endRunning, Refusal, secondsSince } = await import("./process.mjs");

const VITEST_PROJECTS = ["pure", "db", "app", "cli"];
const PARTS = ["static", ...VITEST_PROJECTS, "build", "e2e", "promises"];
/** What `npm run prove` shows at length, a little of it in each run of the tests. */
const PROMISES = ["D1", "D6", "M1"];
const PROMISE_ROUNDS = 5;

const args = process.argv.slice(2);
const only = args
  .find((arg) => arg.startsWith("--only="))
  ?.slice("--only=".length)
  .split(",");
const filters = args.filter((arg) => !arg.startsWith("--only="));
const wanted = (/** @type {string} */ part) => only === undefined || only.includes(part);

const sum = { passed: 0, failed: 0 };
/** @type {Set<import("node:child_process").ChildProcess>} */
const running = new Set();
/** @type {(() => Promise<void> | void)[]} */
const cleanUp = [];

for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM"])) {
  process.on(signal, async () => {
    endRunning();
    for (const child of running) child.kill("SIGTERM");
    for (const act of cleanUp.splice(0).reverse()) await act();
    process.exit(130);
  });
}

try {
  await everything();
} catch (error) {
  sum.failed++;
  console.error(error instanceof Refusal ? `\n✗ ${error.message}` : error);
}
for (const act of cleanUp.splice(0).reverse()) await act();
console.log(`\n${sum.passed} passed, ${sum.failed} failed`);
process.exit(sum.failed === 0 && sum.passed > 0 ? 0 : 1);

async function everything() {
  const unknown = only?.find((part) => !PARTS.includes(part));
  if (unknown !== undefined)
    throw new Refusal(`There is no part "${unknown}": choose from ${PARTS.join(", ")}.`);
  const setUp = await acquire(
    privateFolder(CHECKOUT_STATE),
    "setup",
    { command: "npm test" },
    {
      patienceMs: 600_000,
      onWait: (holder) => console.log(`Waiting for ${describeHolder(holder)}, which sets up this checkout …`),
    },
  );
  cleanUp.push(setUp.release);
  await ensureDependencies((note) => console.log(`Dependencies: ${note} …`));
  // The browser first: when it is missing and cannot be had, say so at once.
  const chromium = wanted("e2e") ? await ensureChromium((note) => console.log(`${note} …`)) : "";

  const work = mkdtempSync(path.join(tmpdir(), "permille-test-"));
  cleanUp.push(() => rmSync(work, { recursive: true, force: true }));
  const needsDatabase = ["db", "app", "e2e"].some(wanted);
  /** @type {Record<string, string>} */
  let environment = { NODE_ENV: "test", NEXT_TELEMETRY_DISABLED: "1" };
  if (needsDatabase && !process.env.TEST_DATABASE_ADMIN_URL) {
    const cluster = await temporaryCluster();
    cleanUp.push(cluster.stop);
    environment = {
      ...environment,
      TEST_DATABASE_ADMIN_URL: cluster.ownerUrl,
      TEST_DATABASE_SUPER_URL: cluster.superUrl,
      TEST_SECRET: cluster.secret,
    };
  }

  if (wanted("static")) await runStatic(environment);
  const projects = VITEST_PROJECTS.filter(wanted);
  if (projects.length > 0) await runVitest(projects, work, environment);
  if (["build", "e2e", "promises"].some(wanted)) {
    heading("build");
    const begun = performance.now();
    const built = await ensureBuild((note) => console.log(`${note} …`));
    sum.passed++;
    console.log(`✓ next build${built ? "" : ": up to date"} (${secondsSince(begun)})`);
  }
  setUp.release();
  if (wanted("e2e")) await runPlaywright(work, { ...environment, PLAYWRIGHT_CHROMIUM: chromium });
  if (wanted("promises")) await runPromises();
}

/** @param {string} title */
function heading(title) {
  console.log(`\n── ${title}`);
}

/**
 * @param {string[]} command @param {Record<string, string>} environment
 * @returns {Promise<number>} its exit code
 */
function run(command, environment) {
  const [program = "", ...rest] = command;
  const child = spawn(program, rest, {
    cwd: ROOT,
    stdio: ["ignore", "inherit", "inherit"],
    env: { ...process.env, ...environment },
  });
  running.add(child);
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code) => {
      running.delete(child);
      resolve(code ?? 1);
    });
  });
}

/** A dependency's program, run by this Node. @param {string} file */
function tool(file) {
  return [process.execPath, path.join(ROOT, "node_modules", file)];
}

/** Types and lint: each counts as one test. @param {Record<string, string>} environment */
async function runStatic(environment) {
  heading("static checks");
  const checks = /** @type {[string, string[]][]} */ ([
    ["biome check", [...tool("@biomejs/biome/bin/biome"), "check", "--error-on-warnings", "."]],
    ["next typegen", [process.execPath, NEXT, "typegen"]],
    ["tsc --noEmit", [...tool("typescript/bin/tsc"), "--noEmit"]],
  ]);
  for (const [name, command] of checks) {
    const begun = performance.now();
    const passed = (await run(command, environment)) === 0;
    sum[passed ? "passed" : "failed"]++;
    console.log(`${passed ? "✓" : "✗"} ${name} (${secondsSince(begun)})`);
  }
}

/** Each promise counts as one test. */
async function runPromises() {
  heading("promises");
  for (const id of PROMISES) {
    const begun = performance.now();
    const passed =
      (await run([...typescriptCommand("lib/cli/prove.ts"), id, `--n=${PROMISE_ROUNDS}`], {})) === 0;
    sum[passed ? "passed" : "failed"]++;
    console.log(`${passed ? "✓" : "✗"} ${id} (${secondsSince(begun)})`);
  }
}

/** @param {string[]} projects @param {string} work @param {Record<string, string>} environment */
async function runVitest(projects, work, environment) {
  heading(`vitest: ${projects.join(", ")}`);
  const report = path.join(work, "vitest.json");
  const command = [...tool("vitest/vitest.mjs"), "run", "--config", "tests/vitest.config.ts"];
  for (const project of projects) command.push("--project", project);
  command.push("--reporter=default", "--reporter=json", `--outputFile.json=${report}`, ...filters);
  const code = await run(command, environment);
  const { numPassedTests = 0, numFailedTests = 0, numPendingTests = 0 } = readReport(report);
  count("vitest", code, numPassedTests, numFailedTests, numPendingTests);
}

/** @param {string} work @param {Record<string, string>} environment */
async function runPlaywright(work, environment) {
  heading("end to end");
  const report = path.join(work, "playwright.json");
  const command = [
    ...tool("playwright/cli.js"),
    "test",
    "--config",
    "e2e/playwright.config.ts",
    "--reporter=list,json",
    ...filters,
  ];
  const code = await run(command, { ...environment, PLAYWRIGHT_JSON_OUTPUT_FILE: report });
  const { expected = 0, unexpected = 0, flaky = 0, skipped = 0 } = readReport(report).stats ?? {};
  count("playwright", code, expected, unexpected + flaky, skipped);
}

/**
 * Adds a runner's figures. A runner that fails without a failed test (a file that cannot be loaded, an
 * unhandled error) and a skipped test are failures too.
 * @param {string} runner @param {number} code @param {number} passed @param {number} failed @param {number} skipped
 */
function count(runner, code, passed, failed, skipped) {
  if (skipped > 0) console.log(`✗ ${runner}: ${skipped} skipped tests, which count as failed`);
  const other = code !== 0 && failed + skipped === 0 ? 1 : 0;
  if (other) console.log(`✗ ${runner} ended with code ${code} though no test failed`);
  sum.passed += passed;
  sum.failed += failed + skipped + other;
}

/** @param {string} file */
function readReport(file) {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return {};
  }
}
