import "server-only";
import { randomUUID } from "node:crypto";
import { claimRequest } from "./auth";
import { INVITATION_DAYS, type MailJob, queueMail } from "./mail";
import { linkOf, type Purpose } from "./secrets";
import { requireUser } from "./viewer";

/** What every invitation by mail is made of: its id, what the database keeps of its secret, how long it is good. */
export interface Invited {
  id: string;
  secretHash: Buffer;
  expiresAt: Date;
}

/** For an id that the browser made, or a new one for a link that is sent again. */
export function invitedBy(purpose: Purpose, id: string = randomUUID()): Invited {
  const { secretHash } = linkOf(purpose, id);
  return { id, secretHash, expiresAt: new Date(Date.now() + INVITATION_DAYS * 86_400_000) };
}

/**
 * Counts a mail that the person at hand is about to cause, does the work, and sends what it answers. Throws "limit"
 * to one who sent too many.
 */
export async function sending<T>(
  work: () => Promise<T>,
  mail: (done: T, userId: string) => MailJob,
): Promise<T> {
  const { user } = await requireUser();
  await claimRequest({ what: "invitation", subject: user.id, by: "account", perHour: 30 });
  const done = await work();
  await queueMail(mail(done, user.id));
  return done;
}

/** The most addresses that one list may hold. */
export const LONGEST_LIST = 50;

/** As `sending`, for a whole list at once. */
export async function sendingMany<T>(
  work: () => Promise<readonly T[]>,
  mail: (done: T) => MailJob | null,
): Promise<readonly T[]> {
  const { user } = await requireUser();
  await claimRequest({ what: "list of invitations", subject: user.id, by: "account", perHour: 4 });
  const done = await work();
  for (const each of done) {
    const job = mail(each);
    if (job) await queueMail(job);
  }
  return done;
}
