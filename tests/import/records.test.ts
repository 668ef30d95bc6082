import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { recordsOf } from "../../lib/import/records";
import { FileFault } from "../../lib/import/source";

/** The records of a text that comes in blocks of so many characters. */
function records(text: string, block: number): { line: number; cells: string[] }[] | "refused" {
  const blocks = Array.from({ length: Math.ceil(text.length / block) }, (_, index) =>
    text.slice(index * block, (index + 1) * block),
  );
  try {
    return [...recordsOf(blocks, ",", 1)].map(({ line, cells }) => ({ line, cells }));
  } catch (error) {
    if (error instanceof FileFault) return "refused";
    throw error;
  }
}

/** The same by a parser that the world uses. */
function oracle(text: string): { line: number; cells: string[] }[] | "refused" {
  const rows: { line: number; cells: string[] }[] = [];
  let line = 1;
  try {
    parse(text, {
      record_delimiter: "\n",
      relax_column_count: true,
      on_record: (cells: string[], { lines }: { lines: number }) => {
        rows.push({ line, cells });
        line = 1 + lines;
        return null;
      },
    });
  } catch {
    return "refused";
  }
  return rows;
}

describe("records are those of csv-parse, wherever a block of the file happens to end", () => {
  const text = fc
    .array(fc.constantFrom('"', '""', ",", "\n", "a", " ", "日", '"x"', '"x\ny"', "1.5"), { maxLength: 40 })
    .map((parts) => parts.join(""));
  test("cells, lines and refusals, for any text and any size of block", () => {
    fc.assert(
      fc.property(text, fc.integer({ min: 1, max: 9 }), (whole, block) => {
        expect(records(whole, block)).toEqual(oracle(whole));
      }),
      { numRuns: 5_000 },
    );
  });

  test("200,000 quotes in a row are one cell of 99,999, not work without end", () => {
    const [row] = [...recordsOf(['"'.repeat(200_000)], ",", 1)];
    expect(row?.cells[0]).toHaveLength(99_999);
  });

  test("a quote that never closes is refused once a million characters have passed, not held to the end", () => {
    function* endless() {
      yield 'a,b\n1,"';
      for (;;) yield "text\n".repeat(10_000);
    }
    expect(() => [...recordsOf(endless(), ",", 1)]).toThrow(/opens on or after line 2 and never closes/);
  });
});
