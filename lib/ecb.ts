/**
 * The European Central Bank's reference rates, as it publishes them each working day: units of a currency for
 * 1 euro, as XML (today's and the last 90 days) and as CSV in a zip (today's and all since 1999). Pure.
 */
import { FileFault, sourceInMemory } from "./import/source";
import { isZip, openZip, wholeOf } from "./import/zip";
import { type Currency, currencyOf, decimalText, divideHalfEven, isCurrency } from "./model/money";
import { type Day, isDay } from "./model/month";
import type { Result } from "./model/result";

/** The published files below one address. */
export const ECB_DAILY = "eurofxref-daily.xml";
export const ECB_90_DAYS = "eurofxref-hist-90d.xml";

export type EcbDay = {
  readonly day: Day;
  /** units for 1 euro, decimals as published */
  readonly perEuro: ReadonlyMap<Currency, string>;
};

const EUR = currencyOf("EUR");
const PLACES = 10;
const RATE = /^\d{1,10}(?:\.\d{1,10})?$/;
const MONTHS = "January February March April May June July August September October November December".split(
  " ",
);

/** All days since 1999 are 3 MB. */
const MOST_BYTES = 20_000_000;

/** Any of the published files. The error is a sentence that names the remedy. */
export function readEcbFile(bytes: Uint8Array): Result<EcbDay[]> {
  const source = sourceInMemory(bytes);
  if (!isZip(source)) return readEcbText(textOf(bytes));
  try {
    const files = openZip(source).filter(({ bytes: { size } }) => size <= MOST_BYTES);
    return readEcbText(files.map((file) => textOf(wholeOf(file.bytes))).join("\n"));
  } catch (error) {
    if (error instanceof FileFault) return { ok: false, error: error.message };
    throw error;
  }
}

export function readEcbText(text: string): Result<EcbDay[]> {
  const days = text.includes("<Cube") ? fromXml(text) : fromCsv(text);
  return days.length > 0
    ? { ok: true, value: days }
    : {
        ok: false,
        error:
          "No reference rates are in this file. Bring eurofxref.zip, eurofxref-hist.zip or the XML of the ECB.",
      };
}

/** <Cube time='2026-11-25'><Cube currency='USD' rate='1.0853'/>…: the names may come in any order and quotes. */
function fromXml(text: string): EcbDay[] {
  const days: { day: Day; perEuro: Map<Currency, string> }[] = [];
  for (const [tag] of text.matchAll(/<Cube\b[^>]{0,200}>/g)) {
    const time = attributeOf(tag, "time");
    if (time !== null && isDay(time)) days.push({ day: time, perEuro: new Map() });
    add(days.at(-1)?.perEuro, attributeOf(tag, "currency"), attributeOf(tag, "rate"));
  }
  return days.filter(({ perEuro }) => perEuro.size > 0);
}

function attributeOf(tag: string, name: string): string | null {
  return new RegExp(`\\b${name}=["']([^"']{0,40})["']`).exec(tag)?.[1] ?? null;
}

/** Date,USD,JPY,… with a line a day; a rate that was not fixed is N/A. */
function fromCsv(text: string): EcbDay[] {
  const [header = "", ...lines] = text.split(/\r?\n/);
  const names = cellsOf(header);
  if (names[0] !== "Date") return [];
  return lines.flatMap((line) => {
    const cells = cellsOf(line);
    const day = dayFrom(cells[0] ?? "");
    if (!day) return [];
    const perEuro = new Map<Currency, string>();
    names.forEach((name, index) => {
      if (index > 0) add(perEuro, name, cells[index] ?? null);
    });
    return perEuro.size > 0 ? [{ day, perEuro }] : [];
  });
}

function cellsOf(line: string): string[] {
  return line.split(",").map((cell) => cell.trim());
}

/** "2026-11-25", or "25 November 2026" as today's file has it. */
function dayFrom(text: string): Day | null {
  if (isDay(text)) return text;
  const [, date = "", name = "", year = ""] = /^(\d{1,2}) ([A-Z][a-z]+) (\d{4})$/.exec(text) ?? [];
  const month = String(MONTHS.indexOf(name) + 1).padStart(2, "0");
  const day = `${year}-${month}-${date.padStart(2, "0")}`;
  return isDay(day) ? day : null;
}

function add(perEuro: Map<Currency, string> | undefined, currency: string | null, rate: string | null): void {
  if (!perEuro || currency === null || rate === null || !isCurrency(currency) || !RATE.test(rate)) return;
  if (/[1-9]/.test(rate)) perEuro.set(currency, rate);
}

function textOf(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}

export type EcbRate = {
  readonly day: Day;
  readonly base: Currency;
  readonly quote: Currency;
  readonly rate: string;
};

/**
 * A day's rate between two currencies: as published where one of them is the euro, else over the euro, as
 * quote / base half to even at 10 decimals. Null where one is not published.
 */
export function ecbRate({ day, perEuro }: EcbDay, base: Currency, quote: Currency): EcbRate | null {
  const [toBase, toQuote] = [perEuro.get(base), perEuro.get(quote)];
  if (base === EUR) return toQuote ? { day, base, quote, rate: toQuote } : null;
  if (quote === EUR) return toBase ? { day, base: EUR, quote: base, rate: toBase } : null;
  if (!toBase || !toQuote) return null;
  const scale = 10n ** BigInt(PLACES);
  const units = divideHalfEven(unitsOf(toQuote) * scale, unitsOf(toBase));
  // A rate of nothing at 10 decimals would be no rate.
  return units === 0n ? null : { day, base, quote, rate: decimalText(units, PLACES).replace(/\.?0+$/, "") };
}

/** 10^-10ths. */
function unitsOf(rate: string): bigint {
  const [whole = "", fraction = ""] = rate.split(".");
  return BigInt(whole + fraction.padEnd(PLACES, "0"));
}
