import { randomUUID } from "node:crypto";
import type { Metadata } from "next";
import { Card } from "@/components/ui/card";
import { PageHeader } from "@/components/ui/page-header";
import * as agencies from "@/db/agencies";
import * as agencyMembers from "@/db/agency-members";
import * as representations from "@/db/representations";
import { AGENCY_ROLE_LABEL, AGENCY_ROLES, type AgencyRole } from "@/lib/model/words";
import { InviteForm } from "../../../invite-form";
import { LeaveForm } from "../../../leave-form";
import { MemberList } from "../../../member-list";
import { pendingOf } from "../../../pending";
import { PendingList } from "../../../pending-list";
import { openAgency } from "../open-agency";
import { changeRole, invite, leave, removeMember, resendInvitation, revokeInvitation } from "./actions";
import { NewTeamForm, TeamList } from "./team-list";

export const metadata: Metadata = { title: "People & teams" };

const ROLE_HINT: Readonly<Record<AgencyRole, string>> = {
  assistant: "Sees the creators of their teams, changes nothing.",
  manager: "Sees the creators of their teams, and works for them as far as each allows.",
  admin: "Sees every creator, and decides about people, teams and settings.",
};
const ROLES = AGENCY_ROLES.map((role) => ({
  value: role,
  label: AGENCY_ROLE_LABEL[role],
  hint: ROLE_HINT[role],
}));

export default async function PeoplePage({ params }: { params: Promise<{ agencyId: string }> }) {
  const { viewer, user, agency, isAdmin, locale } = await openAgency((await params).agencyId);
  const [people, teams, roster, invitations] = await Promise.all([
    agencyMembers.list(viewer, agency.id),
    agencies.listTeams(viewer, agency.id),
    representations.roster(viewer, agency.id),
    isAdmin ? agencyMembers.listInvitations(viewer, agency.id) : [],
  ]);
  const of = { agencyId: agency.id };
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
            caption="People"
            members={people.map(({ teams, ...member }) => ({
              ...member,
              isSelf: member.userId === user.id,
              removal: `From the next click on, no creator of the agency is shown to ${member.name}. Creators that the agency runs and ${member.name} owns for now pass to you.`,
              more: {
                Teams:
                  member.role === "admin"
                    ? "Sees every creator"
                    : teams.map((id) => nameOf.get(id)).join(", ") || "None yet",
              },
            }))}
            roles={ROLES}
            more={["Teams"]}
            of={of}
            mayManage={isAdmin}
            changeRole={changeRole}
            removeMember={removeMember}
          />
        </Card>
        {isAdmin && (
          <Card title="Invite somebody" note="By a mail with a link that works for seven days.">
            <InviteForm
              id={randomUUID()}
              of={of}
              roles={[...ROLES].reverse()}
              usual="manager"
              invite={invite}
            />
          </Card>
        )}
        <PendingList
          title="Open invitations"
          whatHeader="Role"
          rows={invitations.map((each) => pendingOf(each, AGENCY_ROLE_LABEL[each.role], locale))}
          of={of}
          again={resendInvitation}
          withdraw={revokeInvitation}
        />
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
          <LeaveForm
            name={agency.name}
            of={of}
            note="Creators that the agency runs and you own for now pass to an admin."
            leave={leave}
          />
        </Card>
      </div>
    </>
  );
}
