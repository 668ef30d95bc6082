"use server";

import { z } from "zod";
import * as months from "@/db/months";
import { monthName } from "@/lib/format";
import { id, line, typed } from "@/lib/input";
import { isMonth } from "@/lib/model/month";
import { action } from "@/lib/server/action";
import { closeMonth as close } from "@/lib/server/closing";

const month = typed.refine(isMonth, "This form is not complete: reload the page and try again.");

const closing = z.object({
  creatorId: id,
  id,
  month,
  /** what the page with the review was made of */
  seen: typed,
  anyway: z.literal("on").optional(),
});

/** Keeps the month's statement for good; what comes later is booked in an open month. */
export const closeMonth = action(closing, async (viewer, { creatorId, anyway, ...form }) => {
  await close(viewer, creatorId, { ...form, seen: anyway ? null : form.seen });
  return { message: `${monthName(form.month, "en-US")} is closed.` };
});

const reopening = z.object({
  creatorId: id,
  id,
  month,
  reason: line("Say why the month is opened again: it stays beside the statement.", 500),
});

export const reopenMonth = action(reopening, async (viewer, { creatorId, ...form }) => {
  await months.reopen(viewer, creatorId, form);
  return { message: `${monthName(form.month, "en-US")} is open again.` };
});
