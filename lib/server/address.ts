import "server-only";
import { headers } from "next/headers";
import { env } from "./env";

/** The network address a request came from, as far as it can be believed. */
export async function clientAddress(): Promise<string> {
  return addressIn((await headers()).get("x-forwarded-for"), env().TRUST_PROXY);
}

/** Each proxy adds the address it saw at the end: with n own proxies, the n-th from the end is the client. */
export function addressIn(forwardedFor: string | null, proxies: number): string {
  const addresses = (forwardedFor ?? "").split(",").map((address) => address.trim());
  return addresses.at(-Math.max(1, proxies)) || "unknown";
}
