import { isCurrency } from "../model/money";
import { type PayoutState, PLATFORMS, type Platform, STREAMS, type Stream } from "../model/words";
import { type DayOrder, dayOrderOf, type OrderOfColumn, parseDay, parseMonth } from "./dates";
import { videoIn } from "./generic-video";
import { type DecimalMark, decimalMarkOf, isUnknown, parseAmount } from "./numbers";
import { cleanText, firstRows, normalise, type Table } from "./parse";

/** Where a value stands: in a column (by header name) or the same for the whole file. */
export type Source<T extends string = string> = { column: string } | { fixed: T };
/** `currency` null: the header does not tell, it is asked for. */
export type AmountColumn = { column: string; stream: Stream; currency: string | null };

/** Which columns of somebody's own table mean what. Columns are named by header, never by position. */
export type Mapping = {
  when: { column: string; grain: "month" | "day" } | null;
  /** A link to a video, or its id: the row's figures and money are that video's. */
  video?: string;
  /** A number of its own for each row, such as an order's or an invoice's, by which a second import knows it. */
  reference?: string;
  note?: string;
  views?: string;
  qualifiedViews?: string;
  engagedViews?: string;
  likes?: string;
  comments?: string;
  shares?: string;
  watchHours?: string;
  /** "long": one amount per row and its stream beside it. "wide": a column per stream. Null: no money. */
  amounts:
    | { shape: "long"; stream: Source<Stream>; amount: string; currency: Source | null }
    | { shape: "wide"; columns: AmountColumn[] }
    | null;
  platform?: Source<Platform>;
  /** Values short, long, live; blank or absent is all formats. */
  format?: Source;
  state: PayoutState;
  /** Null: not decided by the values; it is asked for. */
  decimal: DecimalMark | null;
  dayOrder: DayOrder | null;
};

const WHEN = [
  "month",
  "date",
  "day",
  "period",
  "monat",
  "datum",
  "mes",
  "mês",
  "mois",
  "fecha",
  "data",
  "earned",
  "earned month",
];
const VIEWS = [
  "views",
  "pageviews",
  "page views",
  "video views",
  "total views",
  "plays",
  "aufrufe",
  "visualizações",
  "visualizaciones",
  "vues",
  "vistas",
];
const WATCH = ["watch time (hours)", "watch hours", "watch time hours", "watch time", "hours watched"];
const COUNTS = {
  qualifiedViews: ["qualified views", "qualified video views"],
  engagedViews: ["engaged views"],
  likes: ["likes", "total likes", "gefällt mir", "mi piace", "me gusta", "curtidas", "j'aime"],
  comments: ["comments", "total comments", "kommentare", "commenti", "comentarios", "commentaires"],
  shares: ["shares", "total shares", "condivisioni", "compartidos", "partages"],
} as const;
const VIDEO_COLUMN = [
  "video",
  "video link",
  "video url",
  "video id",
  "content id",
  "link",
  "url",
  "permalink",
  "post link",
];
const REFERENCE_COLUMN = [
  "reference",
  "ref",
  "order",
  "order id",
  "order no",
  "order number",
  "invoice",
  "invoice id",
  "invoice no",
  "invoice number",
  "transaction",
  "transaction id",
  "payment id",
  "receipt number",
  "rechnungsnummer",
];
const NOTE_COLUMN = ["note", "notes", "description", "memo", "remark", "remarks", "comment", "details"];
const STREAM_COLUMN = ["stream", "source", "type", "income type", "category", "revenue stream"];
const AMOUNT_COLUMN = [
  "amount",
  "earnings",
  "revenue",
  "income",
  "payout",
  "paid",
  "value",
  "estimated earnings",
  "estimated revenue",
];
const PLATFORM_COLUMN = ["platform", "site"];
const FORMAT_COLUMN = ["format", "video format"];
const CURRENCY_COLUMN = ["currency", "currency code"];

/** Words that name a stream, by the first that occurs in a header or a cell. */
const STREAM_WORDS: readonly (readonly [RegExp, Stream])[] = [
  [/affiliat|amazon|commission/, "affiliate"],
  [/sponsor|brand|collab/, "sponsorship"],
  [/super/, "super_like"],
  [/reward|creator fund|bonus/, "rewards"],
  [/gift|diamond|\bstars?\b|\bbits\b|\btips?\b|donat/, "gift"],
  [/shop|merch|store/, "shop"],
  [/subscri|member|patreon/, "subscription"],
  [/\bads?\b|adsense|advert|doubleclick|mediavine|estimated (earnings|revenue)/, "ads"],
];
/** Money that is a sum of other columns, a rate, or not the creator's. */
const NOT_AN_AMOUNT = /\b(total|rpm|cpm|cpc|ctr|gross|average|avg|mean|sum|rate|per|price)\b/;

/** A stream named in words or by its key; null when none is. */
export function streamOf(text: string): Stream | null {
  const words = wordsOf(text);
  const key = STREAMS.find((stream) => wordsOf(stream) === words);
  return key ?? STREAM_WORDS.find(([pattern]) => pattern.test(words))?.[1] ?? null;
}

/** A first guess at what the columns of somebody's own table mean, for the person to correct. */
export function guessMapping(table: Table): Mapping {
  // Enough rows to tell what a column holds; the marks of numbers and dates are settled by all of them.
  const first: Table = { ...table, rows: firstRows(table) };
  const find = (names: readonly string[]) => table.header.find((name) => names.includes(wordsOf(name)));
  const areAll = (name: string | undefined, holds: (cells: string[]) => boolean) =>
    name !== undefined && holds(cellsOf(first, name)) ? name : undefined;
  const amounts = guessAmounts(first, find);
  const money =
    amounts?.shape === "long" ? [amounts.amount] : (amounts?.columns.map(({ column }) => column) ?? []);
  const views = find(VIEWS);
  const watchHours = find(WATCH);
  const platform = find(PLATFORM_COLUMN);
  const format = find(FORMAT_COLUMN);
  const video = areAll(find(VIDEO_COLUMN), areVideos);
  const reference = areAll(find(REFERENCE_COLUMN), areReferences);
  const note = find(NOTE_COLUMN);
  const when = guessWhen(first, find(WHEN), reference !== undefined);
  const counts = Object.entries(COUNTS).flatMap(([role, names]) => {
    const column = areAll(find(names), areAmounts);
    return column === undefined ? [] : [[role, column]];
  });
  const mark = decimalMarkOf(cellsIn(table, [...money, ...(watchHours ? [watchHours] : [])]));
  const order = when ? dayOrderIn(table, when.column) : "either";
  return {
    when,
    amounts,
    state: "final",
    decimal: mark === "none" ? "." : mark,
    dayOrder: order === "dmy" || order === "mdy" ? order : null,
    ...(video ? { video } : {}),
    ...(reference ? { reference } : {}),
    ...(note ? { note } : {}),
    ...(views ? { views } : {}),
    ...Object.fromEntries(counts),
    ...(watchHours ? { watchHours } : {}),
    ...(platform ? { platform: { column: platform } } : {}),
    ...(format ? { format: { column: format } } : {}),
  };
}

const dayOrders = new WeakMap<Table, Map<string, OrderOfColumn>>();

/** The order of day and month in a column; all of its dates are looked at, once. */
export function dayOrderIn(table: Table, column: string): OrderOfColumn {
  const known = dayOrders.get(table) ?? new Map<string, OrderOfColumn>();
  dayOrders.set(table, known);
  const order = known.get(column) ?? dayOrderOf(cellsIn(table, [column]));
  known.set(column, order);
  return order;
}

/** The cells under some header names, row by row, without holding them; names that are no column are left out. */
export function* cellsIn(table: Table, names: readonly string[]): Generator<string> {
  const indexes = names.map((name) => indexOf(table, name)).filter((index) => index >= 0);
  if (indexes.length > 0)
    for (const { cells } of table.rows) for (const index of indexes) yield cells[index] ?? "";
}

function cellsOf(first: Table, name: string): string[] {
  return [...cellsIn(first, [name])];
}

/** Position of the first column of that name; -1 when there is none. */
export function indexOf(table: Table, name: string): number {
  return table.header.findIndex((header) => normalise(header) === normalise(name));
}

function guessWhen(first: Table, named: string | undefined, hasReference: boolean): Mapping["when"] {
  const column = named ?? first.header.find((name) => areMonths(cellsOf(first, name)));
  if (column === undefined) return null;
  const cells = cellsOf(first, column).filter((cell) => !isUnknown(cell));
  const isDay = (cell: string) => parseDay(cell, "dmy").ok || parseDay(cell, "mdy").ok;
  // An order or an invoice is of its day, however few of them fall into one month.
  if (hasReference && cells.length > 0 && cells.every(isDay)) return { column, grain: "day" };
  const days = new Set(cells.filter(isDay));
  const order = guessedOrder(cells);
  const months = new Set(
    cells.map((cell) => parseMonth(cell, order)).map((month) => (month.ok ? month.value : "")),
  );
  return { column, grain: days.size > months.size ? "day" : "month" };
}

function guessedOrder(cells: string[]): DayOrder {
  return dayOrderOf(cells) === "mdy" ? "mdy" : "dmy";
}

function areMonths(cells: string[]): boolean {
  const filled = cells.filter((cell) => !isUnknown(cell));
  return (
    filled.length > 0 && filled.every((cell) => parseMonth(cell, "dmy").ok || parseMonth(cell, "mdy").ok)
  );
}

/** Each row has one, and no two the same. */
function areReferences(cells: string[]): boolean {
  return cells.every((cell) => cell.trim() !== "") && new Set(cells).size === cells.length;
}

function areVideos(cells: string[]): boolean {
  const filled = cells.filter((cell) => !isUnknown(cell));
  const known = filled.filter((cell) => videoIn(cell, null).ok);
  return known.length > 0 && 2 * known.length >= filled.length;
}

function guessAmounts(
  table: Table,
  find: (names: readonly string[]) => string | undefined,
): Mapping["amounts"] {
  const stream = find(STREAM_COLUMN);
  const amount = table.header.find((name) => AMOUNT_COLUMN.includes(withoutCurrency(name).words));
  const currencyColumn = find(CURRENCY_COLUMN);
  if (stream && amount) {
    const code = withoutCurrency(amount).currency;
    const currency = code ? { fixed: code } : currencyColumn ? { column: currencyColumn } : null;
    return { shape: "long", stream: { column: stream }, amount, currency };
  }
  const columns = table.header.flatMap((column): AmountColumn[] => {
    const { words, currency } = withoutCurrency(column);
    const named = streamOf(words);
    const isMoney = currency !== null || named !== null;
    if (
      !isMoney ||
      NOT_AN_AMOUNT.test(words) ||
      AMOUNT_COLUMN.includes(words) ||
      !areAmounts(cellsOf(table, column))
    )
      return [];
    return [{ column, stream: named ?? "other", currency }];
  });
  if (columns.length > 0) return { shape: "wide", columns };
  if (!amount) return null;
  const { words, currency } = withoutCurrency(amount);
  if (currency === null && currencyColumn)
    return {
      shape: "long",
      stream: { fixed: streamOf(words) ?? "other" },
      amount,
      currency: { column: currencyColumn },
    };
  return { shape: "wide", columns: [{ column: amount, stream: streamOf(words) ?? "other", currency }] };
}

/** Mostly amounts: one that cannot be read is a row to refuse, not a reason to overlook the column. */
function areAmounts(cells: string[]): boolean {
  const filled = cells.filter((cell) => !isUnknown(cell));
  const readable = filled.filter((cell) => parseAmount(cell, ".").ok || parseAmount(cell, ",").ok);
  return readable.length > 0 && 2 * readable.length >= filled.length;
}

/**
 * "adsense_usd", "AdSense (usd)" and "AdSense USD" are the words "adsense" in USD. A bare word in small letters
 * is no code: "all", "top" and "pen" are currencies too.
 */
function withoutCurrency(header: string): { words: string; currency: string | null } {
  const parts = /^(.+?)(?:\s*[([]([A-Za-z]{3})[)\]]|_([A-Za-z]{3})|[\s-]([A-Z]{3}))$/.exec(cleanText(header));
  const code = (parts?.[2] ?? parts?.[3] ?? parts?.[4] ?? "").toUpperCase();
  return parts?.[1] && isCurrency(code)
    ? { words: wordsOf(parts[1]), currency: code }
    : { words: wordsOf(header), currency: null };
}

function wordsOf(text: string): string {
  return normalise(text).replace(/[_-]+/g, " ").replace(/\s+/g, " ").trim();
}

/** A platform named in a cell; null when it is none that is known. */
export function platformOf(text: string): Platform | null {
  const word = cleanText(text).toLowerCase();
  return PLATFORMS.find((platform) => platform === word) ?? null;
}
