import type { Metadata } from "next";
import { PlainShell } from "@/components/plain-shell";
import { findAgencyInvitation } from "@/db/auth";
import { AGENCY_ROLE_LABEL } from "@/lib/model/words";
import { readLink } from "@/lib/server/secrets";
import { AcceptForm, JoinForm } from "../../link-forms";
import { NextStep, NotGood } from "../../next-step";
import { acceptAgencyInvitation, joinAgency } from "./actions";

export const metadata: Metadata = { title: "Invitation", robots: { index: false } };

export default async function AgencyInvitePage({ params }: { params: Promise<{ token: string }> }) {
  const { token } = await params;
  const link = readLink("agency-invitation", token);
  const invitation = link && (await findAgencyInvitation(link.id, link.secretHash));
  if (!invitation) return <NotGood what="invitation" />;
  const { email, agencyName, role } = invitation;
  return (
    <PlainShell
      title={`Join ${agencyName}`}
      note={`You are invited to the agency as ${AGENCY_ROLE_LABEL[role].toLowerCase()}, by a mail to ${email}.`}
    >
      <NextStep
        path={`/invite/agency/${token}`}
        email={email}
        join={
          <JoinForm token={token} email={email} join={joinAgency} label="Create the account and accept" />
        }
      >
        <AcceptForm token={token} accept={acceptAgencyInvitation} label="Accept the invitation" />
      </NextStep>
    </PlainShell>
  );
}
