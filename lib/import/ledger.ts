import {
  CHANNEL_IN_REFERENCE,
  LEDGER_COLUMNS,
  LEDGER_ENTRIES,
  type LedgerColumn,
} from "../model/ledger-columns";
import { type Currency, isCurrency, parseMoney } from "../model/money";
import { type Day, isDay, monthOf } from "../model/month";
import type { Result } from "../model/result";
import {
  FORMATS,
  KINDS_OF_ENTRY,
  PLATFORM_LABEL,
  PLATFORMS,
  REGIONS,
  type Region,
  STATES,
  STREAMS,
} from "../model/words";
import type { Need, PayoutDraft, Problem, Sink, Subject } from "./draft";
import { type FileFormat, type NamedChannel, type Reading, type ReadOptions, raggedProblem } from "./format";
import { parseCount } from "./numbers";
import { columnsOf, normalise, type Row, shown, type Table } from "./parse";

/** What "Download everything" gives: each entry that counts, with all that is known of it. */
export const LEDGER: FileFormat = {
  id: "permille-ledger",
  label: "Permille: everything of a creator",
  detect(table) {
    const columns = columnsOf(table);
    const telling: readonly LedgerColumn[] = ["entry", "reference", "about", "kind"];
    return telling.every((name) => columns.has(normalise(LEDGER_COLUMNS[name])));
  },
  read: readLedger,
};

const MILLION = 1_000_000;
/** Platform and name of no channel. */
const NO_CHANNEL = "/";

function readLedger(table: Table, options: ReadOptions, out: Sink): Reading {
  const problems: Problem[] = [];
  const at = positionsOf(table, problems);
  if (problems.length > 0) return { kind: "refused", problems };
  const subjects = subjectsOf(table, at, options);
  const subject = subjects.length > 1 ? subjects.find(({ value }) => value === options.subject) : subjects[0];
  if (!subject) {
    const message = `The file holds ${subjects.length} channels, and each is imported by itself. Choose one; bring the file once more for the next.`;
    const needs: Need[] = subjects.length > 1 ? [{ what: "subject", options: subjects, message }] : [];
    return { kind: "read", needs, problems, notices: [] };
  }
  // A payout is followed by its shares by video, so it is complete when another entry comes.
  let payout: PayoutDraft | null = null;
  for (const row of table.rows) {
    const cells = new Cells(table, row, at, problems, options.channelKey);
    if (cells.channel() !== subject.value && cells.text("entry") !== "share") {
      if (payout) out.payout(payout);
      payout = null;
      continue;
    }
    if (cells.text("entry") === "share") {
      if (payout) addShare(payout, cells);
      continue;
    }
    if (payout) out.payout(payout);
    payout = readEntry(cells, out);
  }
  if (payout) out.payout(payout);
  return { kind: "read", needs: [], problems, notices: [], named: namedBy(subject.value) };
}

/** Each channel of the file, by platform and name; what is of no channel comes last. */
function subjectsOf(table: Table, at: ReadonlyMap<LedgerColumn, number>, options: ReadOptions): Subject[] {
  const values = new Set<string>();
  for (const row of table.rows) {
    const cells = new Cells(table, row, at, [], options.channelKey);
    if (cells.text("entry") !== "share") values.add(cells.channel());
  }
  const labelOf = (value: string) => {
    const named = namedBy(value);
    return named === "creator"
      ? "No channel: the creator as a whole"
      : `${named.name} (${PLATFORM_LABEL[named.platform]})`;
  };
  return [...values]
    .map((value) => ({ value, label: labelOf(value) }))
    .sort((a, b) => Number(a.value === NO_CHANNEL) - Number(b.value === NO_CHANNEL));
}

function namedBy(value: string): NamedChannel {
  if (value === NO_CHANNEL) return "creator";
  const [platform = "", ...name] = value.split("/");
  return { platform: PLATFORMS.find((known) => known === platform) ?? "other", name: name.join("/") };
}

function positionsOf(table: Table, problems: Problem[]): Map<LedgerColumn, number> {
  const columns = columnsOf(table);
  const at = new Map<LedgerColumn, number>();
  for (const [name, column] of Object.entries(LEDGER_COLUMNS)) {
    const [first, second] = columns.get(normalise(column)) ?? [];
    if (second !== undefined)
      problems.push({ column, message: `The column "${column}" occurs twice; remove one of them.` });
    if (first !== undefined) at.set(name as LedgerColumn, first);
  }
  return at;
}

function addShare(payout: PayoutDraft, cells: Cells): void {
  const share = {
    videoExternalId: cells.needed("video"),
    minor: cells.money("amount", payout.currency) ?? 0n,
  };
  if (cells.reference("reference") !== payout.sourceKey)
    cells.refuse(
      "reference",
      "This share does not follow its payout; keep the rows in the order of the file.",
    );
  if (!cells.isFaulty) payout.lines.push(share);
}

/** Gives an entry to `out`; a payout is answered instead, since its shares are still to come. */
function readEntry(cells: Cells, out: Sink): PayoutDraft | null {
  const entry = cells.oneOf("entry", LEDGER_ENTRIES);
  const common = {
    sourceKey: cells.reference("reference"),
    platform:
      cells.text("platform") === "" ? ("other" as const) : (cells.oneOf("platform", PLATFORMS) ?? "other"),
    line: cells.row.line,
  };
  const format = cells.text("format") === "" ? null : cells.oneOf("format", FORMATS);
  const videoExternalId = cells.text("video") || null;
  if (entry === "video") {
    const draft = {
      ...common,
      format,
      externalId: cells.needed("video"),
      url: cells.text("link"),
      title: cells.text("title") || null,
      publishedDay: cells.text("published") === "" ? null : cells.day("published"),
      durationSeconds: cells.count("seconds"),
    };
    if (!cells.isFaulty) out.video(draft);
  }
  if (entry === "traffic") {
    const draft = { ...common, format, videoExternalId, ...readPeriod(cells), ...readFigures(cells) };
    if (!cells.isFaulty) out.traffic(draft);
  }
  if (entry === "reading") {
    const { views, likes, comments, shares } = readFigures(cells);
    const day = cells.day("from");
    const draft = {
      ...common,
      videoExternalId,
      day,
      views,
      likes,
      comments,
      shares,
      followers: cells.count("followers"),
    };
    if (!cells.isFaulty) out.reading(draft);
  }
  if (entry === "audience") {
    const draft = { ...common, month: monthOf(cells.day("from")), regions: readRegions(cells) };
    if (!cells.isFaulty) out.audience(draft);
  }
  if (entry !== "payout") return null;
  const payout = readPayout(cells);
  return cells.isFaulty ? null : { ...common, format, ...payout };
}

function readPayout(cells: Cells) {
  const currency = cells.currency();
  const about = cells.text("about") === "" ? null : cells.reference("about");
  const makings = cells.json("makings");
  return {
    ...readPeriod(cells),
    stream: cells.oneOf("stream", STREAMS) ?? "other",
    kind: cells.oneOf("kind", KINDS_OF_ENTRY) ?? "earning",
    state: cells.oneOf("state", STATES) ?? "final",
    minor:
      cells.money("amount", currency) ?? cells.refuse("amount", "The amount is missing; write it as 12.34."),
    currency,
    estimatedMinor: cells.money("estimated", currency),
    settledDay: cells.text("settled") === "" ? null : cells.day("settled"),
    note: cells.text("note"),
    ...(makings === null ? {} : { makings }),
    ...(about === null ? {} : { about }),
    lines: [],
  };
}

function readPeriod(cells: Cells): { from: Day; to: Day } {
  const [from, to] = [cells.day("from"), cells.day("to")];
  if (to < from) cells.refuse("to", "The last day is before the first.");
  return { from, to };
}

function readFigures(cells: Cells) {
  return {
    views: cells.count("views"),
    qualifiedViews: cells.count("qualifiedViews"),
    engagedViews: cells.count("engagedViews"),
    adImpressions: cells.count("adImpressions"),
    watchSeconds: cells.count("watchSeconds"),
    likes: cells.count("likes"),
    comments: cells.count("comments"),
    shares: cells.count("shares"),
  };
}

/** "us_ca_au 600000, unknown 400000". */
function readRegions(cells: Cells): Partial<Record<Region, number>> {
  const regions: Partial<Record<Region, number>> = {};
  let sum = 0;
  for (const part of cells.text("audience").split(",")) {
    const [name = "", parts = ""] = part.trim().split(" ");
    const region = REGIONS.find((known) => known === name);
    if (!region || !/^\d{1,7}$/.test(parts))
      cells.refuse("audience", `"${shown(part)}" is no share of a region; write it as us_ca_au 600000.`);
    else {
      regions[region] = Number(parts);
      sum += Number(parts);
    }
  }
  if (sum > MILLION) cells.refuse("audience", "The shares add up to more than 1,000,000 parts per million.");
  return regions;
}

/** One row. A cell that cannot be read is a problem, and its row is left out whole. */
class Cells {
  #isFaulty = false;

  constructor(
    readonly table: Table,
    readonly row: Row,
    readonly at: ReadonlyMap<LedgerColumn, number>,
    readonly problems: Problem[],
    readonly channelKey: string,
  ) {
    const ragged = raggedProblem(table, row);
    if (ragged) this.#fail(ragged);
  }

  get isFaulty(): boolean {
    return this.#isFaulty;
  }

  /** As it was written: one apostrophe guards a text from being run as a formula. */
  text(name: LedgerColumn): string {
    const cell = this.row.cells[this.at.get(name) ?? -1] ?? "";
    return cell.startsWith("'") ? cell.slice(1) : cell;
  }

  channel(): string {
    return `${this.text("platform")}/${this.text("channel")}`;
  }

  needed(name: LedgerColumn): string {
    const text = this.text(name);
    if (text === "") this.refuse(name, "This is missing; restore it from the file as it was downloaded.");
    return text;
  }

  /** The name of an entry, as it goes in the channel that it is brought to. */
  reference(name: "reference" | "about"): string {
    return this.needed(name).replaceAll(CHANNEL_IN_REFERENCE, this.channelKey);
  }

  oneOf<T extends string>(name: LedgerColumn, words: readonly T[]): T | null {
    const text = this.text(name);
    const word = words.find((known) => known === text) ?? null;
    if (!word) this.refuse(name, `"${shown(text)}" is none of ${words.join(", ")}.`);
    return word;
  }

  day(name: LedgerColumn): Day {
    const text = this.text(name);
    if (!isDay(text)) this.refuse(name, `"${shown(text)}" is not a day; write it as YYYY-MM-DD.`);
    return text as Day;
  }

  count(name: LedgerColumn): number | null {
    return this.#valueOf(name, parseCount(this.text(name), { mark: "." }));
  }

  currency(): Currency {
    const text = this.text("currency");
    if (!isCurrency(text))
      this.refuse("currency", `"${shown(text)}" is not a known currency; use a code such as USD.`);
    return text as Currency;
  }

  /** Null where nothing is written. */
  money(name: LedgerColumn, currency: Currency): bigint | null {
    const text = this.text(name);
    return text === "" || !isCurrency(currency) ? null : this.#valueOf(name, parseMoney(text, currency, "."));
  }

  /** Null where nothing is written. */
  json(name: LedgerColumn): string | null {
    const text = this.text(name);
    if (text === "") return null;
    try {
      const value: unknown = JSON.parse(text);
      if (typeof value === "object" && value !== null && !Array.isArray(value)) return text;
    } catch {
      // Said below.
    }
    this.refuse(name, `"${shown(text)}" is not what was downloaded here; restore it, or leave it blank.`);
    return null;
  }

  /** Answers 0n so that reading can go on; the row counts no more. */
  refuse(name: LedgerColumn, message: string): bigint {
    this.#fail({ line: this.row.line, column: LEDGER_COLUMNS[name], message });
    return 0n;
  }

  #valueOf<T>(name: LedgerColumn, result: Result<T | null>): T | null {
    if (result.ok) return result.value;
    this.refuse(name, result.error);
    return null;
  }

  #fail(problem: Problem): void {
    this.problems.push(problem);
    this.#isFaulty = true;
  }
}
