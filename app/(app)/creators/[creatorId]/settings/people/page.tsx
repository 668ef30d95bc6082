import { randomUUID } from "node:crypto";
import type { Metadata } from "next";
import { Card } from "@/components/ui/card";
import { PageHeader } from "@/components/ui/page-header";
import * as handovers from "@/db/handovers";
import * as looks from "@/db/looks";
import * as members from "@/db/members";
import * as representations from "@/db/representations";
import { dayName } from "@/lib/format";
import { canManage, type Viewer } from "@/lib/model/access";
import { dayOf } from "@/lib/model/month";
import { scopeText } from "@/lib/model/representation";
import { ROLE_LABEL } from "@/lib/model/words";
import { pendingOf } from "../../../../pending";
import { PendingList } from "../../../../pending-list";
import { openCreator } from "../../open-creator";
import { SettingsTabs } from "../settings-tabs";
import {
  askAgain,
  offerAgain,
  resendInvitation,
  revokeInvitation,
  withdrawHandover,
  withdrawQuestion,
} from "./actions";
import { AgencyCard } from "./agency-card";
import { AskAgencyForm } from "./ask-agency-form";
import { HandoverForm } from "./handover-form";
import { InviteForm } from "./invite-form";
import { LeaveForm } from "./leave-form";
import { LookerTable } from "./looker-table";
import { MemberList } from "./member-list";

export const metadata: Metadata = { title: "Who sees this creator" };

type Props = { params: Promise<{ creatorId: string }> };

/** Members and agencies in one place: who sees the creator, how much, and the way to end it. */
export default async function CreatorPeoplePage({ params }: Props) {
  const { viewer, user, creator, locale, notShared } = await openCreator(
    (await params).creatorId,
    "house",
    "Who sees this creator",
  );
  if (notShared) return notShared;
  const mayManage = canManage(creator.role);
  const [people, owned] = await Promise.all([
    members.list(viewer, creator.id),
    mayManage ? ownersPart(viewer, creator.id) : null,
  ]);
  const of = { creatorId: creator.id };
  return (
    <>
      <PageHeader title="Who sees this creator" note={creator.name} />
      <SettingsTabs creatorId={creator.id} at="people" />
      <div className="grid max-w-3xl gap-6">
        <Card
          title="Members"
          note="Owners decide about members and settings, editors log and correct, viewers only look."
          flush
        >
          <MemberList
            creatorId={creator.id}
            mayManage={mayManage}
            members={people.map(({ userId, name, email, role, version }) => ({
              ...{ userId, name, email, role, version },
              isSelf: userId === user.id,
            }))}
          />
        </Card>
        {owned && (
          <>
            {owned.agencies.map((agency) => (
              <AgencyCard key={agency.id} creatorId={creator.id} agency={listedOf(agency, locale)} />
            ))}
            {owned.asked.length > 0 && (
              <Card title="Agencies that were asked" flush>
                <PendingList
                  caption="Agencies that were asked"
                  whatHeader="It would see"
                  rows={owned.asked.map((each) => pendingOf(each, scopeText(each), locale))}
                  of={of}
                  again={askAgain}
                  withdraw={withdrawQuestion}
                />
              </Card>
            )}
            {owned.invitations.length > 0 && (
              <Card title="Open invitations" flush>
                <PendingList
                  caption="Open invitations"
                  whatHeader="Role"
                  rows={owned.invitations.map((each) => pendingOf(each, ROLE_LABEL[each.role], locale))}
                  of={of}
                  again={resendInvitation}
                  withdraw={revokeInvitation}
                />
              </Card>
            )}
            {owned.run && (
              <Card
                title={`Hand over ${creator.name}`}
                note="An agency runs this creator. The person it is about takes over by a mail: with everything in it, and nobody of the agency owns it then."
                flush={owned.run.offers.length > 0}
              >
                {owned.run.offers.length > 0 && (
                  <PendingList
                    caption="Offers to hand over"
                    whatHeader="Offered"
                    rows={owned.run.offers.map((each) => pendingOf(each, "Everything", locale))}
                    of={of}
                    again={offerAgain}
                    withdraw={withdrawHandover}
                  />
                )}
                {owned.run.offers.length === 0 && <HandoverForm id={randomUUID()} creatorId={creator.id} />}
              </Card>
            )}
            {owned.agencies.length + owned.lookers.length > 0 && (
              <Card
                title="Who looked at amounts"
                note="People of agencies, with the days on which they looked; those whose agency sees nothing any more too."
                flush
              >
                <LookerTable lookers={owned.lookers} locale={locale} />
              </Card>
            )}
            <Card title="Invite somebody" note="By a mail with a link that works for seven days.">
              <InviteForm id={randomUUID()} creatorId={creator.id} />
            </Card>
            <Card
              title="Ask an agency to represent you"
              note="It sees what you say here once one of its admins accepts, and you can change or end it at any moment."
            >
              <AskAgencyForm id={randomUUID()} creatorId={creator.id} />
            </Card>
          </>
        )}
        <Card title="Leave" note={`Nothing of ${creator.name} is shown to you any more then.`}>
          <LeaveForm creatorId={creator.id} creatorName={creator.name} />
        </Card>
      </div>
    </>
  );
}

async function ownersPart(viewer: Viewer, creatorId: string) {
  const [agencies, asked, invitations, run, lookers] = await Promise.all([
    representations.list(viewer, creatorId),
    representations.listAskedByCreator(viewer, creatorId),
    members.listInvitations(viewer, creatorId),
    handovers.find(viewer, creatorId),
    looks.list(viewer, creatorId),
  ]);
  return { agencies, asked, invitations, run, lookers };
}

function listedOf({ acceptedAt, ...agency }: representations.Representation, locale: string) {
  const dayText = (day: string) => dayName(dayOf(day), locale);
  return {
    ...agency,
    since: dayText(acceptedAt.toISOString().slice(0, 10)),
    lastDay: agency.toDay && dayText(agency.toDay),
  };
}
