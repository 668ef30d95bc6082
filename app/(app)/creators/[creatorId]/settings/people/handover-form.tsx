"use client";

import { useActionState } from "react";
import { FreshId } from "@/app/fresh-id";
import { errorOf, Form, typedOf } from "@/components/ui/form";
import { TextField } from "@/components/ui/input";
import { SubmitButton } from "@/components/ui/submit-button";
import { ToastOn } from "@/components/ui/toast";
import { IDLE } from "@/lib/model/action-state";
import { offerHandover } from "./actions";

export function HandoverForm({ id, creatorId }: { id: string; creatorId: string }) {
  const [state, action] = useActionState(offerHandover, IDLE);
  return (
    <Form action={action} state={state}>
      <FreshId initial={id} state={state} />
      <input type="hidden" name="creatorId" value={creatorId} />
      <TextField
        name="email"
        id="handover-email"
        label="E-mail address of the person it is about"
        type="email"
        autoComplete="off"
        required
        defaultValue={typedOf(state, "email", "")}
        error={errorOf(state, "email")}
      />
      <div>
        <SubmitButton pendingLabel="Sending…">Offer to hand over</SubmitButton>
      </div>
      {state.status === "done" && <ToastOn of={state} message={state.message} />}
    </Form>
  );
}
