"use client";

import { useActionState } from "react";
import { randomId } from "@/app/fresh-id";
import type { ButtonSize, ButtonVariant } from "@/components/ui/button";
import { SubmitButton } from "@/components/ui/submit-button";
import { showToast, ToastOn } from "@/components/ui/toast";
import { type ActionState, IDLE } from "@/lib/model/action-state";

/** What an action of the ledger answers: the entry that an undo takes back. */
export type Saved = { entryId: string };
export type LedgerAction = (previous: ActionState<Saved>, form: FormData) => Promise<ActionState<Saved>>;

type Undoing = {
  state: ActionState<Saved>;
  creatorId: string;
  /** Left out where nothing can be taken back by one click. */
  undo?: LedgerAction | undefined;
};

/** Says that it is saved, with an Undo. */
export function SavedToast({ state, creatorId, undo }: Undoing) {
  const done = state.status === "done" ? state : null;
  const entryId = done?.value?.entryId;
  const action = undo && entryId ? { label: "Undo", run: undoOf(undo, creatorId, entryId) } : undefined;
  return <ToastOn of={done} message={done?.message ?? ""} action={action} />;
}

/** The same undo pressed twice has the same id, so it happens once. */
function undoOf(undo: LedgerAction, creatorId: string, entryId: string): () => Promise<void> {
  let id: string | undefined;
  return async () => {
    id ??= randomId();
    const form = new FormData();
    form.set("creatorId", creatorId);
    form.set("id", id);
    form.set("entryId", entryId);
    const result = await undo(IDLE, form);
    if (result.status === "idle") return;
    showToast({ message: result.message, tone: result.status === "done" ? "success" : "error" });
  };
}

type ActionButtonProps = {
  action: LedgerAction;
  creatorId: string;
  /** Sent along; `id` of a new row among them. */
  fields: Readonly<Record<string, string>>;
  children: string;
  pendingLabel: string;
  undo?: LedgerAction;
  variant?: ButtonVariant;
  size?: ButtonSize;
};

/** A button that does one thing at once; what it did can be undone from the toast, so nothing asks "sure?". */
export function ActionButton({
  action,
  creatorId,
  fields,
  children,
  pendingLabel,
  undo,
  variant = "secondary",
  size,
}: ActionButtonProps) {
  const [state, send] = useActionState(action, IDLE);
  const refused = state.status === "invalid" ? state : null;
  return (
    <form action={send}>
      <input type="hidden" name="creatorId" value={creatorId} />
      {Object.entries(fields).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <SubmitButton variant={variant} size={size} pendingLabel={pendingLabel}>
        {children}
      </SubmitButton>
      <SavedToast state={state} creatorId={creatorId} undo={undo} />
      <ToastOn of={refused} message={refused?.message ?? ""} tone="error" />
      {/* A toast needs the script; without it the refusal stands here. */}
      <noscript>{refused?.message}</noscript>
    </form>
  );
}
