"use server";

import { z } from "zod";
import * as commissionTerms from "@/db/commission-terms";
import { id } from "@/lib/input";
import { action } from "@/lib/server/action";

const answered = z.object({
  creatorId: id,
  agencyId: id,
  termId: id,
  answer: z.enum(["accepted", "refused"], "Choose to accept or to refuse."),
});

export const answerTerms = action(answered, async (viewer, { creatorId, agencyId, termId, answer }) => {
  await commissionTerms.answer(viewer, creatorId, { agencyId, id: termId, answer });
  return { message: answer === "accepted" ? "Accepted: they count now." : "Refused." };
});
