import * as imports from "@/db/imports";
import { periodOf, previewOf } from "@/lib/import-preview";
import { currentUser } from "@/lib/server/viewer";
import { answer, readFor, readUpload } from "../upload";

type Context = { params: Promise<{ creatorId: string }> };

/** What an import of this file would do. Nothing is written, and nothing of the file is kept. */
export async function POST(request: Request, { params }: Context) {
  return answer(request, params, async (viewer, creatorId) => {
    const upload = await readUpload(request);
    const { outcome, choices, brought } = await readFor(viewer, creatorId, upload);
    const existing =
      brought && choices.channel
        ? await imports.existingFor(viewer, creatorId, {
            channelId: choices.channel.id,
            period: periodOf(brought.drafts),
          })
        : { payouts: [], traffic: [], videos: [] };
    const locale = (await currentUser())?.locale ?? "en-US";
    return previewOf({ outcome, choices, brought, existing, fileSha256: upload.sha256, locale });
  });
}
