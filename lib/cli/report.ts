/**
 * `npm run report -- --creator NAME --month YYYY-MM --format FORMAT --out FILE`: a statement as a file, byte for byte the
 * one that the app hands out. Exit codes: 0 written; 1 refused; 2 the command itself was wrong.
 */
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import * as creators from "../../db/creators";
import { operatorViewer } from "../model/access";
import { tellStatement } from "../server/closing";
import { statementFile } from "../server/statement-files";
import { findCreator, Refused, runCommand } from "./command";
import { parseReport, type ReportArguments, USAGE } from "./report/arguments";

const REASON = "report";

await runCommand(USAGE, async () => run(parseReport(process.argv.slice(2))));

async function run({ creator, range, format, out, locale, paper }: ReportArguments): Promise<number> {
  const creatorId = await findCreator(creator, REASON);
  const viewer = operatorViewer(creatorId, REASON);
  const { name } = await creators.get(viewer, creatorId);
  const { statement, kept } = await tellStatement(viewer, creatorId, range);
  const file = await statementFile(statement, format, { locale, paper, kept });
  await write(out, file.bytes);
  console.log(`${name}: ${file.bytes.length.toLocaleString("en")} bytes to ${out}`);
  return 0;
}

async function write(out: string, bytes: Uint8Array): Promise<void> {
  try {
    await mkdir(path.dirname(out), { recursive: true });
    await writeFile(out, bytes);
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "";
    throw new Refused(`${out} cannot be written${code && ` (${code})`}. Name another file with --out.`);
  }
}
