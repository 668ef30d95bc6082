"use server";

import { redirect } from "next/navigation";
import { z } from "zod";
import { findReset, resetPassword } from "@/db/auth";
import { AppError } from "@/lib/errors";
import { newPassword } from "@/lib/server/account-input";
import { openAction } from "@/lib/server/action";
import { queueMail } from "@/lib/server/mail";
import { hashPassword } from "@/lib/server/passwords";
import { readLink } from "@/lib/server/secrets";
import { refuseEasy } from "@/lib/server/sign-up";

const Input = z.object({ token: z.string(), password: newPassword });

/** Works once; every session of the account ends. */
export const reset = openAction(Input, async ({ token, password }) => {
  const link = readLink("reset", token);
  const account = link && (await findReset(link.id, link.secretHash));
  if (!link || !account) throw notGood();
  await refuseEasy(password, [account.name, account.email]);
  const changed = await resetPassword(link.id, link.secretHash, await hashPassword(password));
  if (!changed) throw notGood();
  await queueMail({ kind: "password-changed", userId: changed.id });
  redirect("/sign-in?notice=reset");
});

function notGood(): AppError {
  return new AppError("not_found", "This link was used or is not good any more: ask for a new one.");
}
