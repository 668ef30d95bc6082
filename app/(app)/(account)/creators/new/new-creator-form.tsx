"use client";

import { useActionState } from "react";
import { type CreatorChoices, CreatorFields } from "@/app/creator-fields";
import { FreshId } from "@/app/fresh-id";
import { Form } from "@/components/ui/form";
import { SubmitButton } from "@/components/ui/submit-button";
import { IDLE } from "@/lib/model/action-state";
import { createCreator } from "../actions";

export function NewCreatorForm({ id, name, ...choices }: CreatorChoices & { id: string; name: string }) {
  const [state, action] = useActionState(createCreator, IDLE);
  return (
    <Form action={action} state={state} keep>
      <FreshId initial={id} state={state} />
      <CreatorFields state={state} name={name} currency="USD" timeZone={null} {...choices} />
      <div>
        <SubmitButton pendingLabel="Creating…">Create</SubmitButton>
      </div>
    </Form>
  );
}
