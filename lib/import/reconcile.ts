import { type Decimal, decimalText } from "../model/money";
import type { Problem } from "./draft";
import { sumDecimals } from "./numbers";

/**
 * A file's own total against the sum of its rows; null where they agree. Each of `rounded` printed figures may be
 * off by half of a unit. `why` tells what the difference means and what to do about it.
 */
export function differenceNotice(
  said: Decimal,
  summed: Decimal,
  rounded: number,
  place: Pick<Problem, "line" | "column">,
  why: string,
): Problem | null {
  const { units } = sumDecimals([said, { units: -summed.units, scale: summed.scale }]);
  if (2n * (units < 0n ? -units : units) <= BigInt(rounded)) return null;
  const [a, b] = [decimalText(said.units, said.scale), decimalText(summed.units, summed.scale)];
  return { ...place, message: `${SAYS} ${a}, its rows sum to ${b}. ${why}` };
}

const SAYS = "The file says";

/** Whether a notice says that a file's total is not what its rows sum to. */
export function isDifference({ message }: Pick<Problem, "message">): boolean {
  return message.startsWith(SAYS);
}

export function countAsDecimal(count: number): Decimal {
  return { units: BigInt(count), scale: 0 };
}
