import { isId } from "@/lib/input";

/** Whom a task is asked of, as the value of a choice: nobody yet, a creator, or somebody of the agency. */
export function whomKey({
  ofCreator,
  creatorId,
  assignee,
}: {
  ofCreator: boolean;
  creatorId: string | null;
  assignee: string | null;
}): string {
  if (ofCreator) return `creator:${creatorId}`;
  return assignee === null ? "" : `user:${assignee}`;
}

/** And back; null for anything else. */
export function whomOf(key: string): { creatorId: string | null; userId: string | null } | null {
  if (key === "") return { creatorId: null, userId: null };
  const [kind, whose] = key.split(":");
  if (!isId(whose)) return null;
  if (kind === "creator") return { creatorId: whose, userId: null };
  return kind === "user" ? { creatorId: null, userId: whose } : null;
}
