/** Calendar days and months as text, in the creator's own zone. No clock and no time zone is read here. */
export type Day = string & { readonly __day: true };
export type Month = string & { readonly __month: true };

const DAY = /^(\d{4})-(\d{2})-(\d{2})$/;
const MONTH = /^\d{4}-(?:0[1-9]|1[0-2])$/;
const MS_PER_DAY = 86_400_000;

/** True for 'YYYY-MM-DD' of a day that exists (years 0001 to 9999). */
export function isDay(text: string): text is Day {
  const parts = DAY.exec(text);
  if (!parts) return false;
  const [year, month, day] = [Number(parts[1]), Number(parts[2]), Number(parts[3])];
  return year >= 1 && month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month);
}

/** True for 'YYYY-MM' (years 0001 to 9999). */
export function isMonth(text: string): text is Month {
  return MONTH.test(text) && !text.startsWith("0000");
}

/** The text as a day. Throws RangeError, naming the text, when there is no such day. */
export function dayOf(text: string): Day {
  if (!isDay(text)) throw new RangeError(`"${text}" is not a day; write it as YYYY-MM-DD.`);
  return text;
}

/** The month of a day, or of the text 'YYYY-MM' or 'YYYY-MM-DD'. Throws RangeError otherwise. */
export function monthOf(text: string): Month {
  if (isDay(text)) return text.slice(0, 7) as Month;
  if (!isMonth(text)) throw new RangeError(`"${text}" is not a month; write it as YYYY-MM.`);
  return text;
}

export function firstDay(month: Month): Day {
  return `${month}-01` as Day;
}

export function lastDay(month: Month): Day {
  return `${month}-${pad(daysIn(yearOf(month), monthNumber(month)), 2)}` as Day;
}

/** `n` may be negative. Throws RangeError when the result leaves the years 0001 to 9999. */
export function addMonths(month: Month, n: number): Month {
  const index = monthIndex(month) + n;
  const text = `${pad(Math.floor(index / 12), 4)}-${pad((index % 12) + 1, 2)}`;
  if (!isMonth(text)) throw new RangeError(`${month} plus ${n} months is not a month that can be written.`);
  return text;
}

/** `n` may be negative. Throws RangeError when the result leaves the years 0001 to 9999. */
export function addDays(day: Day, n: number): Day {
  const text = new Date(timeOf(day) + n * MS_PER_DAY).toISOString().slice(0, 10);
  if (!isDay(text)) throw new RangeError(`${day} plus ${n} days is not a day that can be written.`);
  return text;
}

/** Days from `a` to `b`: 0 for the same day, 1 for the next, negative when `b` is earlier. */
export function daysBetween(a: Day, b: Day): number {
  return Math.round((timeOf(b) - timeOf(a)) / MS_PER_DAY);
}

/** Months from `a` to `b`: 0 for the same month, negative when `b` is earlier. */
export function monthsBetween(a: Month, b: Month): number {
  return monthIndex(b) - monthIndex(a);
}

/** All months from `a` to `b`, both included; empty when `b` is earlier. */
export function monthsFrom(a: Month, b: Month): Month[] {
  const count = monthsBetween(a, b) + 1;
  return Array.from({ length: Math.max(0, count) }, (_, step) => addMonths(a, step));
}

/** 1 (January) to 12 (December). */
export function monthNumber(month: Month): number {
  return Number(month.slice(5, 7));
}

/** Number of days of a month, 28 to 31. */
export function daysInMonth(month: Month): number {
  return daysIn(yearOf(month), monthNumber(month));
}

/**
 * Spreads an amount evenly over the days from `from` to `to` (both included) and sums it by month.
 * Cumulative, so the parts always add up to the amount:
 * part_k = trunc(minor * days up to k / days) - trunc(minor * days up to k-1 / days).
 * Throws RangeError when `to` is before `from`.
 */
export function splitByMonth(minor: bigint, from: Day, to: Day): { month: Month; minor: bigint }[] {
  if (to < from) throw new RangeError(`A period cannot end (${to}) before it begins (${from}).`);
  const days = BigInt(daysBetween(from, to) + 1);
  let before = 0n;
  return monthsFrom(monthOf(from), monthOf(to)).map((month) => {
    const until = lastDay(month) < to ? lastDay(month) : to;
    const upTo = (minor * BigInt(daysBetween(from, until) + 1)) / days;
    const part = upTo - before;
    before = upTo;
    return { month, minor: part };
  });
}

function daysIn(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

function yearOf(month: Month): number {
  return Number(month.slice(0, 4));
}

function monthIndex(month: Month): number {
  return yearOf(month) * 12 + monthNumber(month) - 1;
}

function timeOf(day: Day): number {
  return Date.parse(`${day}T00:00:00Z`);
}

function pad(value: number, width: number): string {
  return String(value).padStart(width, "0");
}
