import "server-only";
import * as creators from "@/db/creators";
import { AppError, notFound } from "@/lib/errors";
import { isId } from "@/lib/input";
import { canWrite, type Viewer } from "@/lib/model/access";

/** Throws not_found to a stranger, forbidden to one who may look but not import. */
export async function demandEditor(viewer: Viewer, { creatorId }: { creatorId: string }): Promise<void> {
  if (!isId(creatorId)) throw notFound("creator");
  const creator = await creators.get(viewer, creatorId);
  if (!canWrite(creator.role))
    throw new AppError(
      "forbidden",
      "You can look at this creator, but not import. Ask an owner for the role of editor.",
    );
}

/** Throws not_found for what can be no upload's id. */
export function uploadIdOf(text: string): string {
  if (!isId(text)) throw notFound("file");
  return text;
}
