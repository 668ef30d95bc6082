import { AppError } from "@/lib/errors";
import { discard, look, stateOf } from "@/lib/server/import-work";
import { answer, localeOf, readJson } from "../../../../own-answer";
import { Choices } from "../choices";
import { demandEditor, uploadIdOf } from "../demand-editor";

type Context = { params: Promise<{ creatorId: string; uploadId: string }> };

/** How far a file is, and what the last look at it said. */
export async function GET(request: Request, { params }: Context) {
  return answer(request, params, demandEditor, (viewer, { creatorId, uploadId }) =>
    stateOf(viewer, creatorId, uploadIdOf(uploadId)),
  );
}

/** Looks at the file with other choices. */
export async function POST(request: Request, { params }: Context) {
  return answer(request, params, demandEditor, async (viewer, { creatorId, uploadId }) => {
    const id = uploadIdOf(uploadId);
    const choices = Choices.safeParse(await readJson(request));
    if (!choices.success)
      throw new AppError(
        "invalid",
        "One of the choices cannot be read. Reload the page and choose it again.",
      );
    return look(viewer, creatorId, id, choices.data, await localeOf());
  });
}

/** Puts the file aside; work on it stops. */
export async function DELETE(request: Request, { params }: Context) {
  return answer(request, params, demandEditor, async (viewer, { creatorId, uploadId }) => {
    await discard(viewer, creatorId, uploadIdOf(uploadId));
    return {};
  });
}
