/**
 * White paper for invoices and statements: text in any installed script, hairlines, tables, page numbers; tagged, so
 * that it is read in order, and with its fonts inside. Lengths are points (1/72 inch) from the top left.
 */
import PDFDocument from "pdfkit";
import { readFont } from "./fonts";
import { BASIC, plainLine, runsOf } from "./text-runs";

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
const ACCENT = "#1d4ed8";
/** Told apart by place and sign too: what is more goes right, what is less goes left. */
const MORE = "#047857";
const LESS = "#b91c1c";
const LOGO_HEIGHT = 32;
const LOGO_WIDTH = 160;
const LEADING = 1.4;

export interface TextStyle {
  readonly size?: number;
  readonly isBold?: boolean;
  readonly isMuted?: boolean;
  readonly align?: "start" | "end";
}

export interface PaperColumn {
  readonly header: string;
  /** part of the width, of 1 in all; without it a column is as wide as what stands in it, as far as there is room */
  readonly width?: number;
  readonly align?: "start" | "end";
}

/** A bar of a picture, with what stands before and behind it; places are parts of 1. */
export interface PaperBar {
  readonly label: string;
  readonly value: string;
  readonly start: number;
  readonly end: number;
  readonly kind: "whole" | "more" | "less" | "same";
}

/** A figure with its name above and a remark below. */
export interface PaperFigure {
  readonly label: string;
  readonly value: string;
  readonly note: string;
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
    style?: Pick<TextStyle, "size">,
  ): void;
  /** Three in a row. */
  figures(figures: readonly PaperFigure[]): void;
  /** A picture in vectors; `says` stands for it where it cannot be seen. */
  bars(bars: readonly PaperBar[], zeroAt: number, says: string): void;
  /** A PNG or JPEG, no higher than a line of large letters; `says` as above. */
  logo(bytes: Uint8Array, says: string): void;
  space(points: number): void;
  /** What follows stands on a new page. */
  nextPage(): void;
  /** What follows stays together: a new page begins where so much room is not left. */
  keep(points: number): void;
  /** The finished document; `footer` names each page: "Page 1 of 2"; `header` stands above all but the first. */
  finish(footer: (page: number, pages: number) => string, header?: string): Promise<Buffer>;
}

type Doc = PDFKit.PDFDocument;
type Tag = "H1" | "H2" | "P" | "TH" | "TD";
type Box = { readonly x: number; readonly y: number; readonly width: number };

export function openPaper({
  title,
  author,
  language,
  size,
  madeAt,
  accent = ACCENT,
}: {
  title: string;
  author: string;
  /** of the words that are the paper's own, BCP 47 */
  language: string;
  size: PaperSize;
  madeAt: Date;
  /** of bars */
  accent?: string;
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
    box: Box,
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
      const each = (width - GAP * (blocks.length - 1)) / blocks.length;
      const columns = blocks.map(({ title: name, text }) => ({
        title: wrapped(doc, name, each, { size: 9 }),
        lines: wrapped(doc, text, each, {}),
      }));
      const rows = Math.max(0, ...columns.map(({ lines }) => lines.length));
      room(heightOf({ size: 9 }) + Math.min(rows, 3) * heightOf({}));
      const top = y;
      for (const [index, { title: name }] of columns.entries())
        draw(root, "H2", name.slice(0, 1), { x: MARGIN + index * (each + GAP), y: top, width: each }, SMALL);
      y = top + heightOf(SMALL);
      for (let row = 0; row < rows; row++) {
        room(heightOf({}));
        for (const [index, { lines }] of columns.entries()) {
          const line = lines[row];
          if (line) draw(root, "P", [line], { x: MARGIN + index * (each + GAP), y, width: each }, {});
        }
        y += heightOf({});
      }
    },
    table(columns, rows, totals = [], style = {}) {
      const table = doc.struct("Table");
      root.add(table);
      const all = [...rows, ...totals];
      const widths = columns.every((column) => column.width !== undefined)
        ? columns.map((column) => width * (column.width ?? 0))
        : fittingWidths(doc, columns, all, width, style);
      const places = widths.map((each, index) => ({
        x: MARGIN + widths.slice(0, index).reduce((sum, before) => sum + before, 0),
        width: each - gutterAfter(columns, index),
      }));
      const row = (cells: readonly string[], tag: "TH" | "TD", look: TextStyle) => {
        const lines = columns.map((_, index) => wrapped(doc, cells[index] ?? "", places[index]!.width, look));
        const height = Math.max(...lines.map(({ length }) => length)) * heightOf(look) + 8;
        if (room(Math.min(height, bottom - MARGIN)) && tag === "TD") head();
        const element = doc.struct("TR");
        table.add(element);
        for (const [index, cell] of lines.entries()) {
          const fitting = cell.slice(0, Math.floor((bottom - MARGIN) / heightOf(look)));
          const { align = "start" } = columns[index]!;
          draw(element, tag, fitting, { ...places[index]!, y: y + 4 }, { ...look, align });
        }
        element.end();
        y += Math.min(height, bottom - y);
      };
      const head = () => {
        row(
          columns.map(({ header }) => header),
          "TH",
          { ...SMALL, ...(style.size === undefined ? {} : { size: Math.min(style.size, 9) }) },
        );
        rule();
      };
      head();
      for (const [index, cells] of rows.entries()) {
        // Sums are not parted from what they are of.
        if (
          index === rows.length - 1 &&
          room(Math.min((totals.length + 1) * (heightOf(style) + 8), bottom / 2))
        )
          head();
        row(cells, "TD", style);
      }
      if (totals.length > 0) rule(INK);
      for (const cells of totals) row(cells, "TD", { ...style, isBold: true });
      table.end();
    },
    figures(figures) {
      const each = (width - GAP * (FIGURES_BESIDE - 1)) / FIGURES_BESIDE;
      for (let first = 0; first < figures.length; first += FIGURES_BESIDE) {
        const blocks = figures.slice(first, first + FIGURES_BESIDE).map(({ label, value, note }) => [
          { lines: wrapped(doc, label, each, SMALL), style: SMALL },
          { lines: wrapped(doc, value, each, FIGURE), style: FIGURE },
          { lines: note ? wrapped(doc, note, each, REMARK) : [], style: REMARK },
        ]);
        const heights = blocks.map((block) =>
          block.reduce((sum, { lines, style }) => sum + lines.length * heightOf(style), 0),
        );
        room(Math.max(...heights));
        for (const [index, block] of blocks.entries()) {
          let top = y;
          for (const { lines, style } of block) {
            if (lines.length > 0)
              draw(root, "P", lines, { x: MARGIN + index * (each + GAP), y: top, width: each }, style);
            top += lines.length * heightOf(style);
          }
        }
        y += Math.max(...heights) + 10;
      }
    },
    bars(bars, zeroAt, says) {
      const style = { size: 8.5 };
      const step = 17;
      const [before, behind] = [BAR_LABEL, BAR_VALUE].map((part) => width * part) as [number, number];
      const left = MARGIN + before;
      const across = width - before - behind;
      room(Math.min(bars.length * step, bottom - MARGIN));
      const element = doc.struct("Figure", { alt: plainLine(says), title: plainLine(says) });
      root.add(element);
      for (const { label, value, start, end, kind } of bars) {
        room(step);
        // The table beside it says the same in words; read aloud, it would come twice.
        const content = doc.markStructureContent("Figure");
        const [line = ""] = wrapped(doc, label, before - GUTTER, style);
        drawLine(doc, line, { x: MARGIN, y: y + 1, width: before - GUTTER }, style);
        drawLine(doc, value, { x: left + across, y: y + 1, width: behind }, { ...style, align: "end" });
        const colour = kind === "more" ? MORE : kind === "less" ? LESS : kind === "same" ? MUTED : accent;
        doc
          .rect(left + start * across, y + 3, Math.max((end - start) * across, 0.8), step - 7)
          .fill(colour)
          .moveTo(left + zeroAt * across, y)
          .lineTo(left + zeroAt * across, y + step - 1)
          .lineWidth(0.6)
          .stroke(LINE);
        doc.endMarkedContent();
        element.add(content);
        y += step;
      }
      element.end();
      y += 6;
    },
    logo(bytes, says) {
      const element = doc.struct("Figure", { alt: plainLine(says), title: plainLine(says) });
      root.add(element);
      const content = doc.markStructureContent("Figure");
      doc.image(Buffer.from(bytes), MARGIN, y, { fit: [LOGO_WIDTH, LOGO_HEIGHT] });
      doc.endMarkedContent();
      element.add(content);
      element.end();
      y += LOGO_HEIGHT + 10;
    },
    space(points) {
      y += points;
    },
    nextPage() {
      room(bottom);
    },
    keep(points) {
      room(points);
    },
    finish(footer, header) {
      root.end();
      const { count } = doc.bufferedPageRange();
      for (let page = 0; page < count; page++) {
        doc.switchToPage(page);
        doc.markContent("Artifact", { type: "Pagination" });
        if (header && page > 0) drawLine(doc, header, { x: MARGIN, y: MARGIN - 28, width }, SMALL);
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
const REMARK: TextStyle = { size: 8, isMuted: true };
const FIGURE: TextStyle = { size: 14, isBold: true };
const FIGURES_BESIDE = 3;
/** between blocks, and between columns */
const GAP = 24;
const GUTTER = 8;
/** what stands before and behind a bar, as parts of the width */
const BAR_LABEL = 0.26;
const BAR_VALUE = 0.18;

/**
 * As wide as the widest cell. Where that is too much, columns that begin at the start give way, the widest first, for
 * their texts can be wrapped and numbers cannot; what is left over goes to them too.
 */
function fittingWidths(
  doc: Doc,
  columns: readonly PaperColumn[],
  rows: readonly (readonly string[])[],
  width: number,
  style: TextStyle,
): number[] {
  const natural = columns.map(({ header }, index) => {
    const cells = rows.map((row) => row[index] ?? "");
    const widest = Math.max(
      lineWidth(doc, header, { ...SMALL, ...style }),
      ...cells.slice(-MEASURED).map((cell) => lineWidth(doc, cell, { ...style, isBold: true })),
      ...cells.slice(0, MEASURED).map((cell) => lineWidth(doc, cell, style)),
    );
    return Math.min(widest + gutterAfter(columns, index) + 1, width / 2);
  });
  const flexible = columns.flatMap(({ align = "start" }, index) => (align === "start" ? [index] : []));
  let spare = width - natural.reduce((sum, each) => sum + each, 0);
  for (let rounds = 0; spare < 0 && rounds < 100; rounds++) {
    const widest = flexible.reduce(
      (best, index) => (natural[index]! > natural[best]! ? index : best),
      flexible[0] ?? 0,
    );
    const take = Math.min(-spare, Math.max(natural[widest]! * 0.1, 1));
    natural[widest] = natural[widest]! - take;
    spare += take;
  }
  const takers = flexible.length > 0 ? flexible : columns.map((_, index) => index);
  return natural.map((each, index) => each + (takers.includes(index) ? spare / takers.length : 0));
}

/** Numbers that end where a text begins would be read as one; the last column ends with the page. */
function gutterAfter(columns: readonly PaperColumn[], index: number): number {
  const next = columns[index + 1];
  if (!next) return 0;
  return columns[index]?.align === "end" && next.align !== "end" ? 2 * GUTTER : GUTTER;
}

/** As many rows say how wide a column must be; one of a thousand that is wider is wrapped. */
const MEASURED = 60;

function lineWidth(doc: Doc, text: string, style: TextStyle): number {
  return shapedRuns(doc, plainLine(text), style).reduce((sum, { width }) => sum + width, 0);
}

function heightOf({ size = 10 }: TextStyle): number {
  return size * LEADING;
}

function drawLine(doc: Doc, line: string, box: Box, style: TextStyle): void {
  const { size = 10, isBold = false, isMuted = false, align = "start" } = style;
  // What nothing stands behind need not be measured.
  const runs =
    align === "start" && BASIC.test(line)
      ? runsOf(line, isBold).map((run): ShapedRun => ({ ...run, width: 0 }))
      : shapedRuns(doc, line, { size, isBold });
  const whole = runs.reduce((sum, run) => sum + run.width, 0);
  let x = align === "end" ? box.x + box.width - whole : box.x;
  doc.fillColor(isMuted ? MUTED : INK);
  for (const run of runs) {
    choose(doc, run, size).text(run.text, x, box.y + size, shapingOf(run));
    x += run.width;
  }
}

/** Word by word, each word shaped once for a document. */
const WORDS: PDFKit.Mixins.TextOptions = { lineBreak: false, baseline: "alphabetic" };
/** With features given, a run is shaped as one, spaces too; word by word a right-to-left line would fall apart. */
const WHOLE_RUN: PDFKit.Mixins.TextOptions = { ...WORDS, features: [] };

function shapingOf({ text }: Run): PDFKit.Mixins.TextOptions {
  return BASIC.test(text) ? WORDS : WHOLE_RUN;
}

type Run = ReturnType<typeof runsOf>[number];

/** What is known of a document's fonts and of what was measured with them. */
interface Measured {
  readonly fonts: Set<string>;
  readonly shaped: Map<string, ShapedRun>;
}

const measured = new WeakMap<Doc, Measured>();

function known(doc: Doc): Measured {
  const found = measured.get(doc) ?? { fonts: new Set(), shaped: new Map() };
  measured.set(doc, found);
  return found;
}

function choose(doc: Doc, { font }: Run, size: number): Doc {
  const { fonts } = known(doc);
  if (!fonts.has(font.key)) {
    doc.registerFont(font.key, readFont(font).bytes);
    fonts.add(font.key);
  }
  return doc.font(font.key).fontSize(size);
}

/** A run as it is drawn, with its width. */
interface ShapedRun extends Run {
  readonly width: number;
}

function shapedRuns(doc: Doc, line: string, { size = 10, isBold = false }: TextStyle): ShapedRun[] {
  return runsOf(line, isBold).map((run) => shapedRun(doc, run, size));
}

/**
 * A cell is measured for its column, for its lines and for its place: the shaping is done once. Some marks on a letter
 * that never carries them cannot be placed; then the letter stands without them, or a question mark for it.
 */
function shapedRun(doc: Doc, run: Run, size: number): ShapedRun {
  const { shaped } = known(doc);
  const key = `${size} ${run.font.key} ${run.text}`;
  const found =
    shaped.get(key) ??
    measuredRun(doc, run, size) ??
    measuredRun(doc, { ...run, text: run.text.replace(/\p{M}+/gu, "") }, size) ??
    shapedRun(doc, runsOf("?", false)[0]!, size);
  shaped.set(key, found);
  return found;
}

function measuredRun(doc: Doc, run: Run, size: number): ShapedRun | null {
  try {
    return { ...run, width: choose(doc, run, size).widthOfString(run.text, shapingOf(run)) };
  } catch {
    return null;
  }
}

/** Breaks at spaces, between characters of scripts that know none, and within a word that is wider than a line. */
function wrapped(doc: Doc, text: string, width: number, style: TextStyle): string[] {
  const measure = (line: string) => shapedRuns(doc, line, style).reduce((sum, run) => sum + run.width, 0);
  return text.split(/\r\n|[\n\r\v\f\u2028\u2029]/u).flatMap((typed) => {
    const whole = plainLine(typed).trim();
    const units = unitsOf(whole);
    // These are shaped word by word, so that a line is as wide as its words together: each is measured once.
    const isSum = BASIC.test(whole);
    const widthOf = (parts: readonly string[]) =>
      isSum ? parts.reduce((sum, part) => sum + measure(part), 0) : measure(parts.join(""));
    if (widthOf(units) <= width) return [whole];
    const lines: string[] = [];
    let line: string[] = [];
    const end = () => {
      if (line.length > 0) lines.push(line.join("").trimEnd());
      line = [];
    };
    for (const unit of units) {
      if (widthOf([...line, unit.trimEnd()]) <= width) {
        line.push(unit);
        continue;
      }
      end();
      for (const part of measure(unit) <= width ? [unit] : graphemesOf(unit)) {
        if (line.length > 0 && widthOf([...line, part]) > width) end();
        line.push(part);
      }
    }
    return [...lines, line.join("").trimEnd()];
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
