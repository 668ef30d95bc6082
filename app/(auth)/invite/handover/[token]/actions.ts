"use server";

import type { Route } from "next";
import { redirect } from "next/navigation";
import { z } from "zod";
import { findHandover } from "@/db/auth";
import * as handovers from "@/db/handovers";
import { action, openAction } from "@/lib/server/action";
import { NEWCOMER, newcomer, readGoodLink } from "@/lib/server/newcomer";

const Taking = z.object({
  token: z.string(),
  keep: z.enum(["yes", "no"], "Choose whether the agency still sees this creator."),
});

export const takeOver = action(Taking, async (viewer, { token, keep }) => {
  const link = readGoodLink("handover", token);
  redirect(`/creators/${await handovers.accept(viewer, { ...link, keep: keep === "yes" })}` as Route);
});

/** Back to the page of the link, now as somebody. */
export const joinByHandover = openAction(NEWCOMER, async ({ token, ...person }) => {
  const link = readGoodLink("handover", token);
  await newcomer(await findHandover(link.id, link.secretHash), person);
  redirect(`/invite/handover/${token}` as Route);
});
