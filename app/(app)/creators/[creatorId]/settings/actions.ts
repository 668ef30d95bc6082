"use server";

import { randomUUID } from "node:crypto";
import { redirect } from "next/navigation";
import { z } from "zod";
import * as creators from "@/db/creators";
import * as members from "@/db/members";
import { creatorName, currency, emailAddress, id, role, timeZone, version } from "@/lib/server/account-input";
import { action } from "@/lib/server/action";
import { claimRequest } from "@/lib/server/auth";
import { INVITATION_DAYS, queueMail } from "@/lib/server/mail";
import { linkOf } from "@/lib/server/secrets";
import { requireUser } from "@/lib/server/viewer";

const Creator = z.object({ creatorId: id, name: creatorName, currency, timeZone, version });

export const updateCreator = action(Creator, async (viewer, { creatorId, ...input }) => {
  await creators.update(viewer, { id: creatorId, ...input });
  return { message: "Saved." };
});

const Pooling = z
  .object({ creatorId: id, version, pools: z.string().optional() })
  .transform(({ pools, ...rest }) => ({ ...rest, pools: pools === "on" }));

export const setPools = action(Pooling, async (viewer, { creatorId, ...input }) => {
  const { pools } = await creators.setPools(viewer, { id: creatorId, ...input });
  return {
    message: pools
      ? "Saved. Pooled from the next nightly run on."
      : "Saved. Nothing is pooled from the next nightly run on.",
  };
});

const NewInvitation = z.object({ id, creatorId: id, email: emailAddress, role });

/** The same answer and the same work, whether or not the address has an account. */
export const invite = action(NewInvitation, async (viewer, { id, creatorId, email, role }) => {
  await sending(async () => {
    const { secretHash } = linkOf("invitation", id);
    return members.invite(viewer, { creatorId, id, email, role, secretHash, expiresAt: expiry() });
  });
  return { message: `An invitation to ${email} is on its way.` };
});

const OneInvitation = z.object({ creatorId: id, id });

/** A new link, seven more days; the old link ends. */
export const resendInvitation = action(OneInvitation, async (viewer, { creatorId, id }) => {
  const { email } = await sending(async () => {
    const { id: newId, secretHash } = linkOf("invitation", randomUUID());
    return members.resend(viewer, { creatorId, id, newId, secretHash, expiresAt: expiry() });
  });
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

async function sending(work: () => Promise<members.Invitation>): Promise<members.Invitation> {
  const { user } = await requireUser();
  await claimRequest({ what: "invitation", subject: user.id, by: "account", perHour: 30 });
  const invitation = await work();
  await queueMail({ kind: "invitation", invitationId: invitation.id, invitedBy: user.id });
  return invitation;
}

function expiry(): Date {
  return new Date(Date.now() + INVITATION_DAYS * 86_400_000);
}
