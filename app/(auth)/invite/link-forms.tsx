"use client";

import { type ReactNode, useActionState } from "react";
import { errorOf, Form, typedOf } from "@/components/ui/form";
import { TextField } from "@/components/ui/input";
import { SubmitButton } from "@/components/ui/submit-button";
import { type ActionState, IDLE } from "@/lib/model/action-state";
import { PASSWORD_HINT } from "../password-hint";

/** An action that ends on another page. */
type Take = (previous: ActionState<never>, form: FormData) => Promise<ActionState<never>>;

type AcceptFormProps = { token: string; accept: Take; label: string; children?: ReactNode };

/** For one who is signed in with the invited address. */
export function AcceptForm({ token, accept, label, children }: AcceptFormProps) {
  const [state, action] = useActionState(accept, IDLE);
  return (
    <Form action={action} state={state} keep>
      <input type="hidden" name="token" value={token} />
      {children}
      <SubmitButton size="lg" pendingLabel="Accepting…">
        {label}
      </SubmitButton>
    </Form>
  );
}

type JoinFormProps = { token: string; email: string; join: Take; label: string };

/** For one who has no account yet. */
export function JoinForm({ token, email, join, label }: JoinFormProps) {
  const [state, action] = useActionState(join, IDLE);
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
      <TextField
        name="name"
        label="Your name"
        autoComplete="name"
        required
        defaultValue={typedOf(state, "name", "")}
        error={errorOf(state, "name")}
      />
      <TextField
        name="password"
        label="Password"
        type="password"
        autoComplete="new-password"
        required
        hint={PASSWORD_HINT}
        error={errorOf(state, "password")}
      />
      <SubmitButton size="lg" pendingLabel="Joining…">
        {label}
      </SubmitButton>
    </Form>
  );
}
