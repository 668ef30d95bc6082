"use server";

import { z } from "zod";
import * as tasks from "@/db/tasks";
import { id, version } from "@/lib/input";
import { action } from "@/lib/server/action";

const settled = z.object({
  creatorId: id,
  agencyId: id,
  entryId: id,
  version,
  isDone: z.enum(["yes", "no"]),
});

/** Says that what an agency asked is done, or open again. */
export const settleAsked = action(settled, async (viewer, { agencyId, entryId, version, isDone }) => {
  await tasks.settle(viewer, { agencyId, id: entryId, version, isDone: isDone === "yes" });
  return {
    message: isDone === "yes" ? "Done. The agency sees it." : "Open again.",
    value: { entryId },
  };
});
