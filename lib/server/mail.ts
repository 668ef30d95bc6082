import "server-only";
import { randomUUID } from "node:crypto";
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import nodemailer, { type SendMailOptions } from "nodemailer";
import { z } from "zod";
import * as accounts from "@/db/auth";
import { enqueue } from "@/db/jobs";
import { AGENCY_ROLE_LABEL, ROLE_LABEL } from "../model/words";
import { env } from "./env";
import { linkOf, sealLink } from "./secrets";

/**
 * Mails go out from the job queue, so no form waits for a mail server and a failed one is tried again. A job
 * names only what the mail is about; text and link are made when it is sent.
 */
const Job = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("reset"), tokenId: z.uuid() }),
  z.object({ kind: z.literal("password-changed"), userId: z.uuid() }),
  z.object({ kind: z.literal("sign-up"), email: z.email() }),
  z.object({ kind: z.literal("invitation"), invitationId: z.uuid(), invitedBy: z.uuid() }),
  z.object({ kind: z.literal("agency-invitation"), invitationId: z.uuid(), invitedBy: z.uuid() }),
  z.object({ kind: z.literal("representation"), representationId: z.uuid() }),
  z.object({ kind: z.literal("handover"), handoverId: z.uuid() }),
]);
export type MailJob = z.output<typeof Job>;

export const RESET_MINUTES = 60;
export const INVITATION_DAYS = 7;
const SIGN_UP_HOURS = 24;

export function queueMail(job: MailJob): Promise<void> {
  return enqueue("mail", job);
}

/** Writes and sends the mail of a job. Nothing is sent when its reason is gone (a link used meanwhile). */
export async function deliver(data: unknown): Promise<void> {
  const letter = await compose(Job.parse(data));
  if (letter) await send(letter);
}

export interface Letter {
  to: string;
  subject: string;
  /** each at most one line; a link stands alone on its own */
  paragraphs: readonly string[];
  /** lines that belong together, below the paragraphs */
  list?: readonly string[];
  link?: { label: string; url: string };
  /** Where such mails are switched off: under the mail, and as the button of mail programs (RFC 8058). */
  off?: { label: string; url: string; post: string };
  /** The same for the same mail: one that was sent twice shows once. */
  messageId?: string;
  /** as the mail says it; else the moment it is sent */
  date?: Date;
  attachments?: readonly { name: string; mediaType: string; bytes: Buffer }[];
}

/** The mail of a job, or null when there is nobody to write to (any more). */
export async function compose(job: MailJob): Promise<Letter | null> {
  switch (job.kind) {
    case "reset": {
      const { token, secretHash } = linkOf("reset", job.tokenId);
      const account = await accounts.findReset(job.tokenId, secretHash);
      return (
        account && {
          to: account.email,
          subject: "Set a new password for Permille",
          paragraphs: [
            `Hello ${account.name},`,
            `somebody, hopefully you, asked to set a new password. The link works once, for ${RESET_MINUTES} minutes.`,
            "If it was not you, do nothing: your password stays as it is.",
          ],
          link: { label: "Set a new password", url: address(`/reset/${token}`) },
        }
      );
    }
    case "password-changed": {
      const account = await accounts.findAccountForMail(job.userId);
      return (
        account && {
          to: account.email,
          subject: "Your password for Permille was changed",
          paragraphs: [
            `Hello ${account.name},`,
            "your password was changed just now, and every other browser was signed out.",
            "If it was not you, set a new one at once:",
          ],
          link: { label: "Set a new password", url: address("/forgot") },
        }
      );
    }
    case "sign-up": {
      if (await accounts.hasAccount(job.email)) {
        return {
          to: job.email,
          subject: "You have an account at Permille",
          paragraphs: [
            "Hello,",
            "somebody, hopefully you, wanted to create an account with this address. It has one already: just sign in.",
            "If the password is lost, the page of the link has a way to set a new one.",
          ],
          link: { label: "Sign in", url: address("/sign-in") },
        };
      }
      const token = sealLink("sign-up", job.email, new Date(Date.now() + SIGN_UP_HOURS * 3_600_000));
      return {
        to: job.email,
        subject: "Create your account at Permille",
        paragraphs: [
          "Hello,",
          `somebody, hopefully you, wants to create an account with this address. The link works for ${SIGN_UP_HOURS} hours.`,
          "If it was not you, do nothing: no account is made.",
        ],
        link: { label: "Create the account", url: address(`/sign-up/${token}`) },
      };
    }
    case "invitation": {
      const { token, secretHash } = linkOf("invitation", job.invitationId);
      const invitation = await accounts.findInvitation(job.invitationId, secretHash);
      const inviter = await accounts.findAccountForMail(job.invitedBy);
      return (
        invitation && {
          to: invitation.email,
          subject: `Invitation to ${invitation.creatorName} on Permille`,
          paragraphs: [
            "Hello,",
            `${inviter?.name ?? "Somebody"} invites you to ${invitation.creatorName}, as ${ROLE_LABEL[invitation.role].toLowerCase()}.`,
            `Permille shows what 1,000 views really earn. The link works for ${INVITATION_DAYS} days.`,
          ],
          link: { label: "See the invitation", url: address(`/invite/${token}`) },
        }
      );
    }
    case "agency-invitation": {
      const { token, secretHash } = linkOf("agency-invitation", job.invitationId);
      const invitation = await accounts.findAgencyInvitation(job.invitationId, secretHash);
      const inviter = await accounts.findAccountForMail(job.invitedBy);
      return (
        invitation && {
          to: invitation.email,
          subject: `Invitation to ${invitation.agencyName} on Permille`,
          paragraphs: [
            "Hello,",
            `${inviter?.name ?? "Somebody"} invites you to the agency ${invitation.agencyName}, as ${AGENCY_ROLE_LABEL[invitation.role].toLowerCase()}.`,
            `Permille shows what 1,000 views really earn. The link works for ${INVITATION_DAYS} days.`,
          ],
          link: { label: "See the invitation", url: address(`/invite/agency/${token}`) },
        }
      );
    }
    case "representation": {
      const { token, secretHash } = linkOf("representation", job.representationId);
      const asked = await accounts.findRepresentation(job.representationId, secretHash);
      return asked && questionLetter(asked, address(`/invite/representation/${token}`));
    }
    case "handover": {
      const { token, secretHash } = linkOf("handover", job.handoverId);
      const offer = await accounts.findHandover(job.handoverId, secretHash);
      return (
        offer && {
          to: offer.email,
          subject: `${offer.creatorName} on Permille is yours to take over`,
          paragraphs: [
            "Hello,",
            `${offer.by} of ${offer.agencyName} keeps the figures of ${offer.creatorName} on Permille, and offers them to you with everything in it.`,
            `Once you take over, they are yours, and you say what the agency still sees. The link works for ${INVITATION_DAYS} days.`,
          ],
          link: { label: "See the offer", url: address(`/invite/handover/${token}`) },
        }
      );
    }
  }
}

/** Either side asks the other; what would be seen stands on the page, where it is decided. */
function questionLetter({ email, by, agencyName, creatorName }: accounts.Shared, url: string): Letter {
  const [subject, question] =
    agencyName === null
      ? [
          `${creatorName} asks your agency to represent them on Permille`,
          `${by} would show the figures of ${creatorName} to your agency.`,
        ]
      : [
          `${agencyName} asks to represent you on Permille`,
          `${by} of ${agencyName} asks to see your figures on Permille.`,
        ];
  return {
    to: email,
    subject,
    paragraphs: [
      "Hello,",
      question,
      `The page of the link says exactly what would be seen. Nothing is shown before somebody accepts there, and either side can end it at once. The link works for ${INVITATION_DAYS} days.`,
    ],
    link: { label: "See what is asked", url },
  };
}

/** By SMTP_URL; without it, as a file that a mail program opens, with a line in the terminal that says where. */
export async function send(letter: Letter): Promise<void> {
  const { SMTP_URL } = env();
  if (SMTP_URL) await nodemailer.createTransport(SMTP_URL).sendMail(messageOf(letter));
  else await save(letter, `${new Date().toISOString().replaceAll(":", "-")}-${randomUUID().slice(0, 8)}`);
}

/** What stands between the parts of a mail may have 70 letters, of which nodemailer needs some. */
const MOST_OF_A_BOUNDARY = 40;

/** As nodemailer takes it. With `messageId` and `date` it is the same byte for byte whenever it is made. */
export function messageOf(letter: Letter): SendMailOptions & { baseBoundary?: string } {
  const { messageId, date, off, attachments = [] } = letter;
  return {
    from: env().SMTP_FROM ?? "Permille <permille@localhost>",
    // An object, so that nothing in an address is ever read as a list of addresses.
    to: { name: "", address: letter.to },
    subject: oneLine(letter.subject),
    text: textOf(letter),
    html: htmlOf(letter),
    ...(messageId
      ? { messageId, baseBoundary: messageId.replace(/[^\w-]/g, "").slice(0, MOST_OF_A_BOUNDARY) }
      : {}),
    ...(date ? { date } : {}),
    ...(off
      ? {
          headers: {
            "List-Unsubscribe": `<${off.post}>`,
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
          },
        }
      : {}),
    attachments: attachments.map(({ name, mediaType, bytes }) => ({
      ...{ filename: name, contentType: mediaType, content: bytes },
    })),
  };
}

export async function contentOf(message: SendMailOptions): Promise<Buffer> {
  const sent = await nodemailer.createTransport({ streamTransport: true, buffer: true }).sendMail(message);
  return sent.message as Buffer;
}

export async function save(letter: Letter, name: string): Promise<void> {
  const { mailFolder } = env();
  const content = await contentOf(messageOf(letter));
  await mkdir(mailFolder, { recursive: true, mode: 0o700 });
  const file = path.join(/*turbopackIgnore: true*/ mailFolder, `${name}.eml`);
  await writeFile(file, content, { mode: 0o600 });
  console.log(`Mail for ${letter.to} (${oneLine(letter.subject)}): saved as ${file}`);
}

function textOf({ paragraphs, list = [], link, off }: Letter): string {
  const lines = paragraphs.map((paragraph) => wrap(oneLine(paragraph)));
  if (list.length > 0) lines.push(list.map((line) => wrap(`- ${oneLine(line)}`)).join("\n"));
  for (const each of [link, off]) if (each) lines.push(`${each.label}:\n${each.url}`);
  return `${lines.join("\n\n")}\n\n-- \nPermille\n`;
}

function htmlOf({ paragraphs, list = [], link, off }: Letter): string {
  const parts = paragraphs.map((paragraph) => `<p>${escapeHtml(oneLine(paragraph))}</p>`);
  if (list.length > 0)
    parts.push(`<ul>${list.map((line) => `<li>${escapeHtml(oneLine(line))}</li>`).join("")}</ul>`);
  for (const each of [link, off])
    if (each) parts.push(`<p><a href="${escapeHtml(each.url)}">${escapeHtml(each.label)}</a></p>`);
  return `<!doctype html><html lang="en"><body style="font-family:sans-serif;line-height:1.5">${parts.join("")}<p>Permille</p></body></html>`;
}

/** Lines of at most 72 characters: such a mail needs no encoding, and its links can be copied from the file. */
function wrap(text: string): string {
  return text.replace(/(?=.{73})(.{1,72}) /g, "$1\n");
}

/** Names come from people: they must not begin a new header or line. */
function oneLine(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}

function escapeHtml(text: string): string {
  const signs: Record<string, string> = {
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    '"': "&quot;",
    "'": "&#39;",
  };
  return text.replace(/[&<>"']/g, (sign) => signs[sign] ?? sign);
}

/** A path as people outside open it. */
export function address(path: string): string {
  return new URL(path, env().NEXTAUTH_URL).href;
}
