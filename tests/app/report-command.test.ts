import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { closeMonth } from "../../lib/server/closing";
import { statementFile } from "../../lib/server/statement-files";
import { readStatement } from "../../lib/server/statements";
import { makeStatementYear, type StatementYear } from "../statement-year";

// `npm run report`, as run.mjs starts it, on this file's own database.

const ROOT = path.join(import.meta.dirname, "..", "..");
const folder = mkdtempSync(path.join(tmpdir(), "permille-report-"));
let year: StatementYear;
beforeAll(async () => {
  year = await makeStatementYear((viewer, creatorId, month) =>
    closeMonth(viewer, creatorId, { id: randomUUID(), month, seen: null }),
  );
});
afterAll(() => rmSync(folder, { recursive: true }));

function run(...args: string[]): Promise<{ code: number | null; out: string; errors: string }> {
  const command = [
    ...["--conditions=react-server", "--import", "tsx"],
    path.join(ROOT, "lib/cli/report.ts"),
    ...args,
  ];
  const child = spawn(process.execPath, command, { cwd: ROOT, env: { ...process.env, INIT_CWD: folder } });
  let [out, errors] = ["", ""];
  child.stdout.on("data", (text) => {
    out += text;
  });
  child.stderr.on("data", (text) => {
    errors += text;
  });
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => resolve({ code, out, errors }));
  });
}

const TIMEOUT = { timeout: 60_000 };

it("writes the very bytes that the app hands out, where its user stands", TIMEOUT, async () => {
  const done = await run(
    ...["--creator", year.creatorId, "--range", "2025-Q1", "--format", "json", "--out", "of/q1.json"],
  );
  expect(done).toMatchObject({ code: 0, errors: "" });
  expect(done.out).toMatch(/^Mira Cooks: [\d,]+ bytes to .*q1\.json\n$/);
  const quarter = { from: year.year.from, to: "2025-03" as typeof year.year.to };
  const statement = await readStatement(year.viewer, year.creatorId, quarter);
  const { bytes } = await statementFile(statement, "json", { locale: "en-US", paper: "a4" });
  expect(readFileSync(path.join(folder, "of", "q1.json")).equals(bytes)).toBe(true);
});

it(
  "says what a wrong command lacks and what there is to choose from, and writes nothing",
  TIMEOUT,
  async () => {
    const good = ["--creator", "Nobody", "--month", "2025-01", "--format", "pdf", "--out", "x.pdf"];
    const unknown = await run(...good);
    expect(unknown).toMatchObject({ code: 1, errors: expect.stringMatching(/There is no creator “Nobody”/) });
    const wrong = await run(...good.map((each) => (each === "pdf" ? "docx" : each)));
    expect(wrong).toMatchObject({
      code: 2,
      errors: expect.stringMatching(/“docx” is none of pdf, xlsx, csv, json/),
    });
  },
);
