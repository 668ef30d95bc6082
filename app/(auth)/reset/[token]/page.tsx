import type { Metadata } from "next";
import { PlainShell } from "@/components/plain-shell";
import { ButtonLink } from "@/components/ui/button";
import { findReset } from "@/db/auth";
import { readLink } from "@/lib/server/secrets";
import { ResetForm } from "./reset-form";

export const metadata: Metadata = { title: "Set a new password", robots: { index: false } };

export default async function ResetPage({ params }: { params: Promise<{ token: string }> }) {
  const { token } = await params;
  const link = readLink("reset", token);
  const account = link && (await findReset(link.id, link.secretHash));
  if (!account) {
    return (
      <PlainShell title="This link is not good any more" note="It works once, for 60 minutes.">
        <ButtonLink href="/forgot" variant="primary">
          Ask for a new one
        </ButtonLink>
      </PlainShell>
    );
  }
  return (
    <PlainShell title="Set a new password" note="Every browser is signed out then, this one too.">
      <ResetForm token={token} email={account.email} />
    </PlainShell>
  );
}
