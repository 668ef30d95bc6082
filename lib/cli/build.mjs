import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { describeHolder, presentIn } from "./lock.mjs";
import { CHECKOUT_STATE, ROOT } from "./places.mjs";
import { Refusal, runLogged } from "./process.mjs";

/** What a build is made of. */
const SOURCES = [
  "app",
  "components",
  "lib",
  "db",
  "public",
  "next.config.mjs",
  "package.json",
  "package-lock.json",
];
const MORE_SOURCES = ["instrumentation.ts", "tsconfig.json"];
const STAMP = path.join(ROOT, ".next", "permille-stamp");

/** Next's program, run by the Node that runs us. */
export const NEXT = path.join(ROOT, "node_modules", "next", "dist", "bin", "next");

/**
 * How Node runs the server. Rendering makes many short-lived objects: with room for them, a request spends
 * about an eighth less time.
 */
export const SERVER_FLAGS = ["--max-semi-space-size=64"];

/** One hash over every source file's path and content. */
function stampOfSources() {
  const hash = createHash("sha256").update(process.version);
  const files = [...SOURCES, ...MORE_SOURCES].flatMap((name) => filesBelow(path.join(ROOT, name)));
  for (const file of files.sort()) {
    hash.update(`\0${path.relative(ROOT, file)}\0`).update(readFileSync(file));
  }
  return hash.digest("hex");
}

/** @param {string} place @returns {string[]} */
function filesBelow(place) {
  if (!existsSync(place)) return [];
  try {
    const entries = readdirSync(place, { withFileTypes: true });
    return entries.flatMap((entry) =>
      entry.isDirectory() ? filesBelow(path.join(place, entry.name)) : [path.join(place, entry.name)],
    );
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === "ENOTDIR") return [place];
    throw error;
  }
}

/**
 * Builds the app when its sources are not those of the last build. The caller holds the set-up lock.
 * @param {(note: string) => void} say called when it will take a while
 * @returns {Promise<boolean>} whether it had to
 */
export async function ensureBuild(say) {
  const stamp = stampOfSources();
  if (existsSync(STAMP) && readFileSync(STAMP, "utf8") === stamp) return false;
  const [server] = await presentIn(CHECKOUT_STATE, "serving");
  if (server) {
    throw new Refusal(
      `The app has changed since it was built, and ${describeHolder(server)} still serves that build: stop it, then run the command again.`,
    );
  }
  say("building, about half a minute");
  rmSync(STAMP, { force: true });
  await runLogged("next build", [process.execPath, NEXT, "build"], {
    cwd: ROOT,
    log: path.join(CHECKOUT_STATE, "log", "build.log"),
    env: { ...process.env, NEXT_TELEMETRY_DISABLED: "1", NODE_ENV: "production" },
  });
  writeFileSync(STAMP, stamp);
  return true;
}
