import type { Metadata } from "next";
import { PlainShell } from "@/components/plain-shell";
import { ScopeList } from "@/components/scope-list";
import { RadioGroup } from "@/components/ui/radio-group";
import { findHandover } from "@/db/auth";
import { dayName } from "@/lib/format";
import { dayOf } from "@/lib/model/month";
import { readLink } from "@/lib/server/secrets";
import { currentUser } from "@/lib/server/viewer";
import { AcceptForm, JoinForm } from "../../link-forms";
import { NextStep, NotGood } from "../../next-step";
import { joinByHandover, takeOver } from "./actions";

export const metadata: Metadata = { title: "Handover", robots: { index: false } };

export default async function HandoverPage({ params }: { params: Promise<{ token: string }> }) {
  const { token } = await params;
  const link = readLink("handover", token);
  const offer = link && (await findHandover(link.id, link.secretHash));
  if (!offer) return <NotGood what="offer" />;
  const { email, by, agencyName, creatorName, toDay } = offer;
  const locale = (await currentUser())?.locale ?? "en-US";
  return (
    <PlainShell
      title={`Take over ${creatorName}`}
      note={`${by} of ${agencyName} offers it, by a mail to ${email}: with every payout, video and figure in it, you own it, and nobody of the agency does any more.`}
    >
      <div className="mb-5 grid gap-3">
        <p className="text-sm">Until now {agencyName} sees:</p>
        <ScopeList scope={offer} lastDay={toDay && dayName(dayOf(toDay), locale)} />
      </div>
      <NextStep
        path={`/invite/handover/${token}`}
        email={email}
        join={
          <JoinForm token={token} email={email} join={joinByHandover} label="Create the account and go on" />
        }
      >
        <AcceptForm token={token} accept={takeOver} label="Take over">
          <RadioGroup
            name="keep"
            label={`What ${agencyName} sees from now on`}
            look="list"
            options={[
              {
                value: "yes",
                label: "The same as until now",
                hint: "It goes on representing you. You can change this or end it at any moment, in the settings.",
              },
              { value: "no", label: "Nothing", hint: "It sees nothing from the next click on." },
            ]}
            defaultValue="yes"
          />
        </AcceptForm>
      </NextStep>
    </PlainShell>
  );
}
