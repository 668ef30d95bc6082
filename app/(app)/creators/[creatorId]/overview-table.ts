import type { ProjectionChartData, StreamBarsData } from "@/lib/chart-data";
import { type Packed, pack } from "@/lib/packed";

const ROWS = 12;

/** A chart's data with only the latest months in its table, unless all were asked for. */
export function latestRows<Data extends ProjectionChartData | StreamBarsData>(
  data: Data,
  all: boolean,
): Packed<Data> {
  const { table } = data;
  const rows = all ? table.rows : table.rows.slice(-ROWS);
  return pack({ ...data, table: { ...table, rows } });
}
