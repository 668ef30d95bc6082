import { isId } from "@/lib/input";
import { creatorOfFile } from "@/lib/server/creator";
import { downloadCsv, refuse, refuseWith } from "@/lib/server/download";
import { ledgerFile } from "@/lib/server/ledger-file";
import { findViewer } from "@/lib/server/viewer";

type LedgerContext = { params: Promise<{ creatorId: string }> };

/** Everything of a creator that counts, as CSV that an import reads again; sent as it is read. */
export async function GET(_request: Request, { params }: LedgerContext): Promise<Response> {
  const { creatorId } = await params;
  const viewer = await findViewer();
  if (!viewer) return refuse(401, "Sign in, then download the file again.");
  if (!isId(creatorId)) return refuse(404, "There is no such creator.");
  try {
    const creator = await creatorOfFile(viewer, creatorId, "read");
    return downloadCsv(`permille-${creator.today}.csv`, ledgerFile(viewer, creator.id));
  } catch (error) {
    return refuseWith(error);
  }
}
