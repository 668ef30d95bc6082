"use client";

import { useActionState } from "react";
import { FreshId } from "@/app/fresh-id";
import { errorOf, Form, typedOf } from "@/components/ui/form";
import { TextField } from "@/components/ui/input";
import { type Option, SelectField } from "@/components/ui/select";
import { SubmitButton } from "@/components/ui/submit-button";
import { IDLE } from "@/lib/model/action-state";
import { createAgency } from "./actions";

export function NewAgencyForm({ id, currencies }: { id: string; currencies: readonly Option[] }) {
  const [state, action] = useActionState(createAgency, IDLE);
  return (
    <Form action={action} state={state} keep>
      <FreshId initial={id} state={state} />
      <TextField
        name="name"
        label="Name"
        hint="As the creators you represent know it."
        autoComplete="organization"
        required
        defaultValue={typedOf(state, "name", "")}
        error={errorOf(state, "name")}
      />
      <SelectField
        name="currency"
        label="Reports in"
        hint="The roster's totals are converted to it, each at the rate of its own month."
        options={currencies}
        defaultValue={typedOf(state, "currency", "USD")}
        error={errorOf(state, "currency")}
      />
      <div>
        <SubmitButton pendingLabel="Creating…">Create the agency</SubmitButton>
      </div>
    </Form>
  );
}
