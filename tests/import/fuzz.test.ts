import fc from "fast-check";
import { zipSync } from "fflate";
import { describe, expect, test } from "vitest";
import { type CollectedOutcome, readNow } from "../../lib/import/read";
import { contentText, csvText, OPTIONS, utf8, utf16 } from "./fixtures";

const DAYS = csvText([
  ["Date", "Views", "Estimated revenue (USD)"],
  ["Total", "9", "3"],
  ["2024-03-02", "5", "1.005"],
  ["2024-03-01", "4", ""],
]);
const MONTHS = csvText([
  ["month", "pageviews", "adsense_usd"],
  ["2024-01", "10.0", "1.5"],
  ["2024-02", "20.0", ""],
  ["Mar 2024", "7", "2"],
]);
const SEEDS: Uint8Array[] = [
  utf8(contentText()),
  utf8(`\uFEFF${contentText().replaceAll("\n", "\r\n")}`),
  utf16(contentText()),
  utf8(DAYS),
  utf8(MONTHS),
  zipSync({ "Table data.csv": utf8(contentText()), "Totals.csv": utf8(DAYS) }),
];
const SPLICES = [
  '"',
  ",",
  ";",
  "\n",
  "\r",
  "\t",
  "\0",
  "-",
  "1e9",
  "=1+1",
  "\uFEFF",
  "Total",
  "__proto__",
  "日",
  "999999999999999999999",
  "--",
  "/",
];

/** Files with bytes flipped, dropped, repeated, spliced in, or the end cut off. */
const mutated = fc
  .tuple(
    fc.constantFrom(...SEEDS),
    fc.array(
      fc.record({
        kind: fc.constantFrom("flip", "drop", "repeat", "splice", "cut"),
        at: fc.double({ min: 0, max: 1, noNaN: true }),
        length: fc.integer({ min: 1, max: 40 }),
        text: fc.constantFrom(...SPLICES),
      }),
      { minLength: 1, maxLength: 5 },
    ),
  )
  .map(([seed, edits]) =>
    edits.reduce((bytes, { kind, at, length, text }) => {
      const start = Math.floor(at * bytes.length);
      const [head, tail] = [bytes.slice(0, start), bytes.slice(start)];
      if (kind === "cut") return head;
      if (kind === "drop") return join(head, tail.slice(length));
      if (kind === "repeat") return join(head, tail.slice(0, length), tail);
      if (kind === "splice") return join(head, utf8(text), tail);
      return join(head, Uint8Array.of((tail[0] ?? 0) ^ (1 << (length % 8))), tail.slice(1));
    }, seed),
  );

function join(...parts: Uint8Array[]): Uint8Array {
  return Uint8Array.from(parts.flatMap((part) => [...part]));
}

/** What must hold for any outcome whatever: whole drafts only, sums exact, problems that can be acted on. */
function expectSound(outcome: CollectedOutcome): void {
  if (outcome.kind === "refused") {
    expect(outcome.problems.length).toBeGreaterThan(0);
    for (const { message } of outcome.problems) expect(message).toMatch(/\S.*[.)]$/s);
    return;
  }
  if (outcome.kind === "not_useful") return;
  const { drafts, problems, found } = outcome;
  const keys = [drafts.videos, drafts.traffic, drafts.payouts].map((list) =>
    list.map(({ sourceKey }) => sourceKey),
  );
  for (const list of keys) expect(new Set(list).size).toBe(list.length);
  for (const { minor, lines, from, to } of drafts.payouts) {
    expect(from <= to).toBe(true);
    if (lines.length > 0) expect(lines.reduce((sum, line) => sum + line.minor, 0n)).toBe(minor);
  }
  for (const { views, watchSeconds } of drafts.traffic)
    for (const figure of [views, watchSeconds])
      expect(figure === null || (Number.isSafeInteger(figure) && figure >= 0)).toBe(true);
  if (found.fileFormat === "youtube-content") {
    // Each row is a video, a total, a footnote, a repetition, or a problem; none vanishes.
    const accounted = drafts.videos.length + new Set(problems.map(({ line }) => line)).size;
    const repeated = outcome.notices.filter(({ message }) => message.includes("counts once")).length;
    expect(accounted + repeated).toBeGreaterThanOrEqual(found.rows - 2);
  }
}

describe("no file can make the reader throw or give half of a row", () => {
  test("1,000 damaged exports", () => {
    const kinds = new Map<string, number>();
    fc.assert(
      fc.property(mutated, (bytes) => {
        const outcome = readNow(bytes, "Content 2024-01-01_2024-12-31 X.zip", OPTIONS);
        kinds.set(outcome.kind, (kinds.get(outcome.kind) ?? 0) + 1);
        expectSound(outcome);
      }),
      { numRuns: 1000 },
    );
    // Both ways out were really taken.
    expect(kinds.get("read")).toBeGreaterThan(100);
    expect(kinds.get("refused")).toBeGreaterThan(100);
  });

  test("any bytes at all", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => expectSound(readNow(bytes, "x", OPTIONS))),
      { numRuns: 300 },
    );
  });

  test.each([
    ["spaces", " ".repeat(900_000)],
    ["letters that begin a time", "T".repeat(900_000)],
    ["digits", "9".repeat(900_000)],
    ["quotes", '""'.repeat(450_000)],
  ])(
    "a cell of 900,000 %s does not stall a pattern, and no message repeats it",
    (_, cell) => {
      const table = (cells: string) => utf8(`Content,Video title,Video publish time,Views\n${cells}\n`);
      for (const bytes of [
        utf8(`month,views,adsense_usd\n"1${cell}x",5,1\n`),
        utf8(`month,views,adsense_usd\n2024-01,"1${cell}x",1\n`),
        table(`"1${cell}x",T,,5`),
        table(`aaaaaaaaaa1,T,"1${cell}x",5`),
        table(`aaaaaaaaaa1,T,,"1${cell}x"`),
      ]) {
        const outcome = readNow(bytes, "x", OPTIONS);
        const said = outcome.kind === "read" ? [...outcome.problems, ...outcome.notices] : [];
        for (const { message } of said) expect(message.length).toBeLessThan(400);
      }
    },
    20_000,
  );

  test("20,000 rows of a table of one's own take the time of their number, not of its square", () => {
    const rows = Array.from(
      { length: 20_000 },
      (_, row) => `20${10 + (row % 10)}-0${1 + (row % 9)},ads,1.25,7`,
    );
    expect(readNow(utf8(`month,stream,amount_usd,views\n${rows.join("\n")}\n`), "x", OPTIONS).kind).toBe(
      "read",
    );
  }, 20_000);

  test("a content table cut anywhere is refused, or says that its rows do not add up to its total, or is missing no more than its footnote", () => {
    const text = contentText();
    const whole = readNow(utf8(text), "x", OPTIONS);
    for (let end = text.indexOf("aaaaaaaaaa1"); end < text.length; end++) {
      const outcome = readNow(utf8(text.slice(0, end)), "x", OPTIONS);
      if (outcome.kind !== "read" || whole.kind !== "read") continue;
      const isWhole =
        outcome.drafts.videos.length === whole.drafts.videos.length && outcome.problems.length <= 1;
      const isNamed =
        outcome.problems.length + outcome.notices.filter(({ column }) => column === "Views").length > 0;
      expect(isWhole || isNamed, JSON.stringify(text.slice(0, end).slice(-30))).toBe(true);
    }
  });
});
