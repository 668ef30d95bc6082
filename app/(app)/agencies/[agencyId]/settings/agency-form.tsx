"use client";

import { useActionState } from "react";
import { errorOf, Form, typedOf } from "@/components/ui/form";
import { TextField } from "@/components/ui/input";
import { type Option, SelectField } from "@/components/ui/select";
import { SubmitButton } from "@/components/ui/submit-button";
import { ToastOn } from "@/components/ui/toast";
import { IDLE } from "@/lib/model/action-state";
import { updateAgency } from "./actions";

type AgencyFormProps = {
  agency: { id: string; name: string; currency: string; version: number };
  currencies: readonly Option[];
};

export function AgencyForm({ agency, currencies }: AgencyFormProps) {
  const [state, action] = useActionState(updateAgency, IDLE);
  return (
    <Form action={action} state={state} keep>
      <input type="hidden" name="agencyId" value={agency.id} />
      <input type="hidden" name="version" value={agency.version} />
      <TextField
        name="name"
        label="Name"
        hint="As the creators you represent know it."
        autoComplete="off"
        required
        defaultValue={typedOf(state, "name", agency.name)}
        error={errorOf(state, "name")}
      />
      <SelectField
        name="currency"
        label="Reports in"
        hint="The roster's totals are converted to it, each at the rate of its own month."
        options={currencies}
        defaultValue={typedOf(state, "currency", agency.currency)}
        error={errorOf(state, "currency")}
      />
      <div>
        <SubmitButton pendingLabel="Saving…">Save</SubmitButton>
      </div>
      {state.status === "done" && <ToastOn of={state} message={state.message} />}
    </Form>
  );
}
