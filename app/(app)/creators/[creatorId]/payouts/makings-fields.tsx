"use client";

import { errorOf, typedOf } from "@/components/ui/form";
import { CountField, TextField } from "@/components/ui/input";
import { SelectField } from "@/components/ui/select";
import type { ActionState } from "@/lib/model/action-state";
import { type MakingsSort, makingsSortOf } from "@/lib/model/makings";
import { DENOMINATOR_LABEL, DENOMINATORS } from "@/lib/model/rpm";
import type { EntryKind, Stream } from "@/lib/model/words";

/** What is usual for this creator, in words: a hint beside a field, never its value. */
export type Terms = {
  /** "45 % by your rule of Jan 1, 2026", by stream */
  shares: Readonly<Partial<Record<Stream, string>>>;
  /** what a diamond is said to be worth */
  gift: string;
};

type MakingsFieldsProps = {
  state: ActionState<unknown>;
  /** by the name behind "made-" */
  defaults: Readonly<Record<string, string>>;
  stream: Stream;
  kind: EntryKind;
  terms: Terms;
  /** Sets the forms of one page apart. */
  name: string;
};

type Shown = { name: string; label: string; type?: "count" | "per"; hint?: string | undefined };

/** Beside the amount, how it came about: the fields of the chosen stream, all of them optional. */
export function MakingsFields({ state, defaults, stream, kind, terms, name }: MakingsFieldsProps) {
  const sort = makingsSortOf(stream, kind);
  if (sort === null) return null;
  return (
    <fieldset className="mt-5">
      <legend className="mb-2 text-sm font-medium">
        How it came about
        <span className="ml-1.5 font-normal text-muted">
          optional; what is left empty stays unknown, and what does not fit the amount is asked about
        </span>
      </legend>
      <div className="grid items-start gap-4 sm:grid-cols-2 xl:grid-cols-4">
        {fieldsOf(sort, stream, terms).map(({ name: own, label, type, hint }) => {
          const input = `made-${own}`;
          const field = {
            name: input,
            id: `${name}-${input}`,
            label,
            hint,
            error: errorOf(state, input),
            defaultValue: typedOf(state, input, defaults[own] ?? ""),
          };
          if (type === "count") return <CountField key={own} {...field} />;
          if (type === "per")
            return (
              <SelectField
                key={own}
                {...field}
                empty="Not counted"
                options={DENOMINATORS.map((each) => ({
                  value: each,
                  label: capital(DENOMINATOR_LABEL[each]),
                }))}
              />
            );
          return <TextField key={own} {...field} inputMode="decimal" autoComplete="off" />;
        })}
      </div>
    </fieldset>
  );
}

const UNITS: Readonly<Partial<Record<Stream, string>>> = {
  gift: "Diamonds",
  super_like: "Super likes",
  subscription: "Subscribers",
};
const TAXABLE: Shown = {
  name: "taxable",
  label: "Taxable at its source",
  hint: "The part from viewers there, such as the US.",
};

function fieldsOf(sort: MakingsSort, stream: Stream, terms: Terms): Shown[] {
  const platform: Shown = {
    name: "platform",
    label: "Platform keeps (%)",
    hint: terms.shares[stream] ?? "Left empty, it follows from the amount.",
  };
  switch (sort) {
    case "share":
      return [
        { name: "gross", label: "Gross" },
        platform,
        { name: "adjustment", label: "Adjustments", hint: "With a minus where they were taken off." },
        { name: "per", label: "Paid by", type: "per" },
        { name: "count", label: "How many of them", type: "count" },
        TAXABLE,
      ];
    case "units":
      return [
        { name: "units", label: UNITS[stream] ?? "Units", type: "count" },
        { name: "unitPrice", label: "Price of one", hint: stream === "gift" ? terms.gift : undefined },
        platform,
        TAXABLE,
      ];
    case "orders":
      return [
        { name: "clicks", label: "Clicks", type: "count" },
        { name: "orders", label: "Orders", type: "count" },
        { name: "value", label: "Order value", hint: "What customers paid, without tax and coupons." },
        { name: "refunded", label: "Refunded of it" },
        { name: "rate", label: "Commission (%)" },
        ...(stream === "shop"
          ? [
              { name: "adsValue", label: "Order value by ads" },
              { name: "adsRefunded", label: "Refunded by ads" },
              { name: "adsRate", label: "Commission by ads (%)" },
            ]
          : []),
        TAXABLE,
      ];
    case "withheld":
      return [
        { ...TAXABLE, hint: "What the tax was counted on." },
        { name: "rate", label: "Tax rate (%)" },
        { name: "rule", label: "Under which rule", hint: "Such as: US, treaty." },
      ];
  }
}

function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
