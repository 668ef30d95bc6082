import * as commissions from "@/db/commissions";
import { commissionCsv } from "@/lib/commission-report";
import { isId } from "@/lib/input";
import { monthOf } from "@/lib/model/month";
import { downloadCsv, refuse, refuseWith } from "@/lib/server/download";
import { findViewer } from "@/lib/server/viewer";

type CommissionContext = { params: Promise<{ agencyId: string }> };

/** More changes than an agency has in a year. */
const MOST = 1_000_000;

/** The agency's ledger of a year's commission as CSV: the same lines as the page. */
export async function GET(request: Request, { params }: CommissionContext): Promise<Response> {
  const { agencyId } = await params;
  const year = new URL(request.url).searchParams.get("year") ?? "";
  const viewer = await findViewer();
  if (!viewer) return refuse(401, "Sign in, then download the file again.");
  if (!isId(agencyId)) return refuse(404, "There is no such agency.");
  if (!/^(19|20)\d\d$/.test(year))
    return refuse(404, "Choose a year on the page, then download the file again.");
  try {
    const range = { from: monthOf(`${year}-01`), to: monthOf(`${year}-12`) };
    const { rows } = await commissions.list(viewer, agencyId, { range, size: MOST });
    return downloadCsv(`commission-${year}.csv`, commissionCsv(rows));
  } catch (error) {
    return refuseWith(error);
  }
}
