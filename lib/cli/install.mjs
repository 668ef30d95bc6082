import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { CHECKOUT_STATE, ROOT } from "./places.mjs";
import { runLogged } from "./process.mjs";

const MODULES = path.join(ROOT, "node_modules");
const STAMP = path.join(MODULES, ".permille-stamp");

/** What the installed dependencies depend on: the lock file, the platform and Node's binary interface. */
function stampOfLock() {
  const lock = readFileSync(path.join(ROOT, "package-lock.json"));
  const hash = createHash("sha256").update(lock).digest("hex");
  return `${hash} ${process.platform}-${process.arch} ${process.versions.modules}\n`;
}

/**
 * @typedef {{ version?: string, optional?: boolean, os?: string[], cpu?: string[], libc?: string[] }} LockedPackage
 */

/**
 * Whether somebody else (`npm ci`, `npm install`) has installed exactly what the lock file asks for here.
 * npm notes what it installed once it is done.
 * @returns {boolean}
 */
function alreadyInstalled() {
  const note = path.join(MODULES, ".package-lock.json");
  if (!existsSync(note)) return false;
  /** @type {Record<string, LockedPackage>} */
  const wanted = JSON.parse(readFileSync(path.join(ROOT, "package-lock.json"), "utf8")).packages;
  /** @type {Record<string, LockedPackage>} */
  const found = JSON.parse(readFileSync(note, "utf8")).packages;
  const same = Object.entries(found).every(([name, { version }]) => wanted[name]?.version === version);
  const whole = Object.entries(wanted).every(
    ([name, locked]) => name === "" || name in found || (locked.optional && !madeForHere(locked)),
  );
  return same && whole;
}

/** Whether an optional package is one for this very platform. @param {LockedPackage} locked */
function madeForHere({ os, cpu, libc }) {
  if (!os?.includes(process.platform) || !cpu?.includes(process.arch)) return false;
  if (libc === undefined) return true;
  const { header } = /** @type {{ header: { glibcVersionRuntime?: string } }} */ (process.report.getReport());
  return libc.includes(header.glibcVersionRuntime ? "glibc" : "musl");
}

/** npm as it was called, else the npm on the path. */
function npmCommand() {
  const called = process.env.npm_execpath ?? "";
  return /npm-cli\.[cm]?js$/.test(called) ? [process.execPath, called] : ["npm"];
}

/**
 * Installs the dependencies when they are not those of the lock file. The caller holds the set-up lock.
 * @param {(note: string) => void} say called when it will take a while
 * @returns {Promise<boolean>} whether it had to
 */
export async function ensureDependencies(say) {
  const stamp = stampOfLock();
  if (existsSync(STAMP) && readFileSync(STAMP, "utf8") === stamp) return false;
  const there = alreadyInstalled();
  if (!there) {
    say("installing, about a minute");
    await runLogged("npm ci", [...npmCommand(), "ci", "--include=dev", "--no-audit", "--no-fund"], {
      cwd: ROOT,
      log: path.join(CHECKOUT_STATE, "log", "install.log"),
      remedy: "Check the connection to the package registry and run the command again.",
    });
  }
  writeFileSync(STAMP, stamp);
  return !there;
}
