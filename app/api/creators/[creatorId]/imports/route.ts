import { z } from "zod";
import { AppError } from "@/lib/errors";
import { receive } from "@/lib/server/import-upload";
import { look } from "@/lib/server/import-work";
import { answer, localeOf } from "../../../own-answer";
import { demandEditor } from "./demand-editor";

type Context = { params: Promise<{ creatorId: string }> };

/** Takes a file as the bare body of the request, and looks at it. */
export async function POST(request: Request, { params }: Context) {
  return answer(request, params, demandEditor, async (viewer, { creatorId }) => {
    const announced = About.safeParse(Object.fromEntries(new URL(request.url).searchParams));
    if (!announced.success)
      throw new AppError("invalid", "The upload is not complete. Choose the file again.");
    await receive(viewer, creatorId, announced.data, request.body);
    return look(viewer, creatorId, announced.data.id, {}, await localeOf());
  });
}

/** Only for showing and for the period in YouTube's zip names. */
function fileNameOf(name: string): string {
  return (
    name
      .replace(/[\p{Cc}/\\]/gu, " ")
      .trim()
      .slice(-200) || "file"
  );
}

const About = z
  .object({
    id: z.uuid(),
    name: z.string().max(10_000).transform(fileNameOf),
    bytes: z
      .string()
      .regex(/^\d{1,15}$/)
      .transform(Number),
    sha256: z
      .string()
      .regex(/^[0-9a-f]{64}$/)
      .optional(),
  })
  .transform(({ id, name, bytes, sha256 = null }) => ({ id, fileName: name, bytes, sha256 }));
