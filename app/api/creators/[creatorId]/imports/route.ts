import * as imports from "@/db/imports";
import { AppError } from "@/lib/errors";
import { asksOf, isNothing, periodOf, planFor } from "@/lib/import-preview";
import { answer, readFor, readUpload } from "./upload";

type Context = { params: Promise<{ creatorId: string }> };

/** Imports the file as its preview showed it, or answers 409 when that is no longer what would happen. */
export async function POST(request: Request, { params }: Context) {
  return answer(request, params, async (viewer, creatorId) => {
    const upload = await readUpload(request);
    const { outcome, choices, brought } = await readFor(viewer, creatorId, upload);
    const { commit, sha256, fileName } = upload;
    const { channel } = choices;
    if (outcome.kind !== "read" || !brought || !channel || !commit)
      throw new AppError("invalid", "This file cannot be imported as it is. Look at its preview again.");
    const { id, hash, channelName } = commit;
    if (channel.newOn && channelName === "")
      throw new AppError("invalid", "Give the new channel a name, then import.");

    const counts = await imports.commit(
      viewer,
      creatorId,
      {
        id,
        fileName,
        sha256,
        format: outcome.found.fileFormat,
        channelId: channel.id,
        newChannel: channel.newOn && {
          id: channel.id,
          platform: channel.newOn,
          name: channelName,
          handle: "",
          niche: "other",
        },
        period: periodOf(brought.drafts),
        options: { ...choices, hash },
      },
      (existing) => {
        const planned = planFor(brought, existing, choices, sha256);
        if (asksOf(outcome.needs, choices, planned.plan, true).length > 0)
          throw new AppError("invalid", "A question about this file is still open. Answer it, then import.");
        if (planned.hash !== hash && !isNothing(planned.writes))
          throw new AppError(
            "conflict",
            "What is here has changed since this preview, so nothing was imported. The preview is up to date again: look at it once more.",
          );
        return planned.writes;
      },
    );
    return { id, counts };
  });
}
