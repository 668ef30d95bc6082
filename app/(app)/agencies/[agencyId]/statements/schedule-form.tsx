"use client";

import { useActionState } from "react";
import { FreshId } from "@/app/fresh-id";
import { CheckboxField } from "@/components/ui/checkbox";
import { Dialog, DialogCancel } from "@/components/ui/dialog";
import { errorOf, Form, typedOf } from "@/components/ui/form";
import { type Option, SelectField } from "@/components/ui/select";
import { SubmitButton } from "@/components/ui/submit-button";
import { ToastOn } from "@/components/ui/toast";
import { type ActionState, IDLE } from "@/lib/model/action-state";
import { createRosterSchedule, removeRosterSchedule, updateRosterSchedule } from "./actions";

export type RosterScheduleFormProps = {
  agencyId: string;
  /** of the new schedule, or of the one that is changed */
  id: string;
  /** of the one that is changed; null for a new one */
  version: number | null;
  defaults: Record<"day" | "hour" | "timeZone", string> & { pdf: boolean; xlsx: boolean };
  timeZones: readonly Option[];
  people: readonly { id: string; label: string; isOn: boolean }[];
};

export function RosterScheduleForm(props: RosterScheduleFormProps) {
  const { agencyId, id, version, defaults, timeZones, people } = props;
  const [state, send] = useActionState(version === null ? createRosterSchedule : updateRosterSchedule, IDLE);
  const field = (name: "day" | "hour" | "timeZone") => ({
    name,
    id: `schedule-${name}`,
    error: errorOf(state, name),
    defaultValue: typedOf(state, name, defaults[name]),
  });
  // A box that was cleared is not sent at all, so after a refusal only what was sent is on.
  const box = (name: string, isOn: boolean) => ({
    name,
    id: `schedule-${name}`,
    defaultChecked: state.status === "invalid" ? state.values[name] !== undefined : isOn,
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
      <input type="hidden" name="agencyId" value={agencyId} />
      <div className="grid items-start gap-4 sm:grid-cols-3">
        <SelectField {...field("day")} label="Every month on day" options={DAYS} />
        <SelectField {...field("hour")} label="Hour" options={HOURS} />
        <SelectField {...field("timeZone")} label="Time zone" options={timeZones} />
      </div>
      <fieldset className="grid gap-1">
        <legend className="mb-1 text-sm font-medium">What is made</legend>
        <div className="flex flex-wrap gap-x-6 gap-y-1">
          <CheckboxField
            {...box("pdf", defaults.pdf)}
            label="A PDF for each creator"
            error={errorOf(state, "pdf")}
          />
          <CheckboxField {...box("xlsx", defaults.xlsx)} label="A workbook for each creator" />
        </div>
      </fieldset>
      <fieldset className="grid gap-1">
        <legend className="mb-1 text-sm font-medium">Who gets it</legend>
        <div className="grid gap-x-6 gap-y-1 sm:grid-cols-2">
          {people.map((person, index) => (
            <CheckboxField
              key={person.id}
              {...box(`person-${index}-id`, person.isOn)}
              value={person.id}
              label={person.label}
              error={index === 0 ? errorOf(state, "people") : undefined}
            />
          ))}
        </div>
      </fieldset>
      <div>
        <SubmitButton pendingLabel="Saving…">
          {version === null ? "Save schedule" : "Save change"}
        </SubmitButton>
      </div>
      <Told state={state} />
    </Form>
  );
}

const DAYS: readonly Option[] = Array.from({ length: 28 }, (_, index) => ({
  ...{ value: String(index + 1), label: String(index + 1) },
}));
const HOURS: readonly Option[] = Array.from({ length: 24 }, (_, hour) => ({
  ...{ value: String(hour), label: `${String(hour).padStart(2, "0")}:00` },
}));

type RemoveScheduleProps = { agencyId: string; id: string; version: number };

export function RemoveSchedule({ agencyId, id, version }: RemoveScheduleProps) {
  const [state, remove] = useActionState(removeRosterSchedule, IDLE);
  return (
    <>
      <Dialog label="Remove" title="Remove this schedule?" size="sm" variant="quiet">
        <Form action={remove} state={state}>
          <input type="hidden" name="agencyId" value={agencyId} />
          <input type="hidden" name="id" value={id} />
          <input type="hidden" name="version" value={version} />
          <p className="text-sm text-muted">Nothing is made by itself any more. Runs that were made stay.</p>
          <div className="flex flex-wrap justify-end gap-2">
            <DialogCancel />
            <SubmitButton variant="danger" pendingLabel="Removing…">
              Remove
            </SubmitButton>
          </div>
        </Form>
      </Dialog>
      <Told state={state} />
    </>
  );
}

/** What was done, in passing; what was refused stays in the form. */
function Told({ state }: { state: ActionState<unknown> }) {
  const done = state.status === "done" ? state : null;
  return <ToastOn of={done} message={done?.message ?? ""} />;
}
