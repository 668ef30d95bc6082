import { type Currency, type Decimal, decimalText, parseDecimal, roundToMinor } from "../model/money";
import { firstDay, monthOf } from "../model/month";
import type { Result } from "../model/result";
import { parseDay } from "./dates";
import type { Need, Period, Problem, Sink, Subject } from "./draft";
import { type FileFormat, type Reading, type ReadOptions, raggedProblem } from "./format";
import { isPlausibleAmount, isUnknown, parseCount } from "./numbers";
import { allRows, type Row, shown, type Table } from "./parse";
import { type Columns, cellOf, columnsNamed, headerOf, readCell } from "./tiktok-columns";

/** Backstage, the desk of LIVE agencies. */
const WORDS = {
  period: ["Data period", "Selected period"],
  id: ["Creator ID", "Creator ID:"],
  name: ["Creator's username", "Creator’s username", "Creator username"],
  diamonds: ["Diamonds", "Diamonds in selected period"],
  duration: ["LIVE duration", "LIVE duration in selected period"],
  validDays: ["Valid go LIVE days", "Valid go LIVE days in selected period"],
} as const;
type Column = keyof typeof WORDS;

/**
 * USD for one diamond. TikTok's own pages state no rate; this is what third parties say (calculatecreator.com on coins
 * and diamonds; itechpost.com of 2021-09-03), so it is offered as theirs and never taken unasked.
 */
const CONVENTION = "0.005";
const LONGEST_ID = 64;

type Month = Period & { diamonds: number; row: Row };

/** A creator's diamonds in a month so far; a later file of the same month takes the place of an earlier one. */
export const TIKTOK_LIVE: FileFormat = {
  id: "tiktok-live",
  label: "TikTok LIVE Backstage: creators",
  detect(table) {
    const { at } = columnsNamed(table, WORDS);
    return at.has("diamonds") && (at.has("id") || at.has("name")) && (at.has("duration") || at.has("period"));
  },
  read: readLive,
};

function readLive(table: Table, options: ReadOptions, out: Sink): Reading {
  const columns = columnsNamed(table, WORDS);
  if (columns.twice.length > 0) return { kind: "refused", problems: columns.twice };
  const rows = allRows(table);
  const subjects = subjectsOf(rows, columns);
  const [only] = subjects;
  if (!only)
    return {
      kind: "refused",
      problems: [{ message: "The table names no creator. Export it again from Backstage." }],
    };
  const subject = subjects.length === 1 ? only : subjects.find(({ value }) => value === options.subject);
  const price = options.unitPrice === undefined ? null : parsePrice(options.unitPrice);
  const needs = needsOf(subjects, subject, price, columns, options);
  if (needs.length > 0 || !subject || !price?.ok || !options.currency)
    return { kind: "read", needs, problems: [], notices: [] };

  const problems: Problem[] = [];
  const worth = { price: price.value, currency: options.currency };
  const own = rows.filter((row) => subjectOf(row, columns) === subject.value);
  for (const month of monthsOf({ table, columns, options, problems }, own)) {
    const minor = roundToMinor(
      { units: BigInt(month.diamonds) * worth.price.units, scale: worth.price.scale },
      worth.currency,
    );
    if (!isPlausibleAmount(minor)) {
      const message =
        "These diamonds are worth too much to be true; check the count and the worth of one diamond.";
      problems.push({ line: month.row.line, column: headerOf(table, columns, "diamonds"), message });
      continue;
    }
    out.payout({
      sourceKey: `tt:live/${subject.value}:${monthOf(month.from)}:${options.channelKey}`,
      platform: "tiktok",
      format: "live",
      stream: "gift",
      from: month.from,
      to: month.to,
      minor,
      currency: worth.currency,
      state: "estimated",
      estimatedMinor: null,
      settledDay: null,
      note: noteOf(month, columns, worth),
      lines: [],
      line: month.row.line,
    });
  }
  return { kind: "read", needs: [], problems, notices: [] };
}

/** Creators of the file in its order, each once. */
function subjectsOf(rows: Row[], columns: Columns<Column>): Subject[] {
  const labels = new Map<string, string>();
  for (const row of rows) {
    const value = subjectOf(row, columns);
    if (value !== "" && !labels.has(value)) labels.set(value, nameOf(row, columns) || value);
  }
  return [...labels].map(([value, label]) => ({ value, label }));
}

/** The creator's id, which outlives a change of name; the name where there is none. */
function subjectOf(row: Row, columns: Columns<Column>): string {
  const id = cellOf(row, columns, "id");
  return (isUnknown(id) ? nameOf(row, columns) : id).slice(0, LONGEST_ID);
}

function nameOf(row: Row, columns: Columns<Column>): string {
  const name = cellOf(row, columns, "name").replace(/^@/, "");
  return isUnknown(name) ? "" : name;
}

/** Everything that is open, so that it can be answered at once. */
function needsOf(
  subjects: Subject[],
  subject: Subject | undefined,
  price: Result<Decimal> | null,
  columns: Columns<Column>,
  options: ReadOptions,
): Need[] {
  const needs: Need[] = [];
  if (!subject)
    needs.push({
      what: "subject",
      options: subjects,
      message: `The file holds ${subjects.length} creators. Say which of them this channel is.`,
    });
  if (!price?.ok)
    needs.push({
      what: "unitPrice",
      unit: "diamond",
      suggested: CONVENTION,
      message: `${price ? `${price.error} ` : ""}Diamonds are not money, and TikTok states no rate. Say what one diamond brings; third parties reckon with ${CONVENTION} US dollars.`,
    });
  if (!options.currency)
    needs.push({ what: "currency", message: "Say in which currency the worth of a diamond is given." });
  if (!columns.at.has("period") && !options.period)
    needs.push({
      what: "period",
      message:
        "The file does not say which days it covers. Give the first and the last, as chosen in Backstage.",
    });
  return needs;
}

function parsePrice(text: string): Result<Decimal> {
  const price = parseDecimal(text, ".");
  if (!price.ok) return price;
  return price.value.units > 0n ? price : { ok: false, error: `"${shown(text)}" is no price.` };
}

type Context = { table: Table; columns: Columns<Column>; options: ReadOptions; problems: Problem[] };

/** The furthest count of each month: they are so far, so two rows of one month never add up. */
function monthsOf({ table, columns, options, problems }: Context, rows: Row[]): Month[] {
  const months = new Map<string, Month>();
  for (const row of rows) {
    const before = problems.length;
    const ragged = raggedProblem(table, row);
    if (ragged) problems.push(ragged);
    const period = columns.at.has("period")
      ? readCell(table, row, columns, "period", problems, parsePeriod)
      : (options.period ?? null);
    const diamonds = readCell(table, row, columns, "diamonds", problems, (text) =>
      parseCount(text, { mark: "." }),
    );
    const unfit = period && monthProblem(period);
    if (unfit) problems.push({ line: row.line, column: headerOf(table, columns, "period"), message: unfit });
    if (!period || diamonds === null || problems.length > before) continue;
    const known = months.get(period.from);
    if (known && known.to === period.to && known.diamonds !== diamonds)
      problems.push({
        line: row.line,
        column: headerOf(table, columns, "diamonds"),
        message: `Line ${known.row.line} tells another count for the same creator and days; only that line is read. Remove one of them.`,
      });
    else if (!known || known.to < period.to) months.set(period.from, { ...period, diamonds, row });
  }
  return [...months.values()];
}

/** "2026-09-01 ~ 2026-09-15" */
function parsePeriod(text: string): Result<Period> {
  const [from, to] = text.split("~").map((day) => parseDay(day));
  return from?.ok && to?.ok && from.value <= to.value
    ? { ok: true, value: { from: from.value, to: to.value } }
    : { ok: false, error: `"${shown(text)}" is not a period; it should be like 2026-09-01 ~ 2026-09-15.` };
}

/** Backstage counts from the first of a month, which makes a month the same entry in every file. */
function monthProblem({ from, to }: Period): string | null {
  return from === firstDay(monthOf(from)) && monthOf(to) === monthOf(from)
    ? null
    : `${from} to ${to} is no month so far. Choose a period in Backstage that begins on the 1st and ends in the same month.`;
}

function noteOf(
  { diamonds, row }: Month,
  columns: Columns<Column>,
  { price, currency }: { price: Decimal; currency: Currency },
): string {
  const duration = cellOf(row, columns, "duration");
  const days = cellOf(row, columns, "validDays").replace(/\s*d$/, "");
  const parts = [
    `${diamonds.toLocaleString("en")} diamonds at ${decimalText(price.units, price.scale)} ${currency} each`,
    isUnknown(duration) ? "" : `LIVE ${shown(duration)}`,
    isUnknown(days) ? "" : `${shown(days)} valid days`,
  ];
  return parts.filter((part) => part !== "").join("; ");
}
