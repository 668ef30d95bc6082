"use client";

import { useActionState } from "react";
import { FreshId } from "@/app/fresh-id";
import { ScopeFields } from "@/app/scope-fields";
import { errorOf, Form, typedOf } from "@/components/ui/form";
import { TextField } from "@/components/ui/input";
import { SubmitButton } from "@/components/ui/submit-button";
import { ToastOn } from "@/components/ui/toast";
import { IDLE } from "@/lib/model/action-state";
import type { Scope } from "@/lib/model/representation";
import { askAgency } from "./actions";

const SCOPE: Scope = { streams: null, amounts: true, notes: false, mayEdit: false, toDay: null };

export function AskAgencyForm({ id, creatorId }: { id: string; creatorId: string }) {
  const [state, action] = useActionState(askAgency, IDLE);
  return (
    <Form action={action} state={state}>
      <FreshId initial={id} state={state} />
      <input type="hidden" name="creatorId" value={creatorId} />
      <TextField
        name="email"
        id="agency-email"
        label="E-mail address of an admin of the agency"
        type="email"
        autoComplete="off"
        required
        defaultValue={typedOf(state, "email", "")}
        error={errorOf(state, "email")}
      />
      <ScopeFields state={state} scope={SCOPE} />
      <div>
        <SubmitButton pendingLabel="Sending…">Ask the agency</SubmitButton>
      </div>
      {state.status === "done" && <ToastOn of={state} message={state.message} />}
    </Form>
  );
}
