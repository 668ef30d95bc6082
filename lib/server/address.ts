import "server-only";
import { subscribe } from "node:diagnostics_channel";
import type { IncomingMessage } from "node:http";
import { headers } from "next/headers";
import { env } from "./env";

/**
 * Anybody can write X-Forwarded-*: into limits (who is this?) and into the check of an action's origin (which
 * host is this?). So every request is stripped of them before Next reads it; Next then fills in the socket's
 * own address and the Host header. With TRUST_PROXY they are left as the proxy wrote them.
 */
export function believeOnlyOwnProxies(): void {
  const shared = globalThis as { permilleHeadersGuarded?: true };
  if (env().TRUST_PROXY > 0 || shared.permilleHeadersGuarded) return;
  shared.permilleHeadersGuarded = true;
  subscribe("http.server.request.start", (message) => {
    const { request } = message as { request: IncomingMessage };
    for (const name of Object.keys(request.headers)) {
      if (name.startsWith("x-forwarded-") || name === "forwarded" || name === "x-real-ip")
        delete request.headers[name];
    }
  });
}

/** The network address a request came from, as far as it can be believed. */
export async function clientAddress(): Promise<string> {
  return addressIn((await headers()).get("x-forwarded-for"), env().TRUST_PROXY);
}

/** Each proxy adds the address it saw at the end: with n own proxies, the n-th from the end is the client. */
export function addressIn(forwardedFor: string | null, proxies: number): string {
  const addresses = (forwardedFor ?? "").split(",").map((address) => address.trim());
  return addresses.at(-Math.max(1, proxies)) || "unknown";
}
