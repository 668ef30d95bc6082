"use client";

import { useActionState, useEffect } from "react";
import { Notice } from "@/components/ui/notice";
import { SubmitButton } from "@/components/ui/submit-button";
import { ToastOn } from "@/components/ui/toast";
import { IDLE } from "@/lib/model/action-state";
import { undoImport } from "./actions";

type UndoImportProps = {
  creatorId: string;
  importId: string;
  fileName: string;
  /** Told what came of it. */
  onUndone?: (message: string) => void;
};

/** Takes a whole import back. It can be brought again, so nothing asks "sure?". */
export function UndoImport({ creatorId, importId, fileName, onUndone }: UndoImportProps) {
  const [state, send] = useActionState(undoImport, IDLE);
  const message = state.status === "done" ? state.message : null;
  useEffect(() => {
    if (message !== null) onUndone?.(message);
  }, [message, onUndone]);
  if (state.status === "done") {
    return (
      <>
        <p className="text-sm text-muted">{state.message}</p>
        <ToastOn of={state} message={state.message} />
      </>
    );
  }
  return (
    <form action={send}>
      <input type="hidden" name="creatorId" value={creatorId} />
      <input type="hidden" name="id" value={importId} />
      <SubmitButton
        variant="secondary"
        size="sm"
        pendingLabel="Undoing…"
        aria-label={`Undo the import of ${fileName}`}
      >
        Undo
      </SubmitButton>
      {state.status === "invalid" && (
        <Notice tone="error" live className="mt-2">
          {state.message}
        </Notice>
      )}
    </form>
  );
}
