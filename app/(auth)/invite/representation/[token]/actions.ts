"use server";

import type { Route } from "next";
import { redirect } from "next/navigation";
import { z } from "zod";
import * as agencies from "@/db/agencies";
import { findRepresentation } from "@/db/auth";
import * as commissionTerms from "@/db/commission-terms";
import * as creators from "@/db/creators";
import * as representations from "@/db/representations";
import { agencyName, creatorName, currency, id, timeZone } from "@/lib/server/account-input";
import { action, openAction } from "@/lib/server/action";
import { NEWCOMER, newcomer, readGoodLink } from "@/lib/server/newcomer";
import { SCOPE_FIELDS, scopeOf } from "@/lib/server/scope-input";

const token = z.string();
/** The terms of commission that the page showed, which are accepted with it. */
const terms = z
  .string()
  .max(2_000)
  .default("")
  .transform((text) => text.split(" "));

const Choice = z.object({ token, side: z.uuid("Choose one from the list.") });

/** For an agency that the person has. */
export const acceptForAgency = action(Choice, async (viewer, { token, side }) => {
  const link = readGoodLink("representation", token);
  redirect(`/creators/${await representations.accept(viewer, { ...link, side })}` as Route);
});

/** What a creator accepts: the terms that were shown, and how much is seen, which is the creator's to say. */
const Shown = z.object({ token, terms, ...SCOPE_FIELDS });

/** For a creator that the person has. */
export const acceptForCreator = action(
  Shown.extend(Choice.shape),
  async (viewer, { token, terms, side, ...fields }) => {
    const link = { ...readGoodLink("representation", token), side };
    redirect(`/creators/${await commissionTerms.takeUp(viewer, link, terms, scopeOf(fields))}` as Route);
  },
);

/** One who has no creator yet makes one by accepting. */
export const acceptAsNewCreator = action(
  Shown.extend({ id, name: creatorName, currency, timeZone }),
  async (viewer, { token, terms, id, name, currency, timeZone, ...fields }) => {
    const link = readGoodLink("representation", token);
    const scope = scopeOf(fields);
    const { id: side } = await creators.create(viewer, { id, name, currency, timeZone });
    redirect(`/creators/${await commissionTerms.takeUp(viewer, { ...link, side }, terms, scope)}` as Route);
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
