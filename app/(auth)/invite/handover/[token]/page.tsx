import type { Metadata } from "next";
import { TermsFacts } from "@/components/commission/terms-facts";
import { PlainShell } from "@/components/plain-shell";
import { ScopeList } from "@/components/scope-list";
import { RadioGroup } from "@/components/ui/radio-group";
import { findHandover } from "@/db/auth";
import * as commissionTerms from "@/db/commission-terms";
import { dayName } from "@/lib/format";
import { dayOf } from "@/lib/model/month";
import { readLink } from "@/lib/server/secrets";
import { currentUser, requireUser } from "@/lib/server/viewer";
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
      note={`${by} of ${agencyName} offers it, by a mail to ${email}: with every payout, video and figure in it, you own it, and nobody of the agency does any more. Statements that it sends by mail are paused until you say to whom they go.`}
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
        <Terms link={link} />
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

/** What the agency agreed with itself: nobody who takes over is bound by it. */
async function Terms({ link }: { link: { id: string; secretHash: Buffer } }) {
  const { viewer, user } = await requireUser();
  const terms = await commissionTerms.ofHandover(viewer, link);
  if (terms.length === 0) return null;
  return (
    <section aria-label="Commission" className="mb-5 grid gap-3 rounded-lg border border-line p-4">
      <p className="text-sm">While it ran this creator, the agency agreed on commission by itself:</p>
      {terms.map((each) => (
        <TermsFacts key={each.id} terms={each} locale={user.locale} />
      ))}
      <p className="text-sm text-muted">
        These terms end on the day you take over. What they took of earlier days stays in your list of
        commission. New ones count only once you accept them, under Commission.
      </p>
    </section>
  );
}
