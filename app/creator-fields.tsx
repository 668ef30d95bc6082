"use client";

import { useEffect, useState } from "react";
import { errorOf, typedOf } from "@/components/ui/form";
import { TextField } from "@/components/ui/input";
import { type Option, SelectField } from "@/components/ui/select";
import type { ActionState } from "@/lib/model/action-state";

export type CreatorChoices = { currencies: readonly Option[]; timeZones: readonly Option[] };

type CreatorFieldsProps = CreatorChoices & {
  state: ActionState<unknown>;
  name: string;
  currency: string;
  /** null: the browser's own */
  timeZone: string | null;
};

/** What one states about a creator, when making it and later. */
export function CreatorFields({
  state,
  name,
  currency,
  timeZone,
  currencies,
  timeZones,
}: CreatorFieldsProps) {
  const [own, setOwn] = useState<string | null>(null);
  useEffect(() => {
    if (timeZone === null) setOwn(new Intl.DateTimeFormat().resolvedOptions().timeZone);
  }, [timeZone]);
  const zone = timeZone ?? timeZones.find(({ value }) => value === own)?.value ?? "UTC";
  return (
    <>
      <TextField
        name="name"
        label="Name"
        hint="As fans know it: a person, a channel or a studio."
        autoComplete="off"
        required
        defaultValue={typedOf(state, "name", name)}
        error={errorOf(state, "name")}
      />
      <SelectField
        name="currency"
        label="Reports in"
        hint="Payouts keep the currency they came in; reports convert them to this one."
        options={currencies}
        defaultValue={typedOf(state, "currency", currency)}
        error={errorOf(state, "currency")}
      />
      <SelectField
        name="timeZone"
        label="Time zone"
        hint="Days and months are counted in it."
        options={timeZones}
        defaultValue={typedOf(state, "timeZone", zone)}
        error={errorOf(state, "timeZone")}
      />
    </>
  );
}
