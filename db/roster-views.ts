/** The ways in which somebody looks at an agency's roster, kept by name: each person's own. */
import { and, asc, count, eq } from "drizzle-orm";
import { AppError, notFound } from "../lib/errors";
import type { Viewer } from "../lib/model/access";
import * as agencies from "./agencies";
import { conn, transaction } from "./client";
import { rosterViews } from "./schema";

export interface RosterView {
  id: string;
  name: string;
  /** the address's query: "?sort=gap" */
  query: string;
}

/** More are no help in finding one. */
const MOST = 30;

/** The viewer's own, by name. Throws not_found to who does not belong to the agency. */
export function list(viewer: Viewer, agencyId: string): Promise<RosterView[]> {
  return transaction(viewer, async () => {
    await agencies.demandMember(viewer, agencyId);
    return conn()
      .select({ id: rosterViews.id, name: rosterViews.name, query: rosterViews.query })
      .from(rosterViews)
      .where(own(viewer, agencyId))
      .orderBy(asc(rosterViews.name), asc(rosterViews.id));
  });
}

/** Keeps a view; the same id with the same values answers the same. Errors: invalid by field, conflict, not_found. */
export function save(
  viewer: Viewer,
  agencyId: string,
  { id, name, query }: RosterView,
): Promise<{ id: string }> {
  return transaction(viewer, async () => {
    await agencies.demandMember(viewer, agencyId);
    const [counted] = await conn().select({ views: count() }).from(rosterViews).where(own(viewer, agencyId));
    const isFull = (counted?.views ?? 0) >= MOST;
    const userId = agencies.personOf(viewer);
    if (!isFull)
      await conn().insert(rosterViews).values({ agencyId, id, userId, name, query }).onConflictDoNothing();
    const views = await list(viewer, agencyId);
    const there = views.find((view) => view.id === id);
    if (there?.name === name && there.query === query) return { id };
    if (there)
      throw new AppError("conflict", "This form was already sent with other values. Reload the page.");
    if (views.some((view) => view.name === name))
      throw invalid("You have a view of this name. Choose another name, or remove that one first.");
    if (isFull) throw invalid(`You have ${MOST} views. Remove one that you no longer use first.`);
    throw new AppError("conflict", "This form was already sent. Reload the page.");
  });
}

/** Throws not_found when it is not there, or somebody else's. */
export function remove(viewer: Viewer, agencyId: string, id: string): Promise<void> {
  return transaction(viewer, async () => {
    await agencies.demandMember(viewer, agencyId);
    const removed = await conn()
      .delete(rosterViews)
      .where(and(own(viewer, agencyId), eq(rosterViews.id, id)));
    if (removed.count === 0) throw notFound("view");
  });
}

function own(viewer: Viewer, agencyId: string) {
  return and(eq(rosterViews.agencyId, agencyId), eq(rosterViews.userId, agencies.personOf(viewer)));
}

function invalid(sentence: string): AppError {
  return new AppError("invalid", "Please look at the marked fields.", { name: sentence });
}
