"use client";

import { useActionState } from "react";
import { type CreatorChoices, CreatorFields } from "@/app/creator-fields";
import { Form } from "@/components/ui/form";
import { SubmitButton } from "@/components/ui/submit-button";
import { ToastOn } from "@/components/ui/toast";
import { IDLE } from "@/lib/model/action-state";
import { updateCreator } from "./actions";

type CreatorFormProps = CreatorChoices & {
  creator: { id: string; name: string; currency: string; timeZone: string; version: number };
};

export function CreatorForm({ creator, ...choices }: CreatorFormProps) {
  const [state, action] = useActionState(updateCreator, IDLE);
  return (
    <Form action={action} state={state} keep>
      <input type="hidden" name="creatorId" value={creator.id} />
      <input type="hidden" name="version" value={creator.version} />
      <CreatorFields
        state={state}
        name={creator.name}
        currency={creator.currency}
        timeZone={creator.timeZone}
        {...choices}
      />
      <div>
        <SubmitButton pendingLabel="Saving…">Save</SubmitButton>
      </div>
      {state.status === "done" && <ToastOn of={state} message={state.message} />}
    </Form>
  );
}
