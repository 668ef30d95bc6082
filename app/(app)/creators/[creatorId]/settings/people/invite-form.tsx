"use client";

import { useActionState } from "react";
import { FreshId } from "@/app/fresh-id";
import { errorOf, Form, typedOf } from "@/components/ui/form";
import { TextField } from "@/components/ui/input";
import { RadioGroup } from "@/components/ui/radio-group";
import { SubmitButton } from "@/components/ui/submit-button";
import { ToastOn } from "@/components/ui/toast";
import { IDLE } from "@/lib/model/action-state";
import { ROLE_LABEL, type Role } from "@/lib/model/words";
import { invite } from "./actions";

const ROLES: readonly { role: Role; hint: string }[] = [
  { role: "viewer", hint: "Sees everything, changes nothing." },
  { role: "editor", hint: "Logs and corrects videos, views and payouts." },
  { role: "owner", hint: "Decides about members and settings too." },
];

export function InviteForm({ id, creatorId }: { id: string; creatorId: string }) {
  const [state, action] = useActionState(invite, IDLE);
  return (
    <Form action={action} state={state}>
      <FreshId initial={id} state={state} />
      <input type="hidden" name="creatorId" value={creatorId} />
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
        options={ROLES.map(({ role, hint }) => ({ value: role, label: ROLE_LABEL[role], hint }))}
        defaultValue={typedOf(state, "role", "viewer")}
        error={errorOf(state, "role")}
      />
      <div>
        <SubmitButton pendingLabel="Sending…">Send the invitation</SubmitButton>
      </div>
      {state.status === "done" && <ToastOn of={state} message={state.message} />}
    </Form>
  );
}
