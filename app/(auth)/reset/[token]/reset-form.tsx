"use client";

import { useActionState } from "react";
import { errorOf, Form } from "@/components/ui/form";
import { TextField } from "@/components/ui/input";
import { SubmitButton } from "@/components/ui/submit-button";
import { IDLE } from "@/lib/model/action-state";
import { PASSWORD_HINT } from "../../password-hint";
import { reset } from "./actions";

export function ResetForm({ token, email }: { token: string; email: string }) {
  const [state, action] = useActionState(reset, IDLE);
  return (
    <Form action={action} state={state} keep>
      <input type="hidden" name="token" value={token} />
      <TextField name="email" label="Account" type="email" autoComplete="username" readOnly value={email} />
      <TextField
        name="password"
        label="New password"
        type="password"
        autoComplete="new-password"
        required
        hint={PASSWORD_HINT}
        error={errorOf(state, "password")}
      />
      <SubmitButton size="lg" pendingLabel="Saving…">
        Set the password
      </SubmitButton>
    </Form>
  );
}
