"use server";

import type { Route } from "next";
import { redirect } from "next/navigation";
import { z } from "zod";
import * as agencyMembers from "@/db/agency-members";
import { findAgencyInvitation } from "@/db/auth";
import { action, openAction } from "@/lib/server/action";
import { NEWCOMER, newcomer, readGoodLink } from "@/lib/server/newcomer";

export const acceptAgencyInvitation = action(z.object({ token: z.string() }), async (viewer, { token }) => {
  redirect(
    `/agencies/${await agencyMembers.accept(viewer, readGoodLink("agency-invitation", token))}` as Route,
  );
});

/** The link was mailed to the address, so the address needs no other proof. */
export const joinAgency = openAction(NEWCOMER, async ({ token, ...person }) => {
  const link = readGoodLink("agency-invitation", token);
  const viewer = await newcomer(await findAgencyInvitation(link.id, link.secretHash), person);
  redirect(`/agencies/${await agencyMembers.accept(viewer, link)}` as Route);
});
