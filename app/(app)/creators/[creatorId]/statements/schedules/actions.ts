"use server";

import { z } from "zod";
import * as schedules from "@/db/statement-schedules";
import * as sends from "@/db/statement-sends";
import { id, optionalLine, version } from "@/lib/input";
import { emailAddress } from "@/lib/server/account-input";
import { action } from "@/lib/server/action";
import { queueStatements } from "@/lib/server/statement-sends";
import { requireUser } from "@/lib/server/viewer";
import { scheduleFields, scheduleOf } from "./input";

const created = z.object(scheduleFields).transform((form, ctx) => scheduleOf(ctx, form));

export const createSchedule = action(created, async (viewer, { creatorId, schedule }) => {
  await schedules.create(viewer, creatorId, schedule);
  return { message: "Saved. Add who gets it below." };
});

const changed = z
  .object({ ...scheduleFields, version })
  .transform((form, ctx) => ({ ...scheduleOf(ctx, form), version: form.version }));

export const updateSchedule = action(changed, async (viewer, { creatorId, schedule, version }) => {
  await schedules.update(viewer, creatorId, { ...schedule, version });
  return { message: "Saved. It counts from the next time on." };
});

const one = z.object({ creatorId: id, id, version });
const paused = z.object({ creatorId: id, id, version, isPaused: z.enum(["yes", "no"]) });

export const pauseSchedule = action(paused, async (viewer, { creatorId, id, version, isPaused }) => {
  await schedules.pause(viewer, creatorId, { id, version, isPaused: isPaused === "yes" });
  return { message: isPaused === "yes" ? "Paused: nothing goes out by itself." : "It goes on." };
});

export const removeSchedule = action(one, async (viewer, { creatorId, ...schedule }) => {
  await schedules.remove(viewer, creatorId, schedule);
  return { message: "Removed. What it sent stays in the list below." };
});

const recipient = z.object({
  creatorId: id,
  id,
  scheduleId: id,
  email: emailAddress,
  name: optionalLine(100),
});

export const addRecipient = action(recipient, async (viewer, { creatorId, ...input }) => {
  await schedules.addRecipient(viewer, creatorId, input);
  return { message: `${input.email} gets it from the next time on.` };
});

export const removeRecipient = action(z.object({ creatorId: id, id }), async (viewer, { creatorId, id }) => {
  await schedules.removeRecipient(viewer, creatorId, id);
  return { message: "Taken off the list." };
});

const asked = z.object({ creatorId: id, id, scheduleId: id });

export const sendNow = action(asked, async (viewer, { creatorId, id, scheduleId }) => {
  const { mails } = await sends.ask(viewer, creatorId, { id, scheduleId, to: null });
  await queueStatements(creatorId);
  return { message: mails === 1 ? "One mail is on its way." : `${mails} mails are on their way.` };
});

export const sendTest = action(asked, async (viewer, { creatorId, id, scheduleId }) => {
  const { user } = await requireUser();
  await sends.ask(viewer, creatorId, { id, scheduleId, to: { email: user.email, name: user.name } });
  await queueStatements(creatorId);
  return { message: `A test is on its way to ${user.email}.` };
});
