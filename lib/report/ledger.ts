import { LEDGER_COLUMNS, type LedgerColumn, type LedgerRow } from "../model/ledger-columns";
import { type Currency, decimalOf } from "../model/money";
import { type CsvCell, guardText, writeCsv } from "./csv";

const NAMES = Object.keys(LEDGER_COLUMNS) as LedgerColumn[];
const AMOUNTS: ReadonlySet<LedgerColumn> = new Set(["amount", "estimated"]);

/** The header of a ledger file. */
export function ledgerHeader(): string {
  return writeCsv([Object.values(LEDGER_COLUMNS)]);
}

/** Entries as lines of a ledger file. Its import gives the same entries again, every text to the letter. */
export function ledgerLines(rows: readonly LedgerRow[]): string {
  return writeCsv(rows.map((row) => NAMES.map((name) => cellOf(name, row))));
}

function cellOf(name: LedgerColumn, row: LedgerRow): CsvCell {
  const value = row[name];
  if (value === null) return null;
  if (AMOUNTS.has(name)) return decimalOf(BigInt(value), row.currency as Currency);
  return typeof value === "string" ? ledgerText(value) : value;
}

/**
 * A guarded text that can be told from one that began with an apostrophe by itself: the reader takes one
 * leading apostrophe off whatever follows. Line ends are written as one character.
 */
function ledgerText(text: string): string {
  const lines = text.replace(/\r\n?/g, "\n");
  return lines.startsWith("'") ? `'${lines}` : guardText(lines);
}
