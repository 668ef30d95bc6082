import * as ledger from "@/db/ledger";
import { isId } from "@/lib/input";
import type { Viewer } from "@/lib/model/access";
import { ledgerHeader, ledgerLines } from "@/lib/report/ledger";
import { creatorOfFile } from "@/lib/server/creator";
import { BYTE_ORDER_MARK, downloadCsv, refuse, refuseWith } from "@/lib/server/download";
import { report } from "@/lib/server/report-error";
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
    return downloadCsv(`permille-${creator.today}.csv`, stream(viewer, creator.id));
  } catch (error) {
    return refuseWith(error);
  }
}

/** Rows are read no faster than they are taken; who stops taking them ends the reading. */
function stream(viewer: Viewer, creatorId: string): ReadableStream<Uint8Array> {
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
  const writer = writable.getWriter();
  const bytes = new TextEncoder();
  const write = (text: string) => writer.write(bytes.encode(text));
  const run = async () => {
    await write(BYTE_ORDER_MARK + ledgerHeader());
    await ledger.walk(viewer, creatorId, (rows) => write(ledgerLines(rows)));
    await writer.close();
  };
  run().catch((error) => {
    if (!isGone(error)) report(error);
    void writer.abort(error).catch(() => {});
  });
  return readable;
}

/** The download was broken off by its reader: nothing is wrong here. */
function isGone(error: unknown): boolean {
  return error === undefined || (error instanceof Error && error.name === "AbortError");
}
