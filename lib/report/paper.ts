/**
 * White paper for invoices and statements: text in any installed script, hairlines, tables, page numbers; tagged, so
 * that it is read in order, and with its fonts inside. Lengths are points (1/72 inch) from the top left.
 */
import { readFileSync } from "node:fs";
import PDFDocument from "pdfkit";
import { plainLine, runsOf } from "./text-runs";

export const PAPER_SIZES = ["a4", "letter"] as const;
export type PaperSize = (typeof PAPER_SIZES)[number];

const POINTS: Readonly<Record<PaperSize, readonly [width: number, height: number]>> = {
  a4: [595.28, 841.89],
  letter: [612, 792],
};
const MARGIN = 56;
const INK = "#111827";
const MUTED = "#4b5563";
const LINE = "#d1d5db";
const LEADING = 1.4;

export interface TextStyle {
  readonly size?: number;
  readonly isBold?: boolean;
  readonly isMuted?: boolean;
  readonly align?: "start" | "end";
}

export interface PaperColumn {
  readonly header: string;
  /** part of the width, of 1 in all */
  readonly width: number;
  readonly align?: "start" | "end";
}

export interface Paper {
  readonly width: number;
  /** A title of level 1 or 2. */
  heading(text: string, level: 1 | 2): void;
  /** Lines as they were typed, wrapped where they are too long. */
  paragraph(text: string, style?: TextStyle): void;
  /** Blocks beside each other, each with a small title. */
  beside(blocks: readonly { readonly title: string; readonly text: string }[]): void;
  /** A row that ends the table is set apart. The header comes again on each page. */
  table(
    columns: readonly PaperColumn[],
    rows: readonly (readonly string[])[],
    totals?: readonly (readonly string[])[],
  ): void;
  space(points: number): void;
  /** The finished document; `footer` names each page: "Page 1 of 2". */
  finish(footer: (page: number, pages: number) => string): Promise<Buffer>;
}

type Doc = PDFKit.PDFDocument;
type Tag = "H1" | "H2" | "P" | "TH" | "TD";

export function openPaper({
  title,
  author,
  language,
  size,
  madeAt,
}: {
  title: string;
  author: string;
  /** of the words that are the paper's own, BCP 47 */
  language: string;
  size: PaperSize;
  madeAt: Date;
}): Paper {
  const [pageWidth, pageHeight] = POINTS[size];
  const width = pageWidth - 2 * MARGIN;
  const bottom = pageHeight - MARGIN - 20;
  const doc = new PDFDocument({
    size: [pageWidth, pageHeight],
    margin: 0,
    bufferPages: true,
    pdfVersion: "1.7",
    tagged: true,
    displayTitle: true,
    lang: language,
    // The built-in fonts are not embedded, so none of them may come in.
    font: null as unknown as string,
    info: { Title: plainLine(title), Author: plainLine(author), CreationDate: madeAt, ModDate: madeAt },
  });
  const whole = collected(doc);
  const root = doc.struct("Document");
  doc.addStructure(root);
  let y = MARGIN;

  const room = (height: number) => {
    if (y + height <= bottom) return false;
    doc.addPage({ size: [pageWidth, pageHeight], margin: 0 });
    y = MARGIN;
    return true;
  };

  /** Draws lines in a box as one element; answers nothing of where it ended, since its height is known before. */
  const draw = (
    parent: PDFKit.PDFStructureElement,
    tag: Tag,
    lines: readonly string[],
    box: { x: number; y: number; width: number },
    style: TextStyle,
  ) => {
    const element = doc.struct(tag);
    parent.add(element);
    const content = doc.markStructureContent(tag);
    for (const [index, line] of lines.entries())
      drawLine(doc, line, { ...box, y: box.y + index * heightOf(style) }, style);
    doc.endMarkedContent();
    element.add(content);
    element.end();
  };

  const flow = (tag: Tag, text: string, style: TextStyle) => {
    for (const line of wrapped(doc, text, width, style)) {
      room(heightOf(style));
      draw(root, tag, [line], { x: MARGIN, y, width }, style);
      y += heightOf(style);
    }
  };

  const rule = (colour = LINE) => {
    doc.markContent("Artifact", { type: "Layout" });
    doc
      .moveTo(MARGIN, y)
      .lineTo(MARGIN + width, y)
      .lineWidth(0.6)
      .stroke(colour);
    doc.endMarkedContent();
  };

  return {
    width,
    heading(text, level) {
      flow(level === 1 ? "H1" : "H2", text, { size: level === 1 ? 20 : 12, isBold: true });
      y += level === 1 ? 8 : 4;
    },
    paragraph: (text, style = {}) => flow("P", text, style),
    beside(blocks) {
      const gap = 24;
      const each = (width - gap * (blocks.length - 1)) / blocks.length;
      const columns = blocks.map(({ title: name, text }) => ({
        title: wrapped(doc, name, each, { size: 9 }),
        lines: wrapped(doc, text, each, {}),
      }));
      const rows = Math.max(0, ...columns.map(({ lines }) => lines.length));
      room(heightOf({ size: 9 }) + Math.min(rows, 3) * heightOf({}));
      const top = y;
      for (const [index, { title: name }] of columns.entries())
        draw(root, "H2", name.slice(0, 1), { x: MARGIN + index * (each + gap), y: top, width: each }, SMALL);
      y = top + heightOf(SMALL);
      for (let row = 0; row < rows; row++) {
        room(heightOf({}));
        for (const [index, { lines }] of columns.entries()) {
          const line = lines[row];
          if (line) draw(root, "P", [line], { x: MARGIN + index * (each + gap), y, width: each }, {});
        }
        y += heightOf({});
      }
    },
    table(columns, rows, totals = []) {
      const table = doc.struct("Table");
      root.add(table);
      const places = columns.map(({ width: part }, index) => ({
        x: MARGIN + width * columns.slice(0, index).reduce((sum, column) => sum + column.width, 0),
        width: width * part - 8,
      }));
      const row = (cells: readonly string[], tag: "TH" | "TD", style: TextStyle) => {
        const lines = columns.map((_, index) =>
          wrapped(doc, cells[index] ?? "", places[index]!.width, style),
        );
        const height = Math.max(...lines.map(({ length }) => length)) * heightOf(style) + 8;
        if (room(Math.min(height, bottom - MARGIN)) && tag === "TD") head();
        const element = doc.struct("TR");
        table.add(element);
        for (const [index, cell] of lines.entries()) {
          const fitting = cell.slice(0, Math.floor((bottom - MARGIN) / heightOf(style)));
          const { align = "start" } = columns[index]!;
          draw(element, tag, fitting, { ...places[index]!, y: y + 4 }, { ...style, align });
        }
        element.end();
        y += Math.min(height, bottom - y);
      };
      const head = () => {
        row(
          columns.map(({ header }) => header),
          "TH",
          SMALL,
        );
        rule();
      };
      head();
      for (const cells of rows) row(cells, "TD", {});
      if (totals.length > 0) rule(INK);
      for (const cells of totals) row(cells, "TD", { isBold: true });
      table.end();
    },
    space(points) {
      y += points;
    },
    finish(footer) {
      root.end();
      const { count } = doc.bufferedPageRange();
      for (let page = 0; page < count; page++) {
        doc.switchToPage(page);
        doc.markContent("Artifact", { type: "Pagination" });
        drawLine(
          doc,
          footer(page + 1, count),
          { x: MARGIN, y: pageHeight - MARGIN, width },
          { ...SMALL, align: "end" },
        );
        doc.endMarkedContent();
      }
      doc.end();
      return whole;
    },
  };
}

function collected(doc: Doc): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = [];
    doc.on("data", (part: Buffer) => parts.push(part));
    doc.on("end", () => resolve(Buffer.concat(parts)));
    doc.on("error", reject);
  });
}

const SMALL: TextStyle = { size: 9, isMuted: true };

function heightOf({ size = 10 }: TextStyle): number {
  return size * LEADING;
}

function drawLine(
  doc: Doc,
  line: string,
  box: { x: number; y: number; width: number },
  style: TextStyle,
): void {
  const { size = 10, isBold = false, isMuted = false, align = "start" } = style;
  const runs = runsOf(line, isBold).map((run) => ({ ...run, width: widthOf(doc, run, size) }));
  const whole = runs.reduce((sum, run) => sum + run.width, 0);
  let x = align === "end" ? box.x + box.width - whole : box.x;
  doc.fillColor(isMuted ? MUTED : INK);
  for (const run of runs) {
    choose(doc, run, size).text(run.text, x, box.y + size, WHOLE_RUN);
    x += run.width;
  }
}

/** With features given, a run is shaped as one, spaces too; word by word a right-to-left line would fall apart. */
const WHOLE_RUN: PDFKit.Mixins.TextOptions = { lineBreak: false, features: [], baseline: "alphabetic" };

type Run = ReturnType<typeof runsOf>[number];

function choose(doc: Doc, { font }: Run, size: number): Doc {
  if (!known(doc).has(font.key)) {
    doc.registerFont(font.key, readFileSync(font.file));
    known(doc).add(font.key);
  }
  return doc.font(font.key).fontSize(size);
}

const registered = new WeakMap<Doc, Set<string>>();

function known(doc: Doc): Set<string> {
  const fonts = registered.get(doc) ?? new Set();
  registered.set(doc, fonts);
  return fonts;
}

function widthOf(doc: Doc, run: Run, size: number): number {
  return choose(doc, run, size).widthOfString(run.text, WHOLE_RUN);
}

/** Breaks at spaces, between characters of scripts that know none, and within a word that is wider than a line. */
function wrapped(doc: Doc, text: string, width: number, { size = 10, isBold = false }: TextStyle): string[] {
  const measure = (line: string) =>
    runsOf(line, isBold).reduce((sum, run) => sum + widthOf(doc, run, size), 0);
  return text.split(/\r\n|[\n\r\v\f\u2028\u2029]/u).flatMap((typed) => {
    const lines: string[] = [];
    let line = "";
    for (const unit of unitsOf(plainLine(typed).trim())) {
      if (measure((line + unit).trimEnd()) <= width) {
        line += unit;
        continue;
      }
      if (line) lines.push(line.trimEnd());
      line = "";
      for (const part of measure(unit) <= width ? [unit] : graphemesOf(unit)) {
        if (line && measure(line + part) > width) {
          lines.push(line);
          line = "";
        }
        line += part;
      }
    }
    return [...lines, line.trimEnd()];
  });
}

const graphemes = new Intl.Segmenter("und", { granularity: "grapheme" });

function graphemesOf(text: string): string[] {
  return [...graphemes.segment(text)].map(({ segment }) => segment);
}

const UNSPACED = /^[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}]/u;

/** What a line may not be broken within: words with the space after them, single characters of unspaced scripts. */
function unitsOf(text: string): string[] {
  return text
    .split(/(?<= )(?! )/)
    .flatMap((word) =>
      [...word].some((character) => UNSPACED.test(character)) ? graphemesOf(word) : [word],
    );
}
