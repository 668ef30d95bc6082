import type { Metadata } from "next";
import { PlainShell } from "@/components/plain-shell";
import { readMailLink } from "@/lib/server/statements-off";
import { SubscribeForm } from "./subscribe-form";

export const metadata: Metadata = { title: "Statements by mail", robots: { index: false } };

/** Where the last line of a statement's mail leads. Looking at it changes nothing: mail programs look at links too. */
export default async function UnsubscribePage({ params }: { params: Promise<{ token: string }> }) {
  const { token } = await params;
  const link = await readMailLink(token);
  if (!link) {
    return (
      <PlainShell
        title="This link is not good any more"
        note="Answer whoever sends you the statements, and ask to be taken off the list."
      >
        {null}
      </PlainShell>
    );
  }
  const { email, creatorName, isOff } = link;
  return (
    <PlainShell
      title={isOff ? "You are unsubscribed" : `No more statements of ${creatorName}?`}
      note={
        isOff
          ? `${email} gets no statements of ${creatorName}. Nobody but you can change that.`
          : `${email} then gets none of them, whoever sets them up.`
      }
    >
      <SubscribeForm token={token} isOff={isOff} />
    </PlainShell>
  );
}
