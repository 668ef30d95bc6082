"use client";

import { useActionState } from "react";
import { CheckboxField } from "@/components/ui/checkbox";
import { Form } from "@/components/ui/form";
import { SubmitButton } from "@/components/ui/submit-button";
import { ToastOn } from "@/components/ui/toast";
import { IDLE } from "@/lib/model/action-state";
import { chooseAlerts, markAlertsSeen } from "./actions";

export type ListedChoice = { kind: string; label: string; inApp: boolean; byMail: boolean };

/** Which alerts this person wants, and how. */
export function ChoiceForm({ creatorId, choices }: { creatorId: string; choices: readonly ListedChoice[] }) {
  const [state, send] = useActionState(chooseAlerts, IDLE);
  const done = state.status === "done" ? state : null;
  return (
    <Form action={send} state={state} keep>
      <input type="hidden" name="creatorId" value={creatorId} />
      <ul className="grid gap-3">
        {choices.map(({ kind, label, inApp, byMail }) => (
          <li key={kind}>
            <fieldset className="grid items-center gap-x-6 gap-y-1 sm:grid-cols-[16rem_auto_auto_1fr]">
              <legend className="float-start text-sm">{label}</legend>
              <CheckboxField name={`${kind}-app`} label="In the app" defaultChecked={inApp} />
              <CheckboxField name={`${kind}-mail`} label="By mail" defaultChecked={byMail} />
            </fieldset>
          </li>
        ))}
      </ul>
      <div>
        <SubmitButton pendingLabel="Saving…">Save choice</SubmitButton>
      </div>
      <ToastOn of={done} message={done?.message ?? ""} />
    </Form>
  );
}

export function SeenButton({ creatorId }: { creatorId: string }) {
  const [state, send] = useActionState(markAlertsSeen, IDLE);
  const done = state.status === "idle" ? null : state;
  return (
    <form action={send}>
      <input type="hidden" name="creatorId" value={creatorId} />
      <SubmitButton variant="secondary" size="sm" pendingLabel="Marking…">
        Mark all as seen
      </SubmitButton>
      <ToastOn of={done} message={done?.message ?? ""} tone={state.status === "done" ? "success" : "error"} />
    </form>
  );
}
