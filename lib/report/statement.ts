/**
 * A statement as data: tables of typed cells, with every sentence that was worked out already in it as text. What is
 * written to a screen, PDF, workbook, CSV or JSON is this and nothing else, so that one that was kept reads the same
 * whatever the code, the names or the rates have become.
 */

/** Of the shape below; a statement of another one is refused rather than misread. */
export const STATEMENT_VERSION = 1;

/** In the order in which they are shown. `summary` stands first and `making` last in every statement. */
export const STATEMENT_SECTIONS = [
  "streams",
  "months",
  "ladder",
  "commission",
  "platforms",
  "channels",
  "videos",
  "odd",
  "earlier",
  "rpm",
  "projection",
  "gap",
  "received",
  "outstanding",
  "withheld",
  "rates",
  "notes",
] as const;
export type StatementSectionId = (typeof STATEMENT_SECTIONS)[number];
export const STATEMENT_SECTION_LABEL: Readonly<Record<StatementSectionId, string>> = {
  streams: "Earned by stream",
  months: "Month by month",
  ladder: "From credited to net",
  commission: "Commission",
  platforms: "Earned by platform",
  channels: "Earned by channel",
  videos: "Earned by video",
  odd: "Videos that stand out",
  earlier: "Adjustments to earlier months",
  rpm: "Rates per 1,000",
  projection: "Projected against actual",
  gap: "What the gap is made of",
  received: "Payouts received",
  outstanding: "Payouts outstanding",
  withheld: "Withheld tax",
  rates: "Exchange rates used",
  notes: "Notes",
};

/** Minor units as digits, with their currency: exact in every reader of JSON. */
export type StatementMoney = { readonly minor: string; readonly currency: string };
/** Money per 1,000 of what the row names: exact decimal text in whole units of the currency. */
export type StatementRate = { readonly per1000: string; readonly currency: string };
/** Its time has not come. */
export type NotYet = { readonly notYet: true };
/** null: missing, which is neither zero nor not yet. How a text is read, its column says. */
export type StatementCell = string | StatementMoney | StatementRate | NotYet | null;

/**
 * text; money; rate (StatementRate); count (digits); decimal ("1.0845"); percent (a decimal text, 1 is all of it);
 * day ("2026-01-31"); month ("2026-01").
 */
export type CellKind = "text" | "money" | "rate" | "count" | "decimal" | "percent" | "day" | "month";

export type StatementColumn = { readonly key: string; readonly header: string; readonly kind: CellKind };
/** By the columns' keys; where there is nothing to say, a key is absent. */
export type StatementRow = Readonly<Record<string, StatementCell>>;

export type StatementSection = {
  readonly id: StatementSectionId;
  readonly title: string;
  /** one or two sentences; "" for none */
  readonly note: string;
  readonly columns: readonly StatementColumn[];
  readonly rows: readonly StatementRow[];
  /** what the rows come to, one for each currency */
  readonly totals: readonly StatementRow[];
  /** what is said when there are no rows */
  readonly empty: string;
  /** the columns that a picture shows: bars from zero, or steps from one amount to another; null for none */
  readonly picture: StatementPicture | null;
};

/** `label` and `value` are keys of columns; the values are money of one currency. */
export type StatementPicture = {
  readonly kind: "bars" | "steps";
  readonly label: string;
  readonly value: string;
};

/** What a figure of the summary is, whatever it is called. */
export type StatementFigureKey =
  | "booked"
  | "earned"
  | "adjustments"
  | "received"
  | "outstanding"
  | "projected"
  | "gap"
  | "views"
  | "erpm";

/** One figure of the summary. */
export type StatementFigure = {
  readonly key: StatementFigureKey;
  /** the section that it sums up, without which it is not shown either; null: none alone */
  readonly section: StatementSectionId | null;
  readonly label: string;
  readonly kind: CellKind;
  readonly cell: StatementCell;
  /** what stands small beside it; "" for none */
  readonly note: string;
};

export type Statement = {
  readonly version: typeof STATEMENT_VERSION;
  readonly creator: { readonly id: string; readonly name: string; readonly currency: string };
  /** the first and the last month, both included */
  readonly range: { readonly from: string; readonly to: string };
  /** the day in the creator's zone up to which things are known */
  readonly madeOn: string;
  /** what a reader must know before any figure: a month that still runs, amounts left out; "" for nothing */
  readonly caution: string;
  readonly summary: readonly StatementFigure[];
  readonly sections: readonly StatementSection[];
  /** how the figures are made, a sentence or two each */
  readonly making: readonly string[];
};

/** The statement as canonical JSON: keys in one order, no spaces. Its UTF-8 bytes are what a checksum is of. */
export function statementJson(statement: Statement): string {
  return JSON.stringify(statement, (_key, value: unknown) =>
    isObject(value) ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))) : value,
  );
}

/** A kept statement again. Throws RangeError on one of another version. */
export function parseStatement(json: string): Statement {
  const statement = JSON.parse(json) as Statement;
  if (statement.version !== STATEMENT_VERSION)
    throw new RangeError(`A statement of version ${statement.version} cannot be read here.`);
  return statement;
}

/** The statement with only these of its sections, and their figures in the summary; how figures are made stays. */
export function withSections(statement: Statement, ids: readonly StatementSectionId[]): Statement {
  return {
    ...statement,
    summary: statement.summary.filter(({ section }) => section === null || ids.includes(section)),
    sections: statement.sections.filter(({ id }) => ids.includes(id)),
  };
}

/** The statement without what people wrote of entries in their own words. */
export function withoutNotes(statement: Statement): Statement {
  return {
    ...statement,
    sections: statement.sections.map((section) => ({
      ...section,
      columns: section.columns.filter(({ key }) => key !== NOTE_COLUMN),
      rows: section.rows.map(({ [NOTE_COLUMN]: _, ...row }) => row),
    })),
  };
}

/** The key of the columns that hold what people wrote. */
export const NOTE_COLUMN = "note";

export function isMoney(cell: StatementCell): cell is StatementMoney {
  return isObject(cell) && "minor" in cell;
}

export function isRate(cell: StatementCell): cell is StatementRate {
  return isObject(cell) && "per1000" in cell;
}

export function isNotYet(cell: StatementCell): cell is NotYet {
  return isObject(cell) && "notYet" in cell;
}

/** A row's cells in the order of the columns; null where nothing stands. */
export function cellsOf(section: Pick<StatementSection, "columns">, row: StatementRow): StatementCell[] {
  return section.columns.map(({ key }) => row[key] ?? null);
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
