"use client";

import { createContext, type ReactNode, use, useActionState } from "react";
import { SubmitButton } from "@/components/ui/submit-button";
import { IDLE } from "@/lib/model/action-state";
import { Outcome } from "../saved";
import { moveDeal, undoDeal } from "./actions";

const Send = createContext<(form: FormData) => void>(() => {});

/**
 * Around the buttons that move deals on: a deal leaves its place with its button, so what came of it, and the undo,
 * are said from here.
 */
export function StepOutcome({ creatorId, children }: { creatorId: string; children: ReactNode }) {
  const [state, send] = useActionState(moveDeal, IDLE);
  return (
    <Send value={send}>
      {children}
      <Outcome state={state} creatorId={creatorId} undo={undoDeal} />
    </Send>
  );
}

type StepFormProps = { creatorId: string; entryId: string; newId: string; children: string };

/** One click to the next state. */
export function StepForm({ creatorId, entryId, newId, children }: StepFormProps) {
  return (
    <form action={use(Send)}>
      <input type="hidden" name="creatorId" value={creatorId} />
      <input type="hidden" name="entryId" value={entryId} />
      <input type="hidden" name="id" value={newId} />
      <SubmitButton variant="secondary" size="sm" pendingLabel="Moving on…">
        {children}
      </SubmitButton>
    </form>
  );
}
