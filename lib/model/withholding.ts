/**
 * Tax that a platform withholds. What is taxed depends on the form it has from the creator: with one, only what
 * was earned from viewers in the taxing country; without one, everything. YouTube's own example, for India, on 1,000
 * dollars of which 100 from the US: 15 by treaty, 30 without a treaty, 240 without a form. No tax advice.
 */
import { partOf } from "./money";

export const TAX_FORMS = ["treaty", "no_treaty", "none"] as const;
export type TaxForm = (typeof TAX_FORMS)[number];
export const TAX_FORM_LABEL: Readonly<Record<TaxForm, string>> = {
  treaty: "Form given, with a treaty",
  no_treaty: "Form given, no treaty",
  none: "No form",
};
/** What the form offers for the US; the rule that is saved says what holds (support pages quoted 2021-03). */
export const USUAL_RATE_PPM: Readonly<Record<TaxForm, number>> = {
  treaty: 150_000,
  no_treaty: 300_000,
  none: 240_000,
};

export type Withholding = { readonly form: TaxForm; readonly ratePpm: number };

/** What is taxed of a payout: the part from viewers there, or all of it without a form. Null: that part is unknown. */
export function taxBaseOf(rule: Withholding, minor: bigint, taxableMinor: bigint | null): bigint | null {
  return rule.form === "none" ? minor : taxableMinor;
}

/** The tax, half to even; null while its base is unknown. */
export function withheldOf(rule: Withholding, minor: bigint, taxableMinor: bigint | null): bigint | null {
  const base = taxBaseOf(rule, minor, taxableMinor);
  return base === null ? null : partOf(base, rule.ratePpm);
}

/** A rule of kind "withholding" as it was kept; null for what is not one. */
export function readWithholding(body: Readonly<Record<string, unknown>>): Withholding | null {
  const form = TAX_FORMS.find((each) => each === body.form);
  const { ratePpm } = body;
  if (!form || !Number.isSafeInteger(ratePpm) || Number(ratePpm) < 0 || Number(ratePpm) > 1_000_000)
    return null;
  return { form, ratePpm: Number(ratePpm) };
}
