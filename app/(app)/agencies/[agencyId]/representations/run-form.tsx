"use client";

import { useActionState } from "react";
import { type CreatorChoices, CreatorFields } from "@/app/creator-fields";
import { FreshId } from "@/app/fresh-id";
import { Form } from "@/components/ui/form";
import { SubmitButton } from "@/components/ui/submit-button";
import { IDLE } from "@/lib/model/action-state";
import { runCreator } from "./actions";

type RunFormProps = CreatorChoices & {
  ids: { creator: string; representation: string };
  agencyId: string;
  currency: string;
};

export function RunForm({ ids, agencyId, currency, ...choices }: RunFormProps) {
  const [state, action] = useActionState(runCreator, IDLE);
  return (
    <Form action={action} state={state} keep>
      <FreshId initial={ids.creator} state={state} />
      <FreshId initial={ids.representation} state={state} name="representationId" />
      <input type="hidden" name="agencyId" value={agencyId} />
      <CreatorFields state={state} name="" currency={currency} timeZone={null} {...choices} />
      <div>
        <SubmitButton variant="secondary" pendingLabel="Creating…">
          Create and run
        </SubmitButton>
      </div>
    </Form>
  );
}
