import { createHash, randomBytes } from "node:crypto";
import { chmodSync, existsSync, mkdirSync, readFileSync, realpathSync, writeFileSync } from "node:fs";
import path from "node:path";
import { Refusal } from "./process.mjs";

/** The checkout. */
export const ROOT = realpathSync(path.join(import.meta.dirname, "..", ".."));

/** What belongs to the checkout and not to its data: locks of set-up and serving, logs, run files. */
export const CHECKOUT_STATE = path.join(ROOT, ".data");

/** Whether processes of this one run as root (PostgreSQL refuses to). */
export const isRoot = () => process.getuid?.() === 0;

/** Loads the checkout's `.env`; what the environment already says wins. */
export function loadEnvironment() {
  const file = path.join(ROOT, ".env");
  if (existsSync(file)) process.loadEnvFile(file);
}

/**
 * Makes a folder only its owner can read.
 * @param {string} folder
 */
export function privateFolder(folder) {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  return folder;
}

/**
 * The data folder: secret, mails, and the database unless root starts it. `PERMILLE_DATA` names another.
 * @returns {string}
 */
export function dataFolder() {
  return privateFolder(path.resolve(ROOT, process.env.PERMILLE_DATA || ".data"));
}

/**
 * The folder for what root cannot keep in the checkout.
 * @returns {string}
 */
export function systemFolder() {
  const folder = process.env.PERMILLE_SYSTEM || "/var/lib/permille"; // PERMILLE_SYSTEM is for tests
  mkdirSync(folder, { recursive: true });
  chmodSync(folder, 0o755);
  return folder;
}

/**
 * Where the embedded database lies. Root hands the server to an unprivileged user, who may not be able to
 * reach the data folder (a checkout under a 0700 home): its place is then a system folder, named after the
 * data folder's real path and noted in `location`. A data folder that was moved keeps its database.
 * @param {string} data
 * @returns {string}
 */
export function databasePlace(data) {
  if (!isRoot()) return data;
  const real = realpathSync(data);
  const checkout = real === path.join(ROOT, ".data") ? ROOT : real;
  const note = path.join(data, "location");
  const noted = existsSync(note) ? readFileSync(note, "utf8").trim() : "";
  const owner =
    noted && existsSync(path.join(noted, "of")) ? readFileSync(path.join(noted, "of"), "utf8").trim() : "";
  // A copy of a data folder must not share the database of the original; a moved one takes it along.
  const moved = owner !== "" && owner !== checkout && !existsSync(owner);
  const hash = createHash("sha256").update(checkout).digest("hex").slice(0, 16);
  const place = noted && (owner === checkout || moved) ? noted : path.join(systemFolder(), hash);
  mkdirSync(place, { recursive: true });
  chmodSync(place, 0o755);
  writeFileSync(path.join(place, "of"), `${checkout}\n`);
  writeFileSync(note, `${place}\n`);
  return place;
}

/**
 * The secret that signs sessions and from which the database roles' passwords follow:
 * `NEXTAUTH_SECRET`, else made on the first start and kept in the data folder.
 * @param {string} data
 * @returns {string}
 */
export function secretOf(data) {
  if (process.env.NEXTAUTH_SECRET) return process.env.NEXTAUTH_SECRET;
  const file = path.join(data, "secret");
  try {
    writeFileSync(file, `${randomBytes(32).toString("base64url")}\n`, { mode: 0o600, flag: "wx" });
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== "EEXIST") throw error;
  }
  const secret = readFileSync(file, "utf8").trim();
  if (secret.length < 32) {
    throw new Refusal(`${file} holds no usable secret: delete it and start again (everyone signs in anew).`);
  }
  return secret;
}
