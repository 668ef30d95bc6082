import { count, dayName, MISSING, money, monthName, rpm } from "./format";
import type { Currency } from "./model/money";
import { isDay, isMonth, monthOf } from "./model/month";
import { rangeText } from "./model/statement";
import {
  type CellKind,
  isMoney,
  isNotYet,
  isRate,
  type Statement,
  type StatementCell,
} from "./report/statement";

/** How the cells of a statement are written for people, in their locale. */

const NOT_YET = "not yet";

/** What stands in a cell on the screen and on paper; "–" for what is missing, which is no zero. */
export function cellText(cell: StatementCell, kind: CellKind, locale: string): string {
  if (cell === null) return MISSING;
  if (isNotYet(cell)) return NOT_YET;
  if (isMoney(cell)) return money(BigInt(cell.minor), cell.currency as Currency, locale);
  if (isRate(cell)) return rpm(cell.per1000, cell.currency as Currency, locale);
  if (kind === "count") return count(BigInt(cell), locale);
  if (kind === "decimal" || kind === "percent") return digits(cell, kind, locale);
  if (kind === "day" && isDay(cell)) return dayName(cell, locale);
  if (kind === "month" && isMonth(cell)) return monthName(cell, locale, "short");
  return cell;
}

/** "March 2026", "January to March 2026", "2026", "November 2025 to January 2026". */
export function rangeName({ range }: Pick<Statement, "range">, locale: string): string {
  const [from, to] = [monthOf(range.from), monthOf(range.to)];
  if (from === to) return monthName(from, locale);
  const year = rangeText({ from, to });
  if (/^\d{4}$/.test(year)) return year;
  return `${monthName(from, locale)} to ${monthName(to, locale)}`;
}

/** Every digit that is there, however many: a decimal text is not put through a float. */
function digits(decimal: string, kind: "decimal" | "percent", locale: string): string {
  const decimals = (decimal.split(".")[1] ?? "").length;
  return new Intl.NumberFormat(locale, {
    style: kind,
    ...(kind === "decimal"
      ? { minimumFractionDigits: decimals, maximumFractionDigits: decimals }
      : { maximumFractionDigits: 1 }),
  }).format(decimal as Intl.StringNumericLiteral);
}
