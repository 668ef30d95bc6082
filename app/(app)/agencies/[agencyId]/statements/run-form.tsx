"use client";

import { useActionState } from "react";
import { FreshId } from "@/app/fresh-id";
import { CheckboxField } from "@/components/ui/checkbox";
import { errorOf, Form, typedOf } from "@/components/ui/form";
import { MonthField } from "@/components/ui/month-input";
import { SubmitButton } from "@/components/ui/submit-button";
import { ToastOn } from "@/components/ui/toast";
import { IDLE } from "@/lib/model/action-state";
import { beginRun } from "./actions";

type RunFormProps = { agencyId: string; initialId: string; month: string };

export function RunForm({ agencyId, initialId, month }: RunFormProps) {
  const [state, send] = useActionState(beginRun, IDLE);
  const done = state.status === "done" ? state : null;
  const isOn = (name: string) => (state.status === "invalid" ? state.values[name] === "on" : true);
  return (
    <Form action={send} state={state}>
      <FreshId initial={initialId} state={state} />
      <input type="hidden" name="agencyId" value={agencyId} />
      <div className="grid items-start gap-4 sm:grid-cols-3">
        <MonthField
          name="month"
          label="Month"
          required
          error={errorOf(state, "month")}
          defaultValue={typedOf(state, "month", month)}
        />
        <CheckboxField
          name="pdf"
          label="A PDF for each creator"
          className="sm:pt-7"
          error={errorOf(state, "pdf")}
          defaultChecked={isOn("pdf")}
        />
        <CheckboxField
          name="xlsx"
          label="A workbook for each creator"
          className="sm:pt-7"
          defaultChecked={isOn("xlsx")}
        />
      </div>
      <div>
        <SubmitButton pendingLabel="Beginning…">Make the statements</SubmitButton>
      </div>
      <ToastOn of={done} message={done?.message ?? ""} />
    </Form>
  );
}
