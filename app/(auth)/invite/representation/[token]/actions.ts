"use server";

import type { Route } from "next";
import { redirect } from "next/navigation";
import { z } from "zod";
import * as agencies from "@/db/agencies";
import { findRepresentation } from "@/db/auth";
import * as creators from "@/db/creators";
import * as representations from "@/db/representations";
import { agencyName, creatorName, currency, id, timeZone } from "@/lib/server/account-input";
import { action, openAction } from "@/lib/server/action";
import { NEWCOMER, newcomer, readGoodLink } from "@/lib/server/newcomer";

const token = z.string();

/** For an agency or a creator that the person has. */
const Choice = z.object({ token, side: z.uuid("Choose one from the list.") });

export const acceptRepresentation = action(Choice, async (viewer, { token, side }) => {
  const link = readGoodLink("representation", token);
  redirect(`/creators/${await representations.accept(viewer, { ...link, side })}` as Route);
});

/** One who has no creator yet makes one by accepting. */
export const acceptAsNewCreator = action(
  z.object({ token, id, name: creatorName, currency, timeZone }),
  async (viewer, { token, ...input }) => {
    const link = readGoodLink("representation", token);
    const { id: side } = await creators.create(viewer, input);
    redirect(`/creators/${await representations.accept(viewer, { ...link, side })}` as Route);
  },
);

/** One who has no agency yet makes one by accepting. */
export const acceptAsNewAgency = action(
  z.object({ token, id, name: agencyName, currency }),
  async (viewer, { token, ...input }) => {
    const link = readGoodLink("representation", token);
    const { id: side } = await agencies.create(viewer, input);
    redirect(`/creators/${await representations.accept(viewer, { ...link, side })}` as Route);
  },
);

export const declineRepresentation = action(z.object({ token }), async (viewer, { token }) => {
  await representations.decline(viewer, readGoodLink("representation", token));
  redirect("/");
});

/** Back to the page of the link, now as somebody. */
export const joinByRepresentation = openAction(NEWCOMER, async ({ token, ...person }) => {
  const link = readGoodLink("representation", token);
  await newcomer(await findRepresentation(link.id, link.secretHash), person);
  redirect(`/invite/representation/${token}` as Route);
});
