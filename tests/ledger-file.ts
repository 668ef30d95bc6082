import { parse } from "csv-parse/sync";
import * as ledger from "../db/ledger";
import type { Viewer } from "../lib/model/access";
import { LEDGER_COLUMNS, type LedgerColumn } from "../lib/model/ledger-columns";
import { ledgerHeader } from "../lib/report/ledger";

/** One line of the file, as an independent reader has it: "" where nothing stands. */
export type LedgerLine = Record<LedgerColumn, string>;

/** The whole file of the download of everything. */
export async function ledgerFile(viewer: Viewer, creatorId: string): Promise<string> {
  const pieces: Buffer[] = [];
  await ledger.walk(viewer, creatorId, async (lines) => void pieces.push(lines));
  return ledgerHeader() + Buffer.concat(pieces).toString("utf8");
}

export function linesOf(file: string): LedgerLine[] {
  return parse(file, {
    columns: () => Object.keys(LEDGER_COLUMNS),
    record_delimiter: "\r\n",
  }) as LedgerLine[];
}
