import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type CollectedOutcome, readNow } from "../../lib/import/read";
import { contentText, OPTIONS, utf8 } from "./fixtures";
import { SEEDS } from "./seeds";

/** How many damaged files: FUZZ=10000 for a long run. */
const FILES = Number(process.env.FUZZ ?? 2_000);
/** No file of a few pages may take longer, damaged or not. */
const MAX_MS = 2_000;
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
  .map(([seed, edits]) => ({
    seed: seed.name,
    bytes: edits.reduce((bytes, { kind, at, length, text }) => {
      const start = Math.floor(at * bytes.length);
      const [head, tail] = [bytes.slice(0, start), bytes.slice(start)];
      if (kind === "cut") return head;
      if (kind === "drop") return join(head, tail.slice(length));
      if (kind === "repeat") return join(head, tail.slice(0, length), tail);
      if (kind === "splice") return join(head, utf8(text), tail);
      return join(head, Uint8Array.of((tail[0] ?? 0) ^ (1 << (length % 8))), tail.slice(1));
    }, seed.bytes),
  }));

function join(...parts: Uint8Array[]): Uint8Array {
  return Uint8Array.from(Buffer.concat(parts));
}

/** What speaks of the file as a whole, or of more rows than are listed. */
const OF_THE_FILE = /^… and [\d,]+ more|revenue is too large to be true/;

/** What must hold for any outcome whatever: whole drafts only, sums exact, problems that can be acted on. */
function expectSound(outcome: CollectedOutcome): void {
  if (outcome.kind === "refused") {
    expect(outcome.problems.length).toBeGreaterThan(0);
    for (const { message } of outcome.problems) expect(message).toMatch(/\S.*[.)]$/s);
    return;
  }
  if (outcome.kind === "not_useful") return;
  const { drafts, problems, found, staged } = outcome;
  for (const list of Object.values(drafts)) {
    const keys = list.map(({ sourceKey }) => sourceKey);
    expect(new Set(keys).size).toBe(keys.length);
  }
  expect(Object.values(drafts).reduce((sum, list) => sum + list.length, 0)).toBe(staged.entries);
  for (const { minor, lines, from, to } of drafts.payouts) {
    expect(from <= to).toBe(true);
    const sum = lines.reduce((total, line) => total + line.minor, 0n);
    expect(minor < 0n ? sum >= minor : sum <= minor).toBe(true);
  }
  for (const { from, to, views, watchSeconds } of drafts.traffic) {
    expect(from <= to).toBe(true);
    for (const figure of [views, watchSeconds])
      expect(figure === null || Number.isSafeInteger(figure)).toBe(true);
  }
  for (const { line, message } of problems)
    expect(line === undefined ? OF_THE_FILE.test(message) : Number.isInteger(line) && line > 0, message).toBe(
      true,
    );
  if (found.fileFormat === "youtube-content") {
    // Each row is a video, a total, a footnote, a repetition, or a problem; none vanishes.
    const accounted = drafts.videos.length + new Set(problems.map(({ line }) => line)).size;
    const repeated = outcome.notices.filter(({ message }) => message.includes("counts once")).length;
    expect(accounted + repeated).toBeGreaterThanOrEqual(found.rows - 2);
  }
}

describe("no file can make the reader throw or give half of a row", () => {
  test(
    `${FILES.toLocaleString("en")} damaged exports, each within two seconds`,
    () => {
      const kinds = new Map<string, number>();
      let slowest = 0;
      fc.assert(
        fc.property(mutated, ({ bytes }) => {
          const start = performance.now();
          const outcome = readNow(bytes, "Content 2024-01-01_2024-12-31 X.zip", OPTIONS);
          slowest = Math.max(slowest, performance.now() - start);
          kinds.set(outcome.kind, (kinds.get(outcome.kind) ?? 0) + 1);
          expectSound(outcome);
        }),
        { numRuns: FILES },
      );
      // Both ways out were really taken.
      expect(kinds.get("read")).toBeGreaterThan(FILES / 20);
      expect(kinds.get("refused")).toBeGreaterThan(FILES / 20);
      expect(slowest).toBeLessThan(MAX_MS);
    },
    FILES * 30,
  );

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
