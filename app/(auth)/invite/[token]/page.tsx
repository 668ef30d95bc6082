import type { Metadata } from "next";
import { PlainShell } from "@/components/plain-shell";
import { ButtonLink } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { SubmitButton } from "@/components/ui/submit-button";
import { findInvitation, hasAccount } from "@/db/auth";
import { ROLE_LABEL } from "@/lib/model/words";
import { readLink } from "@/lib/server/secrets";
import { currentUser } from "@/lib/server/viewer";
import { signOutAction } from "../../../sign-out";
import { AcceptForm, JoinForm } from "./invite-form";

export const metadata: Metadata = { title: "Invitation", robots: { index: false } };

export default async function InvitePage({ params }: { params: Promise<{ token: string }> }) {
  const { token } = await params;
  const link = readLink("invitation", token);
  const invitation = link && (await findInvitation(link.id, link.secretHash));
  if (!invitation) {
    return (
      <PlainShell
        title="This invitation is not good any more"
        note="It was used or withdrawn, or has ended. Ask the person who invited you for a new one."
      >
        <ButtonLink href="/">Go to Permille</ButtonLink>
      </PlainShell>
    );
  }
  const { email, creatorName, role } = invitation;
  return (
    <PlainShell
      title={`Join ${creatorName}`}
      note={`You are invited as ${ROLE_LABEL[role].toLowerCase()}, by a mail to ${email}.`}
    >
      <NextStep token={token} email={email} />
    </PlainShell>
  );
}

async function NextStep({ token, email }: { token: string; email: string }) {
  const path = `/invite/${token}`;
  const user = await currentUser();
  if (user?.email === email) return <AcceptForm token={token} />;
  if (user) {
    return (
      <>
        <Notice tone="warn" className="mb-5">
          You are signed in as {user.email}, but the invitation is for {email}.
        </Notice>
        <form action={signOutAction}>
          <input type="hidden" name="callbackUrl" value={path} />
          <SubmitButton>Sign out and go on</SubmitButton>
        </form>
      </>
    );
  }
  // Only who got the mail comes here, and he may know about his own account.
  if (await hasAccount(email)) {
    return (
      <ButtonLink href={`/sign-in?callbackUrl=${encodeURIComponent(path)}`} variant="primary" size="lg">
        Sign in to accept
      </ButtonLink>
    );
  }
  return <JoinForm token={token} email={email} />;
}
