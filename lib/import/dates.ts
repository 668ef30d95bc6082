import { type Day, isDay, isMonth, type Month, monthOf } from "../model/month";
import { type Result, refuse } from "../model/result";
import { shown } from "./parse";

/** Which comes first in 03/04/2024: the day or the month. */
export type DayOrder = "dmy" | "mdy";
/** 'MM-DD': a day of some year. */
export type DayOfYear = string & { readonly __dayOfYear: true };
/** "either": no value needs an order. "ask": all can be read both ways. "mixed": they contradict each other. */
export type OrderOfColumn = DayOrder | "either" | "ask" | "mixed";

/** The languages in which exports were seen, or are likely, to write a month by name. */
const LANGUAGES = ["en", "de", "es", "pt", "fr", "it", "nl", "sv", "id", "el", "tr", "pl", "ro", "ru"];
const TIME = /[T\s]+\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?\s*([ap]\.?m\.?)?\s*(Z|[+-]\d{2}:?\d{2})?$/i;
const LONGEST = 60;
const NUMERIC = /^(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d{2})$/;
/** "Fri Sep 04 2026": the day of the week says nothing more. */
const WEEKDAY = /^(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}\.?,?\s+(?=\p{L}{3,12}\s|\d)/iu;

/**
 * A calendar day from the ways exports and spreadsheets write one: 2024-05-08, 2024/05/08, May 8, 2020,
 * 8 May 2020, 8 de mayo de 2024, 8. Mai 2024, 2024年5月8日, 2024. 5. 8., 12-Dec-23, Fri Sep 04 2026, and by `order`
 * 11/26/24, 13-06-2025. A time of day after it is left out.
 * Without `order` a day that can be read two ways is refused. Two-digit years are 2000 to 2099.
 */
export function parseDay(text: string, order?: DayOrder): Result<Day> {
  const bare = withoutTime(text);
  const iso = /^(\d{4})[-/](\d{1,2})[-/](\d{1,2})$/.exec(bare);
  if (iso) return dayFrom(text, iso[1], iso[2], iso[3]);
  const east =
    /^(\d{4})\s?[年년]\s?(\d{1,2})\s?[月월]\s?(\d{1,2})\s?[日일]$/.exec(bare) ??
    /^(\d{4})\.\s?(\d{1,2})\.\s?(\d{1,2})\.?$/.exec(bare);
  if (east) return dayFrom(text, east[1], east[2], east[3]);
  const american = /^(\p{L}{3,12})\.?\s+(\d{1,2}),?\s+(\d{4})$/u.exec(bare);
  if (american) return dayFrom(text, american[3], monthNumberOf(american[1]), american[2]);
  const named = /^(\d{1,2})(?:º|ª|er)?[\s.-]+(?:de\s)?(\p{L}{3,12})[\s.,-]+(?:del?\s)?(\d{4}|\d{2})$/u.exec(
    bare,
  );
  if (named) return dayFrom(text, named[3], monthNumberOf(named[2]), named[1]);
  const numeric = NUMERIC.exec(bare);
  if (!numeric) return refuse(`"${shown(text)}" is not a date; write it as YYYY-MM-DD.`);
  const known = order ?? orderOf(bare);
  if (known === "ask")
    return refuse(`"${shown(text)}" can be read two ways; say whether the day or the month comes first.`);
  const [first, second] = [numeric[1], numeric[3]];
  return known === "mdy"
    ? dayFrom(text, numeric[4], first, second)
    : dayFrom(text, numeric[4], second, first);
}

/**
 * A day of which the year is left out, as TikTok Studio writes it in the language of the account: April 12, 12. April,
 * 8 de marzo, 19 avril, 4月12日. Null when the text is none, or the day exists in no year.
 */
export function parseDayOfYear(text: string): DayOfYear | null {
  const bare = text.length > LONGEST ? "" : text.trim();
  const parts =
    /^(?<name>\p{L}{3,12})\.?\s+(?<day>\d{1,2})$/u.exec(bare) ??
    /^(?<day>\d{1,2})(?:º|ª|er)?\.?\s*(?:de\s)?(?<name>\p{L}{3,12})\.?$/u.exec(bare) ??
    /^(?<month>\d{1,2})\s?[月월]\s?(?<day>\d{1,2})\s?[日일]$/.exec(bare) ??
    /^(?<day>\d{1,2}) tháng (?<month>\d{1,2})$/i.exec(bare);
  const { name, month, day } = parts?.groups ?? {};
  const number = (month ?? monthNumberOf(name)).padStart(2, "0");
  // 2024 is a leap year, so a 29th of February is one too.
  const found = `2024-${number}-${(day ?? "").padStart(2, "0")}`;
  return isDay(found) ? (found.slice(5) as DayOfYear) : null;
}

/** The order of day and month on which all values of a column agree. */
export function dayOrderOf(texts: Iterable<string>): OrderOfColumn {
  const orders = new Set<OrderOfColumn>();
  for (const text of texts) orders.add(orderOf(withoutTime(text)));
  if (orders.has("dmy") && orders.has("mdy")) return "mixed";
  if (orders.has("dmy")) return "dmy";
  if (orders.has("mdy")) return "mdy";
  return orders.has("ask") ? "ask" : "either";
}

/** The date alone. What is too long for a date is none, and is kept from the patterns. */
function withoutTime(text: string): string {
  return text.length > LONGEST ? "" : text.trim().replace(WEEKDAY, "").replace(TIME, "").trim();
}

function orderOf(bare: string): OrderOfColumn {
  const numeric = NUMERIC.exec(bare);
  if (!numeric) return "either";
  const [first, second] = [Number(numeric[1]), Number(numeric[3])];
  // A point is written between day and month only where the day comes first.
  if (first > 12 || numeric[2] === ".") return "dmy";
  if (second > 12) return "mdy";
  return first === second ? "either" : "ask";
}

/** A month written as 2019-01, 2019/01, 01/2019, Jan 2019 or Jan-19; or the month of a day. */
export function parseMonth(text: string, order?: DayOrder): Result<Month> {
  const bare = text.length > LONGEST ? "" : text.trim();
  const iso = /^(\d{4})[-/.](\d{1,2})$/.exec(bare);
  if (iso) return monthFrom(text, iso[1], iso[2]);
  const reversed = /^(\d{1,2})[-/.](\d{4})$/.exec(bare);
  if (reversed) return monthFrom(text, reversed[2], reversed[1]);
  const named = /^(\p{L}{3,12})\.?[\s,.'-]+(?:del?\s)?(\d{4}|\d{2})$/u.exec(bare);
  if (named) return monthFrom(text, named[2], monthNumberOf(named[1]));
  const day = parseDay(text, order);
  if (day.ok) return { ok: true, value: monthOf(day.value) };
  return /two ways/.test(day.error) ? day : refuse(`"${shown(text)}" is not a month; write it as YYYY-MM.`);
}

/** By a name or its first letters in one of the languages: 1 to 12 as text, or "" for no month. */
function monthNumberOf(name = ""): string {
  const letters = plain(name);
  const known = monthNumbers.get(letters);
  if (known !== undefined || letters.length < 3) return known ?? "";
  names ??= monthNames();
  const months = new Set(names.filter(([word]) => word.startsWith(letters)).map(([, month]) => month));
  const number = months.size === 1 ? [...months].join() : "";
  // Every row of a column asks for one of a few words; what is no month is not kept.
  if (number !== "") monthNumbers.set(letters, number);
  return number;
}

const monthNumbers = new Map<string, string>();
let names: [string, string][] | undefined;

/** As they are written beside a day, from the Unicode CLDR data that Node carries. */
function monthNames(): [string, string][] {
  return LANGUAGES.flatMap((language) =>
    (["long", "short"] as const).flatMap((month) => {
      const written = new Intl.DateTimeFormat(language, { day: "numeric", month, timeZone: "UTC" });
      return Array.from({ length: 12 }, (_, index): [string, string] => {
        const parts = written.formatToParts(Date.UTC(2024, index, 8));
        return [plain(parts.find(({ type }) => type === "month")?.value ?? ""), String(index + 1)];
      });
    }),
  );
}

/** Small letters without accents and points: "Févr." is "fevr". */
function plain(name: string): string {
  return name
    .normalize("NFD")
    .replace(/\p{M}|\./gu, "")
    .toLowerCase();
}

function dayFrom(text: string, year = "", month = "", day = ""): Result<Day> {
  const iso = `${fullYear(year)}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
  return isDay(iso) && isPlausible(iso)
    ? { ok: true, value: iso }
    : refuse(`"${shown(text)}" is not a day that exists; write it as YYYY-MM-DD.`);
}

function monthFrom(text: string, year = "", month = ""): Result<Month> {
  const iso = `${fullYear(year)}-${month.padStart(2, "0")}`;
  return isMonth(iso) && isPlausible(iso)
    ? { ok: true, value: iso }
    : refuse(`"${shown(text)}" is not a month; write it as YYYY-MM.`);
}

/** Years in which something can have been earned online; any other is a slip of the pen. */
function isPlausible(iso: string): boolean {
  return iso >= "1990" && iso < "2100";
}

function fullYear(year: string): string {
  return year.length === 2 ? `20${year}` : year;
}
