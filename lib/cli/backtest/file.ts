import type { Need, Period, Problem } from "../../import/draft";
import { type Mapping, streamOf } from "../../import/mapping";
import { openTables } from "../../import/open";
import { type CollectedOutcome, readNow } from "../../import/read";
import { FileFault, sourceInMemory } from "../../import/source";
import { currencyOf } from "../../model/money";
import { type Day, dayOf, monthOf } from "../../model/month";
import { type Format, type Platform, STREAM_LABEL } from "../../model/words";
import { readPlain } from "./plain";
import {
  type Amount,
  dayPlace,
  type FileRow,
  type FileRows,
  monthPlace,
  ownStreamOf,
  type Place,
  type ReadSettings,
  refuse,
  type Unit,
} from "./rows";

const USD = currencyOf("USD");
/** A table of videos must be told its days, but rates need none. */
const ANY_PERIOD: Period = { from: dayOf("2000-01-01"), to: dayOf("2000-01-31") };
const NOTES_SHOWN = 5;

type ReadTable = Extract<CollectedOutcome, { kind: "read" }>;

/** The rows of a plain table, or of any file that can be imported. Throws Unreadable when it is neither. */
export function readRows(bytes: Uint8Array, name: string, settings: ReadSettings): FileRows {
  return plainRows(bytes, name, settings) ?? importedRows(bytes, name, settings);
}

/** null when the file is no single table of the plain shape; what is wrong with it then is the importer's to say. */
function plainRows(bytes: Uint8Array, name: string, settings: ReadSettings): FileRows | null {
  try {
    const [only, another] = openTables(sourceInMemory(bytes), name);
    return only && !another ? readPlain(only.table, settings) : null;
  } catch (error) {
    if (error instanceof FileFault) return null;
    throw error;
  }
}

function importedRows(bytes: Uint8Array, name: string, settings: ReadSettings): FileRows {
  const outcome = readComplete(bytes, name, settings);
  const { drafts, found, notices } = outcome;
  const isOfVideos = drafts.videos.length > 0;
  const unit = settings.unit ?? (isOfVideos ? "video" : "month");
  if (isOfVideos && unit !== "video")
    refuse({ message: "A table of videos has no months or weeks of its own; leave out --unit." });
  if (!isOfVideos && unit === "video")
    refuse({ message: "The table does not tell videos apart; leave out --unit, or say week." });
  if (drafts.payouts.length === 0)
    refuse({
      message: `The table (${found.label}) holds no money; add a column of it, such as "Estimated revenue" in YouTube Studio's Advanced mode.`,
    });
  const rows = isOfVideos ? rowsOfVideos(outcome) : rowsOfPeriods(outcome, unit, settings);
  return { unit, kind: found.label, rows, notes: notesOn(notices) };
}

/** What the importer reads, with nothing refused and nothing left open: whoever is judged brings all of it. */
function readComplete(bytes: Uint8Array, name: string, settings: ReadSettings): ReadTable {
  const options = { channelKey: "backtest", today: ANY_PERIOD.to, period: ANY_PERIOD, currency: USD };
  const first = readNow(bytes, name, options);
  const mapping = first.kind === "read" && first.mapping ? withOwnStream(first.mapping, settings) : undefined;
  const outcome = mapping ? readNow(bytes, name, { ...options, mapping }) : first;
  if (outcome.kind === "not_useful") return refuse({ message: outcome.message });
  const [problem] = outcome.problems;
  if (problem)
    refuse(
      { ...problem, file: problem.file === name ? undefined : problem.file },
      outcome.problems.length - 1,
    );
  if (outcome.kind === "refused") return refuse({ message: "Nothing of the file can be read." });
  const [need] = outcome.needs;
  if (need) refuse({ ...("column" in need ? { column: need.column } : {}), message: remedyOf(need) });
  return outcome;
}

/** Money beside views whose stream no header names is what the platform pays, not "other" money without views. */
function withOwnStream(mapping: Mapping, settings: ReadSettings): Mapping {
  const { amounts, views, watchHours } = mapping;
  if (!amounts || !views) return mapping;
  const own = ownStreamOf(settings.platform ?? (watchHours ? "youtube" : "other"));
  if (amounts.shape === "long") {
    const isUnnamed = "fixed" in amounts.stream && amounts.stream.fixed === "other";
    return isUnnamed ? { ...mapping, amounts: { ...amounts, stream: { fixed: own } } } : mapping;
  }
  const columns = amounts.columns.map((each) => {
    return each.stream === "other" && streamOf(each.column) === null ? { ...each, stream: own } : each;
  });
  return { ...mapping, amounts: { shape: "wide", columns } };
}

function remedyOf(need: Need): string {
  const remedy = {
    period: "",
    currency: 'Name it in the header, as in "Estimated revenue (USD)".',
    decimal: "Write such amounts with a point and without grouping, as in 1234.56.",
    dayOrder: "Write them as YYYY-MM-DD.",
    mapping: "The simplest table has the columns period, views, revenue and currency.",
    twins: "Leave one of such rows, or sum them.",
    asOf: "",
    subject: "Leave only its rows.",
    unitPrice: "",
  }[need.what];
  return `${need.message} ${remedy}`.trim();
}

/** In the order of publishing, those without a day last and otherwise as in the file. */
function rowsOfVideos({ drafts }: ReadTable): FileRow[] {
  const traffic = new Map(drafts.traffic.map((each) => [each.videoExternalId, each]));
  const [payout] = drafts.payouts;
  const minor = new Map(payout?.lines.map((line) => [line.videoExternalId, line.minor]));
  const videos = [...drafts.videos].sort((a, b) => {
    const [first, second] = [a.publishedDay ?? "9999", b.publishedDay ?? "9999"];
    return first < second ? -1 : first > second ? 1 : 0;
  });
  return videos.map(({ externalId, publishedDay, platform, format, line }): FileRow => {
    const drawn = traffic.get(externalId);
    const currency = payout?.currency ?? USD;
    const stream = payout?.stream ?? ownStreamOf(platform);
    return {
      label: externalId,
      at: null,
      month: publishedDay === null ? null : monthOf(publishedDay),
      day: null,
      line,
      platform,
      format: format ?? "all",
      views: drawn?.views ?? null,
      watchSeconds: drawn?.watchSeconds ?? null,
      regions: null,
      amounts: [{ name: STREAM_LABEL[stream], stream, currency, minor: minor.get(externalId) ?? null }],
    };
  });
}

/** One row for each period, platform and format: its traffic and all the money that goes with it. */
function rowsOfPeriods({ drafts, mapping }: ReadTable, unit: Unit, settings: ReadSettings): FileRow[] {
  const hasWatchTime = drafts.traffic.some(({ watchSeconds }) => watchSeconds !== null);
  const usual = settings.platform ?? (hasWatchTime ? "youtube" : "other");
  const rows = new Map<string, FileRow>();
  for (const draft of [...drafts.traffic, ...drafts.payouts]) {
    const key = keyOf(draft);
    if (rows.has(key)) continue;
    rows.set(key, {
      ...placeOf(draft, unit),
      line: draft.line,
      platform: draft.platform === "other" ? usual : draft.platform,
      format: draft.format ?? "all",
      views: null,
      watchSeconds: null,
      regions: null,
      amounts: [],
    });
  }
  for (const draft of drafts.traffic) {
    const { views, watchSeconds } = draft;
    rows.set(keyOf(draft), { ...rows.get(keyOf(draft))!, views, watchSeconds });
  }
  for (const draft of drafts.payouts) {
    const { stream, currency, minor } = draft;
    const row = rows.get(keyOf(draft))!;
    const amount = { name: STREAM_LABEL[stream], stream, currency, minor };
    rows.set(keyOf(draft), { ...row, amounts: [...row.amounts, amount] });
  }
  return mapping?.amounts?.shape === "wide" ? withBlanks([...rows.values()]) : [...rows.values()];
}

/** In a table with a column per stream a blank cell is unknown; where streams stand below each other, none is. */
function withBlanks(rows: readonly FileRow[]): FileRow[] {
  const idOf = ({ stream, currency }: Amount) => `${stream} ${currency}`;
  const every = new Map(rows.flatMap(({ amounts }) => amounts).map((amount) => [idOf(amount), amount]));
  return rows.map((row) => {
    const told = new Set(row.amounts.map(idOf));
    const blank = [...every.values()].filter((amount) => !told.has(idOf(amount)));
    return { ...row, amounts: [...row.amounts, ...blank.map((amount) => ({ ...amount, minor: null }))] };
  });
}

function placeOf({ from, to }: Period, unit: Unit): Place {
  if (from === to) return dayPlace(from, unit);
  if (unit === "week")
    refuse({ message: "The table has a row per month, which cannot be cut into weeks; leave out --unit." });
  return monthPlace(monthOf(from), null);
}

function keyOf({ from, platform, format }: { from: Day; platform: Platform; format: Format | null }): string {
  return `${from} ${platform} ${format}`;
}

function notesOn(notices: readonly Problem[]): string[] {
  const shown = notices.slice(0, NOTES_SHOWN).map(({ line, message }) => {
    return line === undefined ? message : `Line ${line}: ${message}`;
  });
  const left = notices.length - shown.length;
  return left > 0 ? [...shown, `And ${left} more such notes.`] : shown;
}
