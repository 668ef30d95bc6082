import "server-only";
import { z } from "zod";
import * as accounts from "@/db/auth";
import { enqueue, listWaitingLetters } from "@/db/jobs";
import * as letters from "@/db/letters";
import { dayName } from "../format";
import type { Viewer } from "../model/access";
import { dayOf } from "../model/month";
import { paths } from "../paths";
import { address, send } from "./mail";

const MailJob = z.object({ agencyId: z.uuid(), letterId: z.uuid(), userId: z.uuid() });

/** Has what was just written sent soon; nobody waits for it, however many they are. */
export function queueLetters(): Promise<void> {
  return enqueue("letters", {});
}

/**
 * Writes what falls due, and puts everything that is waiting in line: also what a process that died left. A letter
 * that is in line or sent goes no second time.
 */
export async function sweepLetters(): Promise<void> {
  for (const letter of await listWaitingLetters())
    await enqueue("letter-mails", { ...letter }, `${letter.letterId} ${letter.userId}`);
}

/**
 * Sends one letter to one person, once. It is read as he would read it, so who may not read it any more gets none.
 * A job that throws is tried again.
 */
export async function mailLetter(personFor: (userId: string) => Viewer, data: unknown): Promise<void> {
  const { userId, ...which } = MailJob.parse(data);
  const account = await accounts.findAccountForMail(userId);
  if (!account) return;
  await letters.mailOnce(personFor(userId), which, async (letter) => {
    const { subject, text, byline, creatorId, creatorName, dueOn, taskId, ofTerms } = letter;
    const about = creatorName ? `${creatorName}: ${subject}` : subject;
    const path = creatorId
      ? (ofTerms ? paths.commission : paths.notes)(creatorId)
      : paths.tasks(which.agencyId);
    await send({
      to: account.email,
      subject: about,
      paragraphs: [
        `Hello ${account.name},`,
        ...(taskId ? [subject] : []),
        ...text.split("\n").filter((line) => line.trim() !== ""),
        ...(dueOn ? [`It is due on ${dayName(dayOf(dueOn), account.locale)}.`] : []),
        `${taskId ? "Asked" : ofTerms ? "Proposed" : "Written"} by ${byline}.`,
      ],
      link: { label: taskId || ofTerms ? "Look at it" : "Open Permille", url: address(path) },
      messageId: `<${which.letterId}.${userId}@permille>`,
    });
  });
}
