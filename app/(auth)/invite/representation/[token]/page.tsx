import { randomUUID } from "node:crypto";
import type { Metadata } from "next";
import { creatorChoices } from "@/app/creator-choices";
import { TermsFacts } from "@/components/commission/terms-facts";
import { PlainShell } from "@/components/plain-shell";
import { ScopeList } from "@/components/scope-list";
import * as agencies from "@/db/agencies";
import { findRepresentation, type Shared } from "@/db/auth";
import * as commissionTerms from "@/db/commission-terms";
import * as creators from "@/db/creators";
import { exampleWords } from "@/lib/commission-words";
import { dayName } from "@/lib/format";
import { termOf } from "@/lib/model/commission-terms";
import { currencyOf } from "@/lib/model/money";
import { dayOf } from "@/lib/model/month";
import { readLink } from "@/lib/server/secrets";
import { currentUser, requireUser } from "@/lib/server/viewer";
import { JoinForm } from "../../link-forms";
import { NextStep, NotGood } from "../../next-step";
import { joinByRepresentation } from "./actions";
import {
  ChooseAgencyForm,
  ChooseCreatorForm,
  DeclineForm,
  NewAgencyForm,
  NewCreatorForm,
} from "./representation-forms";

export const metadata: Metadata = { title: "Representation", robots: { index: false } };

type Link = { id: string; secretHash: Buffer };

export default async function RepresentationPage({ params }: { params: Promise<{ token: string }> }) {
  const { token } = await params;
  const link = readLink("representation", token);
  const asked = link && (await findRepresentation(link.id, link.secretHash));
  if (!asked) return <NotGood what="question" />;
  const { email, by, agencyName, creatorName, toDay } = asked;
  const locale = (await currentUser())?.locale ?? "en-US";
  const [title, note] = agencyName
    ? [`${agencyName} asks to represent you`, `${by} asks, by a mail to ${email}. The agency would see:`]
    : [
        `${creatorName} asks you to represent them`,
        `${by} asks, by a mail to ${email}. Your agency would see of ${creatorName}:`,
      ];
  return (
    <PlainShell title={title} note={note}>
      <div className="mb-5 grid gap-3">
        <ScopeList scope={asked} lastDay={toDay && dayName(dayOf(toDay), locale)} />
        <p className="text-sm text-muted">
          {agencyName
            ? "You can change this or end it at any moment, in your creator's settings; it holds from the next click on. Every day on which somebody of the agency looks at amounts is listed there."
            : "The creator can change this or end it at any moment, and so can you."}
        </p>
      </div>
      <NextStep
        path={`/invite/representation/${token}`}
        email={email}
        join={
          <JoinForm
            token={token}
            email={email}
            join={joinByRepresentation}
            label="Create the account and go on"
          />
        }
      >
        <div className="grid gap-5">
          <Accept token={token} link={link} asked={asked} />
          <div>
            <DeclineForm token={token} />
          </div>
        </div>
      </NextStep>
    </PlainShell>
  );
}

/** For which of the person's creators or agencies it is taken up; without one, a new one is made by it. */
async function Accept({ token, link, asked }: { token: string; link: Link; asked: Shared }) {
  const { viewer, user } = await requireUser();
  const offered = await commissionTerms.offered(viewer, link);
  const terms = offered.map(({ id }) => id).join(" ");
  const shown = offered.length > 0 && (
    <section aria-label="Commission" className="grid gap-3 rounded-lg border border-line p-4">
      <p className="text-sm">
        With it you accept what {asked.agencyName} takes of your money, and show it its commission on each
        payout:
      </p>
      {offered.map((each) => (
        <TermsFacts key={each.id} terms={each} locale={user.locale} />
      ))}
      <p className="text-sm text-muted">{exampleOf(offered, user.locale)}</p>
    </section>
  );
  const { currencies, timeZones } = creatorChoices(user.locale);
  const { streams, amounts, notes, mayEdit, toDay } = asked;
  const scope = { streams, amounts, notes, mayEdit, toDay };
  if (asked.agencyName !== null) {
    const own = (await creators.list(viewer)).filter(({ role, isSample }) => role === "owner" && !isSample);
    if (own.length === 0)
      return (
        <>
          {shown}
          <NewCreatorForm
            token={token}
            terms={terms}
            scope={scope}
            id={randomUUID()}
            name={user.name}
            currencies={currencies}
            timeZones={timeZones}
          />
        </>
      );
    const sides = own.map(({ id, name }) => ({ value: id, label: name }));
    return (
      <>
        {shown}
        <ChooseCreatorForm token={token} terms={terms} scope={scope} sides={sides} />
      </>
    );
  }
  const own = (await agencies.list(viewer)).filter(({ role }) => role === "admin");
  if (own.length === 0) return <NewAgencyForm token={token} id={randomUUID()} currencies={currencies} />;
  const sides = own.map(({ id, name }) => ({ value: id, label: name }));
  return <ChooseAgencyForm token={token} sides={sides} />;
}

function exampleOf(offered: readonly commissionTerms.Offered[], locale: string): string {
  const [first] = offered;
  if (!first) return "";
  const of = {
    stream: first.streams?.[0] ?? "sponsorship",
    dealId: first.dealId,
    day: first.fromDay,
  } as const;
  return exampleWords(offered.map(termOf), { ...of, currency: first.currency ?? currencyOf("USD") }, locale);
}
