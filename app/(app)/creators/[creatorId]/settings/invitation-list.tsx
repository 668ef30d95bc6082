"use client";

import { useActionState } from "react";
import { Badge } from "@/components/ui/badge";
import { FormErrorSummary } from "@/components/ui/form-error-summary";
import { SubmitButton } from "@/components/ui/submit-button";
import { type Column, Table } from "@/components/ui/table";
import { ToastOn } from "@/components/ui/toast";
import { IDLE } from "@/lib/model/action-state";
import { ROLE_LABEL, type Role } from "@/lib/model/words";
import { resendInvitation, revokeInvitation } from "./actions";

export type ListedInvitation = { id: string; email: string; role: Role; until: string; hasEnded: boolean };

type InvitationListProps = { creatorId: string; invitations: readonly ListedInvitation[] };

export function InvitationList({ creatorId, invitations }: InvitationListProps) {
  const [resent, resend] = useActionState(resendInvitation, IDLE);
  const [revoked, revoke] = useActionState(revokeInvitation, IDLE);
  const columns: readonly Column<ListedInvitation>[] = [
    { key: "email", header: "Address", lead: true, cell: ({ email }) => email },
    { key: "role", header: "Role", cell: ({ role }) => ROLE_LABEL[role] },
    {
      key: "until",
      header: "Good until",
      cell: ({ until, hasEnded }) => (hasEnded ? <Badge tone="warn">Ended {until}</Badge> : until),
    },
    {
      key: "actions",
      header: "Actions",
      hideHeader: true,
      phone: "bare",
      cell: ({ id, email }) => (
        <div className="flex flex-wrap justify-end gap-2">
          <form action={resend}>
            <Hidden creatorId={creatorId} id={id} />
            <SubmitButton variant="secondary" size="sm" aria-label={`Send again to ${email}`}>
              Send again
            </SubmitButton>
          </form>
          <form action={revoke}>
            <Hidden creatorId={creatorId} id={id} />
            <SubmitButton variant="secondary" size="sm" aria-label={`Withdraw the invitation to ${email}`}>
              Withdraw
            </SubmitButton>
          </form>
        </div>
      ),
    },
  ];
  return (
    <>
      {resent.status === "invalid" && (
        <div className="px-5 pb-3 max-md:px-4">
          <FormErrorSummary state={resent} />
        </div>
      )}
      {revoked.status === "invalid" && (
        <div className="px-5 pb-3 max-md:px-4">
          <FormErrorSummary state={revoked} />
        </div>
      )}
      <Table caption="Open invitations" columns={columns} rows={invitations} rowKey={({ id }) => id} />
      {resent.status === "done" && <ToastOn of={resent} message={resent.message} />}
      {revoked.status === "done" && <ToastOn of={revoked} message={revoked.message} />}
    </>
  );
}

function Hidden({ creatorId, id }: { creatorId: string; id: string }) {
  return (
    <>
      <input type="hidden" name="creatorId" value={creatorId} />
      <input type="hidden" name="id" value={id} />
    </>
  );
}
