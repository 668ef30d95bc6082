"use client";

import { useActionState } from "react";
import { FreshId } from "@/app/fresh-id";
import { errorOf, Form, typedOf } from "@/components/ui/form";
import { HiddenFields } from "@/components/ui/hidden-fields";
import { TextField } from "@/components/ui/input";
import { RadioGroup } from "@/components/ui/radio-group";
import { SubmitButton } from "@/components/ui/submit-button";
import { ToastOn } from "@/components/ui/toast";
import { type ActionState, IDLE } from "@/lib/model/action-state";

type InviteFormProps = {
  /** randomUUID() of the server page, for the invitation that the form may make. */
  id: string;
  /** Where somebody is invited to, as the form sends it: `{ agencyId }`. */
  of: Readonly<Record<string, string>>;
  roles: readonly { readonly value: string; readonly label: string; readonly hint: string }[];
  usual: string;
  invite: (previous: ActionState<undefined>, form: FormData) => Promise<ActionState<undefined>>;
};

/** Asks somebody by mail to belong to a creator or an agency. */
export function InviteForm({ id, of, roles, usual, invite }: InviteFormProps) {
  const [state, action] = useActionState(invite, IDLE);
  return (
    <Form action={action} state={state}>
      <FreshId initial={id} state={state} />
      <HiddenFields of={of} />
      <TextField
        name="email"
        label="E-mail address"
        type="email"
        autoComplete="off"
        required
        defaultValue={typedOf(state, "email", "")}
        error={errorOf(state, "email")}
      />
      <RadioGroup
        name="role"
        label="Role"
        look="list"
        options={roles}
        defaultValue={typedOf(state, "role", usual)}
        error={errorOf(state, "role")}
      />
      <div>
        <SubmitButton pendingLabel="Sending…">Send the invitation</SubmitButton>
      </div>
      {state.status === "done" && <ToastOn of={state} message={state.message} />}
    </Form>
  );
}
