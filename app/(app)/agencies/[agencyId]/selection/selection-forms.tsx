"use client";

import { type ReactNode, useActionState } from "react";
import { FreshId } from "@/app/fresh-id";
import { errorOf, Form, typedOf } from "@/components/ui/form";
import { DayField, TextField } from "@/components/ui/input";
import { type Option, SelectField } from "@/components/ui/select";
import { SubmitButton } from "@/components/ui/submit-button";
import { TextareaField } from "@/components/ui/textarea";
import { ToastOn } from "@/components/ui/toast";
import { IDLE } from "@/lib/model/action-state";
import { addTag, remindAll, removeTag, requestAll, tagSelection } from "./actions";
import { Outcomes } from "./outcomes";

type SelectionProps = { agencyId: string; creatorIds: readonly string[]; initialId: string };

function Selected({ agencyId, creatorIds }: Omit<SelectionProps, "initialId">) {
  return (
    <>
      <input type="hidden" name="agencyId" value={agencyId} />
      <input type="hidden" name="creatorIds" value={creatorIds.join(",")} />
    </>
  );
}

/** A mail to the owners of each creator, in words that can be changed. */
export function RemindForm({ initialId, text, ...selection }: SelectionProps & { text: string }) {
  const [state, send] = useActionState(remindAll, IDLE);
  return (
    <Form action={send} state={state} keep>
      <FreshId initial={initialId} state={state} />
      <Selected {...selection} />
      <TextField
        name="subject"
        id="remind-subject"
        label="Subject"
        maxLength={120}
        autoComplete="off"
        error={errorOf(state, "subject")}
        defaultValue={typedOf(state, "subject", "Your figures on Permille")}
      />
      <TextareaField
        name="text"
        id="remind-text"
        label="Mail"
        rows={5}
        maxLength={2000}
        hint="Begins with the owner's name, and ends with yours and the agency's."
        error={errorOf(state, "text")}
        defaultValue={typedOf(state, "text", text)}
      />
      <div>
        <SubmitButton pendingLabel="Sending…">Send to {creatorsWord(selection.creatorIds)}</SubmitButton>
      </div>
      <Outcomes state={state} />
    </Form>
  );
}

/** Asks each for the months that are missing: a task she sees, and a mail. */
export function RequestForm({ initialId, children, ...selection }: SelectionProps & { children: ReactNode }) {
  const [state, send] = useActionState(requestAll, IDLE);
  return (
    <Form action={send} state={state} keep>
      <FreshId initial={initialId} state={state} />
      <Selected {...selection} />
      {children}
      <DayField
        name="dueOn"
        id="request-due"
        label="Due"
        optional
        className="max-w-48"
        error={errorOf(state, "dueOn")}
        defaultValue={typedOf(state, "dueOn", "")}
      />
      <TextareaField
        name="text"
        id="request-text"
        label="A word beside it"
        optional
        maxLength={1500}
        error={errorOf(state, "text")}
        defaultValue={typedOf(state, "text", "")}
      />
      <div>
        <SubmitButton pendingLabel="Asking…">Ask for what is missing</SubmitButton>
      </div>
      <Outcomes state={state} />
    </Form>
  );
}

/** Puts one of the agency's tags on all of them, or takes it off. */
export function TagForm({
  tags,
  agencyId,
  creatorIds,
}: Omit<SelectionProps, "initialId"> & { tags: readonly Option[] }) {
  const [state, send] = useActionState(tagSelection, IDLE);
  return (
    <Form action={send} state={state} keep>
      <Selected agencyId={agencyId} creatorIds={creatorIds} />
      <div className="flex flex-wrap items-end gap-3">
        <SelectField
          name="tagId"
          id="tag-choice"
          label="Tag"
          options={tags}
          error={errorOf(state, "tagId")}
          defaultValue={typedOf(state, "tagId", tags[0]?.value)}
          className="min-w-48"
        />
        <SubmitButton name="isOn" value="yes" pendingLabel="Tagging…">
          Tag
        </SubmitButton>
        <SubmitButton name="isOn" value="no" variant="secondary" pendingLabel="Untagging…">
          Untag
        </SubmitButton>
      </div>
      <Outcomes state={state} />
    </Form>
  );
}

export function NewTagForm({
  agencyId,
  initialId,
  colours,
}: {
  agencyId: string;
  initialId: string;
  colours: readonly Option[];
}) {
  const [state, send] = useActionState(addTag, IDLE);
  const done = state.status === "done" ? state : null;
  return (
    <Form action={send} state={state}>
      <FreshId initial={initialId} state={state} />
      <input type="hidden" name="agencyId" value={agencyId} />
      <div className="flex flex-wrap items-end gap-3">
        <TextField
          name="name"
          id="new-tag"
          label="New tag"
          maxLength={40}
          autoComplete="off"
          error={errorOf(state, "name")}
          defaultValue={typedOf(state, "name", "")}
        />
        <SelectField
          name="colour"
          id="new-tag-colour"
          label="Colour"
          options={colours}
          error={errorOf(state, "colour")}
          defaultValue={typedOf(state, "colour", colours[0]?.value)}
        />
        <SubmitButton variant="secondary" pendingLabel="Saving…">
          Add tag
        </SubmitButton>
      </div>
      <ToastOn of={done} message={done?.message ?? ""} />
    </Form>
  );
}

export function RemoveTagButton({
  agencyId,
  tag,
}: {
  agencyId: string;
  tag: { id: string; name: string; version: number };
}) {
  const [state, send] = useActionState(removeTag, IDLE);
  const refused = state.status === "invalid" ? state : null;
  return (
    <form action={send}>
      <input type="hidden" name="agencyId" value={agencyId} />
      <input type="hidden" name="id" value={tag.id} />
      <input type="hidden" name="version" value={tag.version} />
      <SubmitButton
        size="sm"
        variant="quiet"
        pendingLabel="Removing…"
        aria-label={`Remove the tag ${tag.name}`}
      >
        Remove
      </SubmitButton>
      <ToastOn of={refused} message={refused?.message ?? ""} tone="error" />
    </form>
  );
}

function creatorsWord(ids: readonly string[]): string {
  return ids.length === 1 ? "1 creator" : `${ids.length} creators`;
}
