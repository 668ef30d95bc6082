import { useState } from "react";
import { Button } from "@/components/ui/button";
import { errorOf, typedOf } from "@/components/ui/form";
import { CountField, DayField, TextField } from "@/components/ui/input";
import { type Option, SelectField } from "@/components/ui/select";
import { TextareaField } from "@/components/ui/textarea";
import type { ActionState } from "@/lib/model/action-state";
import { TERMS_DAYS } from "@/lib/model/deal";
import type { Right } from "@/lib/model/sponsorship-rates";
import type { Saved } from "../saved";

/** Everything as text, as the inputs hold it. */
export type TermsDefaults = {
  extras: Readonly<Record<Right, { amount: string; days: string }>>;
  items: readonly { id: string; what: string; dueOn: string; deliveredOn: string; videoId: string }[];
  promisedViews: string;
  commission: string;
  invoiceNumber: string;
  invoicedOn: string;
  termsDays: string;
  billTo: string;
};

type DealTermsFieldsProps = {
  state: ActionState<Saved>;
  defaults: TermsDefaults;
  choices: {
    videos: readonly Option[];
    rights: readonly { name: Right; label: string }[];
    invoiceNumber: string;
  };
};

const GRID = "mt-4 grid gap-4 sm:grid-cols-2 lg:grid-cols-4";

/** What a deal says beside its fee, in three folds; each is open where it holds something or is refused. */
export function DealTermsFields({ state, defaults, choices }: DealTermsFieldsProps) {
  const field = (name: string, value: string) => ({
    name,
    id: `deal-${name}`,
    error: errorOf(state, name),
    defaultValue: typedOf(state, name, value),
  });
  const { extras } = defaults;
  return (
    <div className="grid gap-3">
      <Part
        label="Deliverables"
        isUsed={defaults.items.length > 0 || defaults.promisedViews !== ""}
        isRefused={isRefused(state, /^(item-|promisedViews)/)}
      >
        <Items state={state} items={defaults.items} videos={choices.videos} />
        <div className={GRID}>
          <CountField
            {...field("promisedViews", defaults.promisedViews)}
            label="Promised views"
            optional
            hint="What the fee was agreed for, in all."
          />
        </div>
      </Part>
      <Part
        label="Parts of the fee, commission"
        isUsed={defaults.commission !== "" || Object.values(extras).some(({ amount }) => amount !== "")}
        isRefused={isRefused(state, /^(extra-|commission)/)}
      >
        <p className="mt-3 text-sm text-muted">
          What of the fee is for a right, in the fee's currency. The rest is for the content itself.
        </p>
        <div className={GRID}>
          {choices.rights.map(({ name, label }) => (
            <div key={name} className="grid grid-cols-[minmax(0,1fr)_5rem] content-end gap-2">
              <TextField
                {...field(`extra-${name}`, extras[name].amount)}
                label={label}
                inputMode="decimal"
                autoComplete="off"
                placeholder="0.00"
              />
              <TextField
                {...field(`extra-${name}-days`, extras[name].days)}
                label={<span className="font-normal text-muted">days</span>}
                aria-label={`${label}: for how many days`}
                inputMode="numeric"
                autoComplete="off"
                className="self-end"
              />
            </div>
          ))}
          <TextField
            {...field("commission", defaults.commission)}
            label="Commission beside the fee, %"
            optional
            inputMode="decimal"
            autoComplete="off"
            hint="Log what it brings as an affiliate placement."
          />
        </div>
      </Part>
      <Part
        label="Invoice and terms"
        isUsed={defaults.invoiceNumber !== "" || defaults.termsDays !== "" || defaults.billTo !== ""}
        isRefused={isRefused(state, /^(invoice|terms|billTo)/)}
      >
        <div className={GRID}>
          <TextField
            {...field("invoiceNumber", defaults.invoiceNumber)}
            label="Invoice number"
            optional
            autoComplete="off"
            hint={`The next free one is ${choices.invoiceNumber}.`}
          />
          <DayField {...field("invoicedOn", defaults.invoicedOn)} label="Invoiced on" optional />
          <TextField
            {...field("termsDays", defaults.termsDays)}
            label="Terms, days"
            optional
            inputMode="numeric"
            autoComplete="off"
            list="deal-terms"
            hint="Net 30, 45, 60, 90 or your own."
          />
          <datalist id="deal-terms">
            {TERMS_DAYS.map((days) => (
              <option key={days} value={days}>
                {days === 0 ? "on receipt" : `net ${days}`}
              </option>
            ))}
          </datalist>
          <TextareaField
            {...field("billTo", defaults.billTo)}
            label="Bill to"
            optional
            rows={2}
            maxLength={2000}
            hint="Name and address, as the invoice shows them."
          />
        </div>
      </Part>
    </div>
  );
}

function Part({
  label,
  isUsed,
  isRefused,
  children,
}: {
  label: string;
  isUsed: boolean;
  isRefused: boolean;
  children: React.ReactNode;
}) {
  const [isOpen, setOpen] = useState(isUsed);
  return (
    <details open={isOpen || isRefused} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary className="link w-fit text-sm">{label}</summary>
      {children}
    </details>
  );
}

function isRefused(state: ActionState<Saved>, names: RegExp): boolean {
  return state.status === "invalid" && Object.keys(state.fields).some((name) => names.test(name));
}

function Items({
  state,
  items,
  videos,
}: {
  state: ActionState<Saved>;
  items: TermsDefaults["items"];
  videos: readonly Option[];
}) {
  const [rows, setRows] = useState(Math.max(1, items.length, typedRows(state)));
  return (
    <fieldset className="mt-3 grid gap-3">
      <legend className="sr-only">Deliverables</legend>
      {Array.from({ length: rows }, (_, row) => {
        const item = items[row];
        const field = (part: "what" | "dueOn" | "deliveredOn" | "videoId") => {
          const name = `item-${row}-${part}`;
          return {
            ...{ name, id: `deal-${name}`, error: errorOf(state, name) },
            defaultValue: typedOf(state, name, item?.[part] ?? ""),
          };
        };
        return (
          <div key={`item-${item?.id ?? row}`} className="grid gap-3 sm:grid-cols-2 lg:grid-cols-4">
            {item && <input type="hidden" name={`item-${row}-id`} value={item.id} />}
            <TextField
              {...field("what")}
              label={`Deliverable ${row + 1}`}
              maxLength={200}
              autoComplete="off"
              placeholder="One video, 60 seconds"
            />
            <DayField {...field("dueOn")} label={`Due day of ${row + 1}`} />
            <SelectField
              {...field("videoId")}
              label={`Video of ${row + 1}`}
              options={videos}
              empty="Not published yet"
            />
            <DayField {...field("deliveredOn")} label={`Delivered day of ${row + 1}`} />
          </div>
        );
      })}
      <div>
        <Button variant="quiet" size="sm" type="button" onClick={() => setRows(rows + 1)}>
          Add another deliverable
        </Button>
      </div>
    </fieldset>
  );
}

function typedRows(state: ActionState<Saved>): number {
  if (state.status !== "invalid") return 0;
  return Object.keys(state.values).filter((name) => /^item-\d+-what$/.test(name)).length;
}
