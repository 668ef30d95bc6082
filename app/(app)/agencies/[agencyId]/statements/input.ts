import "server-only";
import { z } from "zod";
import { id, isId, problem, rowsOf, typed } from "@/lib/input";
import { timeZone } from "@/lib/server/account-input";

const box = z.literal("on").optional();

export const formats = { pdf: box, xlsx: box };

/** PDF, workbook or both; at least one. */
export function formatsOf(ctx: z.RefinementCtx, { pdf, xlsx }: { pdf?: "on"; xlsx?: "on" }) {
  const attachments = [...(pdf ? (["pdf"] as const) : []), ...(xlsx ? (["xlsx"] as const) : [])];
  if (attachments.length === 0) problem(ctx, "pdf", "Choose PDF, Excel, or both.");
  return attachments;
}

/** A schedule as its form sends it, with a box for each person: "person-0-id" and so on. */
export const scheduleFields = {
  agencyId: id,
  id,
  day: typed
    .refine((text) => /^([1-9]|1\d|2[0-8])$/.test(text), "Choose a day from 1 to 28.")
    .transform(Number),
  hour: typed.refine((text) => /^([01]?\d|2[0-3])$/.test(text), "Choose an hour.").transform(Number),
  timeZone,
  ...formats,
};

/** What db/ takes of it. */
export function scheduleOf(ctx: z.RefinementCtx, form: z.output<z.ZodObject<typeof scheduleFields>>) {
  const attachments = formatsOf(ctx, form);
  const people = [...new Set(rowsOf(form, "person", ["id"]).map((row) => row.id))];
  if (people.length === 0) problem(ctx, "people", "Choose at least one person.");
  if (!people.every(isId)) problem(ctx, "people", "Reload the page, and choose the people again.");
  const { agencyId, day, hour, timeZone } = form;
  return { agencyId, schedule: { id: form.id, day, hour, timeZone, attachments, people } };
}
