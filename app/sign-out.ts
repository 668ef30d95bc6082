"use server";

import type { Route } from "next";
import { redirect } from "next/navigation";
import { safePath } from "@/lib/server/account-input";
import { signOut } from "@/lib/server/auth";

/** Ends the session in the database, not only in the browser. */
export async function signOutAction(form: FormData): Promise<void> {
  await signOut();
  const next = form instanceof FormData ? form.get("callbackUrl") : null;
  redirect((typeof next === "string" ? safePath(next) : "/sign-in?notice=signed-out") as Route);
}
