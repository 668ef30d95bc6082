import { type Currency, type Decimal, divideHalfEven } from "../model/money";
import type { Day } from "../model/month";
import type { Result } from "../model/result";
import type { Stream } from "../model/words";
import { minorOf } from "./amounts";
import {
  type Columns,
  cellOf,
  decimalMarkOfColumns,
  findColumns,
  readCell,
  twiceProblems,
  wordsFor,
} from "./columns";
import { type DayOrder, parseDay } from "./dates";
import { columnOrder } from "./day-column";
import { ESTIMATE, NO_FIGURES, type Problem, type Sink } from "./draft";
import { type FileFormat, type Reading, type ReadOptions, raggedProblem } from "./format";
import { currencyNeed } from "./needs";
import { type DecimalMark, parseAmount, parseCount } from "./numbers";
import { allRows, cleanText, type Row, shown, type Table } from "./parse";
import { repeatProblem } from "./repeats";

/** What Twitch pays for, one column each; the file has no column of their sum. */
const REVENUE = {
  subs: ["Sub Revenue"],
  prime: ["Prime Revenue"],
  gifted: ["Gifted Subs Revenue"],
  multiMonth: ["Multi-Month Gifted Subs Revenue"],
  bits: ["Bits Revenue"],
  otherBits: ["Other Bits Interactions Revenue"],
  extensions: ["Extensions Revenue"],
  ads: ["Ad Revenue"],
  turbo: ["Turbo Revenue"],
  gameSales: ["Game Sales Revenue"],
  bounties: ["Bounties Revenue"],
} as const;
type Part = keyof typeof REVENUE;
type Column = Part | "date" | "views" | "minutes" | "average";

const NAMES = wordsFor<Column>({
  ...REVENUE,
  date: ["Date"],
  views: ["Live Views"],
  minutes: ["Minutes Watched"],
  average: ["Average Viewers"],
});
const PARTS = Object.keys(REVENUE) as Part[];
const MONEY: ReadonlySet<Column> = new Set<Column>(PARTS);

/**
 * The parts of each stream. Turbo is paid in place of ads to those who see none, bits are given by viewers (in
 * extensions too), bounties are paid by brands, game sales are a commission. `everyDay`: money that comes day by
 * day, so that a day of 0 is kept where the stream earned anything at all; a deal or a sale is no event of 0.
 */
const STREAMS: readonly { stream: Stream; parts: readonly Part[]; everyDay: boolean }[] = [
  { stream: "subscription", parts: ["subs", "prime", "gifted", "multiMonth"], everyDay: true },
  { stream: "gift", parts: ["bits", "otherBits", "extensions"], everyDay: true },
  { stream: "ads", parts: ["ads", "turbo"], everyDay: true },
  { stream: "sponsorship", parts: ["bounties"], everyDay: false },
  { stream: "affiliate", parts: ["gameSales"], everyDay: false },
];

type DayRow = {
  day: Day;
  line: number;
  views: number | null;
  watchSeconds: number | null;
  amounts: ReadonlyMap<Part, Decimal>;
};
type Reader = {
  table: Table;
  columns: Columns<Column>;
  order: DayOrder | undefined;
  mark: DecimalMark;
  problems: Problem[];
};

/** Twitch, Channel Analytics and Revenue by day. */
export const TWITCH: FileFormat = {
  id: "twitch",
  label: "Twitch: channel analytics and revenue by day",
  detect(table) {
    const { at } = findColumns(table, NAMES, MONEY);
    const isOfTwitch = at.has("average") || at.has("minutes") || at.has("prime") || at.has("bits");
    return at.has("date") && isOfTwitch && table.header.length > 2;
  },
  read: readTwitch,
};

function readTwitch(table: Table, options: ReadOptions, out: Sink): Reading {
  const columns = findColumns(table, NAMES, MONEY);
  const isPaid = PARTS.some((part) => columns.at.has(part));
  const rows = allRows(table);
  const fatal = twiceProblems(columns);
  const column = table.header[columns.at.get("date") ?? 0] ?? "";
  const when = columnOrder(
    column,
    rows.map((row) => withoutWeekday(cellOf(row, columns, "date"))),
    options,
  );
  fatal.push(...when.problems);
  if (rows.length === 0) fatal.push({ message: "The table holds no day. Export a longer period." });
  if (fatal.length > 0) return { kind: "refused", problems: fatal };
  if (!isPaid && !columns.at.has("views") && !columns.at.has("minutes"))
    return {
      kind: "not_useful",
      message:
        "This export of Twitch holds neither live views nor revenue; take Channel Analytics, scroll to the end, and export Channel Analytics and Revenue by day.",
    };
  const currency = columns.currency ?? options.currency;
  const needs = isPaid && !currency ? [currencyNeed(), ...when.needs] : when.needs;
  if (needs.length > 0) return { kind: "read", needs, problems: [], notices: [] };

  const problems: Problem[] = [];
  const notices: Problem[] = [];
  const mark = decimalMarkOfColumns(table, columns, PARTS, options);
  const days = uniqueDays(rows, { table, columns, order: when.order, mark, problems });
  for (const day of days) addTraffic(out, day, options);
  if (isPaid && currency) addPayouts(out, days, { ...options, currency }, problems, notices);
  return { kind: "read", needs: [], problems, notices };
}

/** The days whose row can be read whole. */
function uniqueDays(rows: Row[], { table, columns, order, mark, problems }: Reader): DayRow[] {
  const lineOfDay = new Map<string, number>();
  const column = table.header[columns.at.get("date") ?? 0];
  return rows.flatMap((row) => {
    const ragged = raggedProblem(table, row);
    const before = problems.length;
    if (ragged) problems.push(ragged);
    if (ragged) return [];
    function read<T>(name: Column, parse: (text: string) => Result<T | null>): T | null {
      return readCell(table, row, columns, name, parse, problems);
    }
    const day = read("date", (text) => parseDay(withoutWeekday(text), order));
    const amounts = new Map<Part, Decimal>();
    for (const part of PARTS) {
      const amount = read(part, (text) => parseAmount(text, mark));
      if (amount) amounts.set(part, amount);
    }
    const views = read("views", (text) => parseCount(text, { mark }));
    const watchSeconds = read("minutes", (text) => secondsOf(text, mark));
    const earlier = day === null ? undefined : lineOfDay.get(day);
    if (day !== null && earlier !== undefined) problems.push(repeatProblem(day, row, earlier, column));
    if (day === null || problems.length > before) return [];
    lineOfDay.set(day, row.line);
    return [{ day, line: row.line, views, watchSeconds, amounts }];
  });
}

function addTraffic(
  out: Sink,
  { day, line, views, watchSeconds }: DayRow,
  { channelKey }: ReadOptions,
): void {
  if (views === null && watchSeconds === null) return;
  out.traffic({
    sourceKey: `twitch:${day}:${channelKey}`,
    platform: "other",
    format: null,
    videoExternalId: null,
    from: day,
    to: day,
    ...NO_FIGURES,
    views,
    watchSeconds,
    line,
  });
}

function addPayouts(
  out: Sink,
  days: DayRow[],
  { channelKey, currency }: ReadOptions & { currency: Currency },
  problems: Problem[],
  notices: Problem[],
): void {
  let earned = false;
  for (const { stream, parts, everyDay } of STREAMS) {
    const paid = days.flatMap(({ day, line, amounts }) => {
      const known = parts.flatMap((part) => amounts.get(part) ?? []);
      const isZero = known.every(({ units }) => units === 0n);
      return known.length > 0 ? [{ day, line, known, isZero }] : [];
    });
    if (paid.every(({ isZero }) => isZero)) continue;
    earned = true;
    for (const { day, line, known, isZero } of paid) {
      if (isZero && !everyDay) continue;
      const minor = minorOf(known, currency);
      if (!minor.ok) problems.push({ line, message: minor.error });
      else
        out.payout({
          sourceKey: `twitch:${stream}:${day}:${channelKey}`,
          platform: "other",
          format: null,
          stream,
          from: day,
          to: day,
          minor: minor.value,
          currency,
          ...ESTIMATE,
          lines: [],
          line,
        });
    }
  }
  if (!earned && days.length > 0)
    notices.push({ message: "None of these days earned anything, so no payouts are imported." });
}

/** "Fri Sep 04 2026" without its first word. */
function withoutWeekday(text: string): string {
  return cleanText(text).replace(/^(mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,?\s+/i, "");
}

function secondsOf(text: string, mark: DecimalMark): Result<number | null> {
  const minutes = parseAmount(text, mark);
  if (!minutes.ok || minutes.value === null) return minutes.ok ? { ok: true, value: null } : minutes;
  const { units, scale } = minutes.value;
  const seconds = Number(divideHalfEven(units * 60n, 10n ** BigInt(scale)));
  return seconds >= 0 && Number.isSafeInteger(seconds)
    ? { ok: true, value: seconds }
    : { ok: false, error: `"${shown(text)}" is no number of minutes watched; write 0 or more.` };
}
