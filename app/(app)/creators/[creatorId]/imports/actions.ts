"use server";

import { z } from "zod";
import type { LeftEntry } from "@/db/import-undo";
import * as imports from "@/db/imports";
import { id } from "@/lib/input";
import { STREAM_LABEL } from "@/lib/model/words";
import { action } from "@/lib/server/action";

const LISTED = 5;

export const undoImport = action(z.object({ creatorId: id, id }), async (viewer, input) => {
  const { left } = await imports.undo(viewer, input.creatorId, input.id);
  return { message: messageOf(left), value: { entryId: input.id } };
});

function messageOf(left: LeftEntry[]): string {
  if (left.length === 0) return "Undone: everything is as it was before.";
  const named = left.slice(0, LISTED).map(nameOf);
  const more = left.length > LISTED ? ` and ${left.length - LISTED} more` : "";
  const what = left.length === 1 ? "1 entry was" : `${left.length} entries were`;
  return `Undone. ${what} changed later and left as they are: ${named.join("; ")}${more}.`;
}

function nameOf(entry: LeftEntry): string {
  if (entry.what === "video") return `the video “${entry.title}”`;
  if (entry.what === "audience") return `the audience of ${entry.month}`;
  if (entry.what === "reading") return `the reading of ${entry.day}`;
  const period = entry.from === entry.to ? entry.from : `${entry.from} to ${entry.to}`;
  return `${entry.what === "payout" ? STREAM_LABEL[entry.stream] : "views"}, ${period}`;
}
