import { LEDGER_COLUMNS } from "../model/ledger-columns";
import { writeCsv } from "./csv";

/** The header of a ledger file; its lines are written by the database (db/ledger.ts). */
export function ledgerHeader(): string {
  return writeCsv([Object.values(LEDGER_COLUMNS)]);
}
