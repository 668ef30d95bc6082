import writeXlsxFile, { type CellObject, type Sheet } from "write-excel-file/node";
import { type Currency, decimalOf, exponentOf } from "../model/money";
import { isDay, isMonth } from "../model/month";
import { rangeText } from "../model/statement";
import type { Brand } from "./brand";
import {
  type CellKind,
  cellsOf,
  isMoney,
  isNotYet,
  isRate,
  type Statement,
  type StatementCell,
  type StatementSection,
} from "./statement";

/** Beyond it a number of a workbook is not exact any more: such amounts are written as text. */
const EXACT_DIGITS = 15;
/** More characters than these are no cell. */
const MOST_CHARACTERS = 32_000;

/**
 * A statement as ONE workbook: a sheet for each table, its header frozen. Amounts are numbers in a format of their
 * currency's own decimals, days and months are dates, and what people typed is text that no spreadsheet runs.
 */
export function statementXlsx(
  statement: Statement,
  { brand = null }: { brand?: Brand | null } = {},
): Promise<Buffer> {
  const { creator, range, madeOn, caution, summary, sections, making } = statement;
  const look: Look = { accent: brand?.accent ?? PLAIN_ACCENT };
  const about: [string, string][] = [
    ["Creator", creator.name],
    ["Months", rangeText(range as never)],
    ["Made on", madeOn],
    ...(brand ? [["By", brand.name] as [string, string]] : []),
    ...(caution ? [["Note", caution] as [string, string]] : []),
  ];
  const sheets: Sheet<Buffer>[] = [
    {
      ...sheetOf("Summary"),
      columns: [{ width: 26 }, { width: 24 }, { width: 70 }],
      data: [
        headerOf(["Figure", "Value", "Note"], look),
        ...about.map(([label, value]) => [text(label), text(value)]),
        ...summary.map(({ label, kind, cell, note }) => [text(label), cellOf(cell, kind), text(note)]),
      ],
    },
    ...sections.map((section) => tableSheet(section, look)),
    {
      ...sheetOf("How the figures are made"),
      columns: [{ width: 30 }, { width: 120 }],
      data: [
        headerOf(["Table", "What it says"], look),
        ...sections.flatMap(({ title, note }) => (note ? [[text(title), text(note)]] : [])),
        ...making.map((sentence) => [text("All"), text(sentence)]),
      ],
    },
  ];
  return writeXlsxFile(sheets).toBuffer();
}

export const PLAIN_ACCENT = "#1f2937";

type Look = { readonly accent: string };

/** One table as a sheet: its header frozen, its totals below. */
export function tableSheet(
  section: Pick<StatementSection, "title" | "columns" | "rows" | "totals" | "empty">,
  look: Look,
): Sheet<Buffer> {
  const { title, columns, rows, totals, empty } = section;
  const headers = columns.map(({ header }) => header);
  const line = (row: (typeof rows)[number], more: CellObject) =>
    cellsOf(section, row).map((cell, index) => {
      const made = cellOf(cell, columns[index]!.kind);
      return made && { ...made, ...more };
    });
  return {
    ...sheetOf(title),
    columns: columns.map(({ kind }) => ({ width: WIDTH[kind] })),
    data: [
      headerOf(headers, look),
      ...(rows.length === 0 ? [[text(empty)]] : rows.map((row) => line(row, {}))),
      ...totals.map((row) => line(row, { fontWeight: "bold", topBorderStyle: "thin" })),
    ],
  };
}

function sheetOf(name: string): Omit<Sheet<Buffer>, "data"> {
  return { sheet: name, stickyRowsCount: 1, orientation: "landscape" };
}

function headerOf(headers: readonly string[], { accent }: Look): CellObject[] {
  return headers.map((header) => ({
    ...{ value: header, type: String, fontWeight: "bold" },
    ...{ textColor: "#ffffff", backgroundColor: accent },
  }));
}

const WIDTH: Readonly<Record<CellKind, number>> = {
  text: 30,
  money: 18,
  rate: 18,
  count: 14,
  decimal: 14,
  percent: 12,
  day: 13,
  month: 13,
};

/** Nothing is an empty cell, which no sum counts as a zero. */
function cellOf(cell: StatementCell, kind: CellKind): CellObject | null {
  if (cell === null) return null;
  if (isNotYet(cell)) return text("not yet");
  if (isMoney(cell)) {
    const currency = cell.currency as Currency;
    return number(decimalOf(BigInt(cell.minor), currency), formatOf(currency, exponentOf(currency)));
  }
  if (isRate(cell)) return number(cell.per1000, formatOf(cell.currency, decimalsOf(cell.per1000)));
  if (kind === "count") return number(cell, "#,##0");
  if (kind === "decimal") return number(cell, "General");
  if (kind === "percent") return number(cell, "0.0%");
  if (kind === "day" && isDay(cell)) return date(cell, "yyyy-mm-dd");
  if (kind === "month" && isMonth(cell)) return date(`${cell}-01`, "mmm yyyy");
  return text(cell);
}

function number(digits: string, format: string): CellObject {
  return digits.replace(/\D/g, "").replace(/^0+/, "").length > EXACT_DIGITS
    ? { ...text(digits), align: "right" }
    : { value: Number(digits), type: Number, format };
}

function formatOf(currency: string, decimals: number): string {
  const digits = `#,##0${decimals > 0 ? `.${"0".repeat(decimals)}` : ""}`;
  return `[$${currency}] ${digits};-[$${currency}] ${digits}`;
}

function decimalsOf(decimal: string): number {
  return (decimal.split(".")[1] ?? "").length;
}

function date(day: string, format: string): CellObject {
  return { value: new Date(`${day}T00:00:00Z`), type: Date, format };
}

/** Control characters and half characters are no XML; "_x0041_" would be read as "A". */
function text(typed: string): CellObject {
  const value = typed
    .toWellFormed()
    .replace(/(?![\t\n])[\p{Cc}\p{Noncharacter_Code_Point}]/gu, " ")
    .replace(/_(?=x[0-9a-f]{4}_)/gi, "_x005F_")
    .slice(0, MOST_CHARACTERS)
    .toWellFormed();
  // The writer looks texts up in a plain object, where "toString" and its like are found without having been put.
  return { value: value in {} ? `${value} ` : value, type: String };
}
