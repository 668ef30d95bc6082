"use client";

import { useActionState } from "react";
import { FreshId } from "@/app/fresh-id";
import { errorOf, Form, typedOf } from "@/components/ui/form";
import { CountField, DayField, TextField } from "@/components/ui/input";
import { type Option, SelectField } from "@/components/ui/select";
import { SubmitButton } from "@/components/ui/submit-button";
import { IDLE } from "@/lib/model/action-state";
import { SavedToast } from "../saved";
import { recordFact, recordProgramme, undoFact, undoProgramme } from "./actions";

type FactFormProps = {
  creatorId: string;
  initialId: string;
  what: "country" | "account_type" | "birth_year";
  today: string;
  /** What may be chosen; anything may be typed without it. */
  options?: readonly Option[];
  /** Whose it may be, where channels differ. */
  channels?: readonly Option[];
};

const LABEL = { country: "Country", account_type: "Kind of account", birth_year: "Year of birth" } as const;

/** One thing that programmes ask of a person, from a day on. */
export function FactForm({ creatorId, initialId, what, today, options, channels }: FactFormProps) {
  const [state, send] = useActionState(recordFact, IDLE);
  const field = (name: string, otherwise = "") => ({
    name,
    id: `${what}-${name}`,
    error: errorOf(state, name),
    defaultValue: typedOf(state, name, otherwise),
  });
  return (
    <>
      <Form action={send} state={state}>
        <FreshId initial={initialId} state={state} />
        <input type="hidden" name="creatorId" value={creatorId} />
        <input type="hidden" name="what" value={what} />
        <div className="grid items-end gap-4 sm:grid-cols-[1fr_1fr_1fr_auto]">
          {options ? (
            <SelectField {...field("value")} label={LABEL[what]} options={options} empty="Choose…" />
          ) : (
            <TextField
              {...field("value")}
              label={LABEL[what]}
              autoComplete="off"
              maxLength={what === "country" ? 2 : 4}
              placeholder={what === "country" ? "DE" : "2004"}
              inputMode={what === "country" ? "text" : "numeric"}
            />
          )}
          {channels && (
            <SelectField {...field("channelId")} label="Of" options={channels} empty="All channels" />
          )}
          {what === "birth_year" ? (
            // Whoever was born then was so on every day that can be asked about.
            <input type="hidden" name="day" value="1900-01-01" />
          ) : (
            <DayField {...field("day", today)} label="Since" max={today} />
          )}
          <SubmitButton variant="secondary" pendingLabel="Saving…">
            Save
          </SubmitButton>
        </div>
      </Form>
      <SavedToast state={state} creatorId={creatorId} undo={undoFact} />
    </>
  );
}

type ProgrammeFormProps = {
  creatorId: string;
  initialId: string;
  today: string;
  programmes: readonly Option[];
  accounts: readonly Option[];
  measures: readonly Option[];
};

/** A rule of a programme as somebody read it; two ways in, of which the second may be left out. */
export function ProgrammeForm(props: ProgrammeFormProps) {
  const { creatorId, initialId, today, programmes, accounts, measures } = props;
  const [state, send] = useActionState(recordProgramme, IDLE);
  const field = (name: string, otherwise = "") => ({
    name,
    id: `programme-${name}`,
    error: errorOf(state, name),
    defaultValue: typedOf(state, name, otherwise),
  });
  return (
    <>
      <Form action={send} state={state}>
        <FreshId initial={initialId} state={state} />
        <input type="hidden" name="creatorId" value={creatorId} />
        <div className="grid gap-4 sm:grid-cols-2 lg:grid-cols-3">
          <SelectField {...field("subject")} label="Programme" options={programmes} />
          <DayField
            {...field("fromDay", today)}
            label="Stands from"
            hint="It changes nothing before that day."
          />
          <TextField {...field("source")} label="Source" maxLength={200} autoComplete="off" />
          <TextField
            {...field("openIn")}
            label="Only in these countries"
            optional
            placeholder="US, GB, DE"
            autoComplete="off"
          />
          <SelectField {...field("account")} label="Only these accounts" options={accounts} empty="Any" />
        </div>
        {[0, 1].map((way) => (
          <fieldset key={way}>
            <legend className="mb-2 text-sm font-medium">
              {way === 0 ? "All of these must be reached" : "Or all of these, as another way in"}
            </legend>
            <div className="grid gap-4 sm:grid-cols-2 lg:grid-cols-4">
              {measures.map(({ value, label }) => (
                <CountField key={value} {...field(`way-${way}-${value}`)} label={label} optional />
              ))}
            </div>
          </fieldset>
        ))}
        <div>
          <SubmitButton pendingLabel="Saving…">Save rule</SubmitButton>
        </div>
      </Form>
      <SavedToast state={state} creatorId={creatorId} undo={undoProgramme} />
    </>
  );
}
