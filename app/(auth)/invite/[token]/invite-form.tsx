"use client";

import { useActionState } from "react";
import { errorOf, Form, typedOf } from "@/components/ui/form";
import { TextField } from "@/components/ui/input";
import { SubmitButton } from "@/components/ui/submit-button";
import { IDLE } from "@/lib/model/action-state";
import { PASSWORD_HINT } from "../../password-hint";
import { acceptInvitation, joinByInvitation } from "./actions";

/** For one who is signed in with the invited address. */
export function AcceptForm({ token }: { token: string }) {
  const [state, action] = useActionState(acceptInvitation, IDLE);
  return (
    <Form action={action} state={state}>
      <input type="hidden" name="token" value={token} />
      <SubmitButton size="lg" pendingLabel="Accepting…">
        Accept the invitation
      </SubmitButton>
    </Form>
  );
}

/** For one who has no account yet. */
export function JoinForm({ token, email }: { token: string; email: string }) {
  const [state, action] = useActionState(joinByInvitation, IDLE);
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
        Create the account and accept
      </SubmitButton>
    </Form>
  );
}
