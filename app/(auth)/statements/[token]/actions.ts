"use server";

import { z } from "zod";
import { openAction } from "@/lib/server/action";
import { unsubscribeByMail } from "@/lib/server/statements-off";

const wish = z.object({ token: z.string(), off: z.enum(["yes", "no"]) });

/** What the link of a mail is good for: whether its own address gets statements of its creator. */
export const subscribe = openAction(wish, async ({ token, off }) => {
  await unsubscribeByMail(token, off === "yes");
  return { message: off === "yes" ? "Done. You get no more of these mails." : "Done. You get them again." };
});
