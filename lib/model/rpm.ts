import { type Currency, decimalText, divideHalfEven, exponentOf } from "./money";

/** What a rate is counted per 1,000 of. A rate is never shown without this name. */
export const DENOMINATORS = [
  "views",
  "qualified_views",
  "engaged_views",
  "ad_impressions",
  "monetised_playbacks",
] as const;
export type Denominator = (typeof DENOMINATORS)[number];
export const DENOMINATOR_LABEL: Readonly<Record<Denominator, string>> = {
  views: "views",
  qualified_views: "qualified views",
  engaged_views: "engaged views",
  ad_impressions: "ad impressions",
  monetised_playbacks: "monetised playbacks",
};

/** What one entry may count at most: more is a slip, for no creator has a trillion views. The model refuses 100 times it. */
export const MAX_COUNT = 1_000_000_000_000;

type Count = bigint | number | null | undefined;

/**
 * Money per 1,000 of a denominator as exact decimal text in major units, half to even; null when the count is
 * absent or not above 0. `digits` decimals, or by default 2, and 3 for rates below 1.
 * Throws RangeError on a fractional count.
 */
export function rpm(minor: bigint, count: Count, currency: Currency, digits?: 2 | 3): string | null {
  if (count === null || count === undefined || count <= 0) return null;
  const top = minor * 1000n;
  const bottom = 10n ** BigInt(exponentOf(currency)) * BigInt(count);
  const scale = digits ?? (top < bottom && -top < bottom ? 3 : 2);
  return decimalText(divideHalfEven(top * 10n ** BigInt(scale), bottom), scale);
}

/**
 * The rate of a group: total money over total count, never a mean of rates. Items whose count is absent are
 * left out with their money; null when none has one. Items are of one currency and one denominator.
 */
export function groupRpm(
  items: readonly { readonly minor: bigint; readonly count: Count }[],
  currency: Currency,
  digits?: 2 | 3,
): string | null {
  let minor = 0n;
  let count = 0n;
  for (const item of items) {
    if (item.count === null || item.count === undefined) continue;
    minor += item.minor;
    count += BigInt(item.count);
  }
  return rpm(minor, count, currency, digits);
}

/** eRPM: all income over all views, exact decimal text; null without views. */
export function eRpm(allIncomeMinor: bigint, allViews: Count, currency: Currency): string | null {
  return rpm(allIncomeMinor, allViews, currency);
}

/**
 * The same money per 1,000 of each denominator that is known, each by its name. They are different figures of one
 * thing: never averaged, never one in place of another.
 */
export function rpmByName(
  minor: bigint,
  counts: Readonly<Partial<Record<Denominator, Count>>>,
  currency: Currency,
): { per: Denominator; rate: string }[] {
  return DENOMINATORS.flatMap((per) => {
    const rate = rpm(minor, counts[per], currency);
    return rate === null ? [] : [{ per, rate }];
  });
}
