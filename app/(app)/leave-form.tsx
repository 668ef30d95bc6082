"use client";

import { useActionState } from "react";
import { Dialog, DialogCancel } from "@/components/ui/dialog";
import { Form } from "@/components/ui/form";
import { HiddenFields } from "@/components/ui/hidden-fields";
import { SubmitButton } from "@/components/ui/submit-button";
import { type ActionState, IDLE } from "@/lib/model/action-state";

type LeaveFormProps = {
  name: string;
  /** What is left, as the form sends it: `{ agencyId }`. */
  of: Readonly<Record<string, string>>;
  /** what becomes of what the person did */
  note: string;
  leave: (previous: ActionState<undefined>, form: FormData) => Promise<ActionState<undefined>>;
};

/** Ends one's own belonging to a creator or an agency. */
export function LeaveForm({ name, of, note, leave }: LeaveFormProps) {
  const [state, action] = useActionState(leave, IDLE);
  return (
    <Dialog label="Leave" title={`Leave ${name}?`}>
      <Form action={action} state={state}>
        <HiddenFields of={of} />
        <p className="text-sm text-muted">To come back you need a new invitation. {note}</p>
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
