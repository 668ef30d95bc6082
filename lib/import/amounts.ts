import { type Currency, type Decimal, exponentOf, roundToMinor } from "../model/money";
import { type Result, refuse } from "../model/result";
import { isPlausibleAmount, roundTogether, sumDecimals } from "./numbers";

/** The exact sum of amounts in minor units, rounded once. Refuses what is too large to be true. */
export function minorOf(amounts: readonly Decimal[], currency: Currency): Result<bigint> {
  const minor = roundToMinor(sumDecimals(amounts), currency);
  return isPlausibleAmount(minor) ? { ok: true, value: minor } : tooLarge();
}

/** The same, and each amount's part of it; the parts add up to it. */
export function minorWithParts(
  amounts: readonly Decimal[],
  currency: Currency,
): Result<{ minor: bigint; parts: bigint[] }> {
  const minor = minorOf(amounts, currency);
  if (!minor.ok) return minor;
  const parts = roundTogether(amounts, minor.value, exponentOf(currency));
  return parts.every(isPlausibleAmount) ? { ok: true, value: { minor: minor.value, parts } } : tooLarge();
}

function tooLarge() {
  return refuse("The amount is too large to be true; check it for extra digits.");
}
