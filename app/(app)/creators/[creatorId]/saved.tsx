"use client";

import { useActionState } from "react";
import { randomId } from "@/app/fresh-id";
import type { ButtonSize, ButtonVariant } from "@/components/ui/button";
import { HiddenFields } from "@/components/ui/hidden-fields";
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

type ChangeButtonsProps = {
  creatorId: string;
  /** the entry that counts now */
  entryId: string;
  isVoid: boolean;
  /** whether there is a change to take back */
  isChanged: boolean;
  remove: LedgerAction;
  undo: LedgerAction;
  /** ids of the two entries that these buttons may make */
  newIds: readonly [string, string];
};

/**
 * Remove, restore, and undo of the last change. What it did can be undone from the toast, so nothing asks
 * "sure?". Both actions live here, since a button that goes away with its answer could not say it any more.
 */
export function ChangeButtons(props: ChangeButtonsProps) {
  const { creatorId, entryId, isVoid, isChanged, remove, undo, newIds } = props;
  const [removed, sendRemove] = useActionState(remove, IDLE);
  const [undone, sendUndo] = useActionState(undo, IDLE);
  return (
    <>
      {isChanged && (
        <OneButton send={sendUndo} fields={{ creatorId, entryId, id: newIds[0] }} pendingLabel="Undoing…">
          {isVoid ? "Restore" : "Undo last change"}
        </OneButton>
      )}
      {!isVoid && (
        <OneButton send={sendRemove} fields={{ creatorId, entryId, id: newIds[1] }} pendingLabel="Removing…">
          Remove
        </OneButton>
      )}
      <Outcome state={removed} creatorId={creatorId} undo={undo} />
      <Outcome state={undone} creatorId={creatorId} undo={undo} />
    </>
  );
}

type ActionButtonProps = {
  action: LedgerAction;
  creatorId: string;
  /** Sent along; `id` of a new row among them. */
  fields: Readonly<Record<string, string>>;
  children: string;
  pendingLabel: string;
  variant?: ButtonVariant;
  size?: ButtonSize;
};

/** A button that does one thing at once. */
export function ActionButton({ action, creatorId, fields, ...look }: ActionButtonProps) {
  const [state, send] = useActionState(action, IDLE);
  return (
    <>
      <OneButton send={send} fields={{ creatorId, ...fields }} {...look} />
      <Outcome state={state} creatorId={creatorId} />
    </>
  );
}

type OneButtonProps = Pick<ActionButtonProps, "fields" | "children" | "pendingLabel" | "variant" | "size"> & {
  send: (form: FormData) => void;
};

function OneButton({ send, fields, children, pendingLabel, variant = "secondary", size }: OneButtonProps) {
  return (
    <form action={send}>
      <HiddenFields of={fields} />
      <SubmitButton variant={variant} size={size} pendingLabel={pendingLabel}>
        {children}
      </SubmitButton>
    </form>
  );
}

/** What came of an action that a button began: done, with an Undo, or why it was refused. */
export function Outcome(props: Undoing) {
  const refused = props.state.status === "invalid" ? props.state : null;
  return (
    <>
      <SavedToast {...props} />
      <ToastOn of={refused} message={refused?.message ?? ""} tone="error" />
      {/* A toast needs the script; without it the refusal stands here. */}
      <noscript>{refused?.message}</noscript>
    </>
  );
}
