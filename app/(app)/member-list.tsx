"use client";

import { useActionState } from "react";
import { Badge } from "@/components/ui/badge";
import { Dialog, DialogCancel } from "@/components/ui/dialog";
import { HiddenFields } from "@/components/ui/hidden-fields";
import { Select } from "@/components/ui/select";
import { SubmitButton } from "@/components/ui/submit-button";
import { type Column, Table } from "@/components/ui/table";
import { type ActionState, IDLE } from "@/lib/model/action-state";
import { Outcomes } from "./outcomes";

export type ListedMember = {
  userId: string;
  name: string;
  email: string;
  role: string;
  version: number;
  isSelf: boolean;
  /** what it means when the person is removed */
  removal: string;
  /** what is said of the person besides, as texts under the headers of `more` */
  more?: Readonly<Record<string, string>>;
};

type Act = (previous: ActionState<undefined>, form: FormData) => Promise<ActionState<undefined>>;

type MemberListProps = {
  caption: string;
  members: readonly ListedMember[];
  roles: readonly { readonly value: string; readonly label: string }[];
  more?: readonly string[];
  /** Whose members they are, as the forms send it: `{ agencyId }`. */
  of: Readonly<Record<string, string>>;
  mayManage: boolean;
  changeRole: Act;
  removeMember: Act;
};

/** Who belongs to a creator or an agency; for its owners and admins with what they can do about it. */
export function MemberList(props: MemberListProps) {
  const { caption, members, roles, more = [], of, mayManage } = props;
  const [changed, change] = useActionState(props.changeRole, IDLE);
  const [removed, remove] = useActionState(props.removeMember, IDLE);
  const labelOf = (role: string) => roles.find(({ value }) => value === role)?.label ?? role;

  const about = ({ userId, version }: ListedMember) => (
    <HiddenFields of={{ ...of, userId, version: String(version) }} />
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
              options={roles}
              defaultValue={member.role}
              className="w-32"
            />
            <SubmitButton variant="secondary" size="sm" aria-label={`Change the role of ${member.name}`}>
              Change
            </SubmitButton>
          </form>
        ) : (
          labelOf(member.role)
        ),
    },
    ...more.map((header) => ({ key: header, header, cell: (member: ListedMember) => member.more?.[header] })),
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
                    <p className="text-sm text-muted">{member.removal}</p>
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
      <Table caption={caption} columns={columns} rows={members} rowKey={({ userId }) => userId} />
    </>
  );
}
