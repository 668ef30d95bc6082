"use server";

import { z } from "zod";
import * as runs from "@/db/roster-runs";
import * as schedules from "@/db/roster-schedules";
import { id, month, version } from "@/lib/input";
import { action } from "@/lib/server/action";
import { queueRun } from "@/lib/server/roster-runs";
import { requireUser } from "@/lib/server/viewer";
import { formats, formatsOf, scheduleFields, scheduleOf } from "./input";

const run = z
  .object({ agencyId: id, id, month, ...formats })
  .transform(({ agencyId, id, month, ...boxes }, ctx) => ({
    agencyId,
    run: { id, month, attachments: formatsOf(ctx, boxes) },
  }));

export const beginRun = action(run, async (viewer, { agencyId, run }) => {
  const { user } = await requireUser();
  await runs.begin(viewer, agencyId, run);
  await queueRun({ agencyId, runId: run.id, startedBy: user.id });
  return { message: "It has begun. You may leave this page." };
});

const created = z.looseObject(scheduleFields).transform((form, ctx) => scheduleOf(ctx, form));

export const createRosterSchedule = action(created, async (viewer, { agencyId, schedule }) => {
  await schedules.create(viewer, agencyId, schedule);
  return { message: "Saved." };
});

const changed = z
  .looseObject({ ...scheduleFields, version })
  .transform((form, ctx) => ({ ...scheduleOf(ctx, form), version: form.version }));

export const updateRosterSchedule = action(changed, async (viewer, { agencyId, schedule, version }) => {
  await schedules.update(viewer, agencyId, { ...schedule, version });
  return { message: "Saved. It counts from the next time on." };
});

const removed = z.object({ agencyId: id, id, version });

export const removeRosterSchedule = action(removed, async (viewer, { agencyId, ...schedule }) => {
  await schedules.remove(viewer, agencyId, schedule);
  return { message: "Removed. The runs it made stay below." };
});
