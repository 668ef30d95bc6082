import { addDays, type Day, daysBetween, isDay } from "../model/month";
import { type DayOfYear, dayOrderOf, parseDay, parseDayOfYear } from "./dates";
import type { Need, Problem } from "./draft";
import { type ReadOptions, raggedProblem } from "./format";
import { allRows, cleanText, type Row, shown, type Table } from "./parse";

export type DatedRow = { row: Row; day: Day };
/** The rows of a table of days with their days; or a question, or why the days cannot be told. */
export type DatedRows =
  | { kind: "dated"; rows: DatedRow[]; problems: Problem[]; notices: Problem[] }
  | { kind: "asked"; need: Need }
  | { kind: "refused"; problems: Problem[] };

type Labelled = { row: Row; label: DayOfYear };

const FIRST_EXPORT = "2014-01-01";
/** An export reaches back a year at most; its first row may bear the day of its last. */
const LONGEST_SPAN = 366;
/** A hole that is longer hides which year follows. */
const LONGEST_GAP = 31;
/** Of which a 29th of February needs the more. */
const YEARS_BACK = 8;

/**
 * The day of each row. TikTok Studio writes days without their year, in the language of the account, oldest first:
 * the last row is the latest such day up to the day of the export (or today), and the years follow backwards.
 * Rows that cannot be read are among the problems.
 */
export function datedRows(table: Table, index: number, options: ReadOptions): DatedRows {
  const problems: Problem[] = [];
  const rows = allRows(table).filter((row) => {
    const ragged = raggedProblem(table, row);
    if (ragged) problems.push(ragged);
    return !ragged;
  });
  const textOf = (row: Row) => cleanText(row.cells[index] ?? "");
  const column = table.header[index] ?? "";
  const labelled = rows.flatMap((row): Labelled[] => {
    const label = parseDayOfYear(textOf(row));
    return label ? [{ row, label }] : [];
  });
  if (labelled.length === 0) return withYears(column, rows, textOf, options, problems);
  for (const row of rows)
    if (!parseDayOfYear(textOf(row)))
      problems.push({
        line: row.line,
        column,
        message: `"${shown(textOf(row))}" is not a day like those of the other rows; mend the row or leave it out.`,
      });
  return withoutYears(column, labelled, options, problems);
}

/** Full dates, such as 2025/10/31 of a business account. */
function withYears(
  column: string,
  rows: Row[],
  textOf: (row: Row) => string,
  options: ReadOptions,
  problems: Problem[],
): DatedRows {
  const found = dayOrderOf(rows.map(textOf));
  if (found === "mixed") {
    const message = `"${column}" holds dates with the day first and others with the month first; a spreadsheet changed them. Export the file again.`;
    return { kind: "refused", problems: [{ column, message }] };
  }
  const order = found === "dmy" || found === "mdy" ? found : options.dayOrder;
  if (found === "ask" && !order) {
    const message = `All dates in "${column}" can be read two ways. Say whether the day or the month comes first.`;
    return { kind: "asked", need: { what: "dayOrder", column, options: ["dmy", "mdy"], message } };
  }
  const lineOfDay = new Map<Day, number>();
  const dated = rows.flatMap((row): DatedRow[] => {
    const day = parseDay(textOf(row), order);
    const earlier = day.ok ? lineOfDay.get(day.value) : undefined;
    if (!day.ok) problems.push({ line: row.line, column, message: day.error });
    else if (earlier !== undefined)
      problems.push({
        line: row.line,
        column,
        message: `${day.value} is also on line ${earlier}; only line ${earlier} is read. Remove one of them.`,
      });
    else {
      lineOfDay.set(day.value, row.line);
      return [{ row, day: day.value }];
    }
    return [];
  });
  return { kind: "dated", rows: dated, problems, notices: [] };
}

function withoutYears(
  column: string,
  labelled: Labelled[],
  options: ReadOptions,
  problems: Problem[],
): DatedRows {
  const asOf = dayOfExport(options);
  const end = asOf ?? options.today;
  const read = readBack(end, labelled);
  if (!asOf && !(read.ok && read.gaps === 0) && fitsEarlierYear(end, labelled)) {
    const message = `The dates in "${column}" carry no year, and fit an earlier one better than the last. Say on which day the file was exported.`;
    return { kind: "asked", need: { what: "asOf", message } };
  }
  if (!read.ok) return { kind: "refused", problems: [{ ...gapProblem(read), column }] };
  const { rows } = read;
  const message = `The dates in "${column}" carry no year and are read as ${rows.at(0)?.day} to ${rows.at(-1)?.day}. If the file is older, give the day on which it was exported.`;
  return { kind: "dated", rows, problems, notices: asOf ? [] : [{ column, message }] };
}

type Backwards =
  | { ok: true; rows: (DatedRow & Labelled)[]; gaps: number }
  /** The row which does not fit before the next one. */
  | { ok: false; before: Labelled; after: Labelled };

/** The day on which the file was exported, as it was given. One before TikTok is a slip of the pen, and asked again. */
export function dayOfExport({ asOf }: ReadOptions): Day | null {
  return asOf !== undefined && asOf >= FIRST_EXPORT ? asOf : null;
}

/** Oldest first, as they are exported, or newest first, as a spreadsheet may have sorted them. */
function readBack(end: Day, labelled: readonly Labelled[]): Backwards {
  const oldestFirst = backFrom(end, labelled);
  if (oldestFirst.ok) return oldestFirst;
  const newestFirst = backFrom(end, labelled.toReversed());
  return newestFirst.ok ? newestFirst : oldestFirst;
}

/** Rows, oldest first, as days of which the last is at most `end`; `gaps` counts the places where days are missing. */
function backFrom(end: Day, labelled: readonly Labelled[]): Backwards {
  const rows: (DatedRow & Labelled)[] = [];
  let gaps = 0;
  for (const each of labelled.toReversed()) {
    const next = rows.at(-1);
    const day = latestOn(each.label, next ? addDays(next.day, -1) : end);
    const step = next ? daysBetween(day, next.day) : 1;
    const span = daysBetween(day, rows[0]?.day ?? day);
    if (next && (step > LONGEST_GAP || span > LONGEST_SPAN)) return { ok: false, before: each, after: next };
    if (step > 1) gaps++;
    rows.push({ ...each, day });
  }
  return { ok: true, rows: rows.reverse(), gaps };
}

/** The last day of that name up to `end`. Throws RangeError when 8 years have none, as around 2100. */
export function latestOn(label: DayOfYear, end: Day): Day {
  const year = Number(end.slice(0, 4));
  for (let back = 0; back <= YEARS_BACK; back++) {
    const day = `${year - back}-${label}`;
    if (isDay(day) && day <= end) return day;
  }
  throw new RangeError(`There is no ${label} in the ${YEARS_BACK} years up to ${end}.`);
}

/** True when the rows are days without a hole in an earlier year, as only a leap year (or none) makes them. */
function fitsEarlierYear(end: Day, labelled: readonly Labelled[]): boolean {
  const last = labelled.at(-1)?.label;
  if (last === undefined) return false;
  let earlier = latestOn(last, end);
  for (let back = 0; back < YEARS_BACK / 2; back++) {
    earlier = latestOn(last, addDays(earlier, -1));
    const read = readBack(earlier, labelled);
    if (read.ok && read.gaps === 0) return true;
  }
  return false;
}

function gapProblem({ before, after }: Extract<Backwards, { ok: false }>): Problem {
  return {
    line: before.row.line,
    message: `This row (${before.label}) does not stand within a month before line ${after.row.line} (${after.label}), so the year of these days cannot be told. Export the file again and leave its rows as they are.`,
  };
}
