import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type CsvCell, guardText, writeCsv } from "../../lib/report/csv";

const read = (text: string): string[][] =>
  parse(text, { record_delimiter: "\r\n", relax_column_count: true });

test("RFC 4180: CRLF after each row, quotes doubled, decimals with a point, days ISO, nothing is empty", () => {
  const day = new Date("2026-11-23T12:00:00Z");
  expect(
    writeCsv([
      ["a", 'say "hi", you', 1234.5, -7n],
      [day, null, undefined, true],
    ]),
  ).toBe('a,"say ""hi"", you",1234.5,-7\r\n2026-11-23,,,true\r\n');
});

describe("no cell runs as a formula", () => {
  test.each([
    "=1+1",
    "+1",
    "-2+3",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    "\0=1",
    "＝1+1",
    '=HYPERLINK("x")',
    "-",
  ])("%j gets an apostrophe", (text) => {
    expect(read(writeCsv([[text, "end"]]))).toEqual([[`'${text}`, "end"]]);
  });

  test("amounts stay numbers, as numbers and as decimal text, also below zero", () => {
    expect(writeCsv([[-12.34, "-12.34", -5n, "0.00", -0]])).toBe("-12.34,-12.34,-5,0.00,0\r\n");
  });
});

test("numbers are written in digits, and what is no number is refused", () => {
  expect(writeCsv([[1e21, 1e-7]])).toBe("1000000000000000000000,0.0000001\r\n");
  expect(() => writeCsv([[Number.NaN]])).toThrow(/cannot stand in a report/);
});

test("what is written comes back the same, texts with their guard", () => {
  const cell = fc.oneof<fc.Arbitrary<CsvCell>[]>(
    fc.string({ unit: "binary" }),
    fc.bigInt(),
    fc.integer(),
    fc.constantFrom("=x", "-1", "\r\n", '"', ","),
  );
  fc.assert(
    fc.property(fc.array(fc.array(cell, { minLength: 1, maxLength: 5 }), { maxLength: 6 }), (rows) => {
      const expected = rows.map((row) =>
        row.map((each) => (typeof each === "string" ? guardText(each) : String(each))),
      );
      expect(read(writeCsv(rows))).toEqual(expected);
    }),
  );
});
