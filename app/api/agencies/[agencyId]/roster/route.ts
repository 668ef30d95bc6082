import { isId } from "@/lib/input";
import { rosterQuery } from "@/lib/roster-query";
import { refuse, refuseWith } from "@/lib/server/download";
import { agencyToday, readRoster, sheetOf } from "@/lib/server/roster";
import { currentUser, findViewer } from "@/lib/server/viewer";

type RosterContext = { params: Promise<{ agencyId: string }> };

/** What a search finds while it is typed: a page of the roster as JSON, with the sum of all that was found. */
export async function GET(request: Request, { params }: RosterContext): Promise<Response> {
  const { agencyId } = await params;
  const [viewer, user] = await Promise.all([findViewer(), currentUser()]);
  if (!viewer || !user) return refuse(401, "Sign in to look at this roster.");
  if (!isId(agencyId)) return refuse(404, "There is no such agency.");
  try {
    const today = agencyToday();
    const query = rosterQuery(Object.fromEntries(new URL(request.url).searchParams), today);
    const found = await readRoster(viewer, agencyId, query, today, "matches");
    return Response.json(sheetOf(found, query, user.locale), {
      headers: { "Cache-Control": "private, no-store" },
    });
  } catch (error) {
    return refuseWith(error);
  }
}
