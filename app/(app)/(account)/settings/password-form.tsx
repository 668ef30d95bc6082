"use client";

import { useActionState } from "react";
import { errorOf, Form } from "@/components/ui/form";
import { TextField } from "@/components/ui/input";
import { SubmitButton } from "@/components/ui/submit-button";
import { ToastOn } from "@/components/ui/toast";
import { IDLE } from "@/lib/model/action-state";
import { changePassword } from "./actions";

export function PasswordForm({ email }: { email: string }) {
  const [state, action] = useActionState(changePassword, IDLE);
  return (
    <Form action={action} state={state}>
      {/* For password managers: which account this is about. */}
      <input type="email" autoComplete="username" value={email} readOnly hidden />
      <TextField
        name="currentPassword"
        label="Current password"
        type="password"
        autoComplete="current-password"
        required
        error={errorOf(state, "currentPassword")}
      />
      <TextField
        name="newPassword"
        label="New password"
        type="password"
        autoComplete="new-password"
        required
        hint="At least 15 characters. A few unrelated words are easy to keep; spaces are welcome."
        error={errorOf(state, "newPassword")}
      />
      <div>
        <SubmitButton pendingLabel="Saving…">Change the password</SubmitButton>
      </div>
      {state.status === "done" && <ToastOn of={state} message={state.message} />}
    </Form>
  );
}
