"use server";

import { z } from "zod";
import * as tags from "@/db/tags";
import { id, isId, line, note, optionalDay, typed, version } from "@/lib/input";
import { monthOf } from "@/lib/model/month";
import { TAG_COLOURS } from "@/lib/model/words";
import { action } from "@/lib/server/action";
import { remind, requestMonths, tagAll } from "@/lib/server/selection";
import { requireUser } from "@/lib/server/viewer";

const MOST = 5_000;

/** The ids of the selection, in one field. */
const creatorIds = typed
  .transform((text) => [...new Set(text.split(",").filter((each) => each !== ""))])
  .refine((ids) => ids.length > 0, "Choose at least one creator.")
  .refine((ids) => ids.length <= MOST, `Choose at most ${MOST} creators.`)
  .refine((ids) => ids.every(isId), "Reload the page, and choose the creators again.");

const selected = { agencyId: id, creatorIds };
const reminder = z.object({
  ...selected,
  id,
  subject: line("Say what the mail is about.", 120),
  text: note.refine((text) => text !== "", "Write the mail."),
});
const request = z.object({ ...selected, id, dueOn: optionalDay, text: note });
const tagging = z.object({ ...selected, tagId: id, isOn: z.enum(["yes", "no"]) });
const newTag = z.object({
  agencyId: id,
  id,
  name: line("Type the tag's name.", 40),
  colour: z.enum(TAG_COLOURS, "Choose a colour from the list."),
});
const removedTag = z.object({ agencyId: id, id, version });

export const remindAll = action(reminder, async (viewer, { subject, text, ...chosen }) => {
  const outcomes = await remind(viewer, chosen, { subject, text });
  return { message: told(outcomes, "mailed"), value: outcomes };
});

export const requestAll = action(request, async (viewer, { dueOn, text, ...chosen }) => {
  const { locale } = (await requireUser()).user;
  const current = monthOf(new Date().toISOString().slice(0, 7));
  const outcomes = await requestMonths(viewer, chosen, { dueOn, text, current, locale });
  return { message: told(outcomes, "asked"), value: outcomes };
});

export const tagSelection = action(tagging, async (viewer, { tagId, isOn, ...chosen }) => {
  const { changed, gone } = await tagAll(viewer, chosen, { tagId, isOn: isOn === "yes" });
  const creators = changed === 1 ? "1 creator" : `${changed} creators`;
  return { message: isOn === "yes" ? `Tagged ${creators}.` : `Untagged ${creators}.`, value: gone };
});

export const addTag = action(newTag, async (viewer, { agencyId, ...tag }) => {
  await tags.add(viewer, agencyId, tag);
  return { message: "Saved." };
});

export const removeTag = action(removedTag, async (viewer, { agencyId, ...tag }) => {
  await tags.remove(viewer, agencyId, tag);
  return { message: "Removed, from every creator." };
});

function told(outcomes: readonly { isDone: boolean }[], done: string): string {
  const count = outcomes.filter(({ isDone }) => isDone).length;
  return `${count} of ${outcomes.length} ${done}.`;
}
