import type { Currency } from "../model/money";
import type { Day, Month } from "../model/month";
import type { EntryKind, Format, PayoutState, Platform, Region, Stream } from "../model/words";

/**
 * Something that could not be read: why, and what to do about it. `line` is the physical line of the file
 * (1 is the first) and `column` the name of the column, where there is one.
 */
export type Problem = { file?: string; line?: number; column?: string; message: string };

/** A day to a day, both included. */
export type Period = { from: Day; to: Day };

/** What every draft tells of itself. */
type Common = {
  /**
   * Names the fact: the same one in two exports has the same key. One of several things of the same days (an order,
   * a LIVE creator) is named after a slash, "tt:shop/576…": two such names are two facts, any others are one.
   */
  sourceKey: string;
  line: number;
};

export type VideoDraft = Common & {
  platform: Platform;
  externalId: string;
  /** Blank where the file tells none and none follows from the id. */
  url: string;
  title: string | null;
  publishedDay: Day | null;
  durationSeconds: number | null;
  /** Null where the file does not say; it is asked for, never guessed. */
  format: Format | null;
};

/** Counts over a period. Null is unknown, which is not zero. */
export type Figures = {
  views: number | null;
  qualifiedViews: number | null;
  engagedViews: number | null;
  adImpressions: number | null;
  watchSeconds: number | null;
  likes: number | null;
  comments: number | null;
  shares: number | null;
};

export const NO_FIGURES: Figures = {
  views: null,
  qualifiedViews: null,
  engagedViews: null,
  adImpressions: null,
  watchSeconds: null,
  likes: null,
  comments: null,
  shares: null,
};

/** Views and what goes with them over a period, of a video or (videoExternalId null) of the whole channel. */
export type TrafficDraft = Common &
  Period &
  Figures & {
    platform: Platform;
    format: Format | null;
    videoExternalId: string | null;
  };

/** Counts "so far" as they stood on a day, of a video or (videoExternalId null) of the whole channel. */
export type ReadingDraft = Common & {
  platform: Platform;
  videoExternalId: string | null;
  day: Day;
  views: number | null;
  likes: number | null;
  comments: number | null;
  shares: number | null;
  followers: number | null;
};

/** Where a channel's audience sits in a month: parts per million by region, which add up to a million. */
export type AudienceDraft = Common & {
  platform: Platform;
  month: Month;
  regions: Partial<Record<Region, number>>;
};

export type PayoutLineDraft = { videoExternalId: string; minor: bigint };

export type PayoutDraft = Common &
  Period & {
    platform: Platform;
    format: Format | null;
    stream: Stream;
    /** An earning or, below zero, an adjustment, unless the file says more. */
    kind?: EntryKind;
    /** The key of the payout that a refund, a withheld tax or the like is about. */
    about?: string;
    minor: bigint;
    currency: Currency;
    state: PayoutState;
    /** What the platform estimated before the amount was final, where the file tells both. */
    estimatedMinor: bigint | null;
    /** How the amount came about, as JSON (lib/model/makings.ts). */
    makings?: string;
    /** The day on which the platform settled it, where the file tells it. */
    settledDay: Day | null;
    note: string;
    /** By video; at most `minor` in sum. Empty when the file does not tell videos apart. */
    lines: PayoutLineDraft[];
  };

/** A payout of which a file gives the platform's estimate and nothing beside it. */
export const ESTIMATE = { state: "estimated", estimatedMinor: null, settledDay: null, note: "" } as const;

/** Takes what a format reads, in the order of the file. Nothing is kept of it: a file may have a million rows. */
export type Sink = {
  video(draft: VideoDraft): void;
  traffic(draft: TrafficDraft): void;
  payout(draft: PayoutDraft): void;
  reading(draft: ReadingDraft): void;
  audience(draft: AudienceDraft): void;
};

export type Drafts = {
  videos: VideoDraft[];
  traffic: TrafficDraft[];
  payouts: PayoutDraft[];
  readings: ReadingDraft[];
  audiences: AudienceDraft[];
};

/** A question the file leaves open. Nothing may be saved before each is answered through the options. */
export type Need =
  | { what: "period"; message: string }
  | { what: "currency"; message: string }
  | { what: "decimal"; column: string; options: readonly [".", ","]; message: string }
  | { what: "dayOrder"; column: string; options: readonly ["dmy", "mdy"]; message: string }
  | { what: "mapping"; message: string }
  /** The day of a "so far", or of the last row of dates without a year: when the file was exported. */
  | { what: "asOf"; message: string }
  /** A file of many creators or channels: which of them is meant. */
  | { what: "subject"; options: readonly Subject[]; message: string }
  /** What one unit (a diamond) is worth; `suggested` is a labelled convention, never taken unasked. */
  | { what: "unitPrice"; unit: string; suggested: string | null; message: string }
  | { what: "twins"; options: readonly TwinsAnswer[]; groups: Twins[]; message: string };

/** What holds of rows that speak of the same: their sum, the first, the last, or each by itself. */
export type TwinsAnswer = "sum" | "first" | "last" | "keep";

/** Rows that speak of the same month (or day) and stream, by physical line. */
export type Twins = { when: string; lines: number[] };

export type Subject = { value: string; label: string };

export function noDrafts(): Drafts {
  return { videos: [], traffic: [], payouts: [], readings: [], audiences: [] };
}

/** A sink that keeps all: for tests, and for what is small by nature. */
export function collecting(drafts: Drafts): Sink {
  return {
    video: (draft) => drafts.videos.push(draft),
    traffic: (draft) => drafts.traffic.push(draft),
    payout: (draft) => drafts.payouts.push(draft),
    reading: (draft) => drafts.readings.push(draft),
    audience: (draft) => drafts.audiences.push(draft),
  };
}
