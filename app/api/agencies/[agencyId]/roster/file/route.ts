import { isId } from "@/lib/input";
import { writeCsv } from "@/lib/report/csv";
import { rosterFile } from "@/lib/roster-lines";
import { rosterQuery } from "@/lib/roster-query";
import { downloadCsv, refuse, refuseWith } from "@/lib/server/download";
import { agencyToday, readRoster } from "@/lib/server/roster";
import { findViewer } from "@/lib/server/viewer";

type RosterContext = { params: Promise<{ agencyId: string }> };

/** What the roster's address shows, all its pages, as CSV: the same rows, order and columns. */
export async function GET(request: Request, { params }: RosterContext): Promise<Response> {
  const { agencyId } = await params;
  const viewer = await findViewer();
  if (!viewer) return refuse(401, "Sign in, then download the file again.");
  if (!isId(agencyId)) return refuse(404, "There is no such agency.");
  try {
    const today = agencyToday();
    const query = rosterQuery(Object.fromEntries(new URL(request.url).searchParams), today);
    const { agency, found } = await readRoster(viewer, agencyId, query, today, "matches");
    const look = { currency: agency.currency, locale: "en-US", month: query.month };
    const rows = rosterFile(found, query.columns, look, query.period);
    return downloadCsv(`roster-${query.month}.csv`, writeCsv(rows));
  } catch (error) {
    return refuseWith(error);
  }
}
