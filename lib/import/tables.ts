import { cutMessage, type Decoded, type Delimiter, type Encoding } from "./decode";
import { MAX_COLUMNS, MAX_KEPT_BYTES, MAX_ROWS, MAX_TABLES } from "./limits";
import { type Mojibake, mojibakeIn, repairedText } from "./mojibake";
import { cleanText, isFootnote, normalise, type Row, type Table } from "./parse";
import { recordsOf, type Written } from "./records";
import { FileFault, refuseFile } from "./source";
import { DATA_DOWNLOAD_MESSAGE, isDataDownload } from "./tiktok-download";

/** Rows as they are written, blank ones too: those of a text, or of a sheet. Can be walked again and again. */
export type Sheet = {
  rows(): Iterable<Written>;
  bytes: number;
  delimiter: Delimiter | null;
  encoding: Encoding;
  /** Nothing in it can be broken letters. */
  isAscii: boolean;
};

/** A header that is longer is a sentence in the wrong place; names are compared and shown up to here. */
const MAX_HEADER = 200;
const MAX_TITLE_LINES = 5;

/** The tables of a decoded text. Throws FileFault when it is no whole text, or holds no table. */
export function tablesOfText(decoded: Decoded, repairs = false): Table[] {
  const { bytes, delimiter, encoding, isAscii, hasDelimiterLine } = decoded;
  const [head = ""] = decoded.blocks();
  if (isDataDownload(head)) refuseFile(DATA_DOWNLOAD_MESSAGE);
  const all = () => recordsOf(decoded.blocks(), delimiter, 1);
  const rows = hasDelimiterLine ? () => withoutFirst(all()) : all;
  const tables = tablesOf({ rows, bytes, delimiter, encoding, isAscii }, repairs);
  return tables.length > 0 ? tables : refuseFile("The file is empty. Export it again.");
}

function* withoutFirst(rows: Iterable<Written>): Generator<Written> {
  for (const row of rows) if (row.line > 1) yield row;
}

/**
 * The tables of a sheet: more than one when titled tables stand below each other, or two stand side by side.
 * Walks all rows once, so that whatever makes the whole file unreadable is found before any row counts.
 * `repairs`: broken letters (mojibake.ts) are put right.
 */
export function tablesOf(sheet: Sheet, repairs = false): Table[] {
  if (sheet.isAscii) return tablesAsWritten(sheet);
  let mojibake: Mojibake | null = null;
  function* rows(): Generator<Written> {
    for (const row of sheet.rows()) {
      mojibake ??= mojibakeIn(row);
      yield repairs ? { ...row, cells: row.cells.map(repairedText) } : row;
    }
  }
  const tables = tablesAsWritten({ ...sheet, rows });
  return tables.map((table) => ({ ...table, ...(mojibake ? { mojibake } : {}) }));
}

function tablesAsWritten(sheet: Sheet): Table[] {
  const survey = new Survey(sheet);
  for (const row of sheet.rows()) survey.add(row);
  const sections = survey.finish();
  const [only, another] = sections;
  const wrapped = only && !another ? unwrapped(only, sheet) : null;
  if (wrapped) return wrapped;
  for (const section of sections) refuseCut(section);
  return sections.flatMap((section) => apart(tableFrom(section, sheet), section));
}

/** Rows that belong together, with what was learned of them on the way. */
type Section = {
  title: string | null;
  head: Row;
  last: Written;
  rowCount: number;
  /** null when there are too many to keep */
  kept: Row[] | null;
  /** Every line is one cell. */
  isLone: boolean;
  /** Of the columns without a name: whether any row has something there. */
  filled: Map<number, boolean>;
};

class Survey {
  private readonly sections: Section[] = [];
  /** Lines of one cell that may be the title of a table below. */
  private waiting: Written[] = [];
  private isAfterBlank = false;
  private count = 0;
  private line = 0;

  constructor(private readonly sheet: Sheet) {}

  add(row: Written): void {
    if (row.cells.length > MAX_COLUMNS)
      refuseFile(
        `Line ${row.line} has ${row.cells.length} columns; at most ${MAX_COLUMNS} are read. Leave out columns that are not needed.`,
        row.line,
      );
    const isBlank = isBlankRow(row);
    // A sheet does not write its blank rows.
    const isApart = this.isAfterBlank || (this.sheet.delimiter === null && row.line > this.line + 1);
    this.line = row.line;
    this.isAfterBlank = isBlank;
    if (isBlank) {
      if (this.sections.length > 0) this.settle();
      return;
    }
    if (++this.count > MAX_ROWS + 1)
      refuseFile(
        `The file has more than ${MAX_ROWS.toLocaleString("en")} rows. Export a shorter period.`,
        row.line,
      );
    const title = this.waiting.at(-1);
    const isFirst = this.sections.length === 0;
    if (title && isHeaderLike(row)) {
      this.waiting = [];
      this.open(title.cells[0] ?? "", row);
    } else if (isLone(row) && (isFirst || isApart) && this.waiting.length < MAX_TITLE_LINES)
      this.waiting.push(row);
    else {
      this.settle();
      this.append(row);
    }
  }

  finish(): Section[] {
    this.settle();
    return this.sections;
  }

  /** What waits is no title after all. */
  private settle(): void {
    const waiting = this.waiting;
    this.waiting = [];
    for (const row of waiting) this.append(row);
  }

  private open(title: string | null, head: Row): void {
    if (this.sections.length === MAX_TABLES)
      refuseFile(
        `The file holds more than ${MAX_TABLES} tables below each other. Bring them one by one.`,
        head.line,
      );
    this.sections.push({
      title: title === null ? null : cleanText(title).slice(0, MAX_HEADER),
      head,
      last: head,
      rowCount: 0,
      kept: this.sheet.bytes <= MAX_KEPT_BYTES ? [] : null,
      isLone: isOneLine(head),
      filled: new Map(head.cells.flatMap((cell, index) => (cell.trim() === "" ? [[index, false]] : []))),
    });
  }

  private append(row: Written): void {
    const section = this.sections.at(-1);
    if (!section) {
      this.open(null, row);
      return;
    }
    section.rowCount++;
    section.last = row;
    section.isLone &&= isOneLine(row);
    section.kept?.push(row);
    for (const [index, isFilled] of section.filled)
      if (!isFilled && row.cells[index]?.trim()) section.filled.set(index, true);
  }
}

/** A spreadsheet writes a blank line as commas. */
function isBlankRow({ cells }: Row): boolean {
  return cells.every((cell) => cell.trim() === "");
}

/** One cell at the start with nothing beside it. */
function isLone({ cells: [first = "", ...others] }: Row): boolean {
  return first.trim() !== "" && others.every((cell) => cell.trim() === "");
}

/** Names side by side, none of which begins like a figure. */
function isHeaderLike({ cells }: Row): boolean {
  const names = cells.filter((cell) => cell.trim() !== "");
  return names.length > 1 && names.every((name) => !/^\s*[-+(]?\d/.test(name));
}

function isOneLine({ cells }: Row): boolean {
  return cells.length === 1 && !cells[0]?.includes("\n");
}

/** A last row that stops short and has no newline after it. A footnote of one cell with words is whole. */
function refuseCut({ head, last }: Section): void {
  if (last === head || !last.isOpen || last.cells.length >= head.cells.length || isFootnote(last)) return;
  refuseFile(cutMessage(), last.line);
}

function tableFrom(section: Section, sheet: Sheet): Table {
  const { title, head, rowCount, filled } = section;
  const header = head.cells.map((cell) => cleanText(cell).slice(0, MAX_HEADER));
  // Commas that a spreadsheet left behind the last column.
  while (header.length > 1 && header.at(-1) === "" && !filled.get(header.length - 1)) header.pop();
  const { delimiter, encoding } = sheet;
  return {
    title,
    header,
    headerLine: head.line,
    rows: rowsOf(section, sheet),
    rowCount,
    delimiter,
    encoding,
  };
}

function rowsOf({ head, last, kept }: Section, sheet: Sheet): Iterable<Row> {
  if (kept) return kept;
  return {
    *[Symbol.iterator]() {
      for (const row of sheet.rows()) {
        if (row.line > last.line) return;
        if (row.line > head.line && !isBlankRow(row)) yield row;
      }
    },
  };
}

/** Some spreadsheets turn each line into one quoted cell; such a table is opened once more. Null for others. */
function unwrapped(section: Section, sheet: Sheet): Table[] | null {
  const head = section.head.cells[0] ?? "";
  if (!section.isLone || section.title !== null || !/[,;\t]/.test(head)) return null;
  const delimiter: Delimiter = head.includes("\t") ? "\t" : head.includes(";") ? ";" : ",";
  const outer = rowsOf(section, sheet);
  function* rows(): Generator<Written> {
    for (const row of [section.head]) yield inner(row);
    for (const row of outer) yield inner(row);
  }
  const inner = (row: Written): Written => {
    const [record, another] = [...recordsOf([row.cells[0] ?? ""], delimiter, row.line)];
    if (!record || another) throw new NotWrapped();
    return { line: row.line, cells: record.cells, ...(row.isOpen ? { isOpen: true } : {}) };
  };
  try {
    return tablesAsWritten({ ...sheet, rows, delimiter });
  } catch (error) {
    // Where the cells do not open one by one, the table is taken as it is written.
    if (error instanceof NotWrapped || error instanceof FileFault) return null;
    throw error;
  }
}

/** Thrown only to leave the walk early. */
class NotWrapped extends Error {}

/** Two tables side by side, told by an empty column between them and a name that occurs on both sides, or by a header that says itself twice. */
function apart(table: Table, { filled }: Section): Table[] {
  const names = table.header.map(normalise);
  const parts = partsBetween(names, filled);
  const [first, ...others] = parts.map(({ from, to }) => names.slice(from, to));
  const isSame = others.some((part) => part.some((name) => name !== "" && first?.includes(name)));
  if (parts.length < 2 || !isSame) return [table];
  return parts.map(({ from, to }): Table => {
    const rows = cutRows(table, from, to);
    let rowCount = 0;
    for (const _ of rows) rowCount++;
    return { ...table, header: table.header.slice(from, to), rows, rowCount };
  });
}

type Part = { from: number; to: number };

function partsBetween(names: string[], filled: ReadonlyMap<number, boolean>): Part[] {
  const parts: Part[] = [];
  let from = 0;
  for (let index = 0; index <= names.length; index++) {
    const isBetween = index === names.length || (names[index] === "" && filled.get(index) === false);
    if (!isBetween) continue;
    if (index > from) parts.push({ from, to: index });
    from = index + 1;
  }
  const half = names.length / 2;
  const isTwice =
    Number.isInteger(half) &&
    half > 1 &&
    names.every((name, at) => name !== "" && name === names[(at + half) % names.length]);
  if (parts.length === 1 && isTwice)
    return [
      { from: 0, to: half },
      { from: half, to: names.length },
    ];
  return parts;
}

/** A side that is blank in a row has no such row; a row that stops short is kept, to be refused by name. */
function cutRows({ header, rows }: Table, from: number, to: number): Iterable<Row> {
  return {
    *[Symbol.iterator]() {
      for (const { line, cells } of rows) {
        const cut = cells.slice(from, to);
        if (cells.length < header.length || cut.some((cell) => cell.trim() !== ""))
          yield { line, cells: cut };
      }
    },
  };
}
