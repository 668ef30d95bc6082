import * as months from "@/db/months";
import { isId } from "@/lib/input";
import { download, refuse, refuseWith } from "@/lib/server/download";
import { findViewer } from "@/lib/server/viewer";

type ClosingContext = { params: Promise<{ creatorId: string; closingId: string }> };

/** The bytes that were kept when a month was closed, one by one: their SHA-256 is the closing's checksum. */
export async function GET(_request: Request, { params }: ClosingContext): Promise<Response> {
  const { creatorId, closingId } = await params;
  const viewer = await findViewer();
  if (!viewer) return refuse(401, "Sign in, then download the file again.");
  if (!isId(creatorId) || !isId(closingId)) return refuse(404, "There is no such statement.");
  try {
    const { month, revision, data } = await months.keptOf(viewer, creatorId, closingId);
    return download(`statement-${month}-revision-${revision}.json`, "application/json", data);
  } catch (error) {
    return refuseWith(error);
  }
}
