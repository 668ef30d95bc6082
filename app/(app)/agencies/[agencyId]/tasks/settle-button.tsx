"use client";

import { useActionState } from "react";
import { SubmitButton } from "@/components/ui/submit-button";
import { ToastOn } from "@/components/ui/toast";
import { IDLE } from "@/lib/model/action-state";
import { settleTask } from "./actions";

type SettleButtonProps = {
  agencyId: string;
  task: { id: string; title: string; version: number };
  isDone: boolean;
};

/** Says that a task is done, or that it is not. */
export function SettleButton({ agencyId, task, isDone }: SettleButtonProps) {
  const [state, send] = useActionState(settleTask, IDLE);
  const [done, refused] = [state.status === "done" ? state : null, state.status === "invalid" ? state : null];
  return (
    <form action={send}>
      <input type="hidden" name="agencyId" value={agencyId} />
      <input type="hidden" name="id" value={task.id} />
      <input type="hidden" name="version" value={task.version} />
      <input type="hidden" name="isDone" value={isDone ? "no" : "yes"} />
      <SubmitButton
        size="sm"
        variant={isDone ? "quiet" : "secondary"}
        pendingLabel="Saving…"
        aria-label={isDone ? `Open "${task.title}" again` : `Mark "${task.title}" as done`}
      >
        {isDone ? "Open again" : "Done"}
      </SubmitButton>
      <ToastOn of={done} message={done?.message ?? ""} />
      <ToastOn of={refused} message={refused?.message ?? ""} tone="error" />
      <noscript>{refused?.message}</noscript>
    </form>
  );
}
