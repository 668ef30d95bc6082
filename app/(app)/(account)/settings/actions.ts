"use server";

import { redirect } from "next/navigation";
import { z } from "zod";
import * as accounts from "@/db/auth";
import { AppError } from "@/lib/errors";
import { id, locale, newPassword, password, personName, version } from "@/lib/server/account-input";
import { action } from "@/lib/server/action";
import { claimAttempt } from "@/lib/server/auth";
import { queueMail } from "@/lib/server/mail";
import { hashPassword, verifyPassword } from "@/lib/server/passwords";
import { refuseEasy } from "@/lib/server/sign-up";
import { requireUser } from "@/lib/server/viewer";

const Profile = z.object({ name: personName, locale, version });

export const updateProfile = action(Profile, async (viewer, input) => {
  await accounts.updateProfile(viewer, input);
  return { message: "Saved." };
});

const PasswordChange = z.object({ currentPassword: password, newPassword });

/** Every other browser is signed out in the same moment; this one stays. */
export const changePassword = action(PasswordChange, async (viewer, { currentPassword, newPassword }) => {
  const { user, sessionId } = await requireUser();
  const attempt = await claimAttempt(user.email);
  if (!(await verifyPassword(await accounts.getPasswordHash(viewer), currentPassword))) {
    throw new AppError("invalid", "Please look at the marked fields.", {
      currentPassword: "This is not your password.",
    });
  }
  await attempt.forgive();
  await refuseEasy(newPassword, [user.name, user.email], "newPassword");
  await accounts.changePassword(viewer, await hashPassword(newPassword), sessionId);
  await queueMail({ kind: "password-changed", userId: user.id });
  return { message: "Your new password is set. Every other browser was signed out." };
});

export const closeSession = action(z.object({ id }), async (viewer, input) => {
  await accounts.closeSession(viewer, input.id);
  const { sessionId } = await requireUser();
  if (input.id === sessionId) redirect("/sign-in?notice=signed-out");
  return { message: "That browser is signed out." };
});

export const closeOtherSessions = action(z.object({}), async (viewer) => {
  const { sessionId } = await requireUser();
  await accounts.closeOtherSessions(viewer, sessionId);
  return { message: "Every other browser is signed out." };
});
