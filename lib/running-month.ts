import type { DayCell, StreamLedger } from "./model/histories";
import { streamId } from "./model/histories";
import { type Currency, convert } from "./model/money";
import { type Day, type Month, monthOf } from "./model/month";
import { nowcast } from "./model/nowcast";
import type { HistoryRow, Projection } from "./model/projection";

/** Where a running month is heading, in the reporting currency. */
export type Heading = {
  readonly minor: bigint;
  /** What was projected for the month; null when nothing was. */
  readonly projectedMinor: bigint | null;
};

type Known = { readonly stream: StreamLedger; readonly rows: ReadonlyMap<Month, HistoryRow> };

/**
 * What the month of `today` comes to: streams paid by the day go on at their pace (lib/model/nowcast), the others
 * come to what was projected or, if that is more, to what is there. null unless some stream has enough days.
 * Amounts without an exchange rate are left out.
 */
export function headingOf(about: {
  readonly today: Day;
  readonly reporting: Currency;
  readonly rateFor: (currency: Currency, month: Month) => string | null;
  readonly days: readonly DayCell[];
  readonly streams: ReadonlyMap<string, Known>;
  readonly expected: {
    readonly streams: ReadonlyMap<string, { readonly projection: Projection }>;
    readonly total: { readonly minor: bigint } | null;
  };
}): Heading | null {
  const { today, reporting, rateFor, streams, expected } = about;
  const month = monthOf(today);
  const days = new Map<string, DayCell[]>();
  for (const day of about.days) days.set(streamId(day), [...(days.get(streamId(day)) ?? []), day]);

  let [minor, isKnown] = [0n, false];
  for (const id of new Set([...expected.streams.keys(), ...streams.keys()])) {
    const projection = expected.streams.get(id)?.projection;
    const known = streams.get(id);
    const key = projection?.key ?? known?.stream.history.key;
    const rate = !key || key.currency === reporting ? "1" : rateFor(key.currency, month);
    if (!key || rate === null) continue;
    const own = days.get(id) ?? [];
    const amounts = own.map((cell) => ({ ...cell, amount: cell.minor }));
    const cast = nowcast(amounts, month, today);
    const soFar = known?.rows.get(month)?.minor ?? 0n;
    const projected = projection?.medianMinor ?? 0n;
    const byDay = own.reduce((sum, cell) => sum + cell.minor, 0n);
    const comesTo = cast ? cast.total + soFar - byDay : projected > soFar ? projected : soFar;
    minor += convert(comesTo, key.currency, reporting, rate);
    isKnown ||= cast !== null;
  }
  return isKnown ? { minor, projectedMinor: expected.total?.minor ?? null } : null;
}
