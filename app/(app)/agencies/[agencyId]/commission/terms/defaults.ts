import type { Terms } from "@/db/commission-terms";
import type { Stated } from "@/lib/model/commission-terms";
import { decimalOf, decimalText } from "@/lib/model/money";
import type { Stream } from "@/lib/model/words";

/** Everything as text, as the inputs hold it. */
export type TermsDefaults = Record<
  | "claim"
  | "payee"
  | "parties"
  | "split"
  | "kind"
  | "percent"
  | "base"
  | "flat"
  | "currency"
  | "dealId"
  | "fromDay"
  | "toDay"
  | "sunset"
  | "note",
  string
> & { streams: readonly Stream[] };

/** Those of the terms to change, else 20% of the gross for the agency from today on. */
export function defaultsOf(
  terms: Terms | undefined,
  { currency, today }: { currency: string; today: string },
): TermsDefaults {
  if (!terms)
    return {
      ...{ claim: "management", payee: "agency", parties: "", split: "even", kind: "percent" },
      ...{ percent: "20", base: "gross", flat: "", currency, dealId: "", fromDay: today, toDay: "" },
      ...{ sunset: "", note: "", streams: [] },
    };
  const { claim, payee, parties, split, ppm, base, flatMinor, dealId, fromDay, toDay, sunsetDays, note } =
    terms;
  return {
    ...{ claim, payee, split, note, fromDay },
    parties: payee === "agency" ? "" : parties.join("\n"),
    kind: ppm === null ? "flat" : "percent",
    percent: ppm === null ? "" : decimalText(BigInt(ppm), 4).replace(/\.?0+$/, ""),
    base: base ?? "gross",
    flat: flatMinor !== null && terms.currency ? decimalOf(flatMinor, terms.currency) : "",
    currency: terms.currency ?? currency,
    dealId: dealId ?? "",
    toDay: toDay ?? "",
    sunset: sunsetDays ? String(sunsetDays) : "",
    streams: terms.streams ?? [],
  };
}

/** What counts beside the terms in the form, for the example under it. */
export function otherClaims(terms: readonly Terms[], representationId: string, changedId?: string): Stated[] {
  return terms
    .filter(
      (each) =>
        each.representationId === representationId && each.state === "accepted" && each.id !== changedId,
    )
    .map(({ agencyId, claim, parties, split, ppm, base, flatMinor, currency, ...rest }) => ({
      ...{ agencyId, claim, parties, split, ppm, base, flatMinor, currency },
      ...{ streams: rest.streams, dealId: rest.dealId, fromDay: rest.fromDay },
      ...{ toDay: rest.toDay, sunsetDays: rest.sunsetDays, endedOn: rest.endedOn },
    }));
}
