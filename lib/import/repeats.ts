import type { Problem } from "./draft";
import { type Row, shown } from "./parse";

/** A row that speaks of what an earlier line speaks of. `what`: the day, page or country, as people see it. */
export function repeatProblem(what: string, row: Row, earlierLine: number, column?: string): Problem {
  const message = `${shown(what)} is also on line ${earlierLine}; only line ${earlierLine} is read. Remove one of them.`;
  return { line: row.line, ...(column === undefined ? {} : { column }), message };
}

/** True for rows that are the same to the letter. */
export function isTwin(row: Row, other: Row): boolean {
  return row.cells.join("\0") === other.cells.join("\0");
}

export function twinNotice(row: Row, earlierLine: number): Problem {
  return { line: row.line, message: `This row repeats line ${earlierLine} and counts once.` };
}
