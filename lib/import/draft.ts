import type { Currency } from "../model/money";
import type { Day } from "../model/month";
import type { Format, PayoutState, Platform, Stream } from "../model/words";

/**
 * Something that could not be read: why, and what to do about it. `line` is the physical line of the file
 * (1 is the first) and `column` the name of the column, where there is one.
 */
export type Problem = { file?: string; line?: number; column?: string; message: string };

/** A day to a day, both included. */
export type Period = { from: Day; to: Day };

export type VideoDraft = {
  sourceKey: string;
  platform: Platform;
  externalId: string;
  title: string | null;
  publishedDay: Day | null;
  /** Null where the file does not say; it is asked for, never guessed. */
  format: Format | null;
  line: number;
};

/** Views and what goes with them over a period, of a video or (videoExternalId null) of the whole channel. */
export type TrafficDraft = Period & {
  sourceKey: string;
  platform: Platform;
  format: Format | null;
  videoExternalId: string | null;
  /** Null is unknown, which is not zero. */
  views: number | null;
  engagedViews: number | null;
  watchSeconds: number | null;
  line: number;
};

export type PayoutLineDraft = { videoExternalId: string; minor: bigint };

export type PayoutDraft = Period & {
  sourceKey: string;
  platform: Platform;
  format: Format | null;
  stream: Stream;
  minor: bigint;
  currency: Currency;
  state: PayoutState;
  /** By video; they add up to `minor` exactly. Empty when the file does not tell videos apart. */
  lines: PayoutLineDraft[];
  line: number;
};

export type Drafts = { videos: VideoDraft[]; traffic: TrafficDraft[]; payouts: PayoutDraft[] };

/** A question the file leaves open. Nothing may be saved before each is answered through the options. */
export type Need =
  | { what: "period"; message: string }
  | { what: "currency"; message: string }
  | { what: "decimal"; column: string; options: readonly [".", ","]; message: string }
  | { what: "dayOrder"; column: string; options: readonly ["dmy", "mdy"]; message: string }
  | { what: "mapping"; message: string }
  | { what: "twins"; options: readonly ["sum", "first", "last"]; groups: Twins[]; message: string };

/** Rows that speak of the same month (or day) and stream, by physical line. */
export type Twins = { when: string; lines: number[] };

export function noDrafts(): Drafts {
  return { videos: [], traffic: [], payouts: [] };
}
