import { type Currency, decimalOf, exponentOf } from "./model/money";
import type { Day, Month } from "./model/month";

/**
 * All that Intl does for the screen, the files and the mails. Locale (BCP 47) and zone (IANA) are always
 * arguments, so that server and browser write the same text. A value that is not there is "–", never 0.
 */
export const MISSING = "–";

type Digits = number | bigint | Intl.StringNumericLiteral;

const numberFormats = new Map<string, Intl.NumberFormat>();
const dateFormats = new Map<string, Intl.DateTimeFormat>();
const listFormats = new Map<string, Intl.ListFormat>();

function numberFormat(key: string, locale: string, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const id = `${locale}|${key}`;
  let format = numberFormats.get(id);
  if (!format) {
    format = new Intl.NumberFormat(locale, options);
    numberFormats.set(id, format);
  }
  return format;
}

function dateFormat(key: string, locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const id = `${locale}|${key}`;
  let format = dateFormats.get(id);
  if (!format) {
    format = new Intl.DateTimeFormat(locale, options);
    dateFormats.set(id, format);
  }
  return format;
}

/** An amount of minor units as the digits Intl reads exactly, whatever their number. */
function digitsOf(minor: bigint, currency: Currency): Digits {
  return decimalOf(minor, currency) as Intl.StringNumericLiteral;
}

/** "$1,234.56": exact for any size. `sign` shows a plus too; zero carries none. */
export function money(
  minor: bigint | null | undefined,
  currency: Currency,
  locale: string,
  sign: "negative" | "always" = "negative",
): string {
  if (minor === null || minor === undefined) return MISSING;
  const digits = exponentOf(currency);
  return numberFormat(`money|${currency}|${sign}`, locale, {
    style: "currency",
    currency,
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
    signDisplay: sign === "always" ? "exceptZero" : "negative",
  }).format(digitsOf(minor, currency) as number);
}

/** "$2,310": to three figures, for what is only about right. */
export function roundMoney(minor: bigint, currency: Currency, locale: string): string {
  return numberFormat(`money|${currency}|about`, locale, {
    style: "currency",
    currency,
    maximumSignificantDigits: 3,
  }).format(digitsOf(minor, currency) as number);
}

/** "+$16,905.00", "-$12.30", "$0.00". */
export function signedMoney(minor: bigint | null | undefined, currency: Currency, locale: string): string {
  return money(minor, currency, locale, "always");
}

/** "$1.2K" for axes and tight places; the exact figure must stand nearby. */
export function compactMoney(minor: bigint | null | undefined, currency: Currency, locale: string): string {
  if (minor === null || minor === undefined) return MISSING;
  return numberFormat(`compact-money|${currency}`, locale, {
    style: "currency",
    currency,
    notation: "compact",
    maximumSignificantDigits: 3,
    signDisplay: "negative",
  }).format(digitsOf(minor, currency) as number);
}

/**
 * Money per 1,000 of a named denominator (the caller writes the name beside it), in whole units of the
 * currency: exact decimal text keeps its decimals; a number gets 2, or 3 below 1, as lib/model/rpm rounds.
 */
export function rpm(value: string | number | null | undefined, currency: Currency, locale: string): string {
  if (value === null || value === undefined) return MISSING;
  if (typeof value === "number" && !Number.isFinite(value)) return MISSING;
  const decimals =
    typeof value === "string" ? (value.split(".")[1] ?? "").length : Math.abs(value) < 1 ? 3 : 2;
  return numberFormat(`rpm|${currency}|${decimals}`, locale, {
    style: "currency",
    currency,
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
    signDisplay: "negative",
  }).format(value as number);
}

/** "1,234,567": views and other counts, exact. */
export function count(value: bigint | number | null | undefined, locale: string): string {
  if (!isPresent(value)) return MISSING;
  return numberFormat("count", locale, { maximumFractionDigits: 0 }).format(value);
}

/** "1.2M", "1B": counts for tight places. */
export function compactCount(value: bigint | number | null | undefined, locale: string): string {
  if (!isPresent(value)) return MISSING;
  return numberFormat("compact", locale, { notation: "compact", maximumSignificantDigits: 3 }).format(value);
}

/** A plain number with up to `decimals` decimals. */
export function decimal(value: number | null | undefined, locale: string, decimals = 2): string {
  if (!isPresent(value)) return MISSING;
  return numberFormat(`decimal|${decimals}`, locale, { maximumFractionDigits: decimals }).format(value);
}

/** 0.123 → "12%"; `decimals` as needed. */
export function percent(ratio: number | null | undefined, locale: string, decimals = 0): string {
  if (!isPresent(ratio)) return MISSING;
  return numberFormat(`percent|${decimals}`, locale, {
    style: "percent",
    maximumFractionDigits: decimals,
    signDisplay: "negative",
  }).format(ratio);
}

/** 0.123 → "+12%", -0.22 → "-22%", 0 → "0%". */
export function signedPercent(ratio: number | null | undefined, locale: string, decimals = 0): string {
  if (!isPresent(ratio)) return MISSING;
  return numberFormat(`signed-percent|${decimals}`, locale, {
    style: "percent",
    maximumFractionDigits: decimals,
    signDisplay: "exceptZero",
  }).format(ratio);
}

/** "October 2026" (long), "Oct 2026" (short), "Oct" (narrow: the year stands nearby). */
export function monthName(
  month: Month | null | undefined,
  locale: string,
  style: "long" | "short" | "narrow" = "long",
): string {
  if (!month) return MISSING;
  return dateFormat(`month|${style}`, locale, {
    month: style === "long" ? "long" : "short",
    ...(style === "narrow" ? {} : { year: "numeric" }),
    timeZone: "UTC",
  }).format(utcOf(`${month}-01`));
}

/** "23 Nov 2026", in the order of the locale. A day has no zone, so none is asked. */
export function dayName(
  day: Day | null | undefined,
  locale: string,
  style: "medium" | "long" = "medium",
): string {
  if (!day) return MISSING;
  return dateFormat(`day|${style}`, locale, { dateStyle: style, timeZone: "UTC" }).format(utcOf(day));
}

/** "1 – 22 Nov 2026": two days with what they share written once. */
export function dayRange(from: Day, to: Day, locale: string): string {
  const format = dateFormat("day|range", locale, { dateStyle: "medium", timeZone: "UTC" });
  return format.formatRange(utcOf(from), utcOf(to));
}

/** "23 Nov 2026, 14:05" as the clock at `zone` showed it. */
export function instant(at: Date | null | undefined, locale: string, zone: string): string {
  if (!at || Number.isNaN(at.getTime())) return MISSING;
  return dateFormat(`instant|${zone}`, locale, {
    dateStyle: "medium",
    timeStyle: "short",
    timeZone: zone,
  }).format(at);
}

/** "Ana", "Ana and Ben", "Ana, Ben, and Cy". */
export function listOf(items: readonly string[], locale: string): string {
  let format = listFormats.get(locale);
  if (!format) {
    format = new Intl.ListFormat(locale, { type: "conjunction" });
    listFormats.set(locale, format);
  }
  return format.format(items);
}

/** The currency's name in the reader's language: "US Dollar". */
export function currencyName(currency: Currency, locale: string): string {
  const parts = numberFormat(`currency-name|${currency}`, locale, {
    style: "currency",
    currency,
    currencyDisplay: "name",
  }).formatToParts(2);
  return parts.find((part) => part.type === "currency")?.value ?? currency;
}

function isPresent<T extends number | bigint>(value: T | null | undefined): value is T {
  return typeof value === "bigint" || (typeof value === "number" && Number.isFinite(value));
}

/** Years below 100 survive too: Date.UTC(99, …) would mean 1999. */
function utcOf(day: string): Date {
  return new Date(`${day}T00:00:00Z`);
}
