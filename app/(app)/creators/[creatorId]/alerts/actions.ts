"use server";

import { z } from "zod";
import * as alerts from "@/db/alerts";
import { id } from "@/lib/input";
import { ALERT_KINDS } from "@/lib/model/words";
import { action } from "@/lib/server/action";

/** A box that is not ticked is not sent. */
const choices = z.looseObject({ creatorId: id }).transform(({ creatorId, ...form }) => ({
  creatorId,
  choices: ALERT_KINDS.map((kind) => ({
    kind,
    inApp: form[`${kind}-app`] === "on",
    byMail: form[`${kind}-mail`] === "on",
  })),
}));

export const chooseAlerts = action(choices, async (viewer, { creatorId, choices }) => {
  await alerts.choose(viewer, creatorId, choices);
  return { message: "Saved." };
});

export const markAlertsSeen = action(z.object({ creatorId: id }), async (viewer, { creatorId }) => {
  await alerts.markSeen(viewer, creatorId);
  return { message: "All seen." };
});
