import type { AudienceDraft, PayoutDraft, ReadingDraft, Sink, TrafficDraft, VideoDraft } from "./draft";

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

type Value = string | number | bigint | null;
type Staged = Partial<Record<keyof typeof STAGED_COLUMNS, Value>>;

const NAMES = Object.keys(STAGED_COLUMNS) as (keyof typeof STAGED_COLUMNS)[];

/** A sink that writes each draft as lines of COPY text. */
export function stagingSink(write: (lines: string) => void): Sink {
  return {
    video: (draft) => write(copyLine(stagedVideo(draft))),
    traffic: (draft) => write(copyLine(stagedTraffic(draft))),
    payout: (draft) => write(stagedPayout(draft).map(copyLine).join("")),
    reading: (draft) => write(copyLine(stagedReading(draft))),
    audience: (draft) => write(copyLine(stagedAudience(draft))),
  };
}

function stagedVideo(draft: VideoDraft): Staged {
  return {
    what: "video",
    line: draft.line,
    key: draft.sourceKey,
    platform: draft.platform,
    format: draft.format,
    video: draft.externalId,
    title: draft.title,
    url: draft.url,
    published_on: draft.publishedDay,
    duration_seconds: draft.durationSeconds,
  };
}

function stagedTraffic(draft: TrafficDraft): Staged {
  return {
    what: "traffic",
    line: draft.line,
    key: draft.sourceKey,
    platform: draft.platform,
    format: draft.format,
    video: draft.videoExternalId,
    first: draft.from,
    last: draft.to,
    views: draft.views,
    qualified_views: draft.qualifiedViews,
    engaged_views: draft.engagedViews,
    ad_impressions: draft.adImpressions,
    watch_seconds: draft.watchSeconds,
    likes: draft.likes,
    comments: draft.comments,
    shares: draft.shares,
  };
}

function stagedPayout(draft: PayoutDraft): Staged[] {
  const payout: Staged = {
    what: "payout",
    line: draft.line,
    key: draft.sourceKey,
    platform: draft.platform,
    format: draft.format,
    first: draft.from,
    last: draft.to,
    stream: draft.stream,
    kind: draft.kind ?? null,
    about: draft.about ?? null,
    minor: draft.minor,
    currency: draft.currency,
    state: draft.state,
    estimated_minor: draft.estimatedMinor,
    settled_on: draft.settledDay,
    note: draft.note,
  };
  const lines = draft.lines.map(
    ({ videoExternalId, minor }): Staged => ({
      what: "line",
      line: draft.line,
      key: draft.sourceKey,
      video: videoExternalId,
      minor,
    }),
  );
  return [payout, ...lines];
}

function stagedReading(draft: ReadingDraft): Staged {
  return {
    what: "reading",
    line: draft.line,
    key: draft.sourceKey,
    platform: draft.platform,
    video: draft.videoExternalId,
    first: draft.day,
    last: draft.day,
    views: draft.views,
    likes: draft.likes,
    comments: draft.comments,
    shares: draft.shares,
    followers: draft.followers,
  };
}

function stagedAudience(draft: AudienceDraft): Staged {
  return {
    what: "audience",
    line: draft.line,
    key: draft.sourceKey,
    platform: draft.platform,
    first: `${draft.month}-01`,
    last: `${draft.month}-01`,
    regions: JSON.stringify(draft.regions),
  };
}

function copyLine(staged: Staged): string {
  return `${NAMES.map((name) => copyValue(staged[name] ?? null)).join("\t")}\n`;
}

/** PostgreSQL's text format: \N for null, backslash escapes; a NUL can be in no text of PostgreSQL. */
function copyValue(value: Value): string {
  if (value === null) return "\\N";
  if (typeof value !== "string") return String(value);
  return value.replaceAll("\0", "").replace(/[\\\n\r\t]/g, (character) => ESCAPES[character] ?? character);
}

const ESCAPES: Readonly<Record<string, string>> = { "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t" };
