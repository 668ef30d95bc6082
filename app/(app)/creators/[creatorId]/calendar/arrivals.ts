import { type Month, monthOf } from "@/lib/model/month";
import type { Due } from "@/lib/model/schedule";

/** What should have come in a month in one currency, and what of it did. */
export type Arrival = {
  readonly month: Month;
  readonly currency: Due["currency"];
  readonly dueMinor: bigint;
  readonly receivedMinor: bigint;
  readonly openMinor: bigint;
};

const MONTHS = 12;

/** The latest months first. What has no day, or waits below a minimum, was not expected in any. */
export function arrivals(dues: readonly Due[]): Arrival[] {
  const rows = new Map<string, Arrival>();
  for (const { expectedOn, state, currency, dueMinor, openMinor } of dues) {
    if (!expectedOn || state === "below_minimum" || state === "on_request") continue;
    const month = monthOf(expectedOn.last);
    const key = `${month} ${currency}`;
    const row = rows.get(key) ?? { month, currency, dueMinor: 0n, receivedMinor: 0n, openMinor: 0n };
    rows.set(key, {
      ...row,
      dueMinor: row.dueMinor + dueMinor,
      receivedMinor: row.receivedMinor + dueMinor - openMinor,
      openMinor: row.openMinor + openMinor,
    });
  }
  const months = [...new Set([...rows.values()].map(({ month }) => month))].sort().reverse().slice(0, MONTHS);
  return months.flatMap((month) => [...rows.values()].filter((row) => row.month === month));
}
