import "server-only";
import { notFound } from "next/navigation";
import { cache } from "react";
import * as agencies from "@/db/agencies";
import * as alerts from "@/db/alerts";
import { read } from "@/db/client";
import * as creators from "@/db/creators";
import { type Standing, standing } from "@/db/revisions";
import { AppError } from "../errors";
import { isId } from "../input";
import { readAhead } from "./viewer";

/** The creators shared with the viewer. */
export const listCreators = cache((): Promise<creators.Creator[]> => readAhead(creators.list));

/** What the pages of a creator begin with, in one transaction a request, however many of their parts ask. */
const enter = cache(async (creatorId: string) => {
  if (!isId(creatorId)) notFound();
  try {
    return await readAhead((viewer) =>
      read(viewer, () =>
        Promise.all([
          creators.list(viewer),
          standing(viewer, creatorId),
          alerts.countUnseen(viewer, creatorId),
          agencies.list(viewer),
        ]),
      ),
    );
  } catch (error) {
    if (error instanceof AppError && error.code === "not_found") notFound();
    throw error;
  }
});

/** The creators shared with the viewer, for a page of one of them. */
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

/** Whether anything of the creator of the path has changed since it was looked at last. */
export async function getStanding(creatorId: string): Promise<Standing> {
  return (await enter(creatorId))[1];
}
