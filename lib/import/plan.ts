import { type Currency, currencyOf, decimalOf } from "../model/money";
import type { Day } from "../model/month";
import type { Format, PayoutState, Stream } from "../model/words";
import { STREAM_LABEL } from "../model/words";
import type { Period, Problem } from "./draft";

/**
 * What an import would do, as db/imports.ts works it out: of a bounded size, however long the file is. Nothing is
 * decided in it that a person should decide.
 *
 * new: not there yet. changed: there, with other values. unchanged: there to the letter. older: there, and reaching
 * further than the file. overlap: the same days are there under other names. removed: a person took it back.
 * refused: it contradicts what is there, or another row of the file.
 */
export const STATUSES = ["changed", "overlap", "removed", "refused", "new", "older", "unchanged"] as const;
export type Status = (typeof STATUSES)[number];

/**
 * What may become of an overlap. keep: what is there stays. replace: it is voided and the file takes its place.
 * lines: what is there stays and gets the file's lines by video. add: both are true (never for ads and rewards).
 */
export type OverlapChoice = "keep" | "replace" | "lines" | "add";
/** Which of several rows of one name counts; keep: each, for they are payouts of their own. */
export type TwinChoice = "first" | "last" | "keep";

/** What a person chose about a plan. What is not named is left as it is. */
export type PlanChoices = {
  /** by the overlap's key */
  overlaps?: Readonly<Record<string, OverlapChoice>>;
  /** of rows with one name that differ; "sum" is for readers, and leaves the question open here */
  twins?: TwinChoice | "sum";
  /** whether payouts that are repeated to the letter count each */
  keepRepeats?: boolean;
  /** whether entries that a person took back come back */
  bringBack?: boolean;
};

/** Rows of the file and existing entries that speak of the same days under different names; never simply added up. */
export type Overlap = Period & {
  /** "payouts:<stream>", "traffic:channel" or "traffic:videos": what the choice is kept under. */
  key: string;
  drafts: number;
  existing: number;
  /** the days of what is there */
  there: Period;
  /** The first is the default. */
  choices: OverlapChoice[];
  chosen: OverlapChoice;
};

/** What is known of one entry, in the file or there; what it does not have is not named. Amounts as minor units. */
export type Facts = {
  minor?: string;
  currency?: Currency;
  state?: PayoutState;
  stream?: Stream;
  first?: Day;
  last?: Day;
  estimatedMinor?: string;
  settledDay?: Day;
  note?: string;
  lines?: string;
  views?: number;
  qualifiedViews?: number;
  engagedViews?: number;
  adImpressions?: number;
  watchSeconds?: number;
  likes?: number;
  comments?: number;
  shares?: number;
  followers?: number;
  regions?: Readonly<Record<string, number>>;
  title?: string;
  url?: string;
  publishedDay?: Day;
  durationSeconds?: number;
};

export type PlannedRow = {
  what: "payout" | "traffic" | "reading" | "audience" | "video";
  status: Status;
  key: string;
  line: number;
  /** of the video it is about */
  title: string | null;
  now: Facts;
  /** of a changed entry */
  before: Facts | null;
};

/** By stream and currency: what the file holds, and what of it would be written. */
export type PlannedMoney = {
  stream: Stream;
  currency: Currency;
  entries: number;
  inFile: bigint;
  toWrite: bigint;
};
export type PlannedFigure = {
  figure: "views" | "engagedViews" | "watchSeconds";
  entries: number;
  inFile: number;
  toWrite: number;
};

/** Several rows of one name, by physical line. */
export type SameRows = { what: PlannedRow["what"]; when: Day | null; lines: number[] };

export type Plan = {
  /** The same file was imported into another channel, and not undone: its name (null: none) and the day (UTC). */
  elsewhere: { channelName: string | null; day: Day } | null;
  period: Period | null;
  counts: Record<Status, number>;
  money: PlannedMoney[];
  figures: PlannedFigure[];
  overlaps: Overlap[];
  /** The first MAX_PLANNED, those that need a look first, then by period. */
  rows: PlannedRow[];
  /** rows that differ under one name; `chosen` null: nothing may be written before it is said */
  twins: { groups: number; listed: SameRows[]; choices: TwinChoice[]; chosen: TwinChoice | null };
  /** rows that are repeated to the letter */
  repeats: { rows: number; listed: SameRows[]; mayKeep: boolean };
  /** The first MAX_PLANNED videos that are new; `format` null: nothing may be written before it is said. */
  newVideos: { externalId: string; title: string; format: Format | null }[];
  videosWithoutFormat: number;
  /** The first of the refused entries, by line. */
  refused: Problem[];
  /** how many entries would be written; all zero: nothing */
  writes: Writes;
  /** Names what would be written, and what is there. The same again, and only then, means the same would happen. */
  hash: string;
};

/** `replaced` are among payouts, traffic and readings; `voided` give way to them; `filled` videos get what they lacked. */
export type Writes = Record<
  "videos" | "filled" | "traffic" | "payouts" | "lines" | "readings" | "audiences" | "replaced" | "voided",
  number
>;

export const MAX_PLANNED = 1_000;

/** True when an import would change nothing. */
export function isNothing(writes: Writes): boolean {
  return Object.values(writes).every((count) => count === 0);
}

/** True while something is to be said before anything may be written. */
export function isOpen({ twins, videosWithoutFormat }: Pick<Plan, "twins" | "videosWithoutFormat">): boolean {
  return (twins.groups > 0 && twins.chosen === null) || videosWithoutFormat > 0;
}

/** The choice a person made, as far as it is offered; else the first. */
export function chosenOf(key: string, choices: readonly OverlapChoice[], made: PlanChoices): OverlapChoice {
  const choice = made.overlaps && Object.hasOwn(made.overlaps, key) ? made.overlaps[key] : undefined;
  return choice && choices.includes(choice) ? choice : "keep";
}

/** Says which days of what meet, and what can be done. */
export function overlapMessage({ key, from, to, existing, there, choices }: Overlap): string {
  const isCovered = choices.includes("replace");
  const remedy = isCovered
    ? "Keep what is there, or replace it by the file; they are not added up."
    : `What is there (${there.from} to ${there.to}) reaches beyond the file, so it is kept; bring a file of all its days to replace it.`;
  return `The file and ${existing} existing ${overlapNoun(key)} speak of the same days between ${from} and ${to}. ${remedy}`;
}

function overlapNoun(key: string): string {
  if (key === "traffic:videos") return "views of videos";
  if (key === "traffic:channel") return "views of the channel";
  return `payouts of ${STREAM_LABEL[key.slice("payouts:".length) as Stream].toLowerCase()}`;
}

const COUNT_WORDS = [
  ["views", "views"],
  ["qualifiedViews", "qualified views"],
  ["engagedViews", "engaged views"],
  ["adImpressions", "ad impressions"],
  ["watchSeconds", "watch seconds"],
  ["likes", "likes"],
  ["comments", "comments"],
  ["shares", "shares"],
  ["followers", "followers"],
] as const;
const TEXT_WORDS = [
  ["title", "title"],
  ["url", "link"],
  ["publishedDay", "published"],
  ["durationSeconds", "seconds"],
  ["settledDay", "settled"],
  ["note", "note"],
] as const;

/** What would change of an entry, each as "old → new"; a value the file does not tell stays, so it is not named. */
export function changesOf({ now, before }: PlannedRow): string[] {
  if (!before) return [];
  const changes: string[] = [];
  if (now.minor !== before.minor || now.currency !== before.currency)
    changes.push(`${amount(before.minor, before.currency)} → ${amount(now.minor, now.currency)}`);
  if (now.estimatedMinor !== undefined && now.estimatedMinor !== before.estimatedMinor)
    changes.push(
      `estimated ${amount(before.estimatedMinor, before.currency)} → ${amount(now.estimatedMinor, now.currency)}`,
    );
  if (now.state !== before.state) changes.push(`${before.state} → ${now.state}`);
  if (now.stream !== undefined && before.stream !== undefined && now.stream !== before.stream)
    changes.push(`${STREAM_LABEL[before.stream]} → ${STREAM_LABEL[now.stream]}`);
  if (now.first !== before.first || now.last !== before.last)
    changes.push(`${before.first}..${before.last} → ${now.first}..${now.last}`);
  for (const [name, word] of [...COUNT_WORDS, ...TEXT_WORDS]) {
    if (now[name] === undefined || now[name] === before[name]) continue;
    changes.push(`${word} ${before[name] ?? "unknown"} → ${now[name]}`);
  }
  if (now.lines !== undefined && now.lines !== before.lines) changes.push("other amounts by video");
  if (now.regions && JSON.stringify(now.regions) !== JSON.stringify(before.regions))
    changes.push("other shares of the regions");
  return changes;
}

function amount(minor: string | undefined, currency: Currency | undefined): string {
  if (minor === undefined || currency === undefined) return "unknown";
  return `${decimalOf(BigInt(minor), currencyOf(currency))} ${currency}`;
}
