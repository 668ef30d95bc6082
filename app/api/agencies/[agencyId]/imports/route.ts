import { z } from "zod";
import * as agencies from "@/db/agencies";
import { demandToWrite } from "@/db/agency-scope";
import { AppError, notFound } from "@/lib/errors";
import { isId } from "@/lib/input";
import type { Viewer } from "@/lib/model/access";
import { MAX_ROSTER_MEGABYTES, NEW_CREATOR } from "@/lib/roster-file";
import { timeZone } from "@/lib/server/account-input";
import { bringParts, namesIn } from "@/lib/server/roster-import";
import { answer, localeOf } from "../../../own-answer";

type Context = { params: Promise<{ agencyId: string }> };

const MAX_BYTES = MAX_ROSTER_MEGABYTES * 1_000_000;
/** What a form writes around a file and its fields. */
const FORM_BYTES = 1_000_000;

/** Takes a table of many creators: without `assigned` it says whom it names, with it each part goes to its creator. */
export async function POST(request: Request, { params }: Context) {
  return answer(request, params, demandManager, async (viewer, { agencyId }) => {
    const form = await formOf(request);
    const file = form.get("file");
    const said = Said.safeParse(Object.fromEntries([...form].filter(([name]) => name !== "file")));
    if (!(file instanceof File) || !said.success)
      throw new AppError("invalid", "The file did not arrive whole. Choose it again.");
    if (file.size === 0) throw new AppError("invalid", "The file is empty. Export it again.");
    if (file.size > MAX_BYTES) throw tooLarge();
    const brought = { name: fileNameOf(file.name), bytes: new Uint8Array(await file.arrayBuffer()) };
    const { id, column, assigned, timeZone } = said.data;
    if (assigned === undefined) return namesIn(viewer, agencyId, brought, column);
    const agency = (await agencies.list(viewer)).find((own) => own.id === agencyId);
    if (!agency) throw notFound("agency");
    if (column === undefined) throw new AppError("invalid", "Choose the column that names the creator.");
    return bringParts(viewer, agency, brought, {
      ...{ id, column, assigned, timeZone, locale: await localeOf() },
    });
  });
}

async function demandManager(viewer: Viewer, { agencyId }: { agencyId: string }): Promise<void> {
  if (!isId(agencyId)) throw notFound("agency");
  await demandToWrite(viewer, agencyId);
}

/** Its length is known before it is read, so that nothing too large is ever in memory. */
async function formOf(request: Request): Promise<FormData> {
  const length = Number(request.headers.get("content-length") ?? Number.NaN);
  if (length > MAX_BYTES + FORM_BYTES) throw tooLarge();
  if (!(length > 0)) throw new AppError("invalid", "The file did not arrive whole. Choose it again.");
  return request.formData().catch(() => {
    throw new AppError("invalid", "The file did not arrive whole. Choose it again.");
  });
}

function tooLarge(): AppError {
  return new AppError(
    "invalid",
    `The file has more than ${MAX_ROSTER_MEGABYTES} MB. Export a shorter period, or fewer creators at once.`,
  );
}

function fileNameOf(name: string): string {
  return (
    name
      .replace(/[\p{Cc}/\\]/gu, " ")
      .trim()
      .slice(-150) || "file"
  );
}

const Said = z.object({
  id: z.uuid(),
  column: z.string().max(1_000).optional(),
  timeZone,
  assigned: z
    .string()
    .max(500_000)
    .transform((text, ctx) => {
      try {
        return JSON.parse(text) as unknown;
      } catch {
        ctx.addIssue({ code: "custom", message: "No JSON." });
        return z.NEVER;
      }
    })
    .pipe(z.record(z.string().max(1_000), z.union([z.uuid(), z.literal(NEW_CREATOR)])))
    .optional(),
});
