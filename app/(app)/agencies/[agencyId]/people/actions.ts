"use server";

import { redirect } from "next/navigation";
import { z } from "zod";
import * as agencies from "@/db/agencies";
import * as agencyMembers from "@/db/agency-members";
import { agencyRole, emailAddress, id, teamName, version } from "@/lib/server/account-input";
import { action } from "@/lib/server/action";
import { invitedBy, sending } from "@/lib/server/invitations";

const NewInvitation = z.object({ id, agencyId: id, email: emailAddress, role: agencyRole });

/** The same answer and the same work, whether or not the address has an account. */
export const invite = action(NewInvitation, async (viewer, { id, ...input }) => {
  const link = invitedBy("agency-invitation", id);
  await sending(() => agencyMembers.invite(viewer, { ...input, ...link }), mailOf);
  return { message: `An invitation to ${input.email} is on its way.` };
});

const OneInvitation = z.object({ agencyId: id, id });

/** A new link, seven more days; the old link ends. */
export const resendInvitation = action(OneInvitation, async (viewer, input) => {
  const { id: newId, ...link } = invitedBy("agency-invitation");
  const { email } = await sending(() => agencyMembers.resend(viewer, { ...input, newId, ...link }), mailOf);
  return { message: `A new invitation to ${email} is on its way.` };
});

export const revokeInvitation = action(OneInvitation, async (viewer, { agencyId, id }) => {
  await agencyMembers.revokeInvitation(viewer, agencyId, id);
  return { message: "The invitation is withdrawn." };
});

const RoleChange = z.object({ agencyId: id, userId: id, role: agencyRole, version });

export const changeRole = action(RoleChange, async (viewer, input) => {
  await agencies.changeMember(viewer, input);
  return { message: "The role is changed." };
});

const Removal = z.object({ agencyId: id, userId: id, version });

export const removeMember = action(Removal, async (viewer, input) => {
  await agencies.changeMember(viewer, { ...input, role: null });
  return { message: "Removed. Nothing of the agency is shown to this person any more." };
});

export const leave = action(z.object({ agencyId: id }), async (viewer, { agencyId }) => {
  await agencyMembers.leave(viewer, agencyId);
  redirect("/agencies");
});

const NewTeam = z.object({ agencyId: id, id, name: teamName });

export const addTeam = action(NewTeam, async (viewer, input) => {
  await agencies.addTeam(viewer, input);
  return { message: `${input.name} is made. Put people and creators into it.` };
});

const Renaming = z.object({ agencyId: id, id, name: teamName, version });

export const renameTeam = action(Renaming, async (viewer, input) => {
  await agencies.renameTeam(viewer, input);
  return { message: "The team is renamed." };
});

const TeamChange = z.object({
  agencyId: id,
  teamId: z.uuid("Choose a team from the list."),
  userId: id,
  isIn: z.enum(["yes", "no"], "This form is not complete: reload the page and try again."),
});

export const changeTeam = action(TeamChange, async (viewer, { isIn, ...input }) => {
  await agencies.changeTeam(viewer, { ...input, isIn: isIn === "yes" });
  return { message: isIn === "yes" ? "Put into the team." : "Taken out of the team." };
});

function mailOf({ id }: agencyMembers.AgencyInvitation, invitedBy: string) {
  return { kind: "agency-invitation" as const, invitationId: id, invitedBy };
}
