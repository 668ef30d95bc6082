"use client";

import { useActionState } from "react";
import { FreshId } from "@/app/fresh-id";
import { errorOf, Form, typedOf } from "@/components/ui/form";
import { TextField } from "@/components/ui/input";
import { MonthField } from "@/components/ui/month-input";
import { SubmitButton } from "@/components/ui/submit-button";
import { ToastOn } from "@/components/ui/toast";
import { IDLE } from "@/lib/model/action-state";
import { recordAudience } from "./actions";

type AudienceFormProps = {
  creatorId: string;
  initialId: string;
  channelId: string;
  month: string;
  /** the record whose percentages these are: the form begins anew from a newer one */
  newestId: string;
  /** With the percentages of the newest month as text. */
  regions: readonly { region: string; label: string; percent: string }[];
};

export function AudienceForm({
  creatorId,
  initialId,
  channelId,
  month,
  newestId,
  regions,
}: AudienceFormProps) {
  const [state, send] = useActionState(recordAudience, IDLE);
  return (
    <>
      <Form key={newestId} action={send} state={state} keep>
        <FreshId initial={initialId} state={state} />
        <input type="hidden" name="creatorId" value={creatorId} />
        <input type="hidden" name="channelId" value={channelId} />
        <div className="grid gap-4 sm:grid-cols-2 lg:grid-cols-3">
          <MonthField
            name="month"
            id="audience-month"
            label="Month"
            error={errorOf(state, "month")}
            defaultValue={typedOf(state, "month", month)}
          />
          {regions.map(({ region, label, percent }) => (
            <TextField
              key={region}
              name={region}
              id={`audience-${region}`}
              label={`${label}, %`}
              inputMode="decimal"
              autoComplete="off"
              error={errorOf(state, region)}
              defaultValue={typedOf(state, region, percent)}
            />
          ))}
        </div>
        <p className="text-sm text-muted">What is missing to 100 % counts as elsewhere or unknown.</p>
        <div>
          <SubmitButton pendingLabel="Saving…">Save regions</SubmitButton>
        </div>
      </Form>
      <ToastOn of={state.status === "done" ? state : null} message="Saved." />
    </>
  );
}
