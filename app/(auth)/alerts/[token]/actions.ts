"use server";

import { z } from "zod";
import { openAction } from "@/lib/server/action";
import { switchOffByMail } from "@/lib/server/alerts-off";

/** What the link of a mail is good for: its kind, for its person, by mail. */
export const switchOff = openAction(z.object({ token: z.string() }), async ({ token }) => {
  await switchOffByMail(token);
  return { message: "Switched off. You get no more mails of this kind." };
});
