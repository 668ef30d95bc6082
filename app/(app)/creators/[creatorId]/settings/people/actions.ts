"use server";

import { redirect } from "next/navigation";
import { z } from "zod";
import * as handovers from "@/db/handovers";
import * as members from "@/db/members";
import * as representations from "@/db/representations";
import { emailAddress, id, role, version } from "@/lib/server/account-input";
import { action } from "@/lib/server/action";
import { invitedBy, sending } from "@/lib/server/invitations";
import { SCOPE_FIELDS, scopeOf } from "@/lib/server/scope-input";

const NewInvitation = z.object({ id, creatorId: id, email: emailAddress, role });

/** The same answer and the same work, whether or not the address has an account. */
export const invite = action(NewInvitation, async (viewer, { id, creatorId, email, role }) => {
  const link = invitedBy("invitation", id);
  await sending(() => members.invite(viewer, { creatorId, email, role, ...link }), mailOf);
  return { message: `An invitation to ${email} is on its way.` };
});

const OneInvitation = z.object({ creatorId: id, id });

/** A new link, seven more days; the old link ends. */
export const resendInvitation = action(OneInvitation, async (viewer, { creatorId, id }) => {
  const { id: newId, ...link } = invitedBy("invitation");
  const { email } = await sending(() => members.resend(viewer, { creatorId, id, newId, ...link }), mailOf);
  return { message: `A new invitation to ${email} is on its way.` };
});

export const revokeInvitation = action(OneInvitation, async (viewer, { creatorId, id }) => {
  await members.revokeInvitation(viewer, creatorId, id);
  return { message: "The invitation is withdrawn." };
});

const RoleChange = z.object({ creatorId: id, userId: id, role, version });

export const changeRole = action(RoleChange, async (viewer, input) => {
  await members.changeRole(viewer, input);
  return { message: "The role is changed." };
});

const Removal = z.object({ creatorId: id, userId: id, version });

export const removeMember = action(Removal, async (viewer, input) => {
  await members.remove(viewer, input);
  return { message: "Removed. Nothing here is shown to this person any more." };
});

export const leave = action(z.object({ creatorId: id }), async (viewer, { creatorId }) => {
  await members.leave(viewer, creatorId);
  redirect("/creators");
});

const Question = z.object({ id, creatorId: id, email: emailAddress, ...SCOPE_FIELDS });

/** An owner asks an agency, by the address of one of its admins. */
export const askAgency = action(Question, async (viewer, { id, creatorId, email, ...fields }) => {
  const scope = scopeOf(fields);
  const link = invitedBy("representation", id);
  await sending(
    () => representations.askAgency(viewer, creatorId, { ...scope, ...link, email }),
    () => questionMail(id),
  );
  return { message: `A mail to ${email} is on its way.` };
});

/** A new link, seven more days; the old link ends. */
export const askAgain = action(OneInvitation, async (viewer, { creatorId, id }) => {
  const { id: newId, ...link } = invitedBy("representation");
  const email = await sending(
    () => representations.askAgain(viewer, { creatorId }, { id, newId, ...link }),
    () => questionMail(newId),
  );
  return { message: `A new mail to ${email} is on its way.` };
});

export const withdrawQuestion = action(OneInvitation, async (viewer, { id }) => {
  await representations.end(viewer, id);
  return { message: "The question is withdrawn." };
});

const Narrowing = z.object({ creatorId: id, id, version, ...SCOPE_FIELDS });

/** Says anew what an agency sees. */
export const rescope = action(Narrowing, async (viewer, { creatorId, id, version, ...fields }) => {
  await representations.rescope(viewer, creatorId, { ...scopeOf(fields), id, version });
  return { message: "Saved. The agency sees this much from its next click on." };
});

export const endRepresentation = action(OneInvitation, async (viewer, { id }) => {
  await representations.end(viewer, id);
  return { message: "Ended. The agency sees nothing of this creator any more." };
});

const Offer = z.object({ id, creatorId: id, email: emailAddress });

/** Offers a creator that an agency runs to the person it is about. */
export const offerHandover = action(Offer, async (viewer, { id, creatorId, email }) => {
  const link = invitedBy("handover", id);
  await sending(
    () => handovers.offer(viewer, creatorId, { ...link, email }),
    () => ({ kind: "handover", handoverId: id }),
  );
  return { message: `A mail to ${email} is on its way.` };
});

export const offerAgain = action(OneInvitation, async (viewer, { creatorId, id }) => {
  const link = invitedBy("handover");
  const email = await sending(
    () => handovers.offerAgain(viewer, creatorId, { id, link }),
    () => ({ kind: "handover", handoverId: link.id }),
  );
  return { message: `A new mail to ${email} is on its way.` };
});

export const withdrawHandover = action(OneInvitation, async (viewer, { creatorId, id }) => {
  await handovers.withdraw(viewer, creatorId, id);
  return { message: "The offer is withdrawn." };
});

function mailOf({ id }: members.Invitation, invitedBy: string) {
  return { kind: "invitation" as const, invitationId: id, invitedBy };
}

function questionMail(representationId: string) {
  return { kind: "representation" as const, representationId };
}
