import { createHash } from "node:crypto";
import { count, dayName, decimal, money, monthName } from "./format";
import type { DayOrder } from "./import/dates";
import type { Drafts, Need, PayoutDraft, Period, Problem, TrafficDraft, VideoDraft } from "./import/draft";
import { MAX_LISTED_PROBLEMS } from "./import/limits";
import type { Mapping } from "./import/mapping";
import type { DecimalMark } from "./import/numbers";
import {
  type Existing,
  type Overlap,
  type OverlapChoice,
  type Plan,
  type Planned,
  planImport,
  settlePlan,
  type Writes,
} from "./import/plan";
import type { CollectedOutcome, Found } from "./import/read";
import type { Currency } from "./model/money";
import { firstDay, lastDay, monthOf } from "./model/month";
import { type Format, PLATFORM_LABEL, type Platform, STREAM_LABEL, type Stream } from "./model/words";

/**
 * What an import would do, as the page shows it: texts are finished, in the reader's language. Pure. The same
 * file, choices and existing entries always give the same plan and the same hash.
 */

/** What the person chose; sent back with the file at every step. */
export type ImportChoices = {
  channel?: ChannelChoice;
  period?: Period;
  dayOrder?: DayOrder;
  decimal?: DecimalMark;
  currency?: Currency;
  mapping?: Mapping;
  twins?: "sum" | "first" | "last";
  /** of the videos that are new, unless `videoFormats` says otherwise for one */
  videoFormat?: Format;
  videoFormats?: Record<string, Format>;
  /** by the overlap's key; what is not named stays as it is */
  overlaps?: Record<string, OverlapChoice>;
};

/** A channel that is there, or (with a platform) one that is made with the import. */
export type ChannelChoice = { id: string; newOn: Platform | null };

export type Ask = { what: Need["what"] | "channel" | "videoFormat"; message: string };
export type Status = "new" | "changed" | "overlap" | "unchanged";

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
      newVideos: { externalId: string; title: string; format: Format | null }[];
      /** "38 months of views and 60 payouts"; null when there is nothing to write */
      writes: string | null;
      /** what a commit must name; null when it is not ready */
      hash: string | null;
    };

/** A problem or notice: `place` is "Line 12, column “Views”" or blank. */
export type Remark = { place: string; message: string };

const MAX_LISTED_ROWS = 1_000;

/** What a file brings to one channel, ready to be compared. */
export type Brought = {
  drafts: Omit<Drafts, "videos"> & { videos: BroughtVideo[] };
  notices: Problem[];
};
type BroughtVideo = VideoDraft & { title: string };
/** The writes of lib/import/plan, with videos as they will stand; one of unknown format is asked for, not among them. */
export type ImportWrites = Omit<Writes, "videos"> & { videos: (BroughtVideo & { format: Format })[] };

/**
 * The drafts of a reading as a channel on this platform takes them (null: not chosen yet): rows of other
 * platforms are left aside, videos get the chosen format, and lines by video that cannot be part of their
 * payout are left out. What was left is told by a notice.
 */
export function bringTo(drafts: Drafts, platform: Platform | null, choices: ImportChoices): Brought {
  const notices: Problem[] = [];
  const isOfChannel = (draft: { platform: Platform }) =>
    platform === null || draft.platform === platform || draft.platform === "other";
  const aside = [...drafts.traffic, ...drafts.payouts].filter((draft) => !isOfChannel(draft));
  for (const other of new Set(aside.map((draft) => draft.platform))) {
    const rows = aside.filter((draft) => draft.platform === other).length;
    notices.push({
      message: `${rows} entries of ${PLATFORM_LABEL[other]} are left aside, since the channel is on ${PLATFORM_LABEL[platform ?? "other"]}. Bring the file once more for the other channel.`,
    });
  }
  const payouts = drafts.payouts.filter(isOfChannel).map((draft) => {
    const isSplit = draft.lines.some(({ minor }) => (draft.minor < 0n ? minor > 0n : minor < 0n));
    if (!isSplit) return draft;
    notices.push({
      message:
        "Some videos earned and some gave back, so the amounts by video are left out; the payout itself is whole.",
    });
    return { ...draft, lines: [] };
  });
  const videos = drafts.videos.map((draft) => ({
    ...draft,
    format: formatChosen(draft, choices),
    title: draft.title ?? draft.externalId,
  }));
  return { drafts: { ...drafts, videos, traffic: drafts.traffic.filter(isOfChannel), payouts }, notices };
}

/** The days that drafts speak of; null when they name none. */
export function periodOf({ traffic, payouts }: Pick<Drafts, "traffic" | "payouts">): Period | null {
  return [...traffic, ...payouts].reduce<Period | null>(
    (span, { from, to }) => ({
      from: span && span.from < from ? span.from : from,
      to: span && span.to > to ? span.to : to,
    }),
    null,
  );
}

/** Plan, writes and the hash that names both; choices an overlap does not offer count as "keep". */
export function planFor(
  brought: Brought,
  existing: Existing,
  choices: ImportChoices,
  fileSha256: string,
): { plan: Plan; writes: ImportWrites; hash: string } {
  const plan = planImport(brought.drafts, existing);
  const overlaps = new Map(plan.overlaps.map((overlap) => [overlap.key, chosenFor(overlap, choices)]));
  const settled = settlePlan(plan, overlaps);
  const videoOf = new Map(brought.drafts.videos.map((video) => [video.externalId, video]));
  const videos = settled.videos.flatMap(({ externalId, format }) => {
    const video = videoOf.get(externalId);
    return video && format ? [{ ...video, format }] : [];
  });
  const writes = { ...settled, videos };
  const named = { fileSha256, channel: choices.channel?.id, plan, overlaps: [...overlaps], videos };
  const text = JSON.stringify(named, (_key, value) => (typeof value === "bigint" ? `${value}` : value));
  return { plan, writes, hash: createHash("sha256").update(text).digest("hex") };
}

/** True when an import would change nothing. */
export function isNothing(writes: ImportWrites): boolean {
  return Object.values(writes).every((list) => list.length === 0);
}

export type PreviewInput = {
  outcome: CollectedOutcome;
  choices: ImportChoices;
  /** with the channel, once one is chosen */
  brought: Brought | null;
  existing: Existing;
  fileSha256: string;
  locale: string;
};

/** What the page shows for a file as it was read. */
export function previewOf({
  outcome,
  choices,
  brought,
  existing,
  fileSha256,
  locale,
}: PreviewInput): Preview {
  const file = outcome.found ? fileOf(outcome.found) : null;
  if (outcome.kind === "refused") return { kind: "refused", file, problems: outcome.problems.map(remarkOf) };
  if (outcome.kind === "not_useful")
    return { kind: "not_useful", file: fileOf(outcome.found), message: outcome.message };

  const ready = brought ?? bringTo(outcome.drafts, null, choices);
  const { plan, writes, hash } = planFor(ready, existing, choices, fileSha256);
  const asks = asksOf(outcome.needs, choices, plan, brought !== null);
  const rows = rowsOf(plan, brought ? ready : null, locale);
  return {
    kind: "read",
    file: fileOf(outcome.found),
    channel: choices.channel ?? null,
    period: periodOf(outcome.drafts),
    asks,
    mapping: outcome.mapping ?? null,
    problems: outcome.problems.map(remarkOf),
    refused: refusedRows(outcome.problems),
    notices: [...outcome.notices, ...ready.notices].slice(0, MAX_LISTED_PROBLEMS).map(remarkOf),
    counts: countsOf(plan),
    totals: totalsOf(plan, writes, locale),
    overlaps: plan.overlaps.map((overlap) => ({
      key: overlap.key,
      message: overlap.message,
      choices: overlap.choices,
      chosen: chosenFor(overlap, choices),
    })),
    rows: rows.slice(0, MAX_LISTED_ROWS),
    moreRows: Math.max(0, rows.length - MAX_LISTED_ROWS),
    newVideos: newVideosOf(plan).map((draft) => ({
      externalId: draft.externalId,
      title: draft.title ?? draft.externalId,
      format: formatChosen(draft, choices),
    })),
    writes: isNothing(writes) ? null : sentenceOf(writes, locale),
    hash: asks.length === 0 && !isNothing(writes) ? hash : null,
  };
}

/** "January 2026", "3 Jan 2026" or "3 Jan 2026 – 9 Feb 2026". */
export function periodLabel({ from, to }: Period, locale: string): string {
  const month = monthOf(from);
  if (from === firstDay(month) && to === lastDay(month)) return monthName(month, locale);
  return from === to ? dayName(from, locale) : `${dayName(from, locale)} – ${dayName(to, locale)}`;
}

function chosenFor(overlap: Overlap, { overlaps = {} }: ImportChoices): OverlapChoice {
  const choice = Object.hasOwn(overlaps, overlap.key) ? overlaps[overlap.key] : undefined;
  return choice && overlap.choices.includes(choice) ? choice : "keep";
}

function formatChosen(draft: VideoDraft, { videoFormat, videoFormats = {} }: ImportChoices): Format | null {
  const own = Object.hasOwn(videoFormats, draft.externalId) ? videoFormats[draft.externalId] : undefined;
  return draft.format ?? own ?? videoFormat ?? null;
}

/** What is still to be said before anything can be imported. */
export function asksOf(
  needs: readonly Need[],
  choices: ImportChoices,
  plan: Plan,
  hasChannel: boolean,
): Ask[] {
  const asks: Ask[] = needs.map(({ what, message }) => ({ what, message }));
  if (!hasChannel)
    asks.push({ what: "channel", message: "Say which channel the file is about, or name a new one." });
  if (newVideosOf(plan).some((draft) => formatChosen(draft, choices) === null))
    asks.push({
      what: "videoFormat",
      message: "The file does not tell Shorts from long videos. Say which they are.",
    });
  return asks;
}

function newVideosOf(plan: Plan): VideoDraft[] {
  return plan.videos.flatMap((video) => (video.status === "new" ? [video.draft] : []));
}

function countsOf(plan: Plan): Record<Status, number> {
  const counts = { new: 0, changed: 0, overlap: 0, unchanged: 0 };
  for (const { status } of [...plan.payouts, ...plan.traffic, ...plan.videos]) counts[status]++;
  return counts;
}

/** A row with two faults is one refused row. */
function refusedRows(problems: Problem[]): number {
  return new Set(problems.flatMap(({ line }) => line ?? [])).size;
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
function totalsOf(plan: Plan, writes: ImportWrites, locale: string): PreviewTotal[] {
  const written = new Set<PayoutDraft | TrafficDraft>(
    [...writes.payouts, ...writes.traffic].map(({ draft }) => draft),
  );
  const cells = new Map<string, { stream: Stream; currency: Currency; drafts: PayoutDraft[] }>();
  for (const { draft } of plan.payouts) {
    const key = `${draft.stream} ${draft.currency}`;
    const cell = cells.get(key) ?? { stream: draft.stream, currency: draft.currency, drafts: [] };
    cell.drafts.push(draft);
    cells.set(key, cell);
  }
  const sum = (drafts: PayoutDraft[]) => drafts.reduce((total, { minor }) => total + minor, 0n);
  const totals = [...cells.values()].map(({ stream, currency, drafts }) => ({
    label: STREAM_LABEL[stream],
    unit: currency as string,
    entries: drafts.length,
    inFile: money(sum(drafts), currency, locale),
    toWrite: money(sum(drafts.filter((draft) => written.has(draft))), currency, locale),
  }));
  const figures = [
    ["Views", "views", (value: number) => count(value, locale)],
    ["Engaged views", "engagedViews", (value: number) => count(value, locale)],
    ["Watch time", "watchSeconds", (value: number) => `${decimal(value / 3600, locale, 1)} h`],
  ] as const;
  for (const [label, figure, text] of figures) {
    const drafts = plan.traffic.flatMap(({ draft }) => (draft[figure] === null ? [] : [draft]));
    if (drafts.length === 0) continue;
    const add = (list: TrafficDraft[]) =>
      text(list.reduce((total, draft) => total + (draft[figure] ?? 0), 0));
    const toWrite = add(drafts.filter((draft) => written.has(draft)));
    totals.push({ label, unit: "", entries: drafts.length, inFile: add(drafts), toWrite });
  }
  return totals;
}

const STATUS_ORDER: readonly Status[] = ["changed", "overlap", "new", "unchanged"];

/** What needs a look first, then by period. */
function rowsOf(plan: Plan, brought: Brought | null, locale: string): PreviewRow[] {
  const titles = new Map((brought?.drafts.videos ?? []).map(({ externalId, title }) => [externalId, title]));
  const sorted = [
    ...plan.payouts.map((planned) => ({
      from: planned.draft.from,
      row: rowOf(planned, {
        what: STREAM_LABEL[planned.draft.stream],
        when: periodLabel(planned.draft, locale),
        figure: money(planned.draft.minor, planned.draft.currency, locale),
      }),
    })),
    ...plan.traffic.map((planned) => {
      const { draft } = planned;
      const title = draft.videoExternalId === null ? null : titles.get(draft.videoExternalId);
      return {
        from: draft.from,
        row: rowOf(planned, {
          what: title ? `Views of “${title}”` : "Views",
          when: periodLabel(draft, locale),
          figure: trafficFigure(draft, locale),
        }),
      };
    }),
    ...plan.videos.map((planned) => ({
      from: planned.draft.publishedDay ?? "",
      row: rowOf(planned, {
        what: `Video “${planned.draft.title ?? planned.draft.externalId}”`,
        when: planned.draft.publishedDay ? `published ${dayName(planned.draft.publishedDay, locale)}` : "",
        figure: "",
      }),
    })),
  ];
  return sorted
    .sort(
      (a, b) =>
        STATUS_ORDER.indexOf(a.row.status) - STATUS_ORDER.indexOf(b.row.status) ||
        (a.from < b.from ? -1 : a.from > b.from ? 1 : 0),
    )
    .map(({ row }) => row);
}

function rowOf<D extends { sourceKey: string }, E>(
  planned: Planned<D, E>,
  texts: { what: string; when: string; figure: string },
): PreviewRow {
  const changes = planned.status === "changed" ? planned.changes : [];
  return { key: `${texts.what} ${planned.draft.sourceKey}`, ...texts, status: planned.status, changes };
}

function trafficFigure({ views, engagedViews, watchSeconds }: TrafficDraft, locale: string): string {
  const parts = [
    views === null ? null : `${count(views, locale)} views`,
    views === null && engagedViews !== null ? `${count(engagedViews, locale)} engaged views` : null,
    watchSeconds === null ? null : `${decimal(watchSeconds / 3600, locale, 1)} h watched`,
  ];
  return parts.filter((part) => part !== null).join(", ");
}

function sentenceOf(writes: ImportWrites, locale: string): string {
  const voids = writes.voidPayouts.length + writes.voidTraffic.length;
  const parts = [
    counted(writes.payouts.length, "payout", "payouts", locale),
    counted(writes.traffic.length, "entry of views", "entries of views", locale),
    counted(writes.videos.length, "video", "videos", locale),
    counted(
      writes.lines.length,
      "payout gets its amounts by video",
      "payouts get their amounts by video",
      locale,
    ),
    counted(voids, "entry gives way", "entries give way", locale),
  ].filter((part) => part !== null);
  const last = parts.pop() ?? "";
  return parts.length === 0 ? last : `${parts.join(", ")} and ${last}`;
}

function counted(number: number, one: string, many: string, locale: string): string | null {
  return number === 0 ? null : `${count(number, locale)} ${number === 1 ? one : many}`;
}
