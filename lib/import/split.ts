import type { Problem } from "./draft";
import { MAX_FILE_BYTES } from "./limits";
import { type FileTable, openTables } from "./open";
import { allRows, normalise, type Row, type Table } from "./parse";
import { FileFault, refuseFile, type Source } from "./source";

/**
 * One table of many creators, taken apart into one text per creator and channel, each of which is then brought as
 * any other file. Every row keeps its line, so that what is refused later is named by where it stands in the file
 * that was brought. Pure.
 */

export type SplitOptions = {
  /** The column that names the creator; without it the first that is called so. */
  column?: string;
  /** Which creator each name means, by its compared form; names that are not here are left out. */
  keyOf?: Readonly<Record<string, string>>;
};

export type Part = {
  /** as it is written first */
  creator: string;
  /** the names that it was put together from, in the form in which they are compared */
  names: string[];
  channel: string;
  platform: string;
  rows: number;
};

export type SplitOutcome =
  | {
      kind: "split";
      header: string[];
      /** null: none is called so; one must be chosen */
      column: string | null;
      parts: Part[];
      /** rows in which the column is blank */
      unnamed: number;
    }
  | { kind: "refused"; problems: Problem[] };

const CREATOR_COLUMNS = [
  "creator",
  "creator name",
  "talent",
  "talent name",
  "influencer",
  "artist",
  "client",
];
const CHANNEL_COLUMNS = ["channel", "channel name", "account", "account name", "handle"];
const PLATFORM_COLUMNS = ["platform", "site"];
/** More creators than any roster has; each part becomes a text of its own. */
const MAX_PARTS = 1_000;

/** Gives each part's text to `write`, by its place in `parts`. Never throws for what is in the file. */
export function splitSource(
  source: Source,
  name: string,
  options: SplitOptions,
  write: (part: number, text: string) => void,
): SplitOutcome {
  try {
    if (source.size > MAX_FILE_BYTES)
      refuseFile(`The file has more than ${MAX_FILE_BYTES / 1e6} MB. Export a shorter period.`);
    return splitTable(tableOf(openTables(source, name)), options, write);
  } catch (error) {
    if (!(error instanceof FileFault)) throw error;
    return { kind: "refused", problems: [{ file: name, ...error.problem }] };
  }
}

/** The one that names creators, else the longest: a workbook may have a cover sheet. */
function tableOf(tables: readonly FileTable[]): Table {
  const [first, ...others] = tables.map(({ table }) => table);
  if (!first) refuseFile("The file holds no table. Bring a header, and a row per creator and month.");
  const named = [first, ...others].find((table) => placeOf(table, CREATOR_COLUMNS) >= 0);
  return named ?? others.reduce((best, table) => (table.rowCount > best.rowCount ? table : best), first);
}

function splitTable(
  table: Table,
  { column, keyOf }: SplitOptions,
  write: (part: number, text: string) => void,
): SplitOutcome {
  const { header } = table;
  const at = column === undefined ? placeOf(table, CREATOR_COLUMNS) : header.indexOf(column);
  if (at < 0) return { kind: "split", header, column: null, parts: [], unnamed: 0 };
  const channelAt = placeOf(table, CHANNEL_COLUMNS, at);
  const platformAt = placeOf(table, PLATFORM_COLUMNS, at);
  const groups = new Map<string, { part: Part; rows: Row[] }>();
  let unnamed = 0;
  for (const row of allRows(table)) {
    const creator = row.cells[at]?.trim() ?? "";
    const spelled = normalise(creator);
    if (spelled === "") {
      unnamed++;
      continue;
    }
    const key = keyOf ? keyOf[spelled] : spelled;
    if (key === undefined) continue;
    const [channel, platform] = [channelAt, platformAt].map((place) => row.cells[place]?.trim() ?? "");
    const id = [key, normalise(channel ?? ""), normalise(platform ?? "")].join("\0");
    const group = groups.get(id) ?? {
      part: { creator, names: [], channel: channel ?? "", platform: platform ?? "", rows: 0 },
      rows: [],
    };
    if (groups.size === MAX_PARTS && !groups.has(id))
      refuseFile(
        `The column "${header[at]}" has more than ${MAX_PARTS.toLocaleString("en")} different names. Choose the column that names the creator, or bring fewer at once.`,
      );
    groups.set(id, group);
    if (!group.part.names.includes(spelled)) group.part.names.push(spelled);
    group.part.rows++;
    group.rows.push(row);
  }
  const all = [...groups.values()];
  all.forEach(({ rows }, index) => {
    write(index, textOf(table, rows, [at, channelAt]));
  });
  return { kind: "split", header, column: header[at] ?? null, parts: all.map(({ part }) => part), unnamed };
}

/** The place of the first column that is called so, beside the one that is taken; -1 where none is. */
function placeOf({ header }: Table, names: readonly string[], taken = -1): number {
  return header.findIndex(
    (name, index) => index !== taken && names.includes(normalise(name).replaceAll(/[_-]/g, " ")),
  );
}

/** The rows without the columns that told whose they are, each on the line where it stood. */
function textOf(table: Table, rows: readonly Row[], left: readonly number[]): string {
  const delimiter = table.delimiter ?? ",";
  const record = (cells: readonly string[]) =>
    cells
      .filter((_, index) => !left.includes(index))
      .map((cell) =>
        /["\r\n]/.test(cell) || cell.includes(delimiter) ? `"${cell.replaceAll('"', '""')}"` : cell,
      )
      .join(delimiter);
  let line = 1;
  let text = "";
  for (const { line: wanted, cells } of [{ line: table.headerLine, cells: table.header }, ...rows]) {
    const written = record(cells);
    text += `${"\n".repeat(Math.max(0, wanted - line))}${written}\n`;
    line = Math.max(line, wanted) + written.split("\n").length;
  }
  return text;
}
