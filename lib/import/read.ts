import { channelSink, type Staged } from "./channel-sink";
import { type Candidate, type Choice, chooseTables } from "./choose";
import { collecting, type Drafts, type Need, noDrafts, type Problem, type Sink } from "./draft";
import { periodOfFileName } from "./file-name";
import type { Reading, ReadOptions } from "./format";
import { MAX_FILE_BYTES, MAX_LISTED_PROBLEMS } from "./limits";
import type { Mojibake } from "./mojibake";
import { type FileTable, openTables } from "./open";
import { firstRows, type Table } from "./parse";
import { FileFault, type OnRead, refuseFile, type Source, sourceInMemory } from "./source";
import { uniqueSink } from "./unique-sink";

/** One of the tables that were read. */
export type FoundTable = {
  /** Name of the file read; inside a zip, that of the table. */
  file: string;
  title: string | null;
  fileFormat: string;
  label: string;
  rows: number;
};

/** The main table as it was found, for a preview and for correcting a mapping; `tables` are all that were read. */
export type Found = FoundTable & {
  header: string[];
  /** The first rows, as text. */
  sample: string[][];
  encoding: Table["encoding"];
  delimiter: Table["delimiter"];
  /** Where letters are broken; `options.repair` puts them right. */
  mojibake: Mojibake | null;
  tables: FoundTable[];
};

/**
 * "refused": nothing of the file may be saved. "not_useful": it was recognised and holds nothing to import.
 * What was given to the sink counts only when the outcome is "read" without a need.
 */
export type ReadOutcome =
  | (Extract<Reading, { kind: "read" }> & { found: Found; staged: Staged })
  | (Extract<Reading, { kind: "not_useful" }> & { found: Found })
  | { kind: "refused"; problems: Problem[]; found?: Found };

/** With the drafts themselves, for what is small. */
export type CollectedOutcome =
  | (Extract<ReadOutcome, { kind: "read" }> & { drafts: Drafts })
  | Exclude<ReadOutcome, { kind: "read" }>;

const SAMPLE_ROWS = 5;

/**
 * Reads a file or a zip of files in this thread and keeps its drafts, for tests and for commands that look at one
 * file. Server code calls readFile (run.ts), which does the same in a worker with limits of time and memory.
 * Never throws for what is in the file; throws RangeError on an unknown options.fileFormat.
 */
export function readNow(bytes: Uint8Array, name: string, options: ReadOptions): CollectedOutcome {
  const drafts = noDrafts();
  const outcome = readSource(sourceInMemory(bytes), name, options, collecting(drafts));
  return outcome.kind === "read" ? { ...outcome, drafts } : outcome;
}

/** Reads a file and gives its drafts to `out`. Throws only what readNow throws, and what `out` and `onRead` do. */
export function readSource(
  source: Source,
  name: string,
  options: ReadOptions,
  out: Sink,
  onRead?: OnRead,
): ReadOutcome {
  const { repair } = options;
  let candidates: Candidate[] = [];
  try {
    if (source.size > MAX_FILE_BYTES)
      refuseFile(`The file has more than ${MAX_FILE_BYTES / 1e6} MB. Export a shorter period.`);
    const choice = chooseTables(
      openTables(source, name, { ...(repair ? { repair } : {}), ...(onRead ? { onRead } : {}) }),
      options.fileFormat,
    );
    candidates = choice.chosen;
    return readTables(choice, name, options, out);
  } catch (error) {
    if (!(error instanceof FileFault)) throw error;
    const problems = [{ file: candidates[0]?.file ?? name, ...error.problem }];
    return { kind: "refused", problems, ...(candidates.length > 0 ? { found: foundIn(candidates) } : {}) };
  }
}

function readTables(
  { chosen: candidates, aside }: Choice,
  name: string,
  options: ReadOptions,
  out: Sink,
): ReadOutcome {
  const found = foundIn(candidates);
  const period = options.period ?? periodOfFileName(name) ?? undefined;
  const channel = channelSink(out, options);
  const several = candidates.length > 1 ? uniqueSink(channel) : null;
  const asked = { ...options, ...(period ? { period } : {}) };
  const readings = candidates.map((candidate) => {
    const { file, table, format } = candidate;
    const reading = format.read(table, asked, several?.of(placeOf(candidate)) ?? channel);
    return { file, reading };
  });

  const refused = readings.flatMap(({ file, reading }) =>
    reading.kind === "refused" ? shortened(reading.problems, file, "problems") : [],
  );
  if (refused.length > 0) return { kind: "refused", problems: refused, found };
  const read = readings.flatMap(({ file, reading }) => (reading.kind === "read" ? [{ file, reading }] : []));
  const notUseful = readings.flatMap(({ file, reading }) =>
    reading.kind === "not_useful" ? [{ file, reading }] : [],
  );
  const [main] = read;
  const [other] = notUseful;
  if (!main && other) return { ...other.reading, found };
  const { mapping, named } = main?.reading ?? {};
  return {
    kind: "read",
    needs: withoutRepeated(read.flatMap(({ reading }) => reading.needs)),
    problems: [
      ...read.flatMap(({ file, reading }) => shortened(reading.problems, file, "problems")),
      ...(several?.problems() ?? []),
    ],
    notices: [
      ...read.flatMap(({ file, reading }) => shortened(reading.notices, file, "notices")),
      ...notUseful.map(({ file, reading: { message } }) => ({ file, message })),
      ...aside.map(asideNotice),
      ...(options.repair ? [] : mojibakeNotices(found)),
      ...channel.notices(),
    ],
    ...(mapping ? { mapping } : {}),
    ...(named ? { named } : {}),
    found,
    staged: channel.staged(),
  };
}

/** Tables that ask the same are answered once. */
function withoutRepeated(needs: Need[]): Need[] {
  const seen = new Set<string>();
  return needs.filter((need) => {
    const asked = [need.what, "column" in need ? need.column : "", need.message].join("\0");
    return !seen.has(asked) && seen.add(asked);
  });
}

function mojibakeNotices({ file, mojibake }: Found): Problem[] {
  if (!mojibake) return [];
  const { line, broken, repaired } = mojibake;
  const message = `Letters are broken, as in "${broken}" for "${repaired}": the file was once read in a wrong encoding. They can be put right before the import.`;
  return [{ file, line, message }];
}

function asideNotice({ file, table }: FileTable): Problem {
  const rows = table.rowCount.toLocaleString("en");
  return {
    file,
    line: table.headerLine,
    message: `This table of ${rows} ${table.rowCount === 1 ? "row" : "rows"} is left out, since the others tell what they hold and it does not. Bring it by itself if it is wanted.`,
  };
}

function placeOf({ file, table }: FileTable): string {
  return table.title === null ? file : `${file}, "${table.title}"`;
}

function foundIn(candidates: Candidate[]): Found {
  const tables = candidates.map(({ file, table, format }): FoundTable => {
    return { file, title: table.title, fileFormat: format.id, label: format.label, rows: table.rowCount };
  });
  const [main] = tables;
  const [candidate] = candidates;
  if (!main || !candidate) throw new Error("A file that was opened holds a table.");
  const { header, encoding, delimiter, mojibake = null } = candidate.table;
  const sample = firstRows(candidate.table, SAMPLE_ROWS).map(({ cells }) =>
    cells.map((cell) => cell.slice(0, 200)),
  );
  return { ...main, header, sample, encoding, delimiter, mojibake, tables };
}

function shortened(problems: Problem[], file: string, what: string): Problem[] {
  const listed = problems.slice(0, MAX_LISTED_PROBLEMS).map((problem) => ({ file, ...problem }));
  const left = problems.length - listed.length;
  return left > 0 ? [...listed, { file, message: `… and ${left} more ${what} of this file.` }] : listed;
}
