import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";
import { CHECKOUT_STATE, isRoot, ROOT } from "./places.mjs";
import { Refusal, runLogged } from "./process.mjs";

const KNOWN = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome-stable",
  "/usr/bin/google-chrome",
  "/snap/bin/chromium",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
];

/**
 * The browser for the end-to-end tests: `PLAYWRIGHT_CHROMIUM`, else one of the system, else Playwright's own.
 * @returns {string | null}
 */
export function findChromium() {
  const chosen = process.env.PLAYWRIGHT_CHROMIUM;
  if (chosen) {
    if (!existsSync(chosen)) throw new Refusal(`PLAYWRIGHT_CHROMIUM names ${chosen}, which is not there.`);
    return chosen;
  }
  const known = KNOWN.find((file) => existsSync(file));
  if (known) return known;
  const asked = spawnSync(
    process.execPath,
    ["-e", 'process.stdout.write(require("playwright").chromium.executablePath())'],
    { cwd: ROOT, encoding: "utf8" },
  );
  return asked.status === 0 && existsSync(asked.stdout) ? asked.stdout : null;
}

/**
 * Finds Chromium or installs the system's own package, where that is allowed.
 * @param {(note: string) => void} say
 * @returns {Promise<string>}
 */
export async function ensureChromium(say) {
  const found = findChromium();
  if (found) return found;
  if (isRoot() && existsSync("/usr/bin/apt-get")) {
    say("installing Chromium from the system's packages");
    const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
    const log = (/** @type {string} */ name) => path.join(CHECKOUT_STATE, "log", name);
    await runLogged("apt-get update", ["apt-get", "update"], { cwd: ROOT, log: log("apt-update.log"), env });
    const install = ["apt-get", "install", "-y", "--no-install-recommends", "chromium"];
    await runLogged("apt-get install chromium", install, { cwd: ROOT, log: log("apt-install.log"), env });
    const installed = findChromium();
    if (installed) return installed;
  }
  throw new Refusal(
    "The end-to-end tests need Chromium, and there is none: install it from your system's packages, or name one in PLAYWRIGHT_CHROMIUM.",
  );
}
