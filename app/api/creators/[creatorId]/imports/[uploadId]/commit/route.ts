import { z } from "zod";
import { AppError } from "@/lib/errors";
import { importNow } from "@/lib/server/import-work";
import { answer, localeOf, readJson } from "../../../../../own-answer";
import { demandEditor, uploadIdOf } from "../../demand-editor";

type Context = { params: Promise<{ creatorId: string; uploadId: string }> };

/** Imports the file as its preview showed it; when that is no longer what would happen, the answer says so. */
export async function POST(request: Request, { params }: Context) {
  return answer(request, params, demandEditor, async (viewer, { creatorId, uploadId }) => {
    const id = uploadIdOf(uploadId);
    const asked = Asked.safeParse(await readJson(request));
    if (!asked.success)
      throw new AppError("invalid", "This file cannot be imported as it is. Look at its preview again.");
    return importNow(viewer, creatorId, id, { ...asked.data, locale: await localeOf() });
  });
}

const Asked = z.object({
  hash: z.string().regex(/^[0-9a-f]{64}$/),
  channelName: z.string().trim().max(100),
});
