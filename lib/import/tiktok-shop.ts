import { type Currency, type Decimal, decimalOf, isCurrency, roundToMinor } from "../model/money";
import { type Result, refuse } from "../model/result";
import { parseDay } from "./dates";
import type { PayoutDraft, Problem, Sink } from "./draft";
import { type FileFormat, type Reading, type ReadOptions, raggedProblem } from "./format";
import { isPlausibleAmount, isUnknown, parseAmount, sumDecimals } from "./numbers";
import { type Row, shown, type Table } from "./parse";
import { type Columns, cellOf, columnsNamed, headerOf, readCell } from "./tiktok-columns";
import {
  ESTIMATES,
  isVideoContent,
  type SettlementStatus,
  SHOP_WORDS,
  type ShopColumn,
  settlementStatusOf,
  TAXES,
} from "./tiktok-shop-words";
import { type TiktokVideo, tiktokVideoOfId, videoDraft } from "./tiktok-video";

/** Without these a row is no order with money, or cannot be told from the same row of another export. */
const NEEDED = [
  ...["order", "sku", "product", "content"],
  ...["status", "currency", "final", "ordered"],
] as readonly ShopColumn[];
/** Videos whose draft was given; beyond it a video may be given again, which the database takes as one. */
const REMEMBERED_VIDEOS = 10_000;
/** Of a file in which every row is broken, no more than this is kept. */
const LISTED_PROBLEMS = 10_000;
const LONGEST_ID = 64;
const SHOWN_NAME = 60;

/** One row of the file and where its problems go. */
type Order = { table: Table; row: Row; columns: Columns<ShopColumn>; problems: Problem[] };

/**
 * The creator's affiliate orders of TikTok Shop: a payout for each row, with what was estimated and what became of
 * it. A file may have a million rows, so nothing is kept of them.
 */
export const TIKTOK_SHOP: FileFormat = {
  id: "tiktok-shop",
  label: "TikTok Shop: the creator's orders",
  detect(table) {
    const { at } = columnsNamed(table, SHOP_WORDS);
    return at.has("order") && at.has("final") && at.has("status");
  },
  read: readOrders,
};

function readOrders(table: Table, options: ReadOptions, out: Sink): Reading {
  const columns = columnsNamed(table, SHOP_WORDS);
  const missing = NEEDED.filter((name) => !columns.at.has(name)).map((name) => ({
    column: SHOP_WORDS[name][0],
    message: `The column "${SHOP_WORDS[name][0]}" is missing. Export the orders again and leave all columns in.`,
  }));
  const fatal = [...columns.twice, ...missing];
  if (fatal.length > 0) return { kind: "refused", problems: fatal };
  const problems: Problem[] = [];
  const known = new Set<string>();
  let unlisted = 0;
  for (const row of table.rows) {
    const video = videoOf(row, columns);
    const payout = readOrder({ table, row, columns, problems }, video, options);
    if (!payout && problems.length > LISTED_PROBLEMS) {
      problems.length = LISTED_PROBLEMS;
      unlisted++;
    }
    if (!payout) continue;
    if (video && !known.has(video.externalId)) {
      if (known.size < REMEMBERED_VIDEOS) known.add(video.externalId);
      out.video(videoDraft(video, "", row.line));
    }
    out.payout(payout);
  }
  const message = `Only the first ${LISTED_PROBLEMS} reasons are kept; ${unlisted} more rows are refused. Mend what is named and bring the file again.`;
  return { kind: "read", needs: [], problems, notices: unlisted > 0 ? [{ message }] : [] };
}

/** One row as a payout earned on the day of the order; null when it is refused, the reasons being in `problems`. */
function readOrder(order: Order, video: TiktokVideo | null, options: ReadOptions): PayoutDraft | null {
  const { table, row, columns, problems } = order;
  const ragged = raggedProblem(table, row);
  if (ragged) problems.push(ragged);
  if (ragged) return null;
  const before = problems.length;
  const key = keyOf(order);
  const status = read(order, "status", parseStatus);
  const currency = read(order, "currency", parseCurrency);
  const ordered = read(order, "ordered", (text) => parseDay(text, "dmy"));
  const settled = read(order, "settled", (text) =>
    isUnknown(text) ? { ok: true, value: null } : parseDay(text, "dmy"),
  );
  if (!status || !currency || !ordered || problems.length > before) return null;
  const mark = options.decimal ?? ".";
  const estimates = ESTIMATES.map((name) => read(order, name, (text) => parseAmount(text, mark)));
  const final = read(order, "final", (text) => parseAmount(text, mark));
  const taxes = TAXES.map(([name]) => read(order, name, (text) => parseAmount(text, mark)));
  if (problems.length > before) return null;

  const estimated = sumIn(currency, estimates);
  const minor = amountOf(order, status, estimated, final && roundToMinor(final, currency));
  if (minor === null) return null;
  if (![minor, estimated ?? 0n].every(isPlausibleAmount)) {
    const message = "The amount is too large to be true; check it for extra digits.";
    problems.push({ line: row.line, column: headerOf(table, columns, "final"), message });
    return null;
  }
  return {
    sourceKey: `tt:shop/${key}:${options.channelKey}`,
    platform: "tiktok",
    format: null,
    stream: "shop",
    from: ordered,
    to: ordered,
    minor,
    currency,
    state: status === "pending" ? "estimated" : "final",
    estimatedMinor: estimated,
    settledDay: settled,
    note: noteOf(order, status, taxes, currency),
    lines: video && minor !== 0n ? [{ videoExternalId: video.externalId, minor }] : [],
    line: row.line,
  };
}

/** An order has a row for each of its SKUs, and the same may be sold through several contents. */
function keyOf(order: Order): string {
  const names = ["order", "sku", "product", "content"] as const;
  return names.map((name) => read(order, name, (text) => parseId(text, name === "order")) ?? "").join("/");
}

/** What the row is worth: once settled what was earned, while it waits what is estimated, and nothing when ineligible. */
function amountOf(
  { table, row, columns, problems }: Order,
  status: SettlementStatus,
  estimated: bigint | null,
  final: bigint | null,
): bigint | null {
  if (status === "ineligible") return final ?? 0n;
  const minor = status === "settled" ? final : estimated;
  if (minor === null) {
    const column = status === "settled" ? "final" : "estimatedStandard";
    const message = `The order is ${status}, but its amount is not told. Export the orders again, or leave the row out.`;
    problems.push({ line: row.line, column: headerOf(table, columns, column), message });
  }
  return minor;
}

/** What a person asks of an entry: which product and order, and why it is not what was estimated. */
function noteOf(
  { row, columns }: Order,
  status: SettlementStatus,
  taxes: (Decimal | null)[],
  currency: Currency,
): string {
  const name = cellOf(row, columns, "productName");
  const refunded = cellOf(row, columns, "refunded");
  const parts = [
    isUnknown(name) ? "" : name.slice(0, SHOWN_NAME),
    `order ${cellOf(row, columns, "order")}`,
    status === "ineligible" ? "ineligible for commission" : "",
    isUnknown(refunded) || /^0+$/.test(refunded)
      ? ""
      : `${shown(refunded)} of ${shown(cellOf(row, columns, "sold"))} items refunded`,
    ...TAXES.map(([, label], index) => {
      const tax = taxes[index];
      return tax && tax.units !== 0n
        ? `tax ${label} ${decimalOf(roundToMinor(tax, currency), currency)} (named by the file, not taken off here)`
        : "";
    }),
  ];
  return parts.filter((part) => part !== "").join("; ");
}

/** The exact sum of what is known, rounded once; null when nothing is. */
function sumIn(currency: Currency, amounts: (Decimal | null)[]): bigint | null {
  const known = amounts.filter((amount) => amount !== null);
  return known.length === 0 ? null : roundToMinor(sumDecimals(known), currency);
}

function videoOf(row: Row, columns: Columns<ShopColumn>): TiktokVideo | null {
  return isVideoContent(cellOf(row, columns, "contentType"))
    ? tiktokVideoOfId(cellOf(row, columns, "content"))
    : null;
}

function read<T>(
  { table, row, columns, problems }: Order,
  name: ShopColumn,
  parse: (text: string) => Result<T | null>,
): T | null {
  return readCell(table, row, columns, name, problems, parse);
}

function parseId(text: string, isNeeded: boolean): Result<string> {
  if (isUnknown(text) && !isNeeded) return { ok: true, value: "" };
  if (/^\d(?:[.,]\d+)?E\+?\d+$/i.test(text))
    return refuse(`"${shown(text)}" was shortened by a spreadsheet; bring the file as TikTok made it.`);
  return isUnknown(text) || text.length > LONGEST_ID || /[\s/]/.test(text)
    ? refuse(`"${shown(text)}" is not an id; mend the row or leave it out.`)
    : { ok: true, value: text };
}

function parseStatus(text: string): Result<SettlementStatus> {
  const status = settlementStatusOf(text);
  return status
    ? { ok: true, value: status }
    : refuse(
        `"${shown(text)}" is not a known status; it should be Settled, Pending, Awaiting Payment or Ineligible.`,
      );
}

function parseCurrency(text: string): Result<Currency> {
  const code = text.toUpperCase();
  return isCurrency(code)
    ? { ok: true, value: code }
    : refuse(`"${shown(text)}" is not a known currency; it should be a code such as USD.`);
}
