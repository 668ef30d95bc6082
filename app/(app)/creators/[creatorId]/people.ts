import "server-only";
import { OPERATOR_ID } from "@/db/client";
import * as members from "@/db/members";
import type { Shared, Viewer } from "@/lib/model/access";

/** Who a row was recorded by, as a name; one who left is no longer named, and to an agency only its own are. */
export async function peopleOf(
  viewer: Viewer,
  creatorId: string,
  shared: Shared | null,
): Promise<(userId: string) => string> {
  if (shared)
    return (userId) => (viewer.kind === "person" && viewer.userId === userId ? "You" : "Somebody else");
  const names = new Map((await members.list(viewer, creatorId)).map(({ userId, name }) => [userId, name]));
  return (userId) => names.get(userId) ?? (userId === OPERATOR_ID ? "The operator" : "Somebody who left");
}
