"use client";

import { useActionState } from "react";
import { errorOf, Form, typedOf } from "@/components/ui/form";
import { TextField } from "@/components/ui/input";
import { Notice } from "@/components/ui/notice";
import { SubmitButton } from "@/components/ui/submit-button";
import { type ActionState, IDLE } from "@/lib/model/action-state";
import { PASSWORD_HINT } from "../password-hint";
import { finishSignUp, requestSignUp, signUp } from "./actions";

/** Everything at once, on a local install. */
export function SignUpForm({ callbackUrl }: { callbackUrl: string }) {
  const [state, action] = useActionState(signUp, IDLE);
  return (
    <Form action={action} state={state} keep>
      <input type="hidden" name="callbackUrl" value={callbackUrl} />
      <NameField state={state} />
      <TextField
        name="email"
        label="E-mail address"
        type="email"
        autoComplete="username"
        required
        defaultValue={typedOf(state, "email", "")}
        error={errorOf(state, "email")}
      />
      <PasswordField state={state} />
      <SubmitButton size="lg" pendingLabel="Creating…">
        Create the account
      </SubmitButton>
    </Form>
  );
}

/** The address first: what follows comes by mail. */
export function RequestSignUpForm() {
  const [state, action] = useActionState(requestSignUp, IDLE);
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

/** Behind the mailed link. */
export function FinishSignUpForm({ token, email }: { token: string; email: string }) {
  const [state, action] = useActionState(finishSignUp, IDLE);
  return (
    <Form action={action} state={state} keep>
      <input type="hidden" name="token" value={token} />
      <TextField
        name="email"
        label="E-mail address"
        type="email"
        autoComplete="username"
        readOnly
        value={email}
      />
      <NameField state={state} />
      <PasswordField state={state} />
      <SubmitButton size="lg" pendingLabel="Creating…">
        Create the account
      </SubmitButton>
    </Form>
  );
}

function NameField({ state }: { state: ActionState }) {
  return (
    <TextField
      name="name"
      label="Your name"
      autoComplete="name"
      required
      defaultValue={typedOf(state, "name", "")}
      error={errorOf(state, "name")}
    />
  );
}

function PasswordField({ state }: { state: ActionState }) {
  return (
    <TextField
      name="password"
      label="Password"
      type="password"
      autoComplete="new-password"
      required
      hint={PASSWORD_HINT}
      error={errorOf(state, "password")}
    />
  );
}
