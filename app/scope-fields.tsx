"use client";

import { CheckboxField } from "@/components/ui/checkbox";
import { errorOf, typedOf } from "@/components/ui/form";
import { DayField } from "@/components/ui/input";
import { RadioGroup } from "@/components/ui/radio-group";
import type { ActionState } from "@/lib/model/action-state";
import type { Scope } from "@/lib/model/representation";
import { STREAM_LABEL, STREAMS } from "@/lib/model/words";

type ScopeFieldsProps = {
  state: ActionState<unknown>;
  scope: Scope;
  /** where more than one such form stands on a page: what its inputs' ids begin with */
  within?: string;
};

/** What an agency is to see: asked for, or said by the creator. `lib/server/scope-input.ts` reads it. */
export function ScopeFields({ state, scope, within = "scope" }: ScopeFieldsProps) {
  const named = (name: string) => ({ name, id: `${within}-${name}` });
  const typed = state.status === "invalid" ? state.values : null;
  const checked = (name: string, otherwise: boolean) => (typed ? typed[name] === "on" : otherwise);
  return (
    <div className="group/scope grid gap-5">
      <RadioGroup
        {...named("money")}
        label="Money"
        look="list"
        options={[
          { value: "all", label: "All of it", hint: "Payouts, totals and projections of every stream." },
          {
            value: "some",
            label: "Chosen streams",
            hint: "Only theirs, and no total from which the rest could be worked out.",
          },
          { value: "none", label: "No amounts", hint: "Channels, videos and views alone." },
        ]}
        defaultValue={typedOf(state, "money", moneyOf(scope))}
        error={errorOf(state, "money")}
      />
      <fieldset className="hidden group-has-[input[value=some]:checked]/scope:block">
        <legend className="mb-1 text-sm font-medium">Streams</legend>
        <div className="grid gap-x-4 sm:grid-cols-2">
          {STREAMS.map((stream) => (
            <CheckboxField
              key={stream}
              {...named(`stream-${stream}`)}
              label={STREAM_LABEL[stream]}
              defaultChecked={checked(`stream-${stream}`, scope.streams?.includes(stream) ?? false)}
            />
          ))}
        </div>
      </fieldset>
      <div className="grid gap-1">
        <CheckboxField
          {...named("notes")}
          label="Notes too"
          hint="What was written beside payouts and deals."
          defaultChecked={checked("notes", scope.notes)}
        />
        <CheckboxField
          {...named("mayEdit")}
          label="May log and correct"
          hint="Only with all of the money; an assistant of the agency never may."
          defaultChecked={checked("mayEdit", scope.mayEdit)}
        />
      </div>
      <DayField
        {...named("toDay")}
        label="Last day"
        optional
        hint="In the creator's time zone. Access ends by itself after it; without one, when somebody ends it."
        defaultValue={typedOf(state, "toDay", scope.toDay ?? "")}
        error={errorOf(state, "toDay")}
        className="max-w-60"
      />
    </div>
  );
}

function moneyOf({ amounts, streams }: Scope): string {
  if (!amounts) return "none";
  return streams === null ? "all" : "some";
}
