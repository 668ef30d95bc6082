"use client";

import { useActionState } from "react";
import { FreshId } from "@/app/fresh-id";
import { HiddenFields } from "@/components/ui/hidden-fields";
import { ToastOn } from "@/components/ui/toast";
import { type ActionState, IDLE } from "@/lib/model/action-state";

type RowFormProps = {
  /** The rows' buttons name it as their `form`. */
  id: string;
  action: (previous: ActionState<undefined>, form: FormData) => Promise<ActionState<undefined>>;
  /** Whose rows they are, as the form sends it: `{ agencyId }`. */
  of: Readonly<Record<string, string>>;
  /** randomUUID() of the server page, for the row that the action may make. */
  initialId: string;
};

/** The form behind a button of every row: it stays when its row goes, and so can say what was done. */
export function RowForm({ id, action, of, initialId }: RowFormProps) {
  const [state, send] = useActionState(action, IDLE);
  const said = state.status === "idle" ? null : state;
  return (
    <>
      <form id={id} action={send}>
        <FreshId initial={initialId} state={state} />
        <HiddenFields of={of} />
      </form>
      <ToastOn
        of={said}
        message={said?.message ?? ""}
        tone={said?.status === "invalid" ? "error" : "success"}
      />
      {/* A toast needs the script; without it a refusal stands here. */}
      <noscript>{state.status === "invalid" && state.message}</noscript>
    </>
  );
}
