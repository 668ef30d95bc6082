import { createHmac } from "node:crypto";

/** The role that owns the database: only migrations use it. */
export const OWNER_ROLE = "permille";
/** The login role of the app and the login role of sign-in. */
export const APP_ROLE = "permille_app";
export const AUTH_ROLE = "permille_auth";

/**
 * The password of one of Permille's own database roles. It follows from the secret, so that nothing
 * but the secret has to be kept, and any number of web processes agree on it.
 * @param {string} role
 * @param {string} secret
 * @returns {string} base64url, safe in a URL and in a quoted literal
 */
export function rolePassword(role, secret) {
  return createHmac("sha256", secret).update(`permille:${role}`).digest("base64url");
}

/**
 * The owner's URL turned into the URL of another role on the same database.
 * @param {string} ownerUrl postgres://…, over TCP or over a socket (`?host=/folder&port=5432`, as libpq has it)
 * @param {string} role
 * @param {string} secret
 * @returns {string}
 */
export function roleUrl(ownerUrl, role, secret) {
  const url = new URL(ownerUrl);
  url.username = role;
  url.password = rolePassword(role, secret);
  return url.href;
}

/**
 * The same URL for another database of the same server.
 * @param {string} url
 * @param {string} database
 * @returns {string}
 */
export function databaseUrl(url, database) {
  const other = new URL(url);
  other.pathname = `/${database}`;
  return other.href;
}

/**
 * A URL that reaches a server over its unix socket.
 * @param {{ role: string, password: string, database: string, socketFolder: string, port?: number }} where
 * @returns {string}
 */
export function socketUrl({ role, password, database, socketFolder, port = 5432 }) {
  const url = new URL(`postgres://localhost/${database}`);
  url.username = role;
  url.password = password;
  url.searchParams.set("host", socketFolder);
  url.searchParams.set("port", String(port));
  return url.href;
}

/**
 * What to hand to postgres.js for a URL: `postgres(...postgresArguments(url))`. postgres.js would send
 * the query parameters `host` and `port` to the server as settings; here they become its socket path.
 * @param {string} url
 * @param {object} [options] further options of postgres.js
 * @returns {[string, { path?: string, [name: string]: any }]}
 */
export function postgresArguments(url, options = {}) {
  const plain = new URL(url);
  const folder = plain.searchParams.get("host");
  if (!folder?.startsWith("/")) return [url, { ...options }];
  const port = plain.searchParams.get("port") || "5432";
  plain.searchParams.delete("host");
  plain.searchParams.delete("port");
  return [plain.href, { ...options, path: `${folder}/.s.PGSQL.${port}` }];
}

/**
 * Where a database URL leads, in words that may be shown: never the password.
 * @param {string} url
 * @returns {string}
 */
export function placeOfUrl(url) {
  const { hostname, port, searchParams } = new URL(url);
  const folder = searchParams.get("host");
  return folder?.startsWith("/") ? folder : `${hostname || "localhost"}:${port || 5432}`;
}
