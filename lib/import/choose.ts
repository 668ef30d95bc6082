import { detectFormat, FILE_FORMATS } from "./detect";
import type { FileFormat } from "./format";
import { GENERIC } from "./generic";
import { MAX_HELD_ROWS } from "./limits";
import { guessMapping } from "./mapping";
import type { FileTable } from "./open";
import { normalise } from "./parse";
import { refuseFile } from "./source";

export type Candidate = FileTable & { format: FileFormat };
/** `aside`: tables of somebody's own that are left out beside those that are read. */
export type Choice = { chosen: Candidate[]; aside: FileTable[] };

/**
 * Which of a file's tables are read, the most telling first: of files that say the same again only the best one,
 * and somebody's own tables only where no platform's is among them. Throws FileFault when it cannot be told which
 * is meant, RangeError on an unknown format.
 */
export function chooseTables(tables: FileTable[], forced?: string): Choice {
  const ranked = tables
    .map((each): Candidate => ({ ...each, format: detectFormat(each.table) }))
    .sort((a, b) => rank(a) - rank(b));
  if (forced !== undefined) return { chosen: withoutRepeats(asked(ranked, forced)), aside: [] };
  const own = ranked.filter((each) => each.format === GENERIC);
  const known = ranked.filter((each) => each.format !== GENERIC);
  const chosen = known.length > 0 ? known : ownTables(own);
  const aside = own.filter((each) => !chosen.includes(each) && each.table.rowCount > 0);
  return { chosen: withoutRepeats(chosen), aside };
}

/** The tables that are of the format asked for; where none is, the most telling one is read as if it were. */
function asked(ranked: Candidate[], id: string): Candidate[] {
  const natural = ranked.filter((each) => each.format.id === id);
  if (natural.length > 0) return natural;
  return ranked.slice(0, 1).map((each) => ({ ...each, format: detectFormat(each.table, id) }));
}

/** Totals beside a table of days say the same again, so the table with its own total row goes first. */
function rank({ format, table }: Candidate): number {
  const place = FILE_FORMATS.indexOf(format) * 2;
  return format.hasTotal?.(table) === false ? place + 1 : place;
}

/** Of somebody's own tables those with months and figures; notes and lists beside them are none. */
function ownTables(tables: Candidate[]): Candidate[] {
  const [first, another] = tables;
  if (!first || !another) return tables;
  const useful = tables.filter(({ table }) => {
    const { when, amounts, views, watchHours } = guessMapping(table);
    return when !== null && (amounts !== null || views !== undefined || watchHours !== undefined);
  });
  const [main, ...others] = useful;
  if (!main) return [first];
  const names = ({ table }: Candidate) => table.header.map(normalise).join("\0");
  if (others.some((each) => names(each) !== names(main))) refuseSeveral(useful);
  return useful;
}

function withoutRepeats(chosen: Candidate[]): Candidate[] {
  const kept = chosen.filter((each) => {
    const { family } = each.format;
    const best = chosen.find((other) => other.format.family === family);
    if (family === undefined || !best) return true;
    if (each.file === best.file && each.format === best.format) return true;
    // Files without anything to import do not compete: any of them tells what to bring instead.
    if (rank(each) === rank(best) && each.format.id !== "youtube-other") refuseSeveral([best, each]);
    return false;
  });
  const rows = kept.reduce((sum, { table }) => sum + table.rowCount, 0);
  if (kept.length > 1 && rows > MAX_HELD_ROWS) refuseSeveral(kept);
  return kept;
}

function refuseSeveral(tables: Candidate[]): never {
  const names = tables.map(({ file, table }) => `"${table.title ?? file}"`);
  return refuseFile(`The file holds several tables (${names.join(", ")}); bring them one by one.`);
}
