"use client";

import { useActionState } from "react";
import { Dialog, DialogCancel } from "@/components/ui/dialog";
import { Form } from "@/components/ui/form";
import { SubmitButton } from "@/components/ui/submit-button";
import { IDLE } from "@/lib/model/action-state";
import { leave } from "./actions";

export function LeaveForm({ agencyId, agencyName }: { agencyId: string; agencyName: string }) {
  const [state, action] = useActionState(leave, IDLE);
  return (
    <Dialog label="Leave" title={`Leave ${agencyName}?`}>
      <Form action={action} state={state}>
        <input type="hidden" name="agencyId" value={agencyId} />
        <p className="text-sm text-muted">
          To come back you need a new invitation. Creators that the agency runs and you own for now pass to an
          admin.
        </p>
        <div className="flex flex-wrap justify-end gap-2">
          <DialogCancel />
          <SubmitButton variant="danger" pendingLabel="Leaving…">
            Leave
          </SubmitButton>
        </div>
      </Form>
    </Dialog>
  );
}
