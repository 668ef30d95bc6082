import { randomUUID } from "node:crypto";
import { Handshake } from "lucide";
import type { Metadata } from "next";
import { creatorChoices } from "@/app/creator-choices";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { Icon } from "@/components/ui/icon";
import { PageHeader } from "@/components/ui/page-header";
import * as agencies from "@/db/agencies";
import * as representations from "@/db/representations";
import { dayName } from "@/lib/format";
import { dayOf } from "@/lib/model/month";
import { scopeText } from "@/lib/model/representation";
import { pendingOf } from "../../../pending";
import { PendingList } from "../../../pending-list";
import { openAgency } from "../open-agency";
import { askAgain, withdraw } from "./actions";
import { AskForm } from "./ask-form";
import { RepresentedList } from "./represented-list";
import { RunForm } from "./run-form";

export const metadata: Metadata = { title: "Representations" };

export default async function RepresentationsPage({ params }: { params: Promise<{ agencyId: string }> }) {
  const { viewer, agency, isAdmin, locale } = await openAgency((await params).agencyId);
  const [creators, teams, asked] = await Promise.all([
    representations.roster(viewer, agency.id),
    agencies.listTeams(viewer, agency.id),
    isAdmin ? representations.listAskedByAgency(viewer, agency.id) : [],
  ]);
  const dayText = (day: string) => dayName(dayOf(day), locale);
  return (
    <>
      <PageHeader
        title="Representations"
        note={`Whom ${agency.name} represents. Each creator says what is seen, and either side ends it at once.`}
      />
      <div className="grid max-w-4xl gap-6">
        <Card title="Creators" flush>
          {creators.length > 0 ? (
            <RepresentedList
              agencyId={agency.id}
              isAdmin={isAdmin}
              teams={teams.map(({ id, name }) => ({ value: id, label: name }))}
              creators={creators.map(
                ({ id, creatorId, creatorName, runs, teamId, acceptedAt, toDay, ...scope }) => ({
                  ...{ id, creatorId, name: creatorName, runs, teamId, sees: scopeText(scope) },
                  since: dayText(acceptedAt.toISOString().slice(0, 10)),
                  lastDay: toDay && dayText(toDay),
                }),
              )}
            />
          ) : (
            <EmptyState icon={<Icon of={Handshake} />} title="No creator yet">
              {isAdmin
                ? "Ask one by mail below, or run one who has no account yet."
                : "Those of your teams show here."}
            </EmptyState>
          )}
        </Card>
        {asked.length > 0 && (
          <Card title="Asked, and not answered yet" flush>
            <PendingList
              caption="Open questions"
              whatHeader="You would see"
              rows={asked.map((each) => pendingOf(each, scopeText(each), locale))}
              of={{ agencyId: agency.id }}
              again={askAgain}
              withdraw={withdraw}
            />
          </Card>
        )}
        {isAdmin && (
          <Card
            title="Ask creators"
            note="Each gets a mail whose page says what you would see; nothing is shown before they accept there."
          >
            <AskForm id={randomUUID()} agencyId={agency.id} />
          </Card>
        )}
        {agency.role !== "assistant" && (
          <Card
            title="Run a creator without an account"
            note="You own it for now and log for them; later you hand it over by mail, with everything in it."
          >
            <RunForm
              ids={{ creator: randomUUID(), representation: randomUUID() }}
              agencyId={agency.id}
              currency={agency.currency}
              {...creatorChoices(locale)}
            />
          </Card>
        )}
      </div>
    </>
  );
}
