"use client";

import { useActionState } from "react";
import { FreshId } from "@/app/fresh-id";
import { CheckboxField } from "@/components/ui/checkbox";
import { errorOf, Form, typedOf } from "@/components/ui/form";
import { type Option, SelectField } from "@/components/ui/select";
import { SubmitButton } from "@/components/ui/submit-button";
import { TextareaField } from "@/components/ui/textarea";
import { ToastOn } from "@/components/ui/toast";
import { IDLE } from "@/lib/model/action-state";
import { createSchedule, updateSchedule } from "./actions";

/** A yes-or-no of the form, by the name of its input. */
export type Choice = { name: string; label: string; isOn: boolean };

export type ScheduleFormProps = {
  creatorId: string;
  /** of the new schedule, or of the one that is changed */
  id: string;
  /** the one that is changed; null for a new one */
  version: number | null;
  defaults: Record<"when" | "hour" | "timeZone" | "locale" | "note", string>;
  times: readonly { label: string; options: readonly Option[] }[];
  hours: readonly Option[];
  timeZones: readonly Option[];
  locales: readonly Option[];
  attachments: readonly Choice[];
  sections: readonly Choice[];
};

export function ScheduleForm(props: ScheduleFormProps) {
  const { creatorId, id, version, defaults, times, hours, timeZones, locales, attachments, sections } = props;
  const [state, send] = useActionState(version === null ? createSchedule : updateSchedule, IDLE);
  const field = (name: keyof typeof defaults) => ({
    name,
    id: `schedule-${name}`,
    error: errorOf(state, name),
    defaultValue: typedOf(state, name, defaults[name]),
  });
  return (
    <Form action={send} state={state} keep={version !== null}>
      {version === null ? (
        <FreshId initial={id} state={state} />
      ) : (
        <>
          <input type="hidden" name="id" value={id} />
          <input type="hidden" name="version" value={version} />
        </>
      )}
      <input type="hidden" name="creatorId" value={creatorId} />
      <div className="grid gap-4 sm:grid-cols-2 lg:grid-cols-4">
        <SelectField
          {...field("when")}
          label="When"
          options={times}
          hint="By month: the month before. By week: the month so far."
        />
        <SelectField {...field("hour")} label="Hour" options={hours} />
        <SelectField {...field("timeZone")} label="Time zone" options={timeZones} />
        <SelectField {...field("locale")} label="Numbers and dates" options={locales} />
      </div>
      <fieldset className="grid gap-2">
        <legend className="mb-1 text-sm font-medium">Attached</legend>
        <div className="flex flex-wrap gap-x-6 gap-y-1">
          <Choices of={attachments} state={state} />
        </div>
      </fieldset>
      <details>
        <summary className="link w-fit text-sm">Parts of the statement</summary>
        <div className="mt-3 grid gap-x-6 gap-y-1 sm:grid-cols-2 lg:grid-cols-3">
          <Choices of={sections} state={state} />
        </div>
      </details>
      <TextareaField
        {...field("note")}
        label="Your words above the summary"
        optional
        maxLength={500}
        rows={2}
      />
      <div>
        <SubmitButton pendingLabel="Saving…">
          {version === null ? "Save schedule" : "Save change"}
        </SubmitButton>
      </div>
      <ToastOn
        of={state.status === "done" ? state : null}
        message={state.status === "done" ? state.message : ""}
      />
    </Form>
  );
}

/** A box that was cleared is not sent at all, so after a refusal only what was sent is on. */
function Choices({ of, state }: { of: readonly Choice[]; state: Parameters<typeof typedOf>[0] }) {
  return of.map(({ name, label, isOn }) => (
    <CheckboxField
      key={name}
      name={name}
      label={label}
      defaultChecked={state.status === "invalid" ? state.values[name] === "on" : isOn}
    />
  ));
}
