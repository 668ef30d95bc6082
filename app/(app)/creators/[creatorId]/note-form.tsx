"use client";

import { useActionState } from "react";
import { FreshId } from "@/app/fresh-id";
import { errorOf, Form, typedOf } from "@/components/ui/form";
import { type Option, SelectField } from "@/components/ui/select";
import { SubmitButton } from "@/components/ui/submit-button";
import { TextareaField } from "@/components/ui/textarea";
import { IDLE } from "@/lib/model/action-state";
import type { NoteSubject } from "@/lib/model/words";
import { correctNote, recordNote } from "./note-actions";
import { SavedToast } from "./saved";

type NoteFormProps = {
  creatorId: string;
  initialId: string;
  about: NoteSubject;
  subject: string;
  /** the narrowest first, which is chosen until another one is */
  readers: readonly Option[];
};

/** A note, and who reads it: said before it is sent, and never wider than what was chosen. */
export function NoteForm({ creatorId, initialId, about, subject, readers }: NoteFormProps) {
  const [state, send] = useActionState(recordNote, IDLE);
  return (
    <>
      <Form action={send} state={state}>
        <FreshId initial={initialId} state={state} />
        <input type="hidden" name="creatorId" value={creatorId} />
        <input type="hidden" name="about" value={about} />
        <input type="hidden" name="subject" value={subject} />
        <TextareaField
          name="text"
          id={`note-text-${about}`}
          label="New note"
          maxLength={2000}
          error={errorOf(state, "text")}
          defaultValue={typedOf(state, "text", "")}
        />
        <div className="flex flex-wrap items-end gap-3">
          <SelectField
            name="readers"
            id={`note-readers-${about}`}
            label="Who reads it"
            options={readers}
            error={errorOf(state, "readers")}
            defaultValue={typedOf(state, "readers", readers[0]?.value)}
            className="min-w-64 max-md:w-full"
          />
          <SubmitButton variant="secondary" pendingLabel="Saving…">
            Save note
          </SubmitButton>
        </div>
      </Form>
      <SavedToast state={state} creatorId={creatorId} />
    </>
  );
}

/** Other words for the same readers. */
export function NoteCorrection({
  creatorId,
  initialId,
  entryId,
  text,
}: {
  creatorId: string;
  initialId: string;
  entryId: string;
  text: string;
}) {
  const [state, send] = useActionState(correctNote, IDLE);
  return (
    <>
      <Form action={send} state={state} keep>
        <FreshId initial={initialId} state={state} />
        <input type="hidden" name="creatorId" value={creatorId} />
        <input type="hidden" name="entryId" value={entryId} />
        <TextareaField
          name="text"
          id={`note-text-${entryId}`}
          label="Say it anew"
          hint="The same people read it. What it said before stays below it."
          maxLength={2000}
          error={errorOf(state, "text")}
          defaultValue={typedOf(state, "text", text)}
        />
        <div>
          <SubmitButton size="sm" variant="secondary" pendingLabel="Saving…">
            Save correction
          </SubmitButton>
        </div>
      </Form>
      <SavedToast state={state} creatorId={creatorId} />
    </>
  );
}
