import { isId } from "@/lib/input";
import { download, refuse, refuseWith } from "@/lib/server/download";
import { zipOf } from "@/lib/server/roster-runs";
import { findViewer } from "@/lib/server/viewer";

type RunContext = { params: Promise<{ agencyId: string; runId: string }> };

/** Everything a run over a roster made, as one zip, sent as it is read. */
export async function GET(_request: Request, { params }: RunContext): Promise<Response> {
  const { agencyId, runId } = await params;
  const viewer = await findViewer();
  if (!viewer) return refuse(401, "Sign in, then download the file again.");
  if (!isId(agencyId) || !isId(runId)) return refuse(404, "There is no such run.");
  try {
    const { month, body } = await zipOf(viewer, agencyId, runId);
    return download(`roster-statements-${month}.zip`, "application/zip", body);
  } catch (error) {
    return refuseWith(error);
  }
}
