import "server-only";
import { notFound } from "next/navigation";
import { cache } from "react";
import * as creators from "@/db/creators";
import { requireViewer } from "./viewer";

/** The creators shared with the viewer: one query per request, for the switcher and the page alike. */
export const listCreators = cache(async (): Promise<creators.Creator[]> => {
  return creators.list(await requireViewer());
});

/** For pages: the creator of the path, else the page that does not exist. Uses the same query. */
export async function getCreator(creatorId: string): Promise<creators.Creator> {
  return (await listCreators()).find((creator) => creator.id === creatorId) ?? notFound();
}
