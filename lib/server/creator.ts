import "server-only";
import { notFound } from "next/navigation";
import { cache } from "react";
import * as agencies from "@/db/agencies";
import * as alerts from "@/db/alerts";
import { read } from "@/db/client";
import * as creators from "@/db/creators";
import * as looks from "@/db/looks";
import { type Standing, standing } from "@/db/revisions";
import { demand, type Need } from "@/db/scope";
import * as tasks from "@/db/tasks";
import { AppError } from "../errors";
import { isId } from "../input";
import { seesFigures, type Viewer } from "../model/access";
import { readAhead, requireViewer } from "./viewer";

/** The creators shared with the viewer. */
export const listCreators = cache((): Promise<creators.Creator[]> => readAhead(creators.list));

/** What the pages of a creator begin with, in one transaction a request, however many of their parts ask. */
const enter = cache(async (creatorId: string) => {
  if (!isId(creatorId)) notFound();
  try {
    const found = await readAhead((viewer) =>
      read(viewer, () =>
        Promise.all([
          creators.listOwn(viewer, creatorId),
          standing(viewer, creatorId),
          alerts.countUnseen(viewer, creatorId),
          agencies.list(viewer),
          tasks.countAsked(viewer, creatorId),
        ]),
      ),
    );
    await noteLook(await requireViewer(), found[1]);
    return found;
  } catch (error) {
    if (error instanceof AppError && error.code === "not_found") notFound();
    throw error;
  }
});

/** The creators that the viewer belongs to, for a page of one of them or of one that an agency shows him. */
export async function listCreatorsBeside(creatorId: string): Promise<creators.Creator[]> {
  return (await enter(creatorId))[0];
}

/** The agencies that the viewer belongs to, for a page of a creator. */
export async function listAgenciesBeside(creatorId: string): Promise<agencies.Agency[]> {
  return (await enter(creatorId))[3];
}

/** The creator of the path, else the page that does not exist. */
export async function getCreator(creatorId: string): Promise<creators.Creator> {
  return (await listCreatorsBeside(creatorId)).find((creator) => creator.id === creatorId) ?? notFound();
}

/** How many alerts of the creator of the path the viewer has not seen. */
export async function countUnseenAlerts(creatorId: string): Promise<number> {
  return (await enter(creatorId))[2];
}

/** How many open tasks the creator of the path is asked, for her members. */
export async function countAsked(creatorId: string): Promise<number> {
  return (await enter(creatorId))[4];
}

/** Whether anything of the creator of the path has changed since it was looked at last. */
export async function getStanding(creatorId: string): Promise<Standing> {
  return (await enter(creatorId))[1];
}

/**
 * The creator whose file the viewer asks for, where he sees what is in it. Throws not_found to a stranger, forbidden to
 * one whom it shows more than is shared with.
 */
export async function creatorOfFile(
  viewer: Viewer,
  creatorId: string,
  need: Need,
): Promise<creators.Creator> {
  const [creator, now] = await read(viewer, async () => {
    await demand(viewer, creatorId, need);
    return Promise.all([creators.get(viewer, creatorId), standing(viewer, creatorId)]);
  });
  await noteLook(viewer, now);
  return creator;
}

/** Looks that are noted: the same person's further ones of the day need no question to the database. */
const noted = new Set<string>();
const NOTED_AT_MOST = 10_000;

/** Before an agency's person is shown amounts, the creator's log says so. */
async function noteLook(viewer: Viewer, { creator, shared, today }: Standing): Promise<void> {
  if (shared === null || viewer.kind !== "person" || !seesFigures(shared)) return;
  const key = [viewer.userId, creator.id, today, ...shared.agencies.map(({ id }) => id)].join(" ");
  if (noted.has(key)) return;
  await looks.record(viewer, [creator.id]);
  if (noted.size >= NOTED_AT_MOST) noted.clear();
  noted.add(key);
}
