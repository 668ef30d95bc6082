"use server";

import { z } from "zod";
import * as notes from "@/db/notes";
import { id, note, typed } from "@/lib/input";
import { NOTE_SUBJECTS } from "@/lib/model/words";
import { action } from "@/lib/server/action";
import { readersOf } from "./note-readers";

const text = note.refine((text) => text !== "", "Write the note.");

const newNote = z
  .object({
    creatorId: id,
    id,
    readers: typed,
    about: z.enum(NOTE_SUBJECTS, "Reload the page and try again."),
    subject: typed.refine((subject) => subject.length <= 40, "Reload the page and try again."),
    text,
  })
  .transform(({ readers, ...form }, ctx) => {
    const chosen = readersOf(readers);
    if (chosen) return { ...form, ...chosen };
    ctx.addIssue({ code: "custom", path: ["readers"], message: "Choose who reads it." });
    return z.NEVER;
  });

const correction = z.object({ creatorId: id, id, entryId: id, text });

/** `id` is the new entry's own; `entryId` the one that is taken back. */
const removal = z.object({ creatorId: id, id, entryId: id });

export const recordNote = action(newNote, async (viewer, { creatorId, ...note }) => {
  const { id } = await notes.record(viewer, creatorId, note);
  return { message: "Saved.", value: { entryId: id } };
});

export const correctNote = action(correction, async (viewer, { creatorId, id, entryId, text }) => {
  await notes.correct(viewer, creatorId, { id, replaces: entryId, text });
  return { message: "Updated.", value: { entryId: id } };
});

export const removeNote = action(removal, async (viewer, { creatorId, id, entryId }) => {
  await notes.remove(viewer, creatorId, { id, replaces: entryId });
  return { message: "Taken back.", value: { entryId: id } };
});
