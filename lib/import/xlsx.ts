import { MAX_COLUMNS, MAX_WORKBOOK_BYTES, MAX_WORKBOOK_CELLS } from "./limits";
import type { Table } from "./parse";
import type { Written } from "./records";
import { type Bytes, refuseFile } from "./source";
import { tablesOf } from "./tables";
import { cellText, type DateFormats, dateFormatsOf } from "./xlsx-cell";
import { attributeOf, type XmlEvent, xmlEvents } from "./xml";
import type { ZipEntry } from "./zip";

/** An Excel workbook is a zip that lists its parts in this one (ECMA-376, part 2). */
const CONTENT_TYPES = "[Content_Types].xml";

export type SheetTable = { sheet: string; table: Table };
type SheetPart = { name: string; bytes: Bytes };
type Book = { shared: string[]; dates: DateFormats };

export function isWorkbook(entries: ZipEntry[]): boolean {
  return entries.some(({ name }) => name === CONTENT_TYPES);
}

/**
 * The tables of a workbook's visible sheets. Cells come as text: numbers by the digits that are stored, dates as
 * ISO text, formulas by their last value, errors as "#N/A". Throws FileFault when there are too many cells, or none.
 */
export function workbookTables(entries: ZipEntry[], repairs: boolean): SheetTable[] {
  const total = entries.reduce((sum, { bytes }) => sum + bytes.size, 0);
  if (total > MAX_WORKBOOK_BYTES) refuseTooLarge();
  const part = (name: string) => entries.find((entry) => entry.name === name)?.bytes;
  const workbook = part("xl/workbook.xml");
  if (!workbook) return refuseFile("This is no Excel workbook with sheets. Save the table as CSV (UTF-8).");
  const { sheets, is1904 } = sheetsOf(workbook, part("xl/_rels/workbook.xml.rels"), part);
  const strings = part("xl/sharedStrings.xml");
  const styles = part("xl/styles.xml");
  const book = {
    shared: strings ? sharedStrings(strings) : [],
    dates: dateFormatsOf(styles ? xmlEvents(styles) : [], is1904),
  };
  const tables = sheets.flatMap(({ name, bytes }) => {
    const rows = () => rowsOf(bytes, book);
    const sheet = { rows, bytes: bytes.size, delimiter: null, encoding: "xlsx", isAscii: false } as const;
    return tablesOf(sheet, repairs).map((table): SheetTable => ({ sheet: name, table }));
  });
  return tables.length > 0
    ? tables
    : refuseFile("The workbook's sheets are empty or hidden. Show the sheet with the table and save again.");
}

function sheetsOf(
  workbook: Bytes,
  relations: Bytes | undefined,
  part: (name: string) => Bytes | undefined,
): { sheets: SheetPart[]; is1904: boolean } {
  const targets = new Map<string, string>();
  for (const event of relations ? xmlEvents(relations) : [])
    if (event.kind === "open" && event.name === "Relationship")
      targets.set(attributeOf(event.attributes, "Id") ?? "", attributeOf(event.attributes, "Target") ?? "");
  const sheets: SheetPart[] = [];
  let is1904 = false;
  for (const event of xmlEvents(workbook)) {
    if (event.kind !== "open") continue;
    const { name, attributes } = event;
    if (name === "workbookPr") is1904 = /^(1|true)$/.test(attributeOf(attributes, "date1904") ?? "");
    if (name !== "sheet" || (attributeOf(attributes, "state") ?? "visible") !== "visible") continue;
    const target =
      targets.get(attributeOf(attributes, "id") ?? "") ?? `worksheets/sheet${sheets.length + 1}.xml`;
    const bytes = part(target.startsWith("/") ? target.slice(1) : `xl/${target}`);
    if (bytes) sheets.push({ name: attributeOf(attributes, "name") ?? "", bytes });
  }
  return { sheets, is1904 };
}

/** Each string by its number. Rich text is its runs together; the pronunciation of East Asian words is left out. */
function sharedStrings(bytes: Bytes): string[] {
  const strings: string[] = [];
  const text = textReader();
  for (const event of xmlEvents(bytes)) {
    if (event.kind === "open" && event.name === "si") text.clear();
    else if (event.kind === "close" && event.name === "si") {
      if (strings.push(text.value()) > MAX_WORKBOOK_CELLS) refuseTooLarge();
    } else text.take(event);
  }
  return strings;
}

/** Gathers the text of `t` elements, but for those within a phonetic run. */
function textReader() {
  let [text, isText, isPhonetic] = ["", false, false];
  return {
    clear() {
      text = "";
    },
    take(event: XmlEvent) {
      if (event.kind === "text") {
        if (isText && !isPhonetic) text += event.text;
      } else if (event.name === "t") isText = event.kind === "open";
      else if (event.name === "rPh") isPhonetic = event.kind === "open";
    },
    /** Excel writes control characters as _x000D_. */
    value: () =>
      text.replace(/_x([0-9A-F]{4})_/gi, (_, code) => String.fromCharCode(Number.parseInt(code, 16))),
  };
}

/** The rows of a sheet that hold anything, each on the number it has there. */
function* rowsOf(bytes: Bytes, { shared, dates }: Book): Generator<Written, void> {
  const inline = textReader();
  let [line, column, count] = [0, 0, 0];
  let cells: string[] = [];
  let [type, style, value, isValue] = ["n", 0, "", false];
  for (const event of xmlEvents(bytes)) {
    if (event.kind === "text") {
      if (isValue) value += event.text;
      else inline.take(event);
      continue;
    }
    const { kind, name } = event;
    if (kind === "open" && name === "row") {
      const next = numberOf(attributeOf(event.attributes, "r"), line + 1);
      if (next <= line)
        refuseFile(
          `Row ${next} of the sheet stands after row ${line}, so the workbook is damaged. Open it and save it again.`,
          line,
        );
      line = next;
      [cells, column] = [[], 0];
    } else if (kind === "close" && name === "row") {
      if (cells.length > 0) yield { line, cells };
    } else if (kind === "open" && name === "c") {
      if (++count > MAX_WORKBOOK_CELLS) refuseTooLarge();
      column = columnOf(attributeOf(event.attributes, "r")) ?? column + 1;
      type = attributeOf(event.attributes, "t") ?? "n";
      style = numberOf(attributeOf(event.attributes, "s"), 0);
      value = "";
      inline.clear();
    } else if (kind === "close" && name === "c") {
      const text = cellText(type, type === "inlineStr" ? inline.value() : value, style, shared, dates);
      if (text.trim() !== "") put(cells, column, text, line);
    } else if (name === "v") isValue = kind === "open";
    else inline.take(event);
  }
}

function put(cells: string[], column: number, text: string, line: number): void {
  if (column > MAX_COLUMNS)
    refuseFile(
      `Row ${line} has something in column ${column}; at most ${MAX_COLUMNS} columns are read. Leave out columns that are not needed.`,
      line,
    );
  while (cells.length < column) cells.push("");
  cells[column - 1] = text;
}

/** 1 for "A7", 28 for "AB7"; null when the cell names no place. */
function columnOf(reference: string | null): number | null {
  const letters = /^[A-Z]{1,3}/.exec(reference ?? "")?.[0];
  if (!letters) return null;
  return [...letters].reduce((column, letter) => column * 26 + letter.charCodeAt(0) - 64, 0);
}

function numberOf(text: string | null, otherwise: number): number {
  return text !== null && /^\d{1,8}$/.test(text) ? Number(text) : otherwise;
}

export function refuseTooLarge(): never {
  return refuseFile(
    `The workbook has more than ${MAX_WORKBOOK_CELLS.toLocaleString("en")} cells or ${MAX_WORKBOOK_BYTES / 1e6} MB unpacked. Save its sheet as CSV (UTF-8) and bring that.`,
  );
}
