"use client";

import { useActionState } from "react";
import { Badge } from "@/components/ui/badge";
import { Dialog, DialogCancel } from "@/components/ui/dialog";
import { Select } from "@/components/ui/select";
import { SubmitButton } from "@/components/ui/submit-button";
import { type Column, Table } from "@/components/ui/table";
import { IDLE } from "@/lib/model/action-state";
import { AGENCY_ROLE_LABEL, AGENCY_ROLES, type AgencyRole } from "@/lib/model/words";
import { Outcomes } from "../../../outcomes";
import { changeRole, removeMember } from "./actions";

export type ListedMember = {
  userId: string;
  name: string;
  email: string;
  role: AgencyRole;
  version: number;
  /** names of the teams, as one text */
  teams: string;
  isSelf: boolean;
};

type MemberListProps = { agencyId: string; isAdmin: boolean; members: readonly ListedMember[] };

const ROLE_OPTIONS = AGENCY_ROLES.map((role) => ({ value: role, label: AGENCY_ROLE_LABEL[role] }));

export function MemberList({ agencyId, isAdmin, members }: MemberListProps) {
  const [changed, change] = useActionState(changeRole, IDLE);
  const [removed, remove] = useActionState(removeMember, IDLE);
  const about = ({ userId, version }: ListedMember) => (
    <>
      <input type="hidden" name="agencyId" value={agencyId} />
      <input type="hidden" name="userId" value={userId} />
      <input type="hidden" name="version" value={version} />
    </>
  );
  const columns: readonly Column<ListedMember>[] = [
    {
      key: "name",
      header: "Name",
      lead: true,
      cell: ({ name, email, isSelf }) => (
        <div>
          <span className="inline-flex flex-wrap items-center gap-2">
            {name}
            {isSelf && <Badge tone="accent">You</Badge>}
          </span>
          <span className="block font-normal text-muted">{email}</span>
        </div>
      ),
    },
    {
      key: "role",
      header: "Role",
      cell: (member) =>
        isAdmin ? (
          <form action={change} className="inline-flex items-center gap-2">
            {about(member)}
            <Select
              name="role"
              aria-label={`Role of ${member.name}`}
              options={ROLE_OPTIONS}
              defaultValue={member.role}
              className="w-32"
            />
            <SubmitButton variant="secondary" size="sm" aria-label={`Change the role of ${member.name}`}>
              Change
            </SubmitButton>
          </form>
        ) : (
          AGENCY_ROLE_LABEL[member.role]
        ),
    },
    {
      key: "teams",
      header: "Teams",
      cell: ({ role, teams }) => (role === "admin" ? "Sees every creator" : teams || "None yet"),
    },
    ...(isAdmin
      ? [
          {
            key: "remove",
            header: "Remove",
            hideHeader: true,
            phone: "bare" as const,
            className: "text-end",
            cell: (member: ListedMember) =>
              !member.isSelf && (
                <Dialog
                  label="Remove"
                  name={`Remove ${member.name}`}
                  title={`Remove ${member.name}?`}
                  size="sm"
                >
                  <form action={remove} className="grid gap-4">
                    {about(member)}
                    <p className="text-sm text-muted">
                      From the next click on, no creator of the agency is shown to {member.name}. Creators
                      that the agency runs and {member.name} owns for now pass to you.
                    </p>
                    <div className="flex flex-wrap justify-end gap-2">
                      <DialogCancel />
                      <SubmitButton variant="danger" pendingLabel="Removing…">
                        Remove
                      </SubmitButton>
                    </div>
                  </form>
                </Dialog>
              ),
          },
        ]
      : []),
  ];
  return (
    <>
      <Outcomes of={[changed, removed]} />
      <Table caption="People" columns={columns} rows={members} rowKey={({ userId }) => userId} />
    </>
  );
}
