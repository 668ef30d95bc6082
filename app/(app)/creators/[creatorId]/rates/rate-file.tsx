"use client";

import { type ChangeEvent, useActionState, useState } from "react";
import { errorOf, Form } from "@/components/ui/form";
import { TextField } from "@/components/ui/input";
import { SubmitButton } from "@/components/ui/submit-button";
import { ToastOn } from "@/components/ui/toast";
import { base64Of } from "@/lib/base64";
import { IDLE } from "@/lib/model/action-state";
import { bringRates } from "./actions";

/** Brings a file of the ECB: its bytes travel as text beside the form's other fields. */
export function RateFile({ creatorId }: { creatorId: string }) {
  const [state, send] = useActionState(bringRates, IDLE);
  const [file, setFile] = useState("");
  const done = state.status === "done" ? state : null;

  async function take(event: ChangeEvent<HTMLInputElement>) {
    const chosen = event.currentTarget.files?.[0];
    setFile(chosen ? base64Of(new Uint8Array(await chosen.arrayBuffer())) : "");
  }
  return (
    <Form action={send} state={state}>
      <input type="hidden" name="creatorId" value={creatorId} />
      <input type="hidden" name="file" value={file} />
      <TextField
        name="chosen"
        label="File of the ECB"
        type="file"
        accept=".zip,.csv,.xml"
        hint="eurofxref.zip, eurofxref-hist.zip or an XML of the last 90 days."
        error={errorOf(state, "file")}
        onChange={take}
        className="max-w-md"
      />
      <div>
        <SubmitButton pendingLabel="Reading…" variant="secondary">
          Bring rates
        </SubmitButton>
      </div>
      <ToastOn of={done} message={done?.message ?? ""} />
    </Form>
  );
}
