import * as creators from "@/db/creators";
import { AppError } from "@/lib/errors";
import { isId } from "@/lib/input";
import { placementsCsv, sortPlacements } from "@/lib/placement-report";
import { readPlacements } from "@/lib/server/placements";
import { findViewer } from "@/lib/server/viewer";

/** Spreadsheets take a file without it for their own old encoding. */
const BYTE_ORDER_MARK = "\uFEFF";

type PlacementsContext = { params: Promise<{ creatorId: string }> };

/** What each placement earned, as CSV: the same figures as the page. */
export async function GET(_request: Request, { params }: PlacementsContext): Promise<Response> {
  const { creatorId } = await params;
  const viewer = await findViewer();
  if (!viewer) return refuse(401, "Sign in, then download the file again.");
  if (!isId(creatorId)) return refuse(404, "There is no such creator.");
  try {
    const creator = await creators.get(viewer, creatorId);
    const rows = sortPlacements(await readPlacements(viewer, creator.id), {
      sort: "merchant",
      descending: false,
    });
    return new Response(BYTE_ORDER_MARK + placementsCsv(rows), {
      headers: {
        ...PRIVATE,
        "Content-Type": "text/csv; charset=utf-8",
        "Content-Disposition": `attachment; filename="placements-${creator.today}.csv"`,
      },
    });
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return refuse(error.code === "unavailable" ? 503 : 404, error.message);
  }
}

const PRIVATE = { "Cache-Control": "private, no-store" };

function refuse(status: number, sentence: string): Response {
  return new Response(`${sentence}\n`, {
    status,
    headers: { ...PRIVATE, "Content-Type": "text/plain; charset=utf-8" },
  });
}
