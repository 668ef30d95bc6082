"use client";

import { useActionState } from "react";
import { Form } from "@/components/ui/form";
import { Notice } from "@/components/ui/notice";
import { SubmitButton } from "@/components/ui/submit-button";
import { IDLE } from "@/lib/model/action-state";
import { switchOff } from "./actions";

export function OffForm({ token }: { token: string }) {
  const [state, send] = useActionState(switchOff, IDLE);
  if (state.status === "done")
    return (
      <Notice tone="success" live>
        {state.message}
      </Notice>
    );
  return (
    <Form action={send} state={state}>
      <input type="hidden" name="token" value={token} />
      <SubmitButton size="lg" pendingLabel="Switching off…">
        Switch these mails off
      </SubmitButton>
    </Form>
  );
}
