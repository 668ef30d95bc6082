"use client";

import { useActionState, useState } from "react";
import { FreshId } from "@/app/fresh-id";
import { CheckboxField } from "@/components/ui/checkbox";
import { errorOf, Form, typedOf } from "@/components/ui/form";
import { CountField, DayField, TextField } from "@/components/ui/input";
import { MoneyField } from "@/components/ui/money-input";
import { RadioGroup } from "@/components/ui/radio-group";
import { type Option, SelectField } from "@/components/ui/select";
import { SubmitButton } from "@/components/ui/submit-button";
import { TextareaField } from "@/components/ui/textarea";
import { ToastOn } from "@/components/ui/toast";
import { IDLE } from "@/lib/model/action-state";
import type { Stated } from "@/lib/model/commission-terms";
import { STREAM_LABEL, STREAMS } from "@/lib/model/words";
import { proposeTerms } from "../actions";
import type { TermsDefaults } from "./defaults";
import { previewOf } from "./preview";

type TermsFormProps = {
  agencyId: string;
  agencyName: string;
  representationId: string;
  initialId: string;
  defaults: TermsDefaults;
  /** what counts beside, for the example */
  others: readonly Stated[];
  deals: readonly Option[];
  currencies: readonly { code: string }[];
  locale: string;
  /** the accepted terms it takes the place of */
  replaces?: string;
};

/** What an agency proposes, with an example of what it leaves while it is typed. */
export function TermsForm(props: TermsFormProps) {
  const { agencyId, agencyName, representationId, initialId, defaults, others, deals, currencies, locale } =
    props;
  const [state, send] = useActionState(proposeTerms, IDLE);
  const [preview, setPreview] = useState(() => previewOf(defaults, { agencyId, agencyName, others, locale }));
  const field = (name: Exclude<keyof TermsDefaults, "streams">) => ({
    name,
    id: `terms-${name}`,
    error: errorOf(state, name),
    defaultValue: typedOf(state, name, defaults[name]),
  });
  const done = state.status === "done" ? state : null;

  function show(form: HTMLFormElement) {
    const typed = Object.fromEntries(new FormData(form)) as Record<string, string>;
    const streams = STREAMS.filter((stream) => typed[`stream-${stream}`]);
    setPreview(previewOf({ ...defaults, ...typed, streams }, { agencyId, agencyName, others, locale }));
  }

  return (
    <>
      <Form action={send} state={state} onChange={(event) => show(event.currentTarget)}>
        <FreshId initial={initialId} state={state} />
        <input type="hidden" name="agencyId" value={agencyId} />
        <input type="hidden" name="representationId" value={representationId} />
        {props.replaces && <input type="hidden" name="replaces" value={props.replaces} />}
        <div className="grid gap-4 sm:grid-cols-2 lg:grid-cols-3">
          <TextField
            {...field("claim")}
            label="What for"
            hint="Of one name, one counts at a time; different names stand side by side."
            autoComplete="off"
            maxLength={60}
            required
          />
          <RadioGroup
            {...field("payee")}
            label="Who takes it"
            options={[
              { value: "agency", label: "The agency" },
              { value: "managers", label: "Managers" },
              { value: "external", label: "Others" },
            ]}
          />
          <TextareaField
            {...field("parties")}
            label="Names"
            hint="Of managers or others, one a line. Empty for the agency."
            optional
            rows={2}
          />
          <RadioGroup
            {...field("kind")}
            label="How much"
            options={[
              { value: "percent", label: "A percentage" },
              { value: "flat", label: "A flat amount" },
            ]}
          />
          <TextField {...field("percent")} label="Percent" inputMode="decimal" autoComplete="off" />
          <RadioGroup
            {...field("base")}
            label="Of the"
            hint="Gross is before the platform's share, fees and withheld tax, where they are known."
            options={[
              { value: "gross", label: "Gross" },
              { value: "net", label: "Net" },
            ]}
          />
          <MoneyField
            {...field("flat")}
            label="Flat amount of each payout"
            currencies={currencies}
            defaultCurrency={typedOf(state, "currency", defaults.currency)}
            currencyError={errorOf(state, "currency")}
          />
          <RadioGroup
            {...field("split")}
            label="Several names"
            options={[
              { value: "even", label: "Share it evenly" },
              { value: "full", label: "Each in full" },
            ]}
          />
          {deals.length > 0 && (
            <SelectField {...field("dealId")} label="Only for one deal" options={deals} empty="No, for all" />
          )}
          <DayField {...field("fromDay")} label="First day" required />
          <DayField {...field("toDay")} label="Last day" optional />
          <CountField
            {...field("sunset")}
            label="Sunset, days"
            hint="How long after the end a deal agreed before still counts."
            optional
          />
        </div>
        <fieldset className="min-w-0">
          <legend className="mb-1.5 text-sm font-medium">
            Streams<span className="ml-1.5 font-normal text-muted">none chosen: all of them</span>
          </legend>
          <div className="grid grid-cols-[repeat(auto-fill,minmax(10rem,1fr))] gap-x-4">
            {STREAMS.map((stream) => (
              <CheckboxField
                key={stream}
                name={`stream-${stream}`}
                id={`terms-stream-${stream}`}
                label={STREAM_LABEL[stream]}
                defaultChecked={
                  state.status === "invalid"
                    ? state.values[`stream-${stream}`] !== undefined
                    : defaults.streams.includes(stream)
                }
              />
            ))}
          </div>
        </fieldset>
        <TextareaField {...field("note")} label="Note" optional maxLength={2000} rows={2} />
        <p className="rounded-md bg-sunken p-3 text-sm" aria-live="polite">
          {preview}
        </p>
        <div>
          <SubmitButton pendingLabel="Sending…">Propose</SubmitButton>
        </div>
      </Form>
      <ToastOn of={done} message={done?.message ?? ""} />
    </>
  );
}
