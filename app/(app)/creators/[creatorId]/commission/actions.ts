"use server";

import { z } from "zod";
import * as commissionTerms from "@/db/commission-terms";
import { id } from "@/lib/input";
import { action } from "@/lib/server/action";

/** What the button says: the answer, and to which terms of which agency. */
const answered = z.object({
  creatorId: id,
  said: z
    .string("Press one of the buttons.")
    .regex(/^(accepted|refused) [0-9a-f-]{36} [0-9a-f-]{36}$/, "Press one of the buttons.")
    .transform((said) => said.split(" ") as ["accepted" | "refused", string, string]),
});

export const answerTerms = action(answered, async (viewer, { creatorId, said }) => {
  const [answer, agencyId, termId] = said;
  await commissionTerms.answer(viewer, creatorId, { agencyId, id: termId, answer });
  return { message: answer === "accepted" ? "Accepted: they count now." : "Refused." };
});
