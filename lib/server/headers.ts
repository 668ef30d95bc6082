import "server-only";
import { randomBytes } from "node:crypto";
import { subscribe } from "node:diagnostics_channel";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import { env } from "./env";

/** Set on every request: the page's own path and query, to come back to after signing in. */
export const PATH_HEADER = "x-permille-path";

/**
 * Headers of every request and answer, set before Next sees them. Who may see what is decided where the data are
 * read. (Next's own place for this, a proxy.ts, costs a third of a small page and holds, and cuts, uploads.)
 */
export function guardRequests(): void {
  // Next bundles this module more than once in a process.
  const shared = globalThis as { permilleGuardsRequests?: true };
  if (shared.permilleGuardsRequests) return;
  shared.permilleGuardsRequests = true;
  const { TRUST_PROXY, isSecure } = env();
  subscribe("http.server.request.start", (message) => {
    const { request, response, server } = message as Started;
    // Node cuts a request that takes five minutes; 200 MB take longer on many a line. Headers keep their own limit.
    server.requestTimeout = REQUEST_MS;
    if (TRUST_PROXY === 0) stripForwarded(request);
    const [path = "/", query = ""] = (request.url ?? "/").split("?", 2);
    if (FILES.test(path)) return;
    request.headers[PATH_HEADER] = path + searchOf(query);

    const policy = contentPolicy(randomBytes(16).toString("base64"), isSecure);
    // Next reads the nonce from the policy of the request.
    request.headers["content-security-policy"] = policy;
    response.setHeader("Content-Security-Policy", policy);
    for (const [name, value] of HEADERS) response.setHeader(name, value);
    if (SHARED.test(path)) for (const [name, value] of SHARED_HEADERS) response.setHeader(name, value);
    if (isSecure) response.setHeader("Strict-Transport-Security", "max-age=63072000; includeSubDomains");
  });
}

interface Started {
  request: IncomingMessage;
  response: ServerResponse;
  server: Server;
}

const REQUEST_MS = 3_600_000;

/** Files of the build: the same for everyone. */
const FILES = /^\/(_next\/(static|image)\/|icon\.svg$|favicon\.ico$)/;

/** Without what Next's router adds. Nothing is parsed: what throws here ends the process. */
function searchOf(query: string): string {
  const asked = query.split("&").filter((part) => part !== "" && !part.startsWith("_rsc="));
  return asked.length === 0 ? "" : `?${asked.join("&")}`;
}

const HEADERS = [
  ["X-Content-Type-Options", "nosniff"],
  // Nothing to other sites; to ourselves the whole, without which a form's Origin would be "null".
  ["Referrer-Policy", "same-origin"],
  ["Cross-Origin-Opener-Policy", "same-origin"],
  ["Cross-Origin-Resource-Policy", "same-origin"],
  ["Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"],
] as const;

/** Pages whose address is the key: no other page and no index learns it. */
const SHARED = /^\/shared\//;
const SHARED_HEADERS = [
  ["Referrer-Policy", "no-referrer"],
  ["X-Robots-Tag", "noindex, nofollow"],
] as const;

/**
 * Anybody can write X-Forwarded-*: into limits (who is this?) and into the check of an action's origin (which
 * host is this?). Next fills in the socket's own address and the Host header. With TRUST_PROXY they are left as
 * the proxy wrote them.
 */
function stripForwarded(request: IncomingMessage): void {
  for (const name of Object.keys(request.headers)) {
    if (name.startsWith("x-forwarded-") || name === "forwarded" || name === "x-real-ip")
      delete request.headers[name];
  }
}

/** The nonce lets this page's own scripts run and no others; scripts they load inherit the trust. */
function contentPolicy(nonce: string, isSecure: boolean): string {
  const isDevelopment = process.env.NODE_ENV === "development";
  return [
    "default-src 'self'",
    // React's development build needs eval; the built app does not.
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${isDevelopment ? " 'unsafe-eval'" : ""}`,
    // Styles in attributes place the parts of charts; no text of a person ever gets there.
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    `connect-src 'self'${isDevelopment ? " ws:" : ""}`,
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    ...(isSecure ? ["upgrade-insecure-requests"] : []),
  ].join("; ");
}
