/** Statements that go out by themselves: when, with what, and what becomes of a mail. */
export const PACES = ["month", "week"] as const;
export type Pace = (typeof PACES)[number];

/** due: by the clock; now: an owner pressed the button; test: to the owner alone. */
export const SEND_KINDS = ["due", "now", "test"] as const;
export type SendKind = (typeof SEND_KINDS)[number];

/** handed: its end is on its way to the mail server, which may have it. It leaves this state with the server's answer. */
export const MAIL_STATES = ["waiting", "handed", "sent", "failed", "skipped"] as const;
export type MailState = (typeof MAIL_STATES)[number];

/** What a roster's workbook says of a creator: a line for each currency, since currencies never add. */
export interface RosterRow {
  readonly lines: readonly RosterLine[];
}

/** Minor units as digits; null = not known, which is no zero. */
export interface RosterLine {
  readonly currency: string;
  readonly booked: string | null;
  readonly earned: string | null;
  readonly projected: string | null;
  readonly gap: string | null;
  readonly received: string | null;
  readonly outstanding: string | null;
}

/** With what the agency takes of it, and what that leaves. */
export interface SharedRosterLine extends RosterLine {
  readonly commission: string | null;
  readonly net: string | null;
}

/** After so many tries without success a mail is given up: most of a day. */
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
 * Only silence after its end leaves it in doubt; then it is tried again, since a copy is told by its Message-ID and a
 * mail that is missing by nobody.
 */
export function afterMiss({ code, wasHanded, tries }: Miss): {
  state: "waiting" | "failed";
  isInDoubt: boolean;
} {
  const isRefused = code !== null && code >= 500;
  return {
    state: isRefused || tries >= MAX_TRIES ? "failed" : "waiting",
    isInDoubt: code === null && wasHanded,
  };
}
