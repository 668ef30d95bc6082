import type { FigureTable } from "@/lib/chart-data";

const ROWS = 12;

/** A chart's data with only the latest months in its table, unless all were asked for. */
export function latestRows<Data extends { readonly table: FigureTable }>(data: Data, all: boolean): Data {
  const { table } = data;
  return all || table.rows.length <= ROWS
    ? data
    : { ...data, table: { ...table, rows: table.rows.slice(-ROWS) } };
}
