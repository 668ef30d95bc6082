"use client";

import { useActionState } from "react";
import { SubmitButton } from "@/components/ui/submit-button";
import { ToastOn } from "@/components/ui/toast";
import { IDLE } from "@/lib/model/action-state";
import { withdrawTerms } from "../actions";

/** Takes back a proposal that waits. */
export function WithdrawButton({
  agencyId,
  termId,
  claim,
}: {
  agencyId: string;
  termId: string;
  claim: string;
}) {
  const [state, send] = useActionState(withdrawTerms, IDLE);
  const said = state.status === "idle" ? null : state;
  return (
    <form action={send}>
      <input type="hidden" name="agencyId" value={agencyId} />
      <input type="hidden" name="termId" value={termId} />
      <SubmitButton variant="quiet" size="sm" aria-label={`Take back the proposal for ${claim}`}>
        Take back
      </SubmitButton>
      <ToastOn
        of={said}
        message={said?.message ?? ""}
        tone={said?.status === "invalid" ? "error" : "success"}
      />
    </form>
  );
}
