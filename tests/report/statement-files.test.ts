import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { PaperSize } from "../../lib/report/paper";
import {
  parseStatement,
  STATEMENT_VERSION,
  type Statement,
  type StatementRow,
  statementJson,
  withSections,
} from "../../lib/report/statement";
import { statementCsv } from "../../lib/report/statement-csv";
import { statementPdf } from "../../lib/report/statement-pdf";
import { statementXlsx } from "../../lib/report/statement-xlsx";
import { cellText, rangeName } from "../../lib/statement-text";
import { readPdf } from "./read-pdf";
import { readXlsx } from "./read-xlsx";

const row = (given: Partial<StatementRow> = {}): StatementRow => ({
  day: "2026-03-31",
  month: "2026-03",
  what: "Ads",
  views: "1234567",
  rate: { per1000: "0.123", currency: "EUR" },
  fx: "0.0067",
  ...{ dollars: { minor: "-123456", currency: "USD" }, yen: { minor: "7777", currency: "JPY" } },
  ...{ dinars: { minor: "1234567", currency: "KWD" }, late: { notYet: true }, gone: null },
  ...given,
});

const made = (rows: readonly StatementRow[], given: Partial<Statement> = {}): Statement => ({
  version: STATEMENT_VERSION,
  creator: { id: "c", name: "Mira Cooks", currency: "USD" },
  range: { from: "2026-01", to: "2026-03" },
  madeOn: "2026-04-02",
  caution: "",
  summary: [
    {
      key: "booked",
      section: null,
      label: "Booked",
      kind: "money",
      cell: { minor: "123456", currency: "USD" },
      note: "",
    },
  ],
  sections: [
    {
      id: "streams",
      title: "Earned by stream",
      note: "A note.",
      columns: [
        { key: "day", header: "Day", kind: "day" },
        { key: "month", header: "Month", kind: "month" },
        { key: "what", header: "What", kind: "text" },
        { key: "views", header: "Views", kind: "count" },
        { key: "rate", header: "Rate", kind: "rate" },
        { key: "fx", header: "FX", kind: "decimal" },
        { key: "dollars", header: "Dollars", kind: "money" },
        { key: "yen", header: "Yen", kind: "money" },
        { key: "dinars", header: "Dinars", kind: "money" },
        { key: "late", header: "Late", kind: "money" },
        { key: "gone", header: "Gone", kind: "money" },
      ],
      rows,
      totals: [],
      empty: "Nothing.",
      picture: null,
    },
  ],
  making: ["Whole minor units."],
  ...given,
});

/** A table of texts alone, as people type them. */
const typed = (texts: readonly string[]): Statement =>
  made([], {
    creator: { id: "c", name: texts[0] ?? "", currency: "USD" },
    sections: [
      {
        ...made([]).sections[0]!,
        columns: [
          { key: "what", header: "What", kind: "text" },
          { key: "day", header: "Day", kind: "day" },
        ],
        rows: texts.map((what) => ({ what, day: null })),
      },
    ],
  });

const pdfOf = async (statement: Statement, locale = "en-US", size: PaperSize = "a4") =>
  readPdf(
    await statementPdf(
      statement,
      { cell: (cell, kind) => cellText(cell, kind, locale), range: rangeName(statement, locale) },
      { size },
    ),
  );

describe("a workbook", () => {
  it("has real numbers, dates and texts: -1,234.56 with 2 decimals, 7,777 with none, 1,234.567 with 3", async () => {
    const { sheets, xml } = await readXlsx(await statementXlsx(made([row()])));
    expect([...sheets.keys()]).toEqual(["Summary", "Earned by stream", "How the figures are made"]);
    const [header, cells] = sheets.get("Earned by stream")!;
    expect(header).toEqual(made([]).sections[0]!.columns.map((column) => column.header));
    expect(cells).toEqual([
      new Date("2026-03-31T00:00:00Z"),
      new Date("2026-03-01T00:00:00Z"),
      ...["Ads", 1_234_567, 0.123, 0.0067, -1234.56, 7777, 1234.567, "not yet", null],
    ]);
    for (const format of ["[$USD] #,##0.00;", "[$JPY] #,##0;", "[$KWD] #,##0.000;", "yyyy-mm-dd"])
      expect(xml).toContain(`formatCode="${format}`);
    expect(xml).toMatch(/<pane [^>]*state="frozen"/);
  });

  it("writes an amount of more digits than a number holds as text, to the last one", async () => {
    const yen = { minor: "9007199254740993", currency: "JPY" };
    const { sheets } = await readXlsx(await statementXlsx(made([row({ yen })])));
    expect(sheets.get("Earned by stream")?.[1]?.[7]).toBe("9007199254740993");
  });
});

describe("a CSV", () => {
  it("has every line of one length, a table's name first, amounts with a point and days in ISO", () => {
    const lines = parse(statementCsv(made([row()])), { relax_column_count: false }) as string[][];
    expect(lines.find(([table, kind]) => table === "Earned by stream" && kind === "row")).toEqual([
      ...["Earned by stream", "row", "2026-03-31", "2026-03", "Ads", "1234567", "0.123", "0.0067"],
      ...["-1234.56", "7777", "1234.567", "not yet", ""],
    ]);
    expect(lines.find(([table, kind]) => table === "Earned by stream" && kind === "columns")).toContain(
      "Dinars (KWD)",
    );
  });

  it("says the currency beside each amount where a column has several", () => {
    const yen = { minor: "100", currency: "USD" };
    const lines = parse(statementCsv(made([row(), row({ yen })]))) as string[][];
    const header = lines.find(([table, kind]) => table === "Earned by stream" && kind === "columns")!;
    const place = header.indexOf("Yen: currency");
    const rows = lines.filter(([table, kind]) => table === "Earned by stream" && kind === "row");
    expect(rows.map((line) => [line[place - 1], line[place]])).toEqual([
      ["7777", "JPY"],
      ["1.00", "USD"],
    ]);
  });
});

describe("JSON", () => {
  it("has its keys in one order, whatever order they were put in", () => {
    const statement = made([row()]);
    const turned = Object.fromEntries(Object.entries(statement).reverse()) as unknown as Statement;
    expect(statementJson(turned)).toBe(statementJson(statement));
    expect(parseStatement(statementJson(statement))).toEqual(statement);
  });

  it("of another version is refused rather than misread", () => {
    const other = statementJson(made([])).replace(`"version":${STATEMENT_VERSION}`, `"version":99`);
    expect(() => parseStatement(other)).toThrow(/version 99/);
  });

  it("keeps only the sections that were chosen, and no byte of another", () => {
    const chosen = withSections(made([row({ what: "secret" })]), ["videos"]);
    expect(statementJson(chosen)).not.toContain("secret");
  });
});

describe("paper", () => {
  it.each([
    ["en-US", "-$1,234.56", "¥7,777", "Mar 31, 2026"],
    ["de-DE", "-1.234,56 $", "7.777 ¥", "31.03.2026"],
    ["fr-FR", "-1 234,56 $US", "7 777 JPY", "31 mars 2026"],
    ["es-ES", "-1234,56 US$", "7777 JPY", "31 mar 2026"],
  ])(
    "writes numbers and dates as in %s, with no character that its fonts lack",
    async (locale, ...expected) => {
      const { pages, isTagged, language, title } = await pdfOf(made([row()]), locale);
      const text = pages.flat().join("\n").replace(/\s/gu, " ");
      for (const each of expected) expect(text).toContain(each.replace(/\s/gu, " "));
      expect(text).not.toMatch(/[?\0]/);
      expect([isTagged, language, title.startsWith("Mira Cooks: statement for ")]).toEqual([
        true,
        "en",
        true,
      ]);
    },
  );

  it("is A4 or Letter, names the creator and the months on each page, and ends with how the figures are made", async () => {
    const many = made(Array.from({ length: 80 }, () => row()));
    const { pages, size } = await pdfOf(many, "en-GB", "letter");
    expect(size.map(Math.round)).toEqual([612, 792]);
    for (const page of pages.slice(1)) expect(page[0]).toBe("Mira Cooks · January 2026 to March 2026");
    for (const [index, page] of pages.entries())
      expect(page.at(-1)).toContain(`page ${index + 1} of ${pages.length}`);
    expect(pages.at(-1)?.[1]).toBe("How the figures are made");
  });
});

const HOSTILE = [
  ...["=1+1", "+1", "-1+1", "@SUM(A1)", '=HYPERLINK("http://x")', "\t=1", "\r=1", "＝1", "'=1", "|cmd"],
  ...[
    "<script>alert(1)</script>",
    "]]>",
    "&amp;",
    "&#0;",
    "</t><f>1</f>",
    "_x0041_",
    "_x000D_",
    "\u0000\u0001",
  ],
  ...[
    "\ud800",
    "\udfff",
    "\ufffe",
    "\uffff",
    "\u202eabc",
    "\u2066",
    "a\r\nb",
    "a\u2028b",
    '"',
    '","',
    "\\",
    ")",
  ],
  ...[
    "(",
    "endstream",
    "%%EOF",
    "<<",
    "Ünïcødé",
    "Ελένη",
    "Анна",
    "שלום",
    "مرحبا",
    "नमस्ते",
    "Nguyễn",
    "👩‍👩‍👧",
    "漢字",
  ],
  "x".repeat(400),
];
const hostile = fc.oneof(
  fc.constantFrom(...HOSTILE),
  fc.string({ unit: "binary", maxLength: 40 }),
  fc
    .tuple(fc.constantFrom(...HOSTILE), fc.string({ unit: "grapheme", maxLength: 12 }))
    .map(([a, b]) => a + b),
);

it("10,000 hostile texts go through every format: no formula, no markup, no broken file, every one in its place", {
  timeout: 120_000,
}, async () => {
  for (let batch = 0; batch < 10; batch++) {
    const texts = fc.sample(hostile, { numRuns: 1_000, seed: 7 + batch });
    const statement = typed(texts);

    expect(
      (JSON.parse(statementJson(statement)) as Statement).sections[0]?.rows.map(({ what }) => what),
    ).toEqual(texts);

    const lines = parse(statementCsv(statement), { relax_column_count: false }) as string[][];
    const csv = lines.filter(([table, kind]) => table === "Earned by stream" && kind === "row");
    expect(csv).toHaveLength(texts.length);
    for (const line of csv) expect(line[2]).not.toMatch(/^[=+\-@＝＋－＠\t\r\n\0](?!\d+(\.\d+)?$)/);

    const { sheets, xml } = await readXlsx(await statementXlsx(statement));
    expect(xml).not.toMatch(/<f[ >/]/);
    const cells = (sheets.get("Earned by stream") ?? []).slice(1).map(([cell]) => String(cell ?? ""));
    // An empty text is an empty row at the end, which readers leave out.
    const readable = (text: string) =>
      text.toWellFormed().replace(/[\p{Cc}\p{Noncharacter_Code_Point}\ufffd]|_x[0-9a-f]{4}_/giu, "");
    const visible = (list: readonly string[]) => list.map((text) => readable(text).replace(/\s/gu, ""));
    expect(visible(cells)).toEqual(visible(texts).slice(0, cells.length));
  }
  const texts = fc.sample(hostile, { numRuns: 10_000, seed: 7 });
  for (let from = 0; from < texts.length; from += 2_500) {
    const { pages } = await pdfOf(typed(texts.slice(from, from + 2_500)));
    expect(pages.length).toBeGreaterThan(20);
    // A character that its font lacks comes out as none.
    expect(pages.flat().join("\n")).not.toContain("\0");
  }
});
