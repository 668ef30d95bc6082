"use client";

import { useActionState } from "react";
import { SubmitButton } from "@/components/ui/submit-button";
import { IDLE } from "@/lib/model/action-state";
import { restoreVideo } from "./actions";

/** The undo of a removal; it leads back to the video. */
export function RestoreVideo({ creatorId, videoId }: { creatorId: string; videoId: string }) {
  const [state, send] = useActionState(restoreVideo, IDLE);
  return (
    <form action={send} className="flex flex-wrap items-center gap-3">
      <input type="hidden" name="creatorId" value={creatorId} />
      <input type="hidden" name="id" value={videoId} />
      <SubmitButton variant="secondary" size="sm" pendingLabel="Undoing…">
        Undo
      </SubmitButton>
      {state.status === "invalid" && <p role="alert">{state.message}</p>}
    </form>
  );
}
