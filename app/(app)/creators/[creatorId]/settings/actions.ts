"use server";

import { z } from "zod";
import * as creators from "@/db/creators";
import { creatorName, currency, id, timeZone, version } from "@/lib/server/account-input";
import { action } from "@/lib/server/action";

const Creator = z.object({ creatorId: id, name: creatorName, currency, timeZone, version });

export const updateCreator = action(Creator, async (viewer, { creatorId, ...input }) => {
  await creators.update(viewer, { id: creatorId, ...input });
  return { message: "Saved." };
});

const Pooling = z
  .object({ creatorId: id, version, pools: z.string().optional() })
  .transform(({ pools, ...rest }) => ({ ...rest, pools: pools === "on" }));

export const setPools = action(Pooling, async (viewer, { creatorId, ...input }) => {
  const { pools } = await creators.setPools(viewer, { id: creatorId, ...input });
  return {
    message: pools
      ? "Saved. Pooled from the next nightly run on."
      : "Saved. Nothing is pooled from the next nightly run on.",
  };
});
