/** Statements that go out by themselves: when, with what, and what becomes of a mail. */
import type { Month } from "./month";

export const PACES = ["month", "week"] as const;
export type Pace = (typeof PACES)[number];

export const ATTACHMENTS = ["pdf", "xlsx", "csv", "json"] as const;
export type Attachment = (typeof ATTACHMENTS)[number];

/** due: by the clock; now: an owner pressed the button; test: to the owner alone. */
export const SEND_KINDS = ["due", "now", "test"] as const;
export type SendKind = (typeof SEND_KINDS)[number];

/**
 * handed: the mail server may have it. A mail leaves this state with the server's answer; one that stays in it
 * lost the answer, and is never sent again by itself.
 */
export const MAIL_STATES = ["waiting", "handed", "sent", "failed", "skipped"] as const;
export type MailState = (typeof MAIL_STATES)[number];

/** A creator's line in the roster's workbook. Amounts are decimal text of minor units; null = not known. */
export interface RosterRow {
  readonly month: Month;
  readonly lines: readonly RosterLine[];
}

/** Of one currency: currencies never add. */
export interface RosterLine {
  readonly currency: string;
  readonly earned: string | null;
  readonly projected: string | null;
  readonly gap: string | null;
  readonly paid: string | null;
  readonly outstanding: string | null;
  readonly commission: string | null;
}

/** After so many tries without an answer a mail is given up: about a day and a half. */
export const MAX_TRIES = 9;
const FIRST_WAIT_SECONDS = 60;
const LONGEST_WAIT_SECONDS = 8 * 3_600;

/** How long to wait after the nth try (from 1), in seconds: a minute, then three times as long each time. */
export function waitAfter(tries: number): number {
  return Math.min(LONGEST_WAIT_SECONDS, FIRST_WAIT_SECONDS * 3 ** (tries - 1));
}

/** What is known of a try that went wrong. */
export interface Miss {
  /** the server's code of three digits; null where it gave none */
  code: number | null;
  /** the end of the mail had been sent: it may have been taken */
  wasHanded: boolean;
  /** including this one */
  tries: number;
}

/**
 * What becomes of a mail whose try went wrong. A refusal is an answer, whenever it comes: the mail was not taken.
 * Only silence after its end leaves it in doubt.
 */
export function afterMiss({ code, wasHanded, tries }: Miss): "waiting" | "failed" | "handed" {
  if (code !== null && code >= 500) return "failed";
  if (code === null && wasHanded) return "handed";
  return tries >= MAX_TRIES ? "failed" : "waiting";
}
