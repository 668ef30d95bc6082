import * as sends from "@/db/statement-sends";
import { isId } from "@/lib/input";
import { download, refuse, refuseWith } from "@/lib/server/download";
import { findViewer } from "@/lib/server/viewer";

type FileContext = { params: Promise<{ creatorId: string; sendId: string; name: string }> };

/** A file that was sent, byte by byte as it went out. */
export async function GET(_request: Request, { params }: FileContext): Promise<Response> {
  const { creatorId, sendId, name } = await params;
  const viewer = await findViewer();
  if (!viewer) return refuse(401, "Sign in, then download the file again.");
  if (!isId(creatorId) || !isId(sendId) || name.includes("\u0000"))
    return refuse(404, "There is no such file.");
  try {
    const file = await sends.file(viewer, creatorId, { sendId, name });
    return download(file.name, file.mediaType, new Uint8Array(file.bytes));
  } catch (error) {
    return refuseWith(error);
  }
}
