import { randomUUID } from "node:crypto";
import type { Metadata } from "next";
import { Card } from "@/components/ui/card";
import { PageHeader } from "@/components/ui/page-header";
import * as members from "@/db/members";
import { dayName } from "@/lib/format";
import { canManage } from "@/lib/model/access";
import { dayOf } from "@/lib/model/month";
import { requireUser } from "@/lib/server/viewer";
import { creatorChoices } from "../../../creator-choices";
import { openCreator } from "../open-creator";
import { CreatorForm } from "./creator-form";
import { InvitationList } from "./invitation-list";
import { InviteForm } from "./invite-form";
import { LeaveForm } from "./leave-form";
import { MemberList } from "./member-list";
import { PoolForm } from "./pool-form";

export const metadata: Metadata = { title: "Creator settings" };

type CreatorSettingsProps = { params: Promise<{ creatorId: string }> };

export default async function CreatorSettingsPage({ params }: CreatorSettingsProps) {
  const { user } = await requireUser();
  const { viewer, creator, notShared } = await openCreator((await params).creatorId, "house", "Settings");
  if (notShared) return notShared;
  const mayManage = canManage(creator.role);
  const [people, invitations] = await Promise.all([
    members.list(viewer, creator.id),
    mayManage ? members.listInvitations(viewer, creator.id) : [],
  ]);
  const now = new Date();
  return (
    <>
      <PageHeader title="Settings" note={creator.name} />
      <div className="grid max-w-3xl gap-6">
        <Card title="Creator" note={mayManage ? undefined : "Only an owner can change this."}>
          {mayManage ? (
            <CreatorForm creator={creator} {...creatorChoices(user.locale, creator.timeZone)} />
          ) : (
            <dl className="grid grid-cols-[auto_1fr] gap-x-6 gap-y-2 text-sm">
              <dt className="text-muted">Name</dt>
              <dd>{creator.name}</dd>
              <dt className="text-muted">Reports in</dt>
              <dd>{creator.currency}</dd>
              <dt className="text-muted">Time zone</dt>
              <dd>{creator.timeZone.replaceAll("_", " ")}</dd>
            </dl>
          )}
        </Card>
        {!creator.isSample && (
          <Card
            title="Pooling"
            note="Creators who agree to it begin from what each other's payouts have shown, not from published rates alone."
          >
            <div className="grid gap-4">
              <dl className="grid gap-x-6 gap-y-2 text-sm md:grid-cols-[auto_1fr]">
                <dt className="text-muted">Shared</dt>
                <dd>
                  For each stream and platform: how far your rate lies from the published one, and how sure
                  that is. With it your audience's regions and your niche.
                </dd>
                <dt className="text-muted">Never shared</dt>
                <dd>Amounts, views, videos, names, and whose rate it is.</dd>
                <dt className="text-muted">Used when</dt>
                <dd>
                  Five other creators or more agreed and none of them counts for more than 40 %; else the
                  published rate stands.
                </dd>
              </dl>
              {mayManage ? (
                <PoolForm creator={{ id: creator.id, pools: creator.pools, version: creator.version }} />
              ) : (
                <p className="text-sm">
                  {creator.pools ? "It is on." : "It is off."} Only an owner can change this.
                </p>
              )}
            </div>
          </Card>
        )}
        <Card
          title="Members"
          note="Owners decide about members and settings, editors log and correct, viewers only look."
          flush
        >
          <MemberList
            creatorId={creator.id}
            mayManage={mayManage}
            members={people.map(({ userId, name, email, role, version }) => ({
              userId,
              name,
              email,
              role,
              version,
              isSelf: userId === user.id,
            }))}
          />
        </Card>
        {mayManage && (
          <Card title="Invite somebody" note="By a mail with a link that works for seven days.">
            <InviteForm id={randomUUID()} creatorId={creator.id} />
          </Card>
        )}
        {invitations.length > 0 && (
          <Card title="Open invitations" flush>
            <InvitationList
              creatorId={creator.id}
              invitations={invitations.map(({ id, email, role, expiresAt }) => ({
                id,
                email,
                role,
                until: dayName(dayOf(expiresAt.toISOString().slice(0, 10)), user.locale),
                hasEnded: expiresAt <= now,
              }))}
            />
          </Card>
        )}
        <Card title="Leave" note={`Nothing of ${creator.name} is shown to you any more then.`}>
          <LeaveForm creatorId={creator.id} creatorName={creator.name} />
        </Card>
      </div>
    </>
  );
}
