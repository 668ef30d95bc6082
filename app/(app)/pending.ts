import "server-only";
import { dayName } from "@/lib/format";
import { dayOf } from "@/lib/model/month";
import type { Pending } from "./pending-list";

/** A row of the list of what was sent by mail, with its last day as the reader writes it. */
export function pendingOf(
  { id, email, expiresAt }: { id: string; email: string; expiresAt: Date },
  what: string,
  locale: string,
): Pending {
  const until = dayName(dayOf(expiresAt.toISOString().slice(0, 10)), locale);
  return { id, email, what, until, hasEnded: expiresAt <= new Date() };
}
