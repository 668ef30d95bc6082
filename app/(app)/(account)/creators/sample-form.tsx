"use client";

import { useActionState } from "react";
import { FreshId } from "@/app/fresh-id";
import { Form } from "@/components/ui/form";
import { SubmitButton } from "@/components/ui/submit-button";
import { IDLE } from "@/lib/model/action-state";
import { openSample } from "./actions";

/** One click to two years of believable data. */
export function SampleForm({ id }: { id: string }) {
  const [state, action] = useActionState(openSample, IDLE);
  return (
    <Form action={action} state={state} className="inline-grid!">
      <FreshId initial={id} state={state} />
      <SubmitButton variant="secondary" pendingLabel="Filling the studio…">
        Open the sample studio
      </SubmitButton>
    </Form>
  );
}
