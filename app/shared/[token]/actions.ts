"use server";

import { z } from "zod";
import { openAction } from "@/lib/server/action";
import { unlockShared } from "@/lib/server/shares";

const Input = z.object({
  token: z.string("This form is not complete: reload the page and try again."),
  password: z
    .string("Type the passphrase.")
    .min(1, "Type the passphrase.")
    .max(256, "Type the passphrase: at most 256 characters."),
});

/** The page comes again in the same answer, open. */
export const unlock = openAction(Input, async ({ token, password }) => {
  await unlockShared(token, password);
  return { message: "Open." };
});
