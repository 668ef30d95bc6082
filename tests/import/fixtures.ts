import { existsSync } from "node:fs";
import path from "node:path";
import { decode } from "../../lib/import/decode";
import type { Period } from "../../lib/import/draft";
import type { ReadOptions } from "../../lib/import/format";
import type { Table } from "../../lib/import/parse";
import { type CollectedOutcome, readNow } from "../../lib/import/read";
import { bytesOf, sourceInMemory } from "../../lib/import/source";
import { tablesOfText } from "../../lib/import/tables";
import { dayOf } from "../../lib/model/month";

/** Synthetic exports with the quirks of real ones; no real channel's figures. */

export const CONTENT_HEADER = [
  "Content",
  "Video title",
  "Video publish time",
  "Views",
  "Watch time (hours)",
  "Subscribers",
  "Estimated revenue (USD)",
  "Average view duration",
  "Impressions",
  "Impressions click-through rate (%)",
];

/** Rows of a content table; the ids, titles, dates and revenue are chosen for their traps. */
export const CONTENT_ROWS = [
  ["Total", "", "", "6500", "310.5", "-3", "20.120", "0:02:52", "90000", "4.1"],
  ["aaaaaaaaaa1", "Plain title", "May 8, 2020", "4000", "200.25", "5", "12.345", "0:03:00", "60000", "5.0"],
  [
    " -pdXWmj9xxU",
    'With "quotes", and comma',
    "Dec 12, 2023",
    "1500",
    "80.125",
    "-9",
    "7.005",
    "0:03:12",
    "20000",
    "3.2",
  ],
  ["-1bcdefghij", "Größe zählt", "Nov 26, 2024", "500", "20.0625", "0", "0.500", "0:02:24", "9000", "2.0"],
  ["bbbbbbbbbb4", "Unlisted ad", "", "500", "10.0625", "1", "", "0:01:12", "1000", "1.0"],
];

export const CONTENT_FOOTNOTE = "Showing top 500 results";

export type Cells = readonly (readonly string[])[];

export function csvText(rows: Cells, delimiter = ",", newline = "\n"): string {
  const quoted = (cell: string) =>
    cell.includes(delimiter) || /["\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
  return rows.map((row) => row.map(quoted).join(delimiter)).join(newline);
}

export function contentText(rows: Cells = CONTENT_ROWS, header: readonly string[] = CONTENT_HEADER): string {
  return csvText([header, ...rows, [CONTENT_FOOTNOTE]]);
}

export function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

export function utf16(text: string, order: "le" | "be" = "le"): Uint8Array {
  const bytes = Buffer.from(`\uFEFF${text}`, "utf16le");
  return order === "le" ? bytes : bytes.swap16();
}

/** Windows-1252 for the letters of Latin-1 and the euro sign. */
export function windows1252(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => (character === "€" ? 0x80 : character.charCodeAt(0)));
}

export const PERIOD: Period = { from: dayOf("2024-01-01"), to: dayOf("2024-12-31") };
export const OPTIONS: ReadOptions = { channelKey: "c1", today: dayOf("2026-06-15"), period: PERIOD };

/** The first table of a text. */
export function tableOf(text: string): Table {
  const [table] = tablesIn(utf8(text));
  return table!;
}

/** All tables of a delimited text. Throws FileFault. */
export function tablesIn(bytes: Uint8Array): Table[] {
  return tablesOfText(decode(bytesOf(sourceInMemory(bytes))));
}

export type ReadTable = Extract<CollectedOutcome, { kind: "read" }>;

/** Reads a file that must be readable. */
export function readTable(
  file: string | Uint8Array,
  options: ReadOptions = OPTIONS,
  name = "file.csv",
): ReadTable {
  const outcome = readNow(typeof file === "string" ? utf8(file) : file, name, options);
  if (outcome.kind !== "read") throw new Error(`${outcome.kind}: ${JSON.stringify(outcome)}`);
  return outcome;
}

/** Reads a file that must be refused, and gives the first reason. */
export function refusalOf(file: string | Uint8Array, options: ReadOptions = OPTIONS, name = "file.csv") {
  const outcome = readNow(typeof file === "string" ? utf8(file) : file, name, options);
  if (outcome.kind !== "refused") throw new Error(`${outcome.kind} instead of refused`);
  return outcome.problems[0];
}

/** A folder or file of real data beside the project; null where there is none. */
export function realData(name: string): string | null {
  const place = path.join(import.meta.dirname, "../../../shared/data", name);
  return existsSync(place) ? place : null;
}
