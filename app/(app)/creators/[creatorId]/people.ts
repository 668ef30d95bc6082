import "server-only";
import { OPERATOR_ID } from "@/db/client";
import * as members from "@/db/members";
import type { Viewer } from "@/lib/model/access";

/** Who a row was recorded by, as a name; one who left is no longer named. */
export async function peopleOf(viewer: Viewer, creatorId: string): Promise<(userId: string) => string> {
  const names = new Map((await members.list(viewer, creatorId)).map(({ userId, name }) => [userId, name]));
  return (userId) => names.get(userId) ?? (userId === OPERATOR_ID ? "The operator" : "Somebody who left");
}
