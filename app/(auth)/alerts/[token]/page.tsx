import type { Metadata } from "next";
import { PlainShell } from "@/components/plain-shell";
import { ButtonLink } from "@/components/ui/button";
import { ALERT_LABEL } from "@/lib/model/alerts";
import { kindOfMail } from "@/lib/server/alerts-off";
import { OffForm } from "./off-form";

export const metadata: Metadata = { title: "Alerts by mail", robots: { index: false } };

/** Where the last line of an alert's mail leads. Looking at it changes nothing: mail programs look at links too. */
export default async function AlertsOffPage({ params }: { params: Promise<{ token: string }> }) {
  const { token } = await params;
  const kind = kindOfMail(token);
  if (!kind) {
    return (
      <PlainShell
        title="This link is not good any more"
        note="Sign in, open the alerts of your creator, and choose there what you want to hear of."
      >
        <ButtonLink href="/">Go to Permille</ButtonLink>
      </PlainShell>
    );
  }
  return (
    <PlainShell
      title="No more mails of this kind?"
      note={`“${ALERT_LABEL[kind]}” then shows in the app alone. You can switch it on again there.`}
    >
      <OffForm token={token} />
    </PlainShell>
  );
}
