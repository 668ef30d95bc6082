import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { allRows, columnsOf, normalise } from "../../lib/import/parse";
import { csvText, tableOf } from "./fixtures";

describe("every record keeps the physical line on which it starts", () => {
  test("CRLF inside quotes, blank lines and mixed line ends do not shift the count", () => {
    const { headerLine, rows } = tableOf('\r\na,b\r\n1,"x\r\ny\r\nz"\r\n\r\n2,q\n3,r\r4,s');
    expect(headerLine).toBe(2);
    expect([...rows].map(({ line, cells }) => [line, cells[0]])).toEqual([
      [3, "1"],
      [7, "2"],
      [8, "3"],
      [9, "4"],
    ]);
  });

  test("a header that spans two lines is one header", () => {
    expect(tableOf('"Views\n(total)",b\n1,2\n')).toMatchObject({
      header: ["Views (total)", "b"],
      rows: [{ line: 3 }],
    });
  });
});

describe("headers compare without what exports and spreadsheets put into them", () => {
  test("soft hyphens, joiners, marks, decomposed letters, capitals and double spaces", () => {
    expect(normalise("\uFEFFVi\u00ADdeo  \u200Bti\u200Dtle ")).toBe("video title");
    expect(normalise("Vero\u0308ffentlicht")).toBe("veröffentlicht");
  });

  test("a header named __proto__ or constructor is a column like any other", () => {
    const columns = columnsOf(tableOf("__proto__,constructor,x,X\n1,2,3,4\n"));
    expect([...columns]).toEqual([
      ["__proto__", [0]],
      ["constructor", [1]],
      ["x", [2, 3]],
    ]);
  });
});

test("a table whose lines were each turned into one quoted cell is opened once more", () => {
  const inner = csvText([
    ["Content", "Views"],
    ['a "b", c', "5"],
  ]).split("\n");
  const wrapped = inner.map((line) => `"${line.replaceAll('"', '""')}"`).join("\n");
  expect(tableOf(wrapped)).toMatchObject({
    header: ["Content", "Views"],
    rows: [{ line: 2, cells: ['a "b", c', "5"] }],
  });
});

test("any cells come back as they were written", () => {
  const cell = fc.string({ unit: "grapheme" }).map((text) => text.replace(/[\r\0]/g, " "));
  const rows = fc.array(fc.tuple(fc.constantFrom("x", "y z"), cell, cell), { minLength: 1, maxLength: 8 });
  fc.assert(
    fc.property(rows, (cells) => {
      const table = tableOf(`${csvText([["a", "b", "c"], ...cells])}\n`);
      expect(allRows(table).map((row) => row.cells)).toEqual(cells);
    }),
  );
});
