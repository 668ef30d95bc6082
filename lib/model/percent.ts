import { parseDecimal } from "./money";
import type { Result } from "./result";

/** A percentage as a person types it, with or without its sign, in parts per million; null when nothing was typed. */
export function parsePercentPpm(text: string): Result<number | null> {
  const bare = text.replace(/\s*%$/, "");
  if (bare === "") return { ok: true, value: null };
  const decimal = parseDecimal(bare, "either", 3);
  const { units, scale } = decimal.ok ? decimal.value : { units: -1n, scale: 0 };
  const one = 10n ** BigInt(scale);
  if (units < 0n || units > 100n * one)
    return { ok: false, error: "Type a percentage between 0 and 100, like 42.5." };
  if ((units * 10_000n) % one !== 0n) return { ok: false, error: "Use at most 4 decimals." };
  return { ok: true, value: Number((units * 10_000n) / one) };
}
