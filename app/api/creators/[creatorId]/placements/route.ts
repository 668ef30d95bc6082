import { isId } from "@/lib/input";
import { placementsCsv, sortPlacements } from "@/lib/placement-report";
import { creatorOfFile } from "@/lib/server/creator";
import { downloadCsv, refuse, refuseWith } from "@/lib/server/download";
import { readPlacements } from "@/lib/server/placements";
import { findViewer } from "@/lib/server/viewer";

type PlacementsContext = { params: Promise<{ creatorId: string }> };

/** What each placement earned, as CSV: the same figures as the page. */
export async function GET(_request: Request, { params }: PlacementsContext): Promise<Response> {
  const { creatorId } = await params;
  const viewer = await findViewer();
  if (!viewer) return refuse(401, "Sign in, then download the file again.");
  if (!isId(creatorId)) return refuse(404, "There is no such creator.");
  try {
    const creator = await creatorOfFile(viewer, creatorId, "amounts");
    const rows = sortPlacements(await readPlacements(viewer, creator.id), {
      sort: "merchant",
      descending: false,
    });
    return downloadCsv(`placements-${creator.today}.csv`, placementsCsv(rows));
  } catch (error) {
    return refuseWith(error);
  }
}
