import "server-only";
import { z } from "zod";
import { LOCALES } from "../locale";
import { CURRENCIES, type Currency } from "../model/money";
import { AGENCY_ROLES, ROLES } from "../model/words";

/** What forms about accounts and creators may contain. Every message names the remedy. */

/** Exactly one address, trimmed and in lower case; lists, names in brackets and line breaks are refused. */
export const emailAddress = z
  .string("Type your e-mail address.")
  .trim()
  .toLowerCase()
  .max(254, "This is longer than an e-mail address can be.")
  .pipe(z.email("Type one e-mail address, as in mira@example.com."));

export const personName = z
  .string()
  .trim()
  .min(1, "Type your name.")
  .max(100, "Use at most 100 characters.")
  .regex(/^[^\p{Cc}]*$/u, "A name has no line breaks.");

/** One that exists already: never trimmed, never judged. */
export const password = z
  .string()
  .min(1, "Type your password.")
  .max(1024, "This is longer than any password here.");

/** A new one is judged where the person's name is known (lib/server/passwords.ts). */
export const newPassword = z.string().min(1, "Choose a password.").max(1024, "Use at most 256 characters.");

export const locale = z.enum(
  LOCALES.map(({ code }) => code) as [string, ...string[]],
  "Choose one of the listed regions.",
);

export const creatorName = nameOf("creator");
export const agencyName = nameOf("agency");
export const teamName = nameOf("team");

export const currency = z.custom<Currency>(
  (code) => CURRENCIES.includes(code as Currency),
  "Choose one of the listed currencies.",
);

export const timeZone = z.string().refine(isTimeZone, "Choose one of the listed time zones.");

export const role = z.enum(ROLES, "Choose one of the roles.");

export const agencyRole = z.enum(AGENCY_ROLES, "Choose one of the roles.");

export const id = z.uuid("This form is not complete: reload the page and try again.");

export const version = z
  .string()
  .regex(/^\d{1,9}$/, "This form is not complete: reload the page and try again.")
  .transform(Number);

/** A path of ours to go on to; anything else becomes "/". */
export const callbackUrl = z.string().optional().transform(safePath);

export function safePath(path: string | undefined): string {
  // A browser reads "\" as "/" and drops tabs and line breaks, so "/\host" and "/<tab>/host" leave us.
  return path && /^\/(?![/\\])[^\\\p{Cc}]*$/u.test(path) ? path : "/";
}

function isTimeZone(name: string): boolean {
  if (!/^[A-Za-z][A-Za-z0-9_+/-]*$/.test(name)) return false;
  try {
    new Intl.DateTimeFormat("en-US", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

function nameOf(what: string) {
  return z
    .string()
    .trim()
    .min(1, `Type the ${what}'s name.`)
    .max(100, "Use at most 100 characters.")
    .regex(/^[^\p{Cc}]*$/u, "A name has no line breaks.");
}
