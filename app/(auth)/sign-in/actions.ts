"use server";

import type { Route } from "next";
import { redirect } from "next/navigation";
import { z } from "zod";
import { callbackUrl, emailAddress, password } from "@/lib/server/account-input";
import { openAction } from "@/lib/server/action";
import { signIn } from "@/lib/server/auth";

const Input = z.object({ email: emailAddress, password, callbackUrl });

export const signInAction = openAction(Input, async ({ email, password, callbackUrl }) => {
  await signIn({ email, password });
  redirect(callbackUrl as Route);
});
