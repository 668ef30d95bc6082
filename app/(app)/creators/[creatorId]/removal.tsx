"use client";

import { useActionState } from "react";
import { FreshId } from "@/app/fresh-id";
import { IDLE } from "@/lib/model/action-state";
import { type LedgerAction, Outcome } from "./saved";

/** The form of every row's Remove button: it stays when a row goes, and so can say what was done. */
export function Removal({
  id,
  creatorId,
  initialId,
  remove,
  undo,
}: {
  id: string;
  creatorId: string;
  initialId: string;
  remove: LedgerAction;
  undo: LedgerAction;
}) {
  const [state, send] = useActionState(remove, IDLE);
  return (
    <>
      <form id={id} action={send}>
        <FreshId initial={initialId} state={state} />
        <input type="hidden" name="creatorId" value={creatorId} />
      </form>
      <Outcome state={state} creatorId={creatorId} undo={undo} />
    </>
  );
}
