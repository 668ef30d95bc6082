import "server-only";
import { notFound } from "next/navigation";
import { AppError } from "@/lib/errors";
import { canWrite } from "@/lib/model/access";
import { getCreator } from "@/lib/server/creator";
import { requireUser } from "@/lib/server/viewer";

/** What every page of a creator begins with: Next's 404 for one that is not shared with the viewer. */
export async function openCreator(creatorId: string) {
  const { viewer, user } = await requireUser();
  const creator = await getCreator(creatorId);
  return { viewer, user, creator, locale: user.locale, mayWrite: canWrite(creator.role) };
}

/** A row that is not there, or not for this viewer, is a page that does not exist. */
export async function orNotFound<T>(reading: Promise<T>): Promise<T> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof AppError && error.code === "not_found") notFound();
    throw error;
  }
}
