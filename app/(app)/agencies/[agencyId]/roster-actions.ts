"use server";

import { z } from "zod";
import * as rosterViews from "@/db/roster-views";
import { id, line, typed } from "@/lib/input";
import { viewSearch } from "@/lib/roster-query";
import { action } from "@/lib/server/action";

const view = z.object({
  agencyId: id,
  id,
  name: line("Give the view a name.", 60),
  /** Whatever stands there, only what a roster knows is kept. */
  query: typed.transform((text) => viewSearch(Object.fromEntries(new URLSearchParams(text)))),
});

export const saveView = action(view, async (viewer, { agencyId, ...input }) => {
  await rosterViews.save(viewer, agencyId, input);
  return { message: "Saved." };
});

export const removeView = action(z.object({ agencyId: id, id }), async (viewer, input) => {
  await rosterViews.remove(viewer, input.agencyId, input.id);
  return { message: "Removed." };
});
