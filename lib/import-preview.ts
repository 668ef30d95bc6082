import { count, dayName, decimal, money, monthName } from "./format";
import type { DayOrder } from "./import/dates";
import type { Need, Period, Problem } from "./import/draft";
import { MAX_LISTED_PROBLEMS } from "./import/limits";
import type { Mapping } from "./import/mapping";
import type { DecimalMark } from "./import/numbers";
import {
  changesOf,
  type Facts,
  isNothing,
  isOpen,
  type OverlapChoice,
  overlapMessage,
  type Plan,
  type PlanChoices,
  type PlannedRow,
  type SameRows,
  type Status,
  type TwinChoice,
  type Writes,
} from "./import/plan";
import type { Found, ReadOutcome } from "./import/read";
import type { Currency } from "./model/money";
import { firstDay, lastDay, monthOf } from "./model/month";
import { type Format, type Platform, STREAM_LABEL } from "./model/words";

/** What an import would do, as the page shows it: texts are finished, in the reader's language. Pure. */

/** What the person chose; sent back with the file at every step. */
export type ImportChoices = PlanChoices & {
  channel?: ChannelChoice;
  period?: Period;
  dayOrder?: DayOrder;
  decimal?: DecimalMark;
  currency?: Currency;
  mapping?: Mapping;
  /** of the videos that are new, unless `videoFormats` says otherwise for one */
  videoFormat?: Format;
  videoFormats?: Record<string, Format>;
};

/** A channel that is there, or (with a platform) one that is made with the import; null: the creator as a whole. */
export type ChannelChoice = { id: string; newOn: Platform | null } | { id: null; newOn: null };

export type Ask = { what: Need["what"] | "channel" | "videoFormat"; message: string };
export type PreviewFile = {
  name: string;
  format: string;
  label: string;
  rows: number;
  columns: { name: string; sample: string[] }[];
};
export type PreviewRow = {
  key: string;
  what: string;
  when: string;
  figure: string;
  status: Status;
  /** "old → new" */
  changes: string[];
};
export type PreviewTotal = { label: string; unit: string; entries: number; inFile: string; toWrite: string };
export type PreviewOverlap = {
  key: string;
  message: string;
  choices: OverlapChoice[];
  chosen: OverlapChoice;
};

export type Preview =
  | { kind: "refused"; file: PreviewFile | null; problems: Remark[] }
  | { kind: "not_useful"; file: PreviewFile; message: string }
  | {
      kind: "read";
      file: PreviewFile;
      channel: ChannelChoice | null;
      /** As the file itself calls it, where it does. */
      channelName: string | null;
      /** The days it speaks of, from its first to its last. */
      period: Period | null;
      /** Nothing can be imported while one is open. */
      asks: Ask[];
      mapping: Mapping | null;
      problems: Remark[];
      refused: number;
      notices: Remark[];
      counts: Record<Status, number>;
      totals: PreviewTotal[];
      overlaps: PreviewOverlap[];
      rows: PreviewRow[];
      /** beyond the rows listed; counted above all the same */
      moreRows: number;
      /** entries that a person took back, which the file has again */
      removed: { entries: number; bringBack: boolean };
      /** rows that are repeated to the letter; where they are payouts, each may be real */
      repeats: { rows: number; mayKeep: boolean; isKept: boolean };
      newVideos: { externalId: string; title: string; format: Format | null }[];
      /** "38 months of views and 60 payouts"; null when there is nothing to write */
      writes: string | null;
      /** what a commit must name; null when it is not ready */
      hash: string | null;
    };

/** A problem or notice: `place` is "Line 12, column “Views”" or blank. */
export type Remark = { place: string; message: string };

export type PreviewInput = {
  outcome: ReadOutcome;
  choices: ImportChoices;
  /** null until a channel is chosen */
  plan: Plan | null;
  locale: string;
};

/** What the page shows for a file as it was read. */
export function previewOf({ outcome, choices, plan, locale }: PreviewInput): Preview {
  const file = outcome.found ? fileOf(outcome.found) : null;
  if (outcome.kind === "refused") return { kind: "refused", file, problems: outcome.problems.map(remarkOf) };
  if (outcome.kind === "not_useful")
    return { kind: "not_useful", file: fileOf(outcome.found), message: outcome.message };

  const asks = asksOf(outcome.needs, plan);
  const problems = [...outcome.problems, ...(plan?.refused ?? [])];
  const notices = [...outcome.notices, ...(plan ? noticesOf(plan, locale) : [])];
  const entries = plan ? Object.values(plan.counts).reduce((sum, counted) => sum + counted, 0) : 0;
  const isReady = plan !== null && asks.length === 0 && !isNothing(plan.writes);
  return {
    kind: "read",
    file: fileOf(outcome.found),
    channel: choices.channel ?? null,
    channelName: outcome.named && outcome.named !== "creator" ? outcome.named.name : null,
    period: outcome.staged.period,
    asks,
    mapping: outcome.mapping ?? null,
    problems: problems.slice(0, MAX_LISTED_PROBLEMS).map(remarkOf),
    refused: refusedRows(outcome.problems) + (plan?.counts.refused ?? 0),
    notices: notices.slice(0, MAX_LISTED_PROBLEMS).map(remarkOf),
    counts: plan?.counts ?? NO_COUNTS,
    totals: plan ? totalsOf(plan, locale) : [],
    overlaps: (plan?.overlaps ?? []).map((overlap) => ({
      key: overlap.key,
      message: overlapMessage(overlap),
      choices: overlap.choices,
      chosen: overlap.chosen,
    })),
    rows: (plan?.rows ?? []).map((row) => rowOf(row, locale)),
    moreRows: Math.max(0, entries - (plan?.rows.length ?? 0)),
    removed: { entries: plan?.counts.removed ?? 0, bringBack: choices.bringBack ?? false },
    repeats: {
      rows: plan?.repeats.rows ?? 0,
      mayKeep: plan?.repeats.mayKeep ?? false,
      isKept: choices.keepRepeats ?? false,
    },
    newVideos: plan?.newVideos ?? [],
    writes: plan && !isNothing(plan.writes) ? sentenceOf(plan.writes, locale) : null,
    hash: isReady ? plan.hash : null,
  };
}

const NO_COUNTS: Record<Status, number> = {
  changed: 0,
  overlap: 0,
  removed: 0,
  refused: 0,
  new: 0,
  older: 0,
  unchanged: 0,
};

/** "January 2026", "3 Jan 2026" or "3 Jan 2026 – 9 Feb 2026". */
export function periodLabel({ from, to }: Period, locale: string): string {
  const month = monthOf(from);
  if (from === firstDay(month) && to === lastDay(month)) return monthName(month, locale);
  return from === to ? dayName(from, locale) : `${dayName(from, locale)} – ${dayName(to, locale)}`;
}

/** What is still to be said before anything can be imported. */
function asksOf(needs: readonly Need[], plan: Plan | null): Ask[] {
  const asks: Ask[] = needs.map(({ what, message }) => ({ what, message }));
  if (!plan) {
    asks.push({ what: "channel", message: "Say which channel the file is about, or name a new one." });
    return asks;
  }
  if (!isOpen(plan)) return asks;
  if (plan.videosWithoutFormat > 0)
    asks.push({
      what: "videoFormat",
      message: "The file does not tell Shorts from long videos. Say which they are.",
    });
  if (plan.twins.groups > 0 && plan.twins.chosen === null)
    asks.push({ what: "twins", message: twinsMessage(plan.twins) });
  return asks;
}

const TWIN_ANSWER: Readonly<Record<TwinChoice, string>> = {
  first: "the first counts",
  last: "the last counts",
  keep: "each counts",
};

function twinsMessage({ groups, listed, choices }: Plan["twins"]): string {
  const answers = choices.map((choice) => TWIN_ANSWER[choice]);
  const last = answers.pop();
  return `${groups === 1 ? "Rows" : `${groups} groups of rows`} of one name differ (${placesOf(listed)}). Say whether ${answers.join(", ")} or ${last}.`;
}

/** "lines 3 and 9; lines 4, 7 and 8; …" */
function placesOf(listed: readonly SameRows[]): string {
  const shown = listed.slice(0, 3).map(({ lines }) => `lines ${inWords(lines.map(String))}`);
  return [...shown, ...(listed.length > shown.length ? ["…"] : [])].join("; ");
}

function inWords(words: readonly string[]): string {
  return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;
}

/** What became of entries without a question. */
function noticesOf({ repeats, counts, elsewhere }: Plan, locale: string): Problem[] {
  const notices: Problem[] = [];
  if (elsewhere)
    notices.push({
      message: `This very file was imported on ${dayName(elsewhere.day, locale)} already, into ${elsewhere.channelName === null ? "no channel" : `“${elsewhere.channelName}”`}. Here it counts once more, unless each channel takes a part of its own.`,
    });
  if (repeats.rows > 0)
    notices.push({
      message: `${counted(repeats.rows, "row repeats", "rows repeat", locale)} another to the letter (${placesOf(repeats.listed)}). Each such entry counts once${repeats.mayKeep ? ", unless you say that each is real" : ""}.`,
    });
  if (counts.older > 0)
    notices.push({
      message: `${counted(counts.older, "entry is", "entries are", locale)} older than what is here, which reaches further. What is here stays.`,
    });
  return notices;
}

/** A row with two faults is one refused row. */
function refusedRows(problems: readonly Problem[]): number {
  return new Set(problems.flatMap(({ file, line }) => (line === undefined ? [] : `${file ?? ""} ${line}`)))
    .size;
}

function remarkOf({ line, column, message }: Problem): Remark {
  const places = [line === undefined ? "" : `line ${line}`, column === undefined ? "" : `column “${column}”`];
  const place = places.filter(Boolean).join(", ");
  return { place: place.charAt(0).toUpperCase() + place.slice(1), message };
}

function fileOf({ file, fileFormat, label, rows, header, sample }: Found): PreviewFile {
  const columns = header.map((name, index) => ({ name, sample: sample.map((cells) => cells[index] ?? "") }));
  return { name: file, format: fileFormat, label, rows, columns };
}

/** By stream and currency, then views and watch time: what the file holds, and what of it would be written. */
function totalsOf(plan: Plan, locale: string): PreviewTotal[] {
  const figures = {
    views: { label: "Views", text: (value: number) => count(value, locale) },
    engagedViews: { label: "Engaged views", text: (value: number) => count(value, locale) },
    watchSeconds: { label: "Watch time", text: (value: number) => `${decimal(value / 3600, locale, 1)} h` },
  };
  return [
    ...plan.money.map(({ stream, currency, entries, inFile, toWrite }) => ({
      label: STREAM_LABEL[stream],
      unit: currency as string,
      entries,
      inFile: money(inFile, currency, locale),
      toWrite: money(toWrite, currency, locale),
    })),
    ...plan.figures.map(({ figure, entries, inFile, toWrite }) => {
      const { label, text } = figures[figure];
      return { label, unit: "", entries, inFile: text(inFile), toWrite: text(toWrite) };
    }),
  ];
}

function rowOf(row: PlannedRow, locale: string): PreviewRow {
  return {
    key: `${row.what} ${row.key}`,
    what: nameOf(row),
    when: whenOf(row, locale),
    figure: figureOf(row.now, locale),
    status: row.status,
    changes: changesOf(row),
  };
}

function nameOf({ what, title, key, now }: PlannedRow): string {
  if (what === "payout") return now.stream ? STREAM_LABEL[now.stream] : "Payout";
  if (what === "video") return `Video “${now.title ?? key}”`;
  if (what === "audience") return "Audience by region";
  const noun = what === "traffic" ? "Views" : "Counts so far";
  return title ? `${noun} of “${title}”` : noun;
}

function whenOf({ what, now }: PlannedRow, locale: string): string {
  if (what === "video") return now.publishedDay ? `published ${dayName(now.publishedDay, locale)}` : "";
  if (!now.first || !now.last) return "";
  return what === "audience"
    ? monthName(monthOf(now.first), locale)
    : periodLabel({ from: now.first, to: now.last }, locale);
}

function figureOf(now: Facts, locale: string): string {
  if (now.minor !== undefined && now.currency) return money(BigInt(now.minor), now.currency, locale);
  const parts = [
    now.views === undefined ? null : `${count(now.views, locale)} views`,
    now.views === undefined && now.engagedViews !== undefined
      ? `${count(now.engagedViews, locale)} engaged views`
      : null,
    now.followers === undefined ? null : `${count(now.followers, locale)} followers`,
    now.watchSeconds === undefined ? null : `${decimal(now.watchSeconds / 3600, locale, 1)} h watched`,
  ];
  return parts.filter((part) => part !== null).join(", ");
}

function sentenceOf(writes: Writes, locale: string): string {
  const parts = [
    counted(writes.payouts, "payout", "payouts", locale),
    counted(writes.traffic, "entry of views", "entries of views", locale),
    counted(writes.readings, "reading", "readings", locale),
    counted(writes.audiences, "month of audience", "months of audience", locale),
    counted(writes.videos, "video", "videos", locale),
    counted(writes.filled, "video is completed", "videos are completed", locale),
    counted(writes.lines, "payout gets its amounts by video", "payouts get their amounts by video", locale),
    counted(writes.voided, "entry gives way", "entries give way", locale),
  ];
  return inWords(parts.filter((part) => part !== null));
}

function counted(number: number, one: string, many: string, locale: string): string | null {
  return number === 0 ? null : `${count(number, locale)} ${number === 1 ? one : many}`;
}
