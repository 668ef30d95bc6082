import type { Metadata } from "next";
import { PlainShell } from "@/components/plain-shell";
import { ButtonLink } from "@/components/ui/button";
import { openLink } from "@/lib/server/secrets";
import { FinishSignUpForm } from "../sign-up-form";

export const metadata: Metadata = { title: "Create your account", robots: { index: false } };

export default async function FinishSignUpPage({ params }: { params: Promise<{ token: string }> }) {
  const { token } = await params;
  const email = openLink("sign-up", token, new Date());
  if (!email) {
    return (
      <PlainShell title="This link is not good any more" note="It works for 24 hours.">
        <ButtonLink href="/sign-up" variant="primary">
          Ask for a new one
        </ButtonLink>
      </PlainShell>
    );
  }
  return (
    <PlainShell title="Create your account" note="Your address is confirmed; two things are left.">
      <FinishSignUpForm token={token} email={email} />
    </PlainShell>
  );
}
