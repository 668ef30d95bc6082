import "server-only";
import { z } from "zod";
import { id, note, problem, typed } from "@/lib/input";
import { STATEMENT_FORMATS } from "@/lib/model/statement";
import { STATEMENT_SECTIONS } from "@/lib/report/statement";
import { locale, timeZone } from "@/lib/server/account-input";

const TIMES = /^(month|week)-(\d{1,2})$/;

/** A schedule as its form sends it: `when` is "month-1" to "month-28" or "week-1" (Monday) to "week-7". */
export const scheduleFields = {
  creatorId: id,
  id,
  when: typed,
  hour: typed.refine((text) => /^([01]?\d|2[0-3])$/.test(text), "Choose an hour.").transform(Number),
  timeZone,
  locale,
  note: note.refine((text) => text.length <= 500, "Use at most 500 characters."),
  ...Object.fromEntries(
    [...STATEMENT_FORMATS.map(attachmentName), ...STATEMENT_SECTIONS.map(sectionName)].map((name) => [
      name,
      z.literal("on").optional(),
    ]),
  ),
};

export function attachmentName(attachment: string): string {
  return `attach-${attachment}`;
}

export function sectionName(section: string): string {
  return `section-${section}`;
}

type Fields = z.output<z.ZodObject<typeof scheduleFields>>;

/** What db/ takes of it; all sections are null, so that one that is thought of later is in it too. */
export function scheduleOf(ctx: z.RefinementCtx, form: Fields) {
  const [, pace, day] = TIMES.exec(form.when) ?? [];
  const most = pace === "month" ? 28 : 7;
  if (!pace || Number(day) < 1 || Number(day) > most) {
    problem(ctx, "when", "Choose a day of the month or of the week.");
    return z.NEVER;
  }
  const chosen = form as unknown as Record<string, string | undefined>;
  const sections = STATEMENT_SECTIONS.filter((section) => chosen[sectionName(section)]);
  if (sections.length === 0) {
    problem(ctx, "sections", "Choose at least one part of the statement.");
    return z.NEVER;
  }
  const { hour, timeZone, locale, note } = form;
  return {
    creatorId: form.creatorId,
    schedule: {
      ...{ id: form.id, pace: pace as "month" | "week", day: Number(day), hour, timeZone, locale, note },
      attachments: STATEMENT_FORMATS.filter((attachment) => chosen[attachmentName(attachment)]),
      sections: sections.length === STATEMENT_SECTIONS.length ? null : [...sections],
    },
  };
}
