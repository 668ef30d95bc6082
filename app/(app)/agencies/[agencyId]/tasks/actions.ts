"use server";

import { z } from "zod";
import * as tasks from "@/db/tasks";
import { id, line, note, optionalDay, optionalId, problem, typed, version } from "@/lib/input";
import { action } from "@/lib/server/action";
import { queueLetters } from "@/lib/server/letters";
import { whomOf } from "./whom";

const title = line("Say what is to be done.", 200);

const newTask = z
  .object({ agencyId: id, id, title, detail: note, whom: typed, about: optionalId, dueOn: optionalDay })
  .transform(({ agencyId, whom, about, ...form }, ctx) => {
    const chosen = whomOf(whom);
    if (!chosen) return problem(ctx, "whom", "Choose whom you ask from the list.") ?? z.NEVER;
    const creatorId = chosen.creatorId ?? about;
    const ofCreator = chosen.creatorId !== null;
    return { agencyId, task: { ...form, creatorId, ofCreator, assignee: chosen.userId } };
  });

const changed = z
  .object({ agencyId: id, id, version, title, detail: note, whom: typed, dueOn: optionalDay })
  .transform(({ agencyId, whom, ...form }, ctx) => {
    const chosen = whomOf(whom);
    if (!chosen) return problem(ctx, "whom", "Choose whom you ask from the list.") ?? z.NEVER;
    return { agencyId, task: { ...form, assignee: chosen.userId } };
  });

const settled = z.object({ agencyId: id, id, version, isDone: z.enum(["yes", "no"]) });

export const askTask = action(newTask, async (viewer, { agencyId, task }) => {
  await tasks.ask(viewer, agencyId, [task]);
  await queueLetters(viewer, agencyId);
  return { message: "Saved." };
});

export const changeTask = action(changed, async (viewer, { agencyId, task }) => {
  await tasks.change(viewer, agencyId, task);
  await queueLetters(viewer, agencyId);
  return { message: "Updated." };
});

export const settleTask = action(settled, async (viewer, { isDone, ...task }) => {
  await tasks.settle(viewer, { ...task, isDone: isDone === "yes" });
  return { message: isDone === "yes" ? "Done." : "Open again." };
});
