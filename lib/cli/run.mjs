// `npm run db:seed`, `backtest` and the like: node lib/cli/run.mjs NAME ARGUMENTS runs lib/cli/NAME.ts with
// the environment the app has, on the running server's database or on one opened for it.
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";
import { refuseNode } from "./node-version.mjs";

const refusal = refuseNode(process.versions.node);
if (refusal) {
  console.error(refusal);
  process.exit(1);
}

/** Commands that need no database, or make temporary ones of their own. */
const WITHOUT_DATABASE = new Set(["backtest", "prove", "bench"]);

const { ensureDependencies } = await import("./install.mjs");
const { openDatabase, typescriptCommand } = await import("./database.mjs");
const { acquire } = await import("./lock.mjs");
const { CHECKOUT_STATE, loadEnvironment, privateFolder, ROOT } = await import("./places.mjs");
const { orRefuse, Refusal } = await import("./process.mjs");

await orRefuse(async () => {
  const [name = "", ...args] = process.argv.slice(2);
  if (!/^[a-z][a-z-]*$/.test(name) || !existsSync(path.join(ROOT, "lib", "cli", `${name}.ts`))) {
    throw new Refusal(
      `There is no command "${name}": the scripts in package.json are the commands there are.`,
    );
  }
  loadEnvironment();
  const setUp = await acquire(
    privateFolder(CHECKOUT_STATE),
    "setup",
    { command: `npm run ${name}` },
    { patienceMs: 600_000 },
  );
  await ensureDependencies((note) => console.log(`Dependencies: ${note} …`)).finally(setUp.release);

  const database = WITHOUT_DATABASE.has(name) ? null : await openDatabase(`npm run ${name}`);
  try {
    process.exitCode = await runCommand(name, args, database?.environment ?? {});
  } finally {
    await database?.close();
  }
});

/**
 * Runs the command in the checkout; npm tells it by INIT_CWD where the user stands.
 * @param {string} name @param {string[]} args @param {Record<string, string>} environment
 * @returns {Promise<number>} its exit code
 */
function runCommand(name, args, environment) {
  const [program = "", ...rest] = typescriptCommand(`lib/cli/${name}.ts`);
  const env = {
    NEXTAUTH_URL: `http://localhost:${process.env.PORT || 3000}`,
    ...process.env,
    ...environment,
  };
  const child = spawn(program, [...rest, ...args], { cwd: ROOT, stdio: "inherit", env });
  // Ctrl-C reaches the command too: wait for it, then close the database.
  for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM"]))
    process.on(signal, () => child.kill(signal));
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code) => resolve(code ?? 130));
  });
}
