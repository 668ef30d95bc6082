import type { Metadata } from "next";
import { PlainShell } from "@/components/plain-shell";
import { findInvitation } from "@/db/auth";
import { ROLE_LABEL } from "@/lib/model/words";
import { readLink } from "@/lib/server/secrets";
import { AcceptForm, JoinForm } from "../link-forms";
import { NextStep, NotGood } from "../next-step";
import { acceptInvitation, joinByInvitation } from "./actions";

export const metadata: Metadata = { title: "Invitation", robots: { index: false } };

export default async function InvitePage({ params }: { params: Promise<{ token: string }> }) {
  const { token } = await params;
  const link = readLink("invitation", token);
  const invitation = link && (await findInvitation(link.id, link.secretHash));
  if (!invitation) return <NotGood what="invitation" />;
  const { email, creatorName, role } = invitation;
  return (
    <PlainShell
      title={`Join ${creatorName}`}
      note={`You are invited as ${ROLE_LABEL[role].toLowerCase()}, by a mail to ${email}.`}
    >
      <NextStep
        path={`/invite/${token}`}
        email={email}
        join={
          <JoinForm
            token={token}
            email={email}
            join={joinByInvitation}
            label="Create the account and accept"
          />
        }
      >
        <AcceptForm token={token} accept={acceptInvitation} label="Accept the invitation" />
      </NextStep>
    </PlainShell>
  );
}
