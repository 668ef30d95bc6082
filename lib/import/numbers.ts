import { type Decimal, divideHalfEven, parseDecimal } from "../model/money";
import { type Result, refuse } from "../model/result";
import { MAX_COUNT } from "../model/rpm";
import { shown } from "./parse";

export type DecimalMark = "." | ",";

/** In minor units: 100 billion dollars. */
const MAX_AMOUNT = 10n ** 13n;

/** What exports write where they know no figure. Unknown is never zero. */
const UNKNOWN = new Set([
  "",
  "-",
  "--",
  "—",
  "–",
  "/",
  "undefined",
  "nan",
  "n/a",
  "na",
  "null",
  "none",
  "#n/a",
]);

/** Most figures are digits that can be read in one way only, and need no second look. */
const PLAIN = {
  ".": /^\d{1,15}(?:\.\d{1,9})?$/,
  ",": /^\d{1,15}(?:,\d{1,9})?$/,
  either: /^\d{1,15}$/,
} as const;

/** True for a blank cell and for the words that mean "no figure". */
export function isUnknown(text: string): boolean {
  return UNKNOWN.has(text.trim().toLowerCase());
}

/**
 * An exact decimal, or null when unknown. Without `mark` a text that can be read two ways is refused.
 * The error is a sentence that names the remedy.
 */
export function parseAmount(text: string, mark?: DecimalMark): Result<Decimal | null> {
  if (PLAIN[mark ?? "either"].test(text)) {
    const at = text.indexOf(mark ?? ".");
    if (at < 0) return { ok: true, value: { units: BigInt(text), scale: 0 } };
    const units = BigInt(text.slice(0, at) + text.slice(at + 1));
    return { ok: true, value: { units, scale: text.length - at - 1 } };
  }
  if (isUnknown(text)) return { ok: true, value: null };
  if (/\d[eE][+-]?\d/.test(text))
    return refuse(
      `"${shown(text)}" was shortened by a spreadsheet; show the whole number there and save again.`,
    );
  return parseDecimal(text.replace(/\p{Sc}/u, ""), mark ?? "either");
}

/**
 * A whole number of views and the like, or null when unknown. "2938.0" is 2938; "1,234" and "1 234" are 1234
 * where the mark cannot mean decimals. Negative only when `signed` (net counts).
 */
export function parseCount(
  text: string,
  options: { mark?: DecimalMark; signed?: boolean } = {},
): Result<number | null> {
  if (PLAIN.either.test(text) && Number(text) <= MAX_COUNT) return { ok: true, value: Number(text) };
  const amount = parseAmount(text, options.mark ?? wholeNumberMark(text));
  if (!amount.ok || amount.value === null) return amount.ok ? { ok: true, value: null } : amount;
  const { units, scale } = amount.value;
  const one = 10n ** BigInt(scale);
  if (units % one !== 0n) return refuse(`"${shown(text)}" is not a whole number; write it without decimals.`);
  if (units < 0n && !options.signed) return refuse(`"${shown(text)}" is negative; a count is 0 or more.`);
  const count = Number(units / one);
  if (Math.abs(count) > MAX_COUNT)
    return refuse(`"${shown(text)}" is too large for a count; check for extra digits.`);
  return { ok: true, value: count };
}

/** A count has no decimals, so a lone mark before three digits groups, unless they are zeros ("1,000" may be 1.000). */
function wholeNumberMark(text: string): DecimalMark | undefined {
  const parts = /^\s*-?\d{1,3}([.,])(\d{3})\s*$/.exec(text);
  if (!parts || parts[2] === "000") return undefined;
  return parts[1] === "," ? "." : ",";
}

/** Hours as a decimal ("12.5") or H:MM:SS in whole seconds, half to even; null when unknown. */
export function parseHours(text: string, mark?: DecimalMark): Result<number | null> {
  if (text.includes(":")) return parseDuration(text);
  const hours = parseAmount(text, mark);
  if (!hours.ok || hours.value === null) return hours.ok ? { ok: true, value: null } : hours;
  const { units, scale } = hours.value;
  if (units < 0n) return refuse(`"${shown(text)}" is negative; watch time is 0 or more.`);
  return secondsOf(divideHalfEven(units * 3600n, 10n ** BigInt(scale)), text);
}

/** H:MM:SS in seconds; null when unknown. */
export function parseDuration(text: string): Result<number | null> {
  if (isUnknown(text)) return { ok: true, value: null };
  const parts = /^\s*(\d{1,9}):([0-5]\d):([0-5]\d)\s*$/.exec(text);
  if (!parts) return refuse(`"${shown(text)}" is not a duration; write H:MM:SS, such as 0:04:34.`);
  return secondsOf(BigInt(parts[1] ?? 0) * 3600n + BigInt(parts[2] ?? 0) * 60n + BigInt(parts[3] ?? 0), text);
}

/** A length in whole seconds, or as H:MM:SS; null when unknown. */
export function parseSeconds(text: string): Result<number | null> {
  return text.includes(":") ? parseDuration(text) : parseCount(text, { mark: "." });
}

/** The decimal mark a whole column agrees on; null when some value can be read two ways and none decides. */
export function decimalMarkOf(texts: Iterable<string>): DecimalMark | "none" | null {
  let undecided = false;
  for (const text of texts) {
    if (!/[.,]/.test(text) || !/\d/.test(text)) continue;
    const readings = ([".", ","] as const).filter((mark) => parseAmount(text, mark).ok);
    if (readings.length === 1) return readings[0] ?? null;
    if (readings.length === 2) undecided = true;
  }
  return undecided ? null : "none";
}

/** Exact sum of two. */
export function addDecimals(a: Decimal, b: Decimal): Decimal {
  if (a.scale === b.scale) return { units: a.units + b.units, scale: a.scale };
  const scale = Math.max(a.scale, b.scale);
  return { units: atScale(a, scale) + atScale(b, scale), scale };
}

/** Exact sum, at the finest scale that occurs. */
export function sumDecimals(decimals: readonly Decimal[]): Decimal {
  const scale = decimals.reduce((finest, decimal) => Math.max(finest, decimal.scale), 0);
  return { scale, units: decimals.reduce((sum, decimal) => sum + atScale(decimal, scale), 0n) };
}

/**
 * Each amount in minor units (10^-exponent), such that they add up to `total`, which is their exact sum
 * rounded: each is rounded down, then the largest remainders get one unit more; the earlier one wins ties.
 */
export function roundTogether(decimals: readonly Decimal[], total: bigint, exponent: number): bigint[] {
  const scale = decimals.reduce((finest, decimal) => Math.max(finest, decimal.scale), exponent);
  const step = 10n ** BigInt(scale - exponent);
  const rests = decimals.map((decimal, index) => {
    const units = atScale(decimal, scale);
    return { index, units, rest: ((units % step) + step) % step };
  });
  const minors = rests.map(({ units, rest }) => (units - rest) / step);
  let left = total - minors.reduce((sum, minor) => sum + minor, 0n);
  for (const { index } of rests.sort((a, b) =>
    a.rest === b.rest ? a.index - b.index : a.rest > b.rest ? -1 : 1,
  )) {
    if (left <= 0n) break;
    minors[index] = (minors[index] ?? 0n) + 1n;
    left--;
  }
  return minors;
}

/**
 * False for amounts that are too large to be true. As many of the others as a file may have rows still add up
 * within the ledger's 64-bit integers.
 */
export function isPlausibleAmount(minor: bigint): boolean {
  return minor < MAX_AMOUNT && minor > -MAX_AMOUNT;
}

function atScale(decimal: Decimal, scale: number): bigint {
  return decimal.units * 10n ** BigInt(scale - decimal.scale);
}

function secondsOf(seconds: bigint, text: string): Result<number> {
  const value = Number(seconds);
  return Number.isSafeInteger(value)
    ? { ok: true, value }
    : refuse(`"${shown(text)}" is too long for a watch time; check for extra digits.`);
}
