import { type Currency, convert } from "./model/money";
import type { Month } from "./model/month";
import type { BookedCell } from "./model/statement";
import { STREAMS, type Stream } from "./model/words";
import type { RateUsed } from "./model/year";
import {
  type CellKind,
  STATEMENT_SECTION_LABEL,
  type StatementColumn,
  type StatementMoney,
  type StatementRow,
  type StatementSection,
  type StatementSectionId,
} from "./report/statement";

/** What the tables of a statement are put together with. Pure. */

/** The rate that a currency was converted at; null: none is known. Not asked for the reporting currency. */
export type RateOf = (currency: Currency, month: Month) => RateUsed | null;

export type Conversion = { readonly reporting: Currency; readonly rateOf: RateOf };

export function cash(minor: bigint, currency: Currency): StatementMoney;
export function cash(minor: bigint | null, currency: Currency): StatementMoney | null;
export function cash(minor: bigint | null, currency: Currency): StatementMoney | null {
  return minor === null ? null : { minor: String(minor), currency };
}

export function column(key: string, header: string, kind: CellKind = "text"): StatementColumn {
  return { key, header, kind };
}

export function section(
  id: StatementSectionId,
  given: Pick<StatementSection, "columns" | "rows" | "empty"> & Partial<StatementSection>,
): StatementSection {
  return { id, title: STATEMENT_SECTION_LABEL[id], note: "", totals: [], picture: null, ...given };
}

export function sumOf(cells: readonly { readonly minor: bigint }[]): bigint {
  return cells.reduce((sum, { minor }) => sum + minor, 0n);
}

/** In the order in which the keys first come. */
export function grouped<Item>(items: readonly Item[], keyOf: (item: Item) => string): Item[][] {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return [...groups.values()];
}

/** By stream as everywhere, the reporting currency first. */
export function inOrder<Item extends { readonly stream: Stream; readonly currency: Currency }>(
  items: readonly Item[],
  reporting: Currency,
): Item[] {
  const place = ({ stream, currency }: Item) =>
    `${STREAMS.indexOf(stream)} ${currency === reporting ? "" : currency}`;
  return [...items].sort((a, b) => (place(a) < place(b) ? -1 : place(a) > place(b) ? 1 : 0));
}

export function currenciesOf(
  items: readonly { readonly currency: Currency }[],
  reporting: Currency,
): Currency[] {
  const found = new Set(items.map(({ currency }) => currency));
  return [...found].sort((a, b) => (a === reporting ? -1 : b === reporting ? 1 : a < b ? -1 : 1));
}

/**
 * Cells in the reporting currency: those of one earned and booked month, stream and currency are converted once, at the
 * earned month's rate, and the sum is of the converted. What has no rate is not in it, and is said apart.
 */
export function reported(
  cells: readonly BookedCell[],
  { reporting, rateOf }: Conversion,
): { minor: bigint | null; isWhole: boolean } {
  let minor: bigint | null = null;
  let isWhole = true;
  for (const group of grouped(
    cells,
    ({ month, bookedMonth, stream, currency }) => `${month} ${bookedMonth} ${stream} ${currency}`,
  )) {
    const { currency, month } = group[0]!;
    const rate = currency === reporting ? "1" : rateOf(currency, month)?.rate;
    if (rate) minor = (minor ?? 0n) + convert(sumOf(group), currency, reporting, rate);
    else isWhole = false;
  }
  return { minor, isWhole };
}

/** The same in a cell: missing where a part of it has no rate, for half a sum is no sum. */
export function reportedCash(cells: readonly BookedCell[], conversion: Conversion): StatementMoney | null {
  const { minor, isWhole } = reported(cells, conversion);
  return isWhole ? cash(minor, conversion.reporting) : null;
}

/** A row for each currency: its name under `lead`, and what `fill` makes of its items. */
export function totalRows<Item extends { readonly currency: Currency }>(
  items: readonly Item[],
  reporting: Currency,
  lead: string,
  fill: (items: readonly Item[], currency: Currency) => StatementRow,
): StatementRow[] {
  return currenciesOf(items, reporting).map((currency) => ({
    [lead]: `Total in ${currency}`,
    ...fill(
      items.filter((item) => item.currency === currency),
      currency,
    ),
  }));
}
