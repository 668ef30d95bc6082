"use client";

import { useActionState } from "react";
import { Dialog, DialogCancel } from "@/components/ui/dialog";
import { Form } from "@/components/ui/form";
import { SubmitButton } from "@/components/ui/submit-button";
import { IDLE } from "@/lib/model/action-state";
import { leave } from "./actions";

export function LeaveForm({ creatorId, creatorName }: { creatorId: string; creatorName: string }) {
  const [state, action] = useActionState(leave, IDLE);
  return (
    <Dialog label="Leave" title={`Leave ${creatorName}?`}>
      <Form action={action} state={state}>
        <input type="hidden" name="creatorId" value={creatorId} />
        <p className="text-sm text-muted">To come back you need a new invitation. What you logged stays.</p>
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
