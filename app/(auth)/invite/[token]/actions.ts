"use server";

import type { Route } from "next";
import { redirect } from "next/navigation";
import { z } from "zod";
import { findInvitation } from "@/db/auth";
import * as members from "@/db/members";
import { AppError } from "@/lib/errors";
import { newPassword, personName } from "@/lib/server/account-input";
import { action, openAction } from "@/lib/server/action";
import { readLink } from "@/lib/server/secrets";
import { createAccount } from "@/lib/server/sign-up";
import { becomeViewer } from "@/lib/server/viewer";

export const acceptInvitation = action(z.object({ token: z.string() }), async (viewer, { token }) => {
  const link = readLink("invitation", token);
  if (!link) throw notGood();
  redirect(`/creators/${await members.accept(viewer, link)}` as Route);
});

const Newcomer = z.object({ token: z.string(), name: personName, password: newPassword });

/** The link was mailed to the address, so the address needs no other proof. */
export const joinByInvitation = openAction(Newcomer, async ({ token, name, password }) => {
  const link = readLink("invitation", token);
  const invitation = link && (await findInvitation(link.id, link.secretHash));
  if (!link || !invitation) throw notGood();
  const userId = await createAccount({ email: invitation.email, name, password });
  if (!userId) throw new AppError("invalid", "You have an account already: reload the page and sign in.");
  const viewer = await becomeViewer(userId);
  redirect(`/creators/${await members.accept(viewer, link)}` as Route);
});

function notGood(): AppError {
  return new AppError("not_found", "This invitation was used, withdrawn or has ended: ask for a new one.");
}
