/** Terms of commission in words, with an example of what they leave. */
import { dayName, dayRange, listOf, money, percent } from "./format";
import { type CommissionTerm, divide, nameOfClaim } from "./model/commission-terms";
import { type Currency, exponentOf } from "./model/money";
import type { Day } from "./model/month";
import { STREAM_LABEL, type Stream } from "./model/words";

/** The part of terms that says how much; a flat amount is in `currency`. */
export interface Rate {
  readonly ppm: number | null;
  readonly base: "gross" | "net" | null;
  readonly flatMinor: bigint | null;
}

/** "20% of the net", "$50.00 of each payout". */
export function rateWords({ ppm, base, flatMinor }: Rate, currency: Currency | null, locale: string): string {
  if (ppm !== null) return `${percent(ppm / 1_000_000, locale, 4)} of the ${base}`;
  return currency ? `${money(flatMinor, currency, locale)} of each payout` : "";
}

/** "Ana Ruiz", "Ana and Ben, shared evenly", "Ana and Ben, each in full". */
export function partyWords(
  { parties, split }: { readonly parties: readonly string[]; readonly split: "even" | "full" },
  locale: string,
): string {
  const names = listOf(parties, locale);
  if (parties.length < 2) return names;
  return `${names}, ${split === "even" ? "shared evenly" : "each in full"}`;
}

/** "All streams", "Sponsorship and Ads", "Only the deal with Northwind". */
export function scopeWords(
  terms: {
    readonly streams: readonly Stream[] | null;
    readonly dealId: string | null;
    readonly brand?: string | null;
  },
  locale: string,
): string {
  if (terms.dealId) return terms.brand ? `Only the deal with ${terms.brand}` : "Only one deal";
  if (!terms.streams) return "All streams";
  return listOf(
    terms.streams.map((stream) => STREAM_LABEL[stream]),
    locale,
  );
}

/** "From Jan 1, 2026", "Ended before it began", "Jan 1 – Dec 31, 2026, then 90 days for what was agreed before". */
export function timeWords(
  terms: { readonly fromDay: Day; readonly toDay: Day | null; readonly sunsetDays: number | null },
  locale: string,
): string {
  const { fromDay, toDay, sunsetDays } = terms;
  if (toDay && toDay < fromDay) return "Ended before it began";
  const days = toDay ? dayRange(fromDay, toDay, locale) : `From ${dayName(fromDay, locale)}`;
  if (!sunsetDays) return days;
  const after = `${sunsetDays} ${sunsetDays === 1 ? "day" : "days"}`;
  return toDay
    ? `${days}, then ${after} for deals agreed before`
    : `${days}; after the end ${after} for deals agreed before`;
}

/** What terms make of 1,000.00 that was agreed and earned on a day, without any fee: gross and net are the same. */
export function exampleWords(
  terms: readonly CommissionTerm[],
  of: {
    readonly currency: Currency;
    readonly stream: Stream;
    readonly dealId: string | null;
    readonly day: Day;
  },
  locale: string,
): string {
  const { currency, stream, dealId, day } = of;
  const thousand = 1_000n * 10n ** BigInt(exponentOf(currency));
  const { shares, creatorMinor, isCut } = divide(terms, {
    ...{ stream, dealId, earnedOn: day, agreedOn: day, currency },
    ...{ grossMinor: thousand, netMinor: thousand },
  });
  const whole = money(thousand, currency, locale);
  const left = money(creatorMinor, currency, locale);
  if (shares.length === 0) return `Of ${whole} nothing is taken.`;
  const parts = listOf(
    shares.map(
      ({ claim, party, minor }) => `${money(minor, currency, locale)} ${nameOfClaim(claim)} (${party})`,
    ),
    locale,
  );
  const cut = isCut ? " The claims are more than there is, so each is cut in proportion." : "";
  return `Of ${whole}: ${parts}; ${left} is left for the creator.${cut}`;
}
