import { type Prior, priorFor } from "../../lib/model/benchmarks";
import { currencyOf } from "../../lib/model/money";
import { monthOf } from "../../lib/model/month";
import type { HistoryRow, StreamHistory, StreamKey } from "../../lib/model/projection";
import golden from "./golden/filter.json" with { type: "json" };

export const USD = currencyOf("USD");
export const EUR = currencyOf("EUR");
export const JPY = currencyOf("JPY");
export const KWD = currencyOf("KWD");

export const ADS_KEY: StreamKey = {
  channelId: null,
  platform: "youtube",
  format: "long",
  stream: "ads",
  currency: USD,
};

/** The published long-video prior with the golden rate of 2.50. */
export const GOLDEN_PRIOR: Prior = {
  ...priorFor({ stream: "ads", platform: "youtube", format: "long", perUsd: 1 }),
  rate: 2.5,
};

export function goldenRows(count: number): HistoryRow[] {
  return golden.rows.slice(0, count).map((row) => ({
    month: monthOf(row.month),
    minor: BigInt(row.revenueMinor),
    views: row.views,
    watchSeconds: row.watchHours * 3600,
  }));
}

export function goldenHistory(count: number): StreamHistory {
  return { key: ADS_KEY, rows: goldenRows(count), prior: GOLDEN_PRIOR };
}
