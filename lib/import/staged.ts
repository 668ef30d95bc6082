import type {
  AudienceDraft,
  PayoutDraft,
  PayoutLineDraft,
  ReadingDraft,
  Sink,
  TrafficDraft,
  VideoDraft,
} from "./draft";

/**
 * Drafts on their way into the database: one line of PostgreSQL's COPY text format for each, so that a file of a
 * million rows is never held as a million objects. db/imports.ts copies them into a temporary table of these
 * columns and compares there.
 */
export const STAGED_COLUMNS = {
  /** video, traffic, payout, line (of the payout with the same key), reading or audience */
  what: "text",
  line: "integer",
  key: "text",
  platform: "text",
  /** null: the file does not tell */
  format: "text",
  video: "text",
  first: "date",
  last: "date",
  stream: "text",
  /** of a payout; null: by the sign of its amount */
  kind: "text",
  /** the key of the payout it is about */
  about: "text",
  minor: "bigint",
  currency: "text",
  state: "text",
  estimated_minor: "bigint",
  makings: "jsonb",
  settled_on: "date",
  note: "text",
  title: "text",
  url: "text",
  published_on: "date",
  duration_seconds: "integer",
  views: "bigint",
  qualified_views: "bigint",
  engaged_views: "bigint",
  ad_impressions: "bigint",
  watch_seconds: "bigint",
  likes: "bigint",
  comments: "bigint",
  shares: "bigint",
  followers: "bigint",
  regions: "jsonb",
} as const;

type Column = keyof typeof STAGED_COLUMNS;
type Value = string | number | bigint | null;
/** Where each column's value stands in a draft; a column that is not named is null. */
type Values<Draft> = Partial<Record<Column, (draft: Draft) => Value>>;

const SPECIAL = /[\\\n\r\t\0]/;
const EACH_SPECIAL = new RegExp(SPECIAL, "g");
const NULL = "\\N";
const ESCAPES: Readonly<Record<string, string>> = {
  "\\": "\\\\",
  "\n": "\\n",
  "\r": "\\r",
  "\t": "\\t",
  "\0": "",
};
const COLUMNS = Object.keys(STAGED_COLUMNS) as Column[];

/** A sink that writes each draft as lines of COPY text. */
export function stagingSink(write: (lines: string) => void): Sink {
  return {
    video: (draft) => write(videoLine(draft)),
    traffic: (draft) => write(trafficLine(draft)),
    payout(draft) {
      write(payoutLine(draft));
      for (const part of draft.lines) write(partLine({ ...part, payout: draft }));
    },
    reading: (draft) => write(readingLine(draft)),
    audience: (draft) => write(audienceLine(draft)),
  };
}

const videoLine = lineOf<VideoDraft>({
  what: () => "video",
  line: (draft) => draft.line,
  key: (draft) => draft.sourceKey,
  platform: (draft) => draft.platform,
  format: (draft) => draft.format,
  video: (draft) => draft.externalId,
  title: (draft) => draft.title,
  url: (draft) => draft.url,
  published_on: (draft) => draft.publishedDay,
  duration_seconds: (draft) => draft.durationSeconds,
});

const trafficLine = lineOf<TrafficDraft>({
  what: () => "traffic",
  line: (draft) => draft.line,
  key: (draft) => draft.sourceKey,
  platform: (draft) => draft.platform,
  format: (draft) => draft.format,
  video: (draft) => draft.videoExternalId,
  first: (draft) => draft.from,
  last: (draft) => draft.to,
  views: (draft) => draft.views,
  qualified_views: (draft) => draft.qualifiedViews,
  engaged_views: (draft) => draft.engagedViews,
  ad_impressions: (draft) => draft.adImpressions,
  watch_seconds: (draft) => draft.watchSeconds,
  likes: (draft) => draft.likes,
  comments: (draft) => draft.comments,
  shares: (draft) => draft.shares,
});

const payoutLine = lineOf<PayoutDraft>({
  what: () => "payout",
  line: (draft) => draft.line,
  key: (draft) => draft.sourceKey,
  platform: (draft) => draft.platform,
  format: (draft) => draft.format,
  first: (draft) => draft.from,
  last: (draft) => draft.to,
  stream: (draft) => draft.stream,
  kind: (draft) => draft.kind ?? null,
  about: (draft) => draft.about ?? null,
  minor: (draft) => draft.minor,
  currency: (draft) => draft.currency,
  state: (draft) => draft.state,
  estimated_minor: (draft) => draft.estimatedMinor,
  makings: (draft) => draft.makings ?? null,
  settled_on: (draft) => draft.settledDay,
  note: (draft) => draft.note,
});

/** What one video earned of a payout. */
const partLine = lineOf<PayoutLineDraft & { payout: PayoutDraft }>({
  what: () => "line",
  line: ({ payout }) => payout.line,
  key: ({ payout }) => payout.sourceKey,
  video: (part) => part.videoExternalId,
  minor: (part) => part.minor,
});

const readingLine = lineOf<ReadingDraft>({
  what: () => "reading",
  line: (draft) => draft.line,
  key: (draft) => draft.sourceKey,
  platform: (draft) => draft.platform,
  video: (draft) => draft.videoExternalId,
  first: (draft) => draft.day,
  last: (draft) => draft.day,
  views: (draft) => draft.views,
  likes: (draft) => draft.likes,
  comments: (draft) => draft.comments,
  shares: (draft) => draft.shares,
  followers: (draft) => draft.followers,
});

const audienceLine = lineOf<AudienceDraft>({
  what: () => "audience",
  line: (draft) => draft.line,
  key: (draft) => draft.sourceKey,
  platform: (draft) => draft.platform,
  first: (draft) => `${draft.month}-01`,
  last: (draft) => `${draft.month}-01`,
  regions: (draft) => JSON.stringify(draft.regions),
});

/** Made once for each kind of draft: there are millions of lines, most of whose columns are null. */
function lineOf<Draft>(values: Values<Draft>): (draft: Draft) => string {
  const parts: { before: string; value: (draft: Draft) => Value }[] = [];
  let before = "";
  for (const [index, column] of COLUMNS.entries()) {
    if (index > 0) before += "\t";
    const value = values[column];
    if (value) {
      parts.push({ before, value });
      before = "";
    } else before += NULL;
  }
  const after = `${before}\n`;
  return (draft) => {
    let line = "";
    for (const part of parts) line += part.before + copyValue(part.value(draft));
    return line + after;
  };
}

/** PostgreSQL's text format: backslash escapes; a NUL can be in no text of PostgreSQL. */
function copyValue(value: Value): string {
  if (value === null) return NULL;
  if (typeof value !== "string") return String(value);
  return SPECIAL.test(value) ? value.replace(EACH_SPECIAL, (character) => ESCAPES[character] ?? "") : value;
}
