"use server";

import { randomUUID } from "node:crypto";
import { z } from "zod";
import { requestReset } from "@/db/auth";
import { emailAddress } from "@/lib/server/account-input";
import { openAction } from "@/lib/server/action";
import { claimRequest } from "@/lib/server/auth";
import { env } from "@/lib/server/env";
import { queueMail, RESET_MINUTES } from "@/lib/server/mail";
import { linkOf } from "@/lib/server/secrets";

const Input = z.object({ email: emailAddress });

/** The same work and the same answer, whether or not the address has an account. */
export const forgot = openAction(Input, async ({ email }) => {
  await claimRequest({ what: "reset", subject: email, by: "anyone", perHour: 5 });
  const { id, secretHash } = linkOf("reset", randomUUID());
  await requestReset(email, { id, secretHash, minutes: RESET_MINUTES });
  await queueMail({ kind: "reset", tokenId: id });
  const where = env().SMTP_URL
    ? ""
    : " No mail server is set up here: the terminal says where mails are saved.";
  return {
    message: `If this address has an account, a mail with a link is on its way. The link works for ${RESET_MINUTES} minutes.${where}`,
  };
});
