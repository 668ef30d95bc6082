"use client";

import { useActionState } from "react";
import { FreshId } from "@/app/fresh-id";
import { errorOf, Form, typedOf } from "@/components/ui/form";
import { TextField } from "@/components/ui/input";
import { RadioGroup } from "@/components/ui/radio-group";
import { SubmitButton } from "@/components/ui/submit-button";
import { ToastOn } from "@/components/ui/toast";
import { IDLE } from "@/lib/model/action-state";
import { AGENCY_ROLE_LABEL, type AgencyRole } from "@/lib/model/words";
import { invite } from "./actions";

const ROLES: readonly { role: AgencyRole; hint: string }[] = [
  { role: "assistant", hint: "Sees the creators of their teams, changes nothing." },
  { role: "manager", hint: "Sees the creators of their teams, and works for them as far as each allows." },
  { role: "admin", hint: "Sees every creator, and decides about people, teams and settings." },
];

export function InviteForm({ id, agencyId }: { id: string; agencyId: string }) {
  const [state, action] = useActionState(invite, IDLE);
  return (
    <Form action={action} state={state}>
      <FreshId initial={id} state={state} />
      <input type="hidden" name="agencyId" value={agencyId} />
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
        options={ROLES.map(({ role, hint }) => ({ value: role, label: AGENCY_ROLE_LABEL[role], hint }))}
        defaultValue={typedOf(state, "role", "manager")}
        error={errorOf(state, "role")}
      />
      <div>
        <SubmitButton pendingLabel="Sending…">Send the invitation</SubmitButton>
      </div>
      {state.status === "done" && <ToastOn of={state} message={state.message} />}
    </Form>
  );
}
