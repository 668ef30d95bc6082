/**
 * What a statement costs as a workbook and on paper: one with a long table, against the bare libraries writing the same
 * cells with nothing around them. In turn, in one process; the median of the rounds.
 */
import PDFDocument from "pdfkit";
import writeXlsxFile from "write-excel-file/node";
import { fontFor } from "../report/fonts";
import { cellsOf, type Statement, type StatementRow } from "../report/statement";
import { statementFile } from "../server/statement-files";
import { cellText } from "../statement-text";

const BARS = { xlsx: 2, pdf: 2 };
const ROUNDS = 5;
const ROWS = 2_000;
const LOOK = { locale: "en-US", paper: "a4" } as const;

export interface StatementBench {
  figures: Record<string, number>;
  missed: string[];
}

export async function benchStatements(): Promise<StatementBench> {
  const statement = longStatement();
  const [section] = statement.sections;
  const table = (section?.rows ?? []).map((row) => cellsOf(section!, row).map(plain));
  const written = (section?.rows ?? []).map((row) =>
    cellsOf(section!, row).map((cell, index) => cellText(cell, section!.columns[index]!.kind, LOOK.locale)),
  );
  const [xlsx, pdf] = [
    await ratioOf(
      () => statementFile(statement, "xlsx", LOOK),
      () => bareXlsx(table),
    ),
    await ratioOf(
      () => statementFile(statement, "pdf", LOOK),
      () => barePdf(written),
    ),
  ];
  const missed = (["xlsx", "pdf"] as const).flatMap((format) => {
    const { ratio } = { xlsx, pdf }[format];
    return ratio > BARS[format]
      ? [`a statement as ${format} costs ${ratio} times the bare library (${BARS[format]} allowed)`]
      : [];
  });
  return {
    figures: {
      statementRows: ROWS,
      ...{ xlsxRatio: xlsx.ratio, xlsxMs: xlsx.ms, pdfRatio: pdf.ratio, pdfMs: pdf.ms },
    },
    missed,
  };
}

/** What people typed, amounts, counts and days, in a table of 2,000 rows. */
function longStatement(): Statement {
  const rows = Array.from({ length: ROWS }, (_, index): StatementRow => {
    const day = String(1 + (index % 28)).padStart(2, "0");
    return {
      title: `Video ${index}: five eggs, one pan`,
      day: `2026-01-${day}`,
      views: String(1_000 + index * 37),
      earned: { minor: String(10_000 + index), currency: "USD" },
    };
  });
  return {
    version: 1,
    creator: { id: "00000000-0000-4000-8000-000000000000", name: "Mira Cooks", currency: "USD" },
    range: { from: "2026-01", to: "2026-01" },
    madeOn: "2026-02-01",
    caution: "",
    summary: [],
    sections: [
      {
        ...{ id: "videos", title: "Earned by video", note: "", empty: "", picture: null, totals: [], rows },
        columns: [
          { key: "title", header: "Video", kind: "text" },
          { key: "day", header: "Published", kind: "day" },
          { key: "views", header: "Views", kind: "count" },
          { key: "earned", header: "Earned", kind: "money" },
        ],
      },
    ],
    making: [],
  };
}

function plain(cell: StatementRow[string] | undefined): string {
  if (typeof cell === "string") return cell;
  return cell && "minor" in cell ? cell.minor : "";
}

function bareXlsx(table: readonly string[][]): Promise<Buffer> {
  const rows = table.map(([title = "", day = "", views = "", earned = ""]) => [
    { value: title, type: String },
    { value: new Date(day), type: Date, format: "yyyy-mm-dd" },
    { value: Number(views), type: Number },
    { value: Number(earned) / 100, type: Number },
  ]);
  return writeXlsxFile([{ sheet: "Videos", data: rows }]).toBuffer();
}

const PDF_ROWS_A_PAGE = 55;

function barePdf(table: readonly string[][]): Promise<Buffer> {
  const document = new PDFDocument({ size: "A4", tagged: true });
  const pieces: Buffer[] = [];
  document.on("data", (piece: Buffer) => pieces.push(piece));
  // The same font: one of a PDF reader's own has no letters but Latin ones.
  document.font(fontFor("A".charCodeAt(0), false)?.file ?? "Helvetica").fontSize(8.5);
  for (const [index, row] of table.entries()) {
    if (index > 0 && index % PDF_ROWS_A_PAGE === 0) document.addPage();
    const top = 56 + (index % PDF_ROWS_A_PAGE) * 12;
    for (const [at, text] of row.entries())
      document.text(text, 56 + at * 120, top, { width: 115, lineBreak: false });
  }
  const ended = new Promise<Buffer>((resolve) => document.on("end", () => resolve(Buffer.concat(pieces))));
  document.end();
  return ended;
}

async function ratioOf(
  own: () => Promise<unknown>,
  bare: () => Promise<unknown>,
): Promise<{ ratio: number; ms: number }> {
  const times = { own: [] as number[], bare: [] as number[] };
  // The first of everything is slower; it counts for nobody.
  for (let round = -1; round < ROUNDS; round++) {
    for (const [name, work] of [
      ["own", own],
      ["bare", bare],
    ] as const) {
      const begun = performance.now();
      await work();
      if (round >= 0) times[name].push(performance.now() - begun);
    }
  }
  const [ownMs, bareMs] = [median(times.own), median(times.bare)];
  return { ratio: Math.round((100 * ownMs) / bareMs) / 100, ms: Math.round(ownMs) };
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
}
