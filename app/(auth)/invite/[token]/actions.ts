"use server";

import type { Route } from "next";
import { redirect } from "next/navigation";
import { z } from "zod";
import { findInvitation } from "@/db/auth";
import * as members from "@/db/members";
import { action, openAction } from "@/lib/server/action";
import { NEWCOMER, newcomer, readGoodLink } from "@/lib/server/newcomer";

export const acceptInvitation = action(z.object({ token: z.string() }), async (viewer, { token }) => {
  redirect(`/creators/${await members.accept(viewer, readGoodLink("invitation", token))}` as Route);
});

/** The link was mailed to the address, so the address needs no other proof. */
export const joinByInvitation = openAction(NEWCOMER, async ({ token, ...person }) => {
  const link = readGoodLink("invitation", token);
  const viewer = await newcomer(await findInvitation(link.id, link.secretHash), person);
  redirect(`/creators/${await members.accept(viewer, link)}` as Route);
});
