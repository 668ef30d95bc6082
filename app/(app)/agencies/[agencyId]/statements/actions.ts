"use server";

import { z } from "zod";
import * as runs from "@/db/roster-runs";
import { id, month, problem } from "@/lib/input";
import { action } from "@/lib/server/action";
import { queueRun } from "@/lib/server/roster-runs";
import { requireUser } from "@/lib/server/viewer";

const box = z.literal("on").optional();

const run = z
  .object({ agencyId: id, id, month, pdf: box, xlsx: box })
  .transform(({ pdf, xlsx, ...form }, ctx) => {
    const attachments = [...(pdf ? (["pdf"] as const) : []), ...(xlsx ? (["xlsx"] as const) : [])];
    if (attachments.length === 0) return problem(ctx, "pdf", "Choose PDF, Excel, or both.") ?? z.NEVER;
    return { ...form, attachments };
  });

export const beginRun = action(run, async (viewer, { agencyId, ...input }) => {
  const { user } = await requireUser();
  await runs.begin(viewer, agencyId, input);
  await queueRun({ agencyId, runId: input.id, startedBy: user.id });
  return { message: "It has begun. You may leave this page." };
});
