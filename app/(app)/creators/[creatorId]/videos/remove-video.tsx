"use client";

import { useActionState } from "react";
import { SubmitButton } from "@/components/ui/submit-button";
import { ToastOn } from "@/components/ui/toast";
import { IDLE } from "@/lib/model/action-state";
import { removeVideo } from "./actions";

type RemoveVideoProps = { creatorId: string; videoId: string; version: number };

export function RemoveVideo({ creatorId, videoId, version }: RemoveVideoProps) {
  const [state, send] = useActionState(removeVideo, IDLE);
  const refused = state.status === "invalid" ? state : null;
  return (
    <form action={send}>
      <input type="hidden" name="creatorId" value={creatorId} />
      <input type="hidden" name="id" value={videoId} />
      <input type="hidden" name="version" value={version} />
      <SubmitButton variant="secondary" pendingLabel="Removing…">
        Remove
      </SubmitButton>
      <ToastOn of={refused} message={refused?.message ?? ""} tone="error" />
    </form>
  );
}
