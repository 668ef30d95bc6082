"use client";

import { useActionState } from "react";
import { errorOf, Form, typedOf } from "@/components/ui/form";
import { TextField } from "@/components/ui/input";
import { Notice } from "@/components/ui/notice";
import { SubmitButton } from "@/components/ui/submit-button";
import { IDLE } from "@/lib/model/action-state";
import { forgot } from "./actions";

export function ForgotForm() {
  const [state, action] = useActionState(forgot, IDLE);
  if (state.status === "done") {
    return (
      <Notice tone="success" live>
        {state.message}
      </Notice>
    );
  }
  return (
    <Form action={action} state={state} keep>
      <TextField
        name="email"
        label="E-mail address"
        type="email"
        autoComplete="username"
        required
        defaultValue={typedOf(state, "email", "")}
        error={errorOf(state, "email")}
      />
      <SubmitButton size="lg" pendingLabel="Sending…">
        Send me a link
      </SubmitButton>
    </Form>
  );
}
