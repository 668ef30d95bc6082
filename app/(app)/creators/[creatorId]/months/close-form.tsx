"use client";

import { useActionState } from "react";
import { FreshId } from "@/app/fresh-id";
import { Dialog, DialogCancel } from "@/components/ui/dialog";
import { errorOf, Form, typedOf } from "@/components/ui/form";
import { SubmitButton } from "@/components/ui/submit-button";
import { TextareaField } from "@/components/ui/textarea";
import { ToastOn } from "@/components/ui/toast";
import { IDLE } from "@/lib/model/action-state";
import { closeMonth, reopenMonth } from "./actions";

type MonthFormProps = { creatorId: string; month: string; name: string; initialId: string };

/** `seen`: what the review beside it was made of, so that nothing is closed that nobody looked at. */
export function CloseForm({ creatorId, month, name, initialId, seen }: MonthFormProps & { seen: string }) {
  const [state, send] = useActionState(closeMonth, IDLE);
  const done = state.status === "done" ? state : null;
  return (
    <Form action={send} state={state} keep>
      <FreshId initial={initialId} state={state} />
      <input type="hidden" name="creatorId" value={creatorId} />
      <input type="hidden" name="month" value={month} />
      <input type="hidden" name="seen" value={seen} />
      <div>
        <SubmitButton pendingLabel="Closing…">Close {name}</SubmitButton>
      </div>
      <ToastOn of={done} message={done?.message ?? ""} />
    </Form>
  );
}

export function ReopenForm({ creatorId, month, name, initialId }: MonthFormProps) {
  const [state, send] = useActionState(reopenMonth, IDLE);
  const done = state.status === "done" ? state : null;
  return (
    <Dialog label="Open it again" title={`Open ${name} again?`}>
      <Form action={send} state={state}>
        <FreshId initial={initialId} state={state} />
        <input type="hidden" name="creatorId" value={creatorId} />
        <input type="hidden" name="month" value={month} />
        <p className="text-sm text-muted">
          Its statement stays as it is. What was booked in a later month stays there; what comes from now on
          is booked in {name} until it is closed again.
        </p>
        <TextareaField
          name="reason"
          id="reopen-reason"
          label="Why"
          hint="Stays beside the statement, for whoever asks later."
          maxLength={500}
          error={errorOf(state, "reason")}
          defaultValue={typedOf(state, "reason", "")}
        />
        <div className="flex flex-wrap justify-end gap-2">
          <DialogCancel />
          <SubmitButton pendingLabel="Opening…">Open it again</SubmitButton>
        </div>
        <ToastOn of={done} message={done?.message ?? ""} />
      </Form>
    </Dialog>
  );
}
