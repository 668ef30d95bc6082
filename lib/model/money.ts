import { type Result, refuse } from "./result";

/** An ISO 4217 code, e.g. "USD". */
export type Currency = string & { readonly __currency: true };
/** Whole minor units (cents, yen, fils) of one currency. Currencies never add. */
export type Money = { readonly minor: bigint; readonly currency: Currency };
/** An exact decimal number: units / 10^scale. */
export type Decimal = { readonly units: bigint; readonly scale: number };

/** Number of decimals by currency, ISO 4217 (active codes of money that is paid out). */
const CODES_BY_EXPONENT: readonly (readonly [number, string])[] = [
  [0, "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF"],
  [
    2,
    "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF " +
      "CNY COP CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF " +
      "IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR " +
      "MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD " +
      "SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD UYU UZS VED VES WST XCD XCG " +
      "YER ZAR ZMW ZWG",
  ],
  [3, "BHD IQD JOD KWD LYD OMR TND"],
];
const EXPONENTS: ReadonlyMap<string, number> = new Map(
  CODES_BY_EXPONENT.flatMap(([exponent, codes]) => codes.split(" ").map((code) => [code, exponent] as const)),
);

/** All known codes, in alphabetical order. */
export const CURRENCIES: readonly Currency[] = [...EXPONENTS.keys()].sort() as Currency[];

/** Signs that people type or paste beside an amount, and the currencies each may stand for. */
const SIGNS: ReadonlyMap<string, string> = new Map([
  ["$", "USD CAD AUD NZD SGD HKD MXN ARS CLP COP TWD UYU"],
  ["US$", "USD"],
  ["CA$", "CAD"],
  ["A$", "AUD"],
  ["R$", "BRL"],
  ["€", "EUR"],
  ["£", "GBP EGP LBP"],
  ["¥", "JPY CNY"],
  ["￥", "JPY CNY"],
  ["₹", "INR"],
  ["₩", "KRW"],
  ["₫", "VND"],
  ["₱", "PHP"],
  ["฿", "THB"],
  ["₺", "TRY"],
  ["₽", "RUB"],
  ["₴", "UAH"],
  ["₦", "NGN"],
  ["Rp", "IDR"],
  ["RM", "MYR"],
  ["zł", "PLN"],
  ["kr", "SEK NOK DKK ISK"],
]);

/** The largest amount PostgreSQL's bigint holds. */
const MAX_MINOR = 9_223_372_036_854_775_807n;

/** True for a known ISO 4217 code, in capitals. */
export function isCurrency(code: string): code is Currency {
  return EXPONENTS.has(code);
}

/** The code as a currency. Throws RangeError, naming the code, when it is not known. */
export function currencyOf(code: string): Currency {
  if (!isCurrency(code))
    throw new RangeError(`"${code}" is not a known currency; use an ISO 4217 code such as USD.`);
  return code;
}

/** Decimals of a currency: JPY 0, USD 2, KWD 3. */
export function exponentOf(currency: Currency): number {
  const exponent = EXPONENTS.get(currency);
  if (exponent === undefined) throw new RangeError(`"${currency}" is not a known currency.`);
  return exponent;
}

/**
 * Minor units from characters, never through a float. Accepts grouping (comma, point, apostrophe, any kind of
 * space), a sign before or after, accounting brackets, and the currency's own code or sign.
 * `decimal` says which mark separates decimals; "either" decides from the text and refuses one that can be
 * read two ways ("1,234"). Decimals beyond the currency's are refused unless they are zeros; an import that
 * wants rounding uses parseDecimal and roundToMinor. The error is a sentence that names the remedy.
 */
export function parseMoney(
  text: string,
  currency: Currency,
  decimal: "." | "," | "either" = "either",
): Result<bigint> {
  const bare = withoutCurrency(text, currency);
  if (!bare.ok) return bare;
  const exponent = exponentOf(currency);
  const parsed = parseDecimal(bare.value, decimal, exponent);
  if (!parsed.ok) return parsed;
  const { units, scale } = parsed.value;
  if (scale > exponent && units % 10n ** BigInt(scale - exponent) !== 0n) {
    const decimals = exponent === 0 ? "no decimals" : `at most ${exponent} decimals`;
    return refuse(`"${text.trim()}" has more decimals than ${currency} allows; write ${decimals}.`);
  }
  const minor = roundToMinor(parsed.value, currency);
  if (minor > MAX_MINOR || minor < -MAX_MINOR)
    return refuse(`"${text.trim()}" is too large; check for extra digits.`);
  return { ok: true, value: minor };
}

/**
 * An exact decimal from characters: grouping, signs and brackets as parseMoney, without currency, any number
 * of decimals. Digits other than 0-9, exponents and hexadecimal are refused. `exponent`, when known, settles
 * texts that could be read two ways: 0 decimals leave only grouping, and 3 decimals after a point are decimals.
 */
export function parseDecimal(
  text: string,
  decimal: "." | "," | "either" = "either",
  exponent?: number,
): Result<Decimal> {
  const shown = text.trim();
  if (shown === "") return refuse("The amount is empty; write a number such as 12.34.");
  if (shown.length > 60) return refuse(`"${shown.slice(0, 20)}…" is too long for an amount.`);
  const { body, negative, ok } = withoutSign(shown);
  if (!ok || !/^\d[\d.,'’\s]*$|^[.,]\d+$/.test(body))
    return refuse(`"${shown}" is not an amount; write digits such as 1234.56.`);

  const mark = decimal === "either" ? decimalMarkOf(body, exponent) : decimal;
  if (mark === "ambiguous")
    return refuse(
      `"${shown}" can be read two ways; write ${body.replace(/[.,]/, "")} or ${body.replace(",", ".").slice(0, -1)}.`,
    );
  const parts = mark === "none" ? [body] : body.split(mark);
  const [whole = "", fraction = ""] = parts;
  if (parts.length > 2 || (parts.length === 2 && !/^\d+$/.test(fraction)) || !isGrouped(whole))
    return refuse(
      `"${shown}" is not an amount with ${mark === "," ? "a comma" : "a point"} before its decimals; write it as 1234${mark === "," ? "," : "."}56.`,
    );
  const units = BigInt(whole.replace(/\D/g, "") + fraction || "0");
  return { ok: true, value: { units: negative ? -units : units, scale: fraction.length } };
}

/** An exact decimal amount as minor units, half to even. */
export function roundToMinor({ units, scale }: Decimal, currency: Currency): bigint {
  const exponent = exponentOf(currency);
  return exponent >= scale
    ? units * 10n ** BigInt(exponent - scale)
    : divideHalfEven(units, 10n ** BigInt(scale - exponent));
}

/** "1234.56": plain digits, a point, sign kept, always the currency's own number of decimals. */
export function decimalOf(minor: bigint, currency: Currency): string {
  return decimalText(minor, exponentOf(currency));
}

/** units / 10^scale as plain digits with exactly `scale` decimals. */
export function decimalText(units: bigint, scale: number): string {
  const digits = (units < 0n ? -units : units).toString().padStart(scale + 1, "0");
  const cut = digits.length - scale;
  return `${units < 0n ? "-" : ""}${digits.slice(0, cut)}${scale > 0 ? `.${digits.slice(cut)}` : ""}`;
}

/** Exact division, rounded half to even (no bias when many cells are rounded). Throws RangeError on 0. */
export function divideHalfEven(numerator: bigint, denominator: bigint): bigint {
  if (denominator === 0n) throw new RangeError("Division by zero.");
  const [top, bottom] = denominator < 0n ? [-numerator, -denominator] : [numerator, denominator];
  const quotient = top / bottom;
  const rest = top % bottom;
  const twice = 2n * (rest < 0n ? -rest : rest);
  const away = twice > bottom || (twice === bottom && quotient % 2n !== 0n);
  return away ? quotient + (top < 0n ? -1n : 1n) : quotient;
}

/**
 * Splits `total` in proportion to `weights` (>= 0) by largest remainder: the parts sum exactly to the total
 * and each is within one unit of its share; the earlier index wins ties. A negative total mirrors a positive
 * one. Throws RangeError on a negative weight, or when all weights are 0 but the total is not.
 */
export function allocate(total: bigint, weights: readonly bigint[]): bigint[] {
  if (weights.some((weight) => weight < 0n)) throw new RangeError("A weight cannot be negative.");
  const sum = weights.reduce((a, b) => a + b, 0n);
  if (sum === 0n) {
    if (total !== 0n) throw new RangeError("Nothing to allocate to: all weights are zero.");
    return weights.map(() => 0n);
  }
  const size = total < 0n ? -total : total;
  const parts = weights.map((weight) => (size * weight) / sum);
  const rests = weights.map((weight, index) => ({ index, rest: (size * weight) % sum }));
  rests.sort((a, b) => (a.rest === b.rest ? a.index - b.index : a.rest > b.rest ? -1 : 1));
  const left = Number(size - parts.reduce((a, b) => a + b, 0n));
  for (const { index } of rests.slice(0, left)) parts[index] = parts[index]! + 1n;
  return total < 0n ? parts.map((part) => -part) : parts;
}

/** `ppm` parts per million of an amount, half to even. */
export function partOf(minor: bigint, ppm: number): bigint {
  return divideHalfEven(minor * BigInt(ppm), 1_000_000n);
}

/**
 * `minor` of `from` in minor units of `to`; `rate` is a plain positive decimal, units of `to` per 1 unit of
 * `from`. Half to even. Throws RangeError when the rate is not such a decimal, or is not 1 for one currency.
 */
export function convert(minor: bigint, from: Currency, to: Currency, rate: string): bigint {
  const parts = /^(\d{1,20})(?:\.(\d{1,20}))?$/.exec(rate);
  const fraction = parts?.[2] ?? "";
  const units = parts ? BigInt(parts[1] + fraction) : 0n;
  if (units === 0n) throw new RangeError(`"${rate}" is not an exchange rate; write a positive decimal.`);
  const one = 10n ** BigInt(fraction.length);
  if (from === to && units !== one) throw new RangeError(`${from} to ${to} has the rate 1, not ${rate}.`);
  return divideHalfEven(minor * units * 10n ** BigInt(exponentOf(to)), one * 10n ** BigInt(exponentOf(from)));
}

/** Takes the currency's own code or sign off either end; another currency's is refused. */
function withoutCurrency(text: string, currency: Currency): Result<string> {
  const parts = /^([^\p{L}\p{Sc}]*)(\p{L}*\p{Sc}?)([^\p{L}\p{Sc}]*)(\p{L}*\p{Sc}?)$/u.exec(text.trim());
  const word = parts?.[2] || parts?.[4] || "";
  if (!parts || word === "") return { ok: true, value: text };
  // A mark between two runs of digits ("12USD34", "0x10", "1e3") is no currency.
  if ((parts[2] && parts[4]) || (/\d/.test(parts[1] ?? "") && /\d/.test(parts[3] ?? "")))
    return { ok: true, value: text };
  if (word.toUpperCase() === currency || SIGNS.get(word)?.split(" ").includes(currency))
    return { ok: true, value: `${parts[1]}${parts[3]}` };
  if (isCurrency(word.toUpperCase()) || SIGNS.has(word))
    return refuse(`"${text.trim()}" is not in ${currency}; choose the currency it was paid in.`);
  return { ok: true, value: text };
}

function withoutSign(text: string): { body: string; negative: boolean; ok: boolean } {
  const bracketed = /^\((.*)\)$/.exec(text);
  const inner = (bracketed?.[1] ?? text).trim();
  const signed = /^([+\-−])?\s*(.*?)\s*([-−])?$/.exec(inner);
  const [lead, body, trail] = [signed?.[1], signed?.[2] ?? "", signed?.[3]];
  const signs = [bracketed, lead, trail].filter(Boolean).length;
  return { body, negative: signs === 1 && lead !== "+", ok: signs <= 1 };
}

/** Which mark separates decimals, read from the text alone. */
function decimalMarkOf(body: string, exponent?: number): "." | "," | "none" | "ambiguous" {
  const marks = body.replace(/[^.,]/g, "");
  if (marks === "") return "none";
  const last = marks.at(-1) as "." | ",";
  if (new Set(marks).size === 2) return last;
  if (marks.length > 1) return last === "," ? "." : ",";
  const [whole = "", fraction = ""] = body.split(last);
  const mayGroup = fraction.length === 3 && /^[1-9]\d{0,2}$/.test(whole);
  if (!mayGroup) return last;
  if (exponent === 0) return "none";
  return exponent === 3 && last === "." ? last : "ambiguous";
}

/** Plain digits, or groups: 3 digits each, or the Indian 2-2-3; one kind of mark throughout. */
function isGrouped(whole: string): boolean {
  if (/^\d*$/.test(whole)) return true;
  const marks = new Set(whole.replace(/\d/g, ""));
  if (marks.size !== 1) return false;
  const groups = whole.split([...marks][0]!);
  const last = groups.at(-1)!;
  const middle = groups.slice(1, -1);
  const first = groups[0]!;
  if (last.length !== 3 || first.length < 1 || first.length > 3) return false;
  return (
    middle.every((group) => group.length === 3) ||
    (first.length <= 2 && middle.every((group) => group.length === 2))
  );
}
