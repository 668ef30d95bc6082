import "server-only";
import { setImmediate as breathe } from "node:timers/promises";
import { z } from "zod";
import * as creators from "@/db/creators";
import { enqueue, listCreatorsToSend } from "@/db/jobs";
import * as sends from "@/db/statement-sends";
import { monthName } from "../format";
import type { Viewer } from "../model/access";
import { address } from "./mail";
import { missed, type OnceLetter, sendInLine } from "./mail-line";
import { report } from "./report-error";
import { sealLink } from "./secrets";
import { makeAttachments } from "./statement-attachments";

const Job = z.object({ creatorId: z.uuid() });

/** Whoever got a statement can unsubscribe for three years; after that nobody looks for the mail. */
const OFF_LINK_DAYS = 3 * 365;

/** Puts the creators in line whose statements are due or still on their way. */
export async function sendStatements(): Promise<void> {
  for (const creatorId of await listCreatorsToSend()) await queueStatements(creatorId);
}

/** Looks at one creator soon. */
export function queueStatements(creatorId: string): Promise<void> {
  return enqueue("creator-statements", { creatorId }, creatorId);
}

/**
 * Opens what is due for one creator, makes what was not made, and sends what waits. May be stopped anywhere and run
 * again, or run twice at once: rows decide, each in one transaction, what is opened, kept and handed over. Trouble is
 * reported and keeps no other creator from his: the rows still say what waits when they are looked at next.
 */
export async function sendOfCreator(
  operatorFor: (creatorId: string) => Viewer,
  data: unknown,
): Promise<void> {
  const { creatorId } = Job.parse(data);
  const viewer = operatorFor(creatorId);
  try {
    await sends.openDue(viewer, creatorId);
    for (const send of await sends.listOpen(viewer, creatorId)) await sendOut(viewer, creatorId, send);
  } catch (error) {
    report(error);
  }
}

async function sendOut(viewer: Viewer, creatorId: string, send: sends.Send): Promise<void> {
  let made: Awaited<ReturnType<typeof sends.keep>>;
  const { name: creatorName } = await creators.get(viewer, creatorId);
  try {
    // What was made once is what everybody gets, after a crash too.
    made =
      (await sends.keep(viewer, creatorId, send.id, null)) ??
      (await sends.keep(viewer, creatorId, send.id, await makeAttachments(viewer, creatorId, send)));
  } catch (error) {
    report(error);
    for (const mail of send.mails)
      await sends.settle(
        viewer,
        creatorId,
        mail,
        missed(mail, { reply: "The statement could not be made." }),
      );
    return;
  }
  for (const mail of send.mails) {
    await mailOut(
      viewer,
      creatorId,
      mail,
      letterOf(creatorId, creatorName, send, mail, made ?? { summary: [], files: [] }),
    );
    // Pages are served by this same thread.
    await breathe();
  }
}

async function mailOut(
  viewer: Viewer,
  creatorId: string,
  mail: sends.Mail,
  letter: OnceLetter,
): Promise<void> {
  await sendInLine(mail, letter, {
    handOver: () => sends.handOver(viewer, creatorId, mail.id),
    settle: (tries, end) => sends.settle(viewer, creatorId, { id: mail.id, tries }, end),
  });
}

function letterOf(
  creatorId: string,
  creatorName: string,
  send: sends.Send,
  mail: sends.Mail,
  { summary, files }: { summary: readonly string[]; files: readonly sends.NewFile[] },
): OnceLetter {
  const month = monthName(send.month, send.locale);
  const token =
    mail.recipientId &&
    sealLink(
      "statements-off",
      `${creatorId} ${mail.recipientId}`,
      new Date(send.recordedAt.getTime() + OFF_LINK_DAYS * 86_400_000),
    );
  return {
    to: mail.email,
    subject: `${send.kind === "test" ? "Test: " : ""}${creatorName}, statement of ${month}`,
    paragraphs: [
      mail.name ? `Hello ${mail.name},` : "Hello,",
      `here is the statement of ${creatorName} for ${month}.`,
      ...send.note.split("\n").filter((line) => line.trim() !== ""),
      files.length > 0
        ? `It is attached as ${files.map(({ name }) => name).join(", ")}. In short:`
        : "In short:",
    ],
    list: summary,
    ...(token
      ? {
          off: {
            label: `No more statements of ${creatorName}`,
            url: address(`/statements/${token}`),
            post: address(`/api/statements/${token}`),
          },
        }
      : {}),
    messageId: `<${mail.id}@permille>`,
    date: send.recordedAt,
    attachments: files,
  };
}
