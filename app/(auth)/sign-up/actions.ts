"use server";

import type { Route } from "next";
import { redirect } from "next/navigation";
import { z } from "zod";
import { AppError } from "@/lib/errors";
import { callbackUrl, emailAddress, newPassword, personName } from "@/lib/server/account-input";
import { openAction } from "@/lib/server/action";
import { claimRequest, signIn } from "@/lib/server/auth";
import { env } from "@/lib/server/env";
import { queueMail } from "@/lib/server/mail";
import { openLink } from "@/lib/server/secrets";
import { createAccount } from "@/lib/server/sign-up";
import { becomeViewer } from "@/lib/server/viewer";

const Person = z.object({ email: emailAddress, name: personName, password: newPassword, callbackUrl });

/** On a local install: the account at once. Sent twice, the second one signs in. */
export const signUp = openAction(Person, async ({ callbackUrl, ...person }) => {
  if (!env().isLocal)
    throw new AppError("forbidden", "Here an account begins with a mailed link: reload the page.");
  const userId = await createAccount(person);
  if (userId) await becomeViewer(userId);
  else await signInInstead(person);
  redirect(callbackUrl as Route);
});

const Request = z.object({ email: emailAddress });

/** Elsewhere: a mail to the address, whether or not it has an account; the answer does not tell. */
export const requestSignUp = openAction(Request, async ({ email }) => {
  await claimRequest({ what: "sign-up", subject: email, by: "anyone", perHour: 5 });
  await queueMail({ kind: "sign-up", email });
  return { message: "Check your mail: the link in it leads on. It works for 24 hours." };
});

const Finish = z.object({ token: z.string(), name: personName, password: newPassword });

/** The mailed link, with name and password. */
export const finishSignUp = openAction(Finish, async ({ token, name, password }) => {
  const email = openLink("sign-up", token, new Date());
  if (!email) throw new AppError("not_found", "This link is not good any more: ask for a new one.");
  const userId = await createAccount({ email, name, password });
  if (userId) await becomeViewer(userId);
  else await signInInstead({ email, password });
  redirect("/creators");
});

/** The address has an account: its own password signs in, counted like any other try. */
async function signInInstead(credentials: { email: string; password: string }): Promise<void> {
  try {
    await signIn(credentials);
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== "invalid") throw error;
    throw new AppError(
      "invalid",
      "No account could be made. Perhaps this address has one: sign in, or set a new password.",
    );
  }
}
