"use client";

import { useActionState } from "react";
import { FreshId } from "@/app/fresh-id";
import { Badge } from "@/components/ui/badge";
import { Dialog, DialogCancel } from "@/components/ui/dialog";
import { errorOf, Form, typedOf } from "@/components/ui/form";
import { FormErrorSummary } from "@/components/ui/form-error-summary";
import { TextField } from "@/components/ui/input";
import { SubmitButton } from "@/components/ui/submit-button";
import { ToastOn } from "@/components/ui/toast";
import { type ActionState, IDLE } from "@/lib/model/action-state";
import { addRecipient, pauseSchedule, removeRecipient, removeSchedule, sendNow, sendTest } from "./actions";

type OneSchedule = { creatorId: string; scheduleId: string; version: number };

/** Pause or go on, and remove. */
export function ScheduleMenu({
  creatorId,
  scheduleId,
  version,
  isPaused,
}: OneSchedule & { isPaused: boolean }) {
  const [paused, pause] = useActionState(pauseSchedule, IDLE);
  const [removed, remove] = useActionState(removeSchedule, IDLE);
  const about = (
    <>
      <input type="hidden" name="creatorId" value={creatorId} />
      <input type="hidden" name="id" value={scheduleId} />
      <input type="hidden" name="version" value={version} />
    </>
  );
  return (
    <>
      <form action={pause}>
        {about}
        <input type="hidden" name="isPaused" value={isPaused ? "no" : "yes"} />
        <SubmitButton variant="quiet" size="sm">
          {isPaused ? "Go on" : "Pause"}
        </SubmitButton>
      </form>
      <Dialog label="Remove" title="Remove this schedule?" size="sm" variant="quiet">
        <Form action={remove} state={removed}>
          {about}
          <p className="text-sm text-muted">Nobody gets it any more. What was sent stays in the list.</p>
          <div className="flex flex-wrap justify-end gap-2">
            <DialogCancel />
            <SubmitButton variant="danger" pendingLabel="Removing…">
              Remove
            </SubmitButton>
          </div>
        </Form>
      </Dialog>
      {paused.status === "invalid" && <FormErrorSummary state={paused} />}
      <Told state={paused} />
      <Told state={removed} />
    </>
  );
}

/** "Send now" and "Send a test to me": each press is one send, however often it is sent. */
export function SendButtons({
  creatorId,
  scheduleId,
  initialIds,
  hasRecipients,
}: Omit<OneSchedule, "version"> & { initialIds: readonly [string, string]; hasRecipients: boolean }) {
  const [sent, send] = useActionState(sendNow, IDLE);
  const [tested, test] = useActionState(sendTest, IDLE);
  const about = (
    <>
      <input type="hidden" name="creatorId" value={creatorId} />
      <input type="hidden" name="scheduleId" value={scheduleId} />
    </>
  );
  return (
    <div className="grid gap-3">
      {[sent, tested].map((state, index) =>
        // biome-ignore lint/suspicious/noArrayIndexKey: two buttons, always the same two
        state.status === "invalid" ? <FormErrorSummary key={index} state={state} /> : null,
      )}
      <div className="flex flex-wrap gap-2">
        {hasRecipients && (
          <form action={send}>
            <FreshId initial={initialIds[0]} state={sent} />
            {about}
            <SubmitButton variant="secondary" pendingLabel="Sending…">
              Send now
            </SubmitButton>
          </form>
        )}
        <form action={test}>
          <FreshId initial={initialIds[1]} state={tested} />
          {about}
          <SubmitButton variant="secondary" pendingLabel="Sending…">
            Send a test to me
          </SubmitButton>
        </form>
      </div>
      <Told state={sent} />
      <Told state={tested} />
    </div>
  );
}

export type ListedRecipient = { id: string; email: string; name: string; isOff: boolean };

export function RecipientList({
  creatorId,
  recipients,
  mayManage,
}: {
  creatorId: string;
  recipients: readonly ListedRecipient[];
  mayManage: boolean;
}) {
  const [state, remove] = useActionState(removeRecipient, IDLE);
  return (
    <>
      <ul aria-label="Recipients" className="grid divide-y divide-line">
        {recipients.map(({ id, email, name, isOff }) => (
          <li key={id} className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 py-2 text-sm">
            <span className="min-w-0 wrap-anywhere">
              {name && <span className="font-medium">{name} </span>}
              <span className="text-muted">{email}</span> {isOff && <Badge tone="warn">Unsubscribed</Badge>}
            </span>
            {mayManage && (
              <form action={remove}>
                <input type="hidden" name="creatorId" value={creatorId} />
                <input type="hidden" name="id" value={id} />
                <SubmitButton variant="quiet" size="sm" aria-label={`Take ${email} off the list`}>
                  Take off
                </SubmitButton>
              </form>
            )}
          </li>
        ))}
      </ul>
      {state.status === "invalid" && <FormErrorSummary state={state} />}
      <Told state={state} />
    </>
  );
}

export function RecipientForm({
  creatorId,
  scheduleId,
  initialId,
}: Omit<OneSchedule, "version"> & { initialId: string }) {
  const [state, add] = useActionState(addRecipient, IDLE);
  const field = (name: "email" | "name") => ({
    name,
    id: `${scheduleId}-${name}`,
    error: errorOf(state, name),
    defaultValue: typedOf(state, name, ""),
  });
  return (
    <Form action={add} state={state}>
      <FreshId initial={initialId} state={state} />
      <input type="hidden" name="creatorId" value={creatorId} />
      <input type="hidden" name="scheduleId" value={scheduleId} />
      <div className="grid items-end gap-4 sm:grid-cols-[1fr_1fr_auto]">
        <TextField {...field("email")} label="E-mail address" type="email" autoComplete="off" required />
        <TextField {...field("name")} label="Name" optional maxLength={100} autoComplete="off" />
        <SubmitButton variant="secondary" pendingLabel="Adding…">
          Add
        </SubmitButton>
      </div>
      <Told state={state} />
    </Form>
  );
}

/** What was done, in passing; what was refused stays in the form. */
function Told({ state }: { state: ActionState<unknown> }) {
  const done = state.status === "done" ? state : null;
  return <ToastOn of={done} message={done?.message ?? ""} />;
}
