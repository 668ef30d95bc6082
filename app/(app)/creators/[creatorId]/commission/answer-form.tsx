"use client";

import { useActionState } from "react";
import { SubmitButton } from "@/components/ui/submit-button";
import { ToastOn } from "@/components/ui/toast";
import { IDLE } from "@/lib/model/action-state";
import { answerTerms } from "./actions";

type AnswerFormProps = { creatorId: string; agencyId: string; termId: string; claim: string };

/** An owner's yes or no to proposed terms. */
export function AnswerForm({ creatorId, agencyId, termId, claim }: AnswerFormProps) {
  const [state, send] = useActionState(answerTerms, IDLE);
  const said = state.status === "idle" ? null : state;
  return (
    <>
      {(["accepted", "refused"] as const).map((answer) => (
        <form key={answer} action={send}>
          <input type="hidden" name="creatorId" value={creatorId} />
          <input type="hidden" name="agencyId" value={agencyId} />
          <input type="hidden" name="termId" value={termId} />
          <input type="hidden" name="answer" value={answer} />
          <SubmitButton
            variant={answer === "accepted" ? "primary" : "secondary"}
            size="sm"
            aria-label={`${answer === "accepted" ? "Accept" : "Refuse"} the terms for ${claim}`}
          >
            {answer === "accepted" ? "Accept" : "Refuse"}
          </SubmitButton>
        </form>
      ))}
      <ToastOn
        of={said}
        message={said?.message ?? ""}
        tone={said?.status === "invalid" ? "error" : "success"}
      />
    </>
  );
}
