import type { Result } from "../model/result";
import { decode } from "./decode";
import { detectFormat, FILE_FORMATS } from "./detect";
import { collecting, type Drafts, noDrafts, type Problem } from "./draft";
import type { FileFormat, Reading, ReadOptions } from "./format";
import { MAX_LISTED_PROBLEMS } from "./limits";
import { parseTable, type Table } from "./parse";
import { isZip, openZip, periodOfZipName } from "./zip";

/** The table as it was found, for a preview and for correcting a mapping. */
export type Found = {
  /** Name of the file read; inside a zip, that of the table. */
  file: string;
  fileFormat: string;
  label: string;
  header: string[];
  /** The first rows, as text. */
  sample: string[][];
  rows: number;
  encoding: Table["encoding"];
  delimiter: Table["delimiter"];
};

/** "refused": nothing of the file was read. "not_useful": it was recognised and holds nothing to import. */
export type ReadOutcome =
  | (Extract<Reading, { kind: "read" }> & { found: Found; drafts: Drafts })
  | (Extract<Reading, { kind: "not_useful" }> & { found: Found })
  | { kind: "refused"; problems: Problem[]; found?: Found };

type Candidate = { file: string; table: Table; format: FileFormat };

const SAMPLE_ROWS = 5;

/**
 * Reads a file or a zip of files at once, in this thread. Server code calls readFile (run.ts), which does the
 * same in a worker with a deadline. Every limit of limits.ts but time and memory holds here. Never throws for
 * what is in the file; throws RangeError on an unknown options.fileFormat.
 */
export function readNow(bytes: Uint8Array, name: string, options: ReadOptions): ReadOutcome {
  const chosen = isZip(bytes) ? chooseFromZip(bytes, options) : chooseFile(bytes, name, options);
  if (!chosen.ok) return { kind: "refused", problems: chosen.error };
  const { file, table, format } = chosen.value;
  const period = options.period ?? periodOfZipName(name) ?? undefined;
  const found = foundIn(chosen.value);
  const drafts = noDrafts();
  const reading = format.read(table, { ...options, ...(period ? { period } : {}) }, collecting(drafts));
  if (reading.kind === "not_useful") return { ...reading, found };
  const problems = shortened(reading.problems, file, "problems");
  if (reading.kind === "refused") return { kind: "refused", problems, found };
  return { ...reading, problems, notices: shortened(reading.notices, file, "notices"), found, drafts };
}

function chooseFile(bytes: Uint8Array, file: string, options: ReadOptions): Result<Candidate, Problem[]> {
  const decoded = decode(bytes);
  if (!decoded.ok) return { ok: false, error: [{ file, ...decoded.error }] };
  const table = parseTable(decoded.value);
  if (!table.ok) return { ok: false, error: [{ file, ...table.error }] };
  return {
    ok: true,
    value: { file, table: table.value, format: detectFormat(table.value, options.fileFormat) },
  };
}

/** The most telling table of a zip; YouTube's holds a chart and totals beside it. */
function chooseFromZip(bytes: Uint8Array, options: ReadOptions): Result<Candidate, Problem[]> {
  const files = openZip(bytes);
  if (!files.ok) return { ok: false, error: [files.error] };
  const tables = files.value.map((each) => chooseFile(each.bytes, each.name, options));
  // One damaged file makes the whole zip suspect.
  const broken = tables.flatMap((each) => (each.ok ? [] : each.error));
  if (broken.length > 0) return { ok: false, error: broken };
  const candidates = tables.flatMap((each) => (each.ok ? [each.value] : []));
  const ranked = candidates.sort((a, b) => rank(a) - rank(b));
  const [best, second] = ranked;
  if (best && (!second || rank(best) < rank(second) || isBeside(best, second)))
    return { ok: true, value: best };
  const names = ranked.filter((each) => best && rank(each) === rank(best)).map(({ file }) => `"${file}"`);
  return {
    ok: false,
    error: [{ message: `The zip holds several tables (${names.join(", ")}); bring them one by one.` }],
  };
}

/** Totals beside a table of days say the same again, so the table with its own total row goes first. */
function rank({ format, table }: Candidate): number {
  const place = FILE_FORMATS.indexOf(format) * 2;
  return format.hasTotal?.(table) === false ? place + 1 : place;
}

/** Files without anything to import do not compete with each other: any of them tells what to bring instead. */
function isBeside(best: Candidate, second: Candidate): boolean {
  return best.format === second.format && best.format.id === "youtube-other";
}

function foundIn({ file, table, format }: Candidate): Found {
  const { header, rows, encoding, delimiter } = table;
  const sample = rows.slice(0, SAMPLE_ROWS).map(({ cells }) => cells.map((cell) => cell.slice(0, 200)));
  return {
    file,
    fileFormat: format.id,
    label: format.label,
    header,
    sample,
    rows: rows.length,
    encoding,
    delimiter,
  };
}

function shortened(problems: Problem[], file: string, what: string): Problem[] {
  const listed = problems.slice(0, MAX_LISTED_PROBLEMS).map((problem) => ({ file, ...problem }));
  const left = problems.length - listed.length;
  return left > 0 ? [...listed, { file, message: `… and ${left} more ${what} of this file.` }] : listed;
}
