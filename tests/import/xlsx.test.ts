import fc from "fast-check";
import { strToU8, zipSync } from "fflate";
import { describe, expect, test } from "vitest";
import { openTables } from "../../lib/import/open";
import { readNow } from "../../lib/import/read";
import { sourceInMemory } from "../../lib/import/source";
import { CONTENT_HEADER, CONTENT_ROWS, contentText, OPTIONS, readTable, refusalOf } from "./fixtures";
import { type WorkbookCell, workbook } from "./workbook";

const cells = (xml: string): WorkbookCell => ({ xml });
const rowsOf = (bytes: Uint8Array) =>
  openTables(sourceInMemory(bytes), "x.xlsx").flatMap(({ table }) => [...table.rows]);
/** The text of one cell under a header. */
const textOf = (cell: WorkbookCell, options = {}) =>
  rowsOf(
    workbook(
      [
        {
          name: "S",
          rows: [
            ["a", "b"],
            ["x", cell],
          ],
        },
      ],
      options,
    ),
  )[0]?.cells[1];

test("a workbook whose cells are all strings reads like the CSV it was made from", () => {
  const bytes = workbook([{ name: "Table data", rows: [CONTENT_HEADER, ...CONTENT_ROWS] }]);
  const { drafts, found } = readTable(bytes, OPTIONS, "Table data.xlsx");
  expect(drafts).toEqual(readTable(contentText()).drafts);
  expect(found).toMatchObject({ file: "Table data.xlsx", encoding: "xlsx", delimiter: null });
});

describe("a cell becomes the text that a CSV would hold", () => {
  test.each([
    ["a number, by its digits", "<c><v>1234.50</v></c>", "1234.50"],
    ["a small number without its exponent", "<c><v>1.25E-3</v></c>", "0.00125"],
    ["a number that lost digits keeps its exponent, to be refused", "<c><v>7.31E+18</v></c>", "7.31E+18"],
    ["money, which is no day", '<c s="4"><v>45292</v></c>', "45292"],
    ["day 45292 is 1 January 2024", '<c s="1"><v>45292</v></c>', "2024-01-01"],
    ["day 61 is 1 March 1900, after Excel's leap day that never was", '<c s="1"><v>61</v></c>', "1900-03-01"],
    ["half a day is 12 hours", '<c s="2"><v>45292.5</v></c>', "2024-01-01 12:00:00"],
    ["a duration of a day and a half is 36 hours", '<c s="3"><v>1.5</v></c>', "36:00:00"],
    ["a formula, by its last value", "<c><f>SUM(A1:A9)</f><v>12</v></c>", "12"],
    ["a formula of text", '<c t="str"><f>A1&amp;"x"</f><v>a &amp; b</v></c>', "a & b"],
    ["an error is unknown", '<c t="e"><v>#DIV/0!</v></c>', "#N/A"],
    ["true", '<c t="b"><v>1</v></c>', "TRUE"],
    ["text in its place", '<c t="inlineStr"><is><t>one </t></is></c>', "one "],
    [
      "rich text is its runs, without the pronunciation",
      '<c t="inlineStr"><is><r><t>日</t></r><r><t>本</t></r><rPh><t>にほん</t></rPh></is></c>',
      "日本",
    ],
    ["CDATA and numbered letters", '<c t="str"><v><![CDATA[<b>]]>&#x41;&#66;</v></c>', "<b>AB"],
    ["a shared string that is not there", '<c t="s"><v>99</v></c>', undefined],
  ])("%s", (_, xml, text) => {
    expect(textOf(cells(xml))).toBe(text);
  });

  test("in a workbook that counts from 1904, day 43830 is 1 January 2024", () => {
    expect(textOf(cells('<c s="1"><v>43830</v></c>'), { is1904: true })).toBe("2024-01-01");
  });
});

test("a table of one's own with real numbers and days: 1.5 and 2.25 are 3.75", () => {
  const bytes = workbook([
    {
      name: "2024",
      rows: [
        ["month", "views", "adsense_usd"],
        [cells('<c s="1"><v>45292</v></c>'), 10, 1.5],
        [],
        [cells('<c s="1"><v>45323</v></c>'), 20, 2.25],
        [cells('<c s="1"><v>45352</v></c>'), 20, "many"],
      ],
    },
  ]);
  const { drafts, problems } = readTable(bytes);
  expect(drafts.payouts.map(({ from, minor, line }) => [from, minor, line])).toEqual([
    ["2024-01-01", 150n, 2],
    ["2024-02-01", 225n, 4],
  ]);
  expect(problems).toMatchObject([{ line: 5, column: "adsense_usd" }]);
});

describe("of several sheets", () => {
  const rows = (month: string) => [
    ["month", "views"],
    [month, 5],
  ];
  test("hidden and empty ones are left out; those with the same columns are read together", () => {
    const bytes = workbook([
      { name: "Notes", rows: [["to do"], ["call the bank"]] },
      { name: "Old", state: "hidden", rows: rows("2020-01") },
      { name: "Empty", rows: [] },
      { name: "2023", rows: rows("2023-01") },
      { name: "2024", rows: rows("2024-01") },
    ]);
    const { drafts, found, notices } = readTable(bytes, OPTIONS, "Mine.xlsx");
    expect(drafts.traffic.map(({ from }) => from)).toEqual(["2023-01-01", "2024-01-01"]);
    expect(notices).toMatchObject([
      { file: "Mine.xlsx, sheet Notes", message: expect.stringMatching(/^This table of 1 row is left out/) },
    ]);
    expect(found.tables.map(({ file, rows: count }) => [file, count])).toEqual([
      ["Mine.xlsx, sheet 2023", 1],
      ["Mine.xlsx, sheet 2024", 1],
    ]);
  });

  test("the same month in two of them, with other figures, is refused by sheet and row", () => {
    const bytes = workbook([
      { name: "A", rows: rows("2024-01") },
      {
        name: "B",
        rows: [
          ["month", "views"],
          ["2024-01", 6],
        ],
      },
    ]);
    const { drafts, problems } = readTable(bytes, OPTIONS, "Mine.xlsx");
    expect(drafts.traffic).toMatchObject([{ views: 5 }]);
    expect(problems).toMatchObject([
      {
        file: "Mine.xlsx, sheet B",
        line: 2,
        message: expect.stringMatching(/also in Mine.xlsx, sheet A on line 2/),
      },
    ]);
  });
});

describe("a workbook that cannot be trusted is refused, with the remedy", () => {
  const sheet = (xml: string) =>
    workbook([{ name: "S", rows: [] }], { more: { "xl/worksheets/sheet1.xml": strToU8(xml) } });
  test.each([
    [
      "without sheets",
      zipSync({ "[Content_Types].xml": strToU8("<Types/>") }),
      /no Excel workbook with sheets/,
    ],
    ["all hidden", workbook([{ name: "S", state: "hidden", rows: [["a"]] }]), /empty or hidden/],
    [
      "a DTD, through which entities could grow",
      sheet("<!DOCTYPE x [<!ENTITY a 'aaaa'>]><worksheet/>"),
      /damaged/,
    ],
    [
      "a tag that never ends",
      sheet(`<worksheet><c ${Array.from({ length: 200_000 }, (_, index) => `x${index}`).join(" ")}`),
      /damaged/,
    ],
    [
      "rows out of order",
      sheet('<row r="5"><c><v>1</v></c></row><row r="3"><c><v>1</v></c></row>'),
      /Row 3 of the sheet stands after row 5/,
    ],
    ["a cell in column XFD", sheet('<row r="1"><c r="XFD1"><v>1</v></c></row>'), /column 16384; at most 500/],
  ])("%s", (_, bytes, message) => {
    expect(refusalOf(bytes)?.message).toMatch(message);
  });
});

test("markup damaged anywhere, in a zip that is whole, is read or refused: nothing is thrown", () => {
  const sheet =
    '<?xml version="1.0"?><worksheet><!-- x --><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>month</t></is></c><c r="B1" t="str"><v>views</v></c></row><row r="2"><c r="A2" s="1"><v>45292</v></c><c r="B2"><v>5</v></c></row><row r="3"><c r="A3" s="1"><v>45323</v></c><c r="B3"><v>7</v></c></row></sheetData></worksheet>';
  const pieces = [
    "<",
    ">",
    '"',
    "</c>",
    "<c/>",
    "<row>",
    "&#0;",
    "&#x110000;",
    "<![CDATA[",
    "]]>",
    "<!--",
    "-1",
    "1E-9",
    "9".repeat(400),
    "_x0000_",
  ];
  const kinds = new Set<string>();
  const edit = fc.record({
    at: fc.nat({ max: sheet.length }),
    drop: fc.nat({ max: 30 }),
    piece: fc.constantFrom("", ...pieces),
  });
  fc.assert(
    fc.property(fc.array(edit, { minLength: 1, maxLength: 3 }), (edits) => {
      const damaged = edits.reduce(
        (text, { at, drop, piece }) => text.slice(0, at) + piece + text.slice(at + drop),
        sheet,
      );
      const bytes = workbook([{ name: "S", rows: [] }], {
        more: { "xl/worksheets/sheet1.xml": strToU8(damaged) },
      });
      const outcome = readNow(bytes, "x.xlsx", OPTIONS);
      kinds.add(outcome.kind);
      if (outcome.kind === "refused") expect(outcome.problems[0]?.message).toMatch(/\.$/);
    }),
    { numRuns: 1_000 },
  );
  expect([...kinds].sort()).toEqual(["read", "refused"]);
});
