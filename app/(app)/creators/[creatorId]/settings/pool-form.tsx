"use client";

import { useActionState } from "react";
import { CheckboxField } from "@/components/ui/checkbox";
import { Form } from "@/components/ui/form";
import { SubmitButton } from "@/components/ui/submit-button";
import { ToastOn } from "@/components/ui/toast";
import { IDLE } from "@/lib/model/action-state";
import { setPools } from "./actions";

type PoolFormProps = { creator: { id: string; pools: boolean; version: number } };

export function PoolForm({ creator }: PoolFormProps) {
  const [state, action] = useActionState(setPools, IDLE);
  return (
    <Form action={action} state={state} keep>
      <input type="hidden" name="creatorId" value={creator.id} />
      <input type="hidden" name="version" value={creator.version} />
      <CheckboxField
        name="pools"
        label="Pool with other creators"
        hint="Takes effect at the next nightly run, on or off. Projections that are made stay as they are."
        defaultChecked={creator.pools}
      />
      <div>
        <SubmitButton pendingLabel="Saving…">Save the choice</SubmitButton>
      </div>
      {state.status === "done" && <ToastOn of={state} message={state.message} />}
    </Form>
  );
}
