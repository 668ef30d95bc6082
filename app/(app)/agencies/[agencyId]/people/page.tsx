import { randomUUID } from "node:crypto";
import type { Metadata } from "next";
import { Card } from "@/components/ui/card";
import { PageHeader } from "@/components/ui/page-header";
import * as agencies from "@/db/agencies";
import * as agencyMembers from "@/db/agency-members";
import * as representations from "@/db/representations";
import { AGENCY_ROLE_LABEL } from "@/lib/model/words";
import { pendingOf } from "../../../pending";
import { PendingList } from "../../../pending-list";
import { openAgency } from "../open-agency";
import { resendInvitation, revokeInvitation } from "./actions";
import { InviteForm } from "./invite-form";
import { LeaveForm } from "./leave-form";
import { MemberList } from "./member-list";
import { NewTeamForm, TeamList } from "./team-list";

export const metadata: Metadata = { title: "People & teams" };

export default async function PeoplePage({ params }: { params: Promise<{ agencyId: string }> }) {
  const { viewer, user, agency, isAdmin, locale } = await openAgency((await params).agencyId);
  const [people, teams, roster, invitations] = await Promise.all([
    agencyMembers.list(viewer, agency.id),
    agencies.listTeams(viewer, agency.id),
    representations.roster(viewer, agency.id),
    isAdmin ? agencyMembers.listInvitations(viewer, agency.id) : [],
  ]);
  const nameOf = new Map(teams.map(({ id, name }) => [id, name]));
  return (
    <>
      <PageHeader title="People & teams" note={agency.name} />
      <div className="grid max-w-3xl gap-6">
        <Card
          title="People"
          note="Admins see every creator, managers and assistants those of their teams; assistants change nothing."
          flush
        >
          <MemberList
            agencyId={agency.id}
            isAdmin={isAdmin}
            members={people.map(({ teams, ...member }) => ({
              ...member,
              teams: teams.map((id) => nameOf.get(id)).join(", "),
              isSelf: member.userId === user.id,
            }))}
          />
        </Card>
        {isAdmin && (
          <Card title="Invite somebody" note="By a mail with a link that works for seven days.">
            <InviteForm id={randomUUID()} agencyId={agency.id} />
          </Card>
        )}
        {invitations.length > 0 && (
          <Card title="Open invitations" flush>
            <PendingList
              caption="Open invitations"
              whatHeader="Role"
              rows={invitations.map((each) => pendingOf(each, AGENCY_ROLE_LABEL[each.role], locale))}
              of={{ agencyId: agency.id }}
              again={resendInvitation}
              withdraw={revokeInvitation}
            />
          </Card>
        )}
        <Card title="Teams" note="A team's managers and assistants see the creators it looks after." flush>
          {teams.length > 0 ? (
            <TeamList
              agencyId={agency.id}
              isAdmin={isAdmin}
              people={people.filter(({ role }) => role !== "admin")}
              teams={teams.map((team) => ({
                ...team,
                people: people.filter((person) => person.teams.includes(team.id)),
                creators: roster
                  .filter(({ teamId }) => teamId === team.id)
                  .map(({ creatorName }) => creatorName),
              }))}
            />
          ) : (
            !isAdmin && (
              <p className="px-5 pb-5 text-sm text-muted">There is no team yet. An admin makes one.</p>
            )
          )}
          {isAdmin && (
            <div className="border-t border-line p-5 max-md:px-4">
              <NewTeamForm id={randomUUID()} agencyId={agency.id} />
            </div>
          )}
        </Card>
        <Card title="Leave" note={`Nothing of ${agency.name} is shown to you any more then.`}>
          <LeaveForm agencyId={agency.id} agencyName={agency.name} />
        </Card>
      </div>
    </>
  );
}
