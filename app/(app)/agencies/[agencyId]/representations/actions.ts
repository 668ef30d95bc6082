"use server";

import type { Route } from "next";
import { redirect } from "next/navigation";
import { z } from "zod";
import * as handovers from "@/db/handovers";
import * as representations from "@/db/representations";
import { AppError } from "@/lib/errors";
import { optionalId } from "@/lib/input";
import { creatorName, currency, id, timeZone } from "@/lib/server/account-input";
import { action } from "@/lib/server/action";
import { idWithin, readAddresses } from "@/lib/server/address-list";
import { invitedBy, LONGEST_LIST, sending, sendingMany } from "@/lib/server/invitations";
import { SCOPE_FIELDS, scopeOf } from "@/lib/server/scope-input";

/** What became of one line of the list. */
export type AskedLine = { line: string; outcome: "asked" | "represented" | "not an address" };

const Question = z.object({
  id,
  agencyId: id,
  addresses: z.string().trim().min(1, "Type at least one address.").max(20_000, "Shorten the list."),
  ...SCOPE_FIELDS,
});

/** Asks everybody on the list. What is no address is said, and hinders no other. */
export const askCreators = action(Question, async (viewer, { id, agencyId, addresses, ...fields }) => {
  const scope = scopeOf(fields);
  const entries = readAddresses(addresses);
  const emails = entries.flatMap(({ email }) => email ?? []);
  if (emails.length === 0) throw refused("Type addresses as in mira@example.com, one a line.");
  if (entries.length > LONGEST_LIST)
    throw refused(`These are ${entries.length} lines. Ask at most ${LONGEST_LIST} at once.`);
  const asked = emails.map((email) => ({ ...invitedBy("representation", idWithin(id, email)), email }));
  const results = await sendingMany(
    () => representations.askCreators(viewer, agencyId, scope, asked),
    ({ id, outcome }) => (outcome === "asked" ? mailOf(id) : null),
  );
  const outcomeOf = new Map(results.map(({ email, outcome }) => [email, outcome]));
  const lines = entries.map(
    ({ typed, email }): AskedLine => ({
      line: typed,
      outcome: (email && outcomeOf.get(email)) || "not an address",
    }),
  );
  const count = lines.filter(({ outcome }) => outcome === "asked").length;
  return {
    message: count === 1 ? "One creator is asked." : `${count} creators are asked.`,
    value: lines,
  };
});

const OneQuestion = z.object({ agencyId: id, id });

/** A new link, seven more days; the old link ends. */
export const askAgain = action(OneQuestion, async (viewer, { agencyId, id }) => {
  const { id: newId, ...link } = invitedBy("representation");
  const email = await sending(
    () => representations.askAgain(viewer, { agencyId }, { id, newId, ...link }),
    () => mailOf(newId),
  );
  return { message: `A new mail to ${email} is on its way.` };
});

export const withdraw = action(OneQuestion, async (viewer, { id }) => {
  await representations.end(viewer, id);
  return { message: "The question is withdrawn." };
});

export const endRepresentation = action(OneQuestion, async (viewer, { id }) => {
  await representations.end(viewer, id);
  return { message: "Ended. Nobody of the agency sees this creator by it any more." };
});

const Assignment = z.object({ agencyId: id, id, teamId: optionalId });

export const assignTeam = action(Assignment, async (viewer, { id, teamId }) => {
  await representations.assignTeam(viewer, id, teamId);
  return {
    message: teamId ? "The team looks after this creator now." : "The admins alone see this creator now.",
  };
});

const NewCreator = z.object({
  agencyId: id,
  id,
  representationId: id,
  name: creatorName,
  currency,
  timeZone,
});

/** A creator without an account: the agency runs it, and can hand it over later. */
export const runCreator = action(NewCreator, async (viewer, { agencyId, ...input }) => {
  const creator = await handovers.run(viewer, agencyId, input);
  redirect(`/creators/${creator.id}` as Route);
});

function mailOf(representationId: string) {
  return { kind: "representation" as const, representationId };
}

function refused(message: string): AppError {
  return new AppError("invalid", "Please look at the marked fields.", { addresses: message });
}
