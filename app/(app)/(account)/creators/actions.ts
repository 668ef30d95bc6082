"use server";

import type { Route } from "next";
import { redirect } from "next/navigation";
import { z } from "zod";
import * as creators from "@/db/creators";
import * as sample from "@/db/sample";
import { creatorName, currency, id, timeZone } from "@/lib/server/account-input";
import { action } from "@/lib/server/action";
import { queueAlerts } from "@/lib/server/alerts";
import { installedBenchmarks } from "@/lib/server/benchmarks";
import { report } from "@/lib/server/report-error";

const NewCreator = z.object({ id, name: creatorName, currency, timeZone });

export const createCreator = action(NewCreator, async (viewer, input) => {
  const creator = await creators.create(viewer, input);
  redirect(`/creators/${creator.id}` as Route);
});

export const openSample = action(z.object({ id }), async (viewer, { id }) => {
  const { creatorId } = await sample.open(viewer, id, installedBenchmarks());
  // Late money in the sample shows at once, not only after the night.
  await queueAlerts(creatorId).catch(report);
  redirect(`/creators/${creatorId}` as Route);
});
