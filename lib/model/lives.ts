/** What LIVE hours brought. */
import { type Currency, decimalText, divideHalfEven, exponentOf } from "./money";

const SECONDS_PER_HOUR = 3_600n;
const PLACES = 4;

/** Minor units per hour, half to even; null without time. */
export function perHour(minor: bigint, seconds: bigint): bigint | null {
  return seconds > 0n ? divideHalfEven(minor * SECONDS_PER_HOUR, seconds) : null;
}

/** Money per unit in whole units of the currency, as text with 4 decimals, half to even; null without units. */
export function perUnit(minor: bigint, units: bigint, currency: Currency): string | null {
  if (units <= 0n) return null;
  const bottom = units * 10n ** BigInt(exponentOf(currency));
  return decimalText(divideHalfEven(minor * 10n ** BigInt(PLACES), bottom), PLACES);
}
