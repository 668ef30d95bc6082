import "server-only";
import { Readable } from "node:stream";
import nodemailer from "nodemailer";
import type { LinedMail, MailEnd } from "@/db/mail-line";
import { afterMiss, type Miss, waitAfter } from "../model/sending";
import { env } from "./env";
import { contentOf, type Letter, messageOf, save } from "./mail";

/** Every try and every copy of it is the same byte for byte. */
export type OnceLetter = Letter & { messageId: string; date: Date };

/** What is written down of one mail, in whichever table it stands. */
export interface MailLine {
  handOver: () => Promise<boolean>;
  /** `tries`: how many there were before this one */
  settle: (tries: number, end: MailEnd) => Promise<void>;
}

/**
 * Tries to send a mail of which there must be one (db/mail-line.ts). What goes wrong is written down, not thrown. A try
 * whose process died is first counted as what it is, in doubt; it was waited for long enough.
 */
export async function sendInLine(mail: LinedMail, letter: OnceLetter, line: MailLine): Promise<void> {
  if (mail.state === "handed") {
    const lost = missed(mail, { wasHanded: true, reply: "The answer of the mail server was lost." });
    await line.settle(mail.tries, { ...lost, waitSeconds: 0 });
    if (lost.state === "failed") return;
    return sendInLine({ ...mail, state: "waiting", tries: mail.tries + 1 }, letter, line);
  }
  let wasHanded = false;
  const handOver = async () => {
    wasHanded = await line.handOver();
    return wasHanded;
  };
  let reply: string;
  try {
    reply = await sendOnce(letter, handOver);
  } catch (error) {
    if (error instanceof Withdrawn) return;
    const { responseCode: code = null, message } = error as { responseCode?: number; message: string };
    return line.settle(mail.tries, missed(mail, { code, wasHanded, reply: message.slice(0, 500) }));
  }
  await line.settle(mail.tries, { state: "sent", reply: reply.slice(0, 500) });
}

/** What is written down of a try that went wrong. */
export function missed(
  { tries }: LinedMail,
  { code = null, wasHanded = false, reply }: Partial<Omit<Miss, "tries">> & { reply: string },
): MailEnd {
  return { ...afterMiss({ code, wasHanded, tries: tries + 1 }), reply, waitSeconds: waitAfter(tries + 1) };
}

/** A mail server that is silent for so long counts as lost. */
const SILENCE_MS = 120_000;

/**
 * All of a mail but its end is given to the server; then `handOver` says whether this call may end it: a mail without
 * its end was not sent. Resolves to the server's answer. Throws what went wrong; with `responseCode` where the server
 * gave an answer.
 */
async function sendOnce(letter: OnceLetter, handOver: () => Promise<boolean>): Promise<string> {
  const { SMTP_URL } = env();
  if (!SMTP_URL) {
    // The same name again is the same file, so this one needs no last word.
    await save(letter, letter.messageId.replace(/[^\w.-]/g, ""));
    await demandWord(handOver);
    return "Saved as a file.";
  }
  const message = messageOf(letter);
  const content = await contentOf(message);
  const timeouts = { connectionTimeout: SILENCE_MS, greetingTimeout: SILENCE_MS, socketTimeout: SILENCE_MS };
  const { response } = await nodemailer.createTransport({ url: SMTP_URL, ...timeouts }).sendMail({
    ...{ from: message.from, to: message.to },
    raw: Readable.from(endingWith(content, handOver), { objectMode: false }),
  });
  return response;
}

async function* endingWith(content: Buffer, handOver: () => Promise<boolean>): AsyncGenerator<Buffer> {
  for (let at = 0; at < content.length; at += PIECE) yield content.subarray(at, at + PIECE);
  await demandWord(handOver);
}
const PIECE = 16_384;

async function demandWord(handOver: () => Promise<boolean>): Promise<void> {
  if (!(await handOver()))
    throw new Withdrawn("This mail was sent by another run, or is not wanted any more.");
}

/** Nothing went wrong: the mail was simply not to be sent (any more). */
class Withdrawn extends Error {}
