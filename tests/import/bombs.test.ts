import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { strToU8, zipSync } from "fflate";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readFile } from "../../lib/import/run";
import { OPTIONS, utf8 } from "./fixtures";
import { workbook } from "./workbook";

/** Each was measured to be refused in under a second and 100 MB; a busy machine is allowed more. */
const MAX_MS = 3_000;
const MAX_BYTES = 150_000_000;

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), "permille-bombs-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Reads a file in the worker, watching time and memory of the whole process. */
async function watched(bytes: Uint8Array, name: string) {
  const place = path.join(folder, "upload");
  writeFileSync(place, bytes);
  const before = process.memoryUsage.rss();
  let highest = before;
  const watch = setInterval(() => {
    highest = Math.max(highest, process.memoryUsage.rss());
  }, 10);
  const start = performance.now();
  const outcome = await readFile({ path: place, name }, OPTIONS, path.join(folder, "staged"));
  clearInterval(watch);
  return { outcome, ms: performance.now() - start, bytes: highest - before };
}

/** Strings that pack badly, as real titles do. */
function inlineSheet(cells: number): Uint8Array {
  let seed = 1;
  const parts = ["<worksheet><sheetData>"];
  for (let row = 1; row <= cells / 15; row++) {
    parts.push(`<row r="${row}">`);
    for (let column = 0; column < 15; column++) {
      seed = (seed * 48_271) % 2_147_483_647;
      parts.push(`<c t="inlineStr"><is><t>${seed.toString(36)}</t></is></c>`);
    }
    parts.push("</row>");
  }
  return strToU8(`${parts.join("")}</sheetData></worksheet>`);
}

/** A zip whose directory says that its only file has so many bytes. */
function lying(content: Uint8Array, size: number): Uint8Array {
  const bytes = Buffer.from(zipSync({ "a.csv": content }));
  bytes.writeUInt32LE(size, bytes.indexOf(Buffer.from([0x50, 0x4b, 1, 2])) + 24);
  return bytes;
}

describe("a file made to exhaust the server is refused at once, with a reason", () => {
  test.each<[string, () => Uint8Array, RegExp]>([
    [
      "a zip that packs 1,000 : 1",
      () => zipSync({ "a.csv": new Uint8Array(100_000_000).fill(0x30) }),
      /times its size/,
    ],
    [
      "a zip that says less than it holds",
      () => lying(new Uint8Array(100_000_000).fill(0x30), 1_000),
      /damaged/,
    ],
    ["a zip that says more than it holds", () => lying(utf8("a,b\n1,2\n"), 900), /damaged/],
    [
      "a workbook of 1.5 million inline strings",
      () =>
        workbook([{ name: "S", rows: [] }], { more: { "xl/worksheets/sheet1.xml": inlineSheet(1_500_000) } }),
      /more than 1,000,000 cells or 50 MB/,
    ],
    [
      "a workbook whose cells are as short as can be",
      () =>
        workbook([{ name: "S", rows: [] }], {
          more: {
            "xl/worksheets/sheet1.xml": strToU8(
              `<row>${Array.from({ length: 1_500_000 }, (_, index) => `<c><v>${(index * 7_919) % 9_973}</v></c>`).join("")}</row>`,
            ),
          },
        }),
      /more than 1,000,000 cells|at most 500 columns/,
    ],
    [
      "a workbook of 150 MB, as it is, in a zip",
      () => {
        const book = new Uint8Array(150_000_000).fill(0x61);
        book.set([0x50, 0x4b, 3, 4]);
        return zipSync({ "a.xlsx": [book, { level: 0 }] });
      },
      /more than 1,000,000 cells or 50 MB/,
    ],
    ["a million columns", () => utf8(`${",".repeat(999_999)}\n1\n`), /1000000 columns; at most 500/],
    ["one line of 50 MB", () => new Uint8Array(50_000_000).fill(0x61), /Line 1 is longer than 1,000,000/],
    [
      "200,000 quotes",
      () => utf8(`a,b\n${'"'.repeat(200_001)}`),
      /opens on or after line 2 and never closes/,
    ],
    [
      "a quote that opens before 50 MB of lines",
      () => utf8(`a,b\n1,"${"text, text\n".repeat(4_500_000)}`),
      /opens on or after line 2 and never closes/,
    ],
  ])(
    "%s",
    async (_, make, message) => {
      const { outcome, ms, bytes } = await watched(make(), "bomb");
      expect(outcome).toMatchObject({
        kind: "refused",
        problems: [{ message: expect.stringMatching(message) }],
      });
      expect(ms).toBeLessThan(MAX_MS);
      expect(bytes).toBeLessThan(MAX_BYTES);
    },
    60_000,
  );

  test("while one is read, this thread goes on answering: it is never away for half a second", async () => {
    const bomb = workbook([{ name: "S", rows: [] }], {
      more: { "xl/worksheets/sheet1.xml": inlineSheet(900_000) },
    });
    let longest = 0;
    let last = performance.now();
    const tick = setInterval(() => {
      const now = performance.now();
      longest = Math.max(longest, now - last - 5);
      last = now;
    }, 5);
    await watched(bomb, "bomb.xlsx");
    clearInterval(tick);
    expect(longest).toBeLessThan(500);
  }, 60_000);
});

test("a million rows are staged in bounded memory: under 300 MB over idle, the thread included", async () => {
  const lines = ["order id,date,stream,amount_usd"];
  for (let row = 0; row < 1_000_000; row++)
    lines.push(`ORDER-${row},20${10 + (row % 10)}-0${1 + (row % 9)}-11,ads,${row % 997}.25`);
  const bytes = utf8(`${lines.join("\n")}\n`);
  lines.length = 0;
  const { outcome, bytes: more } = await watched(bytes, "orders.csv");
  expect(outcome).toMatchObject({ kind: "read", needs: [], problems: [], staged: { entries: 1_000_000 } });
  expect(more).toBeLessThan(300_000_000);
  let newlines = 0;
  for (const byte of readFileSync(path.join(folder, "staged"))) if (byte === 10) newlines++;
  expect(newlines).toBe(1_000_000);
}, 120_000);
