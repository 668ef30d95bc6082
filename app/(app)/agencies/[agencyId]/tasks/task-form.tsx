"use client";

import { useActionState } from "react";
import { FreshId } from "@/app/fresh-id";
import { errorOf, Form, typedOf } from "@/components/ui/form";
import { DayField, TextField } from "@/components/ui/input";
import { type Option, type OptionGroup, SelectField } from "@/components/ui/select";
import { SubmitButton } from "@/components/ui/submit-button";
import { TextareaField } from "@/components/ui/textarea";
import { ToastOn } from "@/components/ui/toast";
import { IDLE } from "@/lib/model/action-state";
import { askTask, changeTask } from "./actions";

/** Everything as text, as the inputs hold it. */
export type TaskDefaults = Record<"title" | "detail" | "whom" | "about" | "dueOn", string>;

type TaskFormProps = {
  agencyId: string;
  initialId: string;
  defaults: TaskDefaults;
  people: readonly OptionGroup[];
  /** whom it may be about; none where that is settled */
  creators: readonly Option[];
  /** the task that this form changes */
  changes?: { id: string; version: number; whom: string };
};

export function TaskForm({ agencyId, initialId, defaults, people, creators, changes }: TaskFormProps) {
  const [state, send] = useActionState(changes ? changeTask : askTask, IDLE);
  const field = (name: keyof TaskDefaults) => ({
    name,
    id: `task-${name}`,
    error: errorOf(state, name),
    defaultValue: typedOf(state, name, defaults[name]),
  });
  const done = state.status === "done" ? state : null;
  return (
    <>
      <Form key={changes?.id} action={send} state={state} keep={changes !== undefined}>
        {changes ? (
          <>
            <input type="hidden" name="id" value={changes.id} />
            <input type="hidden" name="version" value={changes.version} />
          </>
        ) : (
          <FreshId initial={initialId} state={state} />
        )}
        <input type="hidden" name="agencyId" value={agencyId} />
        <div className="grid gap-4 sm:grid-cols-2 lg:grid-cols-4">
          <TextField
            {...field("title")}
            label="What is to be done"
            placeholder="Ask for the September statement"
            maxLength={200}
            autoComplete="off"
            className="sm:col-span-2"
          />
          {changes?.whom.startsWith("creator:") ? (
            <input type="hidden" name="whom" value="" />
          ) : (
            <SelectField
              {...field("whom")}
              label="Whom you ask"
              options={people}
              empty="Nobody yet"
              hint="A creator's owners and your colleagues get a mail."
            />
          )}
          <DayField {...field("dueOn")} label="Due" optional />
          <TextareaField
            {...field("detail")}
            label="More about it"
            optional
            maxLength={2000}
            className="sm:col-span-2"
          />
          {creators.length > 0 && (
            <SelectField
              {...field("about")}
              label="About"
              options={creators}
              empty="No creator in particular"
              hint="For what a colleague does. What a creator is asked is about that creator."
              className="sm:col-span-2"
            />
          )}
        </div>
        <div>
          <SubmitButton pendingLabel="Saving…">{changes ? "Save change" : "Add task"}</SubmitButton>
        </div>
      </Form>
      <ToastOn of={done} message={done?.message ?? ""} />
    </>
  );
}
