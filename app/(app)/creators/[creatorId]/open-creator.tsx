import "server-only";
import { notFound } from "next/navigation";
import type { ReactNode } from "react";
import { AppError } from "@/lib/errors";
import { canWrite, type Shared, seesAll, seesFigures } from "@/lib/model/access";
import { getCreator, getStanding } from "@/lib/server/creator";
import { requireUser } from "@/lib/server/viewer";
import { NotShared } from "./not-shared";

/** What a page shows: channels and views alone, money of some streams at least, money of all, or what is the house's own. */
type Shows = "traffic" | "figures" | "all" | "house";

const HOLDS: Record<Shows, (shared: Shared | null) => boolean> = {
  traffic: () => true,
  figures: seesFigures,
  all: seesAll,
  house: (shared) => shared === null,
};

/**
 * What every page of a creator begins with: Next's 404 for one that is not shared with the viewer. `notShared` stands
 * in place of a page that shows more than the creator shares.
 */
export async function openCreator(creatorId: string, shows: Shows, title: string) {
  const { viewer, user } = await requireUser();
  const [creator, { shared }] = await Promise.all([getCreator(creatorId), getStanding(creatorId)]);
  const { locale } = user;
  const notShared: ReactNode =
    shared && !HOLDS[shows](shared) ? (
      <NotShared {...{ creatorId, title, name: creator.name, shared }} />
    ) : null;
  return { viewer, user, creator, locale, mayWrite: canWrite(creator.role), shared, notShared };
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

/** A row that another one names and that is not for this viewer is left out. */
export async function orNull<T>(reading: Promise<T>): Promise<T | null> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof AppError && error.code === "not_found") return null;
    throw error;
  }
}
