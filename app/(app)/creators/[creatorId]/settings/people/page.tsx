import { randomUUID } from "node:crypto";
import type { Metadata } from "next";
import { Card } from "@/components/ui/card";
import { PageHeader } from "@/components/ui/page-header";
import * as agencies from "@/db/agencies";
import * as handovers from "@/db/handovers";
import * as looks from "@/db/looks";
import * as members from "@/db/members";
import * as representations from "@/db/representations";
import { dayName } from "@/lib/format";
import { canManage, type Viewer } from "@/lib/model/access";
import { dayOf } from "@/lib/model/month";
import { scopeText } from "@/lib/model/representation";
import { ROLE_LABEL, ROLES, type Role } from "@/lib/model/words";
import { InviteForm } from "../../../../invite-form";
import { LeaveForm } from "../../../../leave-form";
import { MemberList } from "../../../../member-list";
import { pendingOf } from "../../../../pending";
import { PendingList } from "../../../../pending-list";
import { openCreator } from "../../open-creator";
import { SettingsTabs } from "../settings-tabs";
import {
  askAgain,
  changeRole,
  invite,
  leave,
  offerAgain,
  removeMember,
  resendInvitation,
  revokeInvitation,
  withdrawHandover,
  withdrawQuestion,
} from "./actions";
import { AgencyCards } from "./agency-cards";
import { AskAgencyForm } from "./ask-agency-form";
import { HandoverForm } from "./handover-form";
import { LookerTable } from "./looker-table";

export const metadata: Metadata = { title: "Who sees this creator" };

const ROLE_HINT: Readonly<Record<Role, string>> = {
  viewer: "Sees everything, changes nothing.",
  editor: "Logs and corrects videos, views and payouts.",
  owner: "Decides about members and settings too.",
};
const MEMBER_ROLES = ROLES.map((role) => ({ value: role, label: ROLE_LABEL[role], hint: ROLE_HINT[role] }));

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
            caption="Members"
            members={people.map(({ userId, name, email, role, version }) => ({
              ...{ userId, name, email, role, version },
              isSelf: userId === user.id,
              removal: `From the next click on, nothing of this creator is shown to ${name}. What was logged stays.`,
            }))}
            roles={MEMBER_ROLES}
            of={of}
            mayManage={mayManage}
            changeRole={changeRole}
            removeMember={removeMember}
          />
        </Card>
        {owned && (
          <>
            <AgencyCards
              creatorId={creator.id}
              agencies={owned.agencies.map((agency) => listedOf(agency, owned.ownAgencies, locale))}
            />
            <PendingList
              title="Agencies that were asked"
              whatHeader="It would see"
              rows={owned.asked.map((each) => pendingOf(each, scopeText(each), locale))}
              of={of}
              again={askAgain}
              withdraw={withdrawQuestion}
            />
            <PendingList
              title="Open invitations"
              whatHeader="Role"
              rows={owned.invitations.map((each) => pendingOf(each, ROLE_LABEL[each.role], locale))}
              of={of}
              again={resendInvitation}
              withdraw={revokeInvitation}
            />
            <PendingList
              title="Offered, and not taken over yet"
              whatHeader="Offered"
              rows={(owned.run?.offers ?? []).map((each) => pendingOf(each, "Everything", locale))}
              of={of}
              again={offerAgain}
              withdraw={withdrawHandover}
            />
            {owned.run && (
              <Card
                title={`Hand over ${creator.name}`}
                note="An agency runs this creator. The person it is about takes over by a mail: with everything in it, and nobody of the agency owns it then."
              >
                <HandoverForm id={randomUUID()} creatorId={creator.id} />
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
              <InviteForm
                id={randomUUID()}
                of={of}
                roles={[...MEMBER_ROLES].reverse()}
                usual="viewer"
                invite={invite}
              />
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
          <LeaveForm name={creator.name} of={of} note="What you logged stays." leave={leave} />
        </Card>
      </div>
    </>
  );
}

async function ownersPart(viewer: Viewer, creatorId: string) {
  const [represented, asked, invitations, run, lookers, own] = await Promise.all([
    representations.list(viewer, creatorId),
    representations.listAskedByCreator(viewer, creatorId),
    members.listInvitations(viewer, creatorId),
    handovers.find(viewer, creatorId),
    looks.list(viewer, creatorId),
    agencies.list(viewer),
  ]);
  const ownAgencies = new Set(own.map(({ id }) => id));
  return { agencies: represented, asked, invitations, run, lookers, ownAgencies };
}

function listedOf(
  { acceptedAt, runs, ...agency }: representations.Representation,
  ownAgencies: ReadonlySet<string>,
  locale: string,
) {
  const dayText = (day: string) => dayName(dayOf(day), locale);
  return {
    ...agency,
    mayEnd: !runs || !ownAgencies.has(agency.agencyId),
    since: dayText(acceptedAt.toISOString().slice(0, 10)),
    lastDay: agency.toDay && dayText(agency.toDay),
  };
}
