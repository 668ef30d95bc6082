import "server-only";
import { notFound } from "next/navigation";
import { cache } from "react";
import * as creators from "@/db/creators";
import { readAhead } from "./viewer";

/** The creators shared with the viewer: one query per request, for the switcher and the page alike. */
export const listCreators = cache((): Promise<creators.Creator[]> => readAhead(creators.list));

/** For pages: the creator of the path, else the page that does not exist. Uses the same query. */
export async function getCreator(creatorId: string): Promise<creators.Creator> {
  return (await listCreators()).find((creator) => creator.id === creatorId) ?? notFound();
}
