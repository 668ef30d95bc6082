"use client";

import { useActionState } from "react";
import { errorOf, Form } from "@/components/ui/form";
import { TextField } from "@/components/ui/input";
import { SubmitButton } from "@/components/ui/submit-button";
import { IDLE } from "@/lib/model/action-state";
import { unlock } from "./actions";

export function UnlockForm({ token }: { token: string }) {
  const [state, send] = useActionState(unlock, IDLE);
  return (
    <Form action={send} state={state}>
      <input type="hidden" name="token" value={token} />
      <TextField
        name="password"
        type="password"
        label="Passphrase"
        autoComplete="off"
        error={errorOf(state, "password")}
      />
      <div>
        <SubmitButton pendingLabel="Opening…">Open the statement</SubmitButton>
      </div>
    </Form>
  );
}
