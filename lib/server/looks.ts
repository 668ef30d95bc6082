import "server-only";
import * as looks from "@/db/looks";
import type { Viewer } from "../model/access";

/** Looks that were noted within this quarter of an hour: further ones need no question to the database. */
const noted = new Set<string>();
const NOTED_AT_MOST = 100_000;
/** A day begins at a quarter of an hour in every zone: within one, a look is of the same day. */
const QUARTER_MS = 900_000;

/**
 * Before an agency's person is shown amounts of creators, their logs say so: in one statement, and in none when they
 * said it a moment ago. `agencies` names whose representations show them.
 */
export async function noteLooks(
  viewer: Viewer,
  agencies: string,
  creatorIds: readonly string[],
): Promise<void> {
  if (viewer.kind !== "person") return;
  const quarter = Math.floor(Date.now() / QUARTER_MS);
  const keyOf = (creatorId: string) => [viewer.userId, agencies, creatorId, quarter].join(" ");
  const fresh = creatorIds.filter((creatorId) => !noted.has(keyOf(creatorId)));
  if (fresh.length === 0) return;
  await looks.record(viewer, fresh);
  if (noted.size + fresh.length > NOTED_AT_MOST) noted.clear();
  for (const creatorId of fresh) noted.add(keyOf(creatorId));
}
