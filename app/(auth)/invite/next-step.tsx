import type { ReactNode } from "react";
import { PlainShell } from "@/components/plain-shell";
import { ButtonLink } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { SubmitButton } from "@/components/ui/submit-button";
import { hasAccount } from "@/db/auth";
import { currentUser } from "@/lib/server/viewer";
import { signOutAction } from "../../sign-out";

type NextStepProps = {
  /** of this page, to come back to */
  path: string;
  /** whom the mail was sent to */
  email: string;
  /** for one who is signed in with that address */
  children: ReactNode;
  /** for one who has no account yet */
  join: ReactNode;
};

/** What the one who opens a mailed link has to do first, by who is looking. */
export async function NextStep({ path, email, children, join }: NextStepProps) {
  const user = await currentUser();
  if (user?.email === email) return children;
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
        Sign in to go on
      </ButtonLink>
    );
  }
  return join;
}

/** For a link that was used or withdrawn, or has ended. */
export function NotGood({ what }: { what: string }) {
  return (
    <PlainShell
      title={`This ${what} is not good any more`}
      note="It was used or withdrawn, or has ended. Ask the person who sent it for a new one."
    >
      <ButtonLink href="/">Go to Permille</ButtonLink>
    </PlainShell>
  );
}
