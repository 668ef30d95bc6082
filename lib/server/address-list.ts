import "server-only";
import { createHash } from "node:crypto";
import { emailAddress } from "./account-input";

/** One entry of a pasted list: an address, or what could not be read as one. */
export type Listed = { typed: string; email: string | null };

/**
 * The entries of a pasted list, one a line or with commas or semicolons between them. "Mira <mira@example.com>" is
 * read too, since mail programs copy that. The same address twice is one entry.
 */
export function readAddresses(text: string): Listed[] {
  const seen = new Map<string, Listed>();
  for (const part of text.split(/[\n,;]+/)) {
    const typed = part.trim();
    if (typed === "") continue;
    const bare = /<([^<>]*)>$/.exec(typed)?.[1] ?? typed;
    const { data: email = null } = emailAddress.safeParse(bare);
    const key = email ?? typed;
    if (!seen.has(key)) seen.set(key, { typed, email });
  }
  return [...seen.values()];
}

/** The id of the row that a form makes for one of its addresses: the same form sent twice makes the same. */
export function idWithin(formId: string, email: string): string {
  const hash = createHash("sha256").update(`${formId} ${email}`).digest();
  hash[6] = ((hash[6] ?? 0) & 0x0f) | 0x80;
  hash[8] = ((hash[8] ?? 0) & 0x3f) | 0x80;
  return hash.toString("hex", 0, 16).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
