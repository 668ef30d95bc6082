"use server";

import { z } from "zod";
import * as events from "@/db/events";
import { day, eventEffect, eventKind, id, line, optionalPlatform, optionalStream } from "@/lib/input";
import { action } from "@/lib/server/action";

const newEvent = z.object({
  creatorId: id,
  id,
  day,
  label: line("Say what happened, in a few words.", 100),
  kind: eventKind,
  stream: optionalStream,
  platform: optionalPlatform,
  effect: eventEffect,
});

/** `id` is the new entry's own; `entryId` the one that is taken back. */
const change = z.object({ creatorId: id, id, entryId: id });

export const recordEvent = action(newEvent, async (viewer, { creatorId, ...event }) => {
  const { id } = await events.record(viewer, creatorId, event);
  return { message: "Saved.", value: { entryId: id } };
});

export const removeEvent = action(change, async (viewer, { creatorId, id, entryId }) => {
  await events.remove(viewer, creatorId, { id, replaces: entryId });
  return { message: "Taken back.", value: { entryId: id } };
});

export const undoEvent = action(change, async (viewer, { creatorId, id, entryId }) => {
  await events.undo(viewer, creatorId, { id, entryId });
  return { message: "Undone.", value: { entryId: id } };
});
