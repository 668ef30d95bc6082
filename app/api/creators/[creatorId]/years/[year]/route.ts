import { isId } from "@/lib/input";
import { yearCsv } from "@/lib/report/year";
import { creatorOfFile } from "@/lib/server/creator";
import { downloadCsv, refuse, refuseWith } from "@/lib/server/download";
import { findViewer } from "@/lib/server/viewer";
import { readYear } from "@/lib/server/year";

type YearContext = { params: Promise<{ creatorId: string; year: string }> };

/** A year for the accountant as CSV: amounts exact with a point, the same figures as on the page. */
export async function GET(_request: Request, { params }: YearContext): Promise<Response> {
  const { creatorId, year } = await params;
  const viewer = await findViewer();
  if (!viewer) return refuse(401, "Sign in, then download the file again.");
  if (!isId(creatorId) || !/^[12]\d{3}$/.test(year)) return refuse(404, "There is no such year.");
  try {
    const creator = await creatorOfFile(viewer, creatorId, "amounts");
    const csv = yearCsv(await readYear(viewer, creator.id, year, creator.currency), creator.currency);
    return downloadCsv(`year-${year}.csv`, csv);
  } catch (error) {
    return refuseWith(error);
  }
}
