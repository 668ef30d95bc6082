import "server-only";
import { type Month, monthOf } from "../model/month";
import { rangeText, type StatementFormat } from "../model/statement";
import type { Brand } from "../report/brand";
import { canDraw } from "../report/fonts";
import type { PaperSize } from "../report/paper";
import { type Statement, statementJson } from "../report/statement";
import { statementCsv } from "../report/statement-csv";
import { statementPdf } from "../report/statement-pdf";
import { statementXlsx } from "../report/statement-xlsx";
import { cellText, rangeName } from "../statement-text";

export const STATEMENT_FORMAT_LABEL: Readonly<Record<StatementFormat, string>> = {
  pdf: "PDF",
  xlsx: "Excel workbook",
  csv: "CSV",
  json: "JSON",
};
const TYPE: Readonly<Record<StatementFormat, string>> = {
  pdf: "application/pdf",
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  csv: "text/csv; charset=utf-8",
  json: "application/json; charset=utf-8",
};

export type StatementLook = {
  /** of numbers and dates on paper; the words are English, and the other formats bring the reader's own */
  readonly locale: string;
  readonly paper: PaperSize;
  readonly brand?: Brand | null;
  /** the bytes that were kept when its month was closed: JSON hands out these and no others */
  readonly kept?: string | null;
};

export type StatementFile = {
  /** letters, digits, dots and dashes */
  readonly name: string;
  readonly type: string;
  /** CSV without the mark that spreadsheets want; JSON in the bytes that its checksum is of */
  readonly bytes: Uint8Array<ArrayBuffer>;
};

/** A statement as a file: made of it alone, whatever the ledger says by now. */
export async function statementFile(
  statement: Statement,
  format: StatementFormat,
  look: StatementLook,
): Promise<StatementFile> {
  return {
    name: `statement-${slugOf(statement.creator.name)}-${rangeSlug(statement.range)}.${format}`,
    type: TYPE[format],
    bytes: new Uint8Array(await bytesOf(statement, format, look)),
  };
}

function bytesOf(
  statement: Statement,
  format: StatementFormat,
  { locale, paper: size, brand = null, kept = null }: StatementLook,
): Promise<Uint8Array> | Uint8Array {
  if (format === "json") return new TextEncoder().encode(kept ?? statementJson(statement));
  if (format === "csv") return new TextEncoder().encode(statementCsv(statement));
  if (format === "xlsx") return statementXlsx(statement, { brand });
  const written = paperLocale(locale);
  const words = {
    cell: (cell: Parameters<typeof cellText>[0], kind: Parameters<typeof cellText>[1]) =>
      cellText(cell, kind, written),
    range: rangeName(statement, written),
  };
  return statementPdf(statement, words, { size, brand });
}

const EVERY_MONTH = Array.from({ length: 12 }, (_, n) => monthOf(`2026-${String(n + 1).padStart(2, "0")}`));

/** The locale, where the fonts can write its dates; else English, for a question mark is no month. */
function paperLocale(locale: string): string {
  const canWrite = EVERY_MONTH.every((month) => canDraw(cellText(`${month}-28`, "day", locale)));
  return canWrite ? locale : "en-GB";
}

function rangeSlug(range: { from: string; to: string }): string {
  return rangeText({ from: range.from as Month, to: range.to as Month }).replace("..", "-to-");
}

function slugOf(name: string): string {
  const slug = name
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, 40)
    .replace(/^-+|-+$/g, "");
  return slug || "creator";
}
