"use client";

import { useActionState } from "react";
import { FreshId } from "@/app/fresh-id";
import { errorOf, Form, typedOf } from "@/components/ui/form";
import { SubmitButton } from "@/components/ui/submit-button";
import { TextareaField } from "@/components/ui/textarea";
import { IDLE } from "@/lib/model/action-state";
import type { Letterhead } from "@/lib/model/letterhead";
import { SavedToast } from "../saved";
import { saveLetterhead, undoLetterhead } from "./actions";

type LetterheadFormProps = { creatorId: string; initialId: string; head: Letterhead; creatorName: string };

/** Who writes the invoices, and where their money goes. */
export function LetterheadForm({ creatorId, initialId, head, creatorName }: LetterheadFormProps) {
  const [state, send] = useActionState(saveLetterhead, IDLE);
  const field = (name: keyof Letterhead) => ({
    name,
    id: `letterhead-${name}`,
    error: errorOf(state, name),
    defaultValue: typedOf(state, name, head[name]),
  });
  return (
    <>
      <Form key={head.from + head.payTo} action={send} state={state} keep>
        <FreshId initial={initialId} state={state} />
        <input type="hidden" name="creatorId" value={creatorId} />
        <div className="grid gap-4 sm:grid-cols-2">
          <TextareaField
            {...field("from")}
            label="From"
            optional
            maxLength={2000}
            hint={`Name, address and tax number. Left empty, it is ${creatorName}.`}
          />
          <TextareaField
            {...field("payTo")}
            label="Pay to"
            optional
            maxLength={2000}
            hint="Bank account, or how else to pay."
          />
        </div>
        <div>
          <SubmitButton pendingLabel="Saving…" variant="secondary">
            Save letterhead
          </SubmitButton>
        </div>
      </Form>
      <SavedToast state={state} creatorId={creatorId} undo={undoLetterhead} />
    </>
  );
}
