"use client";

import { useActionState } from "react";
import { FreshId } from "@/app/fresh-id";
import { IDLE } from "@/lib/model/action-state";
import { Outcome } from "../saved";
import { removeEvent, undoEvent } from "./actions";

/** The form of every row's Remove button: it stays when a row goes, and so can say what was done. */
export function EventRemoval({
  id,
  creatorId,
  initialId,
}: {
  id: string;
  creatorId: string;
  initialId: string;
}) {
  const [state, send] = useActionState(removeEvent, IDLE);
  return (
    <>
      <form id={id} action={send}>
        <FreshId initial={initialId} state={state} />
        <input type="hidden" name="creatorId" value={creatorId} />
      </form>
      <Outcome state={state} creatorId={creatorId} undo={undoEvent} />
    </>
  );
}
