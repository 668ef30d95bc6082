"use client";

import { useActionState } from "react";
import { Badge } from "@/components/ui/badge";
import { Dialog, DialogCancel } from "@/components/ui/dialog";
import { FormErrorSummary } from "@/components/ui/form-error-summary";
import { Select } from "@/components/ui/select";
import { SubmitButton } from "@/components/ui/submit-button";
import { type Column, Table } from "@/components/ui/table";
import { ToastOn } from "@/components/ui/toast";
import { IDLE } from "@/lib/model/action-state";
import { ROLE_LABEL, ROLES, type Role } from "@/lib/model/words";
import { changeRole, removeMember } from "./actions";

export type ListedMember = {
  userId: string;
  name: string;
  email: string;
  role: Role;
  version: number;
  isSelf: boolean;
};

type MemberListProps = { creatorId: string; mayManage: boolean; members: readonly ListedMember[] };

const ROLE_OPTIONS = ROLES.map((role) => ({ value: role, label: ROLE_LABEL[role] }));

export function MemberList({ creatorId, mayManage, members }: MemberListProps) {
  const [changed, change] = useActionState(changeRole, IDLE);
  const [removed, remove] = useActionState(removeMember, IDLE);

  const about = ({ userId, version }: ListedMember) => (
    <>
      <input type="hidden" name="creatorId" value={creatorId} />
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
        mayManage ? (
          <form action={change} className="inline-flex items-center gap-2">
            {about(member)}
            <Select
              name="role"
              aria-label={`Role of ${member.name}`}
              options={ROLE_OPTIONS}
              defaultValue={member.role}
              className="w-28"
            />
            <SubmitButton variant="secondary" size="sm" aria-label={`Change the role of ${member.name}`}>
              Change
            </SubmitButton>
          </form>
        ) : (
          ROLE_LABEL[member.role]
        ),
    },
    ...(mayManage
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
                      From the next click on, nothing of this creator is shown to {member.name}. What was
                      logged stays.
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
      {changed.status === "invalid" && (
        <div className="px-5 pb-3 max-md:px-4">
          <FormErrorSummary state={changed} />
        </div>
      )}
      {removed.status === "invalid" && (
        <div className="px-5 pb-3 max-md:px-4">
          <FormErrorSummary state={removed} />
        </div>
      )}
      <Table caption="Members" columns={columns} rows={members} rowKey={({ userId }) => userId} />
      {changed.status === "done" && <ToastOn of={changed} message={changed.message} />}
      {removed.status === "done" && <ToastOn of={removed} message={removed.message} />}
    </>
  );
}
