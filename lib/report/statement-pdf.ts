import type { Brand } from "./brand";
import { openPaper, type Paper, type PaperSize } from "./paper";
import type { CellKind, Statement, StatementCell, StatementRow, StatementSection } from "./statement";
import { pictureOf } from "./statement-picture";

/** How cells and the range are written, in the reader's locale. */
export type StatementWords = {
  readonly cell: (cell: StatementCell, kind: CellKind) => string;
  readonly range: string;
};

const NUMBERS: ReadonlySet<CellKind> = new Set(["money", "rate", "count", "decimal", "percent"]);
const DRAWN = new Set(["image/png", "image/jpeg"]);
const TABLE = { size: 8.5 };
/** A title is not left alone at the foot of a page: its table's header and some rows come with it. */
const TITLE_AND_ROWS = 110;

/**
 * A statement on paper, with bars as vectors and the fonts of every script that is installed inside. The same statement
 * gives the same pages: nothing of it depends on the moment.
 */
export function statementPdf(
  statement: Statement,
  words: StatementWords,
  { size, brand = null }: { size: PaperSize; brand?: Brand | null },
): Promise<Buffer> {
  const { creator, madeOn, caution, summary, sections, making } = statement;
  const title = `${creator.name}: statement for ${words.range}`;
  const paper = openPaper({
    ...{ title, author: brand?.name ?? creator.name, language: "en", size },
    madeAt: new Date(`${madeOn}T00:00:00Z`),
    ...(brand?.accent ? { accent: brand.accent } : {}),
  });
  if (brand?.logo && DRAWN.has(brand.logo.type)) paper.logo(brand.logo.bytes, brand.name);
  if (brand) paper.paragraph(brand.name, { size: 9, isMuted: true });
  paper.heading(creator.name, 1);
  paper.paragraph(`Statement for ${words.range}`, { size: 13 });
  paper.space(2);
  paper.paragraph(`As known on ${words.cell(madeOn, "day")}. Reported in ${creator.currency}.`, {
    size: 9,
    isMuted: true,
  });
  if (caution) {
    paper.space(6);
    paper.paragraph(caution, { isBold: true, size: 9 });
  }
  paper.space(16);
  paper.figures(
    summary.map(({ label, cell, kind, note }) => ({ label, value: words.cell(cell, kind), note })),
  );
  for (const section of sections) drawSection(paper, section, words);
  paper.nextPage();
  paper.heading("How the figures are made", 2);
  paper.space(4);
  for (const sentence of making) {
    paper.paragraph(sentence);
    paper.space(6);
  }
  return paper.finish(
    (page, pages) => `${brand?.name ?? "Permille"} · page ${page} of ${pages}`,
    `${creator.name} · ${words.range}`,
  );
}

function drawSection(paper: Paper, section: StatementSection, words: StatementWords): void {
  const { title, note, columns, rows, totals, empty } = section;
  paper.space(16);
  paper.keep(TITLE_AND_ROWS);
  paper.heading(title, 2);
  if (rows.length === 0) {
    paper.paragraph(empty, { isMuted: true });
    return;
  }
  if (note) paper.paragraph(note, { size: 8.5, isMuted: true });
  paper.space(6);
  const picture = pictureOf(section);
  if (picture)
    paper.bars(
      picture.bars.map(({ label, value, ...bar }) => ({
        ...bar,
        label: words.cell(label, kindOf(section, section.picture?.label)),
        value: words.cell(value, "money"),
      })),
      picture.zeroAt,
      `${title}, as bars; the table below has the same figures.`,
    );
  // A column that is blank throughout takes room from the others.
  const told = [...rows, ...totals];
  const shown = columns.filter(({ key }) => told.some((row) => (row[key] ?? null) !== null));
  const line = (row: StatementRow) =>
    shown.map(({ key, kind }) => {
      const cell = row[key];
      return cell === undefined ? "" : words.cell(cell, kind);
    });
  paper.table(
    shown.map(({ header, kind }) => ({ header, align: NUMBERS.has(kind) ? "end" : "start" })),
    rows.map(line),
    totals.map(line),
    TABLE,
  );
}

function kindOf({ columns }: StatementSection, key: string | undefined): CellKind {
  return columns.find((column) => column.key === key)?.kind ?? "text";
}
