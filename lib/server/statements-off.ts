import "server-only";
import * as creators from "@/db/creators";
import * as schedules from "@/db/statement-schedules";
import { AppError, notFound } from "../errors";
import { recipientOfMail } from "./viewer";

/** Whom a mail's link was written to, and about whom; null for a link that is none of ours, or has ended. */
export async function readMailLink(
  token: string,
): Promise<{ email: string; creatorName: string; isOff: boolean } | null> {
  const meant = recipientOfMail(token);
  if (!meant) return null;
  const { viewer, creatorId, id } = meant;
  try {
    const recipient = await schedules.findRecipient(viewer, creatorId, id);
    if (!recipient) return null;
    const { name: creatorName } = await creators.get(viewer, creatorId);
    return { email: recipient.email, creatorName, isOff: recipient.offAt !== null };
  } catch (error) {
    if (error instanceof AppError && error.code === "not_found") return null;
    throw error;
  }
}

/** Unsubscribes whom the mail was written to, or takes that back. Throws not_found for a link that is not good. */
export async function unsubscribeByMail(token: string, isOff: boolean): Promise<void> {
  const meant = recipientOfMail(token);
  if (!meant) throw notFound("link");
  await schedules.unsubscribe(meant.viewer, meant.creatorId, meant.id, isOff);
}
